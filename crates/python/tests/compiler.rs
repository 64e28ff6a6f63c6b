//! Code generation and the errors of the compiler, on small programs. Expected instructions and messages are CPython
//! 3.11's.

use python::bytecode::{Code, Constant, NO_LINE};
use python::compiler::{CompileOptions, compile};
use python::syntax::{LineIndex, SyntaxError, parse};

fn compiled(source: &str) -> Result<Code, SyntaxError> {
    compile(&parse(source)?, &LineIndex::new(source), &CompileOptions::default())
}

fn instructions(code: &Code) -> Vec<(&'static str, u32, u32)> {
    (code.instructions.iter().zip(&code.lines))
        .map(|(at, &line)| (at.opcode.name(), at.argument, line))
        .collect()
}

/// Lines in order, without repetitions.
fn lines(source: &str) -> Vec<u32> {
    let mut lines = compiled(source).unwrap().lines;
    lines.retain(|&line| line != NO_LINE && line != 0);
    lines.dedup();
    lines
}

fn error(source: &str) -> (String, u32) {
    let error = compiled(source).unwrap_err();
    assert!(!error.unsupported, "{error}");
    (error.message, error.line)
}

#[test]
fn assignment_and_call() {
    assert_eq!(
        instructions(&compiled("x = 1 + 2\nprint(x)\n").unwrap()),
        [
            ("RESUME", 0, 0),
            ("LOAD_CONST", 0, 1),
            ("STORE_NAME", 0, 1),
            ("PUSH_NULL", 0, 2),
            ("LOAD_NAME", 1, 2),
            ("LOAD_NAME", 0, 2),
            ("CALL", 1, 2),
            ("POP_TOP", 0, 2),
            ("LOAD_CONST", 1, 2),
            ("RETURN_VALUE", 0, 2),
        ]
    );
}

#[test]
fn lines_of_statements() {
    assert_eq!(lines("f = (1 +\nlen('a') +\n3)\n"), [1, 2, 1, 3, 1]);
    assert_eq!(lines("if 0:\n    x = 1\ny = 2\n"), [1, 3]);
    assert_eq!(lines("def f(a,\n      b=1):\n    pass\n"), [2, 1]);
    assert_eq!(lines("(x\n .strip()\n .split())\n"), [1, 2, 3]);
    assert_eq!(lines("@a\n@b\ndef f(): pass\n"), [1, 2, 3, 2, 1, 3]);
}

#[test]
fn exception_table_covers_the_body() {
    let code = compiled("try:\n    f()\nexcept E as e:\n    g()\n").unwrap();
    let first = code.exceptions[0];
    assert_eq!(code.instructions[first.target as usize].opcode.name(), "PUSH_EXC_INFO");
    assert_eq!((first.depth, first.push_lasti), (0, false));
    assert!(code.exceptions[1].push_lasti);
}

#[test]
fn closures_and_classes() {
    let code = compiled("def f(a):\n    def g():\n        return a\n    return g\n").unwrap();
    let Constant::Code(outer) = &code.constants[0] else {
        panic!("{:?}", code.constants)
    };
    assert_eq!(
        (outer.cell_variables.len(), outer.instructions[0].opcode.name()),
        (1, "MAKE_CELL")
    );
    let inner = outer.constants.iter().find_map(|constant| match constant {
        Constant::Code(code) => Some(code),
        _ => None,
    });
    assert_eq!(&*inner.unwrap().qualname, "f.<locals>.g");
    assert!(inner.unwrap().traced);
    let code = compiled("x = [i for i in y]").unwrap();
    assert!(matches!(&code.constants[0], Constant::Code(code) if !code.traced));
}

#[test]
fn errors_of_the_compiler() {
    for (source, message, line) in [
        ("return 1", "'return' outside function", 0),
        ("x\nbreak", "'break' outside loop", 1),
        ("continue", "'continue' not properly in loop", 0),
        ("def f(x, x): pass", "duplicate argument 'x' in function definition", 0),
        ("f(x=1, x=2)", "keyword argument repeated: x", 0),
        ("def f():\n    nonlocal x", "no binding for nonlocal 'x' found", 1),
        ("nonlocal x", "nonlocal declaration not allowed at module level", 0),
        (
            "def f():\n    x\n    global x",
            "name 'x' is used prior to global declaration",
            2,
        ),
        ("*a, *b = c", "multiple starred expressions in assignment", 0),
        ("yield 1", "'yield' outside function", 0),
        (
            "def f():\n    from a import *",
            "import * only allowed at module level",
            1,
        ),
        (
            "match x:\n    case y: pass\n    case 1: pass",
            "name capture 'y' makes remaining patterns unreachable",
            1,
        ),
        (
            "match x:\n    case 1 | y: pass",
            "alternative patterns bind different names",
            1,
        ),
    ] {
        assert_eq!(error(source), (message.to_owned(), line), "{source}");
    }
    assert_eq!(
        error("if x:\npass"),
        (
            "expected an indented block after 'if' statement on line 1".to_owned(),
            1
        )
    );
}
