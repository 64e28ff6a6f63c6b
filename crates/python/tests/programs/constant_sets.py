"""Sets of constants: the order in which CPython's compiler makes them."""
names = {"item1", "item2", "item3", "item4"}
print(names)
for word in {"electronics", "grocery", "pharmacy", "restaurant"}:
    print(word)


def check(grocery):
    return {"electronics", "grocery", "pharmacy", "restaurant"}, grocery in {"red", "green", "blue", "yellow"}


print(check(1))
print({"name", "value", "key", "alpha", "beta", "gamma"}, {"y1", "y2", "y3", 1, 2, 3})
print([letter for letter in {"apple", "banana", "cherry", "date", "elderberry"}])
print({"pharmacy", "grocery", "restaurant", "electronics"})
vowels = {"a", "e", "i", "o", "u"}
print(vowels, {"alice", "y", "two"}, {"z", "g", "u", "Q", "9"})
for vowel in {"a", "e", "i", "o", "u", "A", "E", "I", "O", "U"}:
    print(vowel, end=" ")
