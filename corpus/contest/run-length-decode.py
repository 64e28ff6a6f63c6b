out = ""
number = ""
for ch in input():
    if ch.isdigit():
        number += ch
    else:
        out += ch * int(number or 1)
        number = ""
print(out)
