x = int(input())
count = 0
while x:
    x &= x - 1
    count += 1
print(count)
