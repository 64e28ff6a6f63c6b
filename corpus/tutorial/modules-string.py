import string
print(string.ascii_lowercase[:5], string.digits)
print(string.capwords("a very short title"))
t = string.Template("$day: $sky")
print(t.substitute(day="monday", sky="clear"))
