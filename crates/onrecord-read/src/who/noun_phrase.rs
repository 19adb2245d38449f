//! What a noun phrase refers to, by its head noun, the names in it and their order.

use std::ops::Range;

use onrecord_lang::{Mention, MentionKind, Tag};
use onrecord_lexicon::{ActorId, ActorKind, NameKind};

use super::{NameMention, Names};
use crate::text::{NounClass, Text, is_time_noun, is_weekday};

/// A noun phrase that can speak.
#[derive(Debug, Clone)]
pub(crate) struct NounPhrase {
    pub(crate) tokens: Range<usize>,
    pub(crate) head: Head,
    /// The actor named in its modifiers ("the *Veldmar* envoy", "spokesman for *the council*").
    pub(crate) affiliation: Option<ActorId>,
    /// "the", a possessive, or no determiner at all.
    pub(crate) definite: bool,
    /// Titles and role nouns in it, in lower case.
    pub(crate) roles: Vec<String>,
}

/// What the head of a noun phrase is. Numbers are tokens.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Head {
    /// A name of the lexicon, by the position of its first token.
    Name(usize),
    /// A personal name the lexicon need not know.
    Person(Range<usize>),
    /// A capitalised name that ends in a noun for a body.
    Organisation(Range<usize>),
    /// One capitalised word that nothing explains.
    Capitalised(usize),
    /// A common noun of this class.
    Noun(NounClass, usize),
    /// A common noun that no list knows, behind a determiner or possessive: it speaks only where the frame leaves no doubt.
    Unlisted(usize),
    /// A personal pronoun.
    Pronoun(usize),
    /// Several names that "and" joins: they speak together.
    Joint(Range<usize>),
}

/// A stretch of the phrase that can be its head.
struct Unit {
    head: Head,
    tokens: Range<usize>,
    possessive: bool,
}

/// A title or the noun of a post. Those who hold some posts are also quoted without a name ("ministers said").
fn is_post(text: &Text<'_>, at: usize) -> bool {
    match text.class(at) {
        Some(NounClass::Role | NounClass::Title) => true,
        Some(NounClass::Unnamed) => text.lexicon.list("role-noun").contains(text.word(at)),
        _ => false,
    }
}

/// Reads `tokens` as a noun phrase; `None` when its head is nobody who can speak.
pub(crate) fn interpret(text: &Text<'_>, names: &Names, tokens: Range<usize>) -> Option<NounPhrase> {
    let tokens = trimmed(text, tokens);
    if tokens.is_empty() || matches!(text.lower(tokens.start), "no" | "neither" | "nobody" | "nothing") {
        return None;
    }
    if tokens.len() == 1 && text.tag(tokens.start) == Tag::Pron {
        let head = Head::Pronoun(tokens.start);
        return is_personal(text.lower(tokens.start)).then(|| NounPhrase {
            tokens,
            head,
            affiliation: None,
            definite: true,
            roles: Vec::new(),
        });
    }
    let core = core_of(text, names, &tokens);
    let units = units(text, names, &core);
    let Some(unit) = head_unit(text, names, &units, &core) else {
        let head = Head::Unlisted(unlisted_head(text, &core)?);
        let affiliation = affiliation(text, names, &tokens, &units, &(core.end..core.end));
        return Some(NounPhrase { head, affiliation, definite: true, roles: Vec::new(), tokens });
    };
    let named = person_in_apposition(text, names, unit, &core, &tokens);
    let affiliation = affiliation(text, names, &tokens, &units, &unit.tokens);
    let roles = tokens
        .clone()
        .filter(|at| is_post(text, *at) && !unit_is_person_at(unit, *at))
        .map(|at| text.lower(at).to_owned())
        .collect();
    let definite =
        !matches!(text.lower(tokens.start), "a" | "an" | "another" | "one" | "some" | "several" | "many" | "two" | "three");
    let head = named.unwrap_or_else(|| joint(text, names, &units, unit).map_or_else(|| unit.head.clone(), Head::Joint));
    Some(NounPhrase { head, affiliation, definite, roles, tokens })
}

