class Robot:
    wheels = 4

    def __init__(self, name):
        self.name = name
        self.log = []

r = Robot("r1")
r.log.append("start")
q = Robot("r2")
print(r.wheels, r.log, q.log)
