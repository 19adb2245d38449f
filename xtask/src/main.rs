//! Project tasks.
//!
//! - `cargo xtask predict quotes|pages|lines|time GOLD.jsonl` reads the texts of a gold file and prints predictions in its scorer's format.
//! - `cargo xtask predict parse GOLD.conllu [--raw]` prints our tags and trees of its words, or of its text alone.
//! - `cargo xtask predict events GOLD.jsonl [--given-actors]` prints the event of each record; `score events GOLD.jsonl [--show]` scores them.
//! - `cargo xtask predict claims GOLD.jsonl` prints the claims in its texts; `score claims GOLD.jsonl PAIRS.tsv [--show]` prints how well sentences that tell the same are joined.
//! - `cargo xtask predict entities GOLD.jsonl` prints our names in its texts.
//! - `cargo xtask predict places GOLD.jsonl` prints the places in its texts; `cargo xtask score places GOLD.jsonl [--show]` how well they are found.
//! - `cargo xtask train` makes the language model from `../shared/data/train` and `corpus/`; `cargo xtask score [MODEL]` prints what one scores.
//! - `cargo xtask train lines GOLD.jsonl` fits the model that chooses among the lines of copied pages, and prints what it scores in folds.
//! - `cargo xtask score statements [GOLD]` prints how well the passages of `corpus/statements` are read, with `--show` what is wrong; or those of
//!   another file, such as the decisions of reviewers that `onrecord review --gold` writes.
//! - `cargo xtask machine-tags words|pack DIR` writes words for a tagger, and packs what it said; see `corpus/README.md`.
//! - `cargo xtask frequencies` counts in how many texts about anything a word stands, for the stories of small records.
//! - `cargo xtask gazetteer DIR` packs `data/gazetteer/places.bin` from GeoNames' files; see `data/gazetteer/README.md`.
//! - `cargo xtask say "…"` prints the assertions of a text, `cargo xtask events "…"` its events, states of affairs and figures.
//! - `cargo xtask many-pages examples/pages DIR COUNT` writes pages by the thousand, to measure records with.
//! - `cargo xtask examples` reads the examples of all words of saying, for events and of states of affairs.

#![allow(clippy::print_stdout, reason = "predictions are what this program prints")]

mod claims;
mod corpora;
mod events;
mod frequencies;
mod gazetteer;
mod lines;
mod many_pages;
mod pages;
mod parse;
mod places;
mod quotes;
mod scores;
mod statements;
mod stories;
mod time;
mod train;

use std::path::Path;

use anyhow::{Result, bail};
use onrecord_lang::Model;
use onrecord_lexicon::Lexicon;

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let lexicon = Lexicon::embedded();
    match words.as_slice() {
        ["predict", "quotes", gold] => quotes::predict(Path::new(gold), lexicon),
        ["predict", "events", gold] => events::predict(Path::new(gold), false, lexicon),
        ["predict", "events", gold, "--given-actors"] => events::predict(Path::new(gold), true, lexicon),
        ["score", "events", gold, show @ ..] => events::score(Path::new(gold), show == ["--show"], lexicon),
        ["score", "modality", show @ ..] => {
            events::score_modality(Path::new("corpus/modality/clauses.jsonl"), show == ["--show"], lexicon)
        }
        ["score", "event-places", show @ ..] => {
            events::score_places(Path::new("corpus/event-places/clauses.jsonl"), show == ["--show"], lexicon)
        }
        ["score", "petrarch", gold, show @ ..] => events::score_petrarch(Path::new(gold), show == ["--show"], lexicon),
        ["predict", "pages", gold] => pages::pages(Path::new(gold), lexicon),
        ["many-pages", from, to, count] => many_pages::write(Path::new(from), Path::new(to), count.parse()?),
        ["predict", "lines", gold] => lines::lines(Path::new(gold), lexicon),
        ["predict", "time", gold] => time::predict(Path::new(gold), lexicon),
        ["predict", "stories", gold] => stories::predict(Path::new(gold), lexicon),
        ["score", "stories", gold] => stories::score(Path::new(gold), lexicon),
        ["predict", "claims", gold] => claims::predict(Path::new(gold), lexicon),
        ["score", "claims", gold, pairs, show @ ..] => {
            claims::score(Path::new(gold), Path::new(pairs), show == ["--show"], lexicon)
        }
        ["score", "copies", gold, pairs, show @ ..] => {
            stories::score_copies(Path::new(gold), Path::new(pairs), show == ["--show"], lexicon)
        }
        ["predict", "parse", gold] => parse::parse(Path::new(gold), Model::embedded()),
        ["predict", "parse", gold, "--raw"] | ["predict", "parse", "--raw", gold] => {
            parse::parse_raw(Path::new(gold), Model::embedded())
        }
        ["predict", "entities", gold] => parse::entities(Path::new(gold), Model::embedded(), lexicon),
        ["predict", "places", gold] => places::predict(Path::new(gold), lexicon),
        ["score", "places", gold, show @ ..] => places::score(Path::new(gold), lexicon, show == ["--show"]),
        ["score", "statements", given @ ..] => {
            let gold: Vec<&&str> = given.iter().filter(|argument| **argument != "--show").collect();
            let scores = match gold.as_slice() {
                [gold] => statements::score_file(Path::new(gold), Model::embedded(), lexicon)?,
                _ => statements::score(Model::embedded(), lexicon)?,
            };
            scores.wrong.iter().filter(|_| given.contains(&"--show")).for_each(|line| println!("{line}"));
            print!("{}", statements::table(&scores));
            Ok(())
        }
        ["score"] => scores::print(Model::embedded(), lexicon),
        ["score", file] => scores::print(&Model::from_bytes(&std::fs::read(file)?)?, lexicon),
        ["train", "lines", gold] => lines::fit(Path::new(gold), lexicon),
        ["train"] => train::train(lexicon),
        ["machine-tags", "words", folder] => corpora::write_words(Path::new(folder)),
        ["machine-tags", "pack", folder] => corpora::pack_tags(Path::new(folder)),
        ["frequencies"] => frequencies::write(),
        ["score", "stories", gold, "--small"] => stories::score_small(Path::new(gold), lexicon),
        ["gazetteer", folder] => gazetteer::write(Path::new(folder)),
        ["examples"] => examples(lexicon),
        ["say", words] => quotes::show(words, lexicon),
        ["events", words] => events::show(words, lexicon),
        _ => bail!(
            "usage: cargo xtask predict quotes|pages|lines|time|parse|entities|places|events GOLD [--raw|--given-actors] | train [lines GOLD] | score [MODEL] | score statements|modality|event-places [--show] | score places|events|petrarch GOLD [--show] | machine-tags words|pack DIR | gazetteer DIR | say|events TEXT | examples"
        ),
    }
}

fn examples(lexicon: &Lexicon) -> Result<()> {
    let mut problems = onrecord_read::check_examples(lexicon, Model::embedded(), &[]);
    problems.extend(onrecord_read::check_event_examples(lexicon, Model::embedded(), &[]));
    problems.extend(onrecord_read::check_affair_examples(lexicon, Model::embedded(), &[]));
    for problem in &problems {
        println!("{problem}");
    }
    if problems.is_empty() { Ok(()) } else { bail!("{} examples are not read as their entry says", problems.len()) }
}
