//! Ctrl-C in work that goes on for long: what is in hand is finished and written, and the summary printed. A second one ends the program at
//! once. Nothing that was acknowledged is lost either way.

use std::sync::{Condvar, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result};

use crate::output;

/// Exit code of a program that an interrupt ended: 128 and the number of the signal, as shells have it.
pub(crate) const INTERRUPTED: u8 = 130;

static ASKED: Mutex<bool> = Mutex::new(false);
static WOKEN: Condvar = Condvar::new();

/// From now on the first Ctrl-C only asks.
pub(crate) fn listen() -> Result<()> {
    static LISTENS: OnceLock<()> = OnceLock::new();
    if LISTENS.set(()).is_err() {
        return Ok(());
    }
    let answer = || {
        let mut asked = ASKED.lock().unwrap_or_else(PoisonError::into_inner);
        if std::mem::replace(&mut *asked, true) {
            std::process::exit(i32::from(INTERRUPTED));
        }
        WOKEN.notify_all();
        output::complain(
            "stopping when what is in hand is written; Ctrl-C again stops at once, and loses nothing that is written",
        );
    };
    ctrlc::set_handler(answer).context("Ctrl-C cannot be listened to")
}

/// Whether Ctrl-C was pressed.
pub(crate) fn asked() -> bool {
    *ASKED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Waits so long, or until Ctrl-C is pressed.
pub(crate) fn sleep(duration: Duration) {
    let asked = ASKED.lock().unwrap_or_else(PoisonError::into_inner);
    drop(WOKEN.wait_timeout_while(asked, duration, |asked| !*asked));
}
