bag = {"key", "coin", "key"}
print(len(bag), "key" in bag)
bag.add("map")
bag.discard("rope")
print(sorted(bag))
