//! Which entry of the lexicon a word is, by the frames around it.

use onrecord_lexicon::{EventFrame, EventKind, EventWord, Plover, WordList};

use super::cast::Cast;

/// A word that names an event.
pub(super) struct Match<'l> {
    pub(super) entry: &'l EventWord,
    /// The frames that hold, in the order of the entry.
    pub(super) frames: Vec<&'l EventFrame>,
    /// For nouns: the verb that carries it or says that it took place.
    pub(super) carrier: Option<usize>,
    /// Whether the object itself is one of those that the entry asks for.
    pub(super) certain: bool,
}

/// How well the words fit where the object is one that the entry asks for.
const CERTAIN: usize = 4;

impl<'a> Cast<'_, '_, 'a> {
    /// The entry that fits the verb best: the one whose objects are named rather than any, the longer word rather than the shorter.
    pub(super) fn verb(&self, at: usize) -> Option<Match<'a>> {
        let lexicon = self.trees.text.lexicon;
        let mut best: Option<(usize, Match<'a>)> = None;
        for form in self.trees.verb_forms(at) {
            for entry in lexicon.event_words_of(EventKind::Verb, &form) {
                let frames: Vec<&EventFrame> = entry.frames.iter().filter(|frame| self.holds(at, frame)).collect();
                let fit = self.objects_fit(at, entry, &frames);
                let (false, Some(fit)) = (frames.is_empty(), fit) else { continue };
                let score = fit + 2 * usize::from(form.contains(' '));
                if best.as_ref().is_none_or(|(before, _)| score > *before) {
                    best = Some((score, Match { entry, frames, carrier: None, certain: fit >= CERTAIN }));
                }
            }
        }
        best.map(|(_, found)| found)
    }

