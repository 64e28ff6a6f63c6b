letters = "abcdefghijklmnopqrstuvwxyz"
table = str.maketrans(letters, letters[::-1])
print(input().translate(table))
