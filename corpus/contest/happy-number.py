n = int(input())
seen = []
while n != 1 and n not in seen:
    seen.append(n)
    n = sum(int(d) ** 2 for d in str(n))
print("happy" if n == 1 else "sad", len(seen))
