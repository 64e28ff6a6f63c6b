//! The mutation operators, one a file: all of MutPy's (version 0.6.1), what cosmic-ray and mutmut add, and our own.

mod argument_drop;
mod argument_swap;
mod arithmetic_deletion;
mod arithmetic_replacement;
mod assignment_replacement;
mod assignment_value;
mod binary_replacement;
mod boolean_replacement;
mod break_continue;
mod classmethod_insertion;
mod comparison_replacement;
mod conditional_deletion;
mod conditional_insertion;
mod constant_replacement;
mod container_edit;
mod decorator_deletion;
mod empty_iteration;
mod exception_replacement;
mod exception_swallowing;
mod filter_drop;
mod handler_deletion;
mod hiding_deletion;
mod index_shift;
mod lambda_body;
mod logical_connector;
mod logical_deletion;
mod logical_replacement;
mod method_pair;
mod method_swap;
mod number_replacement;
mod one_iteration;
mod operand_swap;
mod overriding_deletion;
mod range_bound;
mod relational_replacement;
mod return_value;
mod reverse_iteration;
mod self_deletion;
mod slice_removal;
mod statement_deletion;
mod statement_swap;
mod staticmethod_insertion;
mod string_case;
mod super_call_deletion;
mod super_call_insertion;
mod super_call_position;
mod unary_replacement;
mod variable_insertion;
mod variable_replacement;
mod variable_swap;
mod zero_iteration;

use ruff_python_ast::{Expr, Stmt};

pub use super::scope::Context;

/// Where an operator's meaning comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    MutPy,
    CosmicRay,
    Mutmut,
    Own,
}

impl Origin {
    pub fn name(self) -> &'static str {
        match self {
            Origin::MutPy => "MutPy",
            Origin::CosmicRay => "cosmic-ray",
            Origin::Mutmut => "mutmut",
            Origin::Own => "own",
        }
    }
}

/// A kind of mutation: what it offers in the place of an expression, a statement or a whole body.
#[derive(Debug)]
pub struct Operator {
    /// Three capital letters.
    pub code: &'static str,
    pub origin: Origin,
    /// One line on what it does.
    pub summary: &'static str,
    /// Programs, and what the operator makes of them among others.
    pub examples: &'static [(&'static str, &'static str)],
    pub(super) expression: Option<Offer<Expr, Expr>>,
    pub(super) statement: Option<Offer<Stmt, Stmt>>,
    /// Offers bodies with as many statements as before.
    pub(super) body: Option<Offer<[Stmt], Vec<Stmt>>>,
}

/// Adds what may come in the place of a node.
type Offer<Node, New> = fn(&Node, &Context, &mut Vec<New>);

type Examples = &'static [(&'static str, &'static str)];

impl Operator {
    const fn new(code: &'static str, origin: Origin, summary: &'static str, examples: Examples) -> Operator {
        Operator {
            code,
            origin,
            summary,
            examples,
            expression: None,
            statement: None,
            body: None,
        }
    }

    const fn on_expressions(
        code: &'static str,
        origin: Origin,
        summary: &'static str,
        examples: Examples,
        offer: Offer<Expr, Expr>,
    ) -> Operator {
        Operator::new(code, origin, summary, examples).and_expressions(offer)
    }

    const fn on_statements(
        code: &'static str,
        origin: Origin,
        summary: &'static str,
        examples: Examples,
        offer: Offer<Stmt, Stmt>,
    ) -> Operator {
        Operator::new(code, origin, summary, examples).and_statements(offer)
    }

    const fn on_bodies(
        code: &'static str,
        origin: Origin,
        summary: &'static str,
        examples: Examples,
        offer: Offer<[Stmt], Vec<Stmt>>,
    ) -> Operator {
        Operator {
            body: Some(offer),
            ..Operator::new(code, origin, summary, examples)
        }
    }

    const fn and_expressions(self, offer: Offer<Expr, Expr>) -> Operator {
        Operator {
            expression: Some(offer),
            ..self
        }
    }

    const fn and_statements(self, offer: Offer<Stmt, Stmt>) -> Operator {
        Operator {
            statement: Some(offer),
            ..self
        }
    }
}

