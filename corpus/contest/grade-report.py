scores = {}
for _ in range(int(input())):
    name, *marks = input().split()
    scores[name] = list(map(int, marks))
for name, marks in scores.items():
    mean = sum(marks) / len(marks)
    grade = "A" if mean >= 90 else "B" if mean >= 75 else "C"
    print(f"{name}: {mean:.1f} {grade}")
