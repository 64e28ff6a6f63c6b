//! Files: JSON lines, plain or compressed, and writing that leaves either the whole file or none.

use anyhow::{Context, Result, bail};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

/// A file that is written under another name beside its own and takes its place when it is whole.
pub struct AtomicFile {
    path: PathBuf,
    temporary: PathBuf,
    file: Option<BufWriter<File>>,
}

impl AtomicFile {
    pub fn create(path: &Path) -> Result<AtomicFile> {
        let name = path
            .file_name()
            .with_context(|| format!("{}: not a file name", path.display()))?;
        if path.is_dir() {
            bail!("{}: is a directory", path.display());
        }
        let prefix = format!(".{}.", name.to_string_lossy());
        remove_leftovers(path, &prefix);
        let temporary = path.with_file_name(format!("{prefix}{}.tmp", std::process::id()));
        let file = File::create(&temporary).with_context(|| format!("{}: cannot be written", path.display()))?;
        Ok(AtomicFile {
            path: path.to_owned(),
            temporary,
            file: Some(BufWriter::with_capacity(1 << 16, file)),
        })
    }

    /// Puts the file in its place, on disk.
    pub fn commit(mut self) -> Result<()> {
        let failed = || format!("{}: cannot be written", self.path.display());
        let file = self.file.take().expect("taken only here");
        let file = file
            .into_inner()
            .map_err(|error| error.into_error())
            .with_context(failed)?;
        file.sync_all().with_context(failed)?;
        fs::rename(&self.temporary, &self.path).with_context(failed)
    }
}

impl Write for AtomicFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.as_mut().expect("open until committed").write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_mut().expect("open until committed").flush()
    }
}

impl Drop for AtomicFile {
    fn drop(&mut self) {
        // Gone already when it was committed.
        let _ = fs::remove_file(&self.temporary);
    }
}

/// Removes what killed processes left of a file that they were writing; those of running ones stay.
fn remove_leftovers(path: &Path, prefix: &str) {
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let Ok(entries) = fs::read_dir(directory.unwrap_or(Path::new("."))) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let process = name
            .to_str()
            .and_then(|name| name.strip_prefix(prefix)?.strip_suffix(".tmp")?.parse::<u32>().ok());
        // Where there is no /proc, nobody can tell: then they stay.
        if process
            .is_some_and(|id| Path::new("/proc/self").exists() && !Path::new("/proc").join(id.to_string()).exists())
        {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Writes a whole file, or none.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut file = AtomicFile::create(path)?;
    file.write_all(bytes).with_context(|| path.display().to_string())?;
    file.commit()
}

/// Makes a directory, and says plainly when nothing can be written into it.
pub fn writable_directory(path: &Path) -> Result<()> {
    fs::create_dir_all(path).with_context(|| format!("{}: this directory cannot be made", path.display()))?;
    let probe = path.join(format!(".write-test.{}", std::process::id()));
    File::create(&probe).with_context(|| format!("{}: nothing can be written into this directory", path.display()))?;
    fs::remove_file(&probe).with_context(|| probe.display().to_string())
}

fn is_compressed(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "zst")
}

/// Opens a text file, decompressed when its name ends in `.zst`.
pub fn open_text(path: &Path) -> Result<Box<dyn BufRead + Send>> {
    let file = File::open(path).with_context(|| path.display().to_string())?;
    if file.metadata().is_ok_and(|metadata| metadata.is_dir()) {
        bail!("{}: is a directory", path.display());
    }
    Ok(if is_compressed(path) {
        let decoder = zstd::Decoder::new(file).with_context(|| format!("{}: not zstd", path.display()))?;
        Box::new(BufReader::with_capacity(1 << 16, decoder))
    } else {
        Box::new(BufReader::with_capacity(1 << 16, file))
    })
}

/// The objects of a JSON-lines file with their line numbers from 1; blank lines are stepped over.
pub struct JsonLines<T> {
    path: PathBuf,
    reader: Box<dyn BufRead + Send>,
    line: String,
    number: usize,
    kind: std::marker::PhantomData<fn() -> T>,
}

