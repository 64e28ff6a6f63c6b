from collections import Counter
words = input().lower().split()
for word, count in Counter(words).most_common(2):
    print(word, count)
