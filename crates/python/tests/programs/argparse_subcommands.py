import argparse
parser = argparse.ArgumentParser(prog="tool", formatter_class=argparse.ArgumentDefaultsHelpFormatter)
parser.add_argument("--debug", action="store_true", help="debug mode")
sub = parser.add_subparsers(dest="command", title="commands", description="valid commands", help="sub-command help", required=True)
a = sub.add_parser("add", help="add things", aliases=["a"]); a.add_argument("x", type=int, help="first"); a.add_argument("y", type=int, nargs="?", default=7, help="second")
a.set_defaults(func=lambda n: n.x + n.y)
b = sub.add_parser("list", help="list things", description="Lists."); b.add_argument("--all", action="store_true", help="all")
parser.print_help(); a.print_help(); b.print_help()
for argv in (["add", "1", "2"], ["a", "5"], ["list", "--all"], ["--debug", "list"], [], ["bogus"], ["add"], ["add", "x"], ["list", "extra"]):
    try:
        n = parser.parse_args(argv)
        print(argv, n.command, n.debug, n.func(n) if hasattr(n, "func") else n)
    except SystemExit as e: print(argv, e.code)
g = argparse.ArgumentParser(prog="g", add_help=False, usage="%(prog)s [options]")
grp = g.add_argument_group("group", "group description"); grp.add_argument("--foo", help="foo help"); grp.add_argument("bar", help="bar help")
m = g.add_mutually_exclusive_group(required=True); m.add_argument("--one", action="store_true"); m.add_argument("--two", type=int)
g.print_help()
for argv in (["b", "--one"], ["b", "--two", "3"], ["b", "--one", "--two", "3"], ["b"], ["--one"]):
    try: print(g.parse_args(argv))
    except SystemExit as e: print(argv, e.code)
m2 = argparse.ArgumentParser(prog="m2"); x = m2.add_mutually_exclusive_group(); x.add_argument("-a", action="store_true"); x.add_argument("-b"); m2.add_argument("rest", nargs="*"); m2.add_argument("--opt", nargs="?", const="C", default="D"); m2.print_help(); print(m2.parse_args(["--opt", "--", "q"]), m2.parse_args(["r", "--opt"]), m2.parse_args(["--opt", "v", "r"]))
parent = argparse.ArgumentParser(add_help=False, prog="par"); parent.add_argument("--parent", type=int, default="12")
child = argparse.ArgumentParser(prog="child", parents=[parent]); child.add_argument("foo"); print(child.parse_args(["--parent", "2", "XXX"]), child.parse_args(["X"])); child.print_help()
e = argparse.ArgumentParser(prog="e", exit_on_error=False); e.add_argument("--n", type=int); 
try: e.parse_args(["--n", "q"])
except argparse.ArgumentError as err: print("caught", err, err.argument_name, err.message)
for bad in (lambda: e.add_argument("--n"), lambda: e.add_argument("a", "b"), lambda: e.add_argument("x", required=True), lambda: e.add_argument("--z", action="zzz"), lambda: e.add_argument("--q", nargs=0), lambda: e.add_argument("--w", type="int"), lambda: e.add_argument("--t", nargs=2, metavar=("A",)), lambda: e.add_argument("q", dest="r"), lambda: e.add_argument("---"), lambda: argparse.ArgumentParser(prog="x", conflict_handler="zz"), lambda: e.add_argument("--c", const=1)):
    try: print(bad())
    except Exception as err: print(type(err).__name__, err)
def even(s):
    v = int(s)
    if v % 2: raise argparse.ArgumentTypeError(f"{s} is odd")
    return v
ev = argparse.ArgumentParser(prog="ev"); ev.add_argument("n", type=even); print(ev.parse_args(["4"]))
try: ev.parse_args(["5"])
except SystemExit as err: print(err.code)
class My(argparse.Action):
    def __call__(self, parser, namespace, values, option_string=None):
        print("action", values, option_string); setattr(namespace, self.dest, values)
c = argparse.ArgumentParser(prog="c"); act = c.add_argument("--foo", action=My); c.add_argument("bar", action=My); print(c.parse_args("1 --foo 2".split()), act)
class P(argparse.ArgumentParser):
    def error(self, message):
        print("ERR", message); raise ValueError(message)
pp = P(prog="pp"); pp.add_argument("--count", type=int, required=True); pp.add_argument("--size", nargs=2, metavar=("W", "H")); pp.add_argument("--pick", choices=["a", "b"]); pp.add_argument("--many", nargs="+")
pp.print_usage()
for argv in ([], ["--count"], ["--count", "1", "--size", "3"], ["--count", "1", "--pick", "z"], ["--count", "x"], ["--co", "4"], ["--count", "1", "--many"], ["--count", "1", "zz"]):
    try: print(pp.parse_args(argv))
    except ValueError as err: print("VE", err)
n = argparse.Namespace(a=1, b="x"); print(n, n == argparse.Namespace(a=1, b="x"), "a" in n, vars(n)); setattr(n, "odd name", 3); print(n)
class C: pass
cc = C(); c2 = argparse.ArgumentParser(prog="c2"); c2.add_argument("--foo"); c2.parse_args(["--foo", "BAR"], namespace=cc); print(cc.foo)
r = argparse.ArgumentParser(prog="r", formatter_class=argparse.RawDescriptionHelpFormatter, description="  line one\n    line two", epilog="e1\ne2"); r.add_argument("cmd", nargs=argparse.REMAINDER); r.print_help(); print(r.parse_args(["a", "--b", "c"]))
r = argparse.ArgumentParser(prog="r", formatter_class=argparse.RawTextHelpFormatter); r.add_argument("--x", help="l1\n  l2"); r.print_help()
r = argparse.ArgumentParser(prog="r" * 70, formatter_class=argparse.MetavarTypeHelpFormatter); r.add_argument("--xx", type=int); r.add_argument("yy", type=float); r.add_argument("--longlonglong", type=str); r.print_help()
r = argparse.ArgumentParser(prog="w", prefix_chars="+-"); r.add_argument("+a", action="store_true"); r.add_argument("--bb"); print(r.parse_args(["+a", "--bb", "1"])); r.print_usage()
r = argparse.ArgumentParser(prog="abbr", allow_abbrev=False); r.add_argument("--foobar"); print(r.parse_known_args(["--foo", "1"]))
r = argparse.ArgumentParser(prog="d", argument_default=argparse.SUPPRESS); r.add_argument("--foo"); r.add_argument("bar", nargs="?"); print(r.parse_args([]), r.parse_args(["1", "--foo", "2"]))
