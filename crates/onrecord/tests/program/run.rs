//! Runs the program; the only place that does.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// What a run gave back.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Run {
    /// The run, which must have ended with this exit code.
    #[track_caller]
    pub(crate) fn ended(self, code: i32) -> Self {
        assert_eq!(self.code, code, "standard error:\n{}\nstandard output:\n{}", self.err, self.out);
        self
    }

    /// Checks that standard error holds all these words.
    #[track_caller]
    pub(crate) fn says(&self, words: &[&str]) {
        for words in words {
            assert!(self.err.contains(words), "`{words}` is not in standard error:\n{}", self.err);
        }
    }
}

/// Runs `onrecord` with these arguments in this folder.
pub(crate) fn onrecord(folder: &Path, arguments: &[&str]) -> Run {
    onrecord_reading(folder, arguments, b"")
}

/// The same, with something on standard input.
pub(crate) fn onrecord_reading(folder: &Path, arguments: &[&str], input: &[u8]) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that ends without reading all of it closes the pipe; that is its right.
    let _ = child.stdin.take().unwrap().write_all(input);
    let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
    let err = String::from_utf8_lossy(&stderr).into_owned();
    assert!(!err.contains("panicked"), "{err}");
    Run { code: status.code().unwrap(), out: String::from_utf8(stdout).unwrap(), err }
}

/// The folder of the whole project.
pub(crate) fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Writes files into a new folder that goes away with the value.
pub(crate) fn folder_with(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    folder
}
