//! What is said to programs that Python's grammar refuses. Expected messages and lines (0-based here) are CPython
//! 3.11.7's.

use python::compiler::{CompileOptions, compile};
use python::syntax::{LineIndex, parse};

fn check(cases: &[(&str, &str, u32)]) {
    for (source, message, line) in cases {
        let error = parse(source).expect_err(source);
        assert!(!error.unsupported, "{source}: {error}");
        assert_eq!((error.message.as_str(), error.line), (*message, *line), "{source}");
    }
}

#[test]
fn tokens() {
    check(&[
        ("x = 'abc", "unterminated string literal (detected at line 1)", 0),
        (
            "x = '''abc\n\n  ",
            "unterminated triple-quoted string literal (detected at line 3)",
            0,
        ),
        ("x\0", "source code string cannot contain null bytes", 0),
        ("\u{feff}x", "invalid non-printable character U+FEFF", 0),
        ("a\u{a0}b", "invalid non-printable character U+00A0", 0),
        ("é€", "invalid character '€' (U+20AC)", 0),
        ("x = \\ 1", "unexpected character after line continuation character", 0),
        ("x = \\\n", "unexpected EOF while parsing", 0),
        ("1a", "invalid decimal literal", 0),
        ("[15for14]", "invalid decimal literal", 0),
        ("0b2", "invalid digit '2' in binary literal", 0),
        ("0xg", "invalid hexadecimal literal", 0),
        ("1ja", "invalid imaginary literal", 0),
        (
            "0777",
            "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers",
            0,
        ),
        ("x = [1,\n\n\n", "'[' was never closed", 0),
        ("x = (1,\ny = 2\n", "'(' was never closed", 0),
        ("x)", "unmatched ')'", 0),
        (
            "(x]",
            "closing parenthesis ']' does not match opening parenthesis '('",
            0,
        ),
        (
            "(\nx]",
            "closing parenthesis ']' does not match opening parenthesis '(' on line 1",
            1,
        ),
        // A later error of the tokenizer comes first.
        ("x y\n'abc", "unterminated string literal (detected at line 2)", 1),
    ]);
}

#[test]
fn indentation() {
    for (source, type_name, message, line) in [
        ("  x", "IndentationError", "unexpected indent", 0),
        ("x = 1\n\n  y", "IndentationError", "unexpected indent", 2),
        (
            "if x:\n    a\n  b\n",
            "IndentationError",
            "unindent does not match any outer indentation level",
            2,
        ),
        (
            "def f():\n\n#c\n",
            "IndentationError",
            "expected an indented block after function definition on line 1",
            2,
        ),
        (
            "def f():\n\tif x:\n        y",
            "TabError",
            "inconsistent use of tabs and spaces in indentation",
            2,
        ),
    ] {
        let error = parse(source).expect_err(source);
        assert_eq!(
            (error.type_name, error.message.as_str(), error.line),
            (type_name, message, line),
            "{source}"
        );
    }
}

#[test]
fn grammar() {
    let comma = "invalid syntax. Perhaps you forgot a comma?";
    let equal = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?";
    check(&[
        ("f(a, a b)", comma, 0),
        ("x = [\n1,\n2 3]", comma, 2),
        // The letters that "match" begins with are taken for it.
        ("f(m 1)", "invalid syntax", 0),
        ("{1: 2, 3 4}", "':' expected after dictionary key", 0),
        ("{1:}", "expression expected after dictionary key and ':'", 0),
        ("while x y: pass", "invalid syntax", 0),
        ("while x\n    pass", "expected ':'", 0),
        ("def f x: pass", "expected '('", 0),
        ("if x = 1: pass", equal, 0),
        (
            "if x.a = 1: pass",
            "cannot assign to attribute here. Maybe you meant '==' instead of '='?",
            0,
        ),
        (
            "f() = 1",
            "cannot assign to function call here. Maybe you meant '==' instead of '='?",
            0,
        ),
        ("(a, 1) = 1", "cannot assign to literal", 0),
        ("for 1 in x: pass", "cannot assign to literal", 0),
        ("del f()", "cannot delete function call", 0),
        (
            "x + 1 += 2",
            "'expression' is an illegal expression for augmented assignment",
            0,
        ),
        (
            "print 'a'",
            "Missing parentheses in call to 'print'. Did you mean print(...)?",
            0,
        ),
        ("f(a=1, b)", "positional argument follows keyword argument", 0),
        ("f(**a, b)", "positional argument follows keyword argument unpacking", 0),
        (
            "f(**a, *b)",
            "iterable argument unpacking follows keyword argument unpacking",
            0,
        ),
        ("f(a, *)", "invalid syntax", 0),
        (
            "f(1=2)",
            "expression cannot contain assignment, perhaps you meant \"==\"?",
            0,
        ),
        ("f(a for a in b, c)", "Generator expression must be parenthesized", 0),
        (
            "def f(a=1, b): pass",
            "non-default argument follows default argument",
            0,
        ),
        (
            "[a, b for a in c]",
            "did you forget parentheses around the comprehension target?",
            0,
        ),
        ("a = 1 if b", "expected 'else' after 'if' expression", 0),
        ("try:\n  a\n", "expected 'except' or 'finally' block", 1),
        ("class A[T]: pass", "invalid syntax", 0),
        ("type X = int", "invalid syntax", 0),
    ]);
}

#[test]
fn strings() {
    check(&[
        ("\nb'é'", "bytes can only contain ASCII literal characters", 1),
        ("'a' b'b'", "cannot mix bytes and nonbytes literals", 0),
        (
            "'\\x1'",
            "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-2: truncated \\xXX escape",
            0,
        ),
        ("f'{}'", "f-string: empty expression not allowed", 0),
        ("f'}'", "f-string: single '}' is not allowed", 0),
        (
            "f'{a!x}'",
            "f-string: invalid conversion character: expected 's', 'r', or 'a'",
            0,
        ),
        ("f'{a!r'", "f-string: expecting '}'", 0),
        ("f'{a\\n}'", "f-string expression part cannot include a backslash", 0),
        (
            "f'{(a}'",
            "f-string: closing parenthesis '}' does not match opening parenthesis '('",
            0,
        ),
        (
            "\n\nf'''\n{a b}'''",
            "f-string: invalid syntax. Perhaps you forgot a comma?",
            3,
        ),
    ]);
}

#[test]
fn deep_trees_compile_on_any_stack() {
    for (open, close) in [
        ("-", ""),
        ("1 + ", ""),
        ("lambda: ", ""),
        ("x if y else ", ""),
        ("not ", ""),
        ("(", ")"),
    ] {
        let levels = if open == "(" { 190 } else { 2_000 };
        let source = format!("{}x{}", open.repeat(levels), close.repeat(levels));
        let small = std::thread::Builder::new().stack_size(1 << 20).spawn(move || {
            let tree = parse(&source)?;
            compile(&tree, &LineIndex::new(&source), &CompileOptions::default())
        });
        let result = small.unwrap().join().unwrap();
        assert!(result.is_ok_and(|code| !code.instructions.is_empty()), "{open}");
    }
}
