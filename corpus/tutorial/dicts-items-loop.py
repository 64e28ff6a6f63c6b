capitals = {"Peru": "Lima", "Chad": "N'Djamena"}
for country, city in capitals.items():
    print(country, city)
print(list(capitals.keys()), list(capitals.values()))
