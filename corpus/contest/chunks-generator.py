def chunks(items, size):
    for i in range(0, len(items), size):
        yield items[i:i + size]

size = int(input())
for part in chunks(input().split(), size):
    print(len(part), *part)
