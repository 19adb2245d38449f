//! Questions in plain English, told apart by the words of `data/questions.toml`.

use std::ops::Range;

use crate::problem::Problem;
use crate::saying::Example;

/// What a question is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum About {
    /// Did a demand change?
    Changed,
    /// What was denied, and what stands against it?
    Denied,
    /// What was done after a demand?
    Done,
    /// Is a report independent, or an echo?
    Echo,
    /// Which figures are there, from whom, since when?
    Figures,
    /// Which numbers look alike and are not?
    Lookalike,
    /// Which origins stand behind a claim?
    Origins,
    /// What changed since a date?
    Since,
    /// When did each thing happen, and what is not known?
    When,
    /// Whose words are these, and who is missing?
    Words,
    /// Which assurances are in writing?
    Written,
}

impl About {
    /// All eleven, by name.
    pub const ALL: [Self; 11] = [
        Self::Changed,
        Self::Denied,
        Self::Done,
        Self::Echo,
        Self::Figures,
        Self::Lookalike,
        Self::Origins,
        Self::Since,
        Self::When,
        Self::Words,
        Self::Written,
    ];

    /// Its name in data files, on the command line and in output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Denied => "denied",
            Self::Done => "done",
            Self::Echo => "echo",
            Self::Figures => "figures",
            Self::Lookalike => "lookalike",
            Self::Origins => "origins",
            Self::Since => "since",
            Self::When => "when",
            Self::Words => "words",
            Self::Written => "written",
        }
    }
}

/// A question that the program answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// What it is about.
    pub about: About,
    /// The question in one sentence.
    pub help: String,
    /// Words by which it is known; `…` stands for any words, `#` for a number.
    pub words: Vec<String>,
    /// Words that belong to the question, not to what is asked about ("assurance", "demand").
    pub beside: Vec<String>,
    /// Questions that are this one.
    pub finds: Vec<Example>,
    /// Questions that are not.
    pub leaves: Vec<Example>,
}

/// A word of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedWord {
    /// Where it stands.
    pub range: Range<usize>,
    /// The word in lower case, with straight apostrophes and without a final 's.
    pub lower: String,
}

/// The words of `text`: letters and digits, and what joins them (`10-report.txt`, `3,150`).
#[must_use]
pub fn asked_words(text: &str) -> Vec<AskedWord> {
    let is_part = |c: char| c.is_alphanumeric();
    let mut words: Vec<AskedWord> = Vec::new();
    let mut start = None;
    let mut letters = text.char_indices().peekable();
    while let Some((at, c)) = letters.next() {
        let joins = matches!(c, '\'' | '’' | ',' | '.' | '-' | '_');
        let goes_on = start.is_some() && joins && letters.peek().is_some_and(|(_, next)| is_part(*next));
        match start {
            None if is_part(c) => start = Some(at),
            Some(from) if !is_part(c) && !goes_on => {
                words.push(asked_word(text, from..at));
                start = None;
            }
            _ => {}
        }
    }
    words.extend(start.map(|from| asked_word(text, from..text.len())));
    words
}

fn asked_word(text: &str, range: Range<usize>) -> AskedWord {
    let lower = text.get(range.clone()).unwrap_or_default().to_lowercase().replace('’', "'");
    let lower = lower.strip_suffix("'s").map_or(lower.clone(), str::to_owned);
    AskedWord { range, lower }
}

impl Question {
    /// Positions of the words of a question by which it may be this one; empty when it is not.
    #[must_use]
    pub fn known_by(&self, asked: &[AskedWord]) -> Vec<usize> {
        let mut found: Vec<usize> = self.words.iter().flat_map(|pattern| matched(pattern, asked)).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Positions that a pattern takes up where it stands first; none when it does not stand there.
fn matched(pattern: &str, asked: &[AskedWord]) -> Vec<usize> {
    let parts: Vec<Vec<&str>> = pattern.split('…').map(|part| part.split_whitespace().collect()).collect();
    let mut found = Vec::new();
    let mut from = 0;
    for part in parts.iter().filter(|part| !part.is_empty()) {
        let fits = |at: &usize| {
            let mut words = asked.iter().skip(*at);
            part.iter().all(|wanted| words.next().is_some_and(|word| is_wanted(wanted, &word.lower)))
        };
        let Some(at) = (from..asked.len()).find(fits) else { return Vec::new() };
        found.extend(at..at + part.len());
        from = at + part.len();
    }
    found
}

fn is_wanted(wanted: &str, word: &str) -> bool {
    if wanted == "#" { word.starts_with(|c: char| c.is_ascii_digit()) } else { wanted == word }
}

/// The questions that `text` may be: those of the greatest number of letters by which they are known. Several are a draw, none is
/// no question that there is.
#[must_use]
pub(crate) fn best<'q>(questions: &'q [Question], asked: &[AskedWord]) -> Vec<&'q Question> {
    let letters = |question: &Question| -> usize {
        question.known_by(asked).iter().filter_map(|at| asked.get(*at)).map(|word| word.lower.len()).sum()
    };
    let most = questions.iter().map(letters).max().unwrap_or(0);
    questions.iter().filter(|question| most > 0 && letters(question) == most).collect()
}

/// What is wrong with the examples beside the questions.
pub(crate) fn problems(questions: &[Question], files: &[String]) -> Vec<Problem> {
    let mut found = Vec::new();
    let asked = |example: &&Example| files.is_empty() || files.contains(&example.file);
    let names = |example: &Example| -> Vec<&str> {
        best(questions, &asked_words(&example.text)).iter().map(|question| question.about.name()).collect()
    };
    let mut report = |example: &Example, message: String| {
        found.push(Problem { file: example.file.clone(), line: example.line, column: example.column, message });
    };
    for question in questions {
        let name = question.about.name();
        for example in question.finds.iter().filter(asked) {
            match names(example).as_slice() {
                [only] if *only == name => {}
                [] => report(example, format!("this is told to be no question, not `{name}`")),
                others => report(example, format!("this is told to be `{}`, not `{name}`", others.join("` or `"))),
            }
        }
        for example in question.leaves.iter().filter(asked).filter(|example| names(example).contains(&name)) {
            report(example, format!("this should not be told to be `{name}`"));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{asked_words, matched};

    fn positions(pattern: &str, text: &str) -> Vec<usize> {
        matched(pattern, &asked_words(text))
    }

    #[test]
    fn words_keep_what_joins_them() {
        let words: Vec<String> = asked_words("Is 3,150 in 10-a.txt Vane’s?").into_iter().map(|word| word.lower).collect();
        assert_eq!(words, ["is", "3,150", "in", "10-a.txt", "vane"]);
    }

    #[test]
    fn a_gap_stands_for_any_words() {
        assert_eq!(positions("did … change", "Did their demand ever change?"), [0, 4]);
        assert_eq!(positions("did … change", "Change it did"), [0_usize; 0]);
        assert_eq!(positions("is # the number", "Is 40 the number?"), [0, 1, 2, 3]);
    }
}
