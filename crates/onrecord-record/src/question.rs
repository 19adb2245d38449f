//! What could not be settled.

use std::collections::BTreeMap;

use onrecord_read::{CommitmentKind, SpeakerKind};
use onrecord_text::SourceSpan;

use crate::piece::{Piece, Pieces};
use crate::{Entry, ItemRef, Question, Referent, Words};

/// All questions, those of one name together and in the order of the entries; the same question about the same words stands once.
pub(crate) fn questions(
    entries: &[Entry],
    pieces: &Pieces<'_>,
    referents: &[Referent],
    of_actors: Vec<Question>,
) -> Vec<Question> {
    let mut all = of_actors;
    entries.iter().enumerate().for_each(|(at, entry)| all.extend(of_page(at, entry)));
    pieces.list.iter().for_each(|piece| all.extend(of_reading(piece)));
    all.extend(referents.iter().filter(|referent| referent.rival_values).filter_map(|referent| rival_figures(referent, pieces)));
    all.sort_by(|one, two| (one.name, one.words, &one.text).cmp(&(two.name, two.words, &two.text)));
    once(all, pieces)
}

/// Drops questions that ask the same of the same words; the first says how often it is asked elsewhere.
fn once(all: Vec<Question>, pieces: &Pieces<'_>) -> Vec<Question> {
    let mut kept: Vec<(Question, usize)> = Vec::new();
    let mut places: BTreeMap<(&'static str, String, String), usize> = BTreeMap::new();
    for question in all {
        let words = question.words.map(|words| cut(words, pieces).to_lowercase()).unwrap_or_default();
        let place = *places.entry((question.name, words, question.text.clone())).or_insert(kept.len());
        match kept.get_mut(place) {
            Some((_, again)) => *again += 1,
            None => kept.push((question, 0)),
        }
    }
    let finish = |(mut question, again): (Question, usize)| {
        match again {
            0 => {}
            1 => question.text.push_str(" (Once more elsewhere.)"),
            _ => question.text.push_str(&format!(" ({again} times more elsewhere.)")),
        }
        question
    };
    kept.into_iter().map(finish).collect()
}

fn cut<'a>(words: Words, pieces: &Pieces<'a>) -> &'a str {
    pieces.at(words.entry, words.article).map_or("", |piece| piece.page.clean.cut(words.span))
}

fn of_page(at: usize, entry: &Entry) -> Vec<Question> {
    let question = |note: &onrecord_page::PageNote| Question {
        words: note.span.and_then(|span| place(at, entry, span)),
        name: note.name,
        text: format!("{}: {}", entry.name, note.text),
    };
    entry.page.notes.iter().map(question).collect()
}

/// The words made from `span` of the source, in the article that has them.
fn place(entry: usize, of: &Entry, span: SourceSpan) -> Option<Words> {
    let found = of.page.articles.iter().enumerate().find_map(|(article, page)| Some((article, page.clean.clean_of(span)?)));
    found.map(|(article, span)| Words { entry, article, span })
}

fn of_reading(piece: &Piece<'_>) -> Vec<Question> {
    let words = |span| Some(Words { entry: piece.entry, article: piece.article, span });
    let mut found: Vec<Question> = Vec::new();
    for note in &piece.reading.notes {
        found.push(Question { words: words(note.span), name: note.name, text: note.text.clone() });
    }
    for said in &piece.reading.assertions {
        let nobody = said.speaker.kind != SpeakerKind::Author && said.speaker.name.is_empty() && said.speaker.actor.is_none();
        let noted = piece.reading.notes.iter().any(|note| {
            note.name == "unresolved-speaker" && said.content.iter().chain(&said.cue).any(|span| span.overlaps(note.span))
        });
        if let Some(span) = said.content.first().filter(|_| nobody && !noted) {
            found.push(Question {
                words: words(*span),
                name: "no-speaker",
                text: "Somebody says this; the article does not let it be known who.".to_owned(),
            });
        }
    }
    for given in piece.reading.commitments.iter().filter(|given| given.by.is_none()) {
        let text = match given.kind {
            CommitmentKind::Demand => "This is demanded; the article does not let it be known by whom.",
            CommitmentKind::Assurance => "This is assured; the article does not let it be known by whom.",
        };
        found.push(Question { words: words(given.what), name: "commitment-by-nobody", text: text.to_owned() });
    }
    found
}

fn rival_figures(referent: &Referent, pieces: &Pieces<'_>) -> Option<Question> {
    let words = |at: &ItemRef| {
        let piece = pieces.at(at.entry, at.article)?;
        let span = piece.reading.figures.get(at.item)?.span;
        Some((piece.page.clean.cut(span), piece.outlet.name.as_str(), Words { entry: at.entry, article: at.article, span }))
    };
    let mut given: Vec<String> = Vec::new();
    for (figure, outlet, _) in referent.figures.iter().filter_map(words) {
        let one = format!("{figure} ({outlet})");
        if !given.contains(&one) {
            given.push(one);
        }
    }
    let (_, _, first) = referent.figures.first().and_then(words)?;
    Some(Question {
        words: Some(first),
        name: "rival-figures",
        text: format!("Figures for the same thing differ: {}.", given.join("; ")),
    })
}
