//! `predict parse` and `predict entities`: what the language layer makes of gold files, in the scorers' formats.

use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result};
use onrecord_lang::train::conllu;
use onrecord_lang::train::segment::paragraphs;
use onrecord_lang::{Annotated, Model};
use onrecord_lexicon::Lexicon;
use serde_json::{Value, json};

use crate::quotes::Characters;

fn read(gold: &Path) -> Result<String> {
    std::fs::read_to_string(gold).with_context(|| gold.display().to_string())
}

/// Prints the words of a treebank with our tags, lemmas and trees.
pub(crate) fn parse(gold: &Path, model: &Model) -> Result<()> {
    for sentence in conllu::parse(&read(gold)?) {
        let forms: Vec<&str> = sentence.words.iter().map(|word| word.form.as_str()).collect();
        print(&sentence.text, &forms, &model.annotate(&forms));
    }
    Ok(())
}

/// Prints what we make of the text of a treebank, its paragraphs given and nothing else.
pub(crate) fn parse_raw(gold: &Path, model: &Model) -> Result<()> {
    for paragraph in paragraphs(&conllu::parse(&read(gold)?)) {
        for words in model.cut(&paragraph.text) {
            let forms: Vec<&str> = words.iter().map(|word| &paragraph.text[word.clone()]).collect();
            let span = words.first().map_or(0, |word| word.start)..words.last().map_or(0, |word| word.end);
            print(&paragraph.text[span], &forms, &model.annotate(&forms));
        }
    }
    Ok(())
}

/// One sentence in CoNLL-U.
fn print(text: &str, forms: &[&str], words: &[Annotated]) {
    println!("# text = {text}");
    for (number, (form, word)) in (1..).zip(forms.iter().zip(words)) {
        let head = word.head.map_or(0, |head| head + 1);
        let Annotated { lemma, universal, penn, relation, .. } = word;
        println!("{number}\t{form}\t{lemma}\t{}\t{}\t_\t{head}\t{}\t_\t_", &**universal, &**penn, &**relation);
    }
    println!();
}

/// Prints `{text, entities}` for each line of `gold`. Lines that name the same `doc` are read as one document.
pub(crate) fn entities(gold: &Path, model: &Model, lexicon: &Lexicon) -> Result<()> {
    let lines: Vec<Value> = read(gold)?.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let same_document = |a: &Value, b: &Value| a["doc"].is_string() && a["doc"] == b["doc"];
    for document in lines.chunk_by(same_document) {
        let texts: Vec<&str> = document.iter().map(|line| line["text"].as_str().unwrap_or_default()).collect();
        for (text, names) in texts.iter().zip(model.names(&texts, lexicon)) {
            let characters = Characters::new(text);
            let place = |span: &Range<usize>| (characters.before(span.start), characters.before(span.end));
            let entities: Vec<Value> = names
                .iter()
                .map(|(span, kind)| {
                    let (start, end) = place(span);
                    json!([start, end, kind.label()])
                })
                .collect();
            println!("{}", json!({ "text": text, "entities": entities }));
        }
    }
    Ok(())
}
