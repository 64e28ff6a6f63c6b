users = {"ann": {"age": 30}, "bob": {"age": 25}}
users["ann"]["age"] += 1
users["cat"] = {"age": 40}
for name in users:
    print(name, users[name]["age"])
