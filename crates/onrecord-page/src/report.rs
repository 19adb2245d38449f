//! Printed reports as text, their pages parted by form feeds: running heads, page numbers, footnotes and paragraph numbers are no part
//! of what they say.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::article::BlockKind;
use crate::draft::{Draft, DraftBlock};
use crate::line;
use crate::run::{References, RunBuilder, span};

/// What parts the pages.
pub(crate) const PAGE_BREAK: char = '\u{c}';

/// Lines at the top and at the bottom of a page among which running heads and page numbers stand.
const EDGE: usize = 3;

/// A line that is not blank.
#[derive(Debug, Clone)]
struct Line {
    /// Without the white space around it.
    range: Range<usize>,
    after_blank: bool,
}

impl Line {
    fn text<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.range.clone()).unwrap_or("")
    }
}

/// A page without what is not its text.
struct Page {
    lines: Vec<Line>,
    /// Numbers of its footnotes as the text refers to them.
    notes: Vec<String>,
}

/// Reads a report as one article.
pub(crate) fn read(text: &str) -> Draft {
    let mut pages = lines_of_pages(text);
    drop_running_heads(text, &mut pages);
    let pages: Vec<Page> = pages.into_iter().map(|lines| without_footnotes(text, lines)).collect();
    let whole_words: HashSet<&str> = text.split(|c: char| !c.is_alphanumeric() && c != '-').collect();
    let paragraphs = paragraphs(text, &pages);
    let mut blocks: Vec<DraftBlock> =
        paragraphs.iter().map(|paragraph| paragraph.block(text, &whole_words)).filter(|block| !block.runs.is_empty()).collect();
    let title = blocks.first().filter(|block| block.kind == BlockKind::Heading).and_then(|block| crate::run::cover(&block.runs));
    if title.is_some() {
        blocks.remove(0);
    }
    Draft { title: title.as_ref().map(span), blocks, ..Draft::default() }
}

fn lines_of_pages(text: &str) -> Vec<Vec<Line>> {
    let mut at = 0;
    let mut pages = Vec::new();
    for page in text.split(PAGE_BREAK) {
        let (mut lines, mut start, mut after_blank) = (Vec::new(), at, true);
        for line in page.split('\n') {
            let shown = line.trim();
            let from = start + (line.len() - line.trim_start().len());
            if shown.is_empty() {
                after_blank = true;
            } else {
                lines.push(Line { range: from..from + shown.len(), after_blank });
                after_blank = false;
            }
            start += line.len() + 1;
        }
        at += page.len() + PAGE_BREAK.len_utf8();
        pages.push(lines);
    }
    pages
}

/// Drops lines at the edges of pages that come again on others but for their numbers, and page numbers.
fn drop_running_heads(text: &str, pages: &mut [Vec<Line>]) {
    let at_edge = |count: usize| (0..count).filter(move |at| *at < EDGE || at + EDGE >= count);
    let mut counts: HashMap<String, usize> = HashMap::new();
    for lines in pages.iter() {
        let keys: HashSet<String> = at_edge(lines.len()).map(|at| head_key(lines[at].text(text))).collect();
        keys.into_iter().for_each(|key| *counts.entry(key).or_default() += 1);
    }
    let with_text = pages.iter().filter(|lines| !lines.is_empty()).count();
    // Left and right pages may have heads of their own, chapters too.
    let is_head = |line: &str| counts.get(&head_key(line)).is_some_and(|count| *count > 1 && count * 4 >= with_text);
    for lines in pages {
        let count = lines.len();
        let mut at = 0;
        lines.retain(|line| {
            let edge = at < EDGE || at + EDGE >= count;
            at += 1;
            !edge || !is_head(line.text(text)) && !is_page_number(line.text(text))
        });
    }
}

/// The line in small letters, all its numbers alike.
fn head_key(line: &str) -> String {
    let mut key = String::new();
    for c in line.chars() {
        match c {
            _ if c.is_ascii_digit() && key.ends_with('#') => {}
            _ if c.is_ascii_digit() => key.push('#'),
            _ => key.extend(c.to_lowercase()),
        }
    }
    key
}

/// "12", "- 4 -", "Page 3 of 12", "3/12".
fn is_page_number(line: &str) -> bool {
    let is_part = |word: &str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        bare.is_empty()
            || bare.chars().all(|c| c.is_ascii_digit() || c == '/')
            || matches!(&*bare.to_lowercase(), "page" | "of" | "p")
    };
    line.chars().any(|c| c.is_ascii_digit()) && line.split_whitespace().count() <= 4 && line.split_whitespace().all(is_part)
}

