from collections import OrderedDict
capacity = int(input())
cache = OrderedDict()
hits = 0
for page in input().split():
    if page in cache:
        hits += 1
        cache.move_to_end(page)
    else:
        if len(cache) == capacity:
            cache.popitem(last=False)
        cache[page] = True
print(hits, list(cache))
