n = int(input())
have = set()
for _ in range(n):
    suit, rank = input().split()
    have.add((suit, int(rank)))
for suit in "SH":
    for rank in range(1, 4):
        if (suit, rank) not in have:
            print(suit, rank)
