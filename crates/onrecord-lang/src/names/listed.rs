//! Which words belong to a name that the lexicon lists.

use std::ops::Range;

use onrecord_lexicon::{ActorKind, Lexicon, Name, NameKind, RoleKind};

use super::{BEGINS, GOES_ON, LONG, Listed, MentionKind};
use crate::form::Form;

/// What the lexicon says of each of `words`, which lie in `text`. Words without a capital or digit begin no listed name.
pub(crate) fn listed(text: &str, words: &[Range<usize>], forms: &[Form], lexicon: &Lexicon) -> Vec<Listed> {
    let mut bits = vec![0; words.len()];
    for (place, word) in words.iter().enumerate() {
        if !forms[place].has_capital() {
            continue;
        }
        for (end, kind) in names_at(text, word.start, lexicon) {
            let after = words[place..].iter().take_while(|word| word.end <= end).count();
            if after == 0 || words[place + after - 1].end != end {
                continue;
            }
            let long = if after > 1 { LONG } else { 0 };
            bits[place] |= BEGINS << kind as u16 | long;
            for bit in &mut bits[place + 1..place + after] {
                *bit |= GOES_ON << kind as u16 | long;
            }
        }
    }
    bits
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
