import statistics
data = [4, 8, 8, 5, 10]
print(statistics.mean(data))
print(statistics.median(data), statistics.mode(data))
print(round(statistics.pstdev(data), 6))
