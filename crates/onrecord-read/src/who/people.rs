//! The persons an article names, its longer and shorter forms of their names joined.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_lang::{MentionKind, Tag};
use onrecord_lexicon::{Actor, ActorId, ActorKind, Tenure};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::noun_phrase::run_end;
use super::{Head, Names, NounPhrase, interpret};
use crate::text::{NounClass, Text};

/// One person.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) id: ActorId,
    /// The fullest name the article uses, or the lexicon's.
    pub(crate) name: String,
    words: Vec<String>,
    pub(crate) party: Option<ActorId>,
    affiliation: Option<ActorId>,
    pub(crate) roles: BTreeSet<String>,
    /// Tokens at which the person is named.
    pub(crate) named_at: Vec<usize>,
}

/// All persons of an article.
#[derive(Debug, Default)]
pub(crate) struct People {
    pub(crate) persons: Vec<Person>,
    by_last_word: BTreeMap<String, Vec<usize>>,
}

impl People {
    /// Everybody whom a title, a role noun, an apposition or the lexicon shows to be a person.
    pub(crate) fn find(text: &Text<'_>, names: &Names) -> Self {
        let mut people = Self::default();
        let mut at = 0;
        while at < text.len() {
            if names.dateline_start <= at && at < names.dateline_end {
                at = names.dateline_end;
                continue;
            }
            let lexicon_person = names.at(at).filter(|mention| mention.is_person(text));
            let run = match lexicon_person {
                Some(mention) => mention.tokens.clone(),
                None if text.tag(at) == Tag::Propn && names.at(at).is_none() => at..run_end(text, names, at, text.len()),
                None => {
                    at += 1;
                    continue;
                }
            };
            let phrase = start_of_phrase(text, names, run.start)..end_of_apposition(text, run.end);
            if let Some(phrase) = interpret(text, names, phrase) {
                // Whom the model takes for a person is one if the name is a full one.
                let in_place = run.start.checked_sub(1).is_some_and(|before| IN_PLACES.contains(&text.lower(before)));
                let titled = !phrase.roles.is_empty() || run.len() > 1 && is_person(text, &run) && !in_place;
                if lexicon_person.is_some() || titled && matches!(phrase.head, Head::Person(_) | Head::Capitalised(_)) {
                    people.add(text, names, &phrase);
                }
            }
            at = run.end.max(at + 1);
        }
        people.sort_mentions(text, names);
        people
    }

    /// Adds a phrase whose head is a person; joins it with the person it already names. Gives the person's position.
    pub(crate) fn add(&mut self, text: &Text<'_>, names: &Names, phrase: &NounPhrase) -> Option<usize> {
        let (known, name, name_at) = match &phrase.head {
            Head::Name(at) => {
                let mention = names.at(*at)?;
                let actor = text.lexicon.actor(&mention.meant.as_ref().or_else(|| mention.candidates.first())?.actor)?;
                if actor.kind != ActorKind::Person {
                    return None;
                }
                (Some(actor), actor.name.clone(), *at)
            }
            Head::Person(tokens) => (None, text.cut(text.span(tokens)).to_owned(), tokens.start),
            Head::Capitalised(at) => (known_by_last_name(text, names, text.word(*at)), text.word(*at).to_owned(), *at),
            _ => return None,
        };
        // "The defence minister, Pedro Sánchez" of an article that names no Spain is a namesake.
        let namesake = known.is_some_and(|actor| is_namesake(text, names, actor, phrase));
        let known = known.filter(|_| !namesake);
        let name = known.map_or(name, |actor| actor.name.clone());
        let words: Vec<String> = name.split_whitespace().map(plain_letters).collect();
        let (listed, stated) = (known.and_then(|actor| actor.party.clone()), self.party_of(text, phrase));
        // Who left every office that the lexicon knows speaks for whom the article says.
        let party = if known.is_some_and(|actor| left_office(text, actor)) { stated.or(listed) } else { listed.or(stated) };
        let found = self.matching(&words);
        let position = found.unwrap_or(self.persons.len());
        if found.is_none() {
            self.by_last_word.entry(words.last().cloned().unwrap_or_default()).or_default().push(position);
            let unlisted = || ActorId::for_name(if namesake { "person.namesake" } else { "person" }, &name);
            let id = known.map_or_else(unlisted, |actor| actor.id.clone());
            self.persons.push(Person {
                id,
                name: name.clone(),
                words: words.clone(),
                party: None,
                affiliation: None,
                roles: BTreeSet::new(),
                named_at: Vec::new(),
            });
        }
        let person = self.persons.get_mut(position)?;
        if let Some(actor) = known {
            person.id = actor.id.clone();
            person.name.clone_from(&actor.name);
        } else if words.len() > person.words.len() {
            person.id = ActorId::for_name("person", &name);
            person.name = name;
            person.words = words;
        }
        person.party = person.party.take().or(party);
        person.affiliation = person.affiliation.take().or_else(|| phrase.affiliation.clone());
        person.roles.extend(phrase.roles.iter().cloned());
        person.named_at.push(name_at);
        Some(position)
    }

