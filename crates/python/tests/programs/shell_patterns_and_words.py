import fnmatch
for p in ['*.py', '?a*', '[abc]x', '[!abc]x', '[a-c]*', '[]]', '[^a]', 'a[', '[!]a]', '**a**b', '[a-]', '[--9]', '[z-a]', 'a*b*c', '[[]', 'x[a-c-e]', '[&&]', '[!z-a]', 'foo.txt', '', '[-a]', '[\\]']:
    print(p, fnmatch.translate(p), [n for n in ('a.py','ax','bx','xa','b','a','','abc','axxbxxc',']','[','-','\\') if fnmatch.fnmatch(n, p)])
print(fnmatch.filter(['a.py','b.txt','c.py'], '*.py'), fnmatch.fnmatchcase('A','a'))
import shlex
for s in ['a b c', "a 'b c' d", 'a "b \\" c" d', r'a\ b', '', '  ', "''", 'a#b c', "x='y z'", 'a"b"c', '"a\\nb"', 'é ü', 'a\tb\nc', '"', "'x", 'a\\']:
    try: print(shlex.split(s), shlex.split(s, comments=True))
    except ValueError as e: print(e)
print(shlex.quote("it's"), shlex.quote(''), shlex.quote('ab-c'), shlex.quote('a b'), shlex.join(['a', 'b c', "d'e"]))
import getopt
print(getopt.getopt(['-a','-b','x','--long=5','--flag','rest'], 'ab:', ['long=','flag']))
for args in (['-z'],['-b'],['--lo'],['--nope'],['--flag=3'],['--fl','x'],['-ab','q','r'],['--','-a']):
    try: print(getopt.getopt(args, 'ab:', ['long=','flag']))
    except getopt.GetoptError as e: print(e, e.opt, e.msg)
