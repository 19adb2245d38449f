//! Which words name places.
//!
//! Names that the language layer takes for places are places, cut to what is the name. Other names and capitalised words are, where the
//! gazetteer knows them and the words around them speak for a place: "in Berry", "the village of Berry", "Berry, New South Wales".

use std::collections::BTreeSet;
use std::ops::Range;

use onrecord_lang::{Analysis, MentionKind};
use onrecord_lexicon::NameKind;

use super::candidate::{Candidate, Known};

/// Words that name a place, and what they may mean.
pub(super) struct Mention {
    pub(super) span: Range<usize>,
    pub(super) candidates: Vec<Candidate>,
    pub(super) sort: Sort,
}

/// What the words around a name say of its sort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sort {
    /// Nothing.
    Unsaid,
    /// "state", "the provinces of": with places in it.
    Area,
    /// "the village of", "… city".
    Town,
}

/// How strongly the words around a name speak for a place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sign {
    None,
    /// "from", "to", "of": persons and bodies stand behind these too.
    Weak,
    /// "in", "near"; "the village of"; "… province".
    Strong,
}

/// The names of places in `text`, in order. None lies within another.
pub(super) fn find(text: &str, analysis: &Analysis, known: &Known<'_>) -> Vec<Mention> {
    let finder = Finder { text, known };
    let names: Vec<(Range<usize>, MentionKind)> = analysis
        .mentions
        .iter()
        .map(|mention| (mention.span.start() as usize..mention.span.end() as usize, mention.kind))
        .collect();
    let mut found: Vec<Mention> = Vec::new();
    for (span, kind) in &names {
        if *kind == MentionKind::Location {
            found.extend(finder.parts(span.clone()).into_iter().filter_map(|part| finder.location(part)));
        }
    }
    let sure = Sure::of(text, &found);
    let mut open: Vec<Mention> = Vec::new();
    for (span, kind) in names.iter().filter(|(_, kind)| *kind != MentionKind::Location) {
        finder.other_name(span.clone(), *kind, &sure).sort_into(&mut found, &mut open);
    }
    let mut taken: Vec<Range<usize>> =
        names.iter().map(|(span, _)| span.clone()).chain(found.iter().map(|mention| mention.span.clone())).collect();
    taken.sort_by_key(|name| name.start);
    for guess in finder.unnamed(&taken, &sure) {
        guess.sort_into(&mut found, &mut open);
    }
    add_listed(text, &mut found, open);
    found.sort_by_key(|mention| (mention.span.start, std::cmp::Reverse(mention.span.end)));
    let mut last = 0;
    found.retain(|mention| {
        let is_free = mention.span.start >= last;
        last = last.max(mention.span.end);
        is_free
    });
    found
}

/// What may name a place.
enum Guess {
    Place(Mention),
    /// Where it stands in a list of places.
    PlaceInList(Mention),
    None,
}

impl Guess {
    fn sort_into(self, found: &mut Vec<Mention>, open: &mut Vec<Mention>) {
        match self {
            Self::Place(mention) => found.push(mention),
            Self::PlaceInList(mention) => open.push(mention),
            Self::None => {}
        }
    }
}

/// Adds what stands in a list with places that were found, again and again, as a list may begin with what is sure.
fn add_listed(text: &str, found: &mut Vec<Mention>, mut open: Vec<Mention>) {
    const BETWEEN: [&str; 5] = [", ", ", and ", " and ", " or ", "; "];
    let mut starts: BTreeSet<usize> = found.iter().map(|mention| mention.span.start).collect();
    let mut ends: BTreeSet<usize> = found.iter().map(|mention| mention.span.end).collect();
    loop {
        let is_listed = |mention: &Mention| {
            let (before, after) = (&text[..mention.span.start], &text[mention.span.end..]);
            let comes_after = |between: &&str| before.strip_suffix(*between).is_some_and(|rest| ends.contains(&rest.len()));
            let comes_before =
                |between: &&str| after.starts_with(*between) && starts.contains(&(mention.span.end + between.len()));
            BETWEEN.iter().any(|between| comes_after(between) || comes_before(between))
        };
        let (listed, rest): (Vec<Mention>, Vec<Mention>) = open.into_iter().partition(is_listed);
        if listed.is_empty() {
            return;
        }
        starts.extend(listed.iter().map(|mention| mention.span.start));
        ends.extend(listed.iter().map(|mention| mention.span.end));
        found.extend(listed);
        open = rest;
    }
}

