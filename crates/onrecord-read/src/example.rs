//! Reads the examples that stand beside each word of saying.

use onrecord_lang::Model;
use onrecord_lexicon::{Act, Example, Lexicon, Problem, Saying};
use onrecord_page::Article;

use crate::{Assertion, read};

/// The examples that are not read as their entry says: a sentence of `finds` must give an assertion with the entry's cue and act,
/// one of `leaves` must give none with its cue. `files` narrows the check to entries whose examples stand in these files; empty means all.
#[must_use]
pub fn check_examples(lexicon: &Lexicon, model: &Model, files: &[String]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for saying in lexicon.sayings() {
        let asked = |example: &&Example| files.is_empty() || files.contains(&example.file);
        for example in saying.finds.iter().filter(asked) {
            let found = assertions_of(saying, example, lexicon, model);
            if found.is_empty() {
                problems.push(problem(example, format!("`{}` is not found here", saying.lemma)));
            } else if saying.act != Act::State && !found.iter().any(|assertion| assertion.act == saying.act) {
                // A neutral word of saying leaves the act to the content ("said it would never sign").
                let acts: Vec<&str> = found.iter().map(|assertion| assertion.act.name()).collect();
                problems.push(problem(
                    example,
                    format!("`{}` is read as {}, not as {}", saying.lemma, acts.join(", "), saying.act.name()),
                ));
            }
        }
        for example in saying.leaves.iter().filter(asked) {
            if !assertions_of(saying, example, lexicon, model).is_empty() {
                problems.push(problem(example, format!("`{}` should be left alone here", saying.lemma)));
            }
        }
    }
    problems
}

/// What is wrong with an example, at its place.
pub(crate) fn problem(example: &Example, message: String) -> Problem {
    Problem { file: example.file.clone(), line: example.line, column: example.column, message }
}

/// The assertions of the example whose cue is a form of the entry.
fn assertions_of(saying: &Saying, example: &Example, lexicon: &Lexicon, model: &Model) -> Vec<Assertion> {
    let Ok(article) = Article::of_paragraphs(&example.text) else { return Vec::new() };
    let is_own = |assertion: &Assertion| {
        let cue = assertion.cue.map(|cue| article.clean.cut(cue).to_lowercase());
        cue.is_some_and(|cue| saying.forms.iter().any(|form| form.to_lowercase().replace('-', " ") == cue.replace('-', " ")))
            && assertion.rule.starts_with(&saying.lemma)
    };
    read(&article, lexicon, model).assertions.into_iter().filter(is_own).collect()
}
