//! Title, authors, date and site of a copied page: lines around the article's first paragraph.

use std::ops::Range;

use onrecord_lexicon::Lexicon;

use super::unit::Unit;
use super::window::Repeats;
use crate::article::{DateBasis, PageDate, PageNote};
use crate::html::ambiguous_date;
use crate::run::span;
use crate::{byline, date, line};

/// Units above the first paragraph among which the headline is looked for.
const REACH: usize = 40;

/// Units around the headline in which authors and date are looked for.
const NEAR: usize = 8;

/// What the lines above an article say of it. Ranges are bytes of the source.
#[derive(Debug, Default)]
pub(crate) struct Head {
    /// Unit of the headline.
    pub(crate) title: Option<usize>,
    pub(crate) authors: Vec<Range<usize>>,
    pub(crate) published: Option<PageDate>,
    pub(crate) site: Option<Range<usize>>,
}

/// Reads the lines above the unit `body`, where the article's text starts.
pub(crate) fn read(
    text: &str,
    units: &[Unit],
    body: usize,
    repeats: &Repeats,
    lexicon: &Lexicon,
    notes: &mut Vec<PageNote>,
) -> Head {
    let title = title(text, units, body, repeats, lexicon);
    let from = title.map_or(body.saturating_sub(NEAR), |title| title.saturating_sub(2));
    let near = from..body.min(from + 2 * NEAR + 2).max(from);
    let mut head = Head { title, site: site(text, units).or_else(|| known_site(text, units, lexicon)), ..Head::default() };
    // The lines below the headline are nearer to it in meaning than those above.
    let below = near.clone().filter(|at| title.is_none_or(|title| *at > title));
    let above = near.filter(|at| title.is_some_and(|title| *at < title));
    for at in below.chain(above) {
        let unit = &units[at];
        let words = unit.text(text);
        if words.len() > 300 {
            continue;
        }
        let found = date::find(words);
        if head.authors.is_empty() {
            head.authors = authors(words, found.as_ref().map(|found| found.range.start), lexicon)
                .into_iter()
                .map(|range| shifted(&range, unit.range.start))
                .collect();
        }
        if let (Some(found), None) = (found, &head.published) {
            let span = span(&shifted(&found.range, unit.range.start));
            match found.value {
                Some(value) => head.published = Some(PageDate { value, span, basis: DateBasis::VisibleLine }),
                None => notes.push(ambiguous_date(span)),
            }
        }
    }
    if head.authors.is_empty() {
        head.authors = beside_date(text, &units[from..body.max(from)], lexicon).into_iter().collect();
    }
    head
}

/// A line that is a name and nothing else, above or below a line that is hardly more than a date or names a journalist's job.
fn beside_date(text: &str, units: &[Unit], lexicon: &Lexicon) -> Option<Range<usize>> {
    let pairs = units.windows(2).take(2 * NEAR).flat_map(|pair| [(&pair[0], &pair[1]), (&pair[1], &pair[0])]);
    let is_dated = |unit: &Unit| {
        let words = unit.text(text);
        let dated = date::find(words).is_some_and(|found| unit.range.len() < found.range.len() + 24) || date::is_relative(words);
        dated
            || (unit.words <= 6
                && !unit.ends
                && words.split(|letter: char| !letter.is_alphabetic()).any(|word| JOBS.contains(&&*word.to_lowercase())))
    };
    let mut names =
        pairs.filter(|(name, dated)| !name.bullet && is_dated(dated) && byline::is_lone_name(name.text(text), lexicon));
    names.next().map(|(name, _)| name.range.clone())
}

fn shifted(range: &Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}

/// The headline: of the lines above the text, the one most like one.
fn title(text: &str, units: &[Unit], body: usize, repeats: &Repeats, lexicon: &Lexicon) -> Option<usize> {
    let mut best: Option<(usize, i32)> = None;
    for at in body.saturating_sub(REACH)..body {
        let Some(score) = headline_score(text, units, at, body, repeats, lexicon) else { continue };
        if best.is_none_or(|(_, other)| score > other) {
            best = Some((at, score));
        }
    }
    best.map(|(at, _)| at)
}

