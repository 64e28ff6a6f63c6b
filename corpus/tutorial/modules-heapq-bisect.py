from heapq import heapify, heappop, heappush
import bisect
data = [9, 2, 6]
heapify(data)
heappush(data, 1)
print([heappop(data) for _ in range(3)])
grades = [(55, "c"), (70, "b"), (90, "a")]
bisect.insort(grades, (60, "c+"))
print(grades)
