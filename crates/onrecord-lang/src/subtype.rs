//! Subtypes of relations that follow from the tree and the tags: passives, possessives, particles, relative clauses.
//!
//! The labels come from the guidelines of Universal Dependencies for English.

use crate::word::{Annotated, Label};

/// Adds subtypes to the relations of a parsed sentence.
pub(crate) fn add_subtypes(words: &mut [Annotated]) {
    let mut passive = vec![false; words.len()];
    for place in 0..words.len() {
        let Some(head) = words[place].head else { continue };
        let be = matches!(words[place].lemma.as_str(), "be" | "get");
        // The last auxiliary before a past participle makes it passive: "has been told", not "has told".
        if words[place].relation == "aux" && be && words[head].penn == "VBN" {
            words[place].relation = Label::new("aux:pass");
            passive[head] = true;
        }
    }
    let by = |words: &[Annotated], place: usize| {
        words.iter().any(|word| word.head == Some(place) && word.relation == "case" && word.lemma == "by")
    };
    let marked = |words: &[Annotated], place: usize| words.iter().any(|word| word.head == Some(place) && word.penn == "POS");
    for place in 0..words.len() {
        let Some(head) = words[place].head else { continue };
        let word = &words[place];
        let subtype = match &*word.relation {
            "nsubj" if passive[head] => "nsubj:pass",
            "csubj" if passive[head] => "csubj:pass",
            "obl" if passive[head] && by(words, place) => "obl:agent",
            "nmod" if word.penn == "PRP$" || word.penn == "WP$" || place < head && marked(words, place) => "nmod:poss",
            "compound" if word.penn == "RP" => "compound:prt",
            "acl" if is_relative(words, place) => "acl:relcl",
            _ => continue,
        };
        words[place].relation = Label::new(subtype);
    }
}

/// Whether a clause has a relative pronoun, or a subject of its own and a finite verb.
fn is_relative(words: &[Annotated], place: usize) -> bool {
    let mut children = words.iter().filter(|word| word.head == Some(place));
    let pronoun = |word: &Annotated| matches!(&*word.penn, "WDT" | "WP" | "WP$" | "WRB");
    let finite = matches!(&*words[place].penn, "VBD" | "VBP" | "VBZ");
    let clause = |word: &Annotated| pronoun(word) || finite && word.relation.starts_with("nsubj") || matches!(&*word.penn, "MD");
    let marked = words.iter().any(|word| word.head == Some(place) && word.relation == "mark");
    !marked && children.any(clause)
}
