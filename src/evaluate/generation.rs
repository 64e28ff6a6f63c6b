//! Text-to-code generation: choosing among sampled programs by what they are predicted to print, and pass@k by running
//! them (the HumanEval schema; Chen et al., 2021).

use crate::evaluate::features::without_docstrings;
use anyhow::{Result, bail};
use python::{Limits, Status, Tracer};
use serde::Deserialize;

/// A task of the HumanEval schema.
#[derive(Clone, Debug, Deserialize)]
pub struct Problem {
    pub task_id: String,
    #[serde(default)]
    pub prompt: String,
    pub entry_point: String,
    pub test: String,
}

/// A sampled program: `completion` goes on after the prompt, `solution` (or `program`) stands by itself. It may carry its
/// problem's fields.
#[derive(Clone, Debug, Deserialize)]
pub struct Sample {
    pub task_id: String,
    pub completion: Option<String>,
    #[serde(alias = "program")]
    pub solution: Option<String>,
    pub prompt: Option<String>,
    pub entry_point: Option<String>,
    #[serde(alias = "tests")]
    pub test: Option<String>,
}

impl Sample {
    /// The problem that the sample carries, if it does.
    pub fn problem(&self) -> Option<Problem> {
        Some(Problem {
            task_id: self.task_id.clone(),
            prompt: self.prompt.clone().unwrap_or_default(),
            entry_point: self.entry_point.clone()?,
            test: self.test.clone()?,
        })
    }

    /// The whole program.
    pub fn program(&self, problem: &Problem) -> Result<String> {
        match (&self.solution, &self.completion) {
            (Some(solution), _) => Ok(solution.clone()),
            (None, Some(completion)) => Ok(problem.prompt.clone() + completion),
            (None, None) => bail!("{}: a sample needs a completion, a solution or a program", self.task_id),
        }
    }
}

/// A call to look at, and what the problem's text says that it gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    pub call: String,
    pub expected: Option<String>,
}

/// Calls that a problem is looked at with: the examples of its prompt, else the arguments (not the results) of its tests.
pub fn inputs(problem: &Problem, most: usize) -> Vec<Input> {
    let entry = &problem.entry_point;
    let mut found: Vec<Input> = Vec::new();
    let mut add = |input: Input| {
        if found.len() < most && !found.iter().any(|other| other.call == input.call) {
            found.push(input);
        }
    };
    let lines: Vec<&str> = problem.prompt.lines().map(str::trim).collect();
    for (index, line) in lines.iter().enumerate() {
        if line.starts_with("def ") {
            continue;
        }
        let Some((call, rest)) = call_of(line, entry) else {
            continue;
        };
        let rest = rest.trim();
        let expected = ["==", "➞", "=>", "->"]
            .iter()
            .find_map(|separator| rest.strip_prefix(separator))
            .map(str::trim);
        // Doctest's answer stands on the next line.
        let next = lines.get(index + 1).copied().unwrap_or("");
        let doctest = (line.starts_with(">>>") && rest.is_empty() && !next.is_empty()).then_some(next);
        let expected = expected
            .or(doctest)
            .filter(|text| !text.starts_with(">>>") && !text.starts_with("\"\"\"") && !text.starts_with("'''"));
        if let Some(expected) = expected {
            add(Input {
                call,
                expected: Some(expected.to_owned()),
            });
        }
    }
    if found.is_empty() {
        let mut rest = problem.test.as_str();
        while let Some((call, after)) = call_of(rest, "candidate") {
            let call = format!("{entry}{}", &call["candidate".len()..]);
            if found.len() < most && !found.iter().any(|other| other.call == call) {
                found.push(Input { call, expected: None });
            }
            rest = after;
        }
    }
    found
}

/// The first call of `name` in a text, up to its closing bracket, and what follows.
fn call_of<'a>(text: &'a str, name: &str) -> Option<(String, &'a str)> {
    let opening = format!("{name}(");
    let start = text.match_indices(&opening).map(|(at, _)| at).find(|&at| {
        let before = text[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '.')
    })?;
    let (mut depth, mut quote) = (0usize, None);
    let mut escaped = false;
    for (at, c) in text[start..].char_indices() {
        match (quote, c) {
            (Some(_), _) if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(c),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    let end = start + at + c.len_utf8();
                    return Some((text[start..end].to_owned(), &text[end..]));
                }
            }
            _ => {}
        }
    }
    None
}

/// The program that a model is to look at for one call: without docstrings, and with the call's result printed.
pub fn with_call(program: &str, call: &str) -> String {
    format!("{}\nprint({call})\n", without_docstrings(program).trim_end())
}

/// A printed or expected value for comparison: white space and quotes left out.
pub fn normalized(value: &str) -> String {
    value
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '\'' && *c != '"')
        .collect()
}

/// How a sample's predictions speak for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize)]
pub struct Evidence {
    /// Calls whose predicted output is what the problem's text says.
    pub matches: usize,
    /// Mean share of the other samples that are predicted to print the same.
    pub agreement: f64,
}

