import unittest
class Case(unittest.TestCase):
    def runTest(self): pass
c = Case()
c.maxDiff = None
class E:
    def __init__(self, v): self.v = v
    def __repr__(self): return f"E({self.v})"
    def __eq__(self, o): return isinstance(o, E) and self.v == o.v
class Bad:
    def __repr__(self): raise ValueError
def check(name, *a, **k):
    try:
        r = getattr(c, name)(*a, **k)
        print(name, "passed", r)
    except AssertionError as e:
        print(name, type(e).__name__, str(e))
        print("--")
    except Exception as e:
        print(name, "raised", type(e).__name__, e)
check("assertEqual", 1, 2); check("assertEqual", 1, 1.0); check("assertEqual", "abc", "abd"); check("assertEqual", "a\nb\nc\n", "a\nB\nc\n")
check("assertEqual", [1, 2, 3], [1, 2, 4]); check("assertEqual", [1], [1, 2, 3]); check("assertEqual", (1, 2, 3), (1,)); check("assertEqual", [], [1])
check("assertEqual", {"a": 1}, {"a": 2, "b": 3}); check("assertEqual", {1, 2}, {2, 3}); check("assertEqual", frozenset([1]), frozenset([2]))
check("assertEqual", E(1), E(2)); check("assertEqual", E(1), E(1)); check("assertEqual", None, 0, "with msg"); check("assertEqual", "x" * 100 + "y", "x" * 100 + "z")
check("assertEqual", list(range(60)), list(range(61))); check("assertEqual", "x" * 200, 3); check("assertEqual", [1, [2]], (1, [2]))
check("assertEqual", 10 ** 100, 10 ** 100 + 1); check("assertEqual", "abc" * 50, "abd" * 50)
check("assertNotEqual", 1, 1); check("assertNotEqual", 1, 2); check("assertTrue", 0); check("assertTrue", [], "empty"); check("assertFalse", [1]); check("assertFalse", "")
check("assertIs", 1, 2); check("assertIs", None, None); check("assertIsNot", None, None); check("assertIsNone", 5); check("assertIsNotNone", None); check("assertIsNone", None)
check("assertIn", 5, [1, 2]); check("assertIn", "k", {"a": 1}, "msg"); check("assertNotIn", 1, [1]); check("assertIsInstance", 1, str); check("assertIsInstance", 1, (str, list)); check("assertNotIsInstance", 1, int)
check("assertAlmostEqual", 1.0, 1.00001); check("assertAlmostEqual", 1.0, 1.0000000001); check("assertAlmostEqual", 1, 2, delta=0.5); check("assertAlmostEqual", 1, 1.2, places=1); check("assertAlmostEqual", 1, 2, places=1, delta=3); check("assertAlmostEqual", 1.0, 1.2, 0)
check("assertNotAlmostEqual", 1.0, 1.00000001); check("assertNotAlmostEqual", 1.0, 1.1); check("assertNotAlmostEqual", 1, 1.1, delta=0.5); check("assertAlmostEqual", "a", "b"); check("assertAlmostEqual", None, 1)
for n, a, b in (("Less", 2, 1), ("LessEqual", 2, 1), ("Greater", 1, 2), ("GreaterEqual", 1, 2), ("Less", 1, 2)): check("assert" + n, a, b)
check("assertLess", 1, "a"); check("assertRegex", "hello", "x+"); check("assertRegex", "hello", "l+"); check("assertNotRegex", "hello", "l+"); check("assertRegex", "a", "")
check("assertCountEqual", [1, 2, 3], [3, 2, 2]); check("assertCountEqual", [1, 2], [2, 1]); check("assertCountEqual", [[1], [2]], [[2], [3], [3]]); check("assertCountEqual", "aab", "abb"); check("assertCountEqual", [{}, 1], [1, {}])
check("assertSequenceEqual", [1, 2], (1, 2)); check("assertSequenceEqual", [1, 2], (1, 3)); check("assertSequenceEqual", 5, [1]); check("assertSequenceEqual", [1], 5); check("assertSequenceEqual", "ab", "ac"); check("assertListEqual", [1], (1,)); check("assertTupleEqual", (1,), [1]); check("assertSequenceEqual", {1}, {2})
check("assertSetEqual", {1}, [1]); check("assertSetEqual", {1}, 5); check("assertSetEqual", [1], {1}); check("assertDictEqual", [], {}); check("assertDictEqual", {"a": [1, 2, {"z": 1}]}, {"a": [1, 2, {"z": 2}]}); check("assertMultiLineEqual", 1, "a")
check("assertDictContainsSubset", {"a": 1}, {"a": 2}); check("assertDictContainsSubset", {"c": 1, "a": 5}, {"a": 2}); check("assertDictContainsSubset", {"a": 2}, {"a": 2})
check("fail"); check("fail", "why"); check("skipTest", "s")
check("assertRaises", ValueError, int, "5"); check("assertRaises", ValueError, int, "x"); check("assertRaises", (ValueError, KeyError), lambda: None); check("assertRaises", 5, int); check("assertRaises", ValueError, lambda: {}["k"]); check("assertRaisesRegex", ValueError, "zzz", int, "x"); check("assertRaises", ValueError, bogus=1)
class Own(unittest.TestCase):
    longMessage = False
    maxDiff = 10
    def runTest(self): pass
    def fail(self, msg=None):
        print("own fail", repr(msg)); super().fail(msg)
c = Own()
check("assertEqual", [1, 2, 3] * 5, [1, 2, 4] * 5); check("assertEqual", 1, 2, "only this"); check("assertIn", 1, []); check("assertTrue", 0, "only this"); check("assertEqual", "a" * 30, "b" * 30); check("assertCountEqual", [1] * 3, [2])
c = Case()
check("assertEqual", {"key" + str(i): i for i in range(30)}, {"key" + str(i): i for i in range(1, 30)})
def near(a, b, msg=None):
    if abs(a.v - b.v) > 1: raise c.failureException(msg or "not near")
c.addTypeEqualityFunc(E, near)
check("assertEqual", E(1), E(2)); check("assertEqual", E(1), E(9)); check("assertEqual", E(1), E(9), "m")
with c.assertRaises(KeyError, msg="mm") as cm:
    raise KeyError("k")
print(cm.exception.args, cm.expected, cm.msg)
print(unittest.TestCase, unittest.TestSuite, unittest.TestLoader, unittest.TextTestRunner, unittest.TestResult, unittest.SkipTest, unittest.main)
