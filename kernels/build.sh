#!/usr/bin/env bash
# Compiles kernels/*.cu to kernels/ptx/, and has their machine code read into kernels/REPORT.md.
#
#   kernels/build.sh           rebuild everything
#   kernels/build.sh --tools   only install the toolchain
#   kernels/build.sh --check   fail when the committed PTX is not what the sources give, and list what falls short
#
# Needs python3 with venv, gcc, and on the first run the network: the toolchain is a virtual environment of pinned wheels in
# target/kernels (or $KERNEL_TOOLS). Building the Rust crates needs none of this.
set -euo pipefail
cd "$(dirname "$0")"
tools=${KERNEL_TOOLS:-../target/kernels}
mkdir -p "$tools"
tools=$(cd "$tools" && pwd)
# The base, for which the PTX is written, and what else its figures are given for (src/report/kernels/architecture.rs).
base=sm_80
architectures="$base sm_86 sm_89 sm_90 sm_100 sm_120"
# The lowest PTX version that both assemblers accept for these kernels: drivers from CUDA 11.0 on compile it.
ptx_version=7.0

if [ ! -x "$tools/current/bin/python" ] || [ ! -e "$tools/complete" ]; then
    python3 -m venv "$tools/current"
    "$tools/current/bin/pip" install --quiet 'cuda-toolkit[nvcc,nvvm,crt,cudart,cccl,cuobjdump,nvdisasm]==13.5.0'
    python3 -m venv "$tools/older"
    "$tools/older/bin/pip" install --quiet nvidia-cuda-nvcc-cu12==12.9.86
    touch "$tools/complete"
fi
[ "${1:-}" != --tools ] || exit 0
current=$(echo "$tools"/current/lib/python3*/site-packages/nvidia/cu13/bin)
older=$(echo "$tools"/older/lib/python3*/site-packages/nvidia/cuda_nvcc/bin)
export PATH="$current:$PATH"

output="$tools/output"
rm -rf "$output"
for architecture in $architectures; do mkdir -p "$output/$architecture"; done

compile() {
    local name=$1 architecture
    # Fused multiply-adds stand in the source; none are left to the compiler's choice, so that every device agrees.
    nvcc -arch="$base" -std=c++17 -O3 -fmad=false -ptx "$name.cu" -o "$output/$name.raw"
    # Comments (the compiler's version, inline assembly's marks) and the newest version header go.
    sed -e 's|//.*||' -e '/pragma "used_bytes_mask/d' -e 's/[ \t]*$//' -e '/^$/d' -e "s/^\.version .*/.version $ptx_version/" "$output/$name.raw" >"$output/$name.ptx"
    "$older/ptxas" -arch "$base" "$output/$name.ptx" -o "$output/$name.older.cubin"
    for architecture in $architectures; do
        ptxas -v -arch "$architecture" "$output/$name.ptx" -o "$output/$architecture/$name.cubin" 2>"$output/$architecture/$name.resources"
        nvdisasm -c "$output/$architecture/$name.cubin" >"$output/$architecture/$name.sass"
    done
    rm "$output/$name.raw" "$output/$name.older.cubin"
}
export -f compile
export base architectures output older ptx_version
# The largest first, so that none is left to the end alone.
ls -S ./*.cu | sed 's|^./||; s|\.cu$||' | xargs -P "$(nproc)" -I NAME bash -euo pipefail -c 'compile NAME'

if [ "${1:-}" = --check ]; then
    for name in $(cd "$output" && ls ./*.ptx) $(cd ptx && ls ./*.ptx); do
        if ! cmp -s "$output/$name" "ptx/$name"; then
            echo "kernels/build.sh: ptx/$(basename "$name") is stale: run kernels/build.sh and commit what it writes" >&2
            exit 1
        fi
    done
    cd ..
    exec cargo run --quiet --locked -- kernels report --machine-code "$output" --counters --check --output /dev/null
fi
mkdir -p ptx
rm -f ptx/*.ptx
cp "$output"/*.ptx ptx/
cd ..
cargo run --quiet --locked -- kernels report --machine-code "$output" --counters --output kernels/REPORT.md
