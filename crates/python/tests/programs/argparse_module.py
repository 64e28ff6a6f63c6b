import argparse
def show(p, *argvs):
    for argv in argvs:
        try: print(argv, p.parse_args(argv))
        except SystemExit as e: print(argv, "exit", e.code)
p = argparse.ArgumentParser(prog="PROG", description="Process some integers. " * 5, epilog="And that's how you'd foo a bar")
p.add_argument("integers", metavar="N", type=int, nargs="+", help="an integer for the accumulator")
p.add_argument("--sum", dest="accumulate", action="store_const", const=sum, default=max, help="sum the integers (default: find the max)")
p.add_argument("-v", "--verbose", action="count", default=0, help="increase verbosity")
p.add_argument("-o", "--output-file", metavar="FILE", help="the output file, which has a very long help text that has to be wrapped over lines")
p.add_argument("--level", type=float, choices=[0.5, 1.0], default=0.5, help="level %(default)s of %(choices)s in %(prog)s (%(type)s)")
p.add_argument("--flag", action="store_true"); p.add_argument("--no-thing", action="store_false", dest="thing")
p.add_argument("--item", action="append"); p.add_argument("--ext", action="extend", nargs="*"); p.add_argument("--bool", action=argparse.BooleanOptionalAction, help="a bool")
p.add_argument("--hidden", help=argparse.SUPPRESS); p.add_argument("--version", action="version", version="%(prog)s 2.0")
p.print_help(); p.print_usage()
ns = p.parse_args(["1", "2", "--sum", "-vvv", "--item", "a", "--item=b", "--ext", "x", "y"])
print(ns.accumulate(ns.integers), ns.verbose, ns.item, ns.ext, ns.output_file, vars(ns)["flag"], ns.bool)
for a in (["1", "-o", "f", "--level", "1.0", "--flag", "--no-thing", "--no-bool"], ["x"], [], ["1", "--level", "3"], ["1", "--bogus"], ["--version"], ["-h"], ["1", "--out=z"], ["1", "--ver"], ["1", "-of"], ["1", "-vofile"], ["1", "-v2"], ["-1"], ["1", "--", "-2"]):
    try:
        n = p.parse_args(a); del n.accumulate; print(a, n)
    except SystemExit as e: print(a, "exit", e.code)
print(p, p.parse_known_args(["1", "--bogus", "z"])[1], p.get_default("level"))
print(repr(p.format_usage()))
