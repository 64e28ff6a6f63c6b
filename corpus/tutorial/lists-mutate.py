ages = [31, 4, 27]
ages[1] = ages[0] - ages[2]
ages.append(99)
print(ages)
