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
"$nvcc" -ptx -arch=sm_80 -O3 -lineinfo simt.cu -o ../ptx/simt.sm_80.O3.ptx
# What the host computes has to be the same: no contraction into fused multiply-adds.
"$nvcc" -ptx -arch=sm_80 -O3 -fmad=false language.cu -o ../ptx/language.sm_80.O3.ptx
"$nvcc" -ptx -arch=sm_75 -G -fmad=false language.cu -o ../ptx/language.sm_75.G.ptx
"$nvcc" -ptx -arch=sm_90 -Xcicc -O0 -fmad=false language.cu -o ../ptx/language.sm_90.O0.ptx
g++ -O1 -ffp-contract=off -fwrapv -x c++ language.cu -o /tmp/language.host
/tmp/language.host > ../ptx/language.expected
rm /tmp/language.host
for arch in 75 80 90; do
    "$nvcc" -ptx -std=c++17 -arch=sm_$arch -O3 cooperation.cu -o ../ptx/cooperation.sm_$arch.O3.ptx
done
"$nvcc" -ptx -arch=sm_80 -O3 gemm.cu -o ../ptx/gemm.sm_80.O3.ptx
# Keep the names of source files, not where they lay.
sed -i -E '/\.file/s#"[^"]*/#"#' ../ptx/*.ptx
