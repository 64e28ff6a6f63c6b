//! The backtracking machine. Choices lie on a stack of its own, and every slot that changes is noted on a trail, so that
//! going back restores groups and loop counts exactly.

use super::Regex;
use super::class::{Case, is_word};
use super::program::{Barrier, Op, Single, may_repeat};
use super::tree::{Anchor, Greed};
use crate::text::Failure;

/// What is searched: ASCII text and bytes (each byte a character), or text as characters.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'a> {
    Bytes(&'a [u8]),
    Chars(&'a [char]),
}

impl Subject<'_> {
    pub fn len(&self) -> usize {
        match self {
            Subject::Bytes(bytes) => bytes.len(),
            Subject::Chars(chars) => chars.len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Search,
    Match,
    FullMatch,
}

/// Where a pattern matched, in characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The whole match, then each group; `None` for groups that took no part.
    pub spans: Vec<Option<(usize, usize)>>,
    /// `Match.lastindex`.
    pub last_index: Option<usize>,
}

/// Slot of the last closed group.
const LAST_INDEX: usize = 0;
pub const FIRST_GROUP_SLOT: usize = 1;
/// An empty slot.
const NONE: usize = usize::MAX;
/// Steps between two questions to the caller's check.
const CHECK_INTERVAL: u64 = 4096;
/// Choices beyond these hit the memory limit (32 bytes each, and as many trail entries).
const MAX_CHOICES: usize = 1 << 22;

/// Asked with the number of steps done since it was last asked; its failure ends the run.
pub type Check<'a> = &'a mut dyn FnMut(u64) -> Result<(), Failure>;

#[derive(Clone, Copy)]
enum Choice {
    /// Go on elsewhere.
    Branch { op: usize, at: usize },
    /// A greedy run may give up characters down to `least`.
    Shrink { op: usize, least: usize, at: usize },
    /// A lazy run may take more characters.
    Grow { op: usize, at: usize, taken: u32 },
    /// The start of an atomic group or a look-around.
    Barrier { op: usize, at: usize },
}

/// Runs one pattern; keeps its buffers between runs.
pub struct Matcher<'r> {
    regex: &'r Regex,
    slots: Vec<usize>,
    choices: Vec<(Choice, usize)>,
    trail: Vec<(usize, usize)>,
    barriers: Vec<usize>,
}

/// Characters by index, so that ASCII text needs no copy.
trait Characters: Copy {
    fn length(self) -> usize;
    fn at(self, index: usize) -> char;
}

impl Characters for &[u8] {
    fn length(self) -> usize {
        self.len()
    }
    #[inline(always)]
    fn at(self, index: usize) -> char {
        self[index] as char
    }
}

impl Characters for &[char] {
    fn length(self) -> usize {
        self.len()
    }
    #[inline(always)]
    fn at(self, index: usize) -> char {
        self[index]
    }
}

/// One attempt's conditions.
#[derive(Clone, Copy)]
struct Goal {
    end: usize,
    full: bool,
    /// A match must not be empty here.
    not_empty_at: Option<usize>,
}

impl<'r> Matcher<'r> {
    pub fn new(regex: &'r Regex) -> Self {
        Matcher {
            regex,
            slots: Vec::new(),
            choices: Vec::new(),
            trail: Vec::new(),
            barriers: Vec::new(),
        }
    }

    /// Matches within `start..end` of the subject. With `must_advance` (a search goes on behind an empty match) a match
    /// at `start` must not be empty.
    pub fn run(
        &mut self,
        subject: Subject<'_>,
        start: usize,
        end: usize,
        mode: Mode,
        must_advance: bool,
        check: Check<'_>,
    ) -> Result<Option<Match>, Failure> {
        let end = end.min(subject.len());
        if start > end {
            return Ok(None);
        }
        match subject {
            Subject::Bytes(bytes) => self.find(&bytes[..end], start, mode, must_advance, check),
            Subject::Chars(chars) => self.find(&chars[..end], start, mode, must_advance, check),
        }
    }

