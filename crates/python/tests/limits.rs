//! Hostile programs meet a limit, named, near the time and memory that were set; the next program runs as if nothing had been.

use python::{Limits, Status, Tracer};
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
        seconds: 0.3,
        ..Limits::default()
    }
}

#[test]
fn hostile_programs_meet_limits_by_name() {
    let limits = hostile_limits();
    let mut tracer = Tracer::new();
    let mut wrong = Vec::new();
    for (source, ends) in HOSTILE {
        let start = Instant::now();
        let outcome = tracer.run(source, "", &limits, &mut ());
        let took = start.elapsed();
        let end = match (&outcome.status, &outcome.exception) {
            (Status::Ok, _) => "ok",
            (Status::Limit, Some(limit)) => limit.message.as_str(),
            (_, Some(exception)) => exception.type_name.as_str(),
            (_, None) => "nothing",
        };
        // Ten times as long is far beyond what a loaded machine makes of it.
        // On a slow machine the time may be over first.
        if (end != "time" && !ends.contains(&end)) || took.as_secs_f64() > 10.0 * limits.seconds {
            wrong.push(format!(
                "{source:?}: ended by {end} after {took:?}; {:?}",
                outcome.exception
            ));
        }
        let after = tracer.run("x = [1, 'a']\nprint(x)\n", "", &limits, &mut ());
        assert_eq!(after.stdout, "[1, 'a']\n", "after {source:?}");
        assert_eq!(after.status, Status::Ok, "after {source:?}");
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
