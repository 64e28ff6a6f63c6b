"""eval, exec and compile."""
x = eval("1 + 2 * 3")
exec("y = x + 1\nprint('made', y)")
code = compile("x * 2", "<string>", "eval")
print(eval(code), eval("a + b", {"a": 1, "b": 2}), code.co_filename)


def compute(z):
    w = 5
    return eval("z + w + x"), eval("z", {"z": 7}), [eval("x + 1") for _ in range(2)]


print(compute(3))
exec(compile("def twice(n):\n    return 2 * n\n", "made.py", "exec"))
print(twice(21), eval("[i * i for i in range(4)]"), eval("  (1,\n 2)"))
for text in ("1 / 0", "missing", "lambda: 1"):
    try:
        print(eval(text)())
    except Exception as error:
        print(type(error).__name__, error)


class Namespace:
    a = 3
    b = eval("a * 2")


print(Namespace.b, eval("twice(2)", globals(), {"twice": abs}))
try:
    eval("len([])", {"__builtins__": {}})
except NameError as error:
    print(error)


def syntax_errors():
    found = []
    for text in ("1 +", "x = 1", "", "(1", "a b", "for"):
        try:
            eval(text)
        except SyntaxError as error:
            found.append((type(error).__name__, str(error), error.msg, error.lineno))
            del error
    return found
