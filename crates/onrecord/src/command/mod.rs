//! The subcommands, one file each.

mod about;
mod brief;
mod pack_check;
mod read;
mod verify;

use anyhow::Result;

use crate::Outcome;
use crate::flags::{Command, Flags, PackCommand};

/// Does what the flags say.
///
/// # Errors
/// Whatever kept it from being done at all.
pub(crate) fn run(flags: Flags) -> Result<Outcome> {
    match flags.command {
        Command::Brief(flags) => brief::run(&flags),
        Command::Read(flags) => read::run(&flags),
        Command::Schema => about::schema(),
        Command::Verify(flags) => verify::run(&flags),
        Command::Pack(PackCommand::Check { dir }) => pack_check::run(&dir),
        Command::Completions { shell } => about::completions(shell),
        Command::Man => about::manual(),
    }
}
