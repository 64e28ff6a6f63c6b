text = input()
pattern = input()
base, mod = 31, 10007

def code(s):
    h = 0
    for c in s:
        h = (h * base + ord(c)) % mod
    return h

target = code(pattern)
m = len(pattern)
for i in range(len(text) - m + 1):
    if code(text[i:i + m]) == target and text[i:i + m] == pattern:
        print("found at", i)
