//! What the trees add to the rules: what a word of saying is, and a subject that stands far from its verb.
//!
//! One arc in six is wrong, so a tree never overrules what quotation marks and neighbouring words show. It is asked where these are silent.

use std::ops::Range;

use super::cue::Cue;
use crate::text::Text;
use crate::who::{Names, NounPhrase, interpret};

/// Whether the model takes a word for a noun in the plural that the lexicon lists as a verb: "claims", "reports". Of other forms it errs more
/// often than it helps.
pub(crate) fn is_plural_noun(text: &Text<'_>, token: usize) -> bool {
    text.syntax(token).is_some_and(|(_, word)| word.penn == "NNS" && word.universal == "NOUN" && word.relation != "root")
}

/// Verbs between a co-ordinated verb and the one that has the subject.
const MOST_STEPS: usize = 3;

/// The subject of `cue` by the tree: its own, or that of the verb it is co-ordinated with. It must lie in `region`.
pub(crate) fn subject(text: &Text<'_>, names: &Names, cue: &Cue<'_>, region: &Range<usize>) -> Option<NounPhrase> {
    let words = &text.analysis.words;
    let (mut verb, _) = text.syntax(cue.tokens.start)?;
    for _ in 0..MOST_STEPS {
        let clause = clause_of(text, verb)?;
        if let Some(subject) = clause.clone().find(|at| words[*at].head == Some(verb) && words[*at].relation.starts_with("nsubj"))
        {
            let tokens = text.tokens_of_words(extent(text, &clause, subject))?;
            let inside = region.start <= tokens.start && tokens.end <= region.end && text.quotation_of(tokens.start).is_none();
            return if inside { interpret(text, names, tokens) } else { None };
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