/// "*Oro and Veld*": the names that "and" and commas join with the last of them, if that is who speaks. A single word that no list knows may be a
/// part of what follows ("the Trade and Industry Minister").
fn joint(text: &Text<'_>, names: &Names, units: &[Unit], last: &Unit) -> Option<Range<usize>> {
    let is_name = |unit: &Unit| match &unit.head {
        Head::Name(at) => names.at(*at).is_some_and(|mention| !mention.is_demonym()),
        Head::Person(_) | Head::Organisation(_) => true,
        _ => false,
    };
    let place = units.iter().position(|unit| std::ptr::eq(unit, last)).filter(|_| is_name(last))?;
    let (mut start, mut mark) = (last.tokens.start, "and");
    for before in units.get(..place)?.iter().rev() {
        let between = before.tokens.end..start;
        let joins = text.lower(between.start) == mark && between.len() == 1 && !before.possessive && is_name(before);
        if !joins {
            break;
        }
        (start, mark) = (before.tokens.start, ",");
    }
    (start < last.tokens.start).then_some(start..last.tokens.end)
}

/// "The Secretary-General of the council, *Marguerite Dace*": the name behind the comma is who speaks.
fn person_in_apposition(text: &Text<'_>, names: &Names, unit: &Unit, core: &Range<usize>, tokens: &Range<usize>) -> Option<Head> {
    matches!(unit.head, Head::Noun(NounClass::Role | NounClass::Title | NounClass::Unnamed, _)).then_some(())?;
    // "The council's chair, Veldmari Prime Minister *Ana Oro*": what stands behind the comma is a phrase of its own.
    let mut commas = (core.end..tokens.end).filter(|at| text.word(*at) == ",");
    let described = commas.find_map(|comma| interpret(text, names, comma + 1..tokens.end))?;
    let is_named = match &described.head {
        Head::Person(_) => true,
        Head::Name(at) => names.at(*at).is_some_and(|mention| mention.is_person(text)),
        _ => false,
    };
    is_named.then_some(described.head)
}

fn unit_is_person_at(unit: &Unit, at: usize) -> bool {
    matches!(&unit.head, Head::Person(name) if name.contains(&at))
}

fn is_personal(word: &str) -> bool {
    matches!(word, "he" | "she" | "they" | "it" | "we" | "i" | "him" | "her" | "them" | "us" | "me")
}

/// Without marks, conjunctions and adverbs at its edges.
fn trimmed(text: &Text<'_>, tokens: Range<usize>) -> Range<usize> {
    let edge = |at: usize| matches!(text.tag(at), Tag::Punct | Tag::Cconj | Tag::Adv | Tag::Sconj) && text.word(at) != ")";
    // "In *April* the ministry acknowledged": the month says when.
    let calendar = text.lexicon.list("calendar-word");
    let says_when = |at: usize| text.tag(at + 1) == Tag::Det && at + 2 < tokens.end && calendar.contains(text.word(at));
    let start = tokens.clone().find(|at| !edge(*at) && !says_when(*at)).unwrap_or(tokens.end);
    let end = tokens.rev().find(|at| !edge(*at)).map_or(start, |at| at + 1);
    start..without_day(text, start..end.max(start)).max(start)
}

/// Where the phrase ends without the day behind it: "the army *on Tuesday* rejected", "the ministry *late Friday* denied". Agencies put it there, and
/// it says when, not who.
fn without_day(text: &Text<'_>, tokens: Range<usize>) -> usize {
    let word = |at: usize| if at > tokens.start { text.lower(at) } else { "" };
    let part_of_day = matches!(word(tokens.end.saturating_sub(1)), "morning" | "afternoon" | "evening" | "night");
    let day = tokens.end.saturating_sub(1 + usize::from(part_of_day));
    if !is_weekday(word(day)) {
        return tokens.end;
    }
    let late = day - usize::from(matches!(word(day - 1), "late" | "early"));
    let on = late - usize::from(matches!(word(late - 1), "on"));
    on - usize::from(on < late && matches!(word(on - 1), "late" | "early"))
}

