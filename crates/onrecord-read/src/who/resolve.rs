//! From noun phrases to speakers. Each step prefers to leave a speaker unresolved over guessing.

use std::ops::Range;

use onrecord_lang::{Mention, MentionKind, Tag};
use onrecord_lexicon::{ActorId, ActorKind};
use onrecord_text::CleanSpan;

use super::noun_phrase::{interpret, is_body};
use super::{Head, Names, NounPhrase, People};
use crate::reading::{Note, Speaker, SpeakerKind};
use crate::text::{NounClass, Text};

/// Resolves noun phrases in the order of the text, remembering who spoke.
pub(crate) struct Resolver<'t, 'a> {
    text: &'t Text<'a>,
    names: &'t Names,
    people: People,
    /// Speakers so far with the token and block where they spoke.
    history: Vec<(usize, usize, Speaker)>,
    /// Who says "I" in the paragraph that is being read, where it is a turn of a transcript.
    turn: Option<Speaker>,
    pub(crate) notes: Vec<Note>,
}

/// First letters in which an attribute agrees with the name of an office: "foreign" and "Foreign", "defense" and "Defence".
const STEM: usize = 5;

/// How many mentions of a name, or tokens back, are searched for a fuller one.
const MOST_MENTIONS: usize = 200;
const MOST_TOKENS_BACK: usize = 4_000;

/// How many paragraphs back a pronoun or a carried quotation may look for its speaker.
const REACH_IN_BLOCKS: usize = 2;

impl<'t, 'a> Resolver<'t, 'a> {
    pub(crate) fn new(text: &'t Text<'a>, names: &'t Names, people: People) -> Self {
        Self { text, names, people, history: Vec::new(), turn: None, notes: Vec::new() }
    }

    pub(crate) fn people(&self) -> &People {
        &self.people
    }

    /// The speaker that `phrase` refers to. When it cannot be known who, the speaker has the words used for a name, no actor, and a note.
    pub(crate) fn resolve(&mut self, phrase: &NounPhrase) -> Speaker {
        let found = match &phrase.head {
            Head::Name(at) => self.named(*at, phrase),
            Head::Person(_) => self.person(phrase),
            Head::Capitalised(at) => self.capitalised(*at, phrase),
            Head::Organisation(_) if self.office_named(phrase).is_some() => self.office_named(phrase),
            Head::Organisation(tokens) => {
                let name = self.text.cut(self.text.span(tokens)).to_owned();
                let party = self.party_of(phrase.affiliation.as_ref());
                Some(self.speaker(SpeakerKind::Organisation, Some(ActorId::for_name("org", &name)), name, party, phrase))
            }
            Head::Noun(NounClass::Document, _) => Some(self.document(phrase)),
            Head::Noun(NounClass::Role | NounClass::Title, at) => self.role(*at, phrase),
            Head::Noun(NounClass::Unnamed, at) => self.unnamed_or_role(*at, phrase),
            Head::Noun(NounClass::Collective, _) => self.collective(phrase),
            Head::Noun(NounClass::Body, at) => self.body(*at, phrase),
            Head::Unlisted(_) => {
                let party = self.party_of(phrase.affiliation.as_ref());
                Some(self.speaker(SpeakerKind::Unnamed, None, self.plain_words(phrase), party, phrase))
            }
            Head::Pronoun(at) => self.pronoun(*at, phrase),
            Head::Joint(tokens) => Some(self.joint(tokens, phrase)),
        };
        found.unwrap_or_else(|| self.unresolved(phrase))
    }

    /// Several who speak together: none of them alone, and of their side only where all have one.
    fn joint(&mut self, tokens: &Range<usize>, phrase: &NounPhrase) -> Speaker {
        let name = self.text.cut(self.text.span(tokens)).to_owned();
        let parts = self.names.within(tokens).iter();
        let actors: Vec<_> = parts.filter_map(|mention| self.text.lexicon.actor(&mention.meant.as_ref()?.actor)).collect();
        let all_named = tokens.clone().all(|at| self.names.at(at).is_some() || matches!(self.text.word(at), "and" | ","));
        let first = actors.first().filter(|_| all_named);
        let party = first
            .and_then(|first| first.party.clone())
            .filter(|party| actors.iter().all(|actor| actor.party.as_ref() == Some(party)));
        let kind = first.map(|first| first.kind).filter(|kind| actors.iter().all(|actor| actor.kind == *kind));
        self.speaker(kind.map_or(SpeakerKind::Unnamed, Into::into), None, name, party, phrase)
    }