fn headline_score(text: &str, units: &[Unit], at: usize, body: usize, repeats: &Repeats, lexicon: &Lexicon) -> Option<i32> {
    let unit = &units[at];
    let words = unit.text(text);
    let is_trail = words.contains(" » ") || words.contains(" › ") || words.contains(" > ");
    let is_other = unit.chrome.is_some()
        || is_trail
        || line::is_caption(words)
        || words.contains("://")
        || date::find(words).is_some()
        || date::is_relative(words);
    if is_other
        || unit.words < 2
        || unit.words > 45
        || byline::lead(words, 0, lexicon).is_some()
        || words.ends_with([':', ',', ';'])
    {
        return None;
    }
    let repeated = unit.key.is_some_and(|key| repeats.count(key) > 1);
    let followed = units[at + 1..body.min(at + 4).max(at + 1)].iter().any(|next| is_dateline(next.text(text), lexicon));
    let length = if unit.words >= 4 { 20 } else { 0 };
    let distance = i32::try_from(body - at).unwrap_or(i32::MAX / 2);
    let marks = [
        (repeated, 15),
        (followed, 20),
        (unit.bullet, -25),
        (words.ends_with('.'), -12),
        (unit.prose, -8),
        (words.contains(" | "), -8),
    ];
    Some(length - distance + marks.iter().filter(|(holds, _)| *holds).map(|(_, score)| score).sum::<i32>())
}

/// Most units of a box ("Recommended stories") between an article's first paragraphs and the rest, and between byline and text.
const BOX: usize = 16;

/// The unit where the article starts whose richest part starts at `start`: the paragraphs above a box belong to it when author or
/// date stand over them and not over what comes below.
pub(crate) fn first_paragraph(text: &str, units: &[Unit], start: usize, lexicon: &Lexicon) -> usize {
    let is_dated = |at: &usize| units.get(*at).is_some_and(|unit| !unit.prose && is_dateline(unit.text(text), lexicon));
    let Some(last) = (start.saturating_sub(BOX)..start).rev().find(|at| units[*at].prose) else { return start };
    let mut first = last;
    while let Some(above) = (first.saturating_sub(3)..first).rev().find(|at| units[*at].prose) {
        first = above;
    }
    let dated_above = (first.saturating_sub(BOX)..first).any(|at| is_dated(&at));
    let dated_below = (last + 1..start).any(|at| is_dated(&at));
    if dated_above && !dated_below { first } else { start }
}

/// Whether a line gives authors or a date.
fn is_dateline(words: &str, lexicon: &Lexicon) -> bool {
    words.len() <= 300 && (date::find(words).is_some() || date::is_relative(words) || !authors(words, None, lexicon).is_empty())
}

/// Words between a name and a date.
const PUBLISHED: [&str; 8] =
    ["Published on", "Published", "published", "Updated on", "Updated", "Posted on", "Posted", "Last updated"];

/// Words that say that the line above holds a journalist's name.
const JOBS: [&str; 8] = ["correspondent", "reporter", "editor", "writer", "columnist", "journalist", "producer", "analyst"];

/// Names of authors in a line: behind "By" at its start, or where copying has glued it to what stood before
/// ("Mara LindBy Mara LindNovember 14, 2025").
fn authors(words: &str, date_at: Option<usize>, lexicon: &Lexicon) -> Vec<Range<usize>> {
    let end = date_at.unwrap_or(words.len());
    let line = words.get(..end).unwrap_or("");
    let line = line.trim_end_matches(|letter: char| {
        letter.is_whitespace() || matches!(letter, ',' | '|' | '-' | '–' | '—' | '·' | '•' | '(')
    });
    let names = byline::after_lead(line, lexicon);
    if !names.is_empty() {
        return names;
    }
    // "Mara Lind Published November 14, 2025"
    let dated = date_at.and_then(|_| PUBLISHED.iter().find_map(|word| line.strip_suffix(word))).map(str::trim_end);
    if let Some(name) = dated.filter(|name| byline::is_lone_name(name, lexicon)) {
        return byline::names(name, lexicon);
    }
    let glued = line.match_indices("By ").find(|(at, _)| {
        line[..*at].chars().next_back().is_some_and(|before| before.is_lowercase() || matches!(before, '.' | ')' | ' '))
    });
    glued.map_or_else(Vec::new, |(at, _)| {
        byline::after_lead(&line[at..], lexicon).into_iter().map(|range| shifted(&range, at)).collect()
    })
}