/// The part before the first comma, relative pronoun or preposition that is not inside a name or brackets.
fn core_of(text: &Text<'_>, names: &Names, tokens: &Range<usize>) -> Range<usize> {
    let mut at = tokens.start;
    let mut brackets = 0usize;
    while at < tokens.end {
        let word = text.word(at);
        match word {
            "(" => brackets += 1,
            ")" => brackets = brackets.saturating_sub(1),
            _ => {}
        }
        if let Some(mention) = names.at(at) {
            at = mention.tokens.end.max(at + 1);
            continue;
        }
        let ends = word == ","
            || matches!(text.lower(at), "who" | "which" | "that" | "whose")
            || text.tag(at) == Tag::Pron && at > tokens.start
            || is_reduced_clause(text, tokens.start, at)
            || text.tag(at) == Tag::Adp && at > tokens.start;
        if ends && brackets == 0 {
            return tokens.start..at;
        }
        at += 1;
    }
    tokens.clone()
}

/// "a report *released* last year": a participle behind a noun opens a clause of its own.
fn is_reduced_clause(text: &Text<'_>, start: usize, at: usize) -> bool {
    at > start
        && text.tag(at) == Tag::X
        && text.universal(at) == "VERB"
        && matches!(text.penn(at), "VBN" | "VBG")
        && matches!(text.universal(at - 1), "NOUN" | "PROPN")
}

fn units(text: &Text<'_>, names: &Names, core: &Range<usize>) -> Vec<Unit> {
    let mut units = Vec::new();
    let mut at = core.start;
    while at < core.end {
        let found = if let Some(mention) = names.at(at) {
            Some((Head::Name(mention.tokens.start), at..mention.tokens.end.min(core.end)))
        } else if text.tag(at) == Tag::Propn {
            capitalised_unit(text, names, at, core.end)
        } else {
            text.class(at).map(|class| (Head::Noun(class, at), at..at + 1))
        };
        let Some((head, tokens)) = found else {
            at += 1;
            continue;
        };
        at = tokens.end.max(at + 1);
        let mark = at < core.end
            && (text.tag(at) == Tag::Part || matches!(text.word(at), "’" | "'") && text.lower(at - 1).ends_with('s'));
        units.push(Unit { head, tokens, possessive: mark });
    }
    units
}

/// A run of capitalised words that no name of the lexicon covers.
fn capitalised_unit(text: &Text<'_>, names: &Names, at: usize, end: usize) -> Option<(Head, Range<usize>)> {
    let run = at..run_end(text, names, at, end);
    // "*State-run* Radio Tarn", at the start of a sentence
    let run = run.start + usize::from(run.len() > 1 && is_attribute(text, at))..run.end;
    let is_role = |at: &usize| matches!(text.class(*at), Some(NounClass::Title | NounClass::Role | NounClass::Unnamed));
    // "the People Power *Party*": a body named after those it is of.
    let is_body_name =
        run.len() > 2 && text.class(run.end - 1).is_some_and(|class| matches!(class, NounClass::Body | NounClass::Collective));
    let role = run.clone().rev().find(is_role).filter(|role| !is_body_name || text.class(*role) != Some(NounClass::Unnamed));
    if let Some(role) = role {
        let name = role + 1..run.end;
        return Some(if name.is_empty() { (Head::Noun(NounClass::Role, role), run) } else { (Head::Person(name), run) });
    }
    let last = run.end - 1;
    let head = match text.class(last) {
        Some(NounClass::Body | NounClass::Collective) if run.len() > 1 => Head::Organisation(run.clone()),
        Some(class) => Head::Noun(class, last),
        None if run.len() > 1 && is_listed_place(text, &run) => return None,
        None if run.len() > 1 && is_body(text, &run) => Head::Organisation(run.clone()),
        None if run.len() > 1 && run.len() < 6 => Head::Person(run.clone()),
        None if run.len() == 1 && !text.lexicon.list("calendar-word").contains(text.word(run.start)) => {
            Head::Capitalised(run.start)
        }
        None => return None,
    };
    Some((head, run))
}