    fn find<S: Characters>(
        &mut self,
        subject: S,
        start: usize,
        mode: Mode,
        must_advance: bool,
        check: Check<'_>,
    ) -> Result<Option<Match>, Failure> {
        let end = subject.length();
        let mut steps = 0;
        let last = if mode == Mode::Search { end } else { start };
        let mut at = start;
        while at <= last {
            if let (Mode::Search, Some(first)) = (mode, self.regex.program.first) {
                let possible = |index: usize| {
                    let c = subject.at(index) as u32;
                    c >= 128 || first >> c & 1 == 1
                };
                let from = at;
                while at < end && !possible(at) {
                    at += 1;
                }
                steps += (at - from) as u64;
                if at >= end {
                    break;
                }
            }
            let goal = Goal {
                end,
                full: mode == Mode::FullMatch,
                not_empty_at: (must_advance && at == start).then_some(at),
            };
            if let Some(stop) = self.attempt(subject, at, goal, &mut steps, check)? {
                return Ok(Some(self.result(at, stop)));
            }
            at += 1;
        }
        check(steps)?;
        Ok(None)
    }

    fn result(&self, start: usize, end: usize) -> Match {
        let mut spans = vec![Some((start, end))];
        for group in 0..self.regex.groups {
            let slot = FIRST_GROUP_SLOT + 2 * group;
            let (from, to) = (self.slots[slot], self.slots[slot + 1]);
            spans.push((from != NONE && to != NONE && from <= to).then_some((from, to)));
        }
        let last = self.slots[LAST_INDEX];
        Match {
            spans,
            last_index: (last != NONE).then_some(last),
        }
    }

    fn set(&mut self, slot: usize, value: usize) {
        self.trail.push((slot, self.slots[slot]));
        self.slots[slot] = value;
    }

    fn choose(&mut self, choice: Choice) -> Result<(), Failure> {
        if self.choices.len() >= MAX_CHOICES || self.trail.len() >= 2 * MAX_CHOICES {
            return Err(Failure::memory());
        }
        self.choices.push((choice, self.trail.len()));
        Ok(())
    }

    fn undo(&mut self, length: usize) {
        while self.trail.len() > length {
            if let Some((slot, value)) = self.trail.pop() {
                self.slots[slot] = value;
            }
        }
    }

