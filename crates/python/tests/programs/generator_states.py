def g():
    x = yield 1
    print('in', gen.gi_running, gen.gi_suspended)
    yield x
gen = g()
print(gen.gi_running, gen.gi_suspended, gen.gi_yieldfrom, gen.gi_code is g.__code__, gen.gi_code.co_name)
next(gen)
print(gen.gi_running, gen.gi_suspended)
print(gen.send(5))
print(next(gen, 'end'), gen.gi_running, gen.gi_suspended, gen.gi_frame, gen.gi_code.co_name, gen.gi_yieldfrom)
def inner():
    yield 1
    yield 2
def outer():
    yield from inner_gen
    yield 3
inner_gen = inner()
o = outer()
print(o.gi_yieldfrom)
next(o)
print(o.gi_yieldfrom is inner_gen, o.gi_suspended)
list(o)
print(o.gi_yieldfrom, o.gi_frame, inner_gen.gi_frame)
async def co():
    return 1
c = co()
print(c.cr_running, c.cr_await, c.cr_code.co_name)
try: c.send(None)
except StopIteration as e: print(e.value, c.cr_frame, c.cr_running)
async def ag():
    yield 1
a = ag()
print(a.ag_code.co_name, a.ag_await)
for n in ('gi_nope',):
    try: print(getattr(gen, n))
    except AttributeError as e: print(e)
