d=0
def r():
    global d
    d+=1
    r()
try:
    r()
except RecursionError as e:
    print(e,d)
x=1
