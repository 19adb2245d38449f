//! Events: what is said to have happened, in the vocabulary of PLOVER, with those who acted and those acted upon.
//!
//! Trees are walked from their roots. A word of `data/events` whose frame holds names an event and takes the phrases below it with it, so
//! that "agreed to send aid" is one event. What is announced or planned is an agreement or a threat, as the PLOVER manual has it.

pub(crate) mod cast;
mod example;
mod lookup;
pub(crate) mod modality;
mod toll;
pub(crate) mod tree;
mod whereabouts;

use std::collections::BTreeSet;
use std::ops::Range;

use onrecord_lexicon::{Act, EventFrame, Plover};
use onrecord_text::CleanSpan;

use crate::place::Toponym;
use crate::reading::{Assertion, Event, Figure, Modality, Participant, SpeakerKind};
use crate::time::Times;
use crate::who::{Names, Resolver};
use cast::Cast;
pub use example::check_event_examples;
use lookup::Match;
use tree::Trees;
pub(crate) use whereabouts::{is_only_where, is_spot, said_where};

/// An event as the tree shows it, in words.
struct Draft {
    /// The word that names it.
    trigger: usize,
    /// The top of the clause that tells it.
    top: usize,
    plover: Plover,
    mode: Option<String>,
    contexts: Vec<String>,
    cameo: Option<String>,
    actors: Vec<Range<usize>>,
    recipients: Vec<Range<usize>>,
    modality: Modality,
    rule: String,
    /// Whether the entry asks for an object and has it.
    certain: bool,
}

/// All events of the article, in the order of the text.
pub(crate) fn find(
    trees: &Trees<'_, '_>,
    names: &Names,
    times: &Times,
    places: &[Toponym],
    resolver: &mut Resolver<'_, '_>,
    assertions: &[Assertion],
    figures: &[Figure],
) -> Vec<Event> {
    let text = trees.text;
    let reader = Reader { cast: Cast { trees, names, places }, published: text.year_of_publication(), places };
    let mut events = Vec::new();
    for clause in &text.analysis.clauses {
        for draft in reader.in_clause(clause) {
            events.push(reader.event(&draft, times, resolver, assertions));
        }
    }
    let spoken = reader.spoken(assertions, &events, resolver);
    events.extend(spoken);
    events.sort_by_key(|event| (event.trigger, event.plover));
    events.dedup_by(|next, before| next.trigger == before.trigger);
    toll::attach(text, figures, &mut events);
    events
}

struct Reader<'c, 't, 'a> {
    cast: Cast<'c, 't, 'a>,
    /// Year of publication.
    published: Option<i32>,
    places: &'c [Toponym],
}

