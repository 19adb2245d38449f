//! What is dated, by date.

use std::collections::BTreeSet;

use onrecord_read::Date;

use crate::TimelineEntry;
use crate::piece::{Piece, Pieces, Telling};

/// Every assertion with a date in its words or, failing that, in its sentence; else the date when it was said. Copies stand once.
pub(crate) fn timeline(pieces: &Pieces<'_>) -> Vec<TimelineEntry> {
    let mut order: Vec<&Telling<'_>> = pieces.tellings.iter().collect();
    order.sort_by_key(|telling| (pieces.age(telling.piece), telling.at));
    let mut seen: BTreeSet<(String, bool, String)> = BTreeSet::new();
    let mut timeline = Vec::new();
    for telling in order {
        let Some(piece) = pieces.piece(telling) else { continue };
        let (dates, is_saying) = dates(telling, piece);
        let words = wording(telling, piece);
        for date in dates {
            if seen.insert((date.value.clone(), is_saying, words.clone())) {
                timeline.push(TimelineEntry { date, assertion: telling.at, is_saying });
            }
        }
    }
    timeline.sort_by(|one, two| {
        (&one.date.value, one.assertion, one.date.span).cmp(&(&two.date.value, two.assertion, two.date.span))
    });
    timeline
}

/// The dates of an assertion, and whether they are of its being said.
fn dates(telling: &Telling<'_>, piece: &Piece<'_>) -> (Vec<Date>, bool) {
    let said = telling.said;
    let times = || piece.reading.times.iter().filter_map(|time| time.date.as_ref().map(|date| (time.span, date)));
    let inside = |span| said.content.iter().any(|content| content.contains_span(span));
    let within: Vec<Date> = times().filter(|(span, _)| inside(*span)).map(|(_, date)| date.clone()).collect();
    if !within.is_empty() {
        return (within, false);
    }
    if let Some(date) = &said.said {
        return (vec![date.clone()], true);
    }
    let sentence = piece.sentences(&said.content, said.cue);
    // What else the sentence has somebody say has its own dates.
    let of_another =
        |span| piece.reading.assertions.iter().any(|other| other.content.iter().any(|content| content.contains_span(span)));
    let of_sentence = times().filter(|(span, _)| sentence.contains_span(*span) && !of_another(*span));
    (of_sentence.map(|(_, date)| date.clone()).collect(), false)
}

fn wording(telling: &Telling<'_>, piece: &Piece<'_>) -> String {
    let parts = telling.said.content.iter().map(|span| piece.page.clean.cut(*span));
    parts
        .flat_map(|part| part.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect::<Vec<_>>()
        .join(" ")
}