    fn unresolved(&mut self, phrase: &NounPhrase) -> Speaker {
        let span = self.text.span(&phrase.tokens);
        let text = format!("it cannot be told who “{}” is", self.text.cut(span));
        self.notes.push(Note { span, name: "unresolved-speaker", text });
        self.speaker(SpeakerKind::Unnamed, None, self.plain_words(phrase), None, phrase)
    }

    /// Remembers that `speaker` spoke at the token `at`.
    pub(crate) fn spoke(&mut self, at: usize, speaker: &Speaker) {
        self.history.push((at, self.block_of(at), speaker.clone()));
    }

    /// From here on "I" is `speaker`.
    pub(crate) fn begin_turn(&mut self, speaker: &Speaker) {
        self.turn = Some(speaker.clone());
    }

    /// From here on "I" is the author.
    pub(crate) fn end_turn(&mut self) {
        self.turn = None;
    }

    /// Who spoke last, at most `blocks` paragraphs before the token `at`.
    pub(crate) fn last_speaker(&self, at: usize, blocks: usize) -> Option<&Speaker> {
        let here = self.block_of(at);
        self.history.iter().rev().find(|(token, block, _)| *token < at && block + blocks >= here).map(|(_, _, speaker)| speaker)
    }

    fn block_of(&self, at: usize) -> usize {
        self.text.analysis.sentence_at(self.text.start(at)).map_or(0, |n| self.text.sentence(n).block)
    }

    fn party_of(&self, actor: Option<&ActorId>) -> Option<ActorId> {
        self.text.lexicon.actor(actor?)?.party.clone()
    }

    fn speaker(
        &self,
        kind: SpeakerKind,
        actor: Option<ActorId>,
        name: String,
        party: Option<ActorId>,
        phrase: &NounPhrase,
    ) -> Speaker {
        Speaker { kind, name, actor, party, span: Some(self.text.span(&phrase.tokens)) }
    }

    /// The words of the phrase without determiner, attributes such as "recent", and clauses behind a comma ("…, who asked not to be named").
    fn plain_words(&self, phrase: &NounPhrase) -> String {
        let mut tokens = phrase.tokens.clone();
        let opens_clause = |at: &usize| {
            self.text.word(*at) == ","
                && (matches!(self.text.lower(at + 1), "who" | "which" | "whose" | "whom")
                    || self.text.penn(at + 1) == "VBG" && self.text.tag(at + 1) == Tag::X)
        };
        tokens.end = tokens.clone().skip(1).find(opens_clause).unwrap_or(tokens.end);
        while tokens.len() > 1
            && (self.text.tag(tokens.start) == Tag::Det || PASSING_ATTRIBUTES.contains(&self.text.lower(tokens.start)))
        {
            tokens.start += 1;
        }
        self.text.cut(self.text.span(&tokens)).to_owned()
    }

    fn named(&mut self, at: usize, phrase: &NounPhrase) -> Option<Speaker> {
        let mention = self.names.at(at)?;
        if mention.is_person(self.text) {
            return self.person(phrase);
        }
        // "Veldmar's Ministry of Defence": the state before the name tells whose it is.
        let party = self.party_of(phrase.affiliation.as_ref());
        let of_party = |actor: &ActorId| party.is_some() && self.party_of(Some(actor)) == party;
        let own = mention.candidates.iter().find(|name| of_party(&name.actor));
        let Some(name) = own.or(mention.meant.as_ref()) else { return self.office_named(phrase) };
        let actor = self.text.lexicon.actor(&name.actor)?;
        if mention.is_demonym() {
            return Some(self.speaker(SpeakerKind::Unnamed, None, self.plain_words(phrase), actor.party.clone(), phrase));
        }
        Some(self.speaker(actor.kind.into(), Some(actor.id.clone()), actor.name.clone(), actor.party.clone(), phrase))
    }

