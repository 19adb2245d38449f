//! What to look at first: what follows from a finding, times how much speaks for looking at it again.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_lexicon::Act;
use onrecord_read::{Assertion, Reading, SpeakerKind};
use onrecord_text::CleanSpan;

use crate::{Claim, ItemRef, Record, Standing, ToBasis, Undertaking};

/// From so many words on, contents are long: a reader may have run two together.
const LONG: usize = 50;

/// Origins and outlets beyond the first count up to this many.
const MANY: usize = 3;

/// An assertion that waits to be reviewed.
#[derive(Debug, Clone, PartialEq)]
pub struct Waiting {
    /// The assertion.
    pub at: ItemRef,
    /// Consequence times doubt.
    pub score: usize,
    /// What follows from it.
    pub weights: Vec<Weight>,
    /// What speaks for looking at it again.
    pub doubts: Vec<Doubt>,
}

/// Something that follows from an assertion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Somebody says it, not the article.
    Attributed,
    /// A demand or an assurance stands on it.
    Commitment,
    /// Somebody denies its claim, or it denies one.
    Contested,
    /// Its claim is corroborated.
    Corroborated,
    /// It accuses, denies or refuses.
    Sharp,
    /// A party to the dispute says it.
    Party,
    /// It holds figures.
    Figures,
    /// Its claim has so many more origins.
    Origins(usize),
    /// So many more outlets carry its claim.
    Outlets(usize),
}

impl Weight {
    /// Points of consequence.
    #[must_use]
    pub const fn points(self) -> usize {
        match self {
            Self::Commitment | Self::Contested => 3,
            Self::Corroborated | Self::Sharp => 2,
            Self::Attributed | Self::Party | Self::Figures => 1,
            Self::Origins(more) | Self::Outlets(more) => more,
        }
    }

    /// What it is, for people.
    #[must_use]
    pub fn text(self) -> String {
        match self {
            Self::Attributed => "somebody says it".to_owned(),
            Self::Commitment => "a demand or an assurance stands on it".to_owned(),
            Self::Contested => "it is contested".to_owned(),
            Self::Corroborated => "its claim is corroborated".to_owned(),
            Self::Sharp => "it accuses, denies or refuses".to_owned(),
            Self::Party => "a party to the dispute says it".to_owned(),
            Self::Figures => "it holds figures".to_owned(),
            Self::Origins(more) => format!("{} origins", more + 1),
            Self::Outlets(more) => format!("{} outlets", more + 1),
        }
    }
}

/// Something that speaks for looking at an assertion again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// Who speaks is called by other words than the name, and was linked.
    Linked,
    /// No words name who speaks.
    NoWords,
    /// Who speaks is nobody that the lexicon or the article knows.
    UnknownSpeaker,
    /// Who speaks is not named.
    NotNamed,
    /// It reaches the article through somebody.
    Relayed,
    /// To whom its commitment goes is inferred, or not known.
    Addressee,
    /// Articles answer a test of its commitment otherwise.
    Disputed,
    /// The reader left a note of this name on its words.
    Note(&'static str),
    /// Its words stand in several parts.
    Parts,
    /// It is long.
    Long,
}

impl Doubt {
    /// Points of doubt.
    #[must_use]
    pub const fn points(self) -> usize {
        match self {
            Self::Linked | Self::NoWords | Self::UnknownSpeaker | Self::Note(_) => 2,
            Self::NotNamed | Self::Relayed | Self::Addressee | Self::Disputed | Self::Parts | Self::Long => 1,
        }
    }

    /// What it is, for people.
    #[must_use]
    pub fn text(self) -> String {
        match self {
            Self::Linked => "the speaker is called by other words and was linked".to_owned(),
            Self::NoWords => "no words name the speaker".to_owned(),
            Self::UnknownSpeaker => "the speaker is nobody known".to_owned(),
            Self::NotNamed => "the speaker is not named".to_owned(),
            Self::Relayed => "it is relayed".to_owned(),
            Self::Addressee => "to whom it goes is inferred or not known".to_owned(),
            Self::Disputed => "articles differ on one of its tests".to_owned(),
            Self::Note(name) => format!("note: {name}"),
            Self::Parts => "its words stand in several parts".to_owned(),
            Self::Long => "it is long".to_owned(),
        }
    }
}

/// The assertions of the record that are not in `decided`, the highest score first; those with one score in the order of the record.
///
/// Score = sum of the points of all weights × (1 + sum of the points of all doubts).
#[must_use]
pub fn queue(record: &Record, decided: &BTreeSet<ItemRef>) -> Vec<Waiting> {
    let joins = Joins::of(record);
    let mut waiting = Vec::new();
    for (entry, of) in record.entries.iter().enumerate() {
        for (article, reading) in of.readings.iter().enumerate() {
            let clean = of.page.articles.get(article).map_or("", |article| article.clean.text());
            for (item, said) in reading.assertions.iter().enumerate() {
                let at = ItemRef { entry, article, item };
                if !decided.contains(&at) {
                    waiting.push(joins.waiting(at, said, reading, clean));
                }
            }
        }
    }
    waiting.sort_by_key(|one| (std::cmp::Reverse(one.score), one.at));
    waiting
}

