import contextlib
class R:
    live = 0
    def __init__(self): R.live += 1
    def __del__(self): R.live -= 1
def f():
    r = R()
    print(R.live)
f()
print(R.live)
r = R(); s = R()
print(R.live)
r = s = None
print(R.live)
def boom():
    r = R()
    raise ValueError
try:
    boom()
except ValueError as e:
    print("in", R.live)
print("out", R.live)
