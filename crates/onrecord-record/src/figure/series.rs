//! Figures of one thing as a series: who gives which value since when, what it replaces and what it stands against.

use onrecord_read::{Speaker, SpeakerKind};

use super::count::Count;
use crate::origin::key;
use crate::piece::{Pieces, Telling};
use crate::{GivenValue, ItemRef};

/// Who gives a value: the side that speaks or, where none is known, the speaker; the outlet for what it says in its own voice.
#[derive(PartialEq, Eq)]
struct Source(String);

/// A value under way.
struct Draft<'c, 'a> {
    source: Source,
    count: &'c Count<'a>,
    given: GivenValue,
}

/// The values of figures that count one thing, oldest first, those without a day last. `counts` come by the age of their articles.
///
/// One value of one source is one row however often it is given. Where a source gives another value on a later day, that one takes the
/// place of the earlier one. Values of two sources are rivals when no number fits both, and the earlier of them had not been replaced by its own
/// source when the later one was given. Two values of one source for one day, or for days that are not known, are rivals, too.
pub(super) fn series(counts: &[&Count<'_>], pieces: &Pieces<'_>) -> Vec<GivenValue> {
    let mut drafts: Vec<Draft<'_, '_>> = Vec::new();
    for count in counts {
        let telling = count.assertion().and_then(|item| pieces.telling(ItemRef { item, ..count.at }));
        let source = source(telling, count, pieces);
        let day = day(telling, count, pieces);
        match drafts.iter_mut().find(|draft| draft.source == source && draft.count.gives_the_same(count)) {
            Some(draft) => draft.again(count.at, day),
            None => drafts.push(Draft {
                source,
                count,
                given: GivenValue {
                    by: telling.map(|telling| telling.said.speaker.clone()).filter(|by| by.kind != SpeakerKind::Author),
                    figures: vec![count.at],
                    first_said: day.clone(),
                    last_said: day,
                    replaced_by: None,
                    rivals: Vec::new(),
                },
            }),
        }
    }
    drafts.sort_by(|one, two| {
        let order = |draft: &Draft<'_, '_>| (draft.given.first_said.is_none(), draft.given.first_said.clone());
        order(one).cmp(&order(two))
    });
    let replaced: Vec<Option<usize>> = (0..drafts.len()).map(|at| replaced_by(at, &drafts)).collect();
    let rivals: Vec<Vec<usize>> = (0..drafts.len()).map(|at| rivals(at, &drafts, &replaced)).collect();
    let linked = drafts.into_iter().zip(replaced).zip(rivals);
    linked.map(|((draft, replaced_by), rivals)| GivenValue { replaced_by, rivals, ..draft.given }).collect()
}

impl Draft<'_, '_> {
    /// The same value from the same source once more.
    fn again(&mut self, at: ItemRef, day: Option<String>) {
        self.given.figures.push(at);
        let Some(day) = day else { return };
        let earliest = self.given.first_said.as_ref().is_none_or(|first| day < *first);
        let latest = self.given.last_said.as_ref().is_none_or(|last| day > *last);
        if earliest {
            self.given.first_said = Some(day.clone());
        }
        if latest {
            self.given.last_said = Some(day);
        }
    }

    fn is_later_than(&self, other: &Self) -> bool {
        matches!((&self.given.first_said, &other.given.last_said), (Some(first), Some(last)) if first > last)
    }
}

/// The first later value of the same source that is another one.
fn replaced_by(at: usize, drafts: &[Draft<'_, '_>]) -> Option<usize> {
    let draft = drafts.get(at)?;
    drafts.iter().position(|later| later.source == draft.source && later.count.differs(draft.count) && later.is_later_than(draft))
}

/// The values that stand against the one at `at`.
fn rivals(at: usize, drafts: &[Draft<'_, '_>], replaced: &[Option<usize>]) -> Vec<usize> {
    let Some(draft) = drafts.get(at) else { return Vec::new() };
    // Whether the source of the first had given up its value when the second was given.
    let was_gone = |first: usize, second: &Draft<'_, '_>| {
        let by = replaced.get(first).copied().flatten().and_then(|by| drafts.get(by));
        let day = by.and_then(|by| by.given.first_said.as_ref());
        matches!((day, &second.given.first_said), (Some(day), Some(given)) if day <= given)
    };
    let stands_against = |(number, other): (usize, &Draft<'_, '_>)| {
        let one_source = draft.source == other.source && (draft.is_later_than(other) || other.is_later_than(draft));
        let gone = was_gone(at, other) || was_gone(number, draft);
        (number != at && draft.count.differs(other.count) && !one_source && !gone).then_some(number)
    };
    drafts.iter().enumerate().filter_map(stands_against).collect()
}

fn source(telling: Option<&Telling<'_>>, count: &Count<'_>, pieces: &Pieces<'_>) -> Source {
    let speaker = telling.map(|telling| &telling.said.speaker).filter(|speaker| speaker.kind != SpeakerKind::Author);
    let piece = pieces.list.get(count.piece);
    let group = piece.map_or(count.piece, |piece| piece.copy_group);
    Source(match speaker {
        // Somebody unnamed is somebody else in each article that is no copy.
        Some(Speaker { kind: SpeakerKind::Unnamed, party: None, name, .. }) => format!("{name}/{group}"),
        Some(speaker) => speaker.party.as_ref().map_or_else(|| key(speaker), ToString::to_string),
        None => format!("/{}", piece.map_or("", |piece| piece.outlet.name.as_str())),
    })
}

/// When the value was given: when it was said, else when its article was published; to the day.
fn day(telling: Option<&Telling<'_>>, count: &Count<'_>, pieces: &Pieces<'_>) -> Option<String> {
    let whole =
        |value: &str| value.get(..10).filter(|day| !day.contains('/') && day.as_bytes().get(7) == Some(&b'-')).map(str::to_owned);
    let said = telling.and_then(|telling| whole(&telling.said.said.as_ref()?.value));
    said.or_else(|| whole(&pieces.list.get(count.piece)?.page.published.as_ref()?.value))
}
