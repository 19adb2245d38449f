//! Copied text as units: lines, or the paragraphs that wrapped lines make up.

use std::ops::Range;

use onrecord_lexicon::Lexicon;

use crate::line::{self, Chrome};
use crate::run::is_invisible;

/// Fewest words of a line that is prose by its length alone.
const LONG_WORDS: usize = 22;

/// Fewest words of a sentence that is prose.
const SENTENCE_WORDS: usize = 9;

/// A line, or several lines that make up one paragraph.
#[derive(Debug, Clone)]
pub(crate) struct Unit {
    /// The text without white space and bullet at its ends, in bytes of the source.
    pub(crate) range: Range<usize>,
    /// Lines it is made of, counted from 0.
    pub(crate) lines: Range<usize>,
    /// Starts with a bullet.
    pub(crate) bullet: bool,
    pub(crate) chrome: Option<Chrome>,
    pub(crate) words: usize,
    /// Ends as a sentence does.
    pub(crate) ends: bool,
    /// Running text.
    pub(crate) prose: bool,
    /// Hash of its folded words, for short units.
    pub(crate) key: Option<u64>,
}

/// Most words of a unit that is looked for again on the page.
const REPEAT_WORDS: usize = 80;

/// Lines that are read; a text with more of them is no page.
const LINE_COUNT_LIMIT: usize = 1_500_000;

/// The units of `text`: its lines, or its paragraphs where these are wrapped over several lines.
/// The second value is the byte where reading stopped, when that is not the end.
pub(crate) fn units(text: &str, lexicon: &Lexicon) -> (Vec<Unit>, Option<usize>) {
    let (lines, stopped) = lines(text);
    let width = wrap_width(text, &lines);
    let mut units: Vec<Unit> = Vec::with_capacity(lines.len());
    for line in lines {
        if let (Some(width), Some(last)) = (width, units.last_mut())
            && continues(text, last, &line, width)
        {
            last.range.end = line.range.end;
            last.lines.end = line.number + 1;
            continue;
        }
        let lines = line.number..line.number + 1;
        units.push(Unit {
            range: line.range,
            lines,
            bullet: line.bullet,
            chrome: None,
            words: 0,
            ends: false,
            prose: false,
            key: None,
        });
    }
    units.iter_mut().for_each(|unit| unit.judge(text, lexicon));
    (units, stopped)
}

impl Unit {
    fn judge(&mut self, text: &str, lexicon: &Lexicon) {
        let words = text.get(self.range.clone()).unwrap_or("");
        self.chrome = line::chrome(words, lexicon);
        self.words = line::word_count(words);
        self.ends = line::ends_sentence(words);
        let unspaced = if words.is_ascii() { 0 } else { words.chars().take(400).filter(|letter| is_unspaced(*letter)).count() };
        // Chinese, Japanese and Thai write no spaces: two letters are about a word.
        self.words = self.words.max(unspaced / 2);
        self.key = (self.words <= REPEAT_WORDS).then(|| line::key_hash(words));
        let long = self.words >= LONG_WORDS;
        let sentence = self.words >= SENTENCE_WORDS && self.ends && !words.ends_with(':');
        self.prose = self.chrome.is_none() && (long || sentence);
    }

    pub(crate) fn text<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.range.clone()).unwrap_or("")
    }
}

/// Letters of scripts that put no spaces between words.
const fn is_unspaced(letter: char) -> bool {
    matches!(letter, '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}')
}

struct Line {
    range: Range<usize>,
    number: usize,
    bullet: bool,
    after_blank: bool,
}

/// The lines that are not blank, and where reading stopped.
fn lines(text: &str) -> (Vec<Line>, Option<usize>) {
    let mut lines = Vec::new();
    let (mut start, mut after_blank) = (0, true);
    for (number, line) in text.split('\n').enumerate() {
        let (range, bullet) = without_bullet(text, start..start + line.len());
        start += line.len() + 1;
        if range.is_empty() {
            after_blank = true;
        } else {
            if lines.len() == LINE_COUNT_LIMIT {
                return (lines, Some(range.start));
            }
            lines.push(Line { range, number, bullet, after_blank });
            after_blank = false;
        }
    }
    (lines, None)
}

