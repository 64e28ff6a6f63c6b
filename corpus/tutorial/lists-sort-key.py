people = [("Bo", 31), ("Al", 25), ("Cy", 25)]
people.sort(key=lambda p: p[1])
print(people)
people.sort(key=lambda p: p[0], reverse=True)
print(people)
