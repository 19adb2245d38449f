//! The lexicon and its look-ups.

use std::collections::{BTreeMap, HashMap};

use crate::actor::{Actor, ActorId, Name, Role};
use crate::affair::{Affair, Turn};
use crate::event::{EventKind, EventWord, Plover};
use crate::outlet::Outlet;
use crate::phrase::PhraseIndex;
use crate::place::Place;
use crate::problem::Problem;
use crate::question::{self, AskedWord, Question};
use crate::saying::Saying;
use crate::time_word::TimeWord;
use crate::unit::{Qualifier, Unit, Vague};
use crate::word_list::WordList;

/// All entries, with indexes to find them in text.
#[derive(Debug)]
pub struct Lexicon {
    pub(crate) fingerprint: u64,
    pub(crate) actors: BTreeMap<ActorId, Actor>,
    pub(crate) roles: Vec<Role>,
    pub(crate) sayings: Vec<Saying>,
    pub(crate) event_words: Vec<EventWord>,
    // Looked up by key only, and often: their order never reaches output.
    pub(crate) event_verb_forms: HashMap<String, Vec<usize>>,
    pub(crate) event_noun_forms: HashMap<String, Vec<usize>>,
    pub(crate) event_codes: BTreeMap<(Plover, Plover), String>,
    pub(crate) affairs: Vec<Affair>,
    pub(crate) turns: Vec<Turn>,
    pub(crate) turn_forms: HashMap<String, Vec<usize>>,
    pub(crate) places: Vec<Place>,
    pub(crate) units: Vec<Unit>,
    pub(crate) qualifiers: Vec<Qualifier>,
    pub(crate) vagues: Vec<Vague>,
    pub(crate) outlets: Vec<Outlet>,
    pub(crate) time_words: Vec<TimeWord>,
    pub(crate) questions: Vec<Question>,
    pub(crate) alike: Vec<Vec<String>>,
    pub(crate) lists: HashMap<String, WordList>,
    pub(crate) no_words: WordList,
    pub(crate) names: PhraseIndex<Name>,
    pub(crate) last_names: BTreeMap<String, Vec<ActorId>>,
    pub(crate) role_forms: PhraseIndex<usize>,
    pub(crate) saying_forms: PhraseIndex<usize>,
    pub(crate) affair_forms: PhraseIndex<usize>,
    pub(crate) turn_phrases: PhraseIndex<usize>,
    pub(crate) place_names: PhraseIndex<usize>,
    pub(crate) unit_forms: PhraseIndex<usize>,
    pub(crate) unit_symbols: PhraseIndex<usize>,
    pub(crate) qualifier_forms: PhraseIndex<usize>,
    pub(crate) vague_forms: PhraseIndex<usize>,
    pub(crate) outlet_names: PhraseIndex<usize>,
    pub(crate) time_forms: PhraseIndex<usize>,
}

