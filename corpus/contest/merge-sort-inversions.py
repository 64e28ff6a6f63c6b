def sort(a):
    if len(a) < 2:
        return a, 0
    half = len(a) // 2
    left, x = sort(a[:half])
    right, y = sort(a[half:])
    merged, count = [], x + y
    i = j = 0
    while i < len(left) or j < len(right):
        if j == len(right) or i < len(left) and left[i] <= right[j]:
            merged.append(left[i])
            i += 1
        else:
            merged.append(right[j])
            count += len(left) - i
            j += 1
    return merged, count

input()
print(sort(list(map(int, input().split())))[1])
