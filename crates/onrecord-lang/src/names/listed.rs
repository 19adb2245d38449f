//! Which words belong to a name that the lexicon or the gazetteer lists, and which are common in the names of persons.

use std::ops::Range;

use onrecord_gazetteer::Gazetteer;
use onrecord_lexicon::{ActorKind, Lexicon, Name, NameKind, RoleKind, WordList};

use super::{BEGINS, FAMILY_NAME, GIVEN_NAME, GOES_ON, LARGE_TOWN, LONG, Listed, MentionKind, TOWN_BEGINS, TOWN_GOES_ON};
use crate::form::Form;

/// What is known of each of `words`, which lie in `text`. Words without a capital begin no listed name.
pub(crate) fn listed(text: &str, words: &[Range<usize>], forms: &[Form], lexicon: &Lexicon) -> Vec<Listed> {
    let (given, family) = (lexicon.list("given-name"), lexicon.list("family-name"));
    let mut bits = vec![0; words.len()];
    for (place, word) in words.iter().enumerate() {
        if !forms[place].has_capital() {
            continue;
        }
        let bit_of = |list: &WordList, bit| if list.contains(&text[word.clone()]) { bit } else { 0 };
        bits[place] |= bit_of(given, GIVEN_NAME) | bit_of(family, FAMILY_NAME);
        let mut add = |end: usize, first: Listed, later: Listed, of_several: Listed| {
            let count = words[place..].iter().take_while(|word| word.end <= end).count();
            // Names that end within a word are none.
            if count > 0 && words[place + count - 1].end == end {
                let of_several = if count > 1 { of_several } else { 0 };
                bits[place] |= first | of_several;
                bits[place + 1..place + count].iter_mut().for_each(|bits| *bits |= later | of_several);
            }
        };
        for (end, kind) in names_at(text, word.start, lexicon) {
            add(end, BEGINS << kind as u16, GOES_ON << kind as u16, LONG);
        }
        if let Some((end, is_large)) = town_at(text, word.start) {
            let large = if is_large { LARGE_TOWN } else { 0 };
            add(end, TOWN_BEGINS | large, TOWN_GOES_ON | large, 0);
        }
    }
    bits
}

/// The end of the longest name of a town or an area at byte `at`, and whether one of that name is large.
fn town_at(text: &str, at: usize) -> Option<(usize, bool)> {
    /// Villages are called like all sorts of words; most towns of this size are not.
    const LARGE: u32 = 50_000;
    let (end, places) = Gazetteer::embedded().longest_at(text, at)?;
    Some((end, places.iter().any(|place| place.population >= LARGE || place.kind.is_area())))
}

/// The longest actor's, place's and outlet's names at byte `at`.
fn names_at(text: &str, at: usize, lexicon: &Lexicon) -> Vec<(usize, MentionKind)> {
    let mut found = Vec::new();
    if let Some((end, names)) = lexicon.names_at(text, at) {
        found.extend(names.iter().filter_map(|name| Some((end, kind_of(name, lexicon)?))));
    }
    if let Some((end, _)) = lexicon.places_at(text, at) {
        found.push((end, MentionKind::Location));
    }
    if let Some((end, _)) = lexicon.outlet_at(text, at) {
        found.push((end, MentionKind::Organisation));
    }
    found
}

/// What a listed name is in running text: the demonym of a state names a group, its capital and seats are places; a post ("Foreign Minister")
/// is a title and no name.
fn kind_of(name: &Name, lexicon: &Lexicon) -> Option<MentionKind> {
    let is_post = |id: &str| lexicon.roles().iter().any(|role| role.kind == RoleKind::Post && id.ends_with(&role.id));
    Some(match (&name.kind, lexicon.actor(&name.actor)?.kind) {
        (_, ActorKind::Office) if is_post(name.actor.as_str()) => return None,
        (NameKind::Demonym, _) | (_, ActorKind::People) => MentionKind::Group,
        (NameKind::Capital | NameKind::Seat, _) | (_, ActorKind::State) => MentionKind::Location,
        (_, ActorKind::Person) => MentionKind::Person,
        (_, ActorKind::ArmedGroup | ActorKind::Organisation | ActorKind::Office) => MentionKind::Organisation,
        (_, ActorKind::Unnamed) => return None,
    })
}