    /// Adds a phrase of one capitalised word when the lexicon knows whose last name it is here.
    pub(crate) fn add_known(&mut self, text: &Text<'_>, names: &Names, phrase: &NounPhrase) -> Option<usize> {
        let Head::Capitalised(at) = phrase.head else { return None };
        known_by_last_name(text, names, text.word(at))?;
        self.add(text, names, phrase)
    }

    fn party_of(&self, text: &Text<'_>, phrase: &NounPhrase) -> Option<ActorId> {
        text.lexicon.actor(phrase.affiliation.as_ref()?)?.party.clone()
    }

    /// The person whose name these words are, or are the last part of. Nobody when two persons would fit.
    pub(crate) fn matching(&self, words: &[String]) -> Option<usize> {
        let words: Vec<String> = words.iter().map(|word| plain_letters(word)).collect();
        let namesakes = self.by_last_word.get(words.last()?)?;
        let mut fitting = namesakes.iter().copied().filter(|n| same_person(&self.persons[*n].words, &words));
        let first = fitting.next()?;
        fitting.next().is_none().then_some(first)
    }

    /// The person in whose full name this is the first word. Nobody when several have it.
    pub(crate) fn with_first_name(&self, word: &str) -> Option<usize> {
        let word = plain_letters(word);
        let has_it = |(_, person): &(usize, &Person)| person.words.len() > 1 && person.words.first() == Some(&word);
        let mut fitting = self.persons.iter().enumerate().filter(has_it);
        let (first, _) = fitting.next()?;
        fitting.next().is_none().then_some(first)
    }

    /// The last person named before the token `at` who holds one of these roles, of the given side when it is known.
    pub(crate) fn last_with_role(
        &self,
        roles: &[String],
        affiliation: Option<&ActorId>,
        party: Option<&ActorId>,
        at: usize,
    ) -> Option<usize> {
        let fits = |person: &Person| {
            let role = roles.iter().any(|role| person.roles.iter().any(|known| same_role(known, role)));
            let side = affiliation.is_none()
                || person.affiliation.as_ref() == affiliation
                || person.party.is_some() && person.party.as_ref() == party;
            let same_body = affiliation.is_some() && person.affiliation.as_ref() == affiliation && !person.roles.is_empty();
            side && role || same_body
        };
        let last_named = |person: &Person| person.named_at.iter().copied().filter(|named| *named < at).max();
        (0..self.persons.len())
            .filter(|n| fits(&self.persons[*n]))
            .filter_map(|n| Some((last_named(&self.persons[n])?, n)))
            .max()
            .map(|(_, n)| n)
    }

    /// Adds the places where a person is named by the last name alone.
    fn sort_mentions(&mut self, text: &Text<'_>, names: &Names) {
        for at in 0..text.len() {
            if text.tag(at) != Tag::Propn || names.at(at).is_some() || text.class(at) == Some(NounClass::Title) {
                continue;
            }
            if let Some(n) = self.matching(&[text.lower(at).to_owned()]) {
                self.persons[n].named_at.push(at);
            }
        }
        for person in &mut self.persons {
            person.named_at.sort_unstable();
            person.named_at.dedup();
        }
    }
}

/// Words before the name of a place and next to never before that of a person.
const IN_PLACES: [&str; 6] = ["around", "in", "inside", "near", "outside", "throughout"];

/// Whether the model finds a person's name in just these tokens.
fn is_person(text: &Text<'_>, tokens: &std::ops::Range<usize>) -> bool {
    let span = text.span(tokens);
    text.analysis.mentions.iter().any(|mention| mention.kind == MentionKind::Person && mention.span == span)
}

/// The only person of the lexicon with this last name whose side the article names.
fn known_by_last_name<'l>(text: &Text<'l>, names: &Names, last: &str) -> Option<&'l onrecord_lexicon::Actor> {
    let mut fitting =
        text.lexicon.persons_named(last).filter(|actor| actor.party.as_ref().is_some_and(|party| names.names_party(party)));
    let first = fitting.next()?;
    fitting.next().is_none().then_some(first)
}

/// Tokens of the name of a post.
const LONGEST_POST: usize = 5;

