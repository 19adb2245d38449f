//! The program: flags in, files read, the record printed, exit codes out.
//!
//! It is the only crate that touches files, terminal, clock or environment. Everything it knows of the text comes from the
//! libraries below it, which are pure.

mod command;
mod files;
mod flags;
mod output;
mod pack;
mod pages;
mod progress;
mod stop;

use std::process::ExitCode;
use std::sync::Mutex;

use clap::Parser;

use crate::flags::Flags;

/// Reading asks for many small pieces of memory from many threads: a tenth of the time is saved by it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How a run ended, short of an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// Everything asked for was done.
    Done,
    /// A finding that the caller asked to fail on.
    Found,
    /// Some input could not be read; the rest was.
    Unreadable,
    /// Ctrl-C ended it before all was done; what was done is kept.
    Stopped,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Done => 0,
            Outcome::Found => 1,
            Outcome::Unreadable => 2,
            Outcome::Stopped => stop::INTERRUPTED,
        })
    }
}

/// What the last panic said.
static PANIC: Mutex<String> = Mutex::new(String::new());

fn main() -> ExitCode {
    // Some libraries give up on odd input by a panic, which is caught where they are asked. Only one that nobody caught is told.
    std::panic::set_hook(Box::new(|panic| {
        if let Ok(mut last) = PANIC.lock() {
            *last = panic.to_string();
        }
    }));
    std::panic::catch_unwind(|| ended(command::run(Flags::parse()))).unwrap_or_else(|panic| {
        output::complain(&PANIC.lock().map_or_else(|_| String::new(), |last| last.clone()));
        std::panic::resume_unwind(panic)
    })
}

fn ended(result: anyhow::Result<Outcome>) -> ExitCode {
    match result {
        Ok(outcome) => outcome.into(),
        // Whoever reads our output has seen enough (`onrecord brief … | head`): a normal end.
        Err(error) if output::is_closed_pipe(&error) => Outcome::Done.into(),
        Err(error) => {
            output::complain(&format!("{error:#}"));
            Outcome::Unreadable.into()
        }
    }
}
