import unittest, io, sys

def add(a, b):
    return a + b

class TestAdd(unittest.TestCase):
    """Doc of class"""
    @classmethod
    def setUpClass(cls):
        print("setUpClass", cls.__name__)
    @classmethod
    def tearDownClass(cls):
        print("tearDownClass")
    def setUp(self):
        self.x = 5
        print("setUp", self.id())
    def tearDown(self):
        print("tearDown")
    def test_ok(self):
        """First line.

        more"""
        self.assertEqual(add(1, 2), 3)
        self.assertTrue(self.x)
        self.assertIn(2, [1, 2])
    def test_fail(self):
        self.assertEqual(add(1, 2), 4, "sum")
    def test_error(self):
        x = 1 / 0
    @unittest.skip("not now")
    def test_skip(self):
        self.fail()
    @unittest.skipIf(add(1, 1) == 2, "math works")
    def test_skipif(self): pass
    @unittest.skipUnless(True, "never")
    def test_unless(self): pass
    @unittest.expectedFailure
    def test_expected(self):
        self.assertEqual(1, 0)
    @unittest.expectedFailure
    def test_unexpected(self):
        self.assertEqual(1, 1)
    def test_sub(self):
        for i in range(4):
            with self.subTest(i=i, even=i % 2 == 0):
                self.assertEqual(i % 2, 0)
        with self.subTest("message"):
            with self.subTest(k=2):
                raise KeyError("deep")
    def test_raises(self):
        with self.assertRaises(ZeroDivisionError) as cm:
            1 / 0
        print(cm.exception, type(cm.exception))
        self.assertRaises(ValueError, int, "x")
        with self.assertRaisesRegex(ValueError, "invalid literal"):
            int("y")
        self.assertRaises(TypeError, add, 1)
    def test_notraised(self):
        with self.assertRaises(ValueError):
            pass
    def test_skip_inside(self):
        self.skipTest("inside")
    def test_cleanup(self):
        self.addCleanup(print, "cleanup", 1)
        self.addCleanup(lambda: print("cleanup 2"))
    def helper(self): pass

class TestBroken(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        raise RuntimeError("no class")
    def test_never(self): pass

@unittest.skip("whole class")
class TestSkipped(unittest.TestCase):
    def test_a(self): pass

suite = unittest.TestLoader().loadTestsFromTestCase(TestAdd)
print(suite.countTestCases(), suite)
runner = unittest.TextTestRunner(verbosity=2)
result = runner.run(suite)
print(result)
print(result.testsRun, len(result.failures), len(result.errors), len(result.skipped), result.wasSuccessful())
for test, text in result.failures + result.errors:
    print(test, test.id(), test.shortDescription())
    print(text)
for test, reason in result.skipped:
    print(test, reason)
print(result.expectedFailures, result.unexpectedSuccesses)
all_tests = unittest.TestSuite()
loader = unittest.defaultTestLoader
for c in (TestBroken, TestSkipped):
    all_tests.addTests(loader.loadTestsFromTestCase(c))
stream = io.StringIO()
r2 = unittest.TextTestRunner(stream=stream).run(all_tests)
print(r2, r2.errors[0][0], r2.errors, r2.skipped)
r3 = unittest.TestResult()
loader.loadTestsFromName("TestAdd.test_ok", sys.modules["__main__"]).run(r3)
print(r3, r3.testsRun)
t = TestAdd("test_ok")
print(t, repr(t), t.id(), t.countTestCases(), t == TestAdd("test_ok"), t.shortDescription())
t.debug()
print(t.run())
try: TestAdd("nope")
except ValueError as e: print(e)
prog = unittest.main(argv=["prog"], exit=False)
print(prog.result)
prog = unittest.main(argv=["prog", "-v", "TestAdd.test_ok"], exit=False, verbosity=0)
print(prog.result, prog.verbosity)
try:
    unittest.main(argv=["x"], defaultTest="TestAdd.test_fail")
except SystemExit as e:
    print("exit", e.code)
unittest.main(argv=["x"])
print("never")
