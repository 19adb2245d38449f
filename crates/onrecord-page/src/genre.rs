//! What sort of journalism an article is.

use onrecord_lexicon::Lexicon;
use onrecord_text::{CleanSpan, CleanText};

use crate::article::{Block, Genre, GenreBasis, Label, Sign};

/// Words with which reports name who says something. A report has several; few other texts have them at this rate.
const SAYING: [&str; 22] = [
    "said",
    "says",
    "told",
    "added",
    "stated",
    "according",
    "announced",
    "reported",
    "confirmed",
    "warned",
    "urged",
    "noted",
    "denied",
    "accused",
    "claimed",
    "stressed",
    "emphasized",
    "emphasised",
    "spokesperson",
    "spokesman",
    "quoted",
    "statement",
];

/// Words with which an author speaks of himself.
const FIRST_PERSON: [&str; 7] = ["i", "my", "me", "i’m", "i'm", "i’ve", "i've"];

/// Words of such a text for each word of saying, at most.
const WORDS_PER_SAYING: usize = 120;

/// Words of a text in the first person for each `I`, `my` or `me`, at most.
const WORDS_PER_I: usize = 90;

/// Words read to tell the genre.
const WINDOW: usize = 6000;

/// The genre told by section labels, by marks at the start and the end, and by how the text speaks; and what tells it.
pub(crate) fn of(clean: &CleanText, blocks: &[Block], labels: &[Label], lexicon: &Lexicon) -> (Genre, Option<Sign<GenreBasis>>) {
    let marks = lexicon.list("opinion-mark");
    let sign = |genre, basis, span| (genre, Some(Sign { basis, span: Some(span) }));
    if let Some(label) = labels.iter().find(|label| label.name == "section" && marks.contains(&label.value)) {
        return sign(Genre::Opinion, GenreBasis::Section, label.span);
    }
    if let Some(span) = says_opinion(clean, blocks, lexicon) {
        return sign(Genre::Opinion, GenreBasis::Mark, clean.source_of(span));
    }
    let (mut all, mut saying, mut first_person) = (0usize, Seen::default(), Seen::default());
    let in_list = |word: &str, list: &[&str]| list.iter().any(|listed| word.eq_ignore_ascii_case(listed));
    for (at, word) in blocks.iter().flat_map(|block| unquoted(clean.cut(block.span), block.span.start())).take(WINDOW) {
        all += 1;
        saying.count(at, word, in_list(word, &SAYING));
        first_person.count(at, word, in_list(word, &FIRST_PERSON));
    }
    let dateline = blocks.first().and_then(|first| dateline(clean.cut(first.span), first.span.start()));
    match (dateline, saying.first, first_person.first) {
        (_, _, Some(word)) if first_person.times >= 5 && first_person.times * WORDS_PER_I >= all => {
            sign(Genre::Opinion, GenreBasis::Words, clean.source_of(word))
        }
        (Some(opening), _, _) => sign(Genre::Report, GenreBasis::Dateline, clean.source_of(opening)),
        (_, Some(word), _) if saying.times >= 2 && saying.times * WORDS_PER_SAYING >= all => {
            sign(Genre::Report, GenreBasis::Words, clean.source_of(word))
        }
        _ => (Genre::Unknown, None),
    }
}

/// Words of one sort: how many, and the first of them.
#[derive(Default)]
struct Seen {
    times: usize,
    first: Option<CleanSpan>,
}

impl Seen {
    fn count(&mut self, at: u32, word: &str, counts: bool) {
        if counts {
            self.times += 1;
            self.first = self.first.or_else(|| Some(span_at(at, word.len())));
        }
    }
}

fn span_at(start: u32, len: usize) -> CleanSpan {
    CleanSpan::new(start, start + u32::try_from(len).unwrap_or(0))
}

