//! One timeline for each thing whose state is reported.
//!
//! Two reports are of one thing if they are of one kind and bear the same name or that of the same place, or, for what has no place, the same two sides or more. A report that
//! names neither goes to the only thing of that kind that its article names; else it stays by itself.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_lexicon::ActorId;
use onrecord_read::{Affair, Modality};

use crate::piece::{Piece, Pieces};
use crate::{AffairLine, ItemRef};

/// What tells one thing from others of its kind.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Identity {
    /// The name it bears.
    Name(String),
    /// The place that names it.
    Place(String),
    /// Those it lies or holds between.
    Parties(Vec<ActorId>),
}

/// Kinds of things whose name is a place.
const NAMED_BY_PLACE: [&str; 6] = ["airport", "crossing", "embassy", "road", "sea-passage", "border"];

/// The timelines, by kind and thing; each by date.
pub(crate) fn lines(pieces: &Pieces<'_>) -> Vec<AffairLine> {
    let mut lines: BTreeMap<(String, Identity), Vec<ItemRef>> = BTreeMap::new();
    for piece in &pieces.list {
        let known = only_ones(piece);
        for (item, affair) in piece.reading.affairs.iter().enumerate() {
            let identity = identity(affair, piece).or_else(|| known.get(affair.kind.as_str()).cloned().flatten());
            if let Some(identity) = identity {
                lines.entry((affair.kind.clone(), identity)).or_default().push(piece.item(item));
            }
        }
    }
    let line = |((kind, identity), mut affairs): ((String, Identity), Vec<ItemRef>)| {
        affairs.sort_by_key(|at| (date(pieces, *at), *at));
        drop_repeats(pieces, &mut affairs);
        let (place, parties) = match identity {
            Identity::Name(name) | Identity::Place(name) => (Some(name), Vec::new()),
            Identity::Parties(parties) => (None, parties),
        };
        let disputed = is_disputed(pieces, &affairs);
        AffairLine { kind, name: place, parties, affairs, disputed }
    };
    lines.into_iter().map(line).collect()
}

fn identity(affair: &Affair, piece: &Piece<'_>) -> Option<Identity> {
    if let Some(name) = own_name(piece.page.clean.cut(affair.thing)) {
        return Some(Identity::Name(name));
    }
    let place = affair.place.as_ref().filter(|_| NAMED_BY_PLACE.contains(&affair.kind.as_str()));
    let name = place.map(|toponym| toponym.place.as_ref().map(|place| place.name.clone()));
    match name {
        Some(Some(name)) => Some(Identity::Place(name)),
        // A place that could not be settled names nothing that others could name too.
        Some(None) => None,
        None => {
            let needed =
                if matches!(affair.kind.as_str(), "airspace" | "embassy" | "sanctions" | "visas" | "blockade") { 1 } else { 2 };
            (affair.parties.len() >= needed).then(|| Identity::Parties(affair.parties.clone()))
        }
    }
}

/// "the Oro Memorandum": words that begin with a capital each are a name.
fn own_name(words: &str) -> Option<String> {
    let words: Vec<&str> = words.split_whitespace().skip_while(|word| word.eq_ignore_ascii_case("the")).collect();
    let is_name = words.len() > 1
        && words.iter().all(|word| word.starts_with(char::is_uppercase) || matches!(*word, "of" | "on" | "and" | "the" | "for"));
    is_name.then(|| words.join(" "))
}

/// For each kind the only thing of it that the article names; `None` where it names several.
fn only_ones<'a>(piece: &Piece<'a>) -> BTreeMap<&'a str, Option<Identity>> {
    let mut named: BTreeMap<&str, BTreeSet<Identity>> = BTreeMap::new();
    for affair in &piece.reading.affairs {
        named.entry(&affair.kind).or_default().extend(identity(affair, piece));
    }
    let only = |named: BTreeSet<Identity>| if named.len() == 1 { named.into_iter().next() } else { None };
    named.into_iter().map(|(kind, named)| (kind, only(named))).collect()
}

/// The date of a state, else that of its saying, else that of publication.
fn date(pieces: &Pieces<'_>, at: ItemRef) -> Option<String> {
    let piece = pieces.at(at.entry, at.article)?;
    let affair = piece.reading.affairs.get(at.item)?;
    let said = || piece.reading.assertions.get(affair.assertion?)?.said.clone();
    let known = affair.since.clone().or_else(said).map(|date| date.value);
    known.or_else(|| piece.page.published.as_ref().map(|date| date.value.clone()))
}

/// Of reports in copies of one piece, and of one state on one day in one article, the first stays.
fn drop_repeats(pieces: &Pieces<'_>, affairs: &mut Vec<ItemRef>) {
    let mut seen = BTreeSet::new();
    affairs.retain(|at| {
        let Some(piece) = pieces.at(at.entry, at.article) else { return false };
        let Some(affair) = piece.reading.affairs.get(at.item) else { return false };
        seen.insert((piece.copy_group, affair.state.clone(), affair.modality, date(pieces, *at), affair.round))
    });
}

/// Whether two reports of what is so on one day say different things.
fn is_disputed(pieces: &Pieces<'_>, affairs: &[ItemRef]) -> bool {
    let mut of_day: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for at in affairs {
        let Some(affair) = pieces.at(at.entry, at.article).and_then(|piece| piece.reading.affairs.get(at.item)) else { continue };
        let opposite = matches!(affair.state.as_str(), "open" | "closed");
        let Some(day) = affair.since.as_ref().filter(|_| opposite && affair.modality == Modality::Actual) else { continue };
        of_day.entry(day.value.clone()).or_default().insert(&affair.state);
    }
    of_day.values().any(|states| states.len() > 1)
}
