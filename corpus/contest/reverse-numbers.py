n = int(input())
a = input().split()
print(" ".join(a[::-1]))
