from dataclasses import dataclass, field

@dataclass(order=True)
class Employee:
    name: str
    salary: int = 0
    tags: list = field(default_factory=list)

a = Employee("john", 1000)
b = Employee("jane")
b.tags.append("new")
print(a, b)
print(sorted([a, b])[0].name, a == Employee("john", 1000))
