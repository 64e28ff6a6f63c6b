#!/bin/sh
# Compiles the programs here to ../ptx. NVCC: the compiler to use.
set -e
cd "$(dirname "$0")"
nvcc=${NVCC:-nvcc}
for source in basics printing locks; do
    "$nvcc" -ptx -arch=sm_80 -O3 -lineinfo "$source.cu" -o "../ptx/$source.sm_80.O3.ptx"
    "$nvcc" -ptx -arch=sm_75 -G "$source.cu" -o "../ptx/$source.sm_75.G.ptx"
    "$nvcc" -ptx -arch=sm_90 -O0 "$source.cu" -o "../ptx/$source.sm_90.O0.ptx"
done
"$nvcc" -ptx -arch=sm_80 -O3 gemm.cu -o ../ptx/gemm.sm_80.O3.ptx
# Keep the names of source files, not where they lay.
sed -i -E '/\.file/s#"[^"]*/#"#' ../ptx/*.ptx
