s = input()
rules = [len(s) >= 8,
         any(c.isdigit() for c in s),
         any(c.isupper() for c in s),
         not s.isalnum()]
print(rules)
print("strong" if all(rules) else "weak")
