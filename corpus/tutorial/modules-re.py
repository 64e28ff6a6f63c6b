import re
print(re.findall(r"\b\d+[a-z]?\b", "rooms 12, 7b and 108 but not x9"))
print(re.sub(r"(\d+)-(\d+)", r"\2-\1", "score 10-7"))
m = re.match(r"(\w+)=(\w+)", "color=green")
print(m.group(1), m.groups())