/// A note about the writer or about whose views these are, in the first or one of the last blocks.
fn says_opinion(clean: &CleanText, blocks: &[Block], lexicon: &Lexicon) -> Option<CleanSpan> {
    let marks = lexicon.list("opinion-mark");
    let note = |block: &Block| {
        let text = clean.cut(block.span);
        let start = text.find(|letter: char| letter.is_alphanumeric()).unwrap_or(0);
        // One word ("Comment") says nothing at the start of a sentence; a phrase ("The writer is …") does.
        let is_telling = |end: &usize| text[start..*end].split_whitespace().count() >= 3 || *end == text.len();
        let opening = marks.longest_at(text, start).filter(is_telling).map(|end| start..end);
        let views = || {
            let at = text.to_ascii_lowercase().find(VIEWS).filter(|_| text.len() < 400)?;
            Some(at..at + VIEWS.len())
        };
        let found = opening.or_else(views)?;
        Some(span_at(block.span.start() + u32::try_from(found.start).unwrap_or(0), found.len()))
    };
    blocks.iter().take(1).chain(blocks.iter().rev().take(2)).find_map(note)
}

/// Words of a note that says whose views a piece holds.
const VIEWS: &str = "views expressed";

/// Words and where they stand, when `block` starts at byte `start`; those between quotation marks left out: a quoted "I" is not the
/// author's.
fn unquoted(block: &str, start: u32) -> impl Iterator<Item = (u32, &str)> {
    let outside = block.split(['"', '“', '”']).step_by(2);
    let words = outside.flat_map(str::split_whitespace).map(|word| word.trim_matches(|letter: char| !letter.is_alphanumeric()));
    let offset = move |word: &str| start + u32::try_from(word.as_ptr().addr() - block.as_ptr().addr()).unwrap_or(0);
    words.filter(|word| !word.is_empty()).map(move |word| (offset(word), word))
}

/// "CITY (Agency) – ", "City, Nov 3 (Agency): ", "CITY: ".
fn dateline(first: &str, start: u32) -> Option<CleanSpan> {
    let window = first.get(..first.floor_char_boundary(100))?;
    let end = window.find(['–', '—', ':']).or_else(|| window.find(" - ")).or_else(|| window.find(" -- "))?;
    let opening = window[..end].trim();
    let place = opening.split(['(', ',', '/']).next().unwrap_or("").trim();
    let letters = || place.chars().filter(|letter| letter.is_alphabetic());
    let is_place = (1..=4).contains(&place.split_whitespace().count()) && place.chars().next().is_some_and(char::is_uppercase);
    let is_marked = letters().all(char::is_uppercase) || (opening.contains('(') && opening.ends_with(')'));
    (is_place && letters().count() >= 3 && is_marked).then(|| span_at(start, window[..end].trim_end().len()))
}

#[cfg(test)]
mod tests {
    use super::of;
    use crate::Article;
    use crate::article::{Genre, GenreBasis};
    use onrecord_lexicon::Lexicon;

    /// The genre of a text, and the words that tell it.
    fn told(text: &str) -> (Genre, Option<(GenreBasis, &str)>) {
        let article = Article::of_paragraphs(text).unwrap();
        let (genre, sign) = of(&article.clean, &article.blocks, &[], Lexicon::embedded());
        (genre, sign.map(|sign| (sign.basis, sign.span.unwrap().cut(text))))
    }

    #[test]
    fn tells_report_from_opinion() {
        let dateline = "SELMORA (VNA) – The ferry is open again.";
        assert_eq!(told(dateline), (Genre::Report, Some((GenreBasis::Dateline, "SELMORA (VNA)"))));
        let said = "The ferry is open, the port said.\nIt closed in May, officials said.";
        assert_eq!(told(said), (Genre::Report, Some((GenreBasis::Words, "said"))));
        let note = "The bridge must fall.\nThe writer is a retired ferryman.";
        assert_eq!(told(note), (Genre::Opinion, Some((GenreBasis::Mark, "The writer is a"))));
        let views = "The bridge must fall.\nAll Views Expressed here are his own.";
        assert_eq!(told(views), (Genre::Opinion, Some((GenreBasis::Mark, "Views Expressed"))));
        assert_eq!(told("A recipe for bread."), (Genre::Unknown, None));
    }
}
