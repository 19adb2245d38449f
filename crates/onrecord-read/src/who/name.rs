//! Names of the lexicon in one article, and which actor a shared name means here.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use onrecord_lang::{Mention, MentionKind, Tag};
use onrecord_lexicon::{ActorId, ActorKind, Lexicon, Name, NameKind};
use onrecord_text::CleanSpan;

use crate::text::{NounClass, Text};

/// A name of the lexicon as it stands in the text.
#[derive(Debug, Clone)]
pub(crate) struct NameMention {
    pub(crate) tokens: Range<usize>,
    pub(crate) span: CleanSpan,
    pub(crate) candidates: Vec<Name>,
    /// The one that is meant; `None` while the article does not tell.
    pub(crate) meant: Option<Name>,
}

/// All names of the lexicon in one article, in order.
#[derive(Debug, Default)]
pub(crate) struct Names {
    pub(crate) mentions: Vec<NameMention>,
    /// The parties that are named otherwise than by a person of theirs.
    named_parties: BTreeSet<ActorId>,
    /// Times each party is named, with the state of the dateline counted [`DATELINE_WEIGHT`] times more.
    party_counts: BTreeMap<ActorId, usize>,
    /// State of the dateline, where there is one.
    pub(crate) dateline: Option<ActorId>,
    /// First token of the dateline.
    pub(crate) dateline_start: usize,
    /// First token behind the dateline; 0 without one.
    pub(crate) dateline_end: usize,
}

/// A dateline tells whose ministry "the foreign ministry" is better than any single mention.
const DATELINE_WEIGHT: usize = 8;

impl Names {
    pub(crate) fn find(text: &Text<'_>) -> Self {
        let mut names = Self::default();
        let mut at = 0;
        while at < text.len() {
            at = match mention_at(text, at) {
                Some(mention) => {
                    let end = mention.tokens.end;
                    names.mentions.push(mention);
                    end.max(at + 1)
                }
                None => at + 1,
            };
        }
        names.join_acronyms(text);
        names.count_parties(text.lexicon);
        names.find_dateline(text);
        names.settle_shared(text.lexicon);
        names
    }

    /// The mention that covers the token.
    pub(crate) fn at(&self, token: usize) -> Option<&NameMention> {
        let after = self.mentions.partition_point(|mention| mention.tokens.start <= token);
        self.mentions.get(after.checked_sub(1)?).filter(|mention| mention.tokens.contains(&token))
    }

    /// The mentions that start in these tokens.
    pub(crate) fn within(&self, tokens: &Range<usize>) -> &[NameMention] {
        let from = self.mentions.partition_point(|mention| mention.tokens.start < tokens.start);
        let to = self.mentions.partition_point(|mention| mention.tokens.start < tokens.end);
        &self.mentions[from..to.max(from)]
    }

    /// Whether the article names this party otherwise than by a person of its.
    pub(crate) fn names_side(&self, party: &ActorId) -> bool {
        self.named_parties.contains(party)
    }

    /// Whether the article names this party.
    pub(crate) fn names_party(&self, party: &ActorId) -> bool {
        self.party_counts.contains_key(party)
    }

    /// "Ministry of Foreign Affairs (FO)": a name and the acronym behind it mean the same actor, so only those that bear both remain.
    fn join_acronyms(&mut self, text: &Text<'_>) {
        for n in 1..self.mentions.len() {
            let (before, after) = (&self.mentions[n - 1], &self.mentions[n]);
            let bracketed = after.tokens.start == before.tokens.end + 1
                && text.word(before.tokens.end) == "("
                && text.word(after.tokens.end) == ")";
            let shared: Vec<Name> = before
                .candidates
                .iter()
                .filter(|name| after.candidates.iter().any(|other| other.actor == name.actor))
                .cloned()
                .collect();
            if bracketed && !shared.is_empty() {
                self.mentions[n].candidates.retain(|name| shared.iter().any(|other| other.actor == name.actor));
                self.mentions[n - 1].candidates = shared;
            }
        }
    }

    fn count_parties(&mut self, lexicon: &Lexicon) {
        for mention in &mut self.mentions {
            if let [only] = mention.candidates.as_slice() {
                mention.meant = Some(only.clone());
                let actor = lexicon.actor(&only.actor);
                if let Some(party) = actor.and_then(|actor| actor.party.clone()) {
                    if actor.is_some_and(|actor| actor.kind != ActorKind::Person) {
                        self.named_parties.insert(party.clone());
                    }
                    *self.party_counts.entry(party).or_default() += 1;
                }
            }
        }
    }

    /// A dateline opens the first paragraph: "CITY (AGENCY) —", "City:", "CITY, Month 3 -".
    fn find_dateline(&mut self, text: &Text<'_>) {
        (self.dateline_start, self.dateline_end) = capital_dateline(text).unwrap_or_default();
        let Some(first) = self.mentions.first().filter(|mention| mention.tokens.start == 0) else { return };
        let mark = (first.tokens.end..(first.tokens.end + 12).min(text.len()))
            // "Bogotá, Sept 3 (EFE).-"
            .take_while(|at| text.word(*at) != "“" && (text.word(*at) != "." || text.word(at + 1).starts_with('-')))
            .find(|at| matches!(text.word(*at), "—" | "–" | ":" | "-" | "/"));
        let near = matches!(text.word(first.tokens.end), "(" | "," | ":" | "—" | "–" | "-" | "/");
        let capital = first.candidates.iter().find(|name| matches!(name.kind, NameKind::Capital | NameKind::Seat));
        if let (Some(mark), true, Some(name)) = (mark, near, capital) {
            self.dateline_end = behind_dashes(text, mark);
            *self.party_counts.entry(name.actor.clone()).or_default() += DATELINE_WEIGHT;
            self.dateline = Some(name.actor.clone());
        }
    }

