def valid(ip):
    parts = ip.split(".")
    return len(parts) == 4 and all(p.isdigit() and int(p) < 256 for p in parts)

for ip in input().split():
    if valid(ip):
        n = 0
        for p in ip.split("."):
            n = n * 256 + int(p)
        print(ip, n)
    else:
        print(ip, "invalid")