    /// The entry of a noun, if the frames name somebody who takes part.
    pub(super) fn noun(&self, at: usize) -> Option<Match<'a>> {
        let lexicon = self.trees.text.lexicon;
        let (lemma, lower) = (self.trees.lemma(at).to_lowercase(), self.trees.lower(at));
        let carrier = self.carrier(at);
        let entries = lexicon.event_words_of(EventKind::Noun, &lemma).chain(lexicon.event_words_of(EventKind::Noun, lower));
        let fitting = entries.filter_map(|entry| {
            let frames: Vec<&EventFrame> = entry.frames.iter().filter(|frame| self.noun_holds(at, frame, carrier)).collect();
            // "The Oro summit" is mostly named as a date.
            let own = entry.plover != Plover::Consult && self.demonym_before(at).is_some();
            let fits = !entry.objects.iter().any(|_| true) || self.has_object(entry, &self.trees.below(at), None) > 0;
            (fits && (own || !frames.is_empty())).then_some(Match { entry, frames, carrier, certain: false })
        });
        fitting.max_by_key(|found| usize::from(!found.entry.objects.is_empty()))
    }

    fn holds(&self, verb: usize, frame: &EventFrame) -> bool {
        let trees = self.trees;
        let infinitive = || {
            ["xcomp", "ccomp", "advcl", "acl"].iter().any(|relation| {
                trees.related(verb, relation).any(|below| trees.related(below, "mark").any(|mark| trees.lower(mark) == "to"))
            })
        };
        match frame {
            EventFrame::Bare => true,
            EventFrame::Object => self.object(verb).is_some(),
            EventFrame::Infinitive => infinitive(),
            EventFrame::Clause => trees.first(verb, "ccomp").is_some(),
            EventFrame::ObjectInfinitive => {
                let inner = trees
                    .related(verb, "ccomp")
                    .chain(trees.related(verb, "xcomp"))
                    .any(|below| trees.first(below, "nsubj").is_some());
                inner || self.object(verb).is_some() && infinitive()
            }
            EventFrame::ObjectClause => self.object(verb).is_some() && trees.first(verb, "ccomp").is_some(),
            EventFrame::ObjectPreposition(preposition) => {
                let tops: Vec<usize> = std::iter::once(verb).chain(self.object(verb)).collect();
                self.object(verb).is_some() && self.has_preposition(&tops, preposition)
            }
            EventFrame::Joined => {
                let subject = self.subject(verb);
                let plural = |at: usize| matches!(&*trees.word(at).penn, "NNS" | "NNPS");
                subject.is_some_and(|subject| trees.first(subject, "conj").is_some() || plural(subject))
            }
            EventFrame::Preposition(preposition) => self.has_preposition(&[verb], preposition),
            EventFrame::Light | EventFrame::Possessive => false,
        }
    }

    fn has_preposition(&self, tops: &[usize], preposition: &str) -> bool {
        let trees = self.trees;
        tops.iter().flat_map(|top| trees.children(*top)).any(|child| {
            let phrase = trees.is(*child, "obl") || trees.is(*child, "nmod") || trees.is(*child, "advcl");
            let marked = || trees.related(*child, "mark").any(|mark| trees.lower(mark) == preposition);
            phrase && (trees.case(*child).is_some_and(|case| case == preposition) || marked())
        })
    }

    fn noun_holds(&self, noun: usize, frame: &EventFrame, carrier: Option<usize>) -> bool {
        let trees = self.trees;
        match frame {
            EventFrame::Preposition(preposition) => !self.behind(&[noun], preposition).is_empty(),
            EventFrame::Light => {
                carrier.is_some_and(|verb| self.subject(verb).is_some_and(|subject| subject != noun && self.names_any(subject)))
            }
            EventFrame::Possessive => trees.related(noun, "nmod:poss").any(|owner| self.somebody(owner)),
            EventFrame::Infinitive => {
                let owner = trees.related(noun, "nmod:poss").any(|owner| self.somebody(owner));
                owner && trees.related(noun, "acl").any(|below| &*trees.word(below).penn == "VB")
            }
            _ => false,
        }
    }

    pub(super) fn names_any(&self, noun: usize) -> bool {
        !self.of_phrase(noun).is_empty()
    }

    /// A demonym or name right before the noun: "the *Ketrian* attack".
    pub(super) fn demonym_before(&self, noun: usize) -> Option<usize> {
        let trees = self.trees;
        trees.children(noun).iter().copied().find(|child| {
            *child < noun
                && ["amod", "compound", "nmod:poss"].iter().any(|relation| trees.is(*child, relation))
                && self.somebody(*child)
        })
    }

    /// The verb that the noun is the object of, where it is a light one, or the subject of, where it says that something took place.
    fn carrier(&self, noun: usize) -> Option<usize> {
        let trees = self.trees;
        let lexicon = trees.text.lexicon;
        let noun = self.measured(noun);
        let verb = trees.head(noun)?;
        let lemma = trees.lemma(verb).to_lowercase();
        let light =
            ["obj", "nsubj:pass", "obl"].contains(&&*trees.word(noun).relation) && lexicon.list("event-light").contains(&lemma);
        let occurs = trees.is(noun, "nsubj") && lexicon.list("event-occurrence").contains(&lemma);
        (light || occurs).then_some(verb)
    }

    /// "a *round* of talks": the noun that counts the event.
    pub(super) fn measured(&self, noun: usize) -> usize {
        let trees = self.trees;
        let counts = |head: &usize| {
            trees.is(noun, "nmod") && trees.text.lexicon.list("event-measure").contains(&trees.lemma(*head).to_lowercase())
        };
        trees.head(noun).filter(counts).unwrap_or(noun)
    }

    /// How well the words that the entry asks for are met; `None` when they are not.
    fn objects_fit(&self, verb: usize, entry: &EventWord, frames: &[&EventFrame]) -> Option<usize> {
        if entry.objects.is_empty() {
            return Some(1);
        }
        let trees = self.trees;
        let object = self.object(verb);
        let is_clause = |child: usize| trees.is(child, "acl:relcl");
        let mut region: Vec<usize> = object.map(|object| trees.below_without(object, &is_clause)).unwrap_or_default();
        for relation in ["xcomp", "obl", "iobj", "obj"] {
            region.extend(trees.related(verb, relation).flat_map(|top| trees.below_without(top, &is_clause)));
        }
        let complement = frames.iter().any(|frame| {
            matches!(frame, EventFrame::Infinitive | EventFrame::Clause | EventFrame::ObjectInfinitive | EventFrame::ObjectClause)
        });
        for relation in ["ccomp", "advcl", "acl"].iter().filter(|_| complement) {
            region.extend(trees.related(verb, relation).flat_map(|top| trees.below(top)));
        }
        if object.is_none() || frames.iter().any(|frame| matches!(frame, EventFrame::Bare)) {
            region.extend(self.subject(verb).into_iter().chain(trees.related(verb, "nsubj")).flat_map(|top| trees.below(top)));
        }
        region.sort_unstable();
        region.dedup();
        match self.has_object(entry, &region, object) {
            0 => None,
            fit => Some(fit + 1),
        }
    }

    /// How many of the words asked for the region holds: heads of phrases count double, the object itself once more.
    fn has_object(&self, entry: &EventWord, region: &[usize], object: Option<usize>) -> usize {
        let lexicon = self.trees.text.lexicon;
        let named = entry.objects.iter().filter_map(|wanted| wanted.strip_prefix('@'));
        let lists: Vec<&WordList> =
            named.filter(|list| !matches!(*list, "actor" | "place")).map(|list| lexicon.list(&format!("event-{list}"))).collect();
        let asks_place = entry.objects.iter().any(|wanted| wanted == "@place");
        let asked = |at: usize| {
            // "*according* to" is no accord.
            if ["case", "mark", "fixed"].iter().any(|relation| self.trees.is(at, relation)) {
                return false;
            }
            let (lower, lemma) = (self.trees.lower(at), self.trees.lemma(at).to_lowercase());
            entry.objects.iter().any(|wanted| *wanted == lower || *wanted == lemma)
                || lists.iter().any(|list| list.contains(lower) || list.contains(&lemma))
                || asks_place && self.is_place(at)
        };
        let weight = |at: usize| {
            if !asked(at) {
                return 0;
            }
            let modifies = ["compound", "amod", "nmod:poss"].iter().any(|relation| self.trees.is(at, relation));
            2 - usize::from(modifies) + usize::from(object == Some(at))
        };
        let actor = entry.objects.iter().any(|wanted| wanted == "@actor");
        let names = || object.is_some_and(|object| self.names_any(object) || self.somebody(object)) || self.inner_subject(region);
        region.iter().map(|at| weight(*at)).sum::<usize>() + usize::from(actor && names())
    }

    /// "allowed *the monks* to return", read as a clause.
    fn inner_subject(&self, region: &[usize]) -> bool {
        region.iter().any(|at| self.trees.is(*at, "nsubj") && self.somebody(*at))
    }
}
