def select(a, k):
    pivot = a[len(a) // 2]
    low = [x for x in a if x < pivot]
    same = [x for x in a if x == pivot]
    if k < len(low):
        return select(low, k)
    if k < len(low) + len(same):
        return pivot
    return select([x for x in a if x > pivot], k - len(low) - len(same))

k = int(input())
a = list(map(int, input().split()))
print(select(a, k - 1))
