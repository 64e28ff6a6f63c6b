trie = {}
for word in input().split():
    node = trie
    for ch in word:
        node = node.setdefault(ch, {"#": 0})
        node["#"] += 1
for prefix in input().split():
    node = trie
    for ch in prefix:
        node = node.get(ch, {"#": 0})
    print(prefix, node["#"])
