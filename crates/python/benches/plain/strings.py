words = []
text = ""
for i in range(20000):
    word = "w" + str(i % 97) + chr(97 + i % 26)
    words.append(word.upper() if i % 3 else word[::-1])
    if len(text) < 3000:
        text += word + " "
joined = ",".join(words)
count = 0
for c in joined:
    if c.isdigit():
        count += 1
    elif c == ",":
        count -= 1
lines = ["%d:%s" % (i, w) for i, w in enumerate(joined.split(","))]
formatted = [f"{w:>8}|{i:04d}" for i, w in enumerate(words)]
print(count, len(text), lines[-1], formatted[-1], joined.count("W1"), joined.replace("W", "").find("99"))