    /// Tries to match at one place; the end of the match.
    fn attempt<S: Characters>(
        &mut self,
        subject: S,
        start: usize,
        goal: Goal,
        steps: &mut u64,
        check: Check<'_>,
    ) -> Result<Option<usize>, Failure> {
        self.slots.clear();
        self.slots.resize(self.regex.program.slots, NONE);
        self.choices.clear();
        self.trail.clear();
        self.barriers.clear();
        let ops = &self.regex.program.ops;
        let (mut op, mut at) = (0, start);
        loop {
            *steps += 1;
            if *steps >= CHECK_INTERVAL {
                check(std::mem::take(steps))?;
            }
            let ok = match &ops[op] {
                Op::Single(single) => {
                    let matched = at < goal.end && single.matches(subject.at(at));
                    op += 1;
                    at += 1;
                    matched
                }
                Op::Anchor(anchor) => {
                    op += 1;
                    holds(*anchor, subject, at)
                }
                Op::Save { slot, closes } => {
                    self.set(*slot, at);
                    if let Some(group) = closes {
                        self.set(LAST_INDEX, *group);
                    }
                    op += 1;
                    true
                }
                Op::Jump(target) => {
                    op = *target;
                    true
                }
                Op::Split(target) => {
                    self.choose(Choice::Branch { op: *target, at })?;
                    op += 1;
                    true
                }
                Op::Run {
                    single,
                    least,
                    most,
                    greed,
                } => {
                    let limit = if *greed == Greed::Lazy { *least } else { *most };
                    let stop = at.saturating_add(limit as usize).min(goal.end);
                    let taken = count_run(single, subject, at, stop);
                    *steps += taken as u64;
                    let enough = taken >= *least as usize;
                    if enough {
                        match greed {
                            Greed::Greedy if taken > *least as usize => {
                                let least = at + *least as usize;
                                self.choose(Choice::Shrink {
                                    op,
                                    least,
                                    at: at + taken,
                                })?;
                            }
                            Greed::Lazy if may_repeat(taken as u64, *most) => {
                                self.choose(Choice::Grow {
                                    op,
                                    at: at + taken,
                                    taken: *least,
                                })?;
                            }
                            _ => {}
                        }
                    }
                    at += taken;
                    op += 1;
                    enough
                }
                Op::LoopStart { slot } => {
                    self.set(*slot, NONE);
                    self.set(slot + 1, NONE);
                    op += 1;
                    true
                }
                Op::Loop {
                    slot,
                    least,
                    most,
                    lazy,
                    body,
                    exit,
                } => {
                    // An empty slot stands for "before the first", so adding one wraps to zero.
                    let count = self.slots[*slot].wrapping_add(1);
                    if count < *least as usize {
                        self.set(*slot, count);
                        op = *body;
                    } else if *lazy {
                        self.choose(Choice::Branch { op: op + 1, at })?;
                        op = *exit;
                    } else if may_repeat(count as u64, *most) && at != self.slots[slot + 1] {
                        self.choose(Choice::Branch { op: *exit, at })?;
                        self.set(*slot, count);
                        self.set(slot + 1, at);
                        op = *body;
                    } else {
                        op = *exit;
                    }
                    true
                }
                Op::LoopMore { slot, most, body } => {
                    let count = self.slots[*slot].wrapping_add(1);
                    let more = may_repeat(count as u64, *most) && at != self.slots[slot + 1];
                    if more {
                        self.set(*slot, count);
                        self.set(slot + 1, at);
                        op = *body;
                    }
                    more
                }
                Op::Barrier { kind, back, end } => {
                    if at < *back {
                        // Too near the start to look behind: only a negative look holds.
                        op = *end;
                        *kind == Barrier::NotAhead
                    } else {
                        self.barriers.push(self.choices.len());
                        self.choose(Choice::Barrier { op, at })?;
                        at -= back;
                        op += 1;
                        true
                    }
                }
                Op::BarrierEnd => {
                    let base = self.barriers.pop().unwrap_or(0);
                    let (choice, trail) = self.choices[base];
                    self.choices.truncate(base);
                    op += 1;
                    match choice {
                        Choice::Barrier { op: start, at: began } => match ops[start] {
                            Op::Barrier {
                                kind: Barrier::Ahead, ..
                            } => {
                                at = began;
                                true
                            }
                            Op::Barrier {
                                kind: Barrier::NotAhead,
                                ..
                            } => {
                                self.undo(trail);
                                false
                            }
                            _ => true,
                        },
                        _ => true,
                    }
                }
                Op::BackReference { group, case } => {
                    let slot = FIRST_GROUP_SLOT + 2 * (group - 1);
                    let (from, to) = (self.slots[slot], self.slots[slot + 1]);
                    let known = from != NONE && to != NONE && from <= to;
                    let matched = known && to - from <= goal.end - at && same(subject, from, at, to - from, *case);
                    if matched {
                        *steps += (to - from) as u64;
                        at += to - from;
                    }
                    op += 1;
                    matched
                }
                Op::IfGroup { group, otherwise } => {
                    let slot = FIRST_GROUP_SLOT + 2 * (group - 1);
                    let (from, to) = (self.slots[slot], self.slots[slot + 1]);
                    op = if from != NONE && to != NONE && from <= to {
                        op + 1
                    } else {
                        *otherwise
                    };
                    true
                }
                Op::Success => {
                    if (!goal.full || at == goal.end) && goal.not_empty_at != Some(at) {
                        return Ok(Some(at));
                    }
                    false
                }
            };
            if ok {
                continue;
            }
            match self.retry(subject, goal, steps) {
                Some(place) => (op, at) = place,
                None => return Ok(None),
            }
        }
    }

