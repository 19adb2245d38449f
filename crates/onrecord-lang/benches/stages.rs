//! Words a second of each stage of the language layer on one core, over the project's own news prose (`corpus/names`).
//!
//! `cargo bench -p onrecord-lang` prints elements a second; an element is a word between blanks.

#![allow(missing_docs, clippy::unwrap_used, reason = "macros of the bench harness; a bench may stop")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use onrecord_lang::train::names;
use onrecord_lang::{Model, analyse};
use onrecord_lexicon::Lexicon;
use onrecord_page::{Block, BlockKind};
use onrecord_text::CleanSpan;

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// All documents of the corpus as one text, a paragraph a document.
fn text() -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../corpus/names");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    files.sort();
    let documents = files.iter().flat_map(|file| names::parse(&std::fs::read_to_string(file).unwrap()).unwrap());
    let paragraph =
        |document: Vec<names::Labelled>| document.iter().map(|labelled| labelled.text.as_str()).collect::<Vec<_>>().join(" ");
    documents.map(paragraph).collect::<Vec<_>>().join("\n")
}

/// The text in pieces as long as articles are, with their paragraphs.
fn articles(text: &str) -> Vec<(String, Vec<Block>)> {
    const WORDS: usize = 600;
    let mut articles = vec![(String::new(), Vec::new())];
    for line in text.lines() {
        let (mut article, mut blocks) = articles.pop().unwrap();
        if article.split_whitespace().count() >= WORDS {
            articles.push((article, blocks));
            (article, blocks) = (String::new(), Vec::new());
        }
        let start = u32::try_from(article.len()).unwrap();
        article.push_str(line);
        blocks.push(Block { span: CleanSpan::new(start, u32::try_from(article.len()).unwrap()), kind: BlockKind::Paragraph });
        article.push('\n');
        articles.push((article, blocks));
    }
    articles
}

fn stages(criterion: &mut Criterion) {
    let (model, lexicon) = (Model::embedded(), Lexicon::embedded());
    let text = text();
    let articles = articles(&text);
    let lines: Vec<&str> = text.lines().collect();
    let sentences: Vec<Vec<&str>> = lines
        .iter()
        .flat_map(|line| model.cut(line).into_iter().map(|words| words.into_iter().map(|word| &line[word]).collect()))
        .collect();
    let mut group = criterion.benchmark_group("words");
    group.throughput(Throughput::Elements(text.split_whitespace().count() as u64)).sample_size(20);
    group.bench_function("cut", |bench| bench.iter(|| lines.iter().map(|line| black_box(model.cut(line)).len()).sum::<usize>()));
    group.bench_function("tags-lemmas-trees", |bench| bench.iter(|| black_box(model.annotate_all(&sentences)).len()));
    group.bench_function("cut-names", |bench| bench.iter(|| black_box(model.names(&lines, lexicon)).len()));
    let everything =
        || articles.iter().map(|(text, blocks)| black_box(analyse(text, blocks, lexicon, model)).words.len()).sum::<usize>();
    group.bench_function("everything", |bench| bench.iter(everything));
    group.finish();
    let file = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../../models/english.model")).unwrap();
    criterion.bench_function("load", |bench| bench.iter(|| Model::from_bytes(black_box(&file)).unwrap()));
}

criterion_group!(benches, stages);
criterion_main!(benches);
