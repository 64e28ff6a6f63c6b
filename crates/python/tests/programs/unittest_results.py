import unittest
log = []
class Res(unittest.TestResult):
    def startTest(self, test):
        super().startTest(test); print("start", test)
    def addSuccess(self, test):
        print("ok", test)
    def addFailure(self, test, err):
        super().addFailure(test, err)
        print("failure", test, err[0].__name__, err[1])
    def addError(self, test, err):
        super().addError(test, err); print("error", test, err[1])
    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        print("sub", subtest, err and err[1], subtest.params)
class Custom(Exception):
    def __str__(self):
        print("str called")
        return "custom text"
def setUpModule():
    print("module up")
def tearDownModule():
    print("module down")
class A(unittest.TestCase):
    def setUp(self):
        self.r = []
    def test_one(self):
        with self.subTest("x", a=1):
            self.r.append(1)
        with self.subTest(b=2):
            self.assertEqual(1, 2)
    def test_two(self):
        raise Custom
    def test_chain(self):
        try:
            {}["k"]
        except KeyError as e:
            raise ValueError("v") from e
    def test_context(self):
        try:
            [][1]
        except IndexError:
            self.assertEqual([1, 2], [3])
    def test_deep(self):
        def f(n):
            if n == 0:
                self.fail("deep")
            f(n - 1)
        f(3)
    def test_note(self):
        e = RuntimeError("x"); e.add_note("a note"); raise e
    def test_match(self):
        with self.assertRaisesRegex(ValueError, "zz"):
            int("q")
    def test_wrong(self):
        with self.assertRaises(KeyError):
            int("q")
class B(A):
    test_one = test_two = None
    def setUp(self):
        raise OSError("setup failed")
    def tearDown(self):
        print("not reached")
class C(unittest.TestCase):
    def test_a(self):
        self.doCleanups()
    def test_exit(self):
        raise SystemExit(3)
    def tearDown(self):
        raise ValueError("td")
r = Res()
s = unittest.TestSuite([unittest.defaultTestLoader.loadTestsFromTestCase(k) for k in (A, B, C)])
print(s.countTestCases())
s.run(r)
print(r, s.countTestCases())
for t, text in r.failures: print(t); print(text)
for t, text in r.errors: print(t); print(text)
f = unittest.FunctionTestCase(lambda: print("fn"), setUp=lambda: print("su"), description="desc")
f.run(r); print(f.shortDescription(), f.id(), r)
print(unittest.TestLoader().getTestCaseNames(A), unittest.makeSuite(C).countTestCases())
class Buf(unittest.TestCase):
    def test_p(self):
        print("hidden")
    def test_q(self):
        print("shown on failure"); self.fail()
rr = unittest.TestResult(); rr.buffer = True
unittest.makeSuite(Buf).run(rr); print(rr.failures[0][1])
ff = unittest.TextTestRunner(failfast=True, verbosity=0).run(unittest.makeSuite(A)); print(ff)
for bad in (lambda: unittest.TestSuite([1]), lambda: unittest.TestSuite("a"), lambda: unittest.TestSuite([A]), lambda: unittest.TestLoader().loadTestsFromTestCase(unittest.TestSuite)):
    try: bad()
    except TypeError as e: print(e)
