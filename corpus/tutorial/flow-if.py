speed = 63
if speed > 100:
    speed = 100
    print("too fast")
elif speed > 60:
    print("fast")
elif speed > 0:
    print("slow")
else:
    print("standing")
