n = int(input())
h = list(map(int, input().split()))
cost = [0, abs(h[1] - h[0])]
for i in range(2, n):
    one = cost[i - 1] + abs(h[i] - h[i - 1])
    two = cost[i - 2] + abs(h[i] - h[i - 2])
    cost.append(min(one, two))
print(cost[-1])
