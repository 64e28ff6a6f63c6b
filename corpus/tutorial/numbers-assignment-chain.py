width = height = 20
depth = 5
volume = width * height * depth
width, depth = depth, width
print(volume, width, depth)