/// Whether the article gives this person of the lexicon a post that the lexicon does not, and names the side nowhere else.
fn is_namesake(text: &Text<'_>, names: &Names, actor: &Actor, phrase: &NounPhrase) -> bool {
    let is_elsewhere = actor.party.as_ref().is_some_and(|party| !names.names_side(party));
    let held = |role: &str| actor.offices.iter().any(|tenure| tenure.office.as_str().rsplit('.').next() == Some(role));
    // "the defence minister, Pedro Sánchez": the post may stand before a comma.
    let comma = phrase.tokens.start.checked_sub(1).filter(|at| text.word(*at) == ",");
    let before = comma.map_or(0..0, |comma| comma.saturating_sub(LONGEST_POST)..comma);
    let role_at = |at: usize| text.lexicon.role_at(text.words, text.start(at) as usize);
    let opens_comma = |at: &usize| {
        role_at(*at).is_some_and(|(end, _)| comma.is_some_and(|comma| text.token_ending_at(*at, end) == Some(comma)))
    };
    let posts = before.filter(opens_comma).chain(phrase.tokens.clone()).filter_map(|at| Some(role_at(at)?.1));
    let mut posts = posts.peekable();
    // Who left his office may have another one now.
    is_elsewhere && !left_office(text, actor) && posts.peek().is_some() && !posts.any(|role| held(&role.id))
}

/// Whether an actor held offices and had left all of them when the article was published, or by now where it has no date.
fn left_office(text: &Text<'_>, actor: &Actor) -> bool {
    let published = text.article.published.as_ref().map(|date| date.value.as_str());
    let is_over = |to: &str| published.is_none_or(|published| published > to && !published.starts_with(to));
    let left = |tenure: &Tenure| tenure.to.as_deref().is_some_and(is_over);
    !actor.offices.is_empty() && actor.offices.iter().all(left)
}

/// A word in small letters without marks: newsrooms write "Petkovic" and "Petković", "Lopez" and "López".
fn plain_letters(word: &str) -> String {
    let lower = word.to_lowercase();
    if lower.is_ascii() {
        return lower;
    }
    let plain = |letter: char| match letter {
        'đ' | 'ð' => 'd',
        'ı' => 'i',
        'ł' => 'l',
        'ø' => 'o',
        _ => letter,
    };
    lower.nfd().filter(|letter| !is_combining_mark(*letter)).map(plain).collect()
}

/// Same last name, and the words of the shorter name stand in the longer one in order ("Tahir Andrabi", "Andrabi").
fn same_person(known: &[String], words: &[String]) -> bool {
    let (short, long) = if known.len() < words.len() { (known, words) } else { (words, known) };
    if short.is_empty() || short.last() != long.last() {
        return false;
    }
    let mut rest = long.iter();
    short.iter().all(|word| rest.any(|other| other == word || is_initial_of(word, other)))
}

fn is_initial_of(short: &str, long: &str) -> bool {
    short.trim_end_matches('.').chars().count() == 1 && long.starts_with(short.trim_end_matches('.'))
}

/// "spokesman", "spokeswoman" and "spokesperson" are one role.
fn same_role(one: &str, other: &str) -> bool {
    one == other || one.starts_with("spokes") && other.starts_with("spokes")
}

/// Walks back over modifiers: names, titles, role nouns, determiners, possessives, brackets.
fn start_of_phrase(text: &Text<'_>, names: &Names, from: usize) -> usize {
    let mut start = from;
    while start > 0 && !text.opens_sentence(start) {
        let before = start - 1;
        if let Some(mention) = names.at(before) {
            start = mention.tokens.start;
            continue;
        }
        let modifier = text.class(before).is_some()
            || matches!(text.tag(before), Tag::Propn | Tag::Part)
            || matches!(text.word(before), "(" | ")" | "’")
            || text.tag(before) == Tag::X && !text.looks_finite(before) && start > 1 && text.class(start).is_some();
        if !modifier {
            break;
        }
        start = before;
    }
    start
}

/// End of an apposition ("X, the group’s spokesman,") behind a name, or `from` when there is none.
fn end_of_apposition(text: &Text<'_>, from: usize) -> usize {
    if text.word(from) != "," {
        return from;
    }
    let window = from + 1..(from + 12).min(text.len());
    let end = window.clone().find(|at| {
        matches!(text.word(*at), "," | "." | ";" | "”" | "\"" | ":") || text.tag(*at) == Tag::Aux || text.tag(*at) == Tag::Sconj
    });
    let Some(end) = end.filter(|end| text.word(*end) == "," || text.word(*end) == ".") else { return from };
    let names_role = (from + 1..end).any(|at| matches!(text.class(at), Some(NounClass::Role | NounClass::Title)));
    if names_role { end } else { from }
}
