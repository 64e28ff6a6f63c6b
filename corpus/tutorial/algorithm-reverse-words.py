sentence = "to be or not"
words = sentence.split()
words.reverse()
result = " ".join(words)
print(result)
