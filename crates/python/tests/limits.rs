//! Hostile programs meet a limit, named, near the time and memory that were set; the next program runs as if nothing had been.

use python::{Limits, Status, Tracer};
use std::process::Command;
use std::time::Instant;

/// Programs, and what may end each: names of limits, or types of exceptions where CPython raises one as well.
const HOSTILE: &[(&str, &[&str])] = &[
    ("while True:\n    pass\n", &["events", "time"]),
    ("def f():\n    while True:\n        pass\nf()\n", &["events", "time"]),
    ("[0 for _ in iter(int, 1)]\n", &["time", "memory"]),
    ("x = 10**10**10\n", &["memory", "time"]),
    ("x = 7 ** 7 ** 9\ny = x ** x\n", &["memory", "time"]),
    ("x = 3\nfor i in range(100):\n    x = x * x\n", &["memory", "time"]),
    ("x = 1 << 10**12\n", &["memory"]),
    ("x = 'a' * 10**12\n", &["memory"]),
    ("x = [0] * 10**11\n", &["memory"]),
    ("x = (1, 2) * 10**11\n", &["memory"]),
    ("x = b'ab' * 10**11\n", &["memory"]),
    (
        "s = 'ab'\nfor i in range(60):\n    s = s + s\n",
        &["memory", "bytes of state"],
    ),
    (
        "s = 'aa'\nfor i in range(60):\n    s = s.replace('a', 'aaaa')\n",
        &["memory", "bytes of state"],
    ),
    (
        "s = 'ab'\nfor i in range(60):\n    s = s.join([s] * 8)\n",
        &["memory", "bytes of state"],
    ),
    (
        "l = [1]\nfor i in range(60):\n    l = l + l\n",
        &["memory", "bytes of state"],
    ),
    (
        "l = [1]\nfor i in range(60):\n    l.extend(l)\n",
        &["memory", "bytes of state"],
    ),
    (
        "l = []\nfor i in range(50):\n    l = [l, l]\n",
        &["memory", "bytes of state", "time"],
    ),
    (
        "def f():\n    l = 'lol'\n    for i in range(60):\n        l = [l] * 10\nf()\n",
        &["memory", "bytes of state", "time"],
    ),
    (
        "d = {}\nfor i in range(60):\n    d = {0: d, 1: d}\n",
        &["memory", "bytes of state", "time"],
    ),
    ("x = '%1000000000d' % 1\n", &["memory"]),
    ("x = f'{1:>10000000000}'\n", &["memory", "ValueError"]),
    ("x = '{:>1000000000}'.format(1)\n", &["memory", "ValueError"]),
    ("x = f'{1.5:.1000000000f}'\n", &["memory", "ValueError"]),
    ("x = 'a'.ljust(10**10)\n", &["memory"]),
    ("x = 'a'.zfill(10**10)\n", &["memory"]),
    ("x = 'a'.center(10**10)\n", &["memory"]),
    ("x = '\\t'.expandtabs(10**10)\n", &["memory", "OverflowError"]),
    ("import itertools\nx = list(itertools.count())\n", &["memory", "time"]),
    ("import itertools\nx = sum(itertools.count())\n", &["time"]),
    (
        "import itertools\nx = sorted(itertools.repeat(1))\n",
        &["memory", "time"],
    ),
    ("import itertools\nx = max(itertools.cycle([1, 2]))\n", &["time"]),
    ("import itertools\nx = set(itertools.count())\n", &["memory", "time"]),
    (
        "import itertools\nx = dict.fromkeys(itertools.count())\n",
        &["memory", "time"],
    ),
    ("import itertools\nx = tuple(itertools.count())\n", &["memory", "time"]),
    (
        "import itertools\nx = ''.join(itertools.repeat('a'))\n",
        &["memory", "time"],
    ),
    ("import itertools\nx = -1 in itertools.count()\n", &["time"]),
    ("import itertools\nx = any(itertools.repeat(0))\n", &["time"]),
    (
        "import itertools\nfor p in itertools.permutations(range(12)):\n    pass\n",
        &["events", "time"],
    ),
    (
        "import itertools\nx = list(itertools.product(range(100), repeat=8))\n",
        &["memory", "time"],
    ),
    (
        "import itertools\nx = list(itertools.combinations(range(60), 30))\n",
        &["memory", "time"],
    ),
    (
        "from collections import deque\nx = deque(iter(int, 1))\n",
        &["memory", "time"],
    ),
    ("x = sum(range(10**12))\n", &["time"]),
    ("x = list(range(10**12))\n", &["memory"]),
    ("x = list(map(str, range(10**12)))\n", &["memory", "time"]),
    ("x = [*range(10**12)]\n", &["memory", "time"]),
    ("x = max(range(10**12), key=lambda v: -v)\n", &["time"]),
    ("x = list(zip(range(10**12), range(10**12)))\n", &["memory", "time"]),
    ("x = list(enumerate(range(10**12)))\n", &["memory", "time"]),
    ("x = list(filter(None, iter(int, 1)))\n", &["time"]),
    ("print(*range(10**9))\n", &["memory", "time", "output"]),
    (
        "while True:\n    print('a' * 1000000)\n",
        &["output", "events", "memory"],
    ),
    ("x = int('9' * 4000) ** 3000\n", &["memory", "time"]),
    ("import math\nx = math.factorial(10**7)\n", &["memory", "time"]),
    ("import math\nx = math.comb(10**7, 5 * 10**6)\n", &["memory", "time"]),
    ("x = pow(3, 10**9)\n", &["memory", "time"]),
    (
        "import sys\nsys.set_int_max_str_digits(0)\nx = str(3 ** 10**6)\n",
        &["memory", "time", "bytes of state"],
    ),
    (
        "import re\nx = re.match('(a+)+$', 'a' * 60 + 'b')\n",
        &["time", "Unsupported"],
    ),
    (
        "import re\nx = re.match('(a|a)*$', 'a' * 60 + 'b')\n",
        &["time", "Unsupported"],
    ),
    (
        "import re\nx = re.sub('(x+x+)+y', '', 'x' * 60)\n",
        &["time", "Unsupported"],
    ),
    ("def f(n):\n    return f(n + 1)\nf(0)\n", &["RecursionError", "events"]),
    (
        "import sys\nsys.setrecursionlimit(10**9)\ndef f(n):\n    return f(n + 1)\nf(0)\n",
        &["memory", "events", "time"],
    ),
    (
        "import sys\nsys.setrecursionlimit(10**9)\nf = lambda n: f(n + 1)\nf(0)\n",
        &["memory", "events", "time", "Unsupported"],
    ),
    (
        "import sys\nsys.setrecursionlimit(10**9)\nclass A:\n    def __repr__(self):\n        return repr(self)\nx = A()\n",
        &["memory", "time", "Unsupported", "events"],
    ),
    (
        "class A:\n    def __repr__(self):\n        while True:\n            pass\nx = A()\n",
        &["time"],
    ),
    (
        "class A:\n    def __eq__(self, other):\n        while True:\n            pass\nx = A() == A()\n",
        &["time", "events"],
    ),
    (
        "class A:\n    def __hash__(self):\n        while True:\n            pass\nx = {A()}\n",
        &["time", "events"],
    ),
    (
        "class A:\n    def __hash__(self):\n        return hash(self)\nx = {A()}\n",
        &["RecursionError", "events"],
    ),
    (
        "class A:\n    def __eq__(self, o):\n        return self == o\nx = A() == A()\n",
        &["RecursionError", "events"],
    ),
    (
        "class A:\n    def __lt__(self, o):\n        return True\nx = sorted([A() for _ in range(10**7)])\n",
        &["memory", "events", "time", "Unsupported"],
    ),
    (
        "class A:\n    def __getattr__(self, n):\n        return getattr(self, n)\nA().x\n",
        &["RecursionError", "events"],
    ),
    (
        "class A:\n    def __iter__(self):\n        return iter(self)\nfor x in A():\n    pass\n",
        &["RecursionError", "events"],
    ),
    (
        "def g():\n    yield from g()\nlist(g())\n",
        &["RecursionError", "events"],
    ),
    (
        "def g():\n    while True:\n        yield 1\nx = list(g())\n",
        &["events", "memory", "time"],
    ),
    ("x = list(1 for _ in iter(int, 1))\n", &["memory", "time"]),
    (
        "def g(n):\n    for x in g(n + 1):\n        yield x\nlist(g(0))\n",
        &["RecursionError", "events"],
    ),
    (
        "import sys\nsys.setrecursionlimit(10**6)\nl = []\nfor i in range(5000):\n    l = [l]\n",
        &["bytes of state", "events", "memory", "time"],
    ),
    (
        "import sys\nsys.setrecursionlimit(10**6)\ndef f():\n    l = []\n    for i in range(200000):\n        l = [l]\n    return l == f\nf()\n",
        &["bytes of state", "events", "memory", "time"],
    ),
    ("l = []\n[l.append(l) or l for _ in range(30)]\nx = l == [l]\n", &["ok"]),
    (
        "a, b = [], []\na.append(b)\nb.append(a)\nx = a == b\n",
        &["RecursionError"],
    ),
    (
        "from functools import reduce\nx = reduce(lambda a, b: a * b, range(1, 10**7))\n",
        &["memory", "time"],
    ),
    (
        "import copy\nl = []\nfor i in range(40):\n    l = [l, l]\n    m = copy.deepcopy(l)\n",
        &["memory", "time", "bytes of state"],
    ),
    (
        "import random\nrandom.seed(1)\nx = [random.random() for _ in iter(int, 1)]\n",
        &["memory", "time"],
    ),
    ("import heapq\nx = heapq.nlargest(3, iter(int, 1))\n", &["time"]),
];