impl<T: DeserializeOwned> JsonLines<T> {
    pub fn open(path: &Path) -> Result<JsonLines<T>> {
        Ok(JsonLines {
            path: path.to_owned(),
            reader: open_text(path)?,
            line: String::new(),
            number: 0,
            kind: std::marker::PhantomData,
        })
    }

    fn read(&mut self) -> Result<Option<(usize, T)>> {
        loop {
            self.line.clear();
            self.number += 1;
            let place = || format!("{}: line {}", self.path.display(), self.number);
            if self.reader.read_line(&mut self.line).with_context(place)? == 0 {
                return Ok(None);
            }
            let line = self.line.trim();
            if line.is_empty() {
                continue;
            }
            return Ok(Some((self.number, serde_json::from_str(line).with_context(place)?)));
        }
    }
}

impl<T: DeserializeOwned> Iterator for JsonLines<T> {
    type Item = Result<(usize, T)>;

    fn next(&mut self) -> Option<Self::Item> {
        self.read().transpose()
    }
}

/// Writes JSON lines, compressed when the name ends in `.zst`; the file appears when it is whole.
pub enum JsonLinesWriter {
    Plain(AtomicFile),
    Compressed(zstd::Encoder<'static, AtomicFile>),
}

impl JsonLinesWriter {
    pub fn create(path: &Path) -> Result<JsonLinesWriter> {
        let file = AtomicFile::create(path)?;
        Ok(if is_compressed(path) {
            JsonLinesWriter::Compressed(zstd::Encoder::new(file, 3).context("starting zstd")?)
        } else {
            JsonLinesWriter::Plain(file)
        })
    }

    pub fn write(&mut self, value: &impl Serialize) -> Result<()> {
        let mut line = serde_json::to_vec(value)?;
        line.push(b'\n');
        self.write_bytes(&line)
    }

    /// Writes lines that are JSON already.
    pub fn write_bytes(&mut self, lines: &[u8]) -> Result<()> {
        match self {
            JsonLinesWriter::Plain(file) => file.write_all(lines),
            JsonLinesWriter::Compressed(encoder) => encoder.write_all(lines),
        }
        .context("writing JSON lines")
    }

    pub fn commit(self) -> Result<()> {
        match self {
            JsonLinesWriter::Plain(file) => file.commit(),
            JsonLinesWriter::Compressed(encoder) => encoder.finish().context("finishing zstd")?.commit(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn lines_survive_both_forms_and_errors_name_them() {
        let directory = tempfile::tempdir().unwrap();
        for name in ["a.jsonl", "a.jsonl.zst"] {
            let path = directory.path().join(name);
            let mut writer = JsonLinesWriter::create(&path).unwrap();
            writer.write(&json!({"a": 1})).unwrap();
            writer.write_bytes(b"\n[2]\n").unwrap();
            assert!(!path.exists());
            writer.commit().unwrap();
            let read: Vec<(usize, Value)> = JsonLines::open(&path).unwrap().map(Result::unwrap).collect();
            assert_eq!(read, [(1, json!({"a": 1})), (3, json!([2]))]);
        }
        let path = directory.path().join("bad.jsonl");
        std::fs::write(&path, "{}\n{]\n").unwrap();
        let error = JsonLines::<Value>::open(&path).unwrap().find_map(Result::err).unwrap();
        assert!(format!("{error:#}").contains("bad.jsonl: line 2"), "{error:#}");
    }

    #[test]
    fn what_a_killed_process_left_is_removed() {
        let directory = tempfile::tempdir().unwrap();
        // No process has the largest number: the system's highest is 2^22.
        let left = directory.path().join(format!(".x.{}.tmp", u32::MAX));
        let other = directory.path().join(".y.1.tmp");
        for path in [&left, &other] {
            std::fs::write(path, "half").unwrap();
        }
        write_atomically(&directory.path().join("x"), b"whole").unwrap();
        assert!(!left.exists() && other.exists());
    }

    #[test]
    fn a_file_that_is_not_committed_leaves_nothing() {
        let directory = tempfile::tempdir().unwrap();
        drop(AtomicFile::create(&directory.path().join("x")).unwrap());
        assert_eq!(std::fs::read_dir(directory.path()).unwrap().count(), 0);
    }
}