/// What the record made of each assertion.
struct Joins<'r> {
    claims: BTreeMap<ItemRef, &'r Claim>,
    denying: BTreeSet<ItemRef>,
    commitments: BTreeMap<ItemRef, Vec<&'r Undertaking>>,
}

impl<'r> Joins<'r> {
    fn of(record: &'r Record) -> Self {
        let claims = record.claims.iter().flat_map(|claim| claim.assertions.iter().map(move |at| (*at, claim))).collect();
        let denying = record.claims.iter().flat_map(|claim| claim.denied_by.iter().copied()).collect();
        let mut commitments: BTreeMap<ItemRef, Vec<&Undertaking>> = BTreeMap::new();
        for given in &record.commitments {
            for at in &given.assertions {
                commitments.entry(*at).or_default().push(given);
            }
        }
        Self { claims, denying, commitments }
    }

    fn waiting(&self, at: ItemRef, said: &Assertion, reading: &Reading, clean: &str) -> Waiting {
        let weights = self.weights(at, said, reading);
        let doubts = self.doubts(at, said, reading, clean);
        let consequence: usize = weights.iter().map(|weight| weight.points()).sum();
        let doubt: usize = doubts.iter().map(|doubt| doubt.points()).sum();
        Waiting { at, score: consequence * (1 + doubt), weights, doubts }
    }

    fn weights(&self, at: ItemRef, said: &Assertion, reading: &Reading) -> Vec<Weight> {
        let claim = self.claims.get(&at);
        let standing = claim.map(|claim| claim.standing);
        let is_party =
            |claim: &&Claim| claim.origins.iter().any(|origin| origin.party_to_dispute && origin.assertions.contains(&at));
        let more = |count: usize| count.saturating_sub(1).min(MANY);
        let (origins, outlets) = claim.map_or((0, 0), |claim| (more(claim.origins.len()), more(claim.outlets.len())));
        [
            (said.speaker.kind != SpeakerKind::Author).then_some(Weight::Attributed),
            self.commitments.contains_key(&at).then_some(Weight::Commitment),
            (standing == Some(Standing::Contested) || self.denying.contains(&at)).then_some(Weight::Contested),
            (standing == Some(Standing::Corroborated)).then_some(Weight::Corroborated),
            matches!(said.act, Act::Accuse | Act::Deny | Act::Refuse).then_some(Weight::Sharp),
            claim.copied().as_ref().is_some_and(is_party).then_some(Weight::Party),
            reading.figures.iter().any(|figure| figure.assertion == Some(at.item)).then_some(Weight::Figures),
            (origins > 0).then_some(Weight::Origins(origins)),
            (outlets > 0).then_some(Weight::Outlets(outlets)),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn doubts(&self, at: ItemRef, said: &Assertion, reading: &Reading, clean: &str) -> Vec<Doubt> {
        let mut doubts: Vec<Doubt> = of_speaker(said, clean).into_iter().collect();
        let commitments = self.commitments.get(&at).map(Vec::as_slice).unwrap_or_default();
        let words: usize = said.content.iter().map(|span| span.cut(clean).split_whitespace().count()).sum();
        doubts.extend((!said.via.is_empty()).then_some(Doubt::Relayed));
        doubts.extend(commitments.iter().any(|given| given.to_basis != Some(ToBasis::Stated)).then_some(Doubt::Addressee));
        doubts.extend(commitments.iter().any(|given| given.tests.iter().any(|test| test.disputed)).then_some(Doubt::Disputed));
        doubts.extend((said.content.len() > 1).then_some(Doubt::Parts));
        doubts.extend((words >= LONG).then_some(Doubt::Long));
        let names: BTreeSet<&'static str> =
            reading.notes.iter().filter(|note| touches(said, note.span)).map(|note| note.name).collect();
        doubts.extend(names.into_iter().map(Doubt::Note));
        doubts
    }
}

fn touches(said: &Assertion, span: CleanSpan) -> bool {
    let all = said.content.iter().copied().chain(said.cue).chain(said.speaker.span);
    all.into_iter().any(|own| own.overlaps(span))
}

/// What speaks for looking at the speaker again.
fn of_speaker(said: &Assertion, clean: &str) -> Option<Doubt> {
    let speaker = &said.speaker;
    match (speaker.kind, speaker.span) {
        (SpeakerKind::Author, _) => None,
        (SpeakerKind::Unnamed | SpeakerKind::Document, _) => Some(Doubt::NotNamed),
        _ if speaker.actor.is_none() => Some(Doubt::UnknownSpeaker),
        (_, None) => Some(Doubt::NoWords),
        (_, Some(span)) => {
            let words = |text: &str| -> BTreeSet<String> {
                let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
                words.map(str::to_lowercase).collect()
            };
            words(span.cut(clean)).is_disjoint(&words(&speaker.name)).then_some(Doubt::Linked)
        }
    }
}
