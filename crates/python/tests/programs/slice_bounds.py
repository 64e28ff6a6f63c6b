body = r'''
# Slices and items of sequences with bounds of every kind, and division of large integers.
bounds = [None, 0, 2, -1, -5, 9, -9, 2**70, -(2**70), -(2**63), True]


def slices(x):
    return [x[i:j] for i in bounds for j in bounds]


def items(x):
    out = []
    for i in (0, 4, -1, -5, -6, 5, 2**63 - 1, -(2**63), True):
        try:
            out.append(x[i])
        except IndexError as error:
            out.append(str(error))
    return out


class Two:
    def __index__(self):
        return 2


for x in ([1, 2, 3, 4, 5], (1, 2, 3, 4, 5), "abcde", "äbcdé", b"abcde"):
    print(slices(x), items(x), x[Two() :], x[: Two()])
t, s, a = (1, 2, 3), "hello", [1, 2]
print(t[:] is t, s[:] is s, a[:] is a, t[0:9] is t, s[-9:] is s, ()[1:], ""[:1], [][:])
for x in (a, t, s, None, {}):
    try:
        x["a":]
    except TypeError as error:
        print(error)
big = list(range(100000))
print(len(big[5:]), len(big[:-1]), sum(big[10:20]))
grid = [[1, 2], [3, 4]]
grid[-1][-1] += 5
print(grid, grid[-1][-1])
h = 0x0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF
for a in (h, -h, h * h, 2**64, -(2**127), -5):
    for b in (3, -3, h, -h - 1, 2**64, True):
        print(divmod(a, b), a // b, a % b)
    print([(a >> n, -a >> n) for n in (0, 63, 64, 128, 188, 189, 190, 400, 2**70)])
    for operation in (lambda: a // 0, lambda: a % 0, lambda: divmod(a, False), lambda: a >> -1):
        try:
            operation()
        except (ZeroDivisionError, ValueError) as error:
            print(error)
'''
exec(body)
