for place, runner in enumerate(["ines", "tom", "wu"], 1):
    print(place, runner)
