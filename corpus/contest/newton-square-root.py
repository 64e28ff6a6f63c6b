x = float(input())
guess = x
for _ in range(6):
    guess = (guess + x / guess) / 2
    print(f"{guess:.6f}")