/// The site's name, from the line of copyright; where it also stands on a line near the top, it is that one.
fn site(text: &str, units: &[Unit]) -> Option<Range<usize>> {
    let owners = units.iter().rev().filter(|unit| unit.words <= 40 && line::is_copyright(unit.text(text)));
    let owner = owners.take(4).find_map(|unit| Some(shifted(&owner(unit.text(text))?, unit.range.start)))?;
    let name = text.get(owner.clone())?;
    let at_top = units.iter().take(60).find_map(|unit| {
        let words = unit.text(text);
        let mut at = 0;
        words.split(" | ").find_map(|part| {
            let start = at + (part.len() - part.trim_start().len());
            at += part.len() + " | ".len();
            part.trim().eq_ignore_ascii_case(name).then(|| unit.range.start + start..unit.range.start + start + part.trim().len())
        })
    });
    Some(at_top.unwrap_or(owner))
}

/// A line near the top or the end that is the name of an outlet and nothing else.
fn known_site(text: &str, units: &[Unit], lexicon: &Lexicon) -> Option<Range<usize>> {
    let known = |unit: &&Unit| unit.words <= 6 && lexicon.outlet_named(unit.text(text)).is_some();
    let top = units.iter().take(15).find(known);
    top.or_else(|| units.iter().rev().take(10).find(known)).map(|unit| unit.range.clone())
}

/// Words of the reservation of rights, behind which no name comes.
const RIGHTS: [&str; 5] = ["all rights", "designed by", "powered by", "developed by", "registered"];

/// The owner in "© 2026 The Varda Post. All rights reserved."
fn owner(line: &str) -> Option<Range<usize>> {
    let sign = line.find('©').map(|at| at + '©'.len_utf8());
    let word = || line.to_ascii_lowercase().find("copyright").map(|at| at + "copyright".len());
    let mut start = sign.or_else(word)?;
    let is_before = |letter: char| !letter.is_alphabetic();
    start += line[start..].len() - line[start..].trim_start_matches(is_before).len();
    if line.get(start..start + 9).is_some_and(|next| next.eq_ignore_ascii_case("copyright")) {
        start += 9;
        start += line[start..].len() - line[start..].trim_start_matches(is_before).len();
    }
    let rest = line.get(start..)?;
    let lower = rest.to_ascii_lowercase();
    let rights = RIGHTS.iter().filter_map(|words| lower.find(words)).min().unwrap_or(rest.len());
    let len = rest.find(['|', '©', ',', '(', '–', '—']).into_iter().chain(rest.find(". ")).chain([rights]).min()?;
    let name = rest[..len]
        .trim_end_matches(|letter: char| letter.is_whitespace() || letter.is_ascii_digit() || matches!(letter, '.' | '-' | '–'));
    let count = name.split_whitespace().count();
    ((1..=6).contains(&count) && name.chars().next().is_some_and(|first| !first.is_lowercase()))
        .then(|| start..start + name.len())
}

#[cfg(test)]
mod tests {
    use super::{authors, owner};
    use onrecord_lexicon::Lexicon;

    #[test]
    fn reads_the_owner() {
        let of = |line: &'static str| owner(line).map(|at| &line[at]);
        assert_eq!(of("© 2026 The Varda Post. All rights reserved."), Some("The Varda Post"));
        assert_eq!(of("Copyright © 2019-2026 Selmora Times | Terms"), Some("Selmora Times"));
        assert_eq!(of("© 2026. all rights reserved"), None);
    }

    #[test]
    fn reads_glued_bylines() {
        let line = "Mara LindBy Mara LindNovember 14, 2025No Comments3 Mins Read";
        let names = authors(line, line.find("November"), Lexicon::embedded());
        assert_eq!(names.into_iter().map(|at| &line[at]).collect::<Vec<_>>(), ["Mara Lind"]);
    }
}