fn hostile_limits() -> Limits {
    Limits {
        max_memory: 64 << 20,
        max_output: 1 << 22,
        seconds: 0.4,
        ..Limits::default()
    }
}

/// More of them, with what may end each, one a line.
const MORE: &str = include_str!("limits_data/hostile.jsonl");

/// All hostile programs with what may end each.
fn hostile() -> Vec<(String, Vec<String>)> {
    let own = HOSTILE.iter().map(|(program, ends)| {
        let ends = ends.iter().map(|end| end.to_string()).collect();
        (program.to_string(), ends)
    });
    let more = MORE.lines().map(|line| {
        let line: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
        let ends = line["ends"].as_array().expect("a list").iter().map(text).collect();
        (text(&line["program"]), ends)
    });
    own.chain(more).collect()
}

/// Names the hostile program that a child process is to run.
const CHILD: &str = "HOSTILE_PROGRAM";

/// What a process of its own tells of one hostile program.
struct Seen {
    end: String,
    /// Of processor time, where the system counts it.
    seconds: f64,
    /// Bytes that the process grew by at its largest, where the system tells.
    grown: usize,
    /// What a program that runs next prints.
    next: String,
}

/// Seconds of processor time of this thread, or of the clock.
fn processor_seconds(start: Instant) -> f64 {
    std::fs::read_to_string("/proc/thread-self/schedstat")
        .ok()
        .and_then(|text| text.split_whitespace().next()?.parse::<f64>().ok())
        .map_or_else(|| start.elapsed().as_secs_f64(), |nanoseconds| nanoseconds * 1e-9)
}

