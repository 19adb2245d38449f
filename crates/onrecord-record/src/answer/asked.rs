//! A question, taken apart: what it is about, whose it is, and the words to look for.

use std::collections::BTreeSet;

use onrecord_lexicon::{About, ActorId, ActorKind, AskedWord, Lexicon, Question, asked_words};
use onrecord_page::Article;
use onrecord_read::Reading;

use crate::word::{is_empty_word, is_turning, stem};

/// A question about a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// What it is about.
    pub about: About,
    /// The side whose words are asked for.
    pub by: Option<ActorId>,
    /// The words to look for, as typed.
    pub(super) topics: Vec<Topic>,
    /// Words that look like names of files.
    pub(super) files: Vec<String>,
    /// Dates, as ISO prefixes; without a year where none is given (`-03-20`).
    pub(super) dates: Vec<String>,
    /// The question in lower case.
    pub(super) lower: String,
}

/// A word that the question is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Topic {
    /// As typed.
    pub(super) word: String,
    /// What it is compared by: a side's id behind `@`, or a stem.
    pub(super) key: String,
    /// Whether it is a number.
    pub(super) is_number: bool,
    /// Whether it is written as a name.
    pub(super) is_name: bool,
    /// What may stand for it: the sort of place that a name is ("the crossing"), or the contrary of a deed.
    pub(super) stands_for: Vec<String>,
}

impl Asked {
    /// The question `text`, with its reading by the same rules that read articles; `question` is what it is about.
    #[must_use]
    pub fn new(question: &Question, article: &Article, reading: &Reading, lexicon: &Lexicon) -> Self {
        let text = article.clean.text();
        let words = asked_words(text);
        let known_by = question.known_by(&words);
        let is_cue = |at: usize| known_by.contains(&at);
        let is_beside = |word: &AskedWord| question.beside.contains(&word.lower);
        let in_time = |word: &AskedWord| {
            let inside =
                |span: onrecord_text::CleanSpan| span.range().start <= word.range.start && word.range.end <= span.range().end;
            reading.times.iter().any(|time| time.is_of_calendar() && inside(time.span))
        };
        let mut asked = Self {
            about: question.about,
            by: None,
            topics: Vec::new(),
            files: Vec::new(),
            dates: dates(reading, &words),
            lower: text.to_lowercase(),
        };
        let is_number = |word: &AskedWord| word.lower.starts_with(|c: char| c.is_ascii_digit());
        let is_topic = |at: usize, word: &AskedWord| {
            let of_question = is_cue(at) && !is_number(word) || is_beside(word) || at == 0 && is_asking(&word.lower);
            !of_question && !in_time(word) && !is_empty_word(&word.lower) && !is_turning(&word.lower)
        };
        let mut seen = BTreeSet::new();
        for (at, word) in words.iter().enumerate() {
            let side = side_at(word, reading, lexicon);
            if is_file(&word.lower) {
                asked.files.push(word.lower.clone());
            } else if let Some(side) = side {
                let of_cue = |at: usize| words.get(at).is_some_and(|word| is_cue(at) || is_beside(word));
                let before = at.checked_sub(1).and_then(|at| words.get(at)).map_or("", |word| word.lower.as_str());
                let is_giver = of_cue(at + 1) || matches!(before, "of" | "by" | "from") && at > 1 && of_cue(at - 2);
                if is_giver && asked.by.is_none() {
                    asked.by = Some(side);
                } else if seen.insert(format!("@{side}")) {
                    asked.topics.push(Topic {
                        word: shown(text, word),
                        key: format!("@{side}"),
                        is_number: false,
                        is_name: false,
                        stands_for: Vec::new(),
                    });
                }
            } else if is_topic(at, word) {
                asked.add_topic(text, at, word, &mut seen, lexicon);
            }
        }
        asked
    }