    fn person(&mut self, phrase: &NounPhrase) -> Option<Speaker> {
        let position = self.people.add(self.text, self.names, phrase)?;
        self.person_at(position, phrase)
    }

    fn person_at(&self, position: usize, phrase: &NounPhrase) -> Option<Speaker> {
        let person = self.people.persons.get(position)?;
        Some(self.speaker(SpeakerKind::Person, Some(person.id.clone()), person.name.clone(), person.party.clone(), phrase))
    }

    /// One capitalised word: the last name of a person of the article, an outlet, or else a name and no more.
    fn capitalised(&mut self, at: usize, phrase: &NounPhrase) -> Option<Speaker> {
        let word = self.text.word(at);
        if let Some(position) = self.people.matching(&[word.to_lowercase()]) {
            return self.person_at(position, phrase);
        }
        // Ethiopians, Icelanders and others are called by their first names: of one whom the article names in full before one whom it does not.
        if let Some(position) = self.people.with_first_name(word) {
            return self.person_at(position, phrase);
        }
        if let Some(position) = self.people.add_known(self.text, self.names, phrase) {
            return self.person_at(position, phrase);
        }
        if let Some((_, outlet)) = self.text.lexicon.outlet_at(self.text.words, self.text.start(at) as usize) {
            return Some(self.speaker(
                SpeakerKind::Organisation,
                Some(ActorId::for_name("outlet", &outlet.name)),
                outlet.name.clone(),
                None,
                phrase,
            ));
        }
        if let Some(full) = self.full_name_ending_in(at) {
            let phrase_of_full = NounPhrase { head: Head::Person(full.clone()), tokens: full, ..phrase.clone() };
            let position = self.people.add(self.text, self.names, &phrase_of_full)?;
            return self.person_at(position, phrase);
        }
        if let Some(full) = self.introduced(at) {
            if self.names.at(full.start).is_some_and(|mention| mention.tokens == full) {
                return self.named(full.start, phrase);
            }
            let name = self.text.cut(self.text.span(&full)).to_owned();
            let party = self.party_of(phrase.affiliation.as_ref());
            return Some(self.speaker(SpeakerKind::Organisation, Some(ActorId::for_name("org", &name)), name, party, phrase));
        }
        phrase.roles.is_empty().then_some(())?;
        let is_acronym = word.len() > 1 && word.chars().all(|c| c.is_uppercase() || c == '.');
        // "the group *Pamalakaya*", "the newspaper *Halden*"
        let of_a_kind = at.checked_sub(1).is_some_and(|before| {
            matches!(self.text.class(before), Some(NounClass::Body | NounClass::Collective))
                && self.text.word(before).starts_with(char::is_lowercase)
        });
        let kind = if is_acronym || of_a_kind || is_body(self.text, &(at..at + 1)) {
            ("org", SpeakerKind::Organisation)
        } else {
            ("person", SpeakerKind::Person)
        };
        Some(self.speaker(
            kind.1,
            Some(ActorId::for_name(kind.0, word)),
            word.to_owned(),
            self.party_of(phrase.affiliation.as_ref()),
            phrase,
        ))
    }

    /// "The Guji Valley Command (GVC)": the name whose initials the acronym at `at` was introduced as.
    fn introduced(&self, at: usize) -> Option<std::ops::Range<usize>> {
        let acronym = self.text.word(at);
        let in_brackets = |n: &usize| *n > 1 && self.text.word(*n - 1) == "(" && self.text.word(*n + 1) == ")";
        let bracket = self.text.capitalised(acronym).iter().copied().filter(in_brackets).find(|n| *n < at)? - 1;
        // As many words back as there are letters, small ones between them left out.
        let mut letters: Vec<char> = acronym.chars().filter(|c| c.is_alphabetic()).collect();
        let mut start = bracket;
        while let Some(letter) = letters.last().copied() {
            start = start.checked_sub(1).filter(|n| bracket - n <= 2 * acronym.len())?;
            if self.text.word(start).starts_with(letter) {
                letters.pop();
            } else if self.text.tag(start) == Tag::Propn {
                return None;
            }
        }
        Some(start..bracket)
    }

