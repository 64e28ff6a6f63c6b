deck = input()
for _ in range(int(input())):
    h = int(input())
    deck = deck[h:] + deck[:h]
print(deck)
