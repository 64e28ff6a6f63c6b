# paths
body = r'''
import random, os, copy
from pathlib import *
random.seed(5)
def t(f,*a):
    try:
        r=f(*a); print(getattr(f,'__name__',''),[repr(x) for x in a],repr(r),str(r))
    except Exception as e: print(getattr(f,'__name__',''),a,type(e).__name__,e)
al=['a','b','.','..','c.tar.gz','x.py','.hid','end.','A','B.TXT','~u','','é','a b','c:','C:/','d:','\\','//','/','//h/s/','//h/s','///','c:x','COM1','nul.txt','*.py','?','[ab]','con']
def rnd():
    return ''.join(random.choice(['/','','\\','/']) + random.choice(al) for _ in range(random.randint(0,4)))[random.randint(0,1):]
for n in range(12):
    for C in (PurePosixPath,PureWindowsPath,Path):
        a,b,c=rnd(),rnd(),rnd()
        if '\\\\?' in a.replace('/','\\') or '\\\\?' in b.replace('/','\\') or '\\\\?' in c.replace('/','\\'): continue
        t(C,a);t(C,a,b);t(C,a,b,c)
        p,q=C(a),C(b)
        print(p.parts,p.drive,p.root,p.anchor,p.name,p.suffix,p.suffixes,p.stem,p.parent,list(p.parents),p.is_absolute(),p.is_reserved(),hash(p)==hash(C(p)))
        t(p.__truediv__,b);t(p.__rtruediv__,b);t(p.joinpath,b,c);t(p.joinpath,q);t(p.joinpath)
        t(p.with_name,b);t(p.with_stem,c);t(p.with_suffix,c);t(p.with_suffix,'.x')
        t(p.relative_to,b);t(p.relative_to,q);t((p/q).relative_to,p);t(p.is_relative_to,b,c);t((p/q).is_relative_to,p)
        t(p.match,c);t(p.match,random.choice(['*.py','*','a/*','/a/*','**/x','*/a*','[ab]*','A']))
        print(p==q,p<q if C is not PurePath else 0,p!=q,p>=q,sorted([p,q,C('m')]))
        t(bytes,p);t(os.fspath,p);t(p.as_uri)
        print(p.parents[:2],p.parents[-1:], len(p.parents),repr(p.parents)[:20])
        t(p.parents.__getitem__,1);t(p.parents.__getitem__,-1);t(p.parents.__getitem__,-2)
print(hash(PurePosixPath('a/b')),hash(Path('/x')),hash(PureWindowsPath('C:/A')))
t(PurePath,5);t(PurePath,b'a');t(PurePath,None);t(lambda:Path('a')/5);t(lambda:5/Path('a'));t(lambda:Path('a')<5);t(lambda:PurePosixPath('a')<PureWindowsPath('a'));t(lambda:PurePosixPath('a')==PureWindowsPath('a'));t(WindowsPath,'a');t(Path('a').relative_to)
class M(Path): pass
t(M,'x')
class N(type(Path())):
    def hi(self): return 'hi '+self.name
print(N('a/b').hi(),N('a')/'b',repr(N('a').parent))
def s(p):
    p.x=1
t(s,Path('a'))
def s2(p): p.name='z'
t(s2,Path('a'))
print(isinstance(Path('a'),os.PathLike),issubclass(PurePath,os.PathLike),Path.__mro__,type(Path('x')))
print(copy.copy(Path('a/b')),copy.deepcopy([Path('/a/b')]),Path('a').__reduce__(),Path('/a/b').__reduce__())
t(Path('a').write_text,5);t(Path('a').absolute().is_absolute)  if 0 else None
print({Path('a'):1,Path('b'):2},f"{Path('a')!s:>5}|{Path('q')}")
print(os.path.join(Path('a'),'b') if 0 else '', PurePath('a').joinpath('b',Path('c')))
for x in Path('a/b/c').parents: print(x)
print(Path('a') in Path('a/b').parents, list(reversed(Path('a/b').parents)))
t(Path('a/b').parents.index,Path('q'));t(Path('a/b').parents.count,Path('a'))
t(Path('/a b/é').as_uri)
'''
exec(body)