    /// Two or three capitalised words earlier in the text that end in this one.
    fn full_name_ending_in(&self, at: usize) -> Option<std::ops::Range<usize>> {
        let word = self.text.word(at);
        let ends = self.text.capitalised(word).iter().copied().filter(|n| *n != at).take(MOST_MENTIONS);
        ends.into_iter().find_map(|end| {
            let named = |n: usize| self.text.tag(n) == Tag::Propn && self.names.at(n).is_none() && self.text.class(n).is_none();
            let mut start = end;
            while start > 0 && end - start < 2 && named(start - 1) && !self.text.opens_sentence(start) {
                start -= 1;
            }
            (start < end && self.text.tag(end + 1) != Tag::Propn).then_some(start..end + 1)
        })
    }

    /// "The report" is the last document of that kind that was described more fully.
    fn document(&self, phrase: &NounPhrase) -> Speaker {
        let described = if phrase.affiliation.is_none() && phrase.definite { self.earlier_document(phrase) } else { None };
        let (name, affiliation) = described.unwrap_or_else(|| (self.plain_words(phrase), phrase.affiliation.clone()));
        let party = self.party_of(affiliation.as_ref());
        let party = party.or_else(|| if phrase.affiliation.is_none() && phrase.definite { self.issuer(phrase) } else { None });
        self.speaker(SpeakerKind::Document, None, name, party, phrase)
    }

    /// "The ministry said in a *statement*. … *The statement* added": the side of the last speaker, if it spoke in a document of that name.
    fn issuer(&self, phrase: &NounPhrase) -> Option<ActorId> {
        let Head::Noun(_, head) = phrase.head else { return None };
        let here = self.block_of(phrase.tokens.start);
        let spoke = self
            .history
            .iter()
            .rev()
            .filter(|(token, _, speaker)| *token < phrase.tokens.start && speaker.kind != SpeakerKind::Document);
        let (token, _, speaker) = spoke.into_iter().next().filter(|(_, block, _)| block + REACH_IN_BLOCKS >= here)?;
        let sentence = self.text.analysis.sentence_at(self.text.start(*token)).map(|n| self.text.sentence(n))?;
        let issued = sentence.tokens.clone().any(|at| self.text.lower(at) == self.text.lower(head));
        speaker.party.clone().filter(|_| issued)
    }

    fn earlier_document(&self, phrase: &NounPhrase) -> Option<(String, Option<ActorId>)> {
        let Head::Noun(_, head) = phrase.head else { return None };
        let same_noun =
            |at: usize| self.text.class(at) == Some(NounClass::Document) && self.text.lower(at) == self.text.lower(head);
        let from = phrase.tokens.start.saturating_sub(MOST_TOKENS_BACK);
        let earlier = (from..phrase.tokens.start).rev().filter(|at| same_noun(*at));
        earlier.into_iter().find_map(|at| {
            let start = (0..at)
                .rev()
                .take_while(|n| {
                    at - n < 8 && !matches!(self.text.tag(*n), Tag::Adp | Tag::Punct | Tag::Aux) && !self.text.looks_finite(*n)
                })
                .last()?;
            let found = super::interpret(self.text, self.names, start..at + 1)?;
            let affiliation = found.affiliation.clone()?;
            Some((self.plain_words(&found), Some(affiliation)))
        })
    }

    /// "The spokesman": the last person named who is one. "The Veldmar envoy" whom nobody names stays an office or unnamed.
    fn role(&mut self, at: usize, phrase: &NounPhrase) -> Option<Speaker> {
        let affiliation = phrase.affiliation.clone().or_else(|| self.owner(phrase));
        let party = self.party_of(affiliation.as_ref());
        let roles = if phrase.roles.is_empty() { vec![self.text.lower(at).to_owned()] } else { phrase.roles.clone() };
        if phrase.definite {
            let found = self.people.last_with_role(&roles, affiliation.as_ref(), party.as_ref(), phrase.tokens.start);
            if let Some(position) = found {
                return self.person_at(position, phrase);
            }
            if let Some(office) = self.office_of_state(phrase, party.as_ref()) {
                return Some(office);
            }
            if affiliation.is_none() {
                return self.last_of_roles(&roles, phrase).or_else(|| self.who_went_on(phrase));
            }
        }
        Some(self.speaker(SpeakerKind::Unnamed, None, self.plain_words(phrase), party, phrase))
    }

