n = int(input())
values = list(map(int, input().split()))
print(min(values), max(values), sum(values))
