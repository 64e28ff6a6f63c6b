from graphlib import TopologicalSorter, CycleError
g = {"D": {"B", "C"}, "C": {"A"}, "B": {"A"}}
ts = TopologicalSorter(g)
print(tuple(ts.static_order()))
ts = TopologicalSorter()
ts.add(1, 2, 3); ts.add(2, 3); ts.add(4)
ts.prepare()
while ts.is_active():
    r = ts.get_ready(); print(r); ts.done(*r)
for g in ({1:[2],2:[3],3:[1]}, {'a':['b'],'b':['c','a'],'c':['d'],'d':['b']}, {1:[1]}, {5:[4],4:[3],3:[5,2],2:[1]}):
    try: print(list(TopologicalSorter(g).static_order()))
    except CycleError as e: print(e.args, e)
ts = TopologicalSorter({1:[2]})
for f in (lambda: ts.get_ready(), lambda: ts.is_active(), lambda: ts.done(1), lambda: ts.prepare(), lambda: ts.prepare(), lambda: ts.add(3), lambda: ts.done(9), lambda: ts.done(1), lambda: ts.get_ready(), lambda: ts.done(2), lambda: ts.done(2), lambda: bool(ts), lambda: ts.get_ready()):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
import ast
for s in ["[1, 2, 3]", "{'a': 1, 'b': [1,2]}", "(1,)", "1,2", "{1,2}", "set()", "-5", "+5", "1+2j", "-1-2j", "'a' 'b'", "b'x'", "None", "True", "...", "  3", "1_000", "0x1f", "1e5", "(1)", "[(1, 'x'), {'k': None}]", "{}", "[]", "()", "'''a\nb'''", "r'\\d'", "-(1)", "(-1)"]:
    v = ast.literal_eval(s)
    print(s, v, type(v))
for s in ["a", "1+2", "f(1)", "--1", "+True", "1+2j+3j", "[x for x in y]", "{**a}", "f'a'", "'a'*2", "lambda: 1", "1 if 2 else 3", "[*a]", "a.b", "1 < 2", "not 1", "-'a'","__import__('os')"]:
    try: print(ast.literal_eval(s))
    except ValueError as e: print('ValueError', s)
for s in ["[1,", "1 2", "", "if", "'a"]:
    try: print(ast.literal_eval(s))
    except SyntaxError as e: print('SyntaxError', s, e.msg)
import sys
for s in ["1+1\n", "x = 5\n", "for i in range(3): i\n", "None\n", "'abc'\n", "1;2;3\n", "if 1:\n    5\n    def f():\n        6\n    f()\n"]:
    exec(compile(s, '<x>', 'single'))
for s in ["1\n2\n", "x=1\ny=2\n"]:
    try: compile(s, '<x>', 'single')
    except SyntaxError as e: print(e.msg)
sys.displayhook(5)
sys.displayhook(None)
