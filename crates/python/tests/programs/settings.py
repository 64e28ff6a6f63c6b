# Settings in sections: read, looked up, changed, written.
body = r'''
import configparser, io, random
from configparser import *
def t(f, *a, **k):
    try: r = f(*a, **k); print(repr(r))
    except Exception as e: print(type(e).__name__, repr(str(e)), repr(e), e.args, sorted(vars(e)))
S = """
[DEFAULT]
base = /tmp
Debug: yes
[server]
host = localhost
port=8080
; comment
path = %(base)s/www
# c
multi = a
  b

  c
ratio = 0.5
Flag = Off
esc = 100%%
[empty]
[client]
name = x y = z
url : http://h:1/
bad = %(nothere)s
loop = %(loop)s
syn = %x
open = %(x
"""
p = ConfigParser(); p.read_string(S)
print(p.sections(), p.defaults(), list(p), len(p), 'server' in p, 'DEFAULT' in p, 'zz' in p, p.has_section('DEFAULT'), p['server'], p['DEFAULT'])
for s in ('server', 'client', 'empty', 'DEFAULT', 'no'):
    t(p.options, s)
    for o in ('host','port','PATH','multi','ratio','flag','esc','bad','loop','syn','open','name','url','base','debug','missing'):
        t(p.get, s, o); t(p.get, s, o, raw=True); t(p.get, s, o, fallback='fb'); t(p.has_option, s, o)
        t(p.getint, s, o); t(p.getfloat, s, o); t(p.getboolean, s, o); t(p.getint, s, o, fallback=7)
        if s in p: t(lambda: p[s][o]); t(p[s].get, o); t(p[s].get, o, 'd'); t(p[s].getint, o, 3); t(p[s].getboolean, o)
    t(p.items, s); t(p.items, s, raw=True)
print(dict(p['server']), list(p['server'].items()), p['server'].name, p['server'].parser is p, len(p['empty']))
t(p.get, 'server', 'path', vars={'base': 'V'})
def w(p, **k):
    f = io.StringIO(); p.write(f, **k); return f.getvalue()
print(w(p)); print(w(p, space_around_delimiters=False))
for bad in ['a=1','[a]\n[a]','[a]\nx=1\nx=2','[a]\nfoo\nbar\n','[a]\n=1','[a','[]','[a]b','[a]\nx\n','  [a]\n  x=1\n  y=2\n x=3','[a]\nx=1\n y\n\n  z\nq=2','[a]\nx = \n  1\n  2', '[a]\nx=1 ; c\ny=2 # d', '[a]\n:x', '[a] ; c\nx=1','[DEFAULT]\nx=1\n[DEFAULT]\nx=2','[a]\nX=1\nx:2']:
    for k in ({}, dict(strict=False, allow_no_value=True), dict(inline_comment_prefixes=(';','#'), empty_lines_in_values=False), dict(delimiters=('=',), default_section='a')):
        def f():
            q = ConfigParser(**k); q.read_string(bad); return {s: dict(q[s]) for s in q}, w(q)
        t(f)
q = ConfigParser()
q['DEFAULT'] = {'a': '1', 'b': '2'}
q['sec'] = {}
q['sec']['Key'] = 'v'
q['other'] = {'n': 5, 'f': 1.5, 'z': True}
print(w(q), {s: dict(q[s]) for s in q})
t(lambda: q['sec'].__setitem__('k', 5)); t(q.set, 'sec', 'k', 5); t(q.set, 'no', 'k', 'v'); t(q.set, 'sec', 'k', '%'); t(q.set, 'sec', 'k', '50%%'); t(q.set, 'sec', 5, 'v'); t(q.set, 'sec', 'k')
t(q.add_section, 'sec'); t(q.add_section, 'DEFAULT'); t(q.add_section, 5); t(q.add_section, 'new')
t(q.remove_section, 'new'); t(q.remove_section, 'new'); t(q.remove_option, 'sec', 'Key'); t(q.remove_option, 'sec', 'key'); t(q.remove_option, 'no', 'k')
def d(): del q['sec']
t(d); t(d)
def d2(): del q['DEFAULT']
t(d2)
def d3(): del q['other']['n']
t(d3); t(d3)
t(q.popitem); t(lambda: q['zz']); t(q.get, 'zz', 'a'); t(q.pop, 'other'); t(lambda: list(q.values())); t(lambda: list(q.items()))
e = ConfigParser(interpolation=ExtendedInterpolation())
e.read_string('[a]\nx = 1\ny = ${x}${b:z}$$\nw=${b:v}\n[b]\nz = 2\nv=${a:x}${z}\nm=${q}\nn=${a:b:c}\no=$x\np=${u\nr=${no:x}\nloop=${loop}\n')
for s in e.sections():
    for o in e.options(s): t(e.get, s, o)
t(e.set, 'a', 'k', '$x'); t(e.set, 'a', 'k', '${x}')
r = RawConfigParser(); r.read_string('[a]\nx=%(y)s\n'); print(r.get('a', 'x')); r.set('a', 'n', 5); print(r.get('a', 'n'), w(r)); t(r.getint, 'a', 'n'); t(r.getboolean, 'a', 'n')
x = ConfigParser({'d': '1', 'E': '2'}); x.read_dict({'s': {'k': 1, 'L': [1, 2], 'n': 'q'}, 5: {'a': 'b'}}); print(w(x), x.sections(), dict(x['s']))
t(x.read_dict, {'a': {'x': 1, 'X': 2}}); t(x.read_dict, {'s': {'k': 9}}); print(x['s']['k'])
x.optionxform = str; x.read_string('[T]\nAbC = 1\n'); print(x.options('T'), x['T']['AbC'])
x.read_file(io.StringIO('[f]\na=1\n')); x.read_file(['[g]\n', 'b=2']); print(x.sections()); t(x.read_file, ['q'])
n = ConfigParser(allow_no_value=True); n.read_string('[m]\nskip\nk=v\nempty=\n'); print(dict(n['m']), w(n)); t(n.set, 'm', 'z'); print(w(n))
print(p == p, q == ConfigParser(), ConfigParser() == ConfigParser(), ConfigParser.__mro__, bool(p), p['server'] == {'a': 1})
print([issubclass(getattr(configparser, c), configparser.Error) for c in configparser.__all__ if c.endswith('Error')])
for s, sec in p.items(): print(s, len(sec))
random.seed(4)
for _ in range(25):
    txt = '[s]\n' + '\n'.join(random.choice(['', ' ', '  ', '\t']) + random.choice(['a', 'b', 'c = 1', 'd=', 'e : f', '# x', '; y', '[t]', '[u] x', '', 'g = h ; i', 'j = %(c)s', 'k == l', '= m', 'n = o # p', 'q:=r']) for _ in range(random.randint(1, 8)))
    for k in (dict(strict=False), dict(strict=False, allow_no_value=True, inline_comment_prefixes=('#', ';')), dict(strict=False, empty_lines_in_values=False)):
        def f():
            g = ConfigParser(**k); g.read_string(txt); return {s: dict(g.items(s, raw=True)) for s in g}, w(g)
        t(f)
'''
exec(body)