/// The most memory that this process ever held.
fn peak_bytes() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|text| text.split_whitespace().next()?.parse::<usize>().ok())
        .map_or(0, |kilobytes| kilobytes << 10)
}

/// Runs a program and prints what is to be seen of it: the child's half of [`hostile_programs_meet_limits`].
#[test]
fn child_of_hostile_programs() {
    let Some(number) = std::env::var(CHILD).ok().and_then(|text| text.parse::<usize>().ok()) else {
        return;
    };
    let limits = hostile_limits();
    let mut tracer = Tracer::new();
    // The library is loaded, and the stacks have grown, before anything is measured.
    tracer.run("import re, copy\nx = sorted([2, 1])\nprint(x)\n", "", &limits, &mut ());
    let (peak, start) = (peak_bytes(), Instant::now());
    let before = processor_seconds(start);
    let outcome = tracer.run(&hostile()[number].0, "", &limits, &mut ());
    let seconds = processor_seconds(start) - before;
    let grown = peak_bytes() - peak;
    let end = match (&outcome.status, &outcome.exception) {
        (Status::Ok, _) => "ok",
        (Status::Limit, Some(limit)) => limit.message.as_str(),
        (_, Some(exception)) => exception.type_name.as_str(),
        (_, None) => "nothing",
    };
    let next = tracer.run("x = [1, 'a']\nprint(x)\n", "", &limits, &mut ());
    println!("\nSEEN;{end};{seconds};{grown};{}", next.stdout.trim());
}

