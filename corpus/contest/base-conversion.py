n, base = map(int, input().split())
digits = ""
while n:
    n, d = divmod(n, base)
    digits = "0123456789abcdef"[d] + digits
print(digits or "0")
