//! What the trees add to the rules: what a word of saying is, and a subject that stands far from its verb.
//!
//! One arc in seven is wrong, so a tree hardly ever overrules what quotation marks and neighbouring words show. It is asked where these are
//! silent.

use std::ops::Range;

use super::cue::Cue;
use crate::text::Text;
use crate::who::{Names, NounPhrase, interpret};

/// Whether the model takes a word for a noun in the plural that the lexicon lists as a verb: "claims", "reports". Of other forms it errs more
/// often than it helps.
pub(crate) fn is_plural_noun(text: &Text<'_>, token: usize) -> bool {
    text.syntax(token).is_some_and(|(_, word)| word.penn == "NNS" && word.universal == "NOUN" && word.relation != "root")
}

/// The clause that is the complement of the verb right before the token `from`.
pub(crate) fn complement(text: &Text<'_>, from: usize) -> Option<Range<usize>> {
    /// Tokens of a verb with its particle.
    const LONGEST_VERB: usize = 3;
    let words = &text.analysis.words;
    let (last, _) = text.syntax(from.checked_sub(1)?)?;
    let (first, _) = text.syntax(from.saturating_sub(LONGEST_VERB))?;
    let clause = clause_of(text, last)?;
    let is_complement =
        |at: &usize| words[*at].relation == "ccomp" && words[*at].head.is_some_and(|head| (first..=last).contains(&head));
    let top = (last + 1..clause.end).find(is_complement)?;
    let tokens = text.tokens_of_words(extent(text, &clause, top))?;
    (tokens.start >= from).then_some(tokens)
}

/// The head noun and all of the phrase that starts at the token `from`.
pub(crate) fn phrase_at(text: &Text<'_>, from: usize) -> Option<(usize, Range<usize>)> {
    let words = &text.analysis.words;
    let (first, _) = text.syntax(from)?;
    let clause = clause_of(text, first)?;
    let starts_here = |top: &usize| words[*top].universal == "NOUN" && extent(text, &clause, *top).start <= first;
    let mut top = first;
    while !starts_here(&top) {
        top = words[top].head.filter(|head| clause.contains(head))?;
    }
    let all = first..extent(text, &clause, top).end;
    let head = text.tokens_of_words(top..top + 1)?.start;
    Some((head, text.tokens_of_words(all)?))
}

/// Whether the verb at the token `next` is co-ordinated with the one at `verb`.
pub(crate) fn coordinated(text: &Text<'_>, verb: usize, next: usize) -> bool {
    let words = &text.analysis.words;
    let (Some((verb, _)), Some((next, word))) = (text.syntax(verb), text.syntax(next)) else { return false };
    let own_subject = || {
        words.iter().skip(verb + 1).take(next - verb).any(|child| child.head == Some(next) && child.relation.starts_with("nsubj"))
    };
    word.relation == "conj" && word.head == Some(verb) && verb < next && !own_subject()
}

/// Verbs between a co-ordinated verb and the one that has the subject.
const MOST_STEPS: usize = 3;

/// All tokens of the subject of `cue` by the tree.
pub(crate) fn subject_tokens(text: &Text<'_>, cue: &Cue<'_>) -> Option<Range<usize>> {
    subject_of(text, text.syntax(cue.tokens.start)?.0)
}

/// All tokens of the subject of the verb at the word `verb`. "The plan, he said, was dead" may look as if it had two: the nearer one speaks.
fn subject_of(text: &Text<'_>, verb: usize) -> Option<Range<usize>> {
    let words = &text.analysis.words;
    let clause = clause_of(text, verb)?;
    let is_subject = |at: &usize| words[*at].head == Some(verb) && words[*at].relation.starts_with("nsubj");
    let subject = (clause.start..verb).rev().find(is_subject).or_else(|| (verb..clause.end).find(is_subject))?;
    text.tokens_of_words(extent(text, &clause, subject))
}

/// The subject that `cue` itself has by the tree. It must lie in `region`.
pub(crate) fn own_subject(text: &Text<'_>, names: &Names, cue: &Cue<'_>, region: &Range<usize>) -> Option<NounPhrase> {
    phrase_in(text, names, subject_tokens(text, cue)?, region)
}

