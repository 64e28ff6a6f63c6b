def convert(word):
    if word[0] in "aeiou":
        return word + "way"
    for i, c in enumerate(word):
        if c in "aeiou":
            return word[i:] + word[:i] + "ay"
    return word + "ay"

print(*map(convert, input().split()))
