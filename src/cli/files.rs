//! Files as what made a figure: named by their hash.

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// SHA-256 of a file, in hexadecimal digits.
pub fn sha256(path: &Path) -> Result<String> {
    let mut file = std::fs::File::open(path).with_context(|| path.display().to_string())?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 20];
    loop {
        let read = std::io::Read::read(&mut file, &mut buffer).with_context(|| path.display().to_string())?;
        if read == 0 {
            break;
        }
        hash.update(&buffer[..read]);
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// The file that holds the weights of a model's folder.
pub fn weights(directory: &Path) -> Result<PathBuf> {
    let names = ["model.safetensors", "pytorch_model.bin"];
    match names
        .iter()
        .map(|name| directory.join(name))
        .find(|path| path.is_file())
    {
        Some(path) => Ok(path),
        None => bail!("{}: holds neither {} nor {}", directory.display(), names[0], names[1]),
    }
}

/// SHA-256 of a model's weights.
pub fn weights_sha256(directory: &Path) -> Result<String> {
    sha256(&weights(directory)?)
}
