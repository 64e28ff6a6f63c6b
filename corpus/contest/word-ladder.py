from collections import deque
start, goal = input().split()
words = set(input().split())
queue = deque([(start, 1)])
answer = 0
while queue:
    word, steps = queue.popleft()
    if word == goal:
        answer = steps
        break
    for other in sorted(words):
        if sum(a != b for a, b in zip(word, other)) == 1:
            words.discard(other)
            queue.append((other, steps + 1))
print(answer)
