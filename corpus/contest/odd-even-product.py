a, b = map(int, input().split())
print("Odd" if a * b % 2 else "Even")