/// Evidence for each of a task's samples, whose predicted outputs are `outputs[sample][input]`.
pub fn evidence(inputs: &[Input], outputs: &[Vec<Option<String>>]) -> Vec<Evidence> {
    let others = outputs.len().saturating_sub(1).max(1) as f64;
    (0..outputs.len())
        .map(|sample| {
            let mut evidence = Evidence::default();
            for (index, input) in inputs.iter().enumerate() {
                let Some(own) = outputs[sample][index].as_deref().map(normalized) else {
                    continue;
                };
                evidence.matches += usize::from(input.expected.as_deref().map(normalized).as_ref() == Some(&own));
                let same = outputs
                    .iter()
                    .enumerate()
                    .filter(|(other, outputs)| {
                        *other != sample && outputs[index].as_deref().map(normalized).as_ref() == Some(&own)
                    })
                    .count();
                evidence.agreement += same as f64 / others / inputs.len() as f64;
            }
            evidence
        })
        .collect()
}

/// The samples' order: most matches first, then most agreement, then as they were given.
pub fn ranking(evidence: &[Evidence]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..evidence.len()).collect();
    order.sort_by(|&a, &b| {
        let (a, b) = (evidence[a], evidence[b]);
        b.matches.cmp(&a.matches).then(b.agreement.total_cmp(&a.agreement))
    });
    order
}

/// Runs a program against its problem's tests, in the project's own Python. Tests that draw random inputs draw the same each
/// time.
pub fn passes(tracer: &mut Tracer, program: &str, problem: &Problem, limits: &Limits) -> Status {
    let (test, entry) = (&problem.test, &problem.entry_point);
    let source = format!("{program}\n\nimport random as __random\n__random.seed(0)\n{test}\n\ncheck({entry})\n");
    tracer.execute(&source, "", limits).status
}

/// The unbiased estimate of pass@k for a task with `right` of `samples` right: 1 − C(n−c, k) / C(n, k).
pub fn pass_at_k(samples: usize, right: usize, k: usize) -> f64 {
    if samples < right + k {
        return 1.0;
    }
    let fails: f64 = (samples - right + 1..=samples)
        .map(|i| 1.0 - k as f64 / i as f64)
        .product();
    1.0 - fails
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem() -> Problem {
        Problem {
            task_id: "t/0".to_owned(),
            prompt:
                "def add(a, b):\n    \"\"\"Adds.\n    >>> add(1, 2)\n    3\n    >>> add('a)', \"b\")\n    'a)b'\n\n    \
                     add([1], [2]) == [1, 2]\n    \"\"\"\n"
                    .to_owned(),
            entry_point: "add".to_owned(),
            test: "def check(candidate):\n    assert candidate(5, 6) == 11\n    assert candidate('x', 'y') == 'xy'\n"
                .to_owned(),
        }
    }

    #[test]
    fn examples_are_found_in_prompts_and_tests() {
        let found = inputs(&problem(), 5);
        let texts: Vec<(&str, Option<&str>)> = found
            .iter()
            .map(|input| (input.call.as_str(), input.expected.as_deref()))
            .collect();
        assert_eq!(
            texts,
            [
                ("add(1, 2)", Some("3")),
                ("add('a)', \"b\")", Some("'a)b'")),
                ("add([1], [2])", Some("[1, 2]"))
            ]
        );
        let bare = Problem {
            prompt: "def add(a, b):\n".to_owned(),
            ..problem()
        };
        assert_eq!(
            inputs(&bare, 1),
            [Input {
                call: "add(5, 6)".to_owned(),
                expected: None
            }]
        );
    }

    #[test]
    fn programs_run_against_their_tests() {
        let mut tracer = Tracer::new();
        let mut run = |completion: &str| {
            let program = problem().prompt + completion;
            passes(&mut tracer, &program, &problem(), &Limits::default())
        };
        assert_eq!(run("    return a + b\n"), Status::Ok);
        assert_eq!(run("    return a * b\n"), Status::Exception);
        assert_eq!(run("    return (\n"), Status::SyntaxError);
        let drawing = Problem {
            test: "import random\ndef check(f):\n    n = random.randint(0, 9)\n    assert f(n, 1) == n + 1\n"
                .to_owned(),
            ..problem()
        };
        let program = problem().prompt + "    return a + b\n";
        let status = passes(&mut Tracer::new(), &program, &drawing, &Limits::default());
        assert_eq!(status, Status::Ok);
        // More events than a trace may have do not matter.
        assert_eq!(run("    for i in range(30000): pass\n    return a + b\n"), Status::Ok);
    }

    #[test]
    fn agreement_and_matches_rank_samples() {
        let inputs = inputs(&problem(), 2);
        let outputs = |texts: [&str; 2]| texts.map(|text| Some(text.to_owned())).to_vec();
        let all = [
            outputs(["4", "x"]),
            outputs(["3", "ab"]),
            outputs(["4", "x"]),
            outputs(["3", "a)b"]),
        ];
        let evidence = evidence(&inputs, &all);
        assert_eq!(evidence.iter().map(|e| e.matches).collect::<Vec<_>>(), [0, 1, 0, 2]);
        assert!((evidence[0].agreement - 1.0 / 3.0).abs() < 1e-12);
        assert_eq!(ranking(&evidence), [3, 1, 0, 2]);
        assert_eq!(
            with_call(&problem().prompt, "add(1, 2)"),
            "def add(a, b):\n    pass\nprint(add(1, 2))\n"
        );
    }

    #[test]
    fn pass_at_k_is_the_unbiased_estimate() {
        assert_eq!(pass_at_k(10, 0, 5), 0.0);
        assert_eq!(pass_at_k(10, 6, 5), 1.0);
        assert!((pass_at_k(10, 3, 1) - 0.3).abs() < 1e-12);
        // 1 − C(3, 2) / C(5, 2).
        assert!((pass_at_k(5, 2, 2) - 0.7).abs() < 1e-12);
    }
}
