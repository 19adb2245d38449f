//! Whether what a clause tells happened, will, may, did not.

use super::tree::Trees;
use crate::reading::Modality;

/// The modality of the word that names an event, by the verbs above it within its clause.
pub(crate) fn of(trees: &Trees<'_, '_>, trigger: usize, published: Option<i32>) -> Modality {
    let chain = chain(trees, trigger);
    let auxiliaries: Vec<&str> = chain.iter().flat_map(|at| auxiliaries(trees, *at)).collect();
    let has = |words: &[&str]| auxiliaries.iter().any(|auxiliary| words.contains(auxiliary));
    let list = trees.text.lexicon.list("event-undertaking");
    // What is co-ordinated with a verb is not governed by it: "called it a trap and demanded a vote".
    let governing: Vec<usize> =
        chain.windows(2).filter(|pair| !trees.is(pair[0], "conj")).filter_map(|pair| pair.last().copied()).collect();
    let above = |words: &[&str]| governing.iter().any(|at| words.contains(&trees.lemma(*at).to_lowercase().as_str()));
    if chain.iter().any(|at| is_condition(trees, *at)) || has(&WILL) && chain.iter().any(|at| has_condition(trees, *at)) {
        return Modality::Conditional;
    }
    if has(&["would"]) && has(&["have"]) {
        return Modality::Conditional;
    }
    if chain.iter().any(|at| is_negated(trees, *at)) || above(&NEGATING) {
        return Modality::Negated;
    }
    if has(&["may", "might", "could", "can", "should", "must"])
        || above(&POSSIBLE)
        || chain.iter().any(|at| is_doubted(trees, *at))
    {
        return Modality::Possible;
    }
    let planned = governing.iter().any(|at| list.contains(trees.lemma(*at)) || list.contains(trees.lower(*at)));
    if has(&WILL) || planned || chain.iter().any(|at| is_about_to(trees, *at)) || above(&FUTURE) {
        return Modality::Future;
    }
    if chain.iter().any(|at| is_long_ago(trees, *at, published)) { Modality::Historical } else { Modality::Actual }
}

const WILL: [&str; 7] = ["will", "'ll", "’ll", "wo", "would", "shall", "'d"];
const NEGATING: [&str; 12] =
    ["fail", "refuse", "decline", "deny", "prevent", "stop", "avoid", "avert", "refrain", "thwart", "foil", "abstain"];
const POSSIBLE: [&str; 11] =
    ["consider", "fear", "suspect", "likely", "possible", "mull", "weigh", "speculate", "doubt", "threaten", "urge"];
const FUTURE: [&str; 8] = ["promise", "pledge", "vow", "agree", "offer", "demand", "order", "call"];

/// The trigger and the verbs that it is the complement of, up to the clause that a verb of saying introduces.
pub(crate) fn chain(trees: &Trees<'_, '_>, trigger: usize) -> Vec<usize> {
    const LONGEST: usize = 6;
    let mut chain = vec![trigger];
    let mut at = trigger;
    while chain.len() < LONGEST {
        let Some(head) = trees.head(at) else { break };
        let verbal = ["xcomp", "conj", "acl"].iter().any(|relation| trees.is(at, relation));
        let infinitive = ["ccomp", "advcl", "csubj"].iter().any(|relation| trees.is(at, relation))
            && trees.related(at, "mark").any(|mark| trees.lower(mark) == "to")
            && matches!(&*trees.word(head).universal, "ADJ" | "ADV" | "VERB");
        let verbal = verbal || infinitive && trees.text.lexicon.list("event-undertaking").contains(trees.lemma(head));
        let verb_above = matches!(&*trees.word(head).universal, "VERB" | "ADJ" | "AUX" | "NOUN" | "ADV");
        let noun = &*trees.word(at).universal == "NOUN" && ["obj", "nsubj", "obl"].iter().any(|relation| trees.is(at, relation));
        let relative = &*trees.word(at).relation == "acl:relcl";
        if !(verbal && verb_above && !relative || noun) {
            break;
        }
        // Of co-ordinated verbs the second shares the auxiliaries of the first only where it has none and no subject of its own.
        if trees.is(at, "conj") && (trees.first(at, "nsubj").is_some() || trees.first(at, "aux").is_some()) {
            break;
        }
        chain.push(head);
        at = head;
    }
    chain
}

