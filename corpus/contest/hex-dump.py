data = input().encode()
for i in range(0, len(data), 4):
    chunk = data[i:i + 4]
    print(f"{i:04x}", " ".join(f"{b:02x}" for b in chunk))
