distances = {"Mars": 225, "Venus": 41, "Jupiter": 778}
for planet, million_km in distances.items():
    print(f"{planet:10}|{million_km:6d}")
