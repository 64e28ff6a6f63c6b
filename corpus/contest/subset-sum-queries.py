n = int(input())
a = list(map(int, input().split()))
sums = {0}
for x in a:
    sums |= {s + x for s in sums}
input()
for m in map(int, input().split()):
    print("yes" if m in sums else "no")
