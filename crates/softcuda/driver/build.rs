//! Gives the library its SONAME, and links it as `softcuda/libcuda.so` and `softcuda/libcuda.so.1` beside it.

use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-cdylib-link-arg=-Wl,-soname,libcuda.so");
    // OUT_DIR is target/<profile>/build/<package>/out. Where that should ever change the links are left out:
    // they are a convenience that the README describes how to make by hand.
    let out = std::env::var("OUT_DIR").unwrap_or_default();
    if let Some(profile) = Path::new(&out).ancestors().nth(3) {
        let links = profile.join("softcuda");
        let _ = std::fs::create_dir_all(&links);
        for name in ["libcuda.so", "libcuda.so.1"] {
            let link = links.join(name);
            let _ = std::fs::remove_file(&link);
            let _ = std::os::unix::fs::symlink("../libsoftcuda_driver.so", link);
        }
    }
}
