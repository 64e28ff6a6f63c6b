s = input()
p = input()
print("Yes" if p in s + s else "No")
