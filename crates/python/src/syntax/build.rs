//! Nodes made from scratch. They have no range: a printer gives them one.

use ruff_python_ast::name::Name;
use ruff_python_ast::{self as ast, CmpOp, Expr, ExprContext, Number, Operator, Stmt, UnaryOp};

pub(crate) fn int(value: i64) -> Expr {
    let magnitude = literal(Number::Int(ast::Int::from(value.unsigned_abs())));
    if value < 0 {
        unary(UnaryOp::USub, magnitude)
    } else {
        magnitude
    }
}

pub(crate) fn float(value: f64) -> Expr {
    literal(Number::Float(value))
}

fn literal(value: Number) -> Expr {
    Expr::NumberLiteral(ast::ExprNumberLiteral {
        node_index: Default::default(),
        range: Default::default(),
        value,
    })
}

pub(crate) fn none() -> Expr {
    Expr::NoneLiteral(ast::ExprNoneLiteral {
        node_index: Default::default(),
        range: Default::default(),
    })
}

pub(crate) fn boolean(value: bool) -> Expr {
    Expr::BooleanLiteral(ast::ExprBooleanLiteral {
        node_index: Default::default(),
        range: Default::default(),
        value,
    })
}

pub(crate) fn string(value: &str) -> Expr {
    Expr::StringLiteral(ast::ExprStringLiteral {
        node_index: Default::default(),
        range: Default::default(),
        value: ast::StringLiteralValue::single(ast::StringLiteral {
            node_index: Default::default(),
            range: Default::default(),
            value: value.into(),
            flags: ast::StringLiteralFlags::empty(),
        }),
    })
}

pub(crate) fn name(id: Name) -> Expr {
    Expr::Name(ast::ExprName {
        node_index: Default::default(),
        range: Default::default(),
        id,
        ctx: ExprContext::Load,
    })
}

pub(crate) fn identifier(id: Name) -> ast::Identifier {
    ast::Identifier {
        node_index: Default::default(),
        range: Default::default(),
        id,
    }
}

pub(crate) fn unary(op: UnaryOp, operand: Expr) -> Expr {
    Expr::UnaryOp(ast::ExprUnaryOp {
        node_index: Default::default(),
        range: Default::default(),
        op,
        operand: Box::new(operand),
    })
}

pub(crate) fn binary(left: Expr, op: Operator, right: Expr) -> Expr {
    Expr::BinOp(ast::ExprBinOp {
        node_index: Default::default(),
        range: Default::default(),
        left: Box::new(left),
        op,
        right: Box::new(right),
    })
}

pub(crate) fn attribute(value: Expr, attr: Name) -> Expr {
    Expr::Attribute(ast::ExprAttribute {
        node_index: Default::default(),
        range: Default::default(),
        value: Box::new(value),
        attr: identifier(attr),
        ctx: ExprContext::Load,
    })
}

pub(crate) fn call(function: Expr, arguments: Vec<Expr>) -> Expr {
    Expr::Call(ast::ExprCall {
        node_index: Default::default(),
        range_start: Default::default(),
        func: Box::new(function),
        arguments: ast::Arguments {
            node_index: Default::default(),
            range: Default::default(),
            args: arguments.into(),
            keywords: Default::default(),
        },
    })
}

pub(crate) fn starred(value: Expr) -> Expr {
    Expr::Starred(ast::ExprStarred {
        node_index: Default::default(),
        range: Default::default(),
        value: Box::new(value),
        ctx: ExprContext::Load,
    })
}

pub(crate) fn pass() -> Stmt {
    Stmt::Pass(ast::StmtPass {
        node_index: Default::default(),
        range: Default::default(),
    })
}

pub(crate) fn break_loop() -> Stmt {
    Stmt::Break(ast::StmtBreak {
        node_index: Default::default(),
        range: Default::default(),
    })
}

pub(crate) fn continue_loop() -> Stmt {
    Stmt::Continue(ast::StmtContinue {
        node_index: Default::default(),
        range: Default::default(),
    })
}

pub(crate) fn reraise() -> Stmt {
    Stmt::Raise(ast::StmtRaise {
        node_index: Default::default(),
        range: Default::default(),
        exc: None,
        cause: None,
    })
}

pub(crate) fn expression_statement(value: Expr) -> Stmt {
    Stmt::Expr(ast::StmtExpr {
        node_index: Default::default(),
        range: Default::default(),
        value: Box::new(value),
    })
}

pub(crate) fn decorator(expression: Expr) -> ast::Decorator {
    ast::Decorator {
        node_index: Default::default(),
        range: Default::default(),
        expression,
    }
}

/// The value of an integer literal, its sign included, where it fits.
pub(crate) fn int_value(expression: &Expr) -> Option<i64> {
    match expression {
        Expr::NumberLiteral(node) => match &node.value {
            Number::Int(value) => value.as_i64(),
            _ => None,
        },
        Expr::UnaryOp(node) if node.op == UnaryOp::USub => int_value(&node.operand).and_then(i64::checked_neg),
        _ => None,
    }
}

/// The comparison that holds exactly when `operator` does not.
pub(crate) fn negated(operator: CmpOp) -> CmpOp {
    match operator {
        CmpOp::Eq => CmpOp::NotEq,
        CmpOp::NotEq => CmpOp::Eq,
        CmpOp::Lt => CmpOp::GtE,
        CmpOp::LtE => CmpOp::Gt,
        CmpOp::Gt => CmpOp::LtE,
        CmpOp::GtE => CmpOp::Lt,
        CmpOp::Is => CmpOp::IsNot,
        CmpOp::IsNot => CmpOp::Is,
        CmpOp::In => CmpOp::NotIn,
        CmpOp::NotIn => CmpOp::In,
    }
}
