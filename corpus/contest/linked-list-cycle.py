n = int(input())
nxt = list(map(int, input().split()))
slow = fast = 0
while True:
    slow = nxt[slow]
    fast = nxt[nxt[fast]]
    if slow == fast:
        break
slow = 0
while slow != fast:
    slow, fast = nxt[slow], nxt[fast]
print("cycle starts at", slow)
