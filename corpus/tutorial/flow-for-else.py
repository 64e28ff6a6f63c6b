for room in 3, 4, 5:
    for wall in range(2, room):
        if room % wall == 0:
            print(room, "splits by", wall)
            break
    else:
        print(room, "does not split")
