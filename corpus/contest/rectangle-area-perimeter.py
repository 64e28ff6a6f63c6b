w, h = map(int, input().split())
area = w * h
perimeter = 2 * (w + h)
print(area, perimeter)
