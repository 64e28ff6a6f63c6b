def light(color):
    match color:
        case "red":
            return "stop"
        case "yellow" | "orange":
            return "slow"
        case _:
            return "go"

for c in "red", "orange", "green":
    print(light(c))