/// Parts the footnotes from a page: lines from the first on that opens with a number which the text above refers to.
fn without_footnotes(text: &str, mut lines: Vec<Line>) -> Page {
    let mut notes: Vec<String> = Vec::new();
    let mut from = lines.len();
    for at in (1..lines.len()).rev() {
        let Some(number) = note_number(lines[at].text(text)) else { continue };
        let follows =
            notes.last().is_none_or(|next: &String| next.parse::<u32>().ok() == number.parse::<u32>().ok().map(|n| n + 1));
        let referred = lines[..at].iter().any(|line| reference(line.text(text), number).is_some());
        if !follows || !referred {
            break;
        }
        notes.push(number.to_owned());
        from = at;
    }
    lines.truncate(from);
    Page { lines, notes }
}

/// "12 Interview with …", "3/ See …": the number a footnote opens with. A paragraph's number has a full stop.
fn note_number(line: &str) -> Option<&str> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = line.get(digits..)?;
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    let opens = rest.trim_start().starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"' | '(' | '‘'));
    ((1..=3).contains(&digits) && opens && (rest.starts_with(' ') || rest.len() < line.len() - digits)).then(|| &line[..digits])
}

/// Where a line refers to the footnote: the number right behind a word or its full stop ("camps.12").
fn reference(line: &str, number: &str) -> Option<Range<usize>> {
    let mut matches = line.match_indices(number);
    let found = matches.find(|(at, _)| {
        let before = line[..*at].chars().next_back();
        let behind = line[at + number.len()..].chars().next();
        before.is_some_and(|c| c.is_lowercase() || matches!(c, '.' | ',' | ';' | ':' | '”' | '"' | ')' | '’'))
            && !is_decimal(&line[..*at])
            && behind.is_none_or(|c| c.is_whitespace() || matches!(c, '.' | ',' | ';' | ')'))
    });
    found.map(|(at, _)| at..at + number.len())
}

/// Whether a number goes on here: "3." before "5".
fn is_decimal(before: &str) -> bool {
    let mut back = before.chars().rev();
    matches!(back.next(), Some('.' | ',' | ':')) && back.next().is_some_and(|c| c.is_ascii_digit())
}

/// Lines that belong together, with the footnotes of their pages.
struct Paragraph<'p> {
    lines: Vec<(&'p Line, &'p [String])>,
    /// Bytes of its first line that are its number ("12. ").
    number: usize,
}

fn paragraphs<'p>(text: &str, pages: &'p [Page]) -> Vec<Paragraph<'p>> {
    let all = || pages.iter().flat_map(|page| &page.lines);
    // Some files have a blank line behind every line: then sentences go on behind blanks, and these tell nothing.
    let behind_blank = || pages.iter().flat_map(|page| page.lines.iter().skip(1)).filter(|line| line.after_blank);
    let going_on = behind_blank().filter(|line| line.text(text).starts_with(char::is_lowercase)).count();
    let blanks_tell = going_on * 5 < behind_blank().count().max(1);
    let widths = all().map(|line| line.text(text).chars().count());
    let width = widths.max().unwrap_or(0);
    let mut paragraphs: Vec<Paragraph<'_>> = Vec::new();
    for page in pages {
        for (at, line) in page.lines.iter().enumerate() {
            let words = line.text(text);
            let number = paragraph_number(words);
            let goes_on = paragraphs.last().and_then(|paragraph| paragraph.lines.last()).is_some_and(|(last, _)| {
                let last_words = last.text(text);
                let unfinished = !line::ends_sentence(last_words);
                let is_small = words.starts_with(char::is_lowercase);
                let full = last_words.chars().count() * 4 >= width * 3;
                let parted = at > 0 && blanks_tell && line.after_blank;
                number == 0
                    && !starts_item(words)
                    && !parted
                    && (at > 0 && full || unfinished && (is_small || full && !is_heading(last_words)))
            });
            match paragraphs.last_mut().filter(|_| goes_on) {
                Some(paragraph) => paragraph.lines.push((line, &page.notes)),
                None => paragraphs.push(Paragraph { lines: vec![(line, &page.notes)], number }),
            }
        }
    }
    paragraphs
}

/// Length of "12. " or "12.3 " at the start of a paragraph; 0 if there is none.
fn paragraph_number(line: &str) -> usize {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let Some(rest) = line.get(digits..).and_then(|rest| rest.strip_prefix('.')).filter(|_| (1..=3).contains(&digits)) else {
        return 0;
    };
    let more = rest.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
    let behind = &rest[more..];
    let blank = behind.len() - behind.trim_start().len();
    if blank > 0 && behind.trim_start().starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"' | '(')) {
        digits + 1 + more + blank
    } else {
        0
    }
}

/// "(a) …", "• …".
fn starts_item(line: &str) -> bool {
    line.starts_with(['•', '–', '▪', '●'])
        || line.starts_with('(')
            && line.get(2..).is_some_and(|rest| rest.starts_with(')') || rest.get(1..).is_some_and(|rest| rest.starts_with(')')))
}

/// A short line that is no sentence.
fn is_heading(line: &str) -> bool {
    is_heading_line(line) && line.chars().any(char::is_uppercase)
}

