lamps = ["off", "on", "off"]
for i in range(len(lamps)):
    print(i, lamps[i])
