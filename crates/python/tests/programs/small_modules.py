import array
import base64
import calendar
import hashlib
import os.path
import time
import warnings
from collections import UserString
from pprint import pprint

numbers = array.array('i', [3, 1, 2])
numbers.append(5)
print(numbers, numbers[1:], sum(numbers), numbers.index(2))
try:
    numbers.append('x')
except TypeError as e:
    print(e)
print(base64.b64encode(b'hello'), base64.b64decode('aGVsbG8='), base64.b32encode(b'hi'))
for name in ('md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'):
    print(name, hashlib.new(name, b'hello world').hexdigest())
print(calendar.monthrange(2024, 2), calendar.isleap(1900), calendar.month_name[3])
print(calendar.month(2024, 2))
print(os.path.join('a', 'b', '..', 'c'), os.path.normpath('a/./b/../c'), os.path.splitext('x/y.tar.gz'))
time.sleep(0)
warnings.warn('not shown')
word = UserString('abc')
print(word + 'd', word.upper(), 'b' in word, repr(word))
pprint({'b': [1, 2], 'a': ('x', None)})
print(b' a b '.split(), b'a,b,c'.rsplit(b',', 1), b'xxabxx'.strip(b'x'), b'abcabc'.rfind(b'b'), b'hello world'.title())
print(b'ab'.center(5, b'*'), b'abc'.partition(b'b'), b'a-b'.replace(b'-', b'+', 1), b'Ab1'.isalnum(), b'abc'.count(b'b', 0, 2))
