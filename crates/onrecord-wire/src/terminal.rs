//! The brief on a terminal: plain lines that wrap at words and end with the place of what they say.

mod paint;
mod section;

use onrecord_lexicon::Lexicon;
use onrecord_record::Record;

use crate::view;
use paint::{Paint, Style};

/// The brief of a record for a terminal `width` columns wide, with ANSI colours if `color`.
///
/// Seven sections: demands and assurances; claims; figures; timeline; what is open and in force; who is who; what could not be settled.
#[must_use]
pub fn brief(record: &Record, lexicon: &Lexicon, width: usize, color: bool) -> String {
    let brief = view::brief(record, lexicon);
    let mut paint = Paint::new(width, color);
    head(&mut paint, &brief.head);
    section::ledger(&mut paint, &brief.ledger);
    section::claims(&mut paint, &brief.claims);
    section::figures(&mut paint, &brief.figures);
    section::timeline(&mut paint, &brief.timeline);
    section::affairs(&mut paint, &brief.affairs, brief.affairs_left);
    section::who(&mut paint, &brief.who);
    section::open(&mut paint, &brief.open);
    paint.finish()
}

fn head(paint: &mut Paint, head: &view::Head) {
    paint.line(0, 0, &[(Style::Strong, "What is on record")]);
    paint.line(0, 0, &[(Style::Plain, &head.sentence())]);
    paint.line(0, 0, &[(Style::Plain, view::WHAT_IT_IS)]);
    paint.line(0, 0, &[(Style::Faint, view::LEGEND)]);
}
