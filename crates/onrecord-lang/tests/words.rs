//! What the language layer promises of any text, and what it makes of prose as newspapers write it.

#![allow(clippy::unwrap_used, reason = "a test may stop")]

use onrecord_lang::{MentionKind, Model, analyse};
use onrecord_lexicon::Lexicon;
use onrecord_page::{Block, BlockKind};
use onrecord_text::CleanSpan;
use proptest::prelude::*;

fn block(from: usize, to: usize) -> Block {
    Block { span: CleanSpan::new(u32::try_from(from).unwrap(), u32::try_from(to).unwrap()), kind: BlockKind::Paragraph }
}

/// Words of each sentence, parted by bars.
fn cut(text: &str) -> Vec<String> {
    let sentences = Model::embedded().cut(text);
    sentences.into_iter().map(|words| words.into_iter().map(|word| &text[word]).collect::<Vec<_>>().join("|")).collect()
}

#[test]
fn clitics_compounds_and_abbreviations_are_cut_as_in_the_treebanks() {
    assert_eq!(cut("They didn't sign the so-called plan."), ["They|did|n't|sign|the|so|-|called|plan|."]);
    assert_eq!(cut("Veld’s envoy cannot come."), ["Veld|’s|envoy|can|not|come|."]);
    assert_eq!(cut("Lt. Gen. Oro left at 5 p.m. on Monday."), ["Lt.|Gen.|Oro|left|at|5|p.m.|on|Monday|."]);
    assert_eq!(cut("The U.S. envoy paid $3.5 million, or 12% more."), ["The|U.S.|envoy|paid|$|3.5|million|,|or|12|%|more|."]);
}

#[test]
fn sentences_end_within_quotations_too() {
    assert_eq!(cut("“We waited. Nobody came,” he said. Then he left.").len(), 3);
    assert_eq!(cut("The talks, held in Oro, ended without a deal. A new round is planned.").len(), 2);
}

#[test]
fn passives_and_their_agents_are_named() {
    let words = ["The", "bridge", "was", "destroyed", "by", "the", "army", "."];
    let tree = Model::embedded().annotate(&words);
    let relations: Vec<&str> = tree.iter().map(|word| &*word.relation).collect();
    assert_eq!(relations, ["det", "nsubj:pass", "aux:pass", "root", "case", "det", "obl:agent", "punct"]);
    assert_eq!(tree[3].lemma, "destroy");
    assert_eq!((tree[1].head, tree[6].head), (Some(3), Some(3)));
}

#[test]
fn a_short_name_follows_the_full_one() {
    let texts = ["President Sana Oro met the envoy in Istanbul.", "Oro said that the talks would go on."];
    let names = Model::embedded().names(&texts, Lexicon::embedded());
    let written: Vec<Vec<(&str, MentionKind)>> = names
        .iter()
        .zip(texts)
        .map(|(names, text)| names.iter().map(|(span, kind)| (&text[span.clone()], *kind)).collect())
        .collect();
    assert!(written[0].contains(&("Sana Oro", MentionKind::Person)), "{written:?}");
    assert!(written[0].contains(&("Istanbul", MentionKind::Location)), "{written:?}");
    assert_eq!(written[1], [("Oro", MentionKind::Person)]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Words lie in order within their blocks, cover every character that is no blank, and trees have one root and no cycle.
    #[test]
    fn any_text_is_cut_and_parsed(first in "\\PC{0,80}", second in "([A-Za-z']{1,9}[ ,.“”-]){0,40}") {
        let text = format!("{first}\n{second}");
        let blocks = [block(0, first.len()), block(first.len() + 1, text.len())];
        let analysis = analyse(&text, &blocks, Lexicon::embedded(), Model::embedded());
        let mut end = 0;
        for word in &analysis.words {
            prop_assert!(word.span.start() >= end && word.span.end() > word.span.start());
            prop_assert!(text[end as usize..word.span.start() as usize].chars().all(char::is_whitespace));
            end = word.span.end();
        }
        prop_assert!(text[end as usize..].chars().all(char::is_whitespace));
        for clause in &analysis.clauses {
            let parsed = clause.clone().any(|at| !analysis.words[at].relation.is_empty());
            let roots = clause.clone().filter(|at| analysis.words[*at].head.is_none()).count();
            let expected = if parsed { 1 } else { clause.len() };
            prop_assert_eq!(roots, expected);
            for word in clause.clone() {
                let mut at = word;
                let steps = clause.clone().take_while(|_| analysis.words[at].head.map(|head| at = head).is_some()).count();
                prop_assert!(steps < clause.len());
                prop_assert!(clause.contains(&at));
            }
        }
        for mention in &analysis.mentions {
            prop_assert!(text.get(mention.span.start() as usize..mention.span.end() as usize).is_some_and(|name| !name.trim().is_empty()));
        }
    }
}
