a, b = map(int, input().split())
terms = []
while b:
    q, r = divmod(a, b)
    terms.append(q)
    a, b = b, r
print(terms)
