rivers = ["Po", "Rhine", "Amazon"]
for r in rivers:
    print(r, len(r))
