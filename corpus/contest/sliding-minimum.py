from collections import deque
n, k = map(int, input().split())
a = list(map(int, input().split()))
window = deque()
out = []
for i, x in enumerate(a):
    while window and a[window[-1]] >= x:
        window.pop()
    window.append(i)
    if window[0] <= i - k:
        window.popleft()
    if i >= k - 1:
        out.append(a[window[0]])
print(*out)