impl Lexicon {
    /// Tells this lexicon from one made of other files, as 16 hex digits.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        format!("{:016x}", self.fingerprint)
    }

    /// The actor with this id.
    #[must_use]
    pub fn actor(&self, id: &ActorId) -> Option<&Actor> {
        self.actors.get(id)
    }

    /// The persons whose name ends in this word.
    pub fn persons_named(&self, last: &str) -> impl Iterator<Item = &Actor> {
        let ids = self.last_names.get(last).map_or(&[] as &[ActorId], Vec::as_slice);
        ids.iter().filter_map(|id| self.actors.get(id))
    }

    /// All actors, by id.
    pub fn actors(&self) -> impl Iterator<Item = &Actor> {
        self.actors.values()
    }

    /// The longest name of an actor that starts at byte `at` of `text`: its end, and whose name it may be.
    #[must_use]
    pub fn names_at(&self, text: &str, at: usize) -> Option<(usize, &[Name])> {
        self.names.longest_at(text, at)
    }

    /// The roles that every state has.
    #[must_use]
    pub fn roles(&self) -> &[Role] {
        &self.roles
    }

    /// The longest role form ("foreign ministry") that starts at byte `at`: its end, and the role.
    #[must_use]
    pub fn role_at(&self, text: &str, at: usize) -> Option<(usize, &Role)> {
        let (end, found) = self.role_forms.longest_at(text, at)?;
        Some((end, self.roles.get(*found.first()?)?))
    }

    /// The words of saying, in the order of their files.
    #[must_use]
    pub fn sayings(&self) -> &[Saying] {
        &self.sayings
    }

    /// The forms of words of saying that start at byte `at`, longest first: where each ends, and the entries that list it.
    pub fn sayings_at<'s>(&'s self, text: &'s str, at: usize) -> impl Iterator<Item = (usize, Vec<&'s Saying>)> {
        let found = self.saying_forms.all_at(text, at);
        found.map(|(end, entries)| (end, entries.iter().filter_map(|n| self.sayings.get(*n)).collect()))
    }

    /// The words that name events, in the order of their files.
    #[must_use]
    pub fn event_words(&self) -> &[EventWord] {
        &self.event_words
    }

    /// The entries that this word is a regular form of, a particle behind it, in lower case.
    pub fn event_words_of(&self, kind: EventKind, form: &str) -> impl Iterator<Item = &EventWord> {
        let forms = match kind {
            EventKind::Verb => &self.event_verb_forms,
            EventKind::Noun => &self.event_noun_forms,
        };
        let found = forms.get(form).map_or(&[] as &[usize], Vec::as_slice);
        found.iter().filter_map(|n| self.event_words.get(*n))
    }

    /// The CAMEO code of an event that is about another: an agreement to give aid.
    #[must_use]
    pub fn event_code(&self, of: Plover, over: Plover) -> Option<&str> {
        self.event_codes.get(&(of, over)).map(String::as_str)
    }

    /// The longest name of a thing whose state is reported ("border crossing") that starts at byte `at`: its end, and what it is.
    #[must_use]
    pub fn affair_at(&self, text: &str, at: usize) -> Option<(usize, &Affair)> {
        let (end, found) = self.affair_forms.longest_at(text, at)?;
        Some((end, self.affairs.get(*found.first()?)?))
    }

    /// The sort of thing that places of this kind are by their name alone.
    #[must_use]
    pub fn affair_of_place(&self, kind: &str) -> Option<&Affair> {
        self.affairs.iter().find(|affair| affair.places.iter().any(|own| own == kind))
    }

    /// The words that say in what state a thing is.
    #[must_use]
    pub fn turns(&self) -> &[Turn] {
        &self.turns
    }

    /// The entries that this word is a regular form of, in lower case.
    pub fn turns_of(&self, form: &str) -> impl Iterator<Item = &Turn> {
        let found = self.turn_forms.get(form).map_or(&[] as &[usize], Vec::as_slice);
        found.iter().filter_map(|n| self.turns.get(*n))
    }

    /// The longest phrase that says in what state a thing is ("in force") at byte `at`: its end, and its entries.
    pub fn turn_phrase_at(&self, text: &str, at: usize) -> Option<(usize, Vec<&Turn>)> {
        let (end, found) = self.turn_phrases.longest_at(text, at)?;
        Some((end, found.iter().filter_map(|n| self.turns.get(*n)).collect()))
    }

    /// The longest place name that starts at byte `at`: its end, and the places of that name.
    #[must_use]
    pub fn places_at(&self, text: &str, at: usize) -> Option<(usize, Vec<&Place>)> {
        let (end, found) = self.place_names.longest_at(text, at)?;
        Some((end, found.iter().filter_map(|n| self.places.get(*n)).collect()))
    }

    /// The longest unit word that starts at byte `at`.
    #[must_use]
    pub fn unit_at(&self, text: &str, at: usize) -> Option<(usize, &Unit)> {
        let (end, found) = self.unit_forms.longest_at(text, at)?;
        Some((end, self.units.get(*found.first()?)?))
    }

    /// The longest currency symbol that starts at byte `at`.
    #[must_use]
    pub fn symbol_at(&self, text: &str, at: usize) -> Option<(usize, &Unit)> {
        let (end, found) = self.unit_symbols.longest_at(text, at)?;
        Some((end, self.units.get(*found.first()?)?))
    }

    /// The longest qualifier ("at least") that starts at byte `at`.
    #[must_use]
    pub fn qualifier_at(&self, text: &str, at: usize) -> Option<(usize, &Qualifier)> {
        let (end, found) = self.qualifier_forms.longest_at(text, at)?;
        Some((end, self.qualifiers.get(*found.first()?)?))
    }

    /// The longest word for a number that is not counted out ("dozens of") that starts at byte `at`.
    #[must_use]
    pub fn vague_at(&self, text: &str, at: usize) -> Option<(usize, &Vague)> {
        let (end, found) = self.vague_forms.longest_at(text, at)?;
        Some((end, self.vagues.get(*found.first()?)?))
    }

    /// The outlet of this name, alias or domain.
    #[must_use]
    pub fn outlet_named(&self, name: &str) -> Option<&Outlet> {
        let (end, found) = self.outlet_names.longest_at(name, 0)?;
        (end == name.len()).then(|| self.outlets.get(*found.first()?)).flatten()
    }

    /// The longest outlet name that starts at byte `at`.
    #[must_use]
    pub fn outlet_at(&self, text: &str, at: usize) -> Option<(usize, &Outlet)> {
        let (end, found) = self.outlet_names.longest_at(text, at)?;
        Some((end, self.outlets.get(*found.first()?)?))
    }

    /// The words of time that start at byte `at`, longest first: where each ends, and what it stands for.
    pub fn time_words_at(&self, text: &str, at: usize) -> impl Iterator<Item = (usize, &TimeWord)> {
        let found = self.time_forms.all_at(text, at);
        found.flat_map(move |(end, entries)| entries.iter().filter_map(move |n| Some((end, self.time_words.get(*n)?))))
    }

    /// The questions that the program answers, by name.
    #[must_use]
    pub fn questions(&self) -> &[Question] {
        &self.questions
    }

    /// The questions that these words may ask: one, several where nothing tells them apart, or none.
    #[must_use]
    pub fn questions_asked(&self, words: &[AskedWord]) -> Vec<&Question> {
        question::best(&self.questions, words)
    }

    /// The examples beside the questions that are not told apart as they say: one of `finds` must be that question and no other, one of
    /// `leaves` must not be it. `files` narrows the check to examples that stand in these files; empty means all.
    #[must_use]
    pub fn question_problems(&self, files: &[String]) -> Vec<Problem> {
        question::problems(&self.questions, files)
    }

    /// Groups of words that ask for the same thing: who asks for the dead wants those killed, too.
    #[must_use]
    pub fn asked_alike(&self) -> &[Vec<String>] {
        &self.alike
    }

    /// The word list of this name; the empty list when there is none.
    #[must_use]
    pub fn list(&self, name: &str) -> &WordList {
        self.lists.get(name).unwrap_or(&self.no_words)
    }
}
