n = int(input())
students = []
for _ in range(n):
    name, score, age = input().split()
    students.append({"name": name, "score": int(score), "age": int(age)})
students.sort(key=lambda s: (-s["score"], s["age"], s["name"]))
for place, s in enumerate(students, 1):
    print(f"{place}. {s['name']:<5}|{s['score']:>4}")