    fn add_topic(&mut self, text: &str, at: usize, word: &AskedWord, seen: &mut BTreeSet<String>, lexicon: &Lexicon) {
        let key = key(&word.lower, lexicon);
        if !seen.insert(key.clone()) {
            return;
        }
        let printed = shown(text, word);
        let is_name = at > 0 && printed.starts_with(char::is_uppercase);
        let places = lexicon.places_at(text, word.range.start).map(|(_, places)| places).unwrap_or_default();
        let kinds = places.iter().map(|place| self::key(&place.kind, lexicon));
        let stands_for =
            kinds.chain(contraries(&word.lower).into_iter().map(|word| self::key(word, lexicon))).filter(|other| *other != key);
        let stands_for = stands_for.collect();
        self.topics.push(Topic { word: printed, is_number: key.starts_with('#'), is_name, stands_for, key });
    }
}

/// The words for the contrary of a deed: whoever asks what came of an opening wants to know of a closing, too.
fn contraries(lower: &str) -> Vec<&'static str> {
    let stem = stem(lower);
    let own = crate::word::contrary_words().find(|(word, _)| crate::word::stem(word) == stem).map(|(_, side)| side);
    let Some((pair, side)) = own else { return Vec::new() };
    crate::word::contrary_words().filter(|(_, other)| *other == (pair, !side)).map(|(word, _)| word).collect()
}

/// What a word is compared by: the group of words that ask for the same, a number's digits, or its stem.
pub(super) fn key(lower: &str, lexicon: &Lexicon) -> String {
    if let Some(digits) = crate::word::number(lower) {
        return format!("#{digits}");
    }
    match lexicon.asked_alike().iter().position(|group| group.iter().any(|word| word == lower)) {
        Some(group) => format!("={group}"),
        None => stem(lower),
    }
}

fn shown(text: &str, word: &AskedWord) -> String {
    text.get(word.range.clone()).unwrap_or_default().trim_end_matches("'s").trim_end_matches("’s").to_owned()
}

/// Words that open a question and name nothing.
fn is_asking(word: &str) -> bool {
    matches!(word, "please" | "tell" | "show" | "list" | "give" | "find" | "what's" | "who's")
}

/// "10-report.txt", "page.html": letters around a dot, an ending of letters behind it.
fn is_file(word: &str) -> bool {
    word.rsplit_once('.').is_some_and(|(name, ending)| {
        !name.is_empty()
            && (2..=5).contains(&ending.len())
            && ending.chars().all(|c| c.is_ascii_alphanumeric())
            && !ending.chars().all(|c| c.is_ascii_digit())
    })
}

/// The state, group or organisation that the word belongs to the name of. One that only the question's reading knows is no side.
fn side_at(word: &AskedWord, reading: &Reading, lexicon: &Lexicon) -> Option<ActorId> {
    let sides = [ActorKind::State, ActorKind::ArmedGroup, ActorKind::Organisation, ActorKind::People];
    let is_known = |id: &ActorId| lexicon.actor(id).is_some();
    let named = reading.actors.iter().filter(|actor| sides.contains(&actor.kind) && is_known(&actor.id));
    let mut at_word = named.filter(|actor| {
        actor.names.iter().any(|name| name.span.range().start <= word.range.start && word.range.start < name.span.range().end)
    });
    at_word.next().map(|actor| actor.party.clone().unwrap_or_else(|| actor.id.clone()))
}

/// The dates of the question: those that its times stand for, and days of a month without a year.
fn dates(reading: &Reading, words: &[AskedWord]) -> Vec<String> {
    let mut dates: Vec<String> = reading.times.iter().filter_map(|time| Some(time.date.as_ref()?.value.clone())).collect();
    dates.extend(words.iter().filter(|word| is_iso(&word.lower)).map(|word| word.lower.clone()));
    dates.sort();
    dates.dedup();
    if !dates.is_empty() {
        return dates;
    }
    let yearless = reading.times.iter().filter_map(|time| time.value.as_deref()?.strip_prefix("XXXX").map(str::to_owned));
    yearless.collect()
}

fn is_iso(word: &str) -> bool {
    let digits = |part: &str, len: usize| part.len() == len && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = word.split('-').collect();
    matches!(parts.as_slice(), [year, month, day] if digits(year, 4) && digits(month, 2) && digits(day, 2))
        || matches!(parts.as_slice(), [year, month] if digits(year, 4) && digits(month, 2))
}