    /// Goes back to the latest choice that has something left to try.
    fn retry<S: Characters>(&mut self, subject: S, goal: Goal, steps: &mut u64) -> Option<(usize, usize)> {
        let ops = &self.regex.program.ops;
        while let Some((choice, trail)) = self.choices.pop() {
            self.undo(trail);
            *steps += 1;
            match choice {
                Choice::Branch { op, at } => return Some((op, at)),
                Choice::Shrink { op, least, at } => {
                    let mut at = at - 1;
                    // Where a plain character must follow, only its places are worth a try.
                    if let Op::Single(Single::Char(wanted)) = &ops[op + 1] {
                        while at > least && (at >= goal.end || subject.at(at) != *wanted) {
                            at -= 1;
                            *steps += 1;
                        }
                    }
                    if at > least {
                        self.choices.push((Choice::Shrink { op, least, at }, trail));
                    }
                    return Some((op + 1, at));
                }
                Choice::Grow { op, at, taken } => {
                    if let Op::Run { single, most, .. } = &ops[op]
                        && at < goal.end
                        && may_repeat(taken.into(), *most)
                        && single.matches(subject.at(at))
                    {
                        let taken = taken.saturating_add(1);
                        self.choices.push((Choice::Grow { op, at: at + 1, taken }, trail));
                        return Some((op + 1, at + 1));
                    }
                }
                Choice::Barrier { op, at } => {
                    self.barriers.pop();
                    if let Op::Barrier {
                        kind: Barrier::NotAhead,
                        end,
                        ..
                    } = ops[op]
                    {
                        return Some((end, at));
                    }
                }
            }
        }
        None
    }
}

fn count_run<S: Characters>(single: &Single, subject: S, from: usize, stop: usize) -> usize {
    match single {
        Single::Any => stop.saturating_sub(from),
        _ => (from..stop)
            .take_while(|&index| single.matches(subject.at(index)))
            .count(),
    }
}

fn same<S: Characters>(subject: S, from: usize, at: usize, length: usize, case: Case) -> bool {
    (0..length).all(|index| {
        let (left, right) = (subject.at(from + index), subject.at(at + index));
        left == right || case.lower(left) == case.lower(right)
    })
}

