//! Gives the library the SONAME of its generation, and links it beside softcuda's `libcuda.so.1` under the names that
//! programs ask for. Serves both packages.

use std::path::Path;

fn main() {
    println!("cargo::rerun-if-env-changed=CARGO_PKG_NAME");
    println!("cargo::rustc-check-cfg=cfg(cuda13)");
    let generation = match std::env::var("CARGO_PKG_NAME").as_deref() {
        Ok("softcuda-runtime-13") => 13,
        _ => 12,
    };
    let file = match generation {
        13 => "libsoftcuda_runtime_13.so",
        _ => "libsoftcuda_runtime.so",
    };
    if generation == 13 {
        println!("cargo::rustc-cfg=cuda13");
    }
    let name = format!("libcudart.so.{generation}");
    println!("cargo::rustc-cdylib-link-arg=-Wl,-soname,{name}");
    // OUT_DIR is target/<profile>/build/<package>/out. Where that should ever change the links are left out:
    // they are a convenience that the README describes how to make by hand.
    let out = std::env::var("OUT_DIR").unwrap_or_default();
    if let Some(profile) = Path::new(&out).ancestors().nth(3) {
        let links = profile.join("softcuda");
        // The name to link with is in a directory of each generation: nvcc has to meet that of its own headers.
        let development = links.join(format!("cuda{generation}"));
        let _ = std::fs::create_dir_all(&development);
        for (link, target) in [
            (links.join(&name), format!("../{file}")),
            (development.join("libcudart.so"), format!("../../{file}")),
        ] {
            let _ = std::fs::remove_file(&link);
            let _ = std::os::unix::fs::symlink(target, link);
        }
    }
}
