text = "abc"
codes = [ord(c) for c in text]
print(codes)
shifted = "".join(chr(c + 1) for c in codes)
print(shifted)
