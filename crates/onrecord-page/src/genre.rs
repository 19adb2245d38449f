//! What sort of journalism an article is.

use onrecord_lexicon::Lexicon;

use crate::article::{Genre, Label};

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

/// The genre told by section labels, by marks at the start and the end, and by how the text speaks.
pub(crate) fn of(blocks: &[&str], labels: &[Label], lexicon: &Lexicon) -> Genre {
    let marks = lexicon.list("opinion-mark");
    if labels.iter().any(|label| label.name == "section" && marks.contains(&label.value)) || says_opinion(blocks, lexicon) {
        return Genre::Opinion;
    }
    let (mut all, mut saying, mut first_person) = (0usize, 0usize, 0usize);
    let same = |word: &str, list: &[&str]| list.iter().any(|listed| word.eq_ignore_ascii_case(listed));
    for word in blocks.iter().flat_map(|block| unquoted(block)).take(WINDOW) {
        all += 1;
        saying += usize::from(same(word, &SAYING));
        first_person += usize::from(same(word, &FIRST_PERSON));
    }
    match () {
        () if first_person >= 5 && first_person * WORDS_PER_I >= all => Genre::Opinion,
        () if blocks.first().is_some_and(|first| has_dateline(first)) => Genre::Report,
        () if saying >= 2 && saying * WORDS_PER_SAYING >= all => Genre::Report,
        () => Genre::Unknown,
    }
}

/// A note about the writer or about whose views these are, in the first or one of the last blocks.
fn says_opinion(blocks: &[&str], lexicon: &Lexicon) -> bool {
    let marks = lexicon.list("opinion-mark");
    let says = |block: &&&str| {
        let start = block.find(|letter: char| letter.is_alphanumeric()).unwrap_or(0);
        // One word ("Comment") says nothing at the start of a sentence; a phrase ("The writer is …") does.
        let opens = marks
            .longest_at(block, start)
            .is_some_and(|end| block[start..end].split_whitespace().count() >= 3 || end == block.len());
        opens || (block.len() < 400 && block.to_lowercase().contains("views expressed"))
    };
    blocks.iter().take(1).any(|block| says(&block)) || blocks.iter().rev().take(2).any(|block| says(&block))
}

/// Words, those between quotation marks left out: a quoted "I" is not the author's.
fn unquoted(block: &str) -> impl Iterator<Item = &str> {
    let outside = block.split(['"', '“', '”']).step_by(2);
    let words = outside.flat_map(str::split_whitespace).map(|word| word.trim_matches(|letter: char| !letter.is_alphanumeric()));
    words.filter(|word| !word.is_empty())
}

/// "CITY (Agency) – ", "City, Nov 3 (Agency): ", "CITY: ".
fn has_dateline(first: &str) -> bool {
    let Some(window) = first.get(..first.floor_char_boundary(100)) else { return false };
    let Some(end) = window.find(['–', '—', ':']).or_else(|| window.find(" - ")).or_else(|| window.find(" -- ")) else {
        return false;
    };
    let opening = window[..end].trim();
    let place = opening.split(['(', ',', '/']).next().unwrap_or("").trim();
    let letters = || place.chars().filter(|letter| letter.is_alphabetic());
    let is_place = (1..=4).contains(&place.split_whitespace().count()) && place.chars().next().is_some_and(char::is_uppercase);
    is_place && letters().count() >= 3 && (letters().all(char::is_uppercase) || (opening.contains('(') && opening.ends_with(')')))
}

#[cfg(test)]
mod tests {
    use super::of;
    use crate::article::Genre;
    use onrecord_lexicon::Lexicon;

    #[test]
    fn tells_report_from_opinion() {
        let lexicon = Lexicon::embedded();
        assert_eq!(of(&["SELMORA (VNA) – The ferry is open again."], &[], lexicon), Genre::Report);
        assert_eq!(of(&["The ferry is open, the port said.", "It closed in May, officials said."], &[], lexicon), Genre::Report);
        assert_eq!(of(&["The bridge must fall.", "The writer is a retired ferryman."], &[], lexicon), Genre::Opinion);
        assert_eq!(of(&["A recipe for bread."], &[], lexicon), Genre::Unknown);
    }
}
