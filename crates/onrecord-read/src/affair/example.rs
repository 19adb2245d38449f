//! Reads the examples that stand beside each word of state.

use onrecord_lang::Model;
use onrecord_lexicon::{Example, Lexicon, Problem, Turn};
use onrecord_page::Article;

use crate::example::problem;
use crate::read;

/// The examples that are not read as their entry says: a sentence of `finds` must give a state of affairs by the entry's word and of its state, one
/// of `leaves` none. `files` narrows the check to entries whose examples stand in these files; empty means all.
#[must_use]
pub fn check_affair_examples(lexicon: &Lexicon, model: &Model, files: &[String]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for turn in lexicon.turns() {
        let asked = |example: &&Example| files.is_empty() || files.contains(&example.file);
        for example in turn.finds.iter().filter(asked) {
            if !is_found(turn, example, lexicon, model) {
                problems.push(problem(example, format!("`{}` is not found here as {}", turn.lemma, turn.state)));
            }
        }
        for example in turn.leaves.iter().filter(asked) {
            if is_found(turn, example, lexicon, model) {
                problems.push(problem(example, format!("`{}` should be left alone here", turn.lemma)));
            }
        }
    }
    problems
}

fn is_found(turn: &Turn, example: &Example, lexicon: &Lexicon, model: &Model) -> bool {
    let Ok(article) = Article::of_paragraphs(&example.text) else { return false };
    let affairs = read(&article, lexicon, model).affairs;
    affairs.iter().any(|affair| affair.rule == turn.lemma && affair.state == turn.state)
}