/// A line that may be a heading, or the second half of one.
fn is_heading_line(line: &str) -> bool {
    let words = line.split_whitespace().count();
    (1..=14).contains(&words) && !line::ends_sentence(line) && !line.ends_with([',', ';', ':'])
}

impl Paragraph<'_> {
    fn block(&self, text: &str, whole_words: &HashSet<&str>) -> DraftBlock {
        let mut builder = RunBuilder::new(text);
        let mut previous: Option<usize> = None;
        for (n, (line, notes)) in self.lines.iter().enumerate() {
            let words = line.text(text);
            let start = line.range.start + if n == 0 { self.number } else { 0 };
            if let Some(end) = previous {
                builder.space(end..line.range.start);
            }
            let next = self.lines.get(n + 1).map(|(next, _)| next.text(text));
            let broken = next.filter(|next| is_broken(words, next, whole_words));
            let end = line.range.end - usize::from(broken.is_some());
            push_without(&mut builder, text, start..end, notes);
            previous = broken.is_none().then_some(line.range.end);
        }
        // A heading may run over two lines; each of them, and the last above all, ends without a full stop.
        let only = self.lines.len() <= 2
            && self.lines.first().is_some_and(|(line, _)| is_heading(line.text(text)))
            && self.lines.iter().all(|(line, _)| is_heading_line(line.text(text)));
        let item = self.lines.first().is_some_and(|(line, _)| starts_item(line.text(text)));
        let kind = match (only, item) {
            (true, false) => BlockKind::Heading,
            (_, true) => BlockKind::ListItem,
            _ => BlockKind::Paragraph,
        };
        DraftBlock { kind, runs: builder.take() }
    }
}

/// Whether a word is parted over the line's end by a hyphen that is not its own.
fn is_broken(line: &str, next: &str, whole_words: &HashSet<&str>) -> bool {
    let Some(head) = line.strip_suffix('-') else { return false };
    let head = head.rsplit(|c: char| !c.is_alphanumeric() && c != '-').next().unwrap_or("");
    let tail = next.split(|c: char| !c.is_alphanumeric() && c != '-').next().unwrap_or("");
    let own_hyphen = whole_words.contains(format!("{head}-{tail}").as_str());
    !head.is_empty() && tail.starts_with(char::is_lowercase) && !own_hyphen
}

/// Adds a line without its references to footnotes.
fn push_without(builder: &mut RunBuilder<'_>, text: &str, range: Range<usize>, notes: &[String]) {
    let words = text.get(range.clone()).unwrap_or("");
    let mut marks: Vec<Range<usize>> = notes.iter().filter_map(|number| reference(words, number)).collect();
    marks.sort_by_key(|mark| mark.start);
    let mut from = range.start;
    for mark in marks {
        let (start, end) = (range.start + mark.start, range.start + mark.end);
        if start >= from {
            builder.push(from..start, References::Keep);
            from = end;
        }
    }
    builder.push(from..range.end, References::Keep);
}

#[cfg(test)]
mod tests {
    use super::{BlockKind, read};
    use crate::run::words;

    fn blocks(text: &str) -> Vec<String> {
        read(text).blocks.iter().map(|block| words(text, &block.runs)).collect()
    }

    #[test]
    fn what_is_printed_around_the_text_is_left_out() {
        let text = "Panel on the Sull Crossing\nFindings of the second visit\n\n\
            1. The Panel visited the crossing in March and heard eleven officers of both com-\n\
            mands about the closure. It saw no weapons.1\n\n\
            2. The ferry had not sailed since the spring, when a boat was turned back by the\n\n\
            1 Interview with a port officer, 3 March.\n\nPage 1 of 2\n\u{c}\
            Panel on the Sull Crossing\n\ncoast guard of Varda.\n\n3. No date was set.\n\nPage 2 of 2\n\u{c}";
        assert_eq!(
            blocks(text),
            [
                "The Panel visited the crossing in March and heard eleven officers of both commands about the closure. It saw no weapons.",
                "The ferry had not sailed since the spring, when a boat was turned back by the coast guard of Varda.",
                "No date was set.",
            ]
        );
    }

    #[test]
    fn a_sentence_of_two_lines_is_no_heading() {
        let text = "1. The mission saw four boats in the strait on 3 March and\ncounted them again from the northern shore.\n\n\
            Findings of the second visit\nto the northern shore\n\n2. No date was set.\n\u{c}";
        let kinds: Vec<BlockKind> = read(text).blocks.iter().map(|block| block.kind).collect();
        assert_eq!(kinds, [BlockKind::Paragraph, BlockKind::Heading, BlockKind::Paragraph]);
    }

    #[test]
    fn numbers_of_the_text_stay() {
        let text =
            "The committee counted 12 boats and 3.5 tonnes of grain on the quay that day.\n\n40 Officers were there.\n\u{c}";
        assert_eq!(
            blocks(text),
            ["The committee counted 12 boats and 3.5 tonnes of grain on the quay that day.", "40 Officers were there."]
        );
    }
}