/// All operators: MutPy's first, in its order, then cosmic-ray's, mutmut's and our own.
pub static OPERATORS: [Operator; 51] = [
    arithmetic_deletion::OPERATOR,
    arithmetic_replacement::OPERATOR,
    assignment_replacement::OPERATOR,
    break_continue::OPERATOR,
    conditional_deletion::OPERATOR,
    conditional_insertion::OPERATOR,
    constant_replacement::OPERATOR,
    decorator_deletion::OPERATOR,
    handler_deletion::OPERATOR,
    exception_swallowing::OPERATOR,
    hiding_deletion::OPERATOR,
    overriding_deletion::OPERATOR,
    super_call_position::OPERATOR,
    super_call_deletion::OPERATOR,
    super_call_insertion::OPERATOR,
    logical_connector::OPERATOR,
    logical_deletion::OPERATOR,
    logical_replacement::OPERATOR,
    relational_replacement::OPERATOR,
    slice_removal::OPERATOR,
    one_iteration::OPERATOR,
    zero_iteration::OPERATOR,
    reverse_iteration::OPERATOR,
    statement_deletion::OPERATOR,
    self_deletion::OPERATOR,
    classmethod_insertion::OPERATOR,
    staticmethod_insertion::OPERATOR,
    binary_replacement::OPERATOR,
    comparison_replacement::OPERATOR,
    unary_replacement::OPERATOR,
    number_replacement::OPERATOR,
    boolean_replacement::OPERATOR,
    exception_replacement::OPERATOR,
    empty_iteration::OPERATOR,
    variable_replacement::OPERATOR,
    variable_insertion::OPERATOR,
    string_case::OPERATOR,
    lambda_body::OPERATOR,
    argument_drop::OPERATOR,
    assignment_value::OPERATOR,
    method_pair::OPERATOR,
    method_swap::OPERATOR,
    variable_swap::OPERATOR,
    operand_swap::OPERATOR,
    argument_swap::OPERATOR,
    statement_swap::OPERATOR,
    range_bound::OPERATOR,
    index_shift::OPERATOR,
    container_edit::OPERATOR,
    filter_drop::OPERATOR,
    return_value::OPERATOR,
];

/// The operator called `code`, in capitals or not.
pub fn operator(code: &str) -> Option<&'static Operator> {
    OPERATORS
        .iter()
        .find(|operator| operator.code.eq_ignore_ascii_case(code))
}

/// The test of an operator's file: its examples hold, and programs that it must leave alone have no mutant.
macro_rules! operator_test {
    (untouched: [$($source:expr),* $(,)?]) => {
        #[cfg(test)]
        mod tests {
            #[test]
            fn examples_hold() {
                super::super::testing::assert_examples(&super::OPERATOR, &[$($source),*]);
            }
        }
    };
}
use operator_test;

#[cfg(test)]
pub(super) mod testing {
    use std::collections::BTreeSet;

    use ruff_python_ast::ModModule;

    use super::super::walk;
    use super::{OPERATORS, Operator};
    use crate::unparse::unparse;

    fn tree(source: &str) -> ModModule {
        ruff_python_parser::parse_module(source)
            .unwrap_or_else(|error| panic!("{error}: {source}"))
            .into_syntax()
    }

    /// Every mutant that `operator` makes of `source`, printed; each parses.
    fn mutants(operator: &Operator, source: &str) -> BTreeSet<String> {
        let operator = OPERATORS
            .iter()
            .find(|other| other.code == operator.code)
            .expect("it is in the table");
        let mut module = tree(source);
        let edits = walk::edits(&mut module, &[operator]);
        let mut printed = BTreeSet::new();
        for edit in edits {
            let mut mutant = module.clone();
            walk::apply(&mut mutant, edit.place, edit.replacement);
            let text = unparse(&mut mutant).expect("a mutant has a source");
            tree(&text);
            assert_ne!(
                text,
                unparse(&mut module.clone()).expect("it was parsed"),
                "{source} stayed as it was"
            );
            printed.insert(text);
        }
        printed
    }

    pub(in super::super) fn assert_examples(operator: &Operator, untouched: &[&str]) {
        assert!(!operator.examples.is_empty());
        for (before, after) in operator.examples {
            let expected = unparse(&mut tree(after)).expect("an example has a source");
            let found = mutants(operator, before);
            assert!(
                found.contains(&expected),
                "{} of {before}: {found:#?} lacks {expected}",
                operator.code
            );
        }
        for source in untouched {
            assert_eq!(
                mutants(operator, source),
                BTreeSet::new(),
                "{} changed {source}",
                operator.code
            );
        }
    }

    #[test]
    fn codes_are_three_capital_letters_each_its_own() {
        let codes: BTreeSet<&str> = OPERATORS.iter().map(|operator| operator.code).collect();
        assert_eq!(codes.len(), OPERATORS.len());
        assert!(
            codes
                .iter()
                .all(|code| code.len() == 3 && code.chars().all(|c| c.is_ascii_uppercase()))
        );
    }
}
