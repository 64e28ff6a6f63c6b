def search(i, chosen, total):
    if total == target:
        found.append(chosen)
        return
    for j in range(i, len(a)):
        if total + a[j] <= target:
            search(j + 1, chosen + [a[j]], total + a[j])

a = sorted(map(int, input().split()))
target = int(input())
found = []
search(0, [], 0)
print(found)