/// What is known of a text's places before its other names are looked at.
struct Sure {
    names: BTreeSet<String>,
    /// Countries in which one of these names may lie.
    countries: BTreeSet<String>,
}

impl Sure {
    fn of(text: &str, found: &[Mention]) -> Self {
        let names = found.iter().map(|mention| text[mention.span.clone()].to_owned()).collect();
        let likeliest = found.iter().filter_map(|mention| mention.candidates.first());
        Self { names, countries: likeliest.flat_map(|candidate| candidate.countries.clone()).collect() }
    }

    fn is_in_its_country(&self, candidates: &[Candidate]) -> bool {
        candidates.iter().any(|candidate| candidate.countries.iter().any(|country| self.countries.contains(country)))
    }
}

struct Finder<'a> {
    text: &'a str,
    known: &'a Known<'a>,
}

impl Finder<'_> {
    fn is_in(&self, list: &str, word: &str) -> bool {
        !word.is_empty() && self.known.lexicon.list(list).contains(word)
    }

    /// The names in a span that the language layer takes for one: "Vilvoorde, Belgium" is two, in "the northern Sahel area" one word is.
    fn parts(&self, span: Range<usize>) -> Vec<Range<usize>> {
        let span = self.without_article(span);
        if !self.known.exactly(&self.text[span.clone()]).is_empty() {
            return vec![span];
        }
        let mut parts = Vec::new();
        let mut start = span.start;
        for piece in self.text[span.clone()].split([',', '/', '(', ')']) {
            parts.push(self.core(start..start + piece.len()));
            start += piece.len() + 1;
        }
        parts.retain(|part| !part.is_empty());
        parts
    }

    /// "the U.S." without its article, which "The Hague" keeps.
    fn without_article(&self, span: Range<usize>) -> Range<usize> {
        let name = &self.text[span.clone()];
        let has_article = name.starts_with("the ") || name.starts_with("The ") && self.known.gazetteer.exact(name).is_empty();
        if has_article { span.start + "the ".len()..span.end } else { span }
    }

    /// The span without articles, directions and lower-case words at its ends.
    fn core(&self, span: Range<usize>) -> Range<usize> {
        let words: Vec<Range<usize>> = self.words_in(span.clone());
        let is_name = |word: &Range<usize>| {
            let word = &self.text[word.clone()];
            word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) && word != "The"
        };
        let Some(first) = words.iter().position(is_name) else { return span.start..span.start };
        let last = words.iter().rposition(is_name).unwrap_or(first);
        let (mut start, end) = (words[first].start, words[last].end);
        let rest = words.get(first + 1).filter(|_| last > first);
        let is_direction = self.is_in("place-direction", &self.text[words[first].clone()]);
        if let Some(rest) = rest.filter(|_| is_direction && self.known.candidates(&self.text[start..end]).is_empty()) {
            // "Northern Kenya" is a part of it; "Eastern Creek" is no part of a creek.
            if self.known.exactly(&self.text[rest.start..end]).iter().any(Candidate::is_widely_known) {
                start = rest.start;
            }
        }
        start..end
    }

    /// The words between blanks in `span`.
    fn words_in(&self, span: Range<usize>) -> Vec<Range<usize>> {
        let mut words = Vec::new();
        let mut at = span.start;
        for piece in self.text[span].split_inclusive(char::is_whitespace) {
            let word = piece.trim_end();
            if !word.is_empty() {
                words.push(at..at + word.len());
            }
            at += piece.len();
        }
        words
    }

    fn location(&self, span: Range<usize>) -> Option<Mention> {
        let name = &self.text[span.clone()];
        let is_other = self.is_in("place-direction", name) || self.is_in("never-place", name) || self.is_people(name);
        if is_other || self.is_in("named-illness", self.word_after(span.end)) {
            return None;
        }
        let candidates = self.known.candidates(name);
        if !candidates.is_empty() {
            return Some(self.mention(span, candidates));
        }
        let last = name.rsplit([' ', '-']).next().unwrap_or(name);
        if name.contains('-') && last.starts_with(char::is_lowercase) {
            // "rebel-held".
            return None;
        }
        if name.contains(' ') && self.is_in("place-facility", last) {
            return self.town_of_facility(span);
        }
        let is_landform = name.split(' ').count() > 1 && name.split(' ').any(|word| self.is_in("place-landform", word));
        (is_landform || self.sign(&span) == Sign::Strong).then(|| self.mention(span, candidates))
    }

    /// "Kabul International Airport": the town in front.
    fn town_of_facility(&self, span: Range<usize>) -> Option<Mention> {
        let inner = self.known.gazetteer.all_at(&self.text[..span.end], span.start);
        let (end, _) = inner.into_iter().find(|(end, _)| *end < span.end)?;
        let span = span.start..end;
        let candidates = self.known.candidates(&self.text[span.clone()]);
        (!candidates.is_empty()).then(|| self.mention(span, candidates))
    }

    fn mention(&self, span: Range<usize>, candidates: Vec<Candidate>) -> Mention {
        let sort = self.sort(&span);
        Mention { span, candidates, sort }
    }

    /// A name that is not taken for that of a place.
    fn other_name(&self, span: Range<usize>, kind: MentionKind, sure: &Sure) -> Guess {
        let name = &self.text[span.clone()];
        if kind == MentionKind::Group || self.is_no_place(name, span.end) {
            return Guess::None;
        }
        let candidates = self.known.candidates(name);
        if candidates.is_empty() {
            return Guess::None;
        }
        let is_near = sure.is_in_its_country(&candidates);
        let is_place = match self.sign(&span) {
            Sign::Strong => true,
            Sign::Weak => kind != MentionKind::Person || is_near,
            Sign::None => kind != MentionKind::Person && is_near && candidates.iter().any(Candidate::is_widely_known),
        };
        let mention = self.mention(span.clone(), candidates);
        if is_place || sure.names.contains(name) { Guess::Place(mention) } else { Guess::PlaceInList(mention) }
    }

    fn is_no_place(&self, name: &str, end: usize) -> bool {
        self.is_actor(name)
            || self.is_in("named-illness", self.word_after(end))
            || self.is_in("calendar-word", name)
            || self.is_in("never-place", name)
    }

    /// Capitalised words that are in none of the names that are `taken`, sorted. No two of these overlap but those cut out of one another.
    fn unnamed(&self, taken: &[Range<usize>], sure: &Sure) -> Vec<Guess> {
        let is_taken = |span: &Range<usize>| {
            let before = taken.partition_point(|name| name.start < span.end);
            // What is cut out of a name comes right behind it, at most a handful.
            taken[before.saturating_sub(8)..before].iter().any(|name| span.start < name.end)
        };
        let mut found = Vec::new();
        let mut after = 0;
        for (at, _) in self.text.char_indices().filter(|(_, c)| c.is_uppercase()) {
            if at < after || is_taken(&(at..at + 1)) {
                continue;
            }
            let ends = self.known.gazetteer.all_at(self.text, at).into_iter().map(|(end, _)| end);
            let Some(end) = ends.chain(self.initials_at(at)).find(|end| !is_taken(&(at..*end))) else { continue };
            let name = &self.text[at..end];
            let is_part = self.is_capitalised(self.word_after(end)) && !self.is_in("place-noun", self.word_after(end))
                || self.is_capitalised(self.word_before(at)) && !self.begins_sentence_before(at);
            let candidates = self.known.candidates(name);
            if candidates.is_empty() || self.is_no_place(name, end) {
                continue;
            }
            after = end;
            let is_place = sure.names.contains(name) || !is_part && self.sign(&(at..end)) == Sign::Strong;
            let mention = self.mention(at..end, candidates);
            if is_place {
                found.push(Guess::Place(mention));
            } else if !is_part {
                found.push(Guess::PlaceInList(mention));
            }
        }
        found
    }

    /// "Nyanza province", "the villages of Ciocile and Dudescu".
    fn sort(&self, span: &Range<usize>) -> Sort {
        let before = self.text[..span.start].trim_end();
        let noun_before = before.strip_suffix(" of").map_or("", last_word);
        for noun in [self.word_after(span.end), noun_before] {
            if self.is_in("place-noun-area", noun) {
                return Sort::Area;
            }
            if self.is_in("place-noun-town", noun) {
                return Sort::Town;
            }
        }
        Sort::Unsaid
    }

    /// The end of a word of capitals that is the initials of a region.
    fn initials_at(&self, at: usize) -> Option<usize> {
        let rest = &self.text[at..];
        let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        let is_first = !self.text[..at].ends_with(char::is_alphanumeric);
        (is_first && end >= 3 && !self.known.gazetteer.regions_with_initials(&rest[..end]).is_empty()).then_some(at + end)
    }

    /// Whether the lexicon knows the name as that of somebody and not of a state or a place.
    fn is_actor(&self, name: &str) -> bool {
        let lexicon = self.known.lexicon;
        let Some((_, names)) = lexicon.names_at(name, 0).filter(|(end, _)| *end == name.len()) else { return false };
        let is_state = |actor| lexicon.actor(actor).is_some_and(|actor| actor.kind == onrecord_lexicon::ActorKind::State);
        !names.iter().any(|name| is_state(&name.actor)) && lexicon.places_at(name, 0).is_none_or(|(end, _)| end != name.len())
    }

    /// Whether the lexicon knows the name as that of a people or its adjective alone.
    fn is_people(&self, name: &str) -> bool {
        let names = self.known.lexicon.names_at(name, 0).filter(|(end, _)| *end == name.len());
        names.is_some_and(|(_, names)| names.iter().all(|name| name.kind == NameKind::Demonym))
    }

    fn sign(&self, span: &Range<usize>) -> Sign {
        let before = self.text[..span.start].trim_end();
        let joined = self.text[before.len()..span.start].chars().all(char::is_whitespace) && before.len() < span.start;
        let before = before.strip_suffix(" the").unwrap_or(before);
        let word = last_word(before);
        if joined && self.is_in("place-preposition", word) || self.is_in("place-noun", self.word_after(span.end)) {
            return Sign::Strong;
        }
        if joined && word == "of" {
            let noun = last_word(before[..before.len() - word.len()].trim_end());
            return if self.is_in("place-noun", noun) { Sign::Strong } else { Sign::Weak };
        }
        if self.is_before_its_area(span) {
            return Sign::Strong;
        }
        if joined && self.is_in("place-preposition-weak", word) { Sign::Weak } else { Sign::None }
    }

    /// "Berry, New South Wales": a place behind the comma in which there is one of this name.
    fn is_before_its_area(&self, span: &Range<usize>) -> bool {
        let rest = &self.text[span.end..];
        let Some(area) = rest.strip_prefix(", ").or_else(|| rest.strip_prefix(" (")) else { return false };
        let at = self.text.len() - area.len();
        let candidates = self.known.candidates(&self.text[span.clone()]);
        let Some((end, _)) = self.known.gazetteer.longest_at(self.text, at).filter(|_| !candidates.is_empty()) else {
            return false;
        };
        let areas = self.known.candidates(&self.text[at..end]);
        areas.iter().any(|area| candidates.iter().any(|candidate| area.holds(candidate)))
    }

    fn word_after(&self, end: usize) -> &str {
        let rest = self.text[end..].strip_prefix([' ', '-', '\u{a0}']).unwrap_or("");
        &rest[..rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())]
    }

    fn word_before(&self, start: usize) -> &str {
        self.text[..start].strip_suffix([' ', '-', '\u{a0}']).map_or("", last_word)
    }

    /// Whether the word before `start` begins a sentence: its capital says nothing.
    fn begins_sentence_before(&self, start: usize) -> bool {
        let word = self.word_before(start);
        let before = self.text[..start].trim_end();
        let before = before[..before.len() - word.len()].trim_end();
        before.is_empty() || before.ends_with(['.', '?', '!', ':', '"', '“', '”'])
    }

    fn is_capitalised(&self, word: &str) -> bool {
        word.starts_with(char::is_uppercase)
    }
}

/// The last run of letters and digits of `text`; empty when it ends in something else.
fn last_word(text: &str) -> &str {
    let start = text.char_indices().rev().take_while(|(_, c)| c.is_alphanumeric()).last().map_or(text.len(), |(at, _)| at);
    &text[start..]
}
