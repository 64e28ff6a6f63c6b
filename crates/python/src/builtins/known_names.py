"""Prints known_names.txt: what CPython's library modules define (`module names`) and what their classes do (`module.class: names`),
in the order of their namespaces.

    python3.11 known_names.py ../modules > known_names.txt
"""

import importlib
import os
import re
import subprocess
import sys

def modules(folder):
    """The public modules that are made here: native ones by their registration, those in Python by their files."""
    with open(os.path.join(folder, "mod.rs"), encoding="utf-8") as file:
        found = set(re.findall(r'name: "([\w.]+)"', file.read()))
    found |= {name[:-3] for name in os.listdir(os.path.join(folder, "library")) if name.endswith(".py")}
    return sorted(name for name in found if not name.startswith("_") or name == "__future__")


def classes(names):
    """The classes that the modules show, those of their values, and what these derive from."""
    found = {}
    for name in names:
        values = list(vars(importlib.import_module(name)).values())
        for value in values:
            for kind in value.__mro__ if isinstance(value, type) else type(value).__mro__:
                if kind.__module__ != "builtins":
                    found[f"{kind.__module__}.{kind.__qualname__}"] = kind
    return found


def main():
    names = modules(sys.argv[1])
    for name in names:
        # In a process of its own: modules are entered into their packages by who imports them.
        show = f"import {name}, sys; print({name!r}, *vars(sys.modules[{name!r}]))"
        print(subprocess.run([sys.executable, "-c", show], capture_output=True, text=True, check=True).stdout, end="")
    for title, kind in sorted(classes(names).items()):
        print(f"{title}:", *vars(kind))


main()
