h = [None] + list(map(int, input().split()))
n = len(h) - 1
ok = True
for i in range(2, n + 1):
    if h[i // 2] < h[i]:
        ok = False
        print(f"node {i} breaks the heap")
print("heap" if ok else "not a heap")
