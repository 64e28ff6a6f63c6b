import contextvars
v = contextvars.ContextVar('v', default=3)
w = contextvars.ContextVar('w')
print(v.get(), w.get(5), v.name)
try: w.get()
except LookupError as e: print('lookup')
t = v.set(10)
print(v.get(), t.old_value, t.var is v)
ctx = contextvars.copy_context()
def f(x):
    v.set(x)
    return v.get()
r = ctx.run(f, 99)
print(r, v.get(), ctx[v], v in ctx, w in ctx, len(ctx), list(ctx.items())[0][1])
v.reset(t)
print(v.get())
try: v.reset(t)
except RuntimeError as e: print('used')
print(contextvars.Token.MISSING)
c2 = contextvars.Context()
print(c2.run(lambda: v.get()), type(c2), type(v), type(t))
try: ctx.run(lambda: ctx.run(f, 1))
except RuntimeError as e: print('entered')
from collections import UserString
s = UserString('Hello world')
print(s.upper(), type(s.upper()), s.split(), s.find('wor'), s.center(20, '*'), s.join(['a','b']), s.replace('l','L'), s.count('l'), s.startswith('He'), s.encode(), s.isalpha(), s.partition(' '), s.zfill(20))
class T(UserString):
    def shout(self): return self.upper() + '!'
t = T('abc')
print(t.shout(), type(t.shout()), repr(t), len(t), t[0], t + 'x', 'x' + t, t * 2, 'b' in t, t == 'abc', hash(t) == hash('abc'), t < 'b', t.title(), t.strip('a'), UserString.maketrans('a','b'), t.translate({97: 'Z'}))
print('%s' % t, UserString('%d') % 5, int(UserString('5')), t.find(UserString('b')), t.lower.__name__)
try: t.nope
except AttributeError as e: print(e)
import secrets
print(secrets.compare_digest('a','a'), secrets.compare_digest(b'a', b'b'))
for a,b in (('é','é'),('a',b'a'),(1,2),(b'a',3)):
    try: print(secrets.compare_digest(a,b))
    except TypeError as e: print(e)
