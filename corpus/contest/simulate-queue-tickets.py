tickets = list(map(int, input().split()))
me = int(input())
time = 0
while tickets[me]:
    for i in range(len(tickets)):
        if tickets[i] and tickets[me]:
            tickets[i] -= 1
            time += 1
print(time, tickets)
