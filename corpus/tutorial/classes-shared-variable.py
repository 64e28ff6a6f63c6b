class Team:
    members = []

    def __init__(self, city):
        self.city = city

    def sign(self, player):
        self.members.append(player)

a = Team("Turin")
b = Team("Porto")
a.sign("ivo")
b.sign("lea")
print(a.members, a.members is b.members)