fn auxiliaries<'s>(trees: &'s Trees<'_, '_>, at: usize) -> Vec<&'s str> {
    trees.related(at, "aux").map(|auxiliary| trees.lower(auxiliary)).collect()
}

fn is_negated(trees: &Trees<'_, '_>, at: usize) -> bool {
    let not = |child: &usize| {
        matches!(trees.lower(*child), "not" | "n't" | "n’t" | "never" | "neither" | "nor")
            || trees.is(*child, "det") && trees.lower(*child) == "no"
            || trees.is(*child, "case") && trees.lower(*child) == "without"
            || trees.is(*child, "mark") && trees.lower(*child) == "without"
    };
    let none = |child: &usize| {
        ["nsubj", "obj"].iter().any(|relation| trees.is(*child, relation))
            && (matches!(trees.lower(*child), "nobody" | "none" | "nothing")
                || trees.children(*child).iter().any(|word| matches!(trees.lower(*word), "no" | "neither" | "nor")))
    };
    trees.children(at).iter().any(|child| not(child) || none(child))
}

/// "allegedly", "perhaps".
fn is_doubted(trees: &Trees<'_, '_>, at: usize) -> bool {
    trees.children(at).iter().any(|child| {
        matches!(
            trees.lower(*child),
            "perhaps" | "possibly" | "probably" | "maybe" | "allegedly" | "likely" | "potential" | "possible" | "whether"
        )
    })
}

/// The clause itself begins with "if".
fn is_condition(trees: &Trees<'_, '_>, at: usize) -> bool {
    trees.related(at, "mark").any(|mark| matches!(trees.lower(mark), "if" | "unless" | "lest" | "provided" | "should"))
}

/// A clause with "if" or "unless" hangs on it, or on a phrase of it.
fn has_condition(trees: &Trees<'_, '_>, at: usize) -> bool {
    let reported = |child: usize| matches!(&*trees.word(child).relation, "ccomp" | "acl:relcl" | "parataxis");
    let below = trees.below_without(at, &reported);
    below
        .into_iter()
        .any(|clause| clause != at && trees.word(clause).relation.starts_with("advcl") && is_condition(trees, clause))
}

/// "is going to", "is to", "is about to", "are due to".
fn is_about_to(trees: &Trees<'_, '_>, at: usize) -> bool {
    let to = trees.related(at, "mark").any(|mark| trees.lower(mark) == "to");
    let going = trees.head(at).is_some_and(|head| trees.lower(head) == "going" && trees.is(at, "xcomp"));
    let be = trees.related(at, "aux").chain(trees.related(at, "cop")).any(|be| trees.lemma(be) == "be");
    going || to && be && trees.first(at, "nsubj").is_some()
}

/// A year before the story's, "years ago", "in the 1990s", "last century".
fn is_long_ago(trees: &Trees<'_, '_>, at: usize, published: Option<i32>) -> bool {
    let phrases = trees.children(at).iter().filter(|child| {
        ["obl", "nmod", "advmod", "nummod", "advcl", "compound", "amod"].iter().any(|relation| trees.is(**child, relation))
    });
    phrases.into_iter().any(|child| {
        let words: Vec<&str> = trees.below(*child).into_iter().map(|word| trees.lower(word)).collect();
        let has = |all: &[&str]| words.iter().any(|word| all.contains(word));
        let year = words.iter().filter_map(|word| year_of(word)).max();
        let past_year = year.is_some_and(|year| published.is_none_or(|published| year < published));
        let ago = has(&["ago", "earlier"]) && has(&["year", "years", "decade", "decades", "century", "centuries"]);
        let century = has(&["century", "decade"]) && has(&["last", "previous", "nineteenth", "19th", "20th", "twentieth"]);
        past_year || ago || century
    })
}

/// The year that "1981" or "1990s" names.
fn year_of(word: &str) -> Option<i32> {
    let digits = word.trim_end_matches('s');
    let year: i32 = digits.parse().ok()?;
    (digits.len() == 4 && (1500..2100).contains(&year)).then_some(year)
}
