//! Tokens and their coarse tags.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use onrecord_lexicon::Lexicon;
use onrecord_text::CleanSpan;

/// A word, a number or a punctuation mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where.
    pub span: CleanSpan,
    /// Its coarse part of speech.
    pub tag: Tag,
}

/// Universal part-of-speech tags, as far as closed classes and spelling tell them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tag {
    /// Preposition.
    Adp,
    /// Adverb, negation included.
    Adv,
    /// Auxiliary or modal.
    Aux,
    /// Co-ordinating conjunction.
    Cconj,
    /// Determiner or possessive pronoun.
    Det,
    /// Number.
    Num,
    /// The possessive ending.
    Part,
    /// Personal or relative pronoun.
    Pron,
    /// Word with a capital that does not owe it to the start of a sentence.
    Propn,
    /// Punctuation.
    Punct,
    /// Subordinating conjunction.
    Sconj,
    /// Noun, verb or adjective: an open class that spelling does not tell.
    X,
}

/// Words that spelling alone tells, in small letters. Where a word stands in two classes, the first counts.
const CLOSED_CLASSES: [(Tag, &str); 9] = [
    (
        Tag::Aux,
        "am is are was were be been being has have had having do does did will would shall should can could may might must ought \
         'll 've 're 'd 'm n't isn't aren't wasn't weren't hasn't haven't hadn't doesn't don't didn't won't wouldn't can't cannot couldn't \
         shouldn't mustn't",
    ),
    (Tag::Cconj, "and or but nor yet & plus"),
    (
        Tag::Det,
        "a an the this these those his her its their our my your every each some any no all both either neither another such several \
         many much few more most other",
    ),
    (
        Tag::Pron,
        "he she it they we i you him them us me who whom whose which what himself herself itself themselves ourselves everyone anyone \
         someone nobody everybody anybody somebody",
    ),
    (
        Tag::Sconj,
        "that if whether because although though while when whenever where after before since until unless as once whereas lest",
    ),
    (
        Tag::Adp,
        "about above across against along amid amidst among amongst around at before behind below beneath beside besides between beyond \
         by concerning despite during except following for from in inside into like near of off on onto outside over past per regarding \
         since through throughout till to toward towards under until unto up upon via versus with within without aboard alongside",
    ),
    (
        Tag::Adv,
        "not never also again already always ever just only still even then there here now later earlier soon often too very quite rather \
         however meanwhile moreover furthermore therefore thus instead otherwise nevertheless nonetheless further yesterday today \
         tomorrow once twice ago almost nearly perhaps maybe together apart away back down out forth yet long far well",
    ),
    (
        Tag::Num,
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty \
         thirty forty fifty sixty seventy eighty ninety dozens scores hundreds thousands millions",
    ),
    // Capitalised, but nobody's name: reading "Thursday" as a person costs more than missing Ms. April.
    (
        Tag::X,
        "january february march april june july august september october november december monday tuesday wednesday thursday friday \
         saturday sunday",
    ),
];

static CLOSED: LazyLock<HashMap<&'static str, Tag>> = LazyLock::new(|| {
    let classes = CLOSED_CLASSES.iter().rev();
    classes.flat_map(|(tag, words)| words.split_ascii_whitespace().map(|word| (word, *tag))).collect()
});

/// Appends the tokens of `span` to `tokens`.
pub(crate) fn tokenize(text: &str, span: CleanSpan, lexicon: &Lexicon, tokens: &mut Vec<Token>) {
    let abbreviations = lexicon.list("abbreviation");
    let mut at = span.start() as usize;
    let end = span.end() as usize;
    while let Some(c) = text.get(at..end).and_then(|rest| rest.chars().next()) {
        let stop = if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        } else if let Some(stop) = abbreviations.longest_at(text, at).filter(|stop| *stop < end && keeps_stop(text, at, *stop)) {
            // "Lt. Gen." is listed as one abbreviation and stays two tokens.
            text[at..stop].find(char::is_whitespace).map_or(stop, |space| at + space)
        } else if c.is_alphanumeric() {
            word_end(text, at, end)
        } else if text[at..end].starts_with("''") || text[at..end].starts_with("``") {
            at + 2
        } else if c == '\'' || c == '’' {
            clitic_end(text, at, end).unwrap_or(at + c.len_utf8())
        } else {
            at + c.len_utf8()
        };
        // Text of an article is far below 4 GiB: its source was checked.
        let place = CleanSpan::new(u32::try_from(at).unwrap_or(u32::MAX), u32::try_from(stop).unwrap_or(u32::MAX));
        tokens.push(Token { span: place, tag: tag(&text[at..stop]) });
        at = stop;
    }
}

