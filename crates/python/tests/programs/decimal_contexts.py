# Decimals in every kind of context: signals, roundings, texts, errors.
body = r'''
import decimal
from decimal import *
def t(f):
    try: print(repr(f()))
    except BaseException as e: print(type(e).__module__,type(e).__qualname__,e)
print(repr(getcontext()))
c=Context(prec=5)
t(lambda:Context(prec=0));t(lambda:Context(prec='a'));t(lambda:Context(rounding='x'));t(lambda:Context(Emin=1));t(lambda:Context(Emax=-1));t(lambda:Context(capitals=2));t(lambda:Context(clamp=2));t(lambda:Context(flags=[Inexact,Rounded]));t(lambda:Context(traps=[5]));t(lambda:Context(traps={Inexact:1}));t(lambda:Context(1,2,3));t(lambda:Context(foo=1))
t(lambda:c.flags);t(lambda:c.traps);t(lambda:dict(c.flags));t(lambda:c.flags[5]);t(lambda:setattr(c,'foo',1));t(lambda:c.foo);t(lambda:setattr(c,'prec',2**70));t(lambda:setattr(c,'rounding',5));t(lambda:setattr(c,'flags',5));t(lambda:setattr(c,'traps',{}))
t(lambda:Decimal(1)/Decimal(0));t(lambda:Decimal(0)/Decimal(0));t(lambda:Decimal('a'));t(lambda:Decimal('1e99999999999999999999'));t(lambda:Decimal('Infinity')-Decimal('Infinity'));t(lambda:Decimal(-1).sqrt());t(lambda:Decimal('sNaN')+1);t(lambda:Decimal(1).quantize(Decimal('1e-50')));t(lambda:Decimal(1)//0);t(lambda:Decimal(1)%0);t(lambda:Decimal(0)%0);t(lambda:divmod(Decimal(1),0));t(lambda:Decimal('1e50')//Decimal(1));t(lambda:Decimal(10)**1000000);t(lambda:Decimal(0)**0);t(lambda:Decimal(-1)**Decimal('0.5'));t(lambda:Decimal(0)**-1);t(lambda:Decimal('1e999999')*10);t(lambda:Decimal('1e-999999')/10**30);t(lambda:pow(Decimal(3),5,7));t(lambda:pow(Decimal(3),Decimal('0.5'),7));t(lambda:Decimal(2).ln());t(lambda:Decimal(-2).ln());t(lambda:Decimal(0).ln());t(lambda:Decimal(1000).log10())
t(lambda:Decimal(1)+1.5);t(lambda:Decimal(1)<'a');t(lambda:Decimal(1)==1.0);t(lambda:Decimal([1]));t(lambda:Decimal((0,(1,2),'a')));t(lambda:Decimal((2,(1,2),0)));t(lambda:Decimal((0,(1,12),0)));t(lambda:Decimal((0,('a',),0)));t(lambda:Decimal((0,5,0)));t(lambda:Decimal((0,(0,0,1,2),-3)));t(lambda:Decimal((0,(),'F')));t(lambda:Decimal((1,(1,2),'n')));t(lambda:Decimal(None));t(lambda:Decimal(1,2,3));t(lambda:Decimal(value='5'));t(lambda:Decimal('5',context=None));t(lambda:Decimal(x=5));t(lambda:Decimal('1_000.5_0'));t(lambda:Decimal('_1'));t(lambda:Decimal('１２'));t(lambda:Decimal('  1 '));t(lambda:Decimal('1 2'));t(lambda:Decimal(''));t(lambda:Decimal('NaN123'));t(lambda:Decimal('-sNaN'));t(lambda:Decimal('.5'));t(lambda:Decimal('5.'));t(lambda:Decimal('.'));t(lambda:Decimal('1e'));t(lambda:Decimal('inf'));t(lambda:Decimal('infinit'))
t(lambda:round(Decimal('2.5')));t(lambda:round(Decimal('2.675'),2));t(lambda:round(Decimal('2.5'),None));t(lambda:round(Decimal('2.5'),'a'));t(lambda:round(Decimal('NaN')));t(lambda:int(Decimal('inf')));t(lambda:hash(Decimal('snan')));t(lambda:Decimal('nan')<1);t(lambda:Decimal('snan')==1);t(lambda:Decimal('1').compare('a'));t(lambda:Decimal(1).max(2.0));t(lambda:float(Decimal('snan')));t(lambda:format(Decimal('1.5'),'x'));t(lambda:format(Decimal(1),'=>>'));t(lambda:f'{Decimal("1234567.891"):,.2f}');t(lambda:f"{Decimal('0'):e}");t(lambda:f"{Decimal('0.00'):.3e}");t(lambda:f"{Decimal('nan'):010}");t(lambda:f"{Decimal('-inf'):>10}");t(lambda:f"{Decimal('1e10'):f}");t(lambda:f"{Decimal('1e10'):,}");t(lambda:f"{Decimal('123456'):010,}");t(lambda:f"{Decimal('1.5'):n}");t(lambda:f"{Decimal('-0.001'):z.1f}");t(lambda:f"{Decimal('1.5'):_}");t(lambda:f"{Decimal('1.5'):#}")
t(lambda:f"{Decimal('1.5'):05}");t(lambda:f"{Decimal('1.5'):<05}");t(lambda:f"{Decimal('1.5'):005}");t(lambda:f"{Decimal('1234567.5'):012,.1f}")
from fractions import Fraction
import math,copy,numbers
t(lambda:Decimal('0.5')==Fraction(1,2));t(lambda:Decimal('0.3')<Fraction(1,3));t(lambda:Decimal('nan')==Fraction(1,2));t(lambda:isinstance(Decimal(1),numbers.Number));t(lambda:isinstance(Decimal(1),numbers.Real));t(lambda:math.floor(Decimal('-1.5')));t(lambda:math.ceil(Decimal('1.2')));t(lambda:math.trunc(Decimal('-1.7')));t(lambda:math.sqrt(Decimal(2)));t(lambda:copy.copy(Decimal('1.10')));t(lambda:copy.deepcopy([Decimal('1.10')]));t(lambda:Decimal('1.10').__reduce__());t(lambda:complex(Decimal('1.5')));t(lambda:sum([Decimal('0.1')]*10));t(lambda:max(Decimal(1),Decimal('2.0'),1.5));t(lambda:sorted([Decimal('3'),Decimal('1.5'),2]));t(lambda:{Decimal('1.0'):1,1:2});t(lambda:Decimal(3.14));t(lambda:Decimal.from_float(0.1));t(lambda:Decimal.from_float(5));t(lambda:Decimal.from_float('a'));t(lambda:Decimal('1.50').normalize());t(lambda:Decimal(True));t(lambda:Decimal('-0'));t(lambda:-Decimal(0));t(lambda:+Decimal('-0'));t(lambda:abs(Decimal('-1.5')));t(lambda:bool(Decimal('0.0')))
class D(Decimal):
    def extra(self): return self*2
t(lambda:D('1.5').extra());t(lambda:type(D('1.5')+1));t(lambda:D('1.5'));t(lambda:D.from_float(1.5));t(lambda:type(D.from_float(1.5)));t(lambda:Decimal(D('2.5')));t(lambda:str(D(3)))
with localcontext() as ctx:
    ctx.prec=6
    t(lambda:Decimal(1)/Decimal(7)); print(ctx)
    t(lambda:getcontext() is ctx)
with localcontext(Context(prec=3,rounding=ROUND_UP)) as ctx:
    t(lambda:Decimal(1)/Decimal(3)); print(ctx.flags[Inexact], ctx.flags[Rounded])
with localcontext(prec=4): t(lambda:Decimal(2).sqrt())
t(lambda:localcontext(5));t(lambda:localcontext(prec=0));
print(getcontext()); getcontext().clear_flags(); print(getcontext())
getcontext().traps[FloatOperation]=True
t(lambda:Decimal(1.5));t(lambda:Decimal(1)<1.5);t(lambda:Decimal(1)==1.5)
getcontext().traps[FloatOperation]=False
getcontext().flags[Inexact]=True; print(getcontext().flags); print(sorted(str(k) for k,v in getcontext().flags.items() if v))
setcontext(ExtendedContext); print(getcontext(), getcontext() is ExtendedContext); t(lambda:Decimal(1)/0);t(lambda:Decimal('x'));print(getcontext());print(ExtendedContext)
setcontext(BasicContext);print(getcontext());t(lambda:Decimal(355)/113)
t(lambda:setcontext(5)); setcontext(DefaultContext); print(DefaultContext)
x=Context(prec=3);t(lambda:x.create_decimal('1.2345'));t(lambda:x.create_decimal(' 1'));t(lambda:x.create_decimal(1.2345));t(lambda:x.create_decimal('1_0'));t(lambda:x.create_decimal());t(lambda:x.create_decimal_from_float(3.14159));t(lambda:x.Etiny());t(lambda:x.Etop());t(lambda:x.radix());t(lambda:x.copy());t(lambda:x.add(1,2.5));t(lambda:x.add(1));t(lambda:x.canonical(1));t(lambda:x.power(2,10,modulo=7));t(lambda:x.to_sci_string(Decimal('1e10')));t(lambda:x.to_eng_string(Decimal('1e10')))
t(lambda:Decimal('1').exp(5));t(lambda:Decimal('1').exp(context=x));t(lambda:Decimal(2).compare());t(lambda:Decimal(2).sqrt(x,x));t(lambda:Decimal('1.5').to_integral_value(rounding=ROUND_HALF_DOWN));t(lambda:Decimal('1.5').to_integral_value(rounding='foo'));t(lambda:Decimal('1e5').to_eng_string());t(lambda:Decimal(5).foo);t(lambda:setattr(Decimal(5),'x',1));t(lambda:Decimal(5).real);t(lambda:Decimal(5).imag);t(lambda:Decimal(5).is_canonical())
t(lambda:Decimal('3.14').as_tuple());t(lambda:Decimal('3.14').as_tuple().digits);t(lambda:Decimal('NaN').as_tuple());t(lambda:Decimal('-Infinity').as_tuple());t(lambda:DecimalTuple(0,(1,),2));t(lambda:Decimal(DecimalTuple(0,(1,5),-1)));t(lambda:(MAX_PREC,MAX_EMAX,MIN_EMIN,MIN_ETINY,HAVE_THREADS));t(lambda:InvalidOperation.__mro__);t(lambda:issubclass(DivisionByZero,ZeroDivisionError));t(lambda:Decimal);t(lambda:Context);t(lambda:Decimal.__module__)
try: Decimal('abc')
except InvalidOperation as e: print(e.args, repr(e))
print('%s %d %.2f %r'%(Decimal('1.5'),Decimal('2.7'),Decimal('3.14159'),Decimal(1)), '{:.3f}|{:>8}|{!r}'.format(Decimal('2.5'),Decimal('1.25'),Decimal(7)), f'{Decimal("12.345"):.1f}')
getcontext().prec=50; print(Decimal(2).sqrt(), Decimal(1).exp(), Decimal(10).ln(), Decimal(2)**Decimal('0.5'), Decimal(1)/3, Decimal(2)**-3, Decimal(2)**200)
getcontext().prec=150; print(Decimal(2).sqrt(), Decimal(3).ln(), Decimal('0.001').exp())
getcontext().prec=28
t(lambda:Decimal('1e999999999999')*1);t(lambda:Decimal(7)**Decimal('1e6'));t(lambda:Decimal('1.0000001')**10000000);t(lambda:Decimal('0.5')**2000000);t(lambda:Decimal('9.99')**Decimal('-1234.5'));t(lambda:Decimal('1e-400').exp());t(lambda:Decimal('1e7').exp());t(lambda:Decimal('-1e7').exp());t(lambda:Decimal('1.0000000000000000000000000000000000001').ln());t(lambda:Decimal('1e-999999').ln());t(lambda:Decimal('0.99999999').log10())
'''
exec(body)
