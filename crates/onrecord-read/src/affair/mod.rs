//! States of affairs: what is said to be open or closed, in force or suspended, and how talks stand.
//!
//! A word of `data/affairs/turns.toml` tells the state of the thing that the tree gives it: the object or the subject of a verb, what an adjective or
//! a phrase is said of, what stands behind a noun with "of". The thing must be one of `data/affairs/things.toml`, or a place of such a kind.

mod example;
mod thing;

use std::ops::Range;

use onrecord_lexicon::{ActorId, Axis, Turn, TurnKind};
use onrecord_text::CleanSpan;

use crate::event::cast::Cast;
use crate::event::tree::Trees;
use crate::event::{is_only_where, modality, said_where, says_so};
use crate::place::Toponym;
use crate::reading::{Affair, Assertion, Date, Modality, Participant};
use crate::time::Times;
use crate::who::{Names, Resolver};
pub use example::check_affair_examples;
use thing::Thing;

/// All states of affairs of the article, in the order of the text.
pub(crate) fn find(
    trees: &Trees<'_, '_>,
    names: &Names,
    times: &Times,
    places: &[Toponym],
    resolver: &mut Resolver<'_, '_>,
    assertions: &[Assertion],
) -> Vec<Affair> {
    let reader = Reader { cast: Cast { trees, names, places }, times, places, published: trees.text.year_of_publication() };
    let mut told: Vec<Told<'_>> = Vec::new();
    for at in 0..trees.words().len() {
        told.extend(reader.by_word(at));
    }
    for at in 0..trees.text.len() {
        told.extend(reader.by_phrase(at));
    }
    // One word for each thing: a phrase says more than the verb it stands with.
    told.sort_by_key(|told| (told.thing.noun, std::cmp::Reverse(told.turn.kind)));
    told.dedup_by_key(|told| told.thing.noun);
    let mut found: Vec<Affair> = told.iter().flat_map(|told| reader.affairs(told, resolver, assertions)).collect();
    found.sort_by_key(|affair| (affair.words, affair.thing));
    found
}

/// A word of state with its thing.
struct Told<'l> {
    thing: Thing<'l>,
    turn: &'l Turn,
    /// The word that says it; of a phrase the topmost.
    at: usize,
    words: CleanSpan,
}

struct Reader<'c, 't, 'a> {
    cast: Cast<'c, 't, 'a>,
    times: &'c Times,
    places: &'c [Toponym],
    /// Year of publication.
    published: Option<i32>,
}