fn see(number: usize) -> Option<Seen> {
    let output = Command::new(std::env::current_exe().ok()?)
        .args(["--exact", "child_of_hostile_programs", "--nocapture"])
        .env(CHILD, number.to_string())
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut parts = text.lines().find_map(|line| line.strip_prefix("SEEN;"))?.split(';');
    Some(Seen {
        end: parts.next()?.to_owned(),
        seconds: parts.next()?.parse().ok()?,
        grown: parts.next()?.parse().ok()?,
        next: parts.next()?.to_owned(),
    })
}

/// The first run that took no longer than `time`, or else the last.
fn first_within(runs: impl Iterator<Item = Seen>, time: f64) -> Option<Seen> {
    let mut last = None;
    for seen in runs {
        let within = seen.seconds <= time;
        last = Some(seen);
        if within {
            break;
        }
    }
    last
}

/// Each in a process of its own: by name, within 1.2 times the set time and memory, and the next program runs as if nothing had
/// been.
#[test]
fn hostile_programs_meet_limits() {
    let limits = hostile_limits();
    let mut wrong = Vec::new();
    let (time, memory) = (1.2 * limits.seconds, limits.max_memory / 5 * 6);
    for (number, (source, ends)) in hostile().into_iter().enumerate() {
        // What else the machine does can take time of one run; hardly of three in turn.
        let seen = (0..3).map_while(|_| see(number));
        let Some(Seen {
            end,
            seconds,
            grown,
            next,
        }) = first_within(seen, time)
        else {
            wrong.push(format!("{source:?}: its process died"));
            continue;
        };
        // On a slow machine the time may be over first.
        let named = end == "time" || ends.contains(&end);
        if !named || seconds > time || grown > memory || next != "[1, 'a']" {
            wrong.push(format!(
                "{source:?}: ended by {end} after {seconds:.3} s and {} MB; then {next:?}",
                grown >> 20
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn deep_sources_are_refused() {
    let limits = hostile_limits();
    let depth = 50_000;
    for source in [
        format!("x = {}1{}\n", "(".repeat(depth), ")".repeat(depth)),
        format!("x = {}1{}\n", "[".repeat(depth), "]".repeat(depth)),
        format!("x = {}1\n", "-".repeat(depth)),
        format!("x = {}1\n", "not ".repeat(depth)),
        format!("x = 1{}\n", " + 1".repeat(depth)),
        format!("x = a{}\n", ".b".repeat(depth)),
        format!("x = a{}\n", "[0]".repeat(depth)),
        format!("x = {}1\n", "lambda: ".repeat(depth)),
        format!("x = 1{}\n", " if 1 else 1".repeat(depth)),
        (0..2000)
            .map(|i| format!("{}if 1:\n", " ".repeat(i)))
            .collect::<String>()
            + &" ".repeat(2000)
            + "pass\n",
        format!("x = f'{}1{}'\n", "{".repeat(depth), "}".repeat(depth)),
        "(".repeat(depth),
    ] {
        let outcome = Tracer::new().run(&source, "", &limits, &mut ());
        assert!(
            !matches!(outcome.status, Status::Limit),
            "{}…: {:?}",
            &source[..40],
            outcome.exception
        );
    }
}
