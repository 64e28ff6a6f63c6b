table = {".-": "A", "-...": "B", "...": "S", "---": "O", "-": "T"}
words = []
for word in input().split(" / "):
    words.append("".join(table.get(code, "?") for code in word.split()))
print(" ".join(words))
