s = "hello World"
print(s.upper(), s.lower())
print(s.capitalize(), s.title(), s.swapcase())
print("ABC".isupper(), "abc1".isalpha())
