def quicksort(a):
    if len(a) <= 1:
        return a
    head, *tail = a
    return quicksort([x for x in tail if x < head]) + [head] + quicksort([x for x in tail if x >= head])

print(quicksort(list(map(int, input().split()))))