    /// "Veldmar would wait, *its* envoy said": the one state or body that the sentence names before.
    fn owner(&self, phrase: &NounPhrase) -> Option<ActorId> {
        matches!(self.text.lower(phrase.tokens.start), "its").then_some(())?;
        let sentence = self.text.sentence(self.text.analysis.sentence_at(self.text.start(phrase.tokens.start))?);
        let before = self.names.within(&(sentence.tokens.start..phrase.tokens.start)).iter();
        let mut owners = before.filter_map(|mention| {
            let actor = self.text.lexicon.actor(&mention.meant.as_ref()?.actor)?;
            let owns = matches!(actor.kind, ActorKind::State | ActorKind::ArmedGroup | ActorKind::Organisation);
            (owns && !mention.is_demonym()).then(|| actor.id.clone())
        });
        let owner = owners.next()?;
        owners.all(|other| other == owner).then_some(owner)
    }

    fn last_of_roles(&self, roles: &[String], phrase: &NounPhrase) -> Option<Speaker> {
        let last = self.last_speaker(phrase.tokens.start, REACH_IN_BLOCKS)?;
        let same = last.kind == SpeakerKind::Unnamed && roles.iter().any(|role| last.name.to_lowercase().contains(role.as_str()));
        same.then(|| Speaker { span: Some(self.text.span(&phrase.tokens)), ..last.clone() })
    }

    /// "“…,” Oro said. The chairwoman also said": with "also" and the like it is the one person who spoke last.
    fn who_went_on(&self, phrase: &NounPhrase) -> Option<Speaker> {
        let behind = self.text.lower(phrase.tokens.end);
        if !matches!(behind, "also" | "added" | "adds" | "continued" | "further" | "went") {
            return None;
        }
        let here = self.block_of(phrase.tokens.start);
        let near = self.history.iter().rev().take_while(|(_, block, _)| block + REACH_IN_BLOCKS >= here);
        let (since, _, last) = near.into_iter().next().filter(|(_, _, speaker)| speaker.kind == SpeakerKind::Person)?;
        let alone = self.subject_person_between(*since, phrase.tokens.start).is_none_or(|name| last.name.contains(name));
        alone.then(|| Speaker { span: Some(self.text.span(&phrase.tokens)), ..last.clone() })
    }

    /// "Veldmar's foreign ministry", "the Veldmar president": an office that every state has.
    fn office_of_state(&self, phrase: &NounPhrase, party: Option<&ActorId>) -> Option<Speaker> {
        let state = party.filter(|party| self.text.lexicon.actor(party).is_some_and(|actor| actor.kind == ActorKind::State))?;
        let role =
            phrase.tokens.clone().find_map(|at| self.text.lexicon.role_at(self.text.words, self.text.start(at) as usize))?.1;
        let actor = self.text.lexicon.actor(&state.office(&role.id))?;
        Some(self.speaker(SpeakerKind::Office, Some(actor.id.clone()), actor.name.clone(), actor.party.clone(), phrase))
    }

    /// The office of the state named before it, or of the state of the dateline.
    fn office_named(&self, phrase: &NounPhrase) -> Option<Speaker> {
        let party = self.party_of(phrase.affiliation.as_ref()).or_else(|| self.names.dateline.clone());
        self.office_of_state(phrase, party.as_ref())
    }

    fn unnamed_or_role(&mut self, at: usize, phrase: &NounPhrase) -> Option<Speaker> {
        let names_role = self.text.lexicon.list("role-noun").contains(self.text.word(at));
        let definite = matches!(self.text.lower(phrase.tokens.start), "the" | "his" | "her" | "their");
        let known = if names_role && definite && phrase.affiliation.is_none() { self.role(at, phrase) } else { None };
        if known.is_some() {
            return known;
        }
        // "A Veldmari source countered that … “…,” *the source* said."
        if definite && phrase.tokens.len() == 2 && phrase.affiliation.is_none() {
            let noun = self.text.lower(at);
            let same = self.last_speaker(phrase.tokens.start, 1).filter(|last| {
                last.kind == SpeakerKind::Unnamed && last.name.to_lowercase().split_whitespace().next_back() == Some(noun)
            });
            if let Some(last) = same {
                return Some(Speaker { span: Some(self.text.span(&phrase.tokens)), ..last.clone() });
            }
        }
        // "A former Veldmari officer" speaks for nobody but himself.
        let former = phrase.tokens.clone().any(|at| matches!(self.text.lower(at), "former" | "ex" | "retired" | "onetime"));
        let side = if former { None } else { phrase.affiliation.clone().or_else(|| self.owner(phrase)) };
        let party = self.party_of(side.as_ref());
        Some(self.speaker(SpeakerKind::Unnamed, None, self.plain_words(phrase), party, phrase))
    }

