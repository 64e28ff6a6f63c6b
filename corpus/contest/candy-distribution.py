n = int(input())
ratings = list(map(int, input().split()))
candy = [1] * n
for i in range(1, n):
    if ratings[i] > ratings[i - 1]:
        candy[i] = candy[i - 1] + 1
for i in range(n - 2, -1, -1):
    if ratings[i] > ratings[i + 1]:
        candy[i] = max(candy[i], candy[i + 1] + 1)
print(sum(candy), candy)