/// The line without the white space around it and without its bullet, and whether it has one.
fn without_bullet(text: &str, range: Range<usize>) -> (Range<usize>, bool) {
    let is_blank = |letter: char| letter.is_whitespace() || is_invisible(letter);
    let line = text.get(range.clone()).unwrap_or("").trim_end_matches(is_blank);
    let end = range.start + line.len();
    let shown = line.trim_start_matches(is_blank);
    let rest = shown.trim_start_matches(['•', '▪', '◦', '‣', '●', '○', '■', '·', '*', '→', '»', '➤', '✓', '○']);
    let parted = rest.len() < shown.len() && (rest.is_empty() || rest.starts_with(is_blank) || shown.starts_with('•'));
    if parted {
        let rest = rest.trim_start_matches(is_blank);
        return (end - rest.len()..end, true);
    }
    let dashed = shown.strip_prefix("- ").or_else(|| shown.strip_prefix("+ "));
    match dashed {
        Some(rest) => (end - rest.trim_start_matches(is_blank).len()..end, true),
        None => (end - shown.len()..end, false),
    }
}

/// Narrowest and widest lines that count as wrapped by hand or by a mail program.
const WRAP: Range<usize> = 45..130;

/// Share of lines that must go on in lower case on the next line for a text to count as wrapped, in percent.
const WRAP_PERCENT: usize = 25;

/// The width at which the paragraphs of `text` are wrapped, if they are.
fn wrap_width(text: &str, lines: &[Line]) -> Option<usize> {
    let (mut pairs, mut going_on, mut widest) = (0usize, 0usize, 0usize);
    for pair in lines.windows(2) {
        let [line, next] = pair else { continue };
        let words = text.get(line.range.clone()).unwrap_or("");
        let width = words.chars().take(WRAP.end + 1).count();
        if width > WRAP.end {
            return None;
        }
        if next.after_blank || next.bullet {
            continue;
        }
        pairs += 1;
        let lower = text.get(next.range.clone()).and_then(|next| next.chars().next()).is_some_and(char::is_lowercase);
        if WRAP.contains(&width) && lower && !line::ends_sentence(words) {
            going_on += 1;
            widest = widest.max(width);
        }
    }
    (pairs >= 2 && going_on * 100 >= pairs * WRAP_PERCENT).then_some(widest)
}

/// Whether `line` goes on where `unit` stopped: no blank line between, and the last line of `unit` was full.
fn continues(text: &str, unit: &Unit, line: &Line, width: usize) -> bool {
    if line.after_blank || line.bullet {
        return false;
    }
    let last = text.get(unit.range.clone()).unwrap_or("");
    let last = last.rsplit('\n').next().unwrap_or(last).trim();
    let next_word =
        text.get(line.range.clone()).and_then(|next| next.split_whitespace().next()).map_or(0, |word| word.chars().count());
    // Full: the first word of the next line would not have fitted.
    last.chars().count() + next_word + 1 >= width.saturating_sub(4)
}

#[cfg(test)]
mod tests {
    use super::units;
    use onrecord_lexicon::Lexicon;

    fn shown(text: &str) -> Vec<&str> {
        units(text, Lexicon::embedded()).0.into_iter().map(|unit| &text[unit.range]).collect()
    }

    #[test]
    fn one_line_is_one_unit() {
        assert_eq!(shown("A line.\r\n\r\n  • An item\n- Another\n *\n"), ["A line.", "An item", "Another"]);
    }

    #[test]
    fn wrapped_lines_make_one_paragraph() {
        let text = "The two delegations met in Selmora on Monday and\nagreed that the ferry would run again before the\nend of the month, an official said.\nThe port had been closed since the spring, when a\nboat was turned back by the coast guard of Varda.\n\nNo date was set.";
        assert_eq!(shown(text).len(), 3);
    }
}
