//! The subcommands, one file each.

mod about;
mod add;
mod ask;
mod brief;
mod checkpoint;
mod decide;
mod dossier;
mod pack_check;
mod prove;
mod read;
mod review;
mod search;
mod verify;
mod view;
mod watch;

use anyhow::Result;
use onrecord_wire::terminal::Section;

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
        Command::Ask(flags) => ask::run(&flags),
        Command::Dossier(flags) => dossier::run(&flags),
        Command::Ledger(flags) => view::run(&flags, Section::Ledger),
        Command::Claims(flags) => view::run(&flags, Section::Claims),
        Command::Figures(flags) => view::run(&flags, Section::Figures),
        Command::Timeline(flags) => view::run(&flags, Section::Timeline),
        Command::Actors(flags) => view::run(&flags, Section::Actors),
        Command::Add(flags) => add::run(&flags),
        Command::Watch(flags) => watch::run(&flags),
        Command::Reread(flags) => add::reread(&flags),
        Command::Copy { record, to } => add::copy(&record, &to),
        Command::Search(flags) => search::run(&flags),
        Command::Schema { decisions } => about::schema(decisions),
        Command::Review(flags) => review::run(&flags),
        Command::Decide(flags) => decide::run(&flags),
        Command::Checkpoint(flags) => checkpoint::run(&flags),
        Command::Key { name, output } => checkpoint::make_key(&name, &output),
        Command::Prove(flags) => prove::run(&flags),
        Command::VerifyProof { file, key } => prove::verify(&file, key.as_deref()),
        Command::Verify(flags) => verify::run(&flags),
        Command::Pack(PackCommand::Check { dir }) => pack_check::run(&dir),
        Command::Completions { shell } => about::completions(shell),
        Command::Man => about::manual(),
    }
}
