import json
data = {"name": "bo", "tags": ["a", 1, None], "ok": True}
text = json.dumps(data)
print(text)
print(json.loads(text) == data)
