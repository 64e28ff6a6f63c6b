from array import array

data = bytearray(b"abcdef")
view = memoryview(data)
view[0] = 65
view[1:3] = b"BC"
view[::-2][0] = 90
print(data, view[2], view[1:4].tobytes(), view[::2].tolist(), bytes(view[::-1]), len(view))
part = view[2:5]
part[0] = 42
print(data, part.obj is data, part.shape, part.strides, view[::2].contiguous, part.readonly)
words = memoryview(array("h", [1, -2, 3]))
print(words.format, words.itemsize, words.nbytes, words.tolist(), words == array("i", [1, -2, 3]), words.hex())
grid = memoryview(bytes(range(12))).cast("B", [3, 4])
print(grid.tolist(), grid[1, 2], grid.ndim, grid.shape, grid.strides, grid.cast("B").tolist() == list(range(12)))
print(memoryview(b"abcd").cast("H").tolist(), memoryview(b"ab").cast("c").tolist(), hash(memoryview(b"ab")) == hash(b"ab"))
print(b"x" + memoryview(b"y"), b"abc" == memoryview(b"abc"), int(memoryview(b"12")), 98 in memoryview(b"abc"))
tries = ["view[0] = 256", "view['a']", "view[9]", "memoryview(b'a')[0] = 1", "del view[0]", "view[0:2] = b'abc'",
         "memoryview('a')", "memoryview(b'abc').cast('H')", "grid[1]", "hash(view)", "data.append(1)", "view.nothing"]
for source in tries:
    try:
        exec(source)
    except Exception as error:
        print(source, type(error).__name__, error)
with memoryview(b"xyz") as inner:
    print(inner.tolist())
try:
    inner[0]
except ValueError as error:
    print(error)
part.release()
view.release()
try:
    view.tolist()
except ValueError as error:
    print(error)
