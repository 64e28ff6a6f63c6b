class Base:
    count=0
    def __init__(self,name):
        self.name=name
        Base.count+=1
    def hi(self): return "hi "+self.name
    @property
    def up(self): return self.name.upper()
    @up.setter
    def up(self,v): self.name=v.lower()
    @classmethod
    def make(cls,n): return cls(n)
    @staticmethod
    def add(a,b): return a+b
    def __eq__(self,o): return self.name==o.name
    def __lt__(self,o): return self.name<o.name
    def __add__(self,o): return Base(self.name+o.name)
    def __len__(self): return len(self.name)
    def __getitem__(self,i): return self.name[i]
    def __contains__(self,x): return x in self.name
    def __iter__(self): return iter(self.name)
    def __call__(self,*a,**k): return (a,k)
class D(Base):
    def __init__(self,name,age):
        super().__init__(name)
        self.age=age
    def hi(self): return super().hi()+str(self.age)
    def __repr__(self): return f"D({self.name!r},{self.age})"
b=Base("bob"); d=D("dan",3)
print(b.hi(),d.hi(),b.up,Base.make("x").name,D.add(1,2))
b.up="ZED"
print(b.name,b<d,b==d,(b+d).name,len(b),b[0],"z" in b,list(b),b(1,k=2),d,Base.count)
print(isinstance(d,Base),issubclass(D,Base),type(d).__name__,D.__mro__)
try:
    b.nope
except AttributeError as e:
    print(e)
try:
    D(1)
except TypeError as e:
    print(e)
