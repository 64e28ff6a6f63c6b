#!/usr/bin/env bash
# Rebuilds the kernels and fails when the committed PTX is stale, a kernel spills, or one misses a goal of kernels/REPORT.md.
# Needs python3 with venv, gcc and, on the first run, the network; where the toolchain cannot be had it says so and passes.
set -euo pipefail
cd "$(dirname "$0")"
if ! timeout 600 ./build.sh --tools; then
    echo "kernels/check.sh: the toolchain cannot be had here: PTX is not checked" >&2
    exit 0
fi
./build.sh --check
