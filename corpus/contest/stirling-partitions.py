from functools import lru_cache

@lru_cache(None)
def stirling(n, k):
    if n == k:
        return 1
    if k == 0 or k > n:
        return 0
    return k * stirling(n - 1, k) + stirling(n - 1, k - 1)

n, k = map(int, input().split())
print(stirling(n, k))
