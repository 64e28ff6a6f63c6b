n = int(input())
gas = list(map(int, input().split()))
cost = list(map(int, input().split()))
start = tank = 0
for i in range(n):
    tank += gas[i] - cost[i]
    if tank < 0:
        start, tank = i + 1, 0
print(start if sum(gas) >= sum(cost) else -1)
