import difflib
from difflib import SequenceMatcher, get_close_matches, ndiff, unified_diff, context_diff, Differ, restore
print(get_close_matches('appel', ['ape', 'apple', 'peach', 'puppy']))
s = SequenceMatcher(lambda x: x == " ", "private Thread currentThread;", "private volatile Thread currentThread;")
print(round(s.ratio(), 3), s.quick_ratio(), s.real_quick_ratio())
for block in s.get_matching_blocks():
    print("a[%d] and b[%d] match for %d elements" % block)
print(s.get_opcodes())
print(s.find_longest_match(0, 5, 0, 9), s.find_longest_match())
a = 'one\ntwo\nthree\n'.splitlines(keepends=True)
b = 'ore\ntree\nemu\n'.splitlines(keepends=True)
d = ndiff(a, b)
print(''.join(d), end="")
diff = list(ndiff(a, b))
print(''.join(restore(diff, 1)), end="")
print(''.join(restore(diff, 2)), end="")
try: list(restore(diff, 3))
except ValueError as e: print(e)
s1 = ['bacon\n', 'eggs\n', 'ham\n', 'guido\n']
s2 = ['python\n', 'eggy\n', 'hamster\n', 'guido\n']
for l in unified_diff(s1, s2, fromfile='before.py', tofile='after.py'): print(l, end='')
for l in context_diff(s1, s2, fromfile='before.py', tofile='after.py', fromfiledate='x', tofiledate='y'): print(l, end='')
print(list(unified_diff(['a','b','c','d','e','f','g','h','i'], ['a','b','c','d','e','f','G','h','i'], lineterm='', n=1)))
print(list(unified_diff([], ['x'], lineterm='')), list(context_diff(['x'], [], lineterm='')), list(unified_diff(['x'],['x'])))
text1 = '''  1. Beautiful is better than ugly.
  2. Explicit is better than implicit.
  3. Simple is better than complex.
  4. Complex is better than complicated.
'''.splitlines(keepends=True)
text2 = '''  1. Beautiful is better than ugly.
  3.   Simple is better than complex.
  4. Complicated is better than complex.
  5. Flat is better than nested.
'''.splitlines(keepends=True)
dd = Differ()
result = list(dd.compare(text1, text2))
print(''.join(result))
for bad in (lambda: get_close_matches('a', ['b'], n=0), lambda: get_close_matches('a', ['b'], cutoff=2), lambda: list(unified_diff([1],[2])), lambda: list(unified_diff(['1'],['2'], 3)), lambda: list(context_diff('a', ['b'], lineterm=None))):
    try: print(bad())
    except Exception as e: print(type(e), e)
print(difflib.IS_LINE_JUNK('\n'), difflib.IS_LINE_JUNK('  #   \n'), difflib.IS_LINE_JUNK('hello\n'), difflib.IS_CHARACTER_JUNK(' '), difflib.IS_CHARACTER_JUNK('x'))
print(s.b2j, s.bjunk, s.bpopular, s.autojunk)
print(list(difflib.diff_bytes(unified_diff, [b'a\n', b'\xff'], [b'b'], b'f', b't')))
print(difflib.Match(1,2,3), difflib.__all__)
for g in SequenceMatcher(None, list(range(1,40)), list(range(1,9))+['i']+list(range(9,21))+['x']+list(range(21,36))+['y']+list(range(36,40))).get_grouped_opcodes(): print(g)
