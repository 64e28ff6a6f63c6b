shift = int(input())
text = input()
result = ""
for ch in text:
    if "a" <= ch <= "z":
        result += chr((ord(ch) - 97 + shift) % 26 + 97)
    else:
        result += ch
print(result)
