//! A software CUDA device: PTX on the CPU behind the CUDA driver API.
