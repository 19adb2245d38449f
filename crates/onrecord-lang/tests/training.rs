//! Training on a handful of sentences: the same data give the same bytes, and the model knows what it was taught.

#![allow(clippy::unwrap_used, reason = "a test may stop")]

use onrecord_lang::Model;
use onrecord_lang::train::{Corpora, RunningText, names, train};
use onrecord_lexicon::Lexicon;

/// "The envoy left Oro ." and its like, in CoNLL-U.
fn treebank() -> String {
    let mut text = String::from("# newdoc id = one\n");
    for (subject, verb, lemma, place) in [
        ("envoy", "left", "leave", "Oro"),
        ("army", "took", "take", "Veld"),
        ("crowd", "left", "leave", "Veld"),
        ("envoy", "took", "take", "Oro"),
    ] {
        text.push_str(&format!(
            "# newpar\n# text = The {subject} {verb} {place}.\n1\tThe\tthe\tDET\tDT\t_\t2\tdet\t_\t_\n2\t{subject}\t{subject}\tNOUN\tNN\t_\t3\tnsubj\t_\t_\n\
             3\t{verb}\t{lemma}\tVERB\tVBD\t_\t0\troot\t_\t_\n4\t{place}\t{place}\tPROPN\tNNP\t_\t3\tobj\t_\tSpaceAfter=No\n\
             5\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_\n\n"
        ));
    }
    text
}

#[test]
fn the_same_data_train_the_same_bytes() {
    let corpora = Corpora {
        // A network takes some hundred steps to learn anything at all.
        treebanks: vec![treebank().repeat(400)],
        texts: vec![RunningText { paragraphs: vec!["The army left Oro.".to_owned()], ..RunningText::default() }],
        names: names::parse("The envoy left [LOC Oro].\nThe army took [LOC Veld].\n").unwrap(),
    };
    let make = || train(&corpora, Lexicon::embedded(), &mut |_| {});
    let file = make();
    assert!(file == make(), "two runs differ");
    let model = Model::from_bytes(&file).unwrap();
    let tree = model.annotate(&["The", "crowd", "took", "Veld", "."]);
    let relations: Vec<&str> = tree.iter().map(|word| &*word.relation).collect();
    assert_eq!(relations, ["det", "nsubj", "root", "obj", "punct"]);
    assert_eq!(tree[2].lemma, "take");
}
