//! What is done by saying something: the cue's act, changed by what the content says.

use std::ops::Range;

use onrecord_lang::Tag;
use onrecord_lexicon::{Act, ActorId, Saying, SayingKind};

use super::cue::Cue;
use crate::reading::Speaker;
use crate::text::Text;
use crate::who::Names;

/// The act of a cue with this content, said of `object` where the cue has one. Only neutral cues ("said", "noted") give way to the content.
pub(crate) fn of(
    text: &Text<'_>,
    names: &Names,
    cue_act: Act,
    speaker: &Speaker,
    object: Option<&Range<usize>>,
    content: &[Range<usize>],
) -> Act {
    if cue_act != Act::State {
        return cue_act;
    }
    let view = ContentView { text, names, party: speaker.party.as_ref(), object, content };
    view.performed()
        .or_else(|| view.demand())
        .or_else(|| view.undertaking())
        .or_else(|| view.accusation())
        .or_else(|| view.denial())
        .unwrap_or(Act::State)
}

/// The act of a word of saying with this entry: that of the entry, changed by the content, or what is left of it where the word is negated. Nothing
/// where nothing is said.
pub(crate) fn of_cue(
    text: &Text<'_>,
    names: &Names,
    (cue, entry): (&Cue<'_>, &Saying),
    speaker: &Speaker,
    object: Option<&Range<usize>>,
    content: &[Range<usize>],
) -> Option<Act> {
    if !cue.negated {
        return Some(of(text, names, entry.act, speaker, object, content));
    }
    match entry.act {
        // "did not deny", "never refused"
        Act::Deny | Act::Refuse => Some(Act::Acknowledge),
        // "did not promise"
        Act::Assure | Act::Offer => Some(Act::Refuse),
        Act::Acknowledge => Some(Act::Deny),
        Act::State if text.lexicon.list("opinion-verb").contains(&entry.lemma) => Some(Act::Deny),
        // "would not say whether": the question is all that stands there.
        Act::State => (cue.unwilling && content.first().is_some_and(|part| is_question(text, part.start))).then_some(Act::Refuse),
        // Whoever did not accuse, warn or demand is not the one to quote for it.
        Act::Demand | Act::Accuse | Act::Warn => None,
    }
}

/// Whether the token opens a question that is not asked: "whether", "when".
pub(crate) fn is_question(text: &Text<'_>, at: usize) -> bool {
    ["how", "why", "what", "whether", "when", "where", "who", "if"].contains(&text.lower(at))
}

struct ContentView<'v, 'a> {
    text: &'v Text<'a>,
    names: &'v Names,
    party: Option<&'v ActorId>,
    /// Whom the cue speaks of ("described X as").
    object: Option<&'v Range<usize>>,
    content: &'v [Range<usize>],
}

impl ContentView<'_, '_> {
    fn tokens(&self) -> impl Iterator<Item = usize> + Clone + '_ {
        self.content.iter().flat_map(Clone::clone)
    }

    fn has(&self, list: &str) -> bool {
        let list = self.text.lexicon.list(list);
        self.tokens().any(|at| list.longest_at(self.text.words, self.text.start(at) as usize).is_some())
    }

    /// "*We ask for* three things", "*I promise that* nobody will be moved": the act is done by the words that name it.
    fn performed(&self) -> Option<Act> {
        let mut words = self.tokens().filter(|at| self.text.tag(*at) != Tag::Punct);
        let (subject, verb, next) = (words.next()?, words.next()?, words.next()?);
        let is_own = matches!(self.text.lower(subject), "we" | "i");
        let named = |act: Act| {
            let found = self.text.lexicon.sayings_at(self.text.words, self.text.start(verb) as usize);
            let mut entries = found.flat_map(|(_, entries)| entries);
            entries.any(|entry| entry.act == act && entry.kind == SayingKind::Verb && entry.lemma == self.text.lower(verb))
        };
        match self.text.lower(next) {
            "for" | "on" | "upon" | "that" if is_own && named(Act::Demand) => Some(Act::Demand),
            "to" | "that" if is_own && named(Act::Assure) => Some(Act::Assure),
            _ => None,
        }
    }

    /// "must", "should", "has to", with a subject that is not the speaker's own side; "our demand is".
    fn demand(&self) -> Option<Act> {
        let obliges = |at: usize| {
            let word = self.text.lower(at);
            let next = self.text.lower(at + 1);
            matches!(word, "must" | "should" | "shall" | "ought") && self.text.tag(at) == Tag::Aux
                || matches!(word, "has" | "have" | "need" | "needs") && next == "to"
        };
        let at = self.tokens().find(|at| obliges(*at))?;
        let own = self.subject_is_own(at);
        let conditional = matches!(self.text.lower(at), "should") && self.tokens().next() == Some(at);
        (!own && !conditional).then_some(Act::Demand).or_else(|| own.then_some(Act::Assure))
    }

    /// Whether "we", the speaker's party, its capital or one of its offices stands before the verb at `verb` in its clause.
    fn subject_is_own(&self, verb: usize) -> bool {
        let clause: Vec<usize> = self.tokens().filter(|at| *at < verb).collect();
        let start = clause
            .iter()
            .rposition(|at| matches!(self.text.word(*at), "." | ";") || matches!(self.text.lower(*at), "that" | "which"))
            .map_or(0, |n| n + 1);
        let subject = &clause[start.min(clause.len())..];
        let we = subject.iter().any(|at| matches!(self.text.lower(*at), "we" | "our" | "i" | "us"));
        let first = subject.iter().find_map(|at| self.names.at(*at));
        let party = first.and_then(|mention| self.text.lexicon.actor(&mention.meant.as_ref()?.actor)?.party.as_ref());
        we || self.party.is_some() && party == self.party
    }

    /// "will" with the speaker's own side as subject: an assurance, or with a negation a refusal. "remains committed to" likewise. On a condition
    /// ("would return if the sanctions were lifted", "is ready to talk once the guns are silent") it is an offer.
    fn undertaking(&self) -> Option<Act> {
        if let Some(act) = self.conditional() {
            return Some(act);
        }
        let will = self.tokens().find(|at| matches!(self.text.lower(*at), "will" | "'ll" | "won't"));
        if let Some(will) = will.filter(|will| self.subject_is_own(*will)) {
            let negated = self.text.lower(will) == "won't" || matches!(self.text.lower(will + 1), "not" | "never");
            return Some(if negated { Act::Refuse } else { Act::Assure });
        }
        let committed = self.tokens().find(|at| {
            matches!(self.text.lower(*at), "committed" | "determined" | "pledged") && self.text.lower(at + 1) == "to"
        })?;
        self.subject_is_own(committed).then_some(Act::Assure)
    }

    /// The speaker's own side would do something on a condition: an offer, or with "unless" a threat.
    fn conditional(&self) -> Option<Act> {
        let not_negated = |at: usize| !matches!(self.text.lower(at + 1), "not" | "never" | "n't" | "no");
        let would = |at: &usize| match self.text.lower(*at) {
            "will" | "would" | "could" | "'ll" | "'d" => not_negated(*at),
            "ready" | "willing" | "prepared" => self.text.lower(at + 1) == "to" && self.text.lower(at.saturating_sub(1)) != "not",
            _ => false,
        };
        let at = self.tokens().find(would)?;
        let act = match self.text.lower(self.condition()?) {
            "unless" => Act::Warn,
            "until" => return None,
            _ => Act::Offer,
        };
        self.subject_is_own(at).then_some(act)
    }

    /// Where a condition begins. "Even if" and "ask if" set none.
    fn condition(&self) -> Option<usize> {
        let list = self.text.lexicon.list("condition");
        let sets_none = |at: usize| {
            matches!(
                self.text.lower(at),
                "even" | "as" | "what" | "ask" | "asked" | "asking" | "see" | "know" | "wonder" | "and" | "at"
            )
        };
        let listed = |at: &usize| list.longest_at(self.text.words, self.text.start(*at) as usize).is_some();
        self.tokens().find(|at| listed(at) && !at.checked_sub(1).is_some_and(sets_none))
    }

    /// A harmful deed laid at another side's door.
    fn accusation(&self) -> Option<Act> {
        let party = self.party?;
        let named = self.tokens().chain(self.object.into_iter().flat_map(Clone::clone));
        let others = named.filter_map(|at| self.names.at(at)).filter_map(|mention| {
            let side = self.text.lexicon.actor(&mention.meant.as_ref()?.actor)?.party.as_ref()?;
            (side != party).then_some(())
        });
        let blames = others.count() > 0
            || self.tokens().next().is_some_and(|at| matches!(self.text.lower(at), "these" | "this" | "those" | "they"));
        (blames && self.has("harmful-act") && !self.opens_with_negation()).then_some(Act::Accuse)
    }

    /// "never", "no …" as subject, "there is no", "has not", "did not": something is said not to be so.
    fn denial(&self) -> Option<Act> {
        // A negation behind a comma belongs to an addition ("…, and never from colonels"), not to what is said.
        let first_clause = || self.tokens().take(18).take_while(|at| self.text.word(*at) != ",");
        // "There would be no strikes" says what is to come.
        let is_to_come = || first_clause().any(|at| matches!(self.text.lower(at), "will" | "'ll" | "would" | "won't" | "shall"));
        let never = first_clause().any(|at| self.text.lower(at) == "never");
        let not_done = first_clause().any(|at| {
            let word = self.text.lower(at);
            matches!(word, "has" | "have" | "had" | "did" | "was" | "were" | "is" | "are") && self.text.lower(at + 1) == "not"
                || matches!(word, "hasn't" | "haven't" | "didn't" | "wasn't" | "weren't" | "isn't" | "aren't")
        });
        let denies = never || not_done || self.opens_with_negation() && !is_to_come() || self.calls_false();
        denies.then_some(Act::Deny)
    }

    /// "called *the claim “invented from A to Z”*", "said *the report was a fabrication*": of what somebody said, that it is not so.
    fn calls_false(&self) -> bool {
        let words = || self.object.into_iter().flat_map(Clone::clone).chain(self.tokens());
        let mut opening = words().filter(|at| self.text.tag(*at) != Tag::Punct);
        let determined = opening.next().is_some_and(|at| {
            matches!(self.text.lower(at), "the" | "that" | "this" | "those" | "these" | "such" | "its" | "their" | "his" | "her")
        });
        let is_told = |at: usize| {
            let found = self.text.lexicon.sayings_at(self.text.words, self.text.start(at) as usize);
            let says = |act: Act| matches!(act, Act::State | Act::Accuse | Act::Warn | Act::Acknowledge);
            found.flat_map(|(_, entries)| entries).any(|entry| entry.kind == SayingKind::Noun && says(entry.act))
        };
        determined && opening.take(2).any(is_told) && self.has("called-false")
    }

    fn opens_with_negation(&self) -> bool {
        let mut words = self.tokens().filter(|at| self.text.tag(*at) != Tag::Punct).take(4);
        let first: Vec<&str> = words.by_ref().map(|at| self.text.lower(at)).collect();
        matches!(first.first(), Some(&("no" | "none" | "nobody" | "neither")))
            || first.first() == Some(&"not") && matches!(first.get(1), Some(&("one" | "a" | "any")))
            || first.first() == Some(&"there") && first.contains(&"no")
    }
}
