//! Tokens to [`Ast`]: directives and statements. Operands keep their shape; meaning is given by the decoder.

use super::JitError;
use super::ast::*;
use super::lexer::{Token, Tokens, tokenize};

/// Scopes and nested vectors deeper than this are refused.
const MAX_DEPTH: usize = 64;
/// Bytes one variable may declare.
const MAX_VARIABLE: u64 = 1 << 36;
/// Values one initialiser may list.
const MAX_REGISTERS: u32 = 1 << 20;

type Result<T> = std::result::Result<T, JitError>;

pub fn parse(source: &str) -> Result<Ast<'_>> {
    let tokens = tokenize(source)?;
    let mut parser = Parser {
        tokens,
        at: 0,
        ast: Ast::default(),
        location: 0,
    };
    parser.module()?;
    Ok(parser.ast)
}

struct Parser<'a> {
    tokens: Tokens<'a>,
    at: usize,
    ast: Ast<'a>,
    location: u32,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Token<'a> {
        self.tokens.tokens[self.at]
    }

    fn ahead(&self, count: usize) -> Token<'a> {
        *self.tokens.tokens.get(self.at + count).unwrap_or(&Token::End)
    }

    fn line(&self) -> u32 {
        self.tokens.lines[self.at]
    }

    fn next(&mut self) -> Token<'a> {
        let token = self.tokens.tokens[self.at];
        if self.at + 1 < self.tokens.tokens.len() {
            self.at += 1;
        }
        token
    }

    fn error<T>(&self, message: impl Into<String>) -> Result<T> {
        Err(JitError {
            line: self.line(),
            message: message.into(),
        })
    }

    fn found(&self) -> String {
        match self.peek() {
            Token::Word(word) => format!("`{word}`"),
            Token::Dot(word) => format!("`.{word}`"),
            Token::Integer(value, _) => format!("`{value}`"),
            Token::Single(bits) => format!("`0f{bits:08x}`"),
            Token::Double(bits) => format!("`{}`", f64::from_bits(bits)),
            Token::Text(text) => format!("\"{text}\""),
            Token::Symbol(symbol) => format!("`{}`", symbol as char),
            Token::End => "the end of the text".into(),
        }
    }

    fn expect(&mut self, symbol: u8) -> Result<()> {
        if self.accept(symbol) {
            return Ok(());
        }
        self.error(format!("expected `{}`, found {}", symbol as char, self.found()))
    }

    fn accept(&mut self, symbol: u8) -> bool {
        let yes = self.peek() == Token::Symbol(symbol);
        if yes {
            self.next();
        }
        yes
    }

    fn accept_dot(&mut self, name: &str) -> bool {
        let yes = self.peek() == Token::Dot(name);
        if yes {
            self.next();
        }
        yes
    }

    fn word(&mut self, what: &str) -> Result<&'a str> {
        match self.peek() {
            Token::Word(word) => {
                self.next();
                Ok(word)
            }
            _ => self.error(format!("expected {what}, found {}", self.found())),
        }
    }

    fn integer(&mut self) -> Result<u64> {
        let negative = self.accept(b'-');
        match self.peek() {
            Token::Integer(value, _) => {
                self.next();
                Ok(if negative { value.wrapping_neg() } else { value })
            }
            _ => self.error(format!("expected an integer, found {}", self.found())),
        }
    }

    fn u32(&mut self) -> Result<u32> {
        let value = self.integer()?;
        match u32::try_from(value) {
            Ok(value) => Ok(value),
            Err(_) => self.error(format!("{value} is too large")),
        }
    }

    fn module(&mut self) -> Result<()> {
        if !self.accept_dot("version") {
            return self.error(format!("expected `.version` first, found {}", self.found()));
        }
        match self.next() {
            Token::Double(bits) => {
                let tenths = (f64::from_bits(bits) * 10.0).round() as u32;
                self.ast.version = (tenths / 10, tenths % 10);
            }
            Token::Integer(major, _) => self.ast.version = (major as u32, 0),
            _ => return self.error("expected a version such as 8.0"),
        }
        loop {
            match self.peek() {
                Token::End => break,
                Token::Symbol(b';') => {
                    self.next();
                }
                Token::Dot(name) => self.directive(name)?,
                _ => return self.error(format!("expected a directive, found {}", self.found())),
            }
        }
        if self.ast.target == 0 {
            return self.error("the module has no `.target`");
        }
        Ok(())
    }

    fn directive(&mut self, name: &'a str) -> Result<()> {
        match name {
            "target" => {
                self.next();
                loop {
                    let word = self.word("a target such as sm_80")?;
                    if let Some(number) = word.strip_prefix("sm_") {
                        let digits = number.trim_end_matches(|c: char| c.is_ascii_alphabetic());
                        self.ast.target = match digits.parse() {
                            Ok(target) => target,
                            Err(_) => return self.error(format!("unknown target `{word}`")),
                        };
                    }
                    if !self.accept(b',') {
                        return Ok(());
                    }
                }
            }
            "address_size" => {
                self.next();
                match self.integer()? {
                    64 => Ok(()),
                    other => self.error(format!(
                        ".address_size {other} is not supported; this device has 64-bit addresses"
                    )),
                }
            }
            "file" => self.file(),
            "loc" => self.loc(),
            "section" => {
                self.next();
                while !matches!(self.peek(), Token::Symbol(b'{') | Token::End) {
                    self.next();
                }
                self.skip_braces()
            }
            "pragma" => self.skip_past(b';'),
            "alias" => {
                self.next();
                let alias = self.word("a function name")?;
                self.expect(b',')?;
                let target = self.word("a function name")?;
                self.expect(b';')?;
                self.ast.aliases.push((alias, target));
                Ok(())
            }
            _ => self.declaration(),
        }
    }

    fn skip_past(&mut self, symbol: u8) -> Result<()> {
        loop {
            match self.next() {
                Token::Symbol(found) if found == symbol => return Ok(()),
                Token::End => return self.error(format!("expected `{}`, found the end of the text", symbol as char)),
                _ => {}
            }
        }
    }

    fn skip_braces(&mut self) -> Result<()> {
        self.expect(b'{')?;
        let mut depth = 1;
        while depth > 0 {
            match self.next() {
                Token::Symbol(b'{') => depth += 1,
                Token::Symbol(b'}') => depth -= 1,
                Token::End => return self.error("expected `}`, found the end of the text"),
                _ => {}
            }
        }
        Ok(())
    }

    fn file(&mut self) -> Result<()> {
        self.next();
        let index = self.u32()?;
        let Token::Text(name) = self.next() else {
            return self.error("expected a file name in quotes");
        };
        self.ast.files.push((index, name));
        while self.accept(b',') {
            self.integer()?;
        }
        Ok(())
    }

    fn loc(&mut self) -> Result<()> {
        self.next();
        let file = self.u32()?;
        let line = self.u32()?;
        self.u32()?;
        while self.accept(b',') {
            match self.word("function_name or inlined_at")? {
                "function_name" => {
                    self.word("a label")?;
                    if self.accept(b'+') {
                        self.integer()?;
                    }
                }
                "inlined_at" => {
                    for _ in 0..3 {
                        self.u32()?;
                    }
                }
                other => return self.error(format!("unknown attribute `{other}` of .loc")),
            }
        }
        self.ast.locations.push((file, line));
        self.location = self.ast.locations.len() as u32;
        Ok(())
    }

    /// `.visible .entry ...`, `.extern .shared ...` and so on, at module level.
    fn declaration(&mut self) -> Result<()> {
        let mut external = false;
        loop {
            let Token::Dot(name) = self.peek() else {
                return self.error(format!("expected a directive, found {}", self.found()));
            };
            match name {
                "visible" | "weak" | "common" => {
                    self.next();
                }
                "extern" => {
                    self.next();
                    external = true;
                }
                "entry" | "func" => return self.function(name == "entry"),
                _ if space(name).is_some() => {
                    let mut variables = self.variables(external)?;
                    self.expect(b';')?;
                    self.ast.variables.append(&mut variables);
                    return Ok(());
                }
                "texref" | "samplerref" | "surfref" | "tex" => {
                    return self.error(format!("`.{name}`: textures and surfaces are not supported"));
                }
                _ => return self.error(format!("unknown directive `.{name}`")),
            }
        }
    }

    /// From a state space on: `.global .align 4 .b8 x[4] = {..}, y`, without the semicolon.
    fn variables(&mut self, external: bool) -> Result<Vec<Variable<'a>>> {
        let Token::Dot(name) = self.next() else {
            return self.error("expected a state space");
        };
        let Some(space) = space(name) else {
            return self.error(format!("unknown state space `.{name}`"));
        };
        let (mut align, mut vector, mut managed) = (None, 1, false);
        let ty = loop {
            let Token::Dot(name) = self.peek() else {
                return self.error(format!("expected a type, found {}", self.found()));
            };
            self.next();
            match name {
                "align" => align = Some(self.alignment()?),
                "v2" => vector = 2,
                "v4" => vector = 4,
                "attribute" => {
                    self.expect(b'(')?;
                    loop {
                        match self.next() {
                            Token::Dot("managed") => managed = true,
                            Token::Symbol(b')') => break,
                            Token::End => return self.error("expected `)`"),
                            _ => {}
                        }
                    }
                }
                "ptr" => {}
                "texref" | "samplerref" | "surfref" => {
                    return self.error(format!("`.{name}`: textures and surfaces are not supported"));
                }
                _ => match Type::parse(name) {
                    Some(ty) => break ty,
                    None => return self.error(format!("unknown type `.{name}`")),
                },
            }
        };
        let mut out = Vec::new();
        loop {
            // Pointer attributes of kernel parameters: `.param .u64 .ptr .global .align 16 name`.
            while let Token::Dot(name) = self.peek() {
                self.next();
                match name {
                    "align" if space == Space::Param => {
                        self.alignment()?;
                    }
                    "ptr" | "global" | "shared" | "const" | "local" if space == Space::Param => {}
                    _ => return self.error(format!("unexpected `.{name}`")),
                }
            }
            let line = self.line();
            let name = self.word("a variable name")?;
            let element = ty.bytes() as u64 * vector;
            let mut size = element;
            let mut unsized_array = false;
            let mut array = false;
            while self.accept(b'[') {
                let count = if self.peek() == Token::Symbol(b']') {
                    unsized_array = true;
                    0
                } else {
                    self.integer()?
                };
                array = true;
                self.expect(b']')?;
                size = size.saturating_mul(if unsized_array { 1 } else { count });
                if size > MAX_VARIABLE {
                    return self.error(format!("variable `{name}` is too large"));
                }
            }
            if unsized_array {
                size = 0;
            }
            let mut count = u64::from(array);
            // `.param .b32 %p<4>`-style families of variables are only for registers.
            if self.peek() == Token::Symbol(b'<') {
                return self.error("only registers can be declared as a family");
            }
            let mut initial = Vec::new();
            if self.accept(b'=') {
                self.initial(&mut initial, 0)?;
                count = initial.len() as u64;
                if unsized_array {
                    size = count * ty.bytes() as u64;
                }
                if initial.len() as u64 * ty.bytes() as u64 > size {
                    return self.error(format!("initialiser of `{name}` is longer than the variable"));
                }
            }
            let _ = count;
            let align = align.unwrap_or((ty.bytes() * vector as u32).max(1));
            let unsized_array = unsized_array && initial.is_empty();
            out.push(Variable {
                name,
                space,
                ty,
                size,
                align,
                unsized_array,
                external,
                managed,
                initial,
                line,
            });
            if !self.accept(b',') {
                return Ok(out);
            }
            if space == Space::Param && matches!(self.peek(), Token::Dot(_)) {
                self.at -= 1;
                return Ok(out);
            }
        }
    }

    fn alignment(&mut self) -> Result<u32> {
        let value = self.u32()?;
        if !value.is_power_of_two() || value > 4096 {
            return self.error(format!("alignment {value} is not a power of two up to 4096"));
        }
        Ok(value)
    }

    fn initial(&mut self, out: &mut Vec<Initial<'a>>, depth: usize) -> Result<()> {
        if depth > MAX_DEPTH {
            return self.error("initialiser nested too deeply");
        }
        if self.accept(b'{') {
            while !self.accept(b'}') {
                self.initial(out, depth + 1)?;
                if !self.accept(b',') {
                    self.expect(b'}')?;
                    break;
                }
            }
            return Ok(());
        }
        let negative = self.accept(b'-');
        let value = match self.next() {
            Token::Integer(value, _) => {
                if self.accept(b'(') {
                    let name = self.word("a name")?;
                    let (name, offset) = if name == "generic" {
                        self.generic_of()?
                    } else {
                        (name, self.plus()?)
                    };
                    self.expect(b')')?;
                    Initial::Address {
                        name,
                        offset,
                        mask: Some(value),
                    }
                } else {
                    Initial::Integer(if negative { value.wrapping_neg() } else { value })
                }
            }
            Token::Single(bits) => Initial::Single(bits ^ if negative { 1 << 31 } else { 0 }),
            Token::Double(bits) => Initial::Double(bits ^ if negative { 1 << 63 } else { 0 }),
            Token::Word("generic") => {
                let (name, offset) = self.generic_of()?;
                Initial::Address {
                    name,
                    offset: offset + self.plus()?,
                    mask: None,
                }
            }
            Token::Word(name) => Initial::Address {
                name,
                offset: self.plus()?,
                mask: None,
            },
            _ => {
                self.at -= 1;
                return self.error(format!("expected an initial value, found {}", self.found()));
            }
        };
        out.push(value);
        Ok(())
    }

    fn generic_of(&mut self) -> Result<(&'a str, i64)> {
        self.expect(b'(')?;
        let name = self.word("a name")?;
        let offset = self.plus()?;
        self.expect(b')')?;
        Ok((name, offset))
    }

    /// `+4`, `-4`, `+-4` or nothing.
    fn plus(&mut self) -> Result<i64> {
        let mut total = 0i64;
        loop {
            let sign = match self.peek() {
                Token::Symbol(b'+') => 1i64,
                Token::Symbol(b'-') => -1,
                _ => return Ok(total),
            };
            if !matches!(self.ahead(1), Token::Integer(..) | Token::Symbol(b'-')) {
                return Ok(total);
            }
            self.next();
            total = total.wrapping_add((self.integer()? as i64).wrapping_mul(sign));
        }
    }

    fn function(&mut self, entry: bool) -> Result<()> {
        self.next();
        let line = self.line();
        self.location = 0;
        while self.peek() == Token::Dot("attribute") {
            self.next();
            self.skip_past(b')')?;
        }
        let returns = if self.peek() == Token::Symbol(b'(') {
            self.parameters()?
        } else {
            Vec::new()
        };
        let name = self.word("a function name")?;
        let parameters = if self.peek() == Token::Symbol(b'(') {
            self.parameters()?
        } else {
            Vec::new()
        };
        let mut function = Function {
            name,
            entry,
            returns,
            parameters,
            max_threads: None,
            required_threads: None,
            min_blocks: None,
            body: None,
            line,
        };
        loop {
            match self.peek() {
                Token::Dot(name) => {
                    self.next();
                    match name {
                        "maxntid" => function.max_threads = Some(self.dimensions()?),
                        "reqntid" => function.required_threads = Some(self.dimensions()?),
                        "minnctapersm" => function.min_blocks = Some(self.u32()?),
                        "maxnreg" | "maxnctapersm" | "local_maxnreg" => {
                            self.u32()?;
                        }
                        "noreturn" | "unified" => {}
                        "abi_preserve" | "abi_preserve_control" => {
                            self.u32()?;
                        }
                        "pragma" => self.skip_past(b';')?,
                        "loc" => {
                            self.at -= 1;
                            self.loc()?;
                        }
                        "explicitcluster" | "reqnctapercluster" | "maxclusterrank" | "blocksareclusters" => {
                            return self.error(format!("`.{name}`: thread block clusters are not supported"));
                        }
                        _ => return self.error(format!("unknown directive `.{name}` of a function")),
                    }
                }
                Token::Symbol(b';') => {
                    self.next();
                    break;
                }
                Token::Symbol(b'{') => {
                    function.body = Some(self.body()?);
                    break;
                }
                Token::End => break,
                Token::Symbol(_) => return self.error(format!("expected a function body, found {}", self.found())),
                _ => break,
            }
        }
        self.ast.functions.push(function);
        Ok(())
    }

    fn dimensions(&mut self) -> Result<[u32; 3]> {
        let mut out = [1; 3];
        for (index, slot) in out.iter_mut().enumerate() {
            if index > 0 && !self.accept(b',') {
                break;
            }
            *slot = self.u32()?;
        }
        Ok(out)
    }

    fn parameters(&mut self) -> Result<Vec<Variable<'a>>> {
        self.expect(b'(')?;
        let mut out = Vec::new();
        while !self.accept(b')') {
            if self.peek() == Token::Dot("reg") {
                return self.error("parameters in registers (.reg) are not supported");
            }
            out.append(&mut self.variables(false)?);
            if !self.accept(b',') {
                self.expect(b')')?;
                break;
            }
        }
        Ok(out)
    }

    fn body(&mut self) -> Result<Vec<Statement<'a>>> {
        self.expect(b'{')?;
        let mut depth = 1;
        let mut out = Vec::new();
        loop {
            match self.peek() {
                Token::Symbol(b'{') => {
                    self.next();
                    depth += 1;
                    if depth > MAX_DEPTH {
                        return self.error("scopes nested too deeply");
                    }
                    out.push(Statement::Open);
                }
                Token::Symbol(b'}') => {
                    self.next();
                    depth -= 1;
                    if depth == 0 {
                        return Ok(out);
                    }
                    out.push(Statement::Close);
                }
                Token::Symbol(b';') => {
                    self.next();
                }
                Token::End => return self.error("expected `}`, found the end of the text"),
                Token::Dot("reg") => self.registers(&mut out)?,
                Token::Dot("loc") => self.loc()?,
                Token::Dot("file") => self.file()?,
                Token::Dot("pragma") => self.skip_past(b';')?,
                Token::Dot("section") => self.directive("section")?,
                Token::Dot(name) => {
                    let external = name == "extern";
                    if external {
                        self.next();
                    }
                    match self.peek() {
                        Token::Dot(name) if space(name).is_some() => {}
                        _ => return self.error(format!("unknown directive {}", self.found())),
                    }
                    out.extend(self.variables(external)?.into_iter().map(Statement::Variable));
                    self.expect(b';')?;
                }
                Token::Word(name) if self.ahead(1) == Token::Symbol(b':') => {
                    let line = self.line();
                    self.next();
                    self.next();
                    match self.peek() {
                        Token::Dot("branchtargets" | "calltargets") => {
                            self.next();
                            let mut targets = vec![self.word("a label")?];
                            while self.accept(b',') {
                                targets.push(self.word("a label")?);
                            }
                            self.expect(b';')?;
                            out.push(Statement::Targets(name, targets));
                        }
                        Token::Dot("callprototype") => {
                            let prototype = self.prototype()?;
                            out.push(Statement::Prototype(name, prototype));
                        }
                        _ => out.push(Statement::Label(name, line)),
                    }
                }
                _ => {
                    let instruction = self.instruction()?;
                    out.push(Statement::Instruction(instruction));
                }
            }
        }
    }

    fn prototype(&mut self) -> Result<Prototype> {
        self.next();
        let mut prototype = Prototype::default();
        let sizes = |list: Vec<Variable>| list.iter().map(|v| (v.size as u32, v.align)).collect();
        if self.peek() == Token::Symbol(b'(') {
            prototype.returns = sizes(self.parameters()?);
        }
        self.word("`_`")?;
        if self.peek() == Token::Symbol(b'(') {
            prototype.parameters = sizes(self.parameters()?);
        }
        self.skip_past(b';')?;
        Ok(prototype)
    }

    fn registers(&mut self, out: &mut Vec<Statement<'a>>) -> Result<()> {
        self.next();
        let ty = loop {
            let Token::Dot(name) = self.next() else {
                return self.error("expected a register type");
            };
            match name {
                "v2" | "v4" => return self.error("vector registers are not supported"),
                "align" => {
                    self.alignment()?;
                }
                _ => match Type::parse(name) {
                    Some(ty) => break ty,
                    None => return self.error(format!("unknown type `.{name}`")),
                },
            }
        };
        loop {
            let line = self.line();
            let name = self.word("a register name")?;
            let mut count = None;
            if self.accept(b'<') {
                let number = self.u32()?;
                if number > MAX_REGISTERS {
                    return self.error(format!("{number} registers are too many"));
                }
                self.expect(b'>')?;
                count = Some(number);
            }
            out.push(Statement::Registers { name, ty, count, line });
            if !self.accept(b',') {
                break;
            }
        }
        self.expect(b';')
    }

    fn instruction(&mut self) -> Result<Instruction<'a>> {
        let line = self.line();
        let mut guard = None;
        if self.accept(b'@') {
            let negated = self.accept(b'!');
            guard = Some((self.word("a predicate")?, negated));
        }
        let opcode = self.word("an instruction")?;
        let mut modifiers = Vec::new();
        while let Token::Dot(name) = self.peek() {
            self.next();
            modifiers.push(name);
        }
        let mut operands = Vec::new();
        while self.peek() != Token::Symbol(b';') {
            operands.push(self.operand(0)?);
            if operands.len() > 4096 {
                return self.error("too many operands");
            }
            if !self.accept(b',') {
                break;
            }
        }
        self.expect(b';')?;
        Ok(Instruction {
            line,
            location: self.location,
            guard,
            opcode,
            modifiers,
            operands,
        })
    }

    fn operand(&mut self, depth: usize) -> Result<Operand<'a>> {
        if depth > MAX_DEPTH {
            return self.error("operand nested too deeply");
        }
        let first = match self.peek() {
            Token::Symbol(b'[') => {
                self.next();
                let base = self.operand(depth + 1)?;
                let (base, mut offset) = match base {
                    Operand::NamePlus(name, offset) => (Operand::Name(name, None), offset),
                    base => (base, 0),
                };
                offset = offset.wrapping_add(self.plus()?);
                let mut indices = Vec::new();
                while self.accept(b',') {
                    indices.push(self.operand(depth + 1)?);
                }
                self.expect(b']')?;
                match indices.is_empty() {
                    true => Operand::Address(Box::new(base), offset),
                    false => Operand::Indexed(Box::new(base), indices),
                }
            }
            Token::Symbol(open @ (b'{' | b'(')) => {
                self.next();
                let close = if open == b'{' { b'}' } else { b')' };
                let mut list = Vec::new();
                while !self.accept(close) {
                    list.push(self.operand(depth + 1)?);
                    if !self.accept(b',') {
                        self.expect(close)?;
                        break;
                    }
                }
                if open == b'{' {
                    Operand::Vector(list)
                } else {
                    Operand::List(list)
                }
            }
            Token::Symbol(b'!') => {
                self.next();
                Operand::Not(self.word("a predicate")?)
            }
            Token::Symbol(b'-') => {
                self.next();
                match self.next() {
                    Token::Integer(value, unsigned) => Operand::Integer(value.wrapping_neg(), unsigned),
                    Token::Single(bits) => Operand::Single(bits ^ 1 << 31),
                    Token::Double(bits) => Operand::Double(bits ^ 1 << 63),
                    Token::Word(name) => Operand::Negative(name),
                    _ => return self.error("expected a number after `-`"),
                }
            }
            Token::Integer(value, unsigned) => {
                self.next();
                Operand::Integer(value, unsigned)
            }
            Token::Single(bits) => {
                self.next();
                Operand::Single(bits)
            }
            Token::Double(bits) => {
                self.next();
                Operand::Double(bits)
            }
            Token::Word("_") => {
                self.next();
                Operand::Sink
            }
            Token::Word(name) => {
                self.next();
                if let Token::Dot(component) = self.peek() {
                    self.next();
                    Operand::Name(name, Some(component))
                } else {
                    match self.plus()? {
                        0 => Operand::Name(name, None),
                        offset => Operand::NamePlus(name, offset),
                    }
                }
            }
            _ => return self.error(format!("expected an operand, found {}", self.found())),
        };
        if self.accept(b'|') {
            let second = self.operand(depth + 1)?;
            return Ok(Operand::Pair(Box::new(first), Box::new(second)));
        }
        Ok(first)
    }
}

fn space(name: &str) -> Option<Space> {
    Some(match name {
        "reg" => Space::Register,
        "global" => Space::Global,
        "shared" | "shared::cta" => Space::Shared,
        "local" => Space::Local,
        "const" => Space::Constant,
        "param" => Space::Param,
        _ => return None,
    })
}
