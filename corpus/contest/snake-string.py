s = input()
runs = []
for ch in s:
    if runs and runs[-1][0] == ch:
        runs[-1][1] += 1
    else:
        runs.append([ch, 1])
print("".join(f"{c}{k}" for c, k in runs))
