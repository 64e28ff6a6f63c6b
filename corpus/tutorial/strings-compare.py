words = ["pear", "Apple", "fig"]
print("apple" < "banana", "Zoo" < "apple")
print(sorted(words))
print(sorted(words, key=str.lower))
print(max(words, key=len))
