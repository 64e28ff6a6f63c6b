n = int(input())
catalan = [1]
for i in range(1, n + 1):
    catalan.append(sum(catalan[j] * catalan[i - 1 - j] for j in range(i)))
print(catalan)
