h = list(map(int, input().split()))
n = len(h)
water = 0
for i in range(n):
    level = min(max(h[:i + 1]), max(h[i:]))
    water += level - h[i]
print(water)
