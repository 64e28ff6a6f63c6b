for hour in range(8, 12):
    if hour == 10:
        print("break at", hour)
        continue
    print("work at", hour)