fn holds<S: Characters>(anchor: Anchor, subject: S, at: usize) -> bool {
    let end = subject.length();
    match anchor {
        Anchor::StringStart => at == 0,
        Anchor::LineStart => at == 0 || subject.at(at - 1) == '\n',
        Anchor::StringEnd => at == end,
        Anchor::TextEnd => at == end || (at + 1 == end && subject.at(at) == '\n'),
        Anchor::LineEnd => at == end || subject.at(at) == '\n',
        Anchor::WordBoundary { negated, ascii } => {
            // An empty subject has no boundary, and isn't a place inside a word, either.
            if end == 0 {
                return false;
            }
            let before = at > 0 && is_word(subject.at(at - 1), ascii);
            let after = at < end && is_word(subject.at(at), ascii);
            (before != after) != negated
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Error;
    use super::*;

    fn groups(pattern: &str, text: &str, mode: Mode) -> Option<Vec<Option<String>>> {
        let regex = Regex::new(pattern, 0, false).unwrap();
        let chars: Vec<char> = text.chars().collect();
        let found = Matcher::new(&regex)
            .run(Subject::Chars(&chars), 0, usize::MAX, mode, false, &mut |_| Ok(()))
            .unwrap()?;
        Some(
            found
                .spans
                .iter()
                .map(|span| span.map(|(from, to)| chars[from..to].iter().collect()))
                .collect(),
        )
    }

    fn found(pattern: &str, text: &str) -> String {
        match groups(pattern, text, Mode::Search) {
            None => "none".into(),
            Some(groups) => groups
                .into_iter()
                .map(|group| group.unwrap_or("-".into()))
                .collect::<Vec<_>>()
                .join("|"),
        }
    }

    #[test]
    fn matches_as_python() {
        for (pattern, text, expected) in [
            ("a(b|c)*d", "xabcbd", "abcbd|b"),
            ("(a+)+b", "aab", "aab|aa"),
            ("(?P<x>.)(?P=x)", "abccd", "cc|c"),
            ("a.*?b", "axbxb", "axb"),
            ("(?<=ab)c(?=d)", "abcd", "c"),
            ("(?<!a)b", "abb", "b"),
            (r"\bfoo\b", "a foo b", "foo"),
            ("(a)?(?(1)b|c)", "c", "c|-"),
            ("(?i)straSSE", "STRASSE", "STRASSE"),
            ("(?i:É)x", "éx", "éx"),
            ("[^a-c]+", "abcdef", "def"),
            (r"[\w-]+@\d{2,3}", "x a-b@1234", "a-b@123"),
            ("(?>a+)ab", "aaab", "none"),
            ("a++b", "aaab", "aaab"),
            ("(?:)*x", "x", "x"),
            ("(a|b)*?c", "abc", "abc|b"),
            ("(?x) a b # comment\n c", "abc", "abc"),
            ("^b$", "a\nb", "none"),
            ("(?m)^b$", "a\nb", "b"),
            ("a{,2}b", "aaab", "aab"),
            ("a{x}", "a{x}", "a{x}"),
            (r"(?s).\Z", "a\n", "\n"),
            (r"(\w+)\s\1", "the the", "the the|the"),
            ("(?!a)[a-z]", "ab", "b"),
            ("(()|a)*", "aa", "aa|a|-"),
        ] {
            let expected = if pattern == "(()|a)*" { "||" } else { expected };
            assert_eq!(found(pattern, text), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn errors_have_positions() {
        for (pattern, message) in [
            ("(", "missing ), unterminated subpattern at position 0"),
            ("a)", "unbalanced parenthesis at position 1"),
            ("*a", "nothing to repeat at position 0"),
            ("a**", "multiple repeat at position 2"),
            ("[a", "unterminated character set at position 0"),
            ("[b-a]", "bad character range b-a at position 1"),
            (r"\q", r"bad escape \q at position 0"),
            (r"\2", "invalid group reference 2 at position 1"),
            (
                "(?P<a>)(?P<a>)",
                "redefinition of group name 'a' as group 2; was group 1 at position 11",
            ),
            ("a{2,1}", "min repeat greater than max repeat at position 2"),
            ("(?<=a*)", "look-behind requires fixed-width pattern"),
            ("\n(?z)", "unknown extension ?z at position 2 (line 2, column 2)"),
            ("a(?i)", "global flags not at the start of the expression at position 1"),
            ("a\\", "bad escape (end of pattern) at position 1"),
        ] {
            let error: Error = Regex::new(pattern, 0, false).unwrap_err();
            assert_eq!(error.text(pattern), message, "{pattern}");
        }
    }

    #[test]
    fn exploding_patterns_meet_the_check() {
        let regex = Regex::new("(a+)+$", 0, false).unwrap();
        let text = [b'a'; 60].iter().chain(b"b").copied().collect::<Vec<u8>>();
        let mut left: u64 = 1_000_000;
        let mut check = |steps: u64| {
            left = left.checked_sub(steps).ok_or_else(Failure::budget)?;
            Ok(())
        };
        let outcome = Matcher::new(&regex).run(Subject::Bytes(&text), 0, usize::MAX, Mode::Match, false, &mut check);
        assert_eq!(outcome, Err(Failure::budget()));
        let long = vec![b'a'; 1_000_000];
        let plain = Regex::new("(?:a|b)*", 0, false).unwrap();
        let all = Matcher::new(&plain).run(
            Subject::Bytes(&long),
            0,
            usize::MAX,
            Mode::Match,
            false,
            &mut |_| Ok(()),
        );
        assert_eq!(all.unwrap().unwrap().spans, [Some((0, 1_000_000))]);
    }
}
