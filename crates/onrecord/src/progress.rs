//! A bar on standard error, where somebody waits and looks.

use std::io::{IsTerminal, stderr};

use indicatif::{ProgressBar, ProgressStyle};

/// Fewer files than this are read before a bar could be looked at.
const WORTH_A_BAR: usize = 50;

/// How far the reading is; silent unless standard error is a terminal and there is much to read.
pub(crate) struct Progress(ProgressBar);

impl Progress {
    /// Progress over so many files.
    pub(crate) fn over(files: usize) -> Self {
        if files < WORTH_A_BAR || !stderr().is_terminal() {
            return Self(ProgressBar::hidden());
        }
        let bar = ProgressBar::new(files as u64);
        let style = ProgressStyle::with_template("reading {pos}/{len} {wide_bar} {per_sec:0}, {eta} left");
        Self(bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar())))
    }

    /// One file more is done.
    pub(crate) fn step(&self) {
        self.0.inc(1);
    }

    /// All are; the bar goes away.
    pub(crate) fn finish(&self) {
        self.0.finish_and_clear();
    }
}
