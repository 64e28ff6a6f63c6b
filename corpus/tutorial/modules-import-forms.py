import math as m
from math import cos, pi
from collections import Counter as Bag
print(m.floor(cos(pi)), Bag("aab")["a"])