/// "State-run", "Oro-based": a compound that tells whose the body named behind it is.
fn is_attribute(text: &Text<'_>, at: usize) -> bool {
    text.word(at).rsplit_once('-').is_some_and(|(_, last)| text.lexicon.list("attribute-participle").contains(last))
}

/// Whether the lexicon lists just these words as a sea, a region or another place that does nothing.
fn is_listed_place(text: &Text<'_>, run: &Range<usize>) -> bool {
    let span = text.span(run);
    text.lexicon.places_at(text.words, span.start() as usize).is_some_and(|(end, _)| end == span.end() as usize)
}

/// Whether the model takes just these words for the name of a body or of a place, which stands for those who rule it, and its last word nowhere
/// in the article for that of a person: a name that no list explains is a person's else.
pub(super) fn is_body(text: &Text<'_>, run: &Range<usize>) -> bool {
    let span = text.span(run);
    let last = text.word(run.end - 1);
    let mentions = &text.analysis.mentions;
    let is_person = |mention: &Mention| {
        mention.kind == MentionKind::Person && text.cut(mention.span).rsplit(char::is_whitespace).next() == Some(last)
    };
    let is_body = |kind| matches!(kind, MentionKind::Organisation | MentionKind::Location);
    mentions.iter().any(|mention| is_body(mention.kind) && mention.span == span) && !mentions.iter().any(is_person)
}

/// End of the run of capitalised words at `at`; particles ("al", "bin") and initials may stand between them.
pub(super) fn run_end(text: &Text<'_>, names: &Names, at: usize, end: usize) -> usize {
    let particles = text.lexicon.list("name-particle");
    let mut stop = at + 1;
    while stop < end {
        let capital = text.tag(stop) == Tag::Propn && names.at(stop).is_none();
        let joined = particles.contains(text.word(stop)) && text.tag(stop + 1) == Tag::Propn && stop + 1 < end;
        if !capital && !joined || text.opens_sentence(stop) {
            break;
        }
        stop += 1;
    }
    stop
}

/// A personal name is the head wherever it stands; otherwise the last unit is, if it closes the core.
fn head_unit<'u>(text: &Text<'_>, names: &Names, units: &'u [Unit], core: &Range<usize>) -> Option<&'u Unit> {
    let is_person = |unit: &Unit| match &unit.head {
        Head::Person(_) => true,
        Head::Name(at) => names.at(*at).is_some_and(|mention| mention.is_person(text)),
        _ => false,
    };
    let end = closing(text, core);
    let follows_role =
        |n: usize| n > 0 && matches!(units[n - 1].head, Head::Noun(NounClass::Role | NounClass::Title | NounClass::Unnamed, _));
    let person = units
        .iter()
        .enumerate()
        .filter(|(n, unit)| {
            !unit.possessive && (is_person(unit) || matches!(unit.head, Head::Capitalised(_)) && follows_role(*n))
        })
        .map(|(_, unit)| unit)
        .next_back();
    let last = units.iter().rev().find(|unit| !unit.possessive && !is_bracketed(text, &unit.tokens));
    let closes = |unit: &&Unit| unit.tokens.end >= end;
    person.filter(closes).or(last.filter(closes))
}

/// The last word of a short phrase that a determiner, a possessive or a plural shows to be a noun phrase ("the families", "Veldmar's voters").
fn unlisted_head(text: &Text<'_>, core: &Range<usize>) -> Option<usize> {
    let end = closing(text, core);
    let last = end
        .checked_sub(1)
        .filter(|last| *last >= core.start && text.tag(*last) == Tag::X && matches!(text.universal(*last), "NOUN" | "PROPN"))?;
    let determined = matches!(text.penn(core.start), "DT" | "CD" | "PRP$") || core.clone().any(|at| text.tag(at) == Tag::Part);
    let plural = text.penn(last) == "NNS";
    let time = is_time_noun(text.lower(last));
    let plain = !time
        && core.clone().all(|at| {
            at == core.start
                || matches!(text.tag(at), Tag::X | Tag::Propn | Tag::Part | Tag::Num) && !text.looks_finite(at)
                // "a doctors' network"
                || matches!(text.word(at), "'" | "’") && text.lower(at - 1).ends_with('s')
        });
    ((determined || plural) && plain && core.len() <= 5).then_some(last)
}

