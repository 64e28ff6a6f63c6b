# URLs taken apart, put together and joined; colours in other systems.
body = r'''
import random
from urllib.parse import urlparse,urlunparse,urljoin,urldefrag,urlsplit,urlunsplit,urlencode,parse_qs,parse_qsl,quote,quote_plus,quote_from_bytes,unquote,unquote_plus,unquote_to_bytes,DefragResult
import urllib.parse, colorsys
random.seed(3)
def t(f,*a,**k):
    try: print(f.__name__,a,k if 'quote_via' not in k else '',repr(f(*a,**k)))
    except Exception as e: print(f.__name__,a,type(e).__name__,e)
al='ab/:?#&=%;@.+-2é '
for n in range(60):
    u=random.choice(['','http://','https://a.b','//','mailto:','ftp://u:p@h:21','x:','http:','/','file:///','svn://h','foo://h'])+''.join(random.choice(al) for _ in range(random.randint(0,12)))
    b=random.choice(['http://a/b/c/d;p?q','http://a','http://a/b/','x://y/z','','/a/b','mailto:q','https://h/../x'])
    if 'é' not in u:
        for f in (urlsplit,urlparse,urldefrag): t(f,u)
        try:
            p=urlsplit(u); print(p.username,p.password,p.hostname,p.port)
        except Exception as e: print(type(e).__name__,e)
        try: print(urlparse(u).geturl(),urlsplit(u).geturl())
        except Exception as e: print(type(e).__name__,e)
        t(urljoin,b,u)
    q=''.join(random.choice(al) for _ in range(random.randint(0,12)))
    t(quote,q);t(quote_plus,q);t(unquote,q);t(unquote_plus,q);t(quote,q,safe='');t(unquote_to_bytes,q);t(parse_qs,q);t(parse_qsl,q,keep_blank_values=True);t(parse_qsl,q,strict_parsing=True)
for r in ['g:h','g','./g','g/','/g','//g','?y','g?y','#s','g#s','g?y#s',';x','g;x','g;x?y#s','','.','./','..','../','../g','../..','../../','../../g','../../../g','../../../../g','/./g','/../g','g.','.g','g..','..g','./../g','./g/.','g/./h','g/../h','g;x=1/./y','g;x=1/../y','g?y/./x','g?y/../x','g#s/./x','http:g','a//b','//x/../y']:
    for b in ('http://a/b/c/d;p?q','http://a/b//c/d','http://a','a/b/c',''): t(urljoin,b,r)
t(urlencode,{'a':1,'b':'x y','c':[1,2]});t(urlencode,{'a':1,'c':[1,2],'s':'é&'},True);t(urlencode,[('a','b'),('c',None)]);t(urlencode,'abc');t(urlencode,5);t(urlencode,[1]);t(urlencode,[]);t(urlencode,{'a':'b c'},quote_via=quote);t(urlencode,{b'a':b'\xff'});t(urlencode,[('a',)])
t(quote,b'a b\xff');t(quote,5);t(quote,b'a',encoding='x');t(quote,'ü',encoding='latin-1');t(unquote,'%E4%FC',encoding='latin-1');t(unquote,'%ff%41');t(unquote,b'%41');t(unquote,'%4');t(unquote,'%zz%41');t(unquote,'a%C3%A9é');t(quote,'/El Niño/');t(quote_plus,'a+b c/');t(urlunparse,('http','h','p','x','q','f'));t(urlunsplit,('','h','p','',''));t(urlunparse,('http','h'));t(parse_qs,'a=1&a=2&b=&c',keep_blank_values=True);t(parse_qsl,'a=1;b=2',separator=';');t(parse_qsl,'a=1',separator='');t(parse_qsl,'a&b&c',max_num_fields=2);t(unquote,'%+1%-1% 1')
x=urlparse('http://U:P@Host.com:80/p;q?r#s');print(x,x.hostname,x.port,x._replace(path='/z').geturl(),x[1],isinstance(x,tuple),x==tuple(x),DefragResult('a','b').geturl())
for n in range(40):
    c=[random.choice([0,1,0.5,random.random(),random.random(),0.25,1/3]) for _ in range(3)]
    for f in (colorsys.rgb_to_yiq,colorsys.yiq_to_rgb,colorsys.rgb_to_hls,colorsys.hls_to_rgb,colorsys.rgb_to_hsv,colorsys.hsv_to_rgb): t(f,*c)
'''
exec(body)
