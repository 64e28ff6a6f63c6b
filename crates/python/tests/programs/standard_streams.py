import sys
from sys import stdin, stdout

first = input()
second = stdin.readline()
print(stdin, sys.stderr, sys.stdin.encoding, second)
rest = sys.stdin.buffer.read()
print(rest, stdin.readline(3), stdin.read(2))
for line in stdin:
    print(repr(line))
again = open(0).read()
print(again.split())
written = stdout.write("written\n")
try:
    sys.stdout.buffer.write(b"bytes")
except AttributeError as error:
    print(error)
