count = 0

def bump():
    count += 1

try:
    bump()
except UnboundLocalError as error:
    print(error)
