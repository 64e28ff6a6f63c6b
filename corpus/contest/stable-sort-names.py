people = []
for _ in range(int(input())):
    name, age = input().split()
    people.append((name, int(age)))
people.sort(key=lambda p: p[1])
for name, age in people:
    print(name, age)
