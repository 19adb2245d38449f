//! How many persons may stand behind the unnamed speakers of a claim.

use std::collections::BTreeMap;

use onrecord_lexicon::ActorId;
use onrecord_read::{Speaker, SpeakerKind};

use crate::word::number;
use crate::{Origin, Persons};

/// How many persons the unnamed origins of a claim are; `None` where all are named.
///
/// An unnamed speaker is as many persons as the words say: one ("a senior official"), a number ("two officials"), two at least ("officials"), or one
/// at least where the words are those of a body or of nobody ("police", "it is said"). Each origin may be other persons: the upper bound is their
/// sum, and open where one of them is. All may be the same persons, but for those who speak for different sides: the lower bound is the sum, over the sides,
/// of the most that one origin of the side needs, or the most that one of unknown side needs if that is more.
pub(crate) fn persons(origins: &[Origin]) -> Option<Persons> {
    let unnamed: Vec<&Origin> = origins.iter().filter(|origin| origin.speaker.kind == SpeakerKind::Unnamed).collect();
    let mut of_sides: BTreeMap<Option<&ActorId>, usize> = BTreeMap::new();
    for origin in &unnamed {
        let most = of_sides.entry(origin.speaker.party.as_ref()).or_insert(0);
        *most = (*most).max(told(&origin.speaker).low);
    }
    let of_unknown = of_sides.remove(&None).unwrap_or(0);
    let low = of_sides.into_values().sum::<usize>().max(of_unknown);
    let high = unnamed.iter().map(|origin| told(&origin.speaker).high).sum::<Option<usize>>();
    (!unnamed.is_empty()).then_some(Persons { low, high })
}

/// Words before which the noun stands that says who it is: "official *in* the ministry".
const BEHIND_THE_NOUN: &str = "at by close familiar for from in involved near of on speaking to who whose with";
/// Words for many that are no plural by their form …
const MANY: &str = "men people women";
/// … and words for a body, by which nobody tells how many speak.
const BODIES: &str = "administration army authorities brass camp circles company crew family force forces government group leadership \
    management media military ministry navy office opposition party police press public quarters reports rumours rumors staff team troops";

/// What the words for a speaker say of how many it is.
fn told(speaker: &Speaker) -> Persons {
    let name = speaker.name.to_lowercase();
    let words: Vec<&str> =
        name.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '\'').filter(|word| !word.is_empty()).collect();
    let listed = |list: &str, word: &str| list.split_whitespace().any(|listed| listed == word);
    let noun = words.iter().copied().take_while(|word| !listed(BEHIND_THE_NOUN, word)).last().unwrap_or("");
    let given =
        words.first().and_then(|first| number(first)).and_then(|digits| digits.parse::<usize>().ok()).filter(|given| *given > 0);
    let is_plural = listed(MANY, noun) || noun.len() > 3 && noun.ends_with('s') && !noun.ends_with("ss") && !noun.ends_with("us");
    match given {
        Some(given) => Persons { low: given, high: Some(given) },
        None if speaker.span.is_none() || noun.is_empty() || listed(BODIES, noun) => Persons { low: 1, high: None },
        None if is_plural => Persons { low: 2, high: None },
        None => Persons { low: 1, high: Some(1) },
    }
}

#[cfg(test)]
mod tests {
    use onrecord_lexicon::ActorId;
    use onrecord_read::{Speaker, SpeakerKind};
    use onrecord_text::CleanSpan;

    use super::persons;
    use crate::{Origin, Persons};

    fn origin(name: &str, party: Option<&str>) -> Origin {
        let speaker = Speaker {
            kind: SpeakerKind::Unnamed,
            name: name.to_owned(),
            actor: None,
            party: party.and_then(ActorId::parse),
            span: Some(CleanSpan::new(0, 1)),
        };
        Origin { speaker, occasion: None, said: None, party_to_dispute: false, assertions: Vec::new() }
    }

    fn bounds(origins: &[(&str, Option<&str>)]) -> Option<(usize, Option<usize>)> {
        let origins: Vec<Origin> = origins.iter().map(|(name, party)| origin(name, *party)).collect();
        persons(&origins).map(|Persons { low, high }| (low, high))
    }

    #[test]
    fn the_words_say_how_many() {
        assert_eq!(bounds(&[]), None);
        assert_eq!(bounds(&[("senior official", None)]), Some((1, Some(1))));
        assert_eq!(bounds(&[("two officials in the ministry", None)]), Some((2, Some(2))));
        assert_eq!(bounds(&[("officials", None)]), Some((2, None)));
        assert_eq!(bounds(&[("police", None)]), Some((1, None)));
    }

    #[test]
    fn unnamed_speakers_of_three_articles_may_be_one_person() {
        let three = [("official", None), ("source close to the talks", None), ("diplomat", None)];
        assert_eq!(bounds(&three), Some((1, Some(3))));
    }

    #[test]
    fn those_who_speak_for_two_sides_are_two_at_least() {
        assert_eq!(bounds(&[("official", Some("vel")), ("officer", Some("ost"))]), Some((2, Some(2))));
        assert_eq!(bounds(&[("official", Some("vel")), ("officer", Some("vel")), ("source", None)]), Some((1, Some(3))));
    }
}
