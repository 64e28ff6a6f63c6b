def proper(number):
    return sum([d for d in range(1, number) if number % d == 0])


def is_prime(number):
    return number > 1 and all(number % d for d in range(2, int(number ** 0.5) + 1))


def smallest(number):
    for d in range(2, number):
        if number % d == 0:
            return d
    return number


def digits(number):
    total = 0
    while number > 0:
        total += number % 10
        number //= 10
    return total


print([n for n in range(1, 700) if proper(n) == n])
print(sum(1 for n in range(8000) if is_prime(n)), sum(smallest(n) for n in range(2, 900)))
print(max(digits(n) for n in range(20000)), any(digits(n) == 40 for n in range(10000)))