    /// "Veldmar authorities" are the side they belong to; "the government" alone is that of the last speaker or of the dateline.
    fn collective(&self, phrase: &NounPhrase) -> Option<Speaker> {
        if let Some(office) = phrase.affiliation.as_ref().filter(|id| id.as_str().contains('.')) {
            let actor = self.text.lexicon.actor(office)?;
            return Some(self.speaker(
                actor.kind.into(),
                Some(actor.id.clone()),
                actor.name.clone(),
                actor.party.clone(),
                phrase,
            ));
        }
        let own = self.party_of(phrase.affiliation.as_ref());
        if own.is_none() && self.is_several(phrase) {
            return Some(self.speaker(SpeakerKind::Unnamed, None, self.plain_words(phrase), None, phrase));
        }
        if own.is_none() && !matches!(self.text.lower(phrase.tokens.start), "the" | "government" | "authorities") {
            return Some(self.speaker(SpeakerKind::Unnamed, None, self.plain_words(phrase), None, phrase));
        }
        let is_state = |id: &ActorId| self.text.lexicon.actor(id).is_some_and(|actor| actor.kind == ActorKind::State);
        let last = || {
            self.last_speaker(phrase.tokens.start, usize::MAX / 2)
                .and_then(|speaker| speaker.party.clone())
                .filter(|id| is_state(id))
        };
        let party = own.or_else(|| self.names.dateline.clone()).or_else(last)?;
        let actor = self.text.lexicon.actor(&party)?;
        Some(self.speaker(actor.kind.into(), Some(party), actor.name.clone(), actor.party.clone(), phrase))
    }

    /// "The two sides", "both governments": no one of them.
    fn is_several(&self, phrase: &NounPhrase) -> bool {
        let last = self.text.lower(phrase.tokens.end.saturating_sub(1));
        let counted = |at: usize| matches!(self.text.lower(at), "two" | "both" | "three" | "four");
        matches!(last, "sides" | "parties" | "governments" | "delegations") || phrase.tokens.clone().any(counted)
    }

    /// "Veldmar's foreign ministry"; "the ministry" is the last ministry that spoke or whose spokesman did.
    fn body(&self, at: usize, phrase: &NounPhrase) -> Option<Speaker> {
        if let Some(office) = self.office_named(phrase) {
            return Some(office);
        }
        if let Some(actor) = phrase.affiliation.as_ref().and_then(|id| self.text.lexicon.actor(id)) {
            let name = self.plain_words(phrase);
            return Some(self.speaker(SpeakerKind::Organisation, None, name, actor.party.clone(), phrase));
        }
        let noun = self.text.lower(at);
        // "The army" of an article about a "Liberation Army" is mostly the other one.
        let of_state = matches!(noun, "army" | "military" | "forces" | "navy" | "police");
        let is_armed_group = |speaker: &Speaker| {
            let actor = speaker.actor.as_ref().and_then(|id| self.text.lexicon.actor(id));
            actor.is_some_and(|actor| actor.kind == ActorKind::ArmedGroup)
        };
        // "The interior ministry" is not the ministry of defence that spoke before it.
        let attributes: Vec<String> = (phrase.tokens.start..at)
            .filter(|at| !matches!(self.text.tag(*at), Tag::Det | Tag::Pron | Tag::Punct | Tag::Part))
            .map(|at| self.text.lower(at).chars().take(STEM).collect())
            .collect();
        let is_named = |name: &str| {
            let name = name.to_lowercase();
            name.contains(noun) && attributes.iter().all(|attribute| name.contains(attribute))
        };
        let same = self.history.iter().rev().take(MOST_MENTIONS).find(|(_, _, speaker)| {
            matches!(speaker.kind, SpeakerKind::Office | SpeakerKind::Organisation)
                && is_named(&speaker.name)
                && !(of_state && is_armed_group(speaker))
        });
        let earlier = self
            .names
            .within(&(phrase.tokens.start.saturating_sub(MOST_TOKENS_BACK)..phrase.tokens.start))
            .iter()
            .rev()
            .find_map(|mention| {
                let actor = self.text.lexicon.actor(&mention.meant.as_ref()?.actor)?;
                let fits = matches!(actor.kind, ActorKind::Office | ActorKind::Organisation) && is_named(&actor.name);
                fits.then(|| {
                    self.speaker(actor.kind.into(), Some(actor.id.clone()), actor.name.clone(), actor.party.clone(), phrase)
                })
            });
        same.map(|(_, _, speaker)| Speaker { span: Some(self.text.span(&phrase.tokens)), ..speaker.clone() }).or(earlier)
    }

