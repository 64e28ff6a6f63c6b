from array import *

numbers = array("i", [1, 2, 3])
numbers.append(4)
numbers.extend(array("i", [5]))
numbers.insert(-1, 9)
print(numbers, len(numbers), numbers[1:3], numbers[::-2], numbers.index(9), numbers.count(2))
numbers[1:3] = array("i", [7, 7, 7])
del numbers[0]
print(numbers.pop(), numbers, numbers * 2 == numbers + numbers, typecodes, ArrayType is array)
for code, value in (("b", 128), ("B", -1), ("H", 1 << 16), ("i", 1 << 31), ("L", -1), ("q", 1 << 63), ("i", "x"), ("d", "x")):
    try:
        array(code, [value])
    except (OverflowError, TypeError) as error:
        print(code, type(error).__name__, error)
floats = array("f", [0.1, 1e39])
doubles = array("d", [0.1, float("nan")])
print(floats, doubles, doubles == doubles, array("u", "añ").tounicode(), array("i", b"\1\0\0\0"))
print(bytes(array("h", [1, -2])), b"x" + array("b", [65]), bytearray(array("b", [1])), array("b", [97]) in b"abc")
shorts = array("h", [1, 256])
shorts.byteswap()
print(shorts, shorts.tobytes(), shorts.itemsize, shorts.typecode, array("i", [1]) < array("d", [1.5]))
for source in ("array('x')", "array()", "array('i', 'a')", "array('i', b'abc')", "numbers['a']", "numbers[99]", "numbers + [1]"):
    try:
        print(eval(source))
    except Exception as error:
        print(source, type(error).__name__, error)
print(list(reversed(numbers)), [n for n in numbers if n > 4], hasattr(numbers, "x"))


class Named(array):
    label = "own"


own = Named("B", [1, 2])
own.label = "mine"
print(own, own[:1], own.label, sorted(own, reverse=True))