impl<'a> Reader<'_, '_, 'a> {
    fn by_word(&self, at: usize) -> Option<Told<'a>> {
        let trees = self.cast.trees;
        let lexicon = trees.text.lexicon;
        let universal: &str = &trees.word(at).universal;
        if !matches!(universal, "VERB" | "ADJ" | "NOUN") {
            return None;
        }
        let forms = if universal == "VERB" {
            trees.verb_forms(at)
        } else {
            vec![trees.lemma(at).to_lowercase(), trees.lower(at).to_owned()]
        };
        let mut turns: Vec<&Turn> = forms.iter().flat_map(|form| lexicon.turns_of(form)).collect();
        // "remains closed" tells a state, "was closed on Monday" a change.
        let is_state = universal == "ADJ" || trees.is(at, "xcomp");
        turns.sort_by_key(|turn| (turn.kind == TurnKind::Adjective) != is_state);
        turns.into_iter().find_map(|turn| {
            let thing = self.things_of(at, turn.kind).into_iter().find_map(|noun| self.thing(noun))?;
            turn.suits(thing.kind).then(|| Told { thing, turn, at, words: trees.word(at).span })
        })
    }

    /// The nouns that a word of this kind may be said of, the likelier first.
    fn things_of(&self, at: usize, kind: TurnKind) -> Vec<usize> {
        let (cast, trees) = (&self.cast, self.cast.trees);
        let is_verb = &*trees.word(at).universal == "VERB";
        match kind {
            TurnKind::Noun => {
                let of = trees.related(at, "nmod").filter(|noun| trees.case(*noun).is_some_and(|case| case == "of"));
                of.chain(trees.related(at, "compound")).chain(trees.related(at, "nmod:poss")).collect()
            }
            TurnKind::Transitive if is_verb => cast.object(at).into_iter().collect(),
            TurnKind::Verb if is_verb && !trees.is(at, "amod") => {
                let own = cast.object(at).or_else(|| trees.first(at, "nsubj"));
                // "is expected to reopen": the subject stands with the verb above.
                let raised = || trees.head(at).filter(|_| trees.is(at, "xcomp")).and_then(|head| trees.first(head, "nsubj"));
                own.or_else(raised).into_iter().collect()
            }
            TurnKind::Adjective | TurnKind::Verb if !trees.is(at, "amod") => {
                let above = trees.head(at).filter(|_| trees.is(at, "xcomp") || trees.is(at, "advcl"));
                let own = trees.first(at, "nsubj");
                // "kept the crossing closed"
                let kept = above.and_then(|head| trees.first(head, "obj"));
                own.or(kept).or_else(|| above.and_then(|head| trees.first(head, "nsubj"))).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }

    fn by_phrase(&self, token: usize) -> Option<Told<'a>> {
        let trees = self.cast.trees;
        let text = trees.text;
        let (end, turns) = text.lexicon.turn_phrase_at(text.words, text.start(token) as usize)?;
        let words = text.span(&(token..text.token_ending_at(token, end)?));
        let inside = text.analysis.words_in(words);
        let top = inside.clone().find(|at| trees.head(*at).is_none_or(|head| !inside.contains(&head)))?;
        let subject = |at: usize| trees.first(at, "nsubj");
        let mut above = std::iter::successors(Some(top), |at| trees.head(*at)).take(3);
        let noun = above.find_map(|at| subject(at).filter(|noun| !inside.contains(noun)))?;
        let thing = self.thing(noun)?;
        let turn = turns.into_iter().find(|turn| turn.suits(thing.kind))?;
        // Whether it came to pass is told with the verb: "ended *without agreement*" is no negation.
        let without = matches!(text.lower(token), "without" | "no");
        let top = trees.head(top).filter(|_| without).unwrap_or(top);
        Some(Told { thing, turn, at: top, words })
    }

    fn affairs(&self, told: &Told<'_>, resolver: &mut Resolver<'_, '_>, assertions: &[Assertion]) -> Vec<Affair> {
        let trees = self.cast.trees;
        let whole = self.clause(told);
        let is_talks = told.turn.axis == Axis::Talks;
        let mediators = if told.turn.axis == Axis::Passage { Vec::new() } else { self.mediators(whole, resolver) };
        let parties = self.parties(told, &mediators, resolver);
        let date = self.since(told, whole);
        let modality = self.modality(told, date.as_ref());
        let venue = is_talks.then(|| said_where(trees.text, self.places, whole, &[&mediators])).flatten();
        let named = if is_talks { vec![venue] } else { self.places_of(&told.thing) };
        let affair = |place: Option<Toponym>| Affair {
            thing: told.thing.span,
            kind: told.thing.kind.id.clone(),
            state: told.turn.state.clone(),
            words: told.words,
            place,
            parties: parties.clone(),
            since: date.clone(),
            modality,
            round: is_talks.then(|| self.round(&told.thing)).flatten(),
            mediators: mediators.clone(),
            assertion: says_so(assertions, told.words),
            rule: told.turn.lemma.clone(),
        };
        named.into_iter().map(affair).collect()
    }

    fn modality(&self, told: &Told<'_>, since: Option<&Date>) -> Modality {
        let trees = self.cast.trees;
        // "no longer in force": the tree hangs "longer" on the word or on what it is the complement of.
        let near = std::iter::successors(Some(told.at), |at| trees.head(*at)).take(2);
        let no_longer = near.into_iter().any(|at| trees.children(at).iter().any(|child| trees.lower(*child) == "longer"));
        if no_longer {
            return Modality::Negated;
        }
        let modality = modality::of(trees, told.at, self.published);
        let year = since.and_then(|date| date.value.get(..4)?.parse::<i32>().ok());
        let long_ago = |published: i32| year.is_some_and(|year| year < published);
        // "has been closed since 2021" is so today.
        let change = matches!(told.turn.kind, TurnKind::Verb | TurnKind::Transitive);
        let lasting = !change || self.since_word(told).is_some();
        match modality {
            // Nothing is known of the story's own day.
            Modality::Historical if self.published.is_none() => Modality::Actual,
            Modality::Actual if !lasting && self.published.is_some_and(long_ago) => Modality::Historical,
            Modality::Historical if lasting => Modality::Actual,
            modality => modality,
        }
    }

    /// The words of the clause that tells it, without the clauses beside it.
    fn clause(&self, told: &Told<'_>) -> CleanSpan {
        let trees = self.cast.trees;
        let chain = modality::chain(trees, told.at);
        let top = chain.last().copied().unwrap_or(told.at);
        let beside = |child: usize| {
            let relation: &str = &trees.word(child).relation;
            matches!(relation, "acl:relcl" | "parataxis" | "ccomp")
                || relation == "conj" && &*trees.word(child).universal == "VERB"
        };
        let words = trees.below_without(top, &beside);
        let (first, last) = (words.first().copied().unwrap_or(top), words.last().copied().unwrap_or(top));
        trees.span(&(first..last + 1)).cover(told.words).cover(told.thing.span)
    }

    /// When it came to be so: behind "since", else the only date in the clause of a verb or noun of change.
    fn since(&self, told: &Told<'_>, whole: CleanSpan) -> Option<Date> {
        if let Some(date) = self.since_word(told) {
            return Some(date);
        }
        if !matches!(told.turn.kind, TurnKind::Verb | TurnKind::Transitive | TurnKind::Noun) && told.turn.axis != Axis::Talks {
            return None;
        }
        let mut dates = self.times.within(whole).filter_map(|time| time.date.clone());
        let date = dates.next()?;
        dates.next().is_none().then_some(date)
    }

    fn since_word(&self, told: &Told<'_>) -> Option<Date> {
        let text = self.cast.trees.text;
        let sentence = text.sentence(text.analysis.sentence_at(told.words.start())?).span;
        self.times.within(sentence).find_map(|time| {
            let first = text.tokens_in(time.span).start;
            let own = text.lower(first) == "since" || first > 0 && text.lower(first - 1) == "since";
            time.date.clone().filter(|_| own)
        })
    }

    /// The sides named with the thing, as its subject's own where it is "its" or "their", and those who hold talks.
    fn parties(&self, told: &Told<'_>, mediators: &[Participant], resolver: &mut Resolver<'_, '_>) -> Vec<ActorId> {
        let (cast, trees) = (&self.cast, self.cast.trees);
        let noun = told.thing.noun;
        let mut ranges: Vec<Range<usize>> = self.named_in(noun);
        let verb = (&*trees.word(told.at).universal == "VERB").then_some(told.at);
        if told.turn.axis != Axis::Passage || ranges.len() < 2 {
            let subject = verb.and_then(|verb| cast.subject(verb)).filter(|subject| *subject != noun);
            ranges.extend(subject.map(|subject| cast.of_phrase(subject)).unwrap_or_default());
            for preposition in ["with", "between"] {
                ranges.extend(verb.map(|verb| cast.behind(&[verb], preposition)).unwrap_or_default());
            }
        }
        // The venue of talks is no side, whatever its capital stands for elsewhere.
        ranges.retain(|range| !is_only_where(trees.text, self.places, trees.span(range)));
        let lexicon = trees.text.lexicon;
        let side = |participant: Participant| {
            let actor = lexicon.actor(&participant.actor?)?;
            actor.party.clone().filter(|side| lexicon.actor(side).is_some())
        };
        let mediating: Vec<&ActorId> = mediators.iter().filter_map(|one| one.actor.as_ref()).collect();
        let mut parties: Vec<ActorId> = ranges
            .iter()
            .filter_map(|range| side(cast.participant(resolver, range)))
            .filter(|side| !mediating.contains(&side))
            .collect();
        parties.sort();
        parties.dedup();
        parties
    }

    /// Everybody whom the phrase of a noun names, beyond those of its first modifier: "Ketria's border with Veldmar".
    fn named_in(&self, noun: usize) -> Vec<Range<usize>> {
        let (cast, trees) = (&self.cast, self.cast.trees);
        let modifies = |child: &usize| {
            ["nmod", "nmod:poss", "amod", "compound"].iter().any(|relation| trees.is(*child, relation)) || trees.is(*child, "obl")
        };
        let children: Vec<usize> = trees.children(noun).iter().copied().filter(modifies).collect();
        let list = trees.text.lexicon.list("place-preposition");
        let is_where = |child: usize| trees.case(child).is_some_and(|case| list.contains(case));
        // "talks in Doha between A and B": the tree may hang the sides on the place.
        let named = |child: usize| if is_where(child) { self.named_in(child) } else { cast.of_phrase(child) };
        children.into_iter().flat_map(named).collect()
    }

    /// "mediated by Qatar", "Qatar-brokered", "hosted by Turkey".
    fn mediators(&self, whole: CleanSpan, resolver: &mut Resolver<'_, '_>) -> Vec<Participant> {
        let (cast, trees) = (&self.cast, self.cast.trees);
        let list = trees.text.lexicon.list("affair-mediation");
        let mut ranges: Vec<Range<usize>> = Vec::new();
        for at in trees.text.analysis.words_in(whole) {
            if !matches!(&*trees.word(at).universal, "VERB" | "NOUN" | "ADJ")
                || !(list.contains(trees.lemma(at)) || list.contains(trees.lower(at)))
            {
                continue;
            }
            let by = ["by", "of"].iter().map(|preposition| cast.behind(&[at], preposition)).find(|those| !those.is_empty());
            let owner = trees.related(at, "nmod:poss").chain(trees.related(at, "compound")).find(|owner| cast.somebody(*owner));
            let active = || cast.subject(at).filter(|_| !cast.is_passive(at) && &*trees.word(at).universal == "VERB");
            // "Qatari-mediated": the tree hangs the name on the participle, or both on the noun.
            let before = || {
                let hyphen = at.checked_sub(2).filter(|name| trees.lower(name + 1) == "-" && cast.somebody(*name));
                let near = || trees.children(at).iter().copied().find(|child| *child < at && cast.somebody(*child));
                hyphen.or_else(|| near().filter(|_| trees.is(at, "amod")))
            };
            let those = by.or_else(|| owner.or_else(before).or_else(active).map(|one| cast.of_phrase(one)));
            ranges.extend(those.unwrap_or_default());
        }
        ranges.iter().map(|range| cast.participant(resolver, range)).collect()
    }

    /// "the *third* round of talks".
    fn round(&self, thing: &Thing<'_>) -> Option<u32> {
        let trees = self.cast.trees;
        let lexicon = trees.text.lexicon;
        let words = trees.below_without(thing.noun, &|child| trees.is(child, "acl:relcl"));
        let counted = words.iter().any(|at| trees.lemma(*at) == "round");
        let ordinal = |at: &usize| {
            let start = trees.word(*at).span.start() as usize;
            let words = lexicon.time_words_at(trees.text.words, start);
            let mut ordinals = words.filter(|(_, word)| word.kind == onrecord_lexicon::TimeWordKind::Ordinal);
            ordinals.find_map(|(_, word)| word.value.parse().ok())
        };
        words.iter().find_map(ordinal).filter(|_| counted)
    }

    /// The places that name the thing; one `None` where none does.
    fn places_of(&self, thing: &Thing<'_>) -> Vec<Option<Toponym>> {
        let trees = self.cast.trees;
        let cut = |child: usize| trees.is(child, "acl") || trees.is(child, "acl:relcl") || trees.is(child, "appos");
        let words = trees.below_without(thing.noun, &cut);
        let span = words.iter().fold(thing.span, |span, at| span.cover(trees.word(*at).span));
        let is_country = |toponym: &Toponym| {
            toponym.place.as_ref().is_some_and(|place| place.precision == crate::place::WherePrecision::Country)
        };
        let inside = self.places.iter().filter(|toponym| span.contains_span(toponym.span) && !is_country(toponym));
        let found: Vec<Option<Toponym>> = inside.cloned().map(Some).collect();
        if found.is_empty() { vec![self.only_place(thing).cloned()] } else { found }
    }

    /// "*the* crossing": the only one of its kind that the article names, where it stands last before the thing.
    fn only_place(&self, thing: &Thing<'_>) -> Option<&Toponym> {
        let trees = self.cast.trees;
        let text = trees.text;
        let definite = trees.related(thing.noun, "det").any(|det| matches!(trees.lower(det), "the" | "this" | "that"));
        if !definite || !matches!(&*trees.word(thing.noun).penn, "NN" | "NNP") {
            return None;
        }
        let of_kind = |toponym: &&Toponym| {
            let places = text.lexicon.places_at(text.words, toponym.span.start() as usize).map(|(_, places)| places);
            places.is_some_and(|places| places.iter().any(|place| thing.kind.places.contains(&place.kind)))
        };
        let mut own = self.places.iter().filter(of_kind);
        let name = |toponym: &Toponym| toponym.place.as_ref().map(|place| place.name.clone());
        let first = own.next()?;
        let same = own.clone().all(|other| name(other) == name(first));
        let before = || self.places.iter().filter(of_kind).rfind(|toponym| toponym.span.end() <= thing.span.start());
        if same && name(first).is_some() { before() } else { None }
    }
}
