//! Prints the bytecode of a Python file: `cargo run -p codeexecutor-python --example disassemble -- FILE.py …`.
//!
//! One line per code object and per instruction, in the shape of CPython's `dis`.

use python::bytecode::{Code, Constant, NO_LINE};
use python::compiler::{CompileOptions, compile};
use python::syntax::{LineIndex, parse};

fn main() {
    for path in std::env::args().skip(1) {
        println!("file {path}");
        let Ok(source) = std::fs::read_to_string(&path) else {
            println!("error ReadError:0:not a UTF-8 file");
            continue;
        };
        let result =
            parse(&source).and_then(|module| compile(&module, &LineIndex::new(&source), &CompileOptions::default()));
        match result {
            Ok(code) => show(&code),
            Err(error) => {
                let kind = if error.unsupported {
                    "Unsupported"
                } else {
                    error.type_name
                };
                println!("error {kind}:{}:{}", error.line + 1, error.message);
            }
        }
    }
}

fn show(code: &Code) {
    println!(
        "code {} first={} args={},{},{} flags={:#x}",
        code.qualname,
        code.first_line,
        code.argument_count,
        code.positional_only_count,
        code.keyword_only_count,
        code.flags.bits()
    );
    println!("fast {}", code.fast_names.join(" "));
    println!("names {}", code.names.join(" "));
    for (at, instruction) in code.instructions.iter().enumerate() {
        let line = if code.lines[at] == NO_LINE {
            "None".to_owned()
        } else {
            code.lines[at].to_string()
        };
        println!("{at} {} {} {line}", instruction.opcode.name(), instruction.argument);
    }
    for entry in &code.exceptions {
        println!(
            "except {} {} {} {} {}",
            entry.start, entry.end, entry.target, entry.depth, entry.push_lasti
        );
    }
    for (at, constant) in code.constants.iter().enumerate() {
        match constant {
            Constant::Code(inner) => println!("const {at} <code {}>", inner.qualname),
            constant => println!("const {at} {constant:?}"),
        }
    }
    for constant in &code.constants {
        if let Constant::Code(inner) = constant {
            show(inner);
        }
    }
}