impl Reader<'_, '_, '_> {
    fn in_clause(&self, clause: &Range<usize>) -> Vec<Draft> {
        let trees = self.cast.trees;
        let mut taken: BTreeSet<usize> = BTreeSet::new();
        let mut found: Vec<Draft> = Vec::new();
        let mut open: Vec<usize> = clause.clone().filter(|at| trees.head(*at).is_none()).collect();
        while !open.is_empty() {
            let level = std::mem::take(&mut open);
            for at in level {
                let draft = if taken.contains(&at) { None } else { self.at(at) };
                if let Some(draft) = draft {
                    taken.extend(self.taken_by(at));
                    found.push(draft);
                }
                open.extend(trees.children(at).iter().copied());
            }
        }
        found.retain(|draft| self.is_worth_telling(draft));
        found
    }

    /// A clause of its own counts where somebody is named, or where the words leave no doubt what happened ("the crossings were closed"); what
    /// stands beside one, where both sides are, or a verb has its subject.
    fn is_worth_telling(&self, draft: &Draft) -> bool {
        let trees = self.cast.trees;
        let (acts, befalls) = (!draft.actors.is_empty(), !draft.recipients.is_empty());
        if self.is_background(draft.top) {
            let own_verb = &*trees.word(draft.trigger).universal == "VERB" && trees.first(draft.top, "nsubj").is_some();
            return acts && (befalls || own_verb) || draft.certain && own_verb;
        }
        acts || befalls || draft.certain
    }

    /// Whether the word stands in a clause beside the one that the sentence is about.
    fn is_background(&self, at: usize) -> bool {
        let trees = self.cast.trees;
        let mut at = at;
        while let Some(head) = trees.head(at) {
            let relation: &str = &trees.word(at).relation;
            if matches!(relation, "advcl" | "acl" | "acl:relcl" | "nmod" | "obl" | "appos") {
                return true;
            }
            at = head;
        }
        false
    }

    /// The words that the event at `at` takes with it: its phrases and complements, not the clauses beside it.
    fn taken_by(&self, at: usize) -> Vec<usize> {
        let trees = self.cast.trees;
        let beside = |child: usize| {
            let relation: &str = &trees.word(child).relation;
            let finite_adverbial =
                relation.starts_with("advcl") && trees.first(child, "mark").is_some() && trees.first(child, "nsubj").is_some();
            finite_adverbial
                || matches!(relation, "acl:relcl" | "parataxis")
                || relation == "conj" && trees.head(child) == Some(at)
        };
        trees.below_without(at, &beside)
    }

    fn at(&self, at: usize) -> Option<Draft> {
        match &*self.cast.trees.word(at).universal {
            "VERB" | "ADJ" => self.obliged(at).or_else(|| self.verb(at)),
            "NOUN" => self.noun(at),
            _ => None,
        }
    }

    /// "The minister said that Ketria *must pay*".
    fn obliged(&self, at: usize) -> Option<Draft> {
        let (cast, trees) = (&self.cast, self.cast.trees);
        let must = |word: usize| matches!(trees.lower(word), "must" | "should" | "ought" | "shall");
        let has_to = || trees.head(at).is_some_and(|head| trees.is(at, "xcomp") && trees.lemma(head) == "have");
        let obliges = trees.related(at, "aux").any(must) || has_to();
        let top = if has_to() { trees.head(at)? } else { at };
        let said = obliges.then(|| self.reporting(top))??;
        let whom = trees.first(top, "nsubj")?;
        let actors = cast.of_phrase(cast.subject(said)?);
        let recipients = cast.of_phrase(whom);
        let other = actors.first() != recipients.first() && !recipients.is_empty() && &*trees.word(whom).universal != "PRON";
        let cameo = self.inner(at).and_then(|inner| trees.text.lexicon.event_code(Plover::Request, inner)).unwrap_or("100");
        other.then(|| Draft {
            trigger: at,
            top: said,
            plover: Plover::Request,
            mode: None,
            contexts: Vec::new(),
            cameo: Some(cameo.to_owned()),
            actors,
            recipients,
            modality: Modality::Actual,
            rule: "must".to_owned(),
            certain: false,
        })
    }

    /// The verb that reports the clause at `at`.
    fn reporting(&self, at: usize) -> Option<usize> {
        let trees = self.cast.trees;
        if let Some(beside) = trees.related(at, "parataxis").find(|beside| trees.first(*beside, "nsubj").is_some()) {
            return Some(beside);
        }
        let head = trees.head(at)?;
        (trees.is(at, "ccomp") && &*trees.word(head).universal == "VERB").then_some(head)
    }

    fn verb(&self, at: usize) -> Option<Draft> {
        let (cast, trees) = (&self.cast, self.cast.trees);
        // "the *closed* gate" has happened to the gate, but nobody tells it.
        if trees.is(at, "amod") && cast.perfect(at).is_none()
            || &*trees.word(at).universal == "ADJ" && trees.first(at, "nsubj").is_none()
        {
            return None;
        }
        let found = cast.verb(at)?;
        let subject = cast.subject(at);
        let mut actors = subject.map(|subject| self.those(subject, at)).unwrap_or_default();
        let mut recipients = self.recipients(at, &found, &actors);
        if is_mutual(found.entry.plover, &found) && actors.len() > 1 && recipients.is_empty() {
            recipients.clone_from(&actors);
        }
        if actors.is_empty() && !cast.is_passive(at) && subject.is_some() {
            actors =
                subject.filter(|subject| cast.is_nominal(*subject)).map(|subject| trees.phrase(subject)).into_iter().collect();
        }
        let modality = modality::of(trees, at, self.published);
        let draft = self.draft(at, self.top_of(at), &found, actors, recipients, modality);
        Some(self.announced(draft))
    }

    /// Whom a subject names: a pronoun in reported speech is whoever speaks.
    fn those(&self, subject: usize, verb: usize) -> Vec<Range<usize>> {
        let (cast, trees) = (&self.cast, self.cast.trees);
        let pronoun = matches!(trees.lower(subject), "it" | "they" | "he" | "she" | "we" | "i");
        if pronoun {
            let mut at = verb;
            while let Some(head) = trees.head(at) {
                if let (true, Some(speaker)) = (trees.is(at, "ccomp"), cast.subject(head)) {
                    let those = cast.of_phrase(speaker);
                    if !those.is_empty() && speaker != subject {
                        return those;
                    }
                }
                let beside = trees.related(at, "parataxis").find_map(|beside| trees.first(beside, "nsubj"));
                if let Some(speaker) = beside.filter(|speaker| cast.is_nominal(*speaker)) {
                    return cast.of_phrase(speaker);
                }
                at = head;
            }
        }
        cast.of_phrase(subject)
    }

    /// The verb at the top of those that the trigger is the complement of.
    fn top_of(&self, at: usize) -> usize {
        let trees = self.cast.trees;
        let mut at = self.cast.perfect(at).unwrap_or(at);
        while let Some(head) = trees.head(at).filter(|_| trees.is(at, "xcomp")) {
            at = head;
        }
        at
    }

    /// Whom the event befalls: where the frame says, else whoever is named nearest behind the verb.
    fn recipients(&self, at: usize, found: &Match<'_>, actors: &[Range<usize>]) -> Vec<Range<usize>> {
        let (cast, trees) = (&self.cast, self.cast.trees);
        let object = cast.object(at);
        let of_object = || object.map(|object| cast.of_phrase(object)).filter(|those| !those.is_empty());
        let names_object = found.entry.objects.is_empty() || found.entry.objects.iter().any(|wanted| wanted == "@actor");
        let plain = object.filter(|object| cast.somebody(*object));
        let given = cast.indirect_object(at).map(|whom| cast.of_phrase(whom)).filter(|those| !those.is_empty());
        let by_frame = || {
            found.frames.iter().find_map(|frame| {
                let those = match frame {
                    EventFrame::Object if names_object => plain.map(|object| cast.of_phrase(object)),
                    EventFrame::ObjectInfinitive | EventFrame::ObjectClause => object.map(|object| cast.of_phrase(object)),
                    EventFrame::Preposition(preposition) => Some(cast.behind(&[at], preposition)),
                    EventFrame::ObjectPreposition(preposition) => {
                        let tops: Vec<usize> = std::iter::once(at).chain(object).collect();
                        plain.map(|object| cast.of_phrase(object)).or_else(|| Some(cast.behind(&tops, preposition)))
                    }
                    _ => None,
                };
                those.filter(|those| !those.is_empty() && those != actors)
            })
        };
        let complement = || {
            let mut below = ["xcomp", "ccomp", "advcl"].iter().flat_map(|relation| trees.related(at, relation));
            below.find_map(|below| self.recipients_of_complement(below))
        };
        let tops: Vec<usize> = std::iter::once(at).chain(object).chain(cast.perfect(at)).collect();
        let mut those = given
            .or_else(by_frame)
            .or_else(|| of_object().filter(|those| those != actors))
            .or_else(|| cast.towards(&tops))
            .or_else(complement)
            .or_else(|| object.and_then(|object| cast.first_below(object)).map(|one| vec![one]))
            .unwrap_or_default();
        // "It was alleged": a pronoun for a clause or a thing is nobody.
        let nobody = |one: &Range<usize>| one.len() == 1 && matches!(trees.lower(one.start), "it" | "that" | "which" | "who");
        those.retain(|one| !actors.contains(one) && !nobody(one));
        those
    }

    fn recipients_of_complement(&self, below: usize) -> Option<Vec<Range<usize>>> {
        let (cast, trees) = (&self.cast, self.cast.trees);
        let subject = trees.first(below, "nsubj").filter(|subject| &*trees.word(*subject).universal != "PRON");
        let object = cast.object(below);
        let tops: Vec<usize> = std::iter::once(below).chain(object).collect();
        let own = || object.map(|object| cast.of_phrase(object)).filter(|those| !those.is_empty());
        let inner = || {
            ["xcomp", "ccomp"]
                .iter()
                .flat_map(|relation| trees.related(below, relation))
                .find_map(|next| self.recipients_of_complement(next))
        };
        subject
            .map(|subject| cast.of_phrase(subject))
            .filter(|those| !those.is_empty())
            .or_else(own)
            .or_else(|| cast.towards(&tops))
            .or_else(inner)
            .or_else(|| cast.first_below(below).map(|one| vec![one]))
    }

    fn noun(&self, at: usize) -> Option<Draft> {
        let (cast, trees) = (&self.cast, self.cast.trees);
        let found = cast.noun(at)?;
        let by = |preposition: &str| Some(cast.behind(&[at], preposition)).filter(|those| !those.is_empty());
        let owner = trees.related(at, "nmod:poss").find(|owner| cast.somebody(*owner)).map(|owner| cast.of_phrase(owner));
        let carried =
            found.carrier.and_then(|verb| cast.subject(verb)).filter(|subject| *subject != at && cast.names_any(*subject));
        let between = by("between");
        let mut actors = by("by")
            .or(owner)
            .or_else(|| cast.demonym_before(at).map(|before| vec![trees.phrase(before)]))
            .or_else(|| carried.map(|subject| cast.of_phrase(subject)))
            .or_else(|| between.clone())
            .unwrap_or_default();
        let acted_upon = !matches!(
            found.entry.plover,
            Plover::Agree
                | Plover::Consult
                | Plover::Request
                | Plover::Reject
                | Plover::Threaten
                | Plover::Protest
                | Plover::Support
                | Plover::Mobilize
        );
        if actors.is_empty() && !acted_upon {
            actors = by("of").unwrap_or_default();
        }
        let prepositions = found.entry.frames.iter().filter_map(|frame| match frame {
            EventFrame::Preposition(preposition) if preposition != "by" => Some(preposition.as_str()),
            _ => None,
        });
        let mut recipients = prepositions
            .into_iter()
            .filter(|preposition| *preposition != "of" || acted_upon)
            .find_map(by)
            .or_else(|| cast.towards(&[at]))
            .or_else(|| found.carrier.and_then(|verb| cast.towards(&[verb])))
            .unwrap_or_default();
        recipients.retain(|one| !actors.contains(one));
        if recipients.is_empty() && actors.len() > 1 {
            recipients.clone_from(&actors);
        }
        let modality = modality::of(trees, at, self.published);
        let top = found.carrier.unwrap_or_else(|| cast.measured(at));
        Some(self.draft(at, top, &found, actors, recipients, modality))
    }

    fn draft(
        &self,
        at: usize,
        top: usize,
        found: &Match<'_>,
        actors: Vec<Range<usize>>,
        recipients: Vec<Range<usize>>,
        modality: Modality,
    ) -> Draft {
        let entry = found.entry;
        let over = self.inner(at).and_then(|inner| self.cast.trees.text.lexicon.event_code(entry.plover, inner));
        Draft {
            trigger: at,
            top,
            plover: entry.plover,
            mode: entry.mode.clone(),
            contexts: entry.contexts.clone(),
            cameo: over.map(str::to_owned).or_else(|| entry.cameo.clone()),
            actors,
            recipients,
            modality,
            rule: entry.lemma.clone(),
            certain: found.certain,
        }
    }

    /// The type of the event that the complement of `at` names.
    fn inner(&self, at: usize) -> Option<Plover> {
        let (cast, trees) = (&self.cast, self.cast.trees);
        trees.below(at).into_iter().filter(|below| *below != at).find_map(|below| {
            let found = match &*trees.word(below).universal {
                "VERB" => cast.verb(below),
                "NOUN" => cast.noun(below),
                _ => None,
            };
            found.map(|found| found.entry.plover)
        })
    }

    /// What is announced or planned is an agreement, or where it harms a threat; what is announced not to be done is refused.
    fn announced(&self, mut draft: Draft) -> Draft {
        let trees = self.cast.trees;
        let chain = modality::chain(trees, draft.trigger);
        let undertaking = trees.text.lexicon.list("event-undertaking");
        let will = chain.iter().any(|at| {
            trees.related(*at, "aux").any(|auxiliary| matches!(trees.lower(auxiliary), "will" | "would" | "'ll" | "’ll" | "wo"))
        });
        let planned =
            chain.iter().skip(1).any(|at| undertaking.contains(trees.lemma(*at)) || undertaking.contains(trees.lower(*at)));
        let may =
            chain.iter().any(|at| trees.related(*at, "aux").any(|auxiliary| matches!(trees.lower(auxiliary), "may" | "might")));
        let speech = matches!(draft.plover, Plover::Agree | Plover::Threaten | Plover::Request | Plover::Accuse);
        if speech || draft.actors.is_empty() {
            return draft;
        }
        let hostile = draft.plover.is_hostile();
        let announced = match draft.modality {
            Modality::Future | Modality::Conditional if will || planned => {
                Some(if hostile { Plover::Threaten } else { Plover::Agree })
            }
            Modality::Possible if may && hostile => Some(Plover::Threaten),
            Modality::Negated if will && !hostile => Some(Plover::Reject),
            _ => None,
        };
        if let Some(plover) = announced.filter(|plover| *plover != draft.plover) {
            draft.cameo = trees.text.lexicon.event_code(plover, draft.plover).map(str::to_owned);
            draft.plover = plover;
            draft.mode = None;
        }
        draft
    }

    fn event(&self, draft: &Draft, times: &Times, resolver: &mut Resolver<'_, '_>, assertions: &[Assertion]) -> Event {
        let trees = self.cast.trees;
        let trigger = trees.word(draft.trigger).span;
        let words = self.taken_by(draft.top);
        let (first, last) = (words.first().copied().unwrap_or(draft.top), words.last().copied().unwrap_or(draft.top));
        let whole = trees.span(&(first..last + 1)).cover(trigger);
        let time = times.within(whole).find_map(|time| time.date.clone()).or_else(|| self.time_before(draft.top, times));
        let past = |published: i32| {
            let year = time.as_ref().and_then(|time| time.value.get(..4)?.parse::<i32>().ok());
            year.is_some_and(|year| year < published)
        };
        let modality = match draft.modality {
            Modality::Actual if self.published.is_some_and(past) => Modality::Historical,
            modality => modality,
        };
        let mut those = |ranges: &[Range<usize>]| -> Vec<Participant> {
            ranges.iter().map(|range| self.cast.participant(resolver, range)).collect()
        };
        let (mut actors, mut recipients) = (those(&draft.actors), those(&draft.recipients));
        actors.retain(|one| !whereabouts::is_where_or_struck(trees.text, self.places, one.span));
        recipients.retain(|one| !whereabouts::is_only_where(trees.text, self.places, one.span));
        let place = said_where(trees.text, self.places, whole, &[&actors, &recipients])
            .or_else(|| whereabouts::goal(trees.text, self.places, whole, trigger, draft.plover));
        Event {
            trigger,
            spans: vec![whole],
            plover: draft.plover,
            mode: draft.mode.clone(),
            contexts: draft.contexts.clone(),
            cameo: draft.cameo.clone(),
            actors,
            recipients,
            time,
            place,
            modality,
            tolls: Vec::new(),
            assertion: says_so(assertions, trigger),
            rule: draft.rule.clone(),
        }
    }

    /// "in *May*, when the gate was shut".
    fn time_before(&self, top: usize, times: &Times) -> Option<crate::reading::Date> {
        let trees = self.cast.trees;
        let head = trees.head(top).filter(|_| trees.is(top, "acl") || trees.is(top, "advcl"))?;
        let when = trees.children(top).iter().find(|child| trees.lower(**child) == "when")?;
        let start = trees.span(&(head..*when)).start();
        let before = CleanSpan::new(start.saturating_sub(REACH_OF_TIME), trees.word(*when).span.start());
        times.within(before).filter_map(|time| time.date.clone()).last()
    }

    /// Speech acts that no word of `data/events` names: the act of the statement tells the type.
    fn spoken(&self, assertions: &[Assertion], events: &[Event], resolver: &mut Resolver<'_, '_>) -> Vec<Event> {
        let text = self.cast.trees.text;
        let mut found = Vec::new();
        for (number, assertion) in assertions.iter().enumerate() {
            let plover = match assertion.act {
                Act::Demand => Plover::Request,
                Act::Assure | Act::Offer => Plover::Agree,
                Act::Refuse => Plover::Reject,
                Act::Accuse => Plover::Accuse,
                Act::State | Act::Deny | Act::Warn | Act::Acknowledge => continue,
            };
            // "Rebels shelled Oro, the ministry said" tells of the shelling: only a word of accusing accuses.
            let by_word = || {
                text.lexicon
                    .sayings()
                    .iter()
                    .any(|saying| saying.act == assertion.act && assertion.rule.starts_with(&saying.lemma))
            };
            if assertion.act == Act::Accuse && !by_word() {
                continue;
            }
            let (Some(cue), Some(speaker), false) =
                (assertion.cue, assertion.speaker.span, assertion.speaker.kind == SpeakerKind::Author)
            else {
                continue;
            };
            let Some(sentence) = text.analysis.sentence_at(cue.start()) else { continue };
            let sentence = text.sentence(sentence).span;
            if events.iter().chain(&found).any(|event: &Event| sentence.overlaps(event.trigger)) {
                continue;
            }
            let words = assertion.content.first().map(|content| text.analysis.words_in(*content)).unwrap_or_default();
            let named = words.clone().find(|at| self.cast.somebody(*at) && &*self.cast.trees.word(*at).universal != "PRON");
            let recipient = named.map(|at| self.cast.trees.phrase(at)).map(|range| self.cast.participant(resolver, &range));
            found.push(Event {
                trigger: cue,
                spans: assertion.content.clone(),
                plover,
                mode: None,
                contexts: Vec::new(),
                cameo: None,
                actors: vec![Participant {
                    span: speaker,
                    actor: assertion.speaker.actor.clone().or_else(|| assertion.speaker.party.clone()),
                }],
                recipients: recipient.into_iter().filter(|one| !one.span.overlaps(speaker)).collect(),
                time: assertion.said.clone(),
                place: None,
                modality: Modality::Actual,
                tolls: Vec::new(),
                assertion: Some(number),
                rule: format!("act {}", assertion.act.name()),
            });
        }
        found
    }
}

/// Bytes before a noun in which the rest of a date may stand ("the first days of October 2025").
const REACH_OF_TIME: u32 = 24;

/// Whether the words say that those in the subject did it to each other.
fn is_mutual(plover: Plover, found: &Match<'_>) -> bool {
    let joined = found.frames.iter().any(|frame| matches!(frame, EventFrame::Joined));
    joined
        || matches!(
            plover,
            Plover::Agree | Plover::Consult | Plover::Support | Plover::Cooperate | Plover::Sanction | Plover::Reject
        )
}

/// The assertion nearest to the word: the shortest whose content holds it, else the one whose cue it is.
pub(crate) fn says_so(assertions: &[Assertion], trigger: CleanSpan) -> Option<usize> {
    let length = |assertion: &Assertion| assertion.content.iter().map(|span| span.len()).sum::<u32>();
    let holding =
        assertions.iter().enumerate().filter(|(_, assertion)| assertion.content.iter().any(|span| span.contains_span(trigger)));
    let nearest = holding.min_by_key(|(_, assertion)| length(assertion)).map(|(number, _)| number);
    nearest.or_else(|| assertions.iter().position(|assertion| assertion.cue.is_some_and(|cue| cue.overlaps(trigger))))
}
