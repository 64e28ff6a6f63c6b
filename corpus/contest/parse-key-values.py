config = {}
for part in input().split(";"):
    key, _, value = part.partition("=")
    key = key.strip()
    value = value.strip()
    if value.isdigit():
        config[key] = int(value)
    elif value in ("true", "false"):
        config[key] = value == "true"
    else:
        config[key] = value or None
print(config)
