#!/usr/bin/env bash
# Rebuilds the kernels and fails when the committed PTX is stale, a kernel spills, or one misses a goal of kernels/REPORT.md.
# Needs python3 with venv, gcc and, on the first run, the network; where the wheels cannot be had it says so and passes.
set -euo pipefail
cd "$(dirname "$0")"
tools=${KERNEL_TOOLS:-../target/kernels}
if [ ! -e "$tools/complete" ]; then
    probe=$(mktemp -d)
    trap 'rm -rf "$probe"' EXIT
    if ! python3 -m venv "$probe/venv" >/dev/null 2>&1 ||
        ! "$probe/venv/bin/pip" download --quiet --no-deps --dest "$probe" 'cuda-toolkit==13.5.0' >/dev/null 2>&1; then
        echo "kernels/check.sh: the toolchain's wheels cannot be had here: PTX is not checked" >&2
        exit 0
    fi
fi
./build.sh --check