    /// A shared name goes to the actor whose party the article names most; a tie leaves it open.
    fn settle_shared(&mut self, lexicon: &Lexicon) {
        let counts = &self.party_counts;
        for mention in self.mentions.iter_mut().filter(|mention| mention.meant.is_none()) {
            let weight = |name: &Name| {
                let party = lexicon.actor(&name.actor).and_then(|actor| actor.party.as_ref());
                party.and_then(|party| counts.get(party)).copied().unwrap_or(0)
            };
            let best = mention.candidates.iter().map(weight).max().unwrap_or(0);
            let mut holders = mention.candidates.iter().filter(|name| weight(name) == best);
            if let (Some(holder), None, true) = (holders.next(), holders.next(), best > 0) {
                mention.meant = Some(holder.clone());
            } else if let Some(state) = mention.candidates.iter().find(|name| is_state_name(name, lexicon)) {
                // A state's own name outweighs a namesake that the article gives no reason to think of.
                mention.meant = Some(state.clone());
            }
        }
    }
}

/// First token of a dateline that is set in capitals ("ORO, Veldmar (Agency) —"), in one of the first paragraphs, and the token behind it.
fn capital_dateline(text: &Text<'_>) -> Option<(usize, usize)> {
    const FIRST_PARAGRAPHS: usize = 4;
    const LONGEST: usize = 14;
    let capitals = |at: usize| text.word(at).len() > 2 && text.word(at).chars().all(|c| c.is_uppercase() || !c.is_alphabetic());
    let starts =
        text.analysis.sentences.iter().filter(|sentence| sentence.block < FIRST_PARAGRAPHS).map(|sentence| sentence.tokens.start);
    let mut capitals = starts.filter(|start| capitals(*start) && text.word(*start).chars().any(char::is_alphabetic));
    capitals.find_map(|start| {
        // "ORO, 14 May (Agency)": a month is no verb.
        let is_verb =
            |at: usize| text.word(at).starts_with(char::is_lowercase) && (text.tag(at) == Tag::Aux || text.looks_finite(at));
        let window = (start + 1..(start + LONGEST).min(text.len())).take_while(|at| !is_verb(*at));
        // "ORO, July 26 (Agency) -": a hyphen behind a bracket is meant for a dash.
        let is_dash =
            |at: &usize| matches!(text.word(*at), "—" | "–" | "--") || text.word(*at) == "-" && text.word(at - 1) == ")";
        let dash = window.into_iter().find(is_dash)?;
        Some((start, behind_dashes(text, dash)))
    })
}

/// The token behind a dash, which may be written as two hyphens.
fn behind_dashes(text: &Text<'_>, dash: usize) -> usize {
    (dash + 1..text.len()).find(|at| text.word(*at) != "-").unwrap_or(dash + 1)
}

fn is_state_name(name: &Name, lexicon: &Lexicon) -> bool {
    name.kind == NameKind::Proper && lexicon.actor(&name.actor).is_some_and(|actor| actor.kind == ActorKind::State)
}

fn mention_at(text: &Text<'_>, at: usize) -> Option<NameMention> {
    let start = text.start(at);
    let (end, names) = text.lexicon.names_at(text.words, start as usize)?;
    let stop = text.analysis.tokens[at..].iter().take_while(|token| (token.span.start() as usize) < end).count();
    let everyday = names.iter().all(|name| name.common);
    let opens_sentence = text.opens_sentence(at);
    let small = text.tag(at) != Tag::Propn && text.word(at).chars().next().is_some_and(char::is_lowercase);
    if everyday && (opens_sentence || small) || is_given_name(text, at, end, at + stop) {
        return None;
    }
    let tokens = at..at + stop.max(1);
    let mut candidates = names.to_vec();
    if names_a_pact(text, tokens.end) {
        candidates.retain(|name| !matches!(name.kind, NameKind::Capital | NameKind::Seat));
    }
    (!candidates.is_empty()).then(|| NameMention {
        tokens,
        span: CleanSpan::new(start, u32::try_from(end).unwrap_or(start)),
        candidates,
        meant: None,
    })
}

/// "*Israel* Bravo", "*Jordan* Ude": the model sees that a person's name goes on behind what is a state's elsewhere.
fn is_given_name(text: &Text<'_>, at: usize, end: usize, behind: usize) -> bool {
    let start = text.start(at);
    let goes_on = |mention: &Mention| {
        mention.kind == MentionKind::Person && mention.span.start() == start && mention.span.end() as usize > end
    };
    // "Bishop *Israel* Bravo"
    let titled = at.checked_sub(1).is_some_and(|before| matches!(text.class(before), Some(NounClass::Title | NounClass::Role)))
        && text.lexicon.names_at(text.words, text.start(behind) as usize).is_none()
        && text.class(behind).is_none();
    text.tag(behind) == Tag::Propn && (titled || text.analysis.mentions.iter().any(goes_on))
}

/// "the Pretoria *agreement*", "the Doha *peace talks*": what was signed or held in a capital is not its state's.
pub(crate) fn names_a_pact(text: &Text<'_>, behind: usize) -> bool {
    let list = text.lexicon.list("named-for-place");
    list.contains(text.lower(behind)) || text.tag(behind) == Tag::X && list.contains(text.lower(behind + 1))
}
