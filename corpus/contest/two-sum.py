target = int(input())
seen = {}
for i, x in enumerate(map(int, input().split())):
    if target - x in seen:
        print(seen[target - x], i)
        break
    seen[x] = i
else:
    print("none")