fn is_bracketed(text: &Text<'_>, tokens: &Range<usize>) -> bool {
    tokens.start > 0 && text.word(tokens.start - 1) == "("
}

/// End of the core without a bracket at its end and without numbers or marks.
fn closing(text: &Text<'_>, core: &Range<usize>) -> usize {
    let mut end = core.end;
    if end > core.start && text.word(end - 1) == ")" {
        end = core.clone().rev().find(|at| text.word(*at) == "(").unwrap_or(core.start);
    }
    // "diplomats familiar with the talks": an adjective with a complement of its own stands behind its noun.
    let has_complement = text.tag(core.end) == Tag::Adp || text.lower(core.end) == "to";
    let trails = |at: usize| match text.tag(at) {
        Tag::Punct | Tag::Adv => true,
        Tag::X => has_complement && at > core.start && at + 1 == core.end && text.universal(at) == "ADJ",
        _ => false,
    };
    while end > core.start && trails(end - 1) {
        end -= 1;
    }
    end
}

/// The actor that the modifiers name: before the head first, then behind "of", "for" and the like, then in an apposition.
fn affiliation(text: &Text<'_>, names: &Names, tokens: &Range<usize>, units: &[Unit], head: &Range<usize>) -> Option<ActorId> {
    let before = units.iter().filter(|unit| unit.tokens.end <= head.start).rev().filter_map(|unit| match unit.head {
        Head::Name(at) => names.at(at),
        _ => None,
    });
    // "envoy *to* Kabul", "diplomats *in* Tbilisi", "speaking *from* Havana": that is where they are, not for whom they speak.
    let abroad = tokens.clone().any(|at| text.lexicon.list("posted-abroad").contains(text.lower(at)));
    let is_elsewhere = |mention: &&NameMention| {
        let before = mention.tokens.start.checked_sub(1).map_or("", |at| text.lower(at));
        match before {
            "to" => true,
            "in" | "at" => abroad,
            // "the fund's director *for* Sudan"
            "for" => tokens.clone().any(|at| text.lexicon.list("posted-to").contains(text.lower(at))),
            "from" => mention.tokens.start.checked_sub(2).is_some_and(|at| text.lower(at).ends_with("ing")),
            _ => false,
        }
    };
    let after = names.within(&(head.end..tokens.end)).iter().filter(|mention| !is_elsewhere(mention));
    let meant = |mention: &NameMention| {
        let name = mention.meant.as_ref()?;
        let actor = text.lexicon.actor(&name.actor)?;
        (actor.kind != ActorKind::Person).then(|| actor.id.clone())
    };
    // The outermost modifier is named first ("Veldmar's Foreign Ministry spokesman"), but the body nearest to the head is the closer tie.
    let mut before: Vec<&NameMention> = before.collect();
    before.sort_by_key(|mention| mention.meant.is_none());
    let mut after = after;
    before.into_iter().find_map(meant).or_else(|| after.find_map(meant))
}

impl NameMention {
    /// Whether all it can mean are persons.
    pub(crate) fn is_person(&self, text: &Text<'_>) -> bool {
        self.candidates.iter().all(|name| text.lexicon.actor(&name.actor).is_some_and(|actor| actor.kind == ActorKind::Person))
    }

    /// Whether it stands for people rather than for a side ("Afghans").
    pub(crate) fn is_demonym(&self) -> bool {
        self.candidates.iter().all(|name| name.kind == NameKind::Demonym)
    }
}
