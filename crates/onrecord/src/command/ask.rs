//! `onrecord ask`: a question in plain English, or by its name, over the pages named.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use onrecord_lexicon::{Lexicon, Question, asked_words};
use onrecord_page::Article;
use onrecord_record::{Asked, answer};
use onrecord_wire::{answers, terminal};

use super::brief::look;
use crate::flags::{AnswerFormat, AskFlags};
use crate::pages::Reader;
use crate::{Outcome, output};

pub(super) fn run(flags: &AskFlags) -> Result<Outcome> {
    if flags.list {
        output::print(&list(Lexicon::embedded()))?;
        return Ok(Outcome::Done);
    }
    let (text, inputs) = parted(flags)?;
    let reader = Reader::new(inputs, &flags.how)?;
    // Before anything is read: a question that fits none costs nobody the reading.
    let question = question(flags, &text, reader.lexicon())?;
    let article = Article::of_paragraphs(&text).context("the question is too long")?;
    let asked = Asked::new(question, &article, &reader.reading(&article), reader.lexicon());
    let gathered = reader.gather(flags.review)?;
    let found = answer(&gathered.record, &asked, gathered.lexicon);
    let shown = if text.is_empty() { question.help.as_str() } else { text.as_str() };
    let (width, colour) = look(&flags.look);
    let printed = match flags.format {
        AnswerFormat::Text => terminal::answer(&gathered.record, gathered.lexicon, shown, &found, width, colour),
        AnswerFormat::Jsonl => answers::to_jsonl(&gathered.record, shown, &found),
    };
    output::print(&printed)?;
    Ok(gathered.outcome)
}

/// The words of the question, and the inputs.
fn parted(flags: &AskFlags) -> Result<(String, &[PathBuf])> {
    let asks =
        "the first argument is the question, the others are what to read; `onrecord ask --list` shows the questions there are";
    if flags.about.is_some() {
        if flags.arguments.is_empty() {
            bail!("nothing to read: name files, folders, addresses or -");
        }
        return Ok((flags.topic.clone().unwrap_or_default(), &flags.arguments));
    }
    let Some((question, inputs)) = flags.arguments.split_first() else { bail!("no question; {asks}") };
    if inputs.is_empty() {
        bail!("nothing to read; {asks}");
    }
    let Some(text) = question.to_str() else { bail!("the question is not UTF-8") };
    Ok((text.to_owned(), inputs))
}

/// The question that is meant. One that may be several is not guessed at.
fn question<'l>(flags: &AskFlags, text: &str, lexicon: &'l Lexicon) -> Result<&'l Question> {
    if let Some(about) = flags.about {
        let named = |question: &&Question| question.about == about;
        return lexicon.questions().iter().find(named).context("the lexicon lists no such question");
    }
    match lexicon.questions_asked(&asked_words(text)).as_slice() {
        [one] => Ok(one),
        [] => bail!("cannot tell what is asked by “{text}”; these are the questions there are:\n{}", list(lexicon).trim_end()),
        several => {
            let names: Vec<&str> = several.iter().map(|question| question.about.name()).collect();
            bail!("“{text}” may ask for {}; say which with --about, and --topic for the rest", names.join(" or "))
        }
    }
}

/// Every question with its sentence and an example.
fn list(lexicon: &Lexicon) -> String {
    let line = |question: &Question| {
        let example = question.finds.first().map_or("", |example| example.text.as_str());
        format!("{:10} {}\n{:10} “{example}”\n", question.about.name(), question.help, "")
    };
    lexicon.questions().iter().map(line).collect()
}
