line = "=" * 12
print(line)
print("ha" * 3 + "!")
joined = "soft" "ware"
print(joined)
