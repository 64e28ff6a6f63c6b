# Operations on decimals of all sizes in contexts of all kinds.
body = r'''
import random, decimal
from decimal import *
import sys
random.seed(11)
def num():
    k=random.random()
    if k<0.08: return random.choice(['NaN','-NaN12','sNaN','Infinity','-Infinity','0','-0','0E+3','0E-5','-0.00','NaN123456789012'])
    d=random.choice([1,1,2,3,5,8,12,20,28,29,35,45])
    c=''.join(random.choice('0123456789' if random.random()<.7 else '059') for _ in range(d))
    s=random.choice(['','','-'])
    if random.random()<.5:
        p=random.randint(0,d); c=(c[:p] or '0')+'.'+c[p:]
        if c.endswith('.') and random.random()<.5: c=c[:-1]
    if random.random()<.35: c+='E'+str(random.choice([0,1,-1,5,-5,10,-20,30,-40,100,-100,random.randint(-60,60)]))
    return s+c
rounds=[ROUND_DOWN,ROUND_HALF_UP,ROUND_HALF_EVEN,ROUND_CEILING,ROUND_FLOOR,ROUND_UP,ROUND_HALF_DOWN,ROUND_05UP]
un='abs exp ln log10 logb minus next_minus next_plus normalize plus sqrt to_integral to_integral_exact to_integral_value is_normal is_subnormal is_zero is_nan is_signed number_class to_sci_string to_eng_string logical_invert copy_abs create_decimal'.split()
bi='add compare compare_signal compare_total compare_total_mag divide divide_int divmod max max_mag min min_mag multiply next_toward remainder remainder_near subtract same_quantum quantize copy_sign scaleb rotate shift logical_and logical_or logical_xor power'.split()
def t(label,f):
    try: r=repr(f())
    except Exception as e: r=type(e).__name__+' '+str(e)
    print(label,r)
for n in range(250):
    c=Context(prec=random.choice([1,2,3,5,9,16,28,28,50]),rounding=random.choice(rounds),Emin=random.choice([-999999,-999999,-99]),Emax=random.choice([999999,999999,99,9,0,30]),clamp=random.choice([0,0,0,1]),capitals=random.choice([0,1,1]),traps=random.choice([[],[],[InvalidOperation,DivisionByZero,Overflow],[Inexact],[Underflow,Clamped,Subnormal,Rounded]]))
    setcontext(c)
    a,b=Decimal(num()),Decimal(num())
    k=random.random()
    if k<.35:
        m=random.choice(un)
        if m in('exp',) and a.is_finite() and abs(a.adjusted())>6 and a: continue
        t(f'{m} {a} {c.prec}',lambda:getattr(c,m)(a))
    elif k<.75:
        m=random.choice(bi)
        if m in('scaleb','rotate','shift') and random.random()<.8: b=Decimal(random.randint(-12,12))
        if m.startswith('logical') and random.random()<.8: a,b=Decimal(bin(random.randint(0,2**20))[2:]),Decimal(bin(random.randint(0,2**20))[2:])
        if m=='power':
            if random.random()<.6: b=Decimal(random.randint(-30,30))
            elif b.is_finite() and b and abs(b.adjusted())>3: b=Decimal('0.5')
            if a.is_finite() and a and abs(a.adjusted())>50: a=Decimal('1.5')
        t(f'{m} {a} {b} {c.prec}',lambda:getattr(c,m)(a,b))
    elif k<.8:
        d=Decimal(num()); t(f'fma {a} {b} {d}',lambda:c.fma(a,b,d)); t('fma2',lambda:a.fma(b,d))
    elif k<.9:
        for o in '+-*/%': t(f'{a}{o}{b}',lambda:eval(f'a{o}b'))
        t('//',lambda:a//b); t('cmp',lambda:(a<b,a<=b,a==b,a!=b,a>b)); t('eq',lambda:(a==b,a!=b,a==a)); t('int',lambda:int(a) if not a.is_finite() or a.adjusted()<200 else 0); t('float',lambda:float(a)); t('hash',lambda:hash(a) if not a.is_nan() else hash(b) if not b.is_nan() else 0)
        t('tuple',lambda:a.as_tuple()); t('str',lambda:str(a)); t('ratio',lambda:a.as_integer_ratio()); t('q',lambda:a.quantize(b)); t('q2',lambda:a.quantize(Decimal('0.01'),rounding=random.choice(rounds))); t('round',lambda:round(a,random.randint(-3,5))); t('round0',lambda:round(a)); t('adj',lambda:a.adjusted()); t('i',lambda:(a+5,5-a,a*3)); t('f',lambda:(a<1.5,a==0.5))
    else:
        sp=random.choice(['','','0','*<','>','^','=','x=','é>'])
        f=(sp if sp!='0' else '')+random.choice(['','+',' ','-'])+random.choice(['','','z'])+('0' if sp=='0' else '')+random.choice(['','','5','12','30'])+random.choice(['','',','])+random.choice(['','.0','.2','.5','.20'])+random.choice(['','','e','E','f','F','g','G','%','n'])
        if 'e' not in f and a.is_finite() and a.adjusted()>150: a=b
        t(f'fmt {f} {a}',lambda:format(a,f))
    print(c)
'''
exec(body)
