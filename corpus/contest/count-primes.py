n = int(input())
count = 0
for _ in range(n):
    x = int(input())
    if x >= 2 and all(x % d for d in range(2, int(x ** 0.5) + 1)):
        count += 1
print(count)
