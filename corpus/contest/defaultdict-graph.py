from collections import defaultdict
graph = defaultdict(list)
for pair in input().split():
    a, b = pair.split("-")
    graph[a].append(b)
    graph[b].append(a)
for node, friends in sorted(graph.items()):
    print(node, sorted(friends), len(friends))
