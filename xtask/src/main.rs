//! Project tasks.
//!
//! - `cargo xtask predict quotes|pages|lines GOLD.jsonl` reads the texts of a gold file and prints predictions in its scorer's format.
//! - `cargo xtask say "…"` prints the assertions of a text.
//! - `cargo xtask examples` reads the examples of all words of saying.

#![allow(clippy::print_stdout, reason = "predictions are what this program prints")]

mod lines;
mod pages;
mod quotes;

use std::path::Path;

use anyhow::{Result, bail};
use onrecord_lexicon::Lexicon;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let lexicon = Lexicon::embedded();
    match words.as_slice() {
        ["predict", "quotes", gold] => quotes::predict(Path::new(gold), lexicon),
        ["predict", "pages", gold] => pages::pages(Path::new(gold), lexicon),
        ["predict", "lines", gold] => lines::lines(Path::new(gold), lexicon),
        ["examples"] => examples(lexicon),
        ["say", words] => quotes::show(words, lexicon),
        _ => bail!("usage: cargo xtask predict quotes|pages|lines GOLD.jsonl | say TEXT | examples"),
    }
}

fn examples(lexicon: &Lexicon) -> Result<()> {
    let problems = onrecord_read::check_examples(lexicon, &[]);
    for problem in &problems {
        println!("{problem}");
    }
    if problems.is_empty() { Ok(()) } else { bail!("{} examples are not read as their entry says", problems.len()) }
}
