//! The brief on a terminal: plain lines that wrap at words and end with the place of what they say.

mod answer;
mod paint;
mod section;

use onrecord_lexicon::Lexicon;
use onrecord_record::{Answer, Record};

use crate::view;
pub use crate::view::letters_given;
use paint::{Paint, Style};

/// The brief of a record for a terminal `width` columns wide, with ANSI colours if `color`.
///
/// Eight sections: demands and assurances; claims; figures; timeline; what is open and in force; who is who; what could not be settled; what
/// articles share.
#[must_use]
pub fn brief(record: &Record, lexicon: &Lexicon, width: usize, color: bool) -> String {
    let brief = view::brief(record, lexicon);
    let mut paint = Paint::new(width, color);
    head(&mut paint, &brief);
    section::ledger(&mut paint, &brief.ledger);
    section::claims(&mut paint, &brief.claims);
    section::figures(&mut paint, &brief.figures);
    section::timeline(&mut paint, &brief.timeline);
    section::affairs(&mut paint, &brief.affairs, brief.affairs_left);
    section::who(&mut paint, &brief.who);
    section::open(&mut paint, &brief.open);
    section::among(&mut paint, &brief.among);
    paint.finish()
}

/// A section of the brief.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// Demands and assurances.
    Ledger,
    /// Claims and how they stand.
    Claims,
    /// Figures.
    Figures,
    /// What is dated.
    Timeline,
    /// Who is who.
    Actors,
}

/// One section of the brief alone, under the same labels, for a terminal `width` columns wide.
#[must_use]
pub fn section(record: &Record, lexicon: &Lexicon, of: Section, width: usize, color: bool) -> String {
    let brief = view::brief(record, lexicon);
    let mut paint = Paint::new(width, color);
    head(&mut paint, &brief);
    match of {
        Section::Ledger => section::ledger(&mut paint, &brief.ledger),
        Section::Claims => section::claims(&mut paint, &brief.claims),
        Section::Figures => section::figures(&mut paint, &brief.figures),
        Section::Timeline => section::timeline(&mut paint, &brief.timeline),
        Section::Actors => section::who(&mut paint, &brief.who),
    }
    paint.finish()
}

/// The answer to a question, for a terminal `width` columns wide; `question` is what was asked.
#[must_use]
pub fn answer(record: &Record, lexicon: &Lexicon, question: &str, answer: &Answer, width: usize, color: bool) -> String {
    let mut paint = Paint::new(width, color);
    answer::answer(&mut paint, question, answer, &view::answer(record, lexicon, answer));
    paint.finish()
}

fn head(paint: &mut Paint, brief: &view::Brief) {
    paint.line(0, 0, &[(Style::Strong, "What is on record")]);
    paint.line(0, 0, &[(Style::Plain, &brief.head.sentence())]);
    paint.line(0, 0, &[(Style::Plain, view::WHAT_IT_IS)]);
    paint.line(0, 0, &[(Style::Faint, view::LEGEND)]);
    brief.review.iter().for_each(|sentence| paint.line(0, 0, &[(Style::Plain, sentence)]));
}
