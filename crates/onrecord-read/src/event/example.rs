//! Reads the examples that stand beside each word for events.

use onrecord_lang::Model;
use onrecord_lexicon::{EventWord, Example, Lexicon, Problem};
use onrecord_page::Article;

use crate::example::problem;
use crate::{Event, read};

/// The examples that are not read as their entry says: a sentence of `finds` must give an event of the entry's type by its rule, one of
/// `leaves` must give none by it. `files` narrows the check to entries whose examples stand in these files; empty means all.
#[must_use]
pub fn check_event_examples(lexicon: &Lexicon, model: &Model, files: &[String]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for word in lexicon.event_words() {
        let asked = |example: &&Example| files.is_empty() || files.contains(&example.file);
        for example in word.finds.iter().filter(asked) {
            let found = events_of(word, example, lexicon, model);
            if found.is_empty() {
                problems.push(problem(example, format!("`{}` is not found here as {}", word.lemma, word.plover.name())));
            }
        }
        for example in word.leaves.iter().filter(asked) {
            if !events_of(word, example, lexicon, model).is_empty() {
                problems.push(problem(example, format!("`{}` should be left alone here", word.lemma)));
            }
        }
    }
    problems
}

fn events_of(word: &EventWord, example: &Example, lexicon: &Lexicon, model: &Model) -> Vec<Event> {
    let Ok(article) = Article::of_paragraphs(&example.text) else { return Vec::new() };
    let own = |event: &Event| event.rule == word.lemma && event.plover == word.plover;
    read(&article, lexicon, model).events.into_iter().filter(own).collect()
}
