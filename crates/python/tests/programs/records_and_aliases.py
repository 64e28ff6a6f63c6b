# Tables as text, read and written in every dialect; subscripted aliases are remembered.
body = r'''
import csv,io,random
from typing import *
random.seed(4)
al='ab,;"\' \r\n12é'
for n in range(250):
    s=''.join(random.choice(al) for _ in range(random.randint(0,14)))
    kw=random.choice([{},{},{'delimiter':';'},{'quotechar':"'"},{'skipinitialspace':True},{'quoting':csv.QUOTE_ALL},{'quoting':csv.QUOTE_NONE},{'quoting':csv.QUOTE_NONNUMERIC},{'doublequote':False},{'dialect':'excel-tab'},{'dialect':'unix'}])
    try: print(repr(s),list(csv.reader(s.splitlines(True),**kw)))
    except Exception as e: print(repr(s),type(e).__name__,e)
    try: print(list(csv.reader(io.StringIO(s),**kw)))
    except Exception as e: print(type(e).__name__,e)
    row=[random.choice(['',None,'a','a,b','x"y',' ','1',5,-3,1.5,True,'l\nm','c;d',"q'",s]) for _ in range(random.randint(0,5))]
    b=io.StringIO()
    try: w=csv.writer(b,**kw); r=w.writerow(row); print(row,kw,repr(b.getvalue()),r)
    except Exception as e: print(row,kw,type(e).__name__,e)
    if random.random()<.1:
        b=io.StringIO(); w=csv.writer(b); w.writerows([row,tuple(row)]); b.seek(0); x=csv.reader(b); print([r for r in x],x.line_num)
print(List[int] is List[int], Dict[str,int] is Dict[str,int], Optional[int] is Optional[int], Union[int,str] is Union[int,str], Tuple[int,...] is Tuple[int,...], Callable[[int],str] is Callable[[int],str], List[List[int]] is List[List[int]], List[int] is List[str])
print(List[int],Dict[str,List[int]],Optional[str],Union[int,None],Tuple[()],Tuple[int,str],Callable[...,int],Callable[[],int],List['A'],Callable[[int,str],Any])
for f in (lambda:List[int,str],lambda:Dict[int],lambda:List[1],lambda:Optional[1],lambda:List[[]],lambda:Callable[int],lambda:Union[()],lambda:Callable[int,str]):
    try: print(f())
    except Exception as e: print(type(e).__name__,e)
'''
exec(body)
