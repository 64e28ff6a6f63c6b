# JSON written and read, with every option, and its complaints.
body = r'''
import json
from collections import OrderedDict, namedtuple
from enum import IntEnum
class N(IntEnum): A = 3
P = namedtuple('P', 'x y')
def t(f):
    try: print(repr(f()))
    except Exception as e: print(type(e).__name__, e)
vals = [None, True, 1, -5, 2**70, 1.5, 1e100, -0.0, 1e-7, 'a"b\\c/\n\r\t\b\f\x01\x7fé€😀', [], {}, (), [1, [2, [3]]], {'a': {'b': []}, 'c': {}}, {1: 2, 2.5: 3, None: 4, True: 5, 'x': 6}, P(1, 2), N.A, {'k': N.A}, OrderedDict(b=1, a=2), float('nan'), float('inf'), {'z': 1, 'a': [1, {'q': 2}]}, [[[]]], [{}], '\u2028', 'ü']
for v in vals:
    t(lambda: json.dumps(v)); t(lambda: json.dumps(v, indent=2)); t(lambda: json.dumps(v, indent='--', sort_keys=True)); t(lambda: json.dumps(v, separators=(',', ':'), ensure_ascii=False)); t(lambda: json.dumps(v, indent=0)); t(lambda: json.dumps(v, indent=-1)); t(lambda: json.dumps(v, allow_nan=False))
t(lambda: json.dumps({1, 2})); t(lambda: json.dumps({'a': object})); t(lambda: json.dumps({(1, 2): 3})); t(lambda: json.dumps({(1, 2): 3, 'a': 1}, skipkeys=True)); t(lambda: json.dumps([1, {2}], default=list)); t(lambda: json.dumps({'b': 1, 1: 2}, sort_keys=True)); t(lambda: json.dumps(3, cls=json.JSONEncoder)); t(lambda: json.dumps(b'a'))
l = []; l.append(l); t(lambda: json.dumps(l))
d = []
for i in range(150): d = [d]
t(lambda: len(json.dumps(d)))
class E(json.JSONEncoder):
    def default(self, o):
        if isinstance(o, set): return sorted(o)
        return super().default(o)
t(lambda: json.dumps({'s': {3, 1}}, cls=E)); t(lambda: json.dumps(1j, cls=E))
texts = [r'"\u00e9\ud83d\ude00\n"', 'null', ' [1, 2.5, -3e5, 0, -0, 1E+2, "x"] ', '{"a": {"b": [true, false, null]}, "a": 2}', '', ' ', '[1,]', '{"a":1,}', '{a:1}', "{'a':1}", '[1 2]', '01', '1.', '.5', '+1', '-', 'nul', 'NaN', '[Infinity, -Infinity]', '"abc', '"a\nb"', '"\\x"', '"\\u12"', '"\\u12g4"', '[1]x', '{"a"}', '{"a":}', '[', '{', '1e5', '1e400', '12345678901234567890', '-1.5e-3', 'truefalse', '{"a":1 "b":2}', '\ufeff1', '[1\u00a0]', '"\t"', '\n\t[ ]\r ', '{"": ""}', '"\x7f"', '1_000', '0x10', '"\\u0041\\u"', '[[1],[2,[3]]]', '-NaN', '[1,,2]', '1 2']
for s in texts: t(lambda: json.loads(s))
t(lambda: json.loads(b'{"a": 1}')); t(lambda: json.loads(5)); t(lambda: json.loads('[1.5, 2]', parse_float=str)); t(lambda: json.loads('{"a": {"b": 1}}', object_hook=lambda d: list(d.items()))); t(lambda: json.loads('{"a":1,"a":2}', object_pairs_hook=list)); t(lambda: json.loads('[1]', parse_int=float)); t(lambda: len(repr(json.loads('[' * 120 + ']' * 120))))
try: json.loads('{"a": [1, 2}')
except json.JSONDecodeError as e: print(e.msg, e.pos, e.lineno, e.colno, e.doc)
x = json.loads(json.dumps({'k': [1, 2, {'z': None}]})); x['k'].append(5); print(x)
'''
exec(body)
