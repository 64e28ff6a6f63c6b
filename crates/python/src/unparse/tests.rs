//! Printed text parses to the tree that was printed, with the ranges that the printer gave it.

use ruff_python_ast::comparable::ComparableStmt;
use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{Expr, ModModule, Stmt};
use ruff_python_parser::parse_module;
use ruff_text_size::{Ranged, TextRange};

use super::unparse;

fn tree(source: &str) -> ModModule {
    parse_module(source)
        .unwrap_or_else(|error| panic!("{error} in\n{source}"))
        .into_syntax()
}

/// Every statement's and expression's range, in source order.
fn ranges(module: &ModModule) -> Vec<TextRange> {
    struct Collector(Vec<TextRange>);
    impl<'a> Visitor<'a> for Collector {
        fn visit_stmt(&mut self, statement: &'a Stmt) {
            self.0.push(statement.range());
            visitor::walk_stmt(self, statement);
        }
        fn visit_expr(&mut self, expression: &'a Expr) {
            self.0.push(expression.range());
            visitor::walk_expr(self, expression);
        }
    }
    let mut collector = Collector(Vec::new());
    collector.visit_body(&module.body);
    collector.0
}

fn assert_round_trip(source: &str) -> String {
    let mut module = tree(source);
    let original = module.clone();
    let printed = unparse(&mut module).unwrap_or_else(|error| panic!("{error}: {source}"));
    let again = tree(&printed);
    let compare = |module: &ModModule| module.body.len();
    assert_eq!(compare(&original), compare(&again), "{printed}");
    for (before, after) in module.body.iter().zip(&again.body) {
        assert_eq!(
            ComparableStmt::from(before),
            ComparableStmt::from(after),
            "\n{source}\n--\n{printed}"
        );
    }
    assert_eq!(ranges(&module), ranges(&again), "ranges of\n{printed}");
    printed
}

#[test]
fn statements_round_trip() {
    for source in [
        "def f(a, /, b: int = 1, *args, c, d=2, **kwargs) -> int:\n    return a\n",
        "async def f():\n    async with a as b, c:\n        await x\n    async for y in z:\n        pass\n    else:\n        pass\n",
        "@a.b(1)\n@c\nclass C(B, metaclass=M):\n    x: int = 1\n    (y): int\n    z.w: int = 2\n",
        "for i, in x:\n    break\nelse:\n    continue_ = 1\n",
        "for x in *a, *b:\n    pass\n",
        "while (n := f()):\n    continue\n",
        "if a:\n    pass\nelif b:\n    pass\nelif c:\n    pass\nelse:\n    pass\n",
        "try:\n    pass\nexcept (A, B) as e:\n    raise X from e\nexcept:\n    raise\nelse:\n    pass\nfinally:\n    pass\n",
        "try:\n    pass\nexcept* A:\n    pass\n",
        "with a, b as c, (d) as (e, f):\n    pass\n",
        "a = b, *c = yield\nx += yield from y\n",
        "del a, b[0], (c, d)\n",
        "assert a, 'b'\nassert (a, b)\nglobal g, h\nimport a.b as c, d\nfrom . import e\nfrom ..f import g as h, i\nfrom j import *\n",
        "return_ = lambda: (yield)\n",
        "x = y = 1; z = 2\n",
    ] {
        assert_round_trip(source);
    }
}

#[test]
fn expressions_round_trip() {
    for source in [
        "a + b - c * d ** -e ** f // (g @ h) % ~i\n",
        "(a - (b - c)) << 2 | x & y ^ z\n",
        "(-1) ** 2, -1 ** 2, (not a) + 1, not a == b, (await_)(1)\n",
        "(a or b) and c or d and not (e or f)\n",
        "a < b <= c != d is not e in f not in g\n",
        "(a < b) < c\n",
        "(x if a else y) if b else (lambda: z) if c else w\n",
        "f(*a, b, *c, d=1, **e)\nf(x for x in y)\nf((x for x in y), 1)\nf((yield_))\n",
        "{**a, 'b': 1, 'c': lambda x=1: x}\n{1, *b}\n[*a, (b, c)]\n(1,)\n()\n",
        "[x async for x in y if a if b for z in (lambda: w) if (u if v else t)]\n",
        "{k: v for k, v in d.items()}\n{x for x in 'abc'}\n",
        "a[1:2, ::3, x], a[:], a[b, c], a[(b,)], a[-1:], a[*b]\n",
        "1 .real, 1.5.real, 1j.imag, 0x10, 1_000, 1e400, 1e-7, 12345678901234567890123\n",
        "(a.b().c)[0](d)(e)\n",
        "'it\\'s', \"say \\\"hi\\\"\", 'a' 'b', b'x\\xff\\n\\'', '\\x00\\t\\\\', 'é☃', '''x\ny'''\n",
        "x = (y := 1)\nprint((z := 2), w := 3)\n",
    ] {
        assert_round_trip(source);
    }
}

#[test]
fn formatted_strings_round_trip() {
    for source in [
        "f'a{b}c{{d}}'\n",
        "f'{x!r:>{width}.{precision}}' 'tail' f'{y}'\n",
        "f'{a[\"k\"]}{b + 1}{ {1: 2}[1] }'\n",
        "f'{(lambda: 1)()}{x if y else z}{(yield_)}'\n",
        "f\"it's {x}\"\nf'{x = }'\nf'{x + 1=!s:10}'\n",
        "f'{x!a}\\n{f\"{y}\"}'\n",
        "f'{x:%Y-%m}{\"a\" \"b\"}'\n",
    ] {
        assert_round_trip(source);
    }
}

#[test]
fn patterns_round_trip() {
    assert_round_trip(
        "match a, b:\n    case 1 | -2 | 'x' | None | True:\n        pass\n    case [x, *rest] | (x, _, rest):\n        pass\n    \
         case [y]:\n        pass\n    case {'k': v, **kw} if v:\n        pass\n    case {}:\n        pass\n    \
         case P(1, (2 | 3) as z, q=a.b):\n        pass\n    case (1 | 2) as w:\n        pass\n    case [*_]:\n        pass\n    \
         case 1 + 2j:\n        pass\n    case _:\n        pass\n",
    );
}

#[test]
fn a_line_of_the_text_is_a_line_of_the_tree() {
    let printed = assert_round_trip(
        "x = [1,   # one\n     2]\n\n\ndef f():\n    '''Two\n    lines'''\n    return (x +\n            1)\n",
    );
    assert_eq!(
        printed,
        "x = [1, 2]\ndef f():\n    'Two\\n    lines'\n    return x + 1\n"
    );
}

#[test]
fn what_python_3_11_cannot_spell_is_refused() {
    for source in [
        "type X = int\n",
        "def f[T]():\n    pass\n",
        "f'{\"\\n\".join(x)}'\n",
        "t'{x}'\n",
    ] {
        assert!(unparse(&mut tree(source)).is_err(), "{source}");
    }
}
