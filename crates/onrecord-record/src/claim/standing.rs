//! How a claim stands. It never says what is true.

use std::collections::BTreeSet;

use onrecord_lexicon::ActorId;
use onrecord_read::SpeakerKind;

use crate::origin::key;
use crate::piece::{Piece, Pieces, Telling};
use crate::{ItemRef, Origin, Standing};

/// The standing of a claim that `publishers` publishers carry.
pub(crate) fn standing(
    origins: &[Origin],
    denied_by: &[ItemRef],
    publishers: usize,
    pieces: &Pieces<'_>,
    parties: &BTreeSet<ActorId>,
) -> Standing {
    if !denied_by.is_empty() {
        Standing::Contested
    } else if is_corroborated(origins, pieces, parties) {
        Standing::Corroborated
    } else if publishers >= 2 {
        Standing::Repeated
    } else {
        Standing::SingleOrigin
    }
}

/// Whether two origins vouch for it that are not each other's echo, one of them known to be no party to the dispute.
///
/// Where somebody is quoted, the same words in an outlet's own voice count as an echo: outlets drop attributions. Without anybody
/// quoted, outlets of different publishers count.
fn is_corroborated(origins: &[Origin], pieces: &Pieces<'_>, parties: &BTreeSet<ActorId>) -> bool {
    let quoted: Vec<&Origin> = origins.iter().filter(|origin| origin.speaker.kind != SpeakerKind::Author).collect();
    let pool = if quoted.is_empty() { origins.iter().collect() } else { quoted };
    let pairs = pool.iter().enumerate().flat_map(|(at, one)| pool.iter().skip(at + 1).map(move |two| (*one, *two)));
    pairs.into_iter().any(|(one, two)| {
        let outside = is_outside(one, parties) || is_outside(two, parties);
        outside && !is_echo(one, two, pieces) && !is_echo(two, one, pieces)
    })
}

/// Whether it is known that the origin is no party. Of somebody whose side is not known it is not.
fn is_outside(origin: &Origin, parties: &BTreeSet<ActorId>) -> bool {
    match &origin.speaker.party {
        Some(party) => !parties.contains(party),
        None => origin.speaker.kind == SpeakerKind::Author,
    }
}

/// Whether `one` may only repeat `two`.
fn is_echo(one: &Origin, two: &Origin, pieces: &Pieces<'_>) -> bool {
    let (speaker, other) = (&one.speaker, &two.speaker);
    if speaker.kind == SpeakerKind::Author && other.kind == SpeakerKind::Author {
        return share_a_desk(one, two, pieces);
    }
    // An unnamed speaker of unknown side may be the other one.
    let may_be_the_other = |speaker: &onrecord_read::Speaker| speaker.kind == SpeakerKind::Unnamed && speaker.party.is_none();
    let same_side = speaker.party.is_some() && speaker.party == other.party;
    let carries = tellings(two, pieces).any(|telling| telling.said.via.iter().any(|via| key(via) == key(speaker)));
    may_be_the_other(speaker) || same_side || key(speaker) == key(other) || carries
}

/// Whether two outlets' own words may come from one desk: same publisher, same agency, or copies.
fn share_a_desk(one: &Origin, two: &Origin, pieces: &Pieces<'_>) -> bool {
    let carriers = |origin| tellings(origin, pieces).filter_map(|telling| pieces.piece(telling));
    carriers(one).any(|one| carriers(two).any(|two| are_one_desk(one, two)))
}

fn are_one_desk(one: &Piece<'_>, two: &Piece<'_>) -> bool {
    one.outlet.publisher == two.outlet.publisher
        || one.copy_group == two.copy_group
        || one.agency.is_some() && one.agency == two.agency
}

fn tellings<'a>(origin: &'a Origin, pieces: &'a Pieces<'a>) -> impl Iterator<Item = &'a Telling<'a>> {
    origin.assertions.iter().filter_map(|at| pieces.telling(*at))
}