/// Whether the abbreviation at `at..stop` keeps its full stop: a closing mark after it shows that the sentence ends there.
fn keeps_stop(text: &str, at: usize, stop: usize) -> bool {
    text[at..stop].ends_with('.') && !text[stop..].starts_with(['”', '"', '’', '\n'])
}

/// End of the word or number at `at`: letters and digits with single hyphens, apostrophes inside names, points and commas inside numbers
/// and initials ("U.S.", "3,500.5", "al-Nour").
fn word_end(text: &str, at: usize, end: usize) -> usize {
    let mut stop = at;
    let mut chars = text[at..end].char_indices().peekable();
    let mut last = ' ';
    while let Some((offset, c)) = chars.next() {
        let next = chars.peek().map_or(' ', |(_, c)| *c);
        let inside = match c {
            _ if c.is_alphanumeric() => true,
            '-' | '‑' | '‐' => next.is_alphanumeric(),
            '\'' | '’' => next.is_alphabetic() && last.is_alphabetic() && clitic_end(text, at + offset, end).is_none(),
            '.' => is_initials(&text[at..at + offset]) || last.is_ascii_digit() && next.is_ascii_digit(),
            ',' => last.is_ascii_digit() && next.is_ascii_digit(),
            '@' | '_' => next.is_alphanumeric(),
            _ => false,
        };
        if !inside {
            break;
        }
        last = c;
        stop = at + offset + c.len_utf8();
    }
    stop
}

/// "U", "U.S": single capitals parted by full stops.
fn is_initials(word: &str) -> bool {
    word.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_uppercase))
}

/// End of an English clitic ('s, n't is left whole) that starts with the apostrophe at `at`.
fn clitic_end(text: &str, at: usize, end: usize) -> Option<usize> {
    let rest = text.get(at..end)?;
    let apostrophe = rest.chars().next()?;
    let word: String = rest[apostrophe.len_utf8()..].chars().take_while(|c| c.is_alphanumeric()).collect();
    let known = ["s", "S", "re", "ve", "ll", "d", "m"].contains(&word.as_str());
    let glued = text.get(..at)?.chars().next_back().is_some_and(char::is_alphanumeric);
    (known && glued).then_some(at + apostrophe.len_utf8() + word.len())
}

/// The tag that spelling and closed classes give `word`. Capitals at the start of a sentence are set right later.
fn tag(word: &str) -> Tag {
    let Some(first) = word.chars().next() else { return Tag::X };
    if !word.chars().any(char::is_alphanumeric) {
        return Tag::Punct;
    }
    if first.is_ascii_digit() {
        return Tag::Num;
    }
    if matches!(word, "'s" | "’s" | "'S" | "’S") {
        return Tag::Part;
    }
    // The month; the modal has a capital only where it opens a wish.
    if word == "May" {
        return Tag::Propn;
    }
    let lower = small(word);
    // Words in -ly are adverbs but for a few nouns and adjectives of news prose.
    let adverb = || (lower.len() > 4 && lower.ends_with("ly") && !NOT_ADVERBS.contains(&&*lower)).then_some(Tag::Adv);
    let open = if first.is_uppercase() { Tag::Propn } else { Tag::X };
    CLOSED.get(&*lower).copied().or_else(adverb).unwrap_or(open)
}

/// The word in small letters with plain apostrophes.
fn small(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        Cow::Borrowed(word)
    } else {
        Cow::Owned(word.to_lowercase().replace('’', "'"))
    }
}

const NOT_ADVERBS: [&str; 11] =
    ["family", "italy", "assembly", "supply", "reply", "ally", "deadly", "likely", "weekly", "daily", "monopoly"];

#[cfg(test)]
mod tests {
    use onrecord_lexicon::Lexicon;
    use onrecord_text::CleanSpan;

    use super::tokenize;

    fn words(text: &str) -> Vec<&str> {
        let mut tokens = Vec::new();
        tokenize(text, CleanSpan::new(0, u32::try_from(text.len()).unwrap()), Lexicon::embedded(), &mut tokens);
        tokens.iter().map(|token| token.span.cut(text)).collect()
    }

    #[test]
    fn splits_words_clitics_and_marks() {
        assert_eq!(words("Veld’s envoy said, “No.”"), ["Veld", "’s", "envoy", "said", ",", "“", "No", ".", "”"]);
        assert_eq!(words("al-Nour paid 3,500.5 and left."), ["al-Nour", "paid", "3,500.5", "and", "left", "."]);
        assert_eq!(words("Lt. Gen. O'Dell, U.S. envoy"), ["Lt.", "Gen.", "O'Dell", ",", "U.S.", "envoy"]);
    }
}
