secret = 37
low, high = 1, 64
guesses = 0
while low <= high:
    guess = (low + high) // 2
    guesses += 1
    if guess == secret:
        break
    if guess < secret:
        low = guess + 1
    else:
        high = guess - 1
print(guess, guesses)
