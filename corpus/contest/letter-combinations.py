keys = {"2": "abc", "3": "def", "4": "ghi"}
combos = [""]
for digit in input():
    combos = [c + letter for c in combos for letter in keys[digit]]
print(combos)
