letters = list("stream")
letters[1:3] = ["T", "R", "R"]
print(letters)
letters[:2] = []
print(letters)
letters[:] = []
print(letters)
