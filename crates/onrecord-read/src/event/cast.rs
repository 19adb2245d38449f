//! Who acts and who is acted upon: the phrases of a tree that name somebody, and whom they mean.

use std::ops::Range;

use onrecord_lang::{MentionKind, Tag, Word};
use onrecord_lexicon::{ActorId, ActorKind, TimeWordKind};

use super::tree::Trees;
use crate::event::is_spot;
use crate::place::Toponym;
use crate::reading::Participant;
use crate::who::{Names, Resolver, interpret};

/// Prepositions that lead to whom an event befalls, the likelier first.
const TOWARDS: [&str; 17] = [
    "against", "to", "with", "between", "from", "on", "upon", "at", "towards", "toward", "for", "of", "over", "into", "among",
    "within", "in",
];

/// Finds and resolves those who take part.
pub(crate) struct Cast<'c, 't, 'a> {
    pub(crate) trees: &'c Trees<'t, 'a>,
    pub(crate) names: &'c Names,
    /// The toponyms of the text, in order.
    pub(crate) places: &'c [Toponym],
}

impl Cast<'_, '_, '_> {
    /// Whether the word by itself names somebody: a name, a demonym, a noun for people, a personal pronoun.
    pub(crate) fn somebody(&self, at: usize) -> bool {
        let (text, word) = (self.trees.text, self.trees.word(at));
        let lower = self.trees.lower(at);
        if matches!(&*word.universal, "PRON") {
            return matches!(
                lower,
                "he" | "she"
                    | "they"
                    | "it"
                    | "we"
                    | "i"
                    | "him"
                    | "her"
                    | "them"
                    | "us"
                    | "me"
                    | "who"
                    | "whom"
                    | "which"
                    | "that"
                    | "his"
                    | "its"
                    | "their"
            );
        }
        if !matches!(&*word.universal, "PROPN" | "NOUN" | "ADJ" | "NUM") || text.lexicon.list("calendar-word").contains(lower) {
            return false;
        }
        if text.lexicon.list("event-people").contains(&word.lemma.to_lowercase())
            || text.lexicon.list("event-people").contains(lower)
        {
            return &*word.universal != "ADJ";
        }
        if self.token(at).is_some_and(|token| self.names.at(token).is_some()) {
            return true;
        }
        let mentions = &text.analysis.mentions;
        let place = mentions.partition_point(|mention| mention.span.end() <= word.span.start());
        let mention = mentions.get(place).filter(|mention| mention.span.start() <= word.span.start());
        match mention {
            Some(mention) => mention.kind != MentionKind::Other || &*word.universal == "ADJ",
            None => &*word.universal == "PROPN" && lower.chars().any(char::is_alphabetic),
        }
    }

    /// Whether the word is the name of a town, a district or a province that stands for no government.
    pub(crate) fn is_place(&self, at: usize) -> bool {
        let span = self.trees.word(at).span;
        let place = self.places.partition_point(|toponym| toponym.span.end() <= span.start());
        let toponym = self.places.get(place).filter(|toponym| toponym.span.contains_span(span));
        toponym.is_some_and(|toponym| !toponym.is_government && is_spot(toponym))
    }

    fn token(&self, at: usize) -> Option<usize> {
        self.trees.text.tokens_of_words(at..at + 1).map(|tokens| tokens.start)
    }

    fn is_pronoun(&self, at: usize) -> bool {
        &*self.trees.word(at).universal == "PRON"
    }

    /// Those whom the phrase of this noun names: itself and what is co-ordinated with it, else somebody in its modifiers.
    pub(crate) fn of_phrase(&self, noun: usize) -> Vec<Range<usize>> {
        if self.somebody(noun) {
            return self.with_joined(noun).into_iter().map(|head| self.trees.phrase(head)).collect();
        }
        self.in_modifiers(noun)
    }

    /// The noun and those co-ordinated with it who are somebody, in order.
    fn with_joined(&self, noun: usize) -> Vec<usize> {
        let mut all = vec![noun];
        let mut open = vec![noun];
        // "A, B and C": the tree hangs C on A or on B.
        while let Some(at) = open.pop() {
            let joined: Vec<usize> = self.trees.related(at, "conj").filter(|other| self.somebody(*other)).collect();
            all.extend(&joined);
            open.extend(joined);
        }
        all.sort_unstable();
        all
    }

    /// The first somebody among the modifiers of a noun, not in its clauses, with those co-ordinated with it.
    fn in_modifiers(&self, noun: usize) -> Vec<Range<usize>> {
        let is_clause = |child: usize| ["acl", "advcl", "parataxis"].iter().any(|relation| self.trees.is(child, relation));
        let below = self.trees.below_without(noun, &is_clause);
        let found = below.into_iter().filter(|at| *at != noun).find(|at| self.somebody(*at) && !self.is_possessive_pronoun(*at));
        let tops = found.map(|found| self.with_joined(self.top_of_name(found, noun))).unwrap_or_default();
        tops.into_iter().map(|top| self.trees.phrase(top)).collect()
    }

    fn is_possessive_pronoun(&self, at: usize) -> bool {
        self.is_pronoun(at)
    }

    /// "*Ketrian* aid groups": from a modifier up to the noun for people it belongs to, below `limit`.
    fn top_of_name(&self, at: usize, limit: usize) -> usize {
        let mut top = at;
        while let Some(head) = self.trees.head(top).filter(|head| *head != limit) {
            let within = ["amod", "compound", "flat", "nmod:poss"].iter().any(|relation| self.trees.is(top, relation));
            if !within || !self.somebody(head) {
                break;
            }
            top = head;
        }
        top
    }

    /// The noun that acts in the clause of a verb; `None` for a passive without "by".
    pub(crate) fn subject(&self, verb: usize) -> Option<usize> {
        self.subject_within(verb, 6).map(|noun| self.beyond_dateline(noun))
    }

    /// "SELMORA — *Ketria* closed the gate": the tree takes the dateline for the subject, and hangs the subject on it.
    fn beyond_dateline(&self, noun: usize) -> usize {
        const LONGEST_DATELINE: usize = 3;
        let trees = self.trees;
        let stands_free = |mark: &Word| trees.word(noun).span.end() < mark.span.start();
        let mark = trees.words().get(noun + 1).filter(|mark| stands_free(mark));
        let dash = mark.is_some() && matches!(trees.lower(noun + 1), "—" | "–" | "-" | "--");
        let sentence = trees.text.analysis.sentence_at(trees.word(noun).span.start());
        let first = sentence.map(|sentence| trees.text.analysis.words_in(trees.text.sentence(sentence).span).start);
        if !dash || first.is_none_or(|first| noun > first + LONGEST_DATELINE) {
            return noun;
        }
        let mut behind = trees.children(noun).iter().copied().filter(|child| *child > noun + 1);
        behind.find(|child| self.is_nominal(*child)).unwrap_or(noun)
    }

    fn subject_within(&self, verb: usize, steps: usize) -> Option<usize> {
        let trees = self.trees;
        if let Some(have) = self.perfect(verb) {
            return trees.first(have, "nsubj");
        }
        if self.is_passive(verb) {
            return self.agent(verb);
        }
        let own = trees.related(verb, "nsubj").rfind(|subject| *subject < verb).or_else(|| trees.first(verb, "nsubj"));
        let relative = |subject: &usize| matches!(trees.lower(*subject), "who" | "which" | "that");
        if let Some(subject) = own.filter(|subject| !relative(subject)) {
            return Some(subject);
        }
        if steps == 0 {
            return None;
        }
        let head = trees.head(verb)?;
        let relation: &str = &trees.word(verb).relation;
        match relation {
            "acl:relcl" => Some(head).filter(|_| own.is_some()),
            "acl" if matches!(&*trees.word(verb).penn, "VBG" | "VBD") => Some(head),
            "acl" => self.subject_of_noun(head, steps),
            "xcomp" => {
                let object = trees.first(head, "obj").or_else(|| trees.first(head, "iobj"));
                let passive_subject = trees.related(head, "nsubj").next().filter(|_| self.is_passive(head));
                object.or(passive_subject).or_else(|| self.subject_within(head, steps - 1))
            }
            // "SELMORA — Ketria closed the gate", read as three pieces.
            "parataxis" if own.is_none() && head < verb && self.beyond_dateline(head) != head => Some(head),
            "conj" if self.is_passive(head) => trees.first(head, "nsubj"),
            "conj" | "advcl" | "ccomp" | "advcl:relcl" | "csubj" => {
                if &*trees.word(head).universal == "VERB" || &*trees.word(head).universal == "ADJ" {
                    let passive_subject = trees.first(head, "nsubj").filter(|_| self.is_passive(head));
                    passive_subject.or_else(|| self.subject_within(head, steps - 1))
                } else {
                    trees.first(head, "nsubj")
                }
            }
            _ => None,
        }
    }

    /// "made a *decision* to leave": who acts behind a noun.
    fn subject_of_noun(&self, noun: usize, steps: usize) -> Option<usize> {
        let trees = self.trees;
        let possessor = trees.related(noun, "nmod:poss").find(|owner| self.somebody(*owner));
        let above = || trees.head(noun).filter(|_| trees.is(noun, "obj") || trees.is(noun, "obl"));
        possessor.or_else(|| above().and_then(|verb| self.subject_within(verb, steps.saturating_sub(1))))
    }

    /// "has *broken* relations", read as having relations that are broken: the verb that is an auxiliary in truth.
    pub(crate) fn perfect(&self, verb: usize) -> Option<usize> {
        let trees = self.trees;
        let noun = trees.head(verb).filter(|noun| trees.is(verb, "amod") && trees.is(*noun, "obj"))?;
        let have = trees.head(noun).filter(|have| trees.lemma(*have) == "have" && *have < verb)?;
        let close = (have + 1..verb).all(|between| &*trees.word(between).universal == "ADV");
        (close && &*trees.word(verb).penn == "VBN").then_some(have)
    }

    pub(crate) fn is_passive(&self, verb: usize) -> bool {
        let trees = self.trees;
        if self.perfect(verb).is_some() {
            return false;
        }
        let participle = &*trees.word(verb).penn == "VBN";
        let marked = trees.children(verb).iter().any(|child| matches!(&*trees.word(*child).relation, "nsubj:pass" | "aux:pass"));
        let reduced = participle && matches!(&*trees.word(verb).relation, "acl" | "amod") && trees.first(verb, "obj").is_none();
        let bare =
            participle && trees.first(verb, "aux").is_none() && trees.first(verb, "obj").is_none() && self.agent(verb).is_some();
        marked || reduced || bare
    }

    fn agent(&self, verb: usize) -> Option<usize> {
        self.trees.related(verb, "obl").find(|agent| self.trees.case(*agent).is_some_and(|case| case == "by"))
    }

    /// What a passive is said of, or the object.
    pub(crate) fn object(&self, verb: usize) -> Option<usize> {
        let trees = self.trees;
        if self.is_passive(verb) {
            let reduced = || trees.head(verb).filter(|_| matches!(&*trees.word(verb).relation, "acl" | "amod"));
            return trees.first(verb, "nsubj").or_else(reduced);
        }
        if self.perfect(verb).is_some() {
            return trees.head(verb);
        }
        // "lifted *Friday* the blockade" is read as an object; of two objects the second is what is given.
        let no_day = |object: &usize| !trees.text.lexicon.list("calendar-word").contains(trees.lower(*object));
        let own = trees.related(verb, "obj").rfind(no_day).or_else(|| trees.first(verb, "iobj"));
        // "sealed *off* the town" is read as a preposition.
        let behind_particle =
            |phrase: usize| trees.children(phrase).contains(&(verb + 1)) && trees.particle_behind(verb).is_some();
        let oblique = || {
            let is_than = |phrase: usize| trees.case(phrase).is_some_and(|case| case == "than");
            // "killed *at least three rebels*": the preposition is the number's.
            let is_counted = |phrase: usize| {
                phrase > verb
                    && trees.case(phrase).is_none()
                    && trees.first(phrase, "nummod").is_some()
                    && !self.is_unit_of_time(phrase)
            };
            let mut phrases = trees.related(verb, "obl");
            phrases.find(|phrase| is_than(*phrase) || behind_particle(*phrase) || is_counted(*phrase))
        };
        // "hit and *wounded* two": what two verbs share stands with the second.
        let shared = || {
            let mut joined = trees.related(verb, "conj").filter(|next| *next > verb && next - verb <= 4);
            joined.find_map(|next| trees.first(next, "obj"))
        };
        own.or_else(oblique).or_else(shared)
    }

    fn is_unit_of_time(&self, at: usize) -> bool {
        let text = self.trees.text;
        let mut words = text.lexicon.time_words_at(text.words, self.trees.word(at).span.start() as usize);
        words.any(|(_, word)| word.kind == TimeWordKind::Unit)
    }

    /// To whom something is given, where the verb has two objects.
    pub(crate) fn indirect_object(&self, verb: usize) -> Option<usize> {
        let trees = self.trees;
        let mut objects = trees.related(verb, "obj").filter(|object| self.somebody(*object));
        let first = objects.next().filter(|first| Some(*first) != self.object(verb));
        trees.first(verb, "iobj").filter(|_| trees.first(verb, "obj").is_some()).or(first)
    }

    /// The phrases with a preposition that hang on `top` or on its object, in the order of `TOWARDS`.
    pub(crate) fn towards(&self, tops: &[usize]) -> Option<Vec<Range<usize>>> {
        let trees = self.trees;
        let phrases: Vec<(usize, &str)> = tops
            .iter()
            .flat_map(|top| trees.children(*top))
            .filter(|child| trees.is(**child, "obl") || trees.is(**child, "nmod"))
            .filter_map(|child| Some((*child, trees.case(*child)?)))
            .collect();
        TOWARDS.iter().find_map(|preposition| {
            let with_it = phrases.iter().filter(|(_, case)| case == preposition);
            with_it.map(|(noun, _)| self.of_phrase(*noun)).find(|found| !found.is_empty())
        })
    }

    /// Those behind this preposition.
    pub(crate) fn behind(&self, tops: &[usize], preposition: &str) -> Vec<Range<usize>> {
        let trees = self.trees;
        let mut phrases = tops.iter().flat_map(|top| trees.children(*top)).copied().filter(|child| {
            (trees.is(*child, "obl") || trees.is(*child, "nmod")) && trees.case(*child).is_some_and(|case| case == preposition)
        });
        phrases.find_map(|noun| Some(self.of_phrase(noun)).filter(|found| !found.is_empty())).unwrap_or_default()
    }

    /// The first somebody below `top` who is no pronoun.
    pub(crate) fn first_below(&self, top: usize) -> Option<Range<usize>> {
        let found = self.trees.below(top).into_iter().find(|at| self.somebody(*at) && !self.is_pronoun(*at))?;
        Some(self.trees.phrase(self.top_of_name(found, usize::MAX)))
    }

    /// Whom a phrase means. Who stays unknown has a span and no id.
    pub(crate) fn participant(&self, resolver: &mut Resolver<'_, '_>, words: &Range<usize>) -> Participant {
        let text = self.trees.text;
        let span = self.trees.span(words);
        let tokens = text.tokens_of_words(words.clone());
        // What cannot be told of somebody who does not speak is no gap in the record of who said what.
        let notes = resolver.notes.len();
        let actor = tokens.clone().and_then(|tokens| {
            let phrase = interpret(text, self.names, tokens)?;
            let speaker = resolver.resolve(&phrase);
            let known = |id: &ActorId| {
                text.lexicon.actor(id).is_some() || resolver.people().persons.iter().any(|person| person.id == *id)
            };
            speaker.actor.filter(known).or(speaker.party)
        });
        resolver.notes.truncate(notes);
        let actor = actor.or_else(|| self.only_side(&tokens?));
        Participant { span, actor }
    }

    /// The one side that the names in these tokens belong to.
    fn only_side(&self, tokens: &Range<usize>) -> Option<ActorId> {
        let lexicon = self.trees.text.lexicon;
        let mut sides = self.names.within(tokens).iter().filter_map(|mention| {
            let actor = lexicon.actor(&mention.meant.as_ref()?.actor)?;
            let own = matches!(actor.kind, ActorKind::State | ActorKind::ArmedGroup | ActorKind::Organisation);
            if own { Some(actor.id.clone()) } else { actor.party.clone() }
        });
        let side = sides.next()?;
        sides.all(|other| other == side).then_some(side)
    }

    /// Whether the word is a noun or a name that may head a phrase.
    pub(crate) fn is_nominal(&self, at: usize) -> bool {
        matches!(&*self.trees.word(at).universal, "NOUN" | "PROPN")
            && self.token(at).is_some_and(|token| self.trees.text.tag(token) != Tag::Punct)
    }
}
