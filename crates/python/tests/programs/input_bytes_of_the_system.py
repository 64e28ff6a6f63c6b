from cmath import *
from base64 import *
import io
import os

read = io.BytesIO(os.read(0, os.fstat(0).st_size)).readline
count = int(read())
rows = [list(map(int, read().split())) for _ in range(count)]
print(rows, b64encode(b"ab"), phase(1j), os.read(0, 5))
