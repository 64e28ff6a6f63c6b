f=lambda n: f(n+1)
try: f(0)
except RecursionError as e: print(e)
z=1
c=0
def g():
    global c
    c+=1
    return (lambda:g())()
try: g()
except RecursionError as e: print(e,c)
q=1