/// The phrase that `tokens` are, if they lie in `region` and not within a quotation.
fn phrase_in(text: &Text<'_>, names: &Names, tokens: Range<usize>, region: &Range<usize>) -> Option<NounPhrase> {
    let inside = region.start <= tokens.start && tokens.end <= region.end && text.quotation_of(tokens.start).is_none();
    if inside { interpret(text, names, tokens) } else { None }
}

/// The subject of the verb that the noun at the token `noun` is the object of, where it is a verb that leaves a claim with whoever makes it:
/// "the envoy *gave* an assurance that".
pub(crate) fn holder(text: &Text<'_>, names: &Names, noun: usize) -> Option<NounPhrase> {
    let words = &text.analysis.words;
    let (_, word) = text.syntax(noun)?;
    let verb = word.head.filter(|_| word.relation == "obj")?;
    text.lexicon.list("utterance-verb").contains(&words[verb].lemma).then_some(())?;
    interpret(text, names, subject_of(text, verb)?)
}

/// Whether the verb at the token `verb` has its complement among `tokens`, or is inserted into their clause.
pub(crate) fn governs(text: &Text<'_>, verb: usize, tokens: &Range<usize>) -> bool {
    let words = &text.analysis.words;
    let Some((verb, word)) = text.syntax(verb) else { return false };
    let (Some((first, _)), Some((last, _))) = (text.syntax(tokens.start), text.syntax(tokens.end.saturating_sub(1))) else {
        return false;
    };
    let complement = |at: usize| words[at].head == Some(verb) && matches!(&*words[at].relation, "ccomp" | "parataxis");
    let inserted = word.relation == "parataxis" && word.head.is_some_and(|head| (first..=last).contains(&head));
    inserted || (first..=last).any(complement)
}

/// The subject of `cue` by the tree: its own, or that of the verb it is co-ordinated with. It must lie in `region`.
pub(crate) fn subject(text: &Text<'_>, names: &Names, cue: &Cue<'_>, region: &Range<usize>) -> Option<NounPhrase> {
    subject_along(text, names, text.syntax(cue.tokens.start)?.0, region)
}

/// The subject of the verb that `cue` is co-ordinated with.
pub(crate) fn shared_subject(text: &Text<'_>, names: &Names, cue: &Cue<'_>, region: &Range<usize>) -> Option<NounPhrase> {
    let (_, word) = text.syntax(cue.tokens.start)?;
    subject_along(text, names, word.head.filter(|_| word.relation == "conj")?, region)
}

/// The subject of the verb at the word `verb`, or that of the verb it is co-ordinated with.
fn subject_along(text: &Text<'_>, names: &Names, mut verb: usize, region: &Range<usize>) -> Option<NounPhrase> {
    let words = &text.analysis.words;
    for _ in 0..MOST_STEPS {
        if let Some(tokens) = subject_of(text, verb) {
            return phrase_in(text, names, tokens, region);
        }
        if words[verb].relation != "conj" {
            return None;
        }
        verb = words[verb].head?;
    }
    None
}

/// The parsed sentence that a word stands in.
fn clause_of(text: &Text<'_>, word: usize) -> Option<Range<usize>> {
    let clauses = &text.analysis.clauses;
    let place = clauses.partition_point(|clause| clause.end <= word);
    clauses.get(place).filter(|clause| clause.contains(&word)).cloned()
}

/// From the first to the last word below `top`, itself included.
fn extent(text: &Text<'_>, clause: &Range<usize>, top: usize) -> Range<usize> {
    let words = &text.analysis.words;
    let below = |word: usize| {
        let mut at = word;
        for _ in clause.clone() {
            if at == top {
                return true;
            }
            match words[at].head {
                Some(head) => at = head,
                None => return false,
            }
        }
        false
    };
    let first = clause.clone().find(|word| below(*word)).unwrap_or(top);
    let last = clause.clone().rev().find(|word| below(*word)).unwrap_or(top);
    first..last + 1
}