    /// He and she: the last person who spoke or was named as a subject, not far back. They and it: the last group or body that spoke.
    fn pronoun(&self, at: usize, phrase: &NounPhrase) -> Option<Speaker> {
        let singular = matches!(self.text.lower(at), "he" | "she" | "him" | "her");
        if matches!(self.text.lower(at), "i" | "we" | "us" | "me") {
            let span = Some(self.text.span(&phrase.tokens));
            if let Some(speaker) = &self.turn {
                return Some(Speaker { span, ..speaker.clone() });
            }
            return Some(self.speaker(SpeakerKind::Author, None, String::new(), None, phrase));
        }
        if let Some(subject) = self.indefinite_subject(at).filter(|_| singular) {
            let party = self.party_of(subject.affiliation.as_ref());
            return Some(self.speaker(SpeakerKind::Unnamed, None, self.plain_words(&subject), party, phrase));
        }
        let here = self.block_of(at);
        let near = self.history.iter().rev().filter(|(token, block, _)| *token < at && block + REACH_IN_BLOCKS >= here);
        let fits = |speaker: &Speaker| match speaker.kind {
            SpeakerKind::Person => singular,
            SpeakerKind::Unnamed if singular => !looks_plural(&speaker.name) && self.is_human(&speaker.name),
            SpeakerKind::Unnamed => looks_plural(&speaker.name),
            SpeakerKind::Office | SpeakerKind::State | SpeakerKind::Organisation | SpeakerKind::Document => !singular,
            SpeakerKind::Author => false,
        };
        let spoke = near.map(|(token, _, speaker)| (*token, speaker)).find(|(_, speaker)| fits(speaker));
        // Another person who was the subject of a clause since then is as likely to be meant.
        if singular && let Some((since, speaker)) = spoke {
            let other = self
                .subject_person_between(since, at)
                .filter(|name| !speaker.name.contains(*name) && !name.contains(speaker.name.as_str()));
            if let Some(name) = other {
                let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
                return self.people.matching(&words).and_then(|position| self.person_at(position, phrase));
            }
        }
        let named = if singular { self.sole_person_since(spoke.map_or(0, |(token, _)| token), at, here) } else { None };
        if let Some(position) = named {
            return self.person_at(position, phrase);
        }
        spoke.map(|(_, speaker)| Speaker { span: Some(self.text.span(&phrase.tokens)), ..speaker.clone() })
    }

    /// "*An aid worker* who left last week because she feared arrest": somebody unnamed with whom the sentence of the pronoun at `at` opens.
    fn indefinite_subject(&self, at: usize) -> Option<NounPhrase> {
        let sentence = self.text.analysis.sentence_at(self.text.start(at)).map(|n| self.text.sentence(n))?;
        let start = sentence.tokens.start;
        let is_quoted = self.text.quotation_of(start).is_some() || self.text.quotation_of(at).is_some();
        (matches!(self.text.lower(start), "a" | "an" | "another") && !is_quoted).then_some(())?;
        let ends = |at: &usize| matches!(self.text.lower(*at), "who" | ",") || self.text.looks_finite(*at);
        let end = (start + 1..at).find(ends)?;
        let subject = interpret(self.text, self.names, start..end)?;
        let is_human = matches!(subject.head, Head::Noun(NounClass::Role | NounClass::Unnamed, _));
        // "A reporter asked Oro, and he said …"
        let between = CleanSpan::new(self.text.start(end), self.text.start(at));
        let person = |mention: &&Mention| mention.kind == MentionKind::Person && between.contains_span(mention.span);
        let names_another = self.text.analysis.mentions.iter().any(|mention| person(&mention));
        (is_human && !names_another).then_some(subject)
    }

