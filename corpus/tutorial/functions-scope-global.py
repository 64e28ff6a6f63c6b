total = 0

def add(n):
    global total
    total += n

for k in 1, 2, 3:
    add(k)
print(total)