    /// Whether a role or a word for people heads the name of somebody unnamed.
    fn is_human(&self, name: &str) -> bool {
        let lists = ["role-noun", "unnamed-source", "title"].map(|list| self.text.lexicon.list(list));
        let core = name.split([',', '(']).next().unwrap_or("");
        core.split_whitespace().any(|word| lists.iter().any(|list| list.contains(word)))
    }

    /// The last person between two tokens, as the model finds them, who is the subject of a main clause.
    fn subject_person_between(&self, since: usize, at: usize) -> Option<&'a str> {
        let (from, to) = (self.text.start(since), self.text.start(at));
        let between = self.text.analysis.mentions.iter().rev();
        let persons = between
            .filter(|mention| mention.kind == MentionKind::Person && mention.span.start() > from && mention.span.end() < to);
        persons.into_iter().find(|mention| self.is_main_subject(mention.span)).map(|mention| self.text.cut(mention.span))
    }

    fn is_main_subject(&self, span: CleanSpan) -> bool {
        let words = &self.text.analysis.words;
        self.text.analysis.words_in(span).any(|at| {
            // An apposition's head is the subject: "its counsellor, Ana Oro, put it on record".
            let top = if words[at].relation == "appos" { words[at].head.unwrap_or(at) } else { at };
            words[top].relation.starts_with("nsubj")
                && words[top].head.is_some_and(|head| matches!(&*words[head].relation, "root" | "conj" | "parataxis"))
                && self.text.analysis.quotation_at(words[at].span.start()).is_none()
        })
    }

    /// The person whom the sentence before `at` (or this one) opens with, when it is named after the last speaker spoke.
    fn sole_person_since(&self, since: usize, at: usize, block: usize) -> Option<usize> {
        let opens = |named: usize| {
            self.text
                .analysis
                .sentence_at(self.text.start(named))
                .map(|n| self.text.sentence(n))
                .is_some_and(|sentence| sentence.block + 1 >= block && named < sentence.tokens.start + 8)
        };
        let mut named: Vec<(usize, usize)> = Vec::new();
        for (n, person) in self.people.persons.iter().enumerate() {
            named.extend(
                person.named_at.iter().filter(|token| **token > since && **token < at && opens(**token)).map(|token| (*token, n)),
            );
        }
        named.sort_unstable();
        named.last().filter(|(token, _)| !self.somebody_between(*token, at)).map(|(_, n)| *n)
    }

    /// Whether between two tokens somebody without a name ("the officer") is the subject of a main clause.
    fn somebody_between(&self, since: usize, at: usize) -> bool {
        let human =
            |token: &usize| matches!(self.text.class(*token), Some(NounClass::Role | NounClass::Unnamed | NounClass::Title));
        let nouns = (since + 1..at).filter(human).filter(|token| self.text.tag(*token) == Tag::X);
        nouns.into_iter().any(|token| self.is_main_subject(self.text.span(&(token..token + 1))))
    }

    /// The speaker that the words of `tokens` name, for phrases such as "according to him".
    pub(crate) fn resolve_tokens(&mut self, tokens: std::ops::Range<usize>) -> Option<(NounPhrase, Speaker)> {
        let phrase = super::interpret(self.text, self.names, tokens)?;
        let speaker = self.resolve(&phrase);
        Some((phrase, speaker))
    }
}

/// Attributes that are no part of what something is called.
const PASSING_ATTRIBUTES: [&str; 9] = ["recent", "latest", "new", "same", "own", "earlier", "previous", "separate", "joint"];

fn looks_plural(name: &str) -> bool {
    let head = name
        .split([',', '('])
        .next()
        .unwrap_or("")
        .split_whitespace()
        .take_while(|word| !["of", "in", "for", "from", "at"].contains(word));
    head.last().is_some_and(|word| word.ends_with('s') || word == "people" || word.ends_with("men"))
}
