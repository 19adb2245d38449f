//! Marks around words of a block, nested so that the HTML is valid whatever overlaps.

use onrecord_text::CleanSpan;

use crate::view::{Mark, MarkKind};
use crate::words::Stretch;

/// A mark, or a part of one, inside a block.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part<'a> {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) mark: &'a Mark,
    /// The first part carries the id.
    pub(super) first: bool,
    /// The last part carries the links back.
    pub(super) last: bool,
}

/// What to write, in order.
#[derive(Debug)]
pub(super) enum Piece<'a> {
    Open(Part<'a>),
    Close(Part<'a>),
    Text(&'a str),
    /// A bent word and where its ordinary spelling stands in the clean text.
    Bent(&'a str, std::ops::Range<usize>),
}

/// The stretches of a block with the marks that touch it.
///
/// A mark that crosses the end of another is parted there; of equal marks the first one is the outer one.
pub(super) fn pieces<'a>(block: CleanSpan, stretches: &[Stretch<'a>], marks: &[&'a Mark]) -> Vec<Piece<'a>> {
    let mut waiting: Vec<Part<'a>> = marks.iter().filter_map(|mark| clipped(mark, block, stretches)).collect();
    // Nearest start last, so that it can be popped; of the same start the longest first.
    let order = |part: &Part<'_>| (std::cmp::Reverse(part.start), part.end);
    waiting.reverse();
    waiting.sort_by_key(order);
    let mut out = Vec::new();
    let mut inside: Vec<Part<'a>> = Vec::new();
    let mut at = block.start() as usize;
    while let Some(mut next) = waiting.pop() {
        close_until(next.start, &mut inside, stretches, &mut at, &mut out);
        if let Some(around) = inside.last().filter(|around| around.end < next.end) {
            let rest = Part { start: around.end, first: false, ..next };
            next = Part { end: around.end, last: false, ..next };
            let place = waiting.partition_point(|part| order(part) < order(&rest));
            waiting.insert(place, rest);
        }
        text(at..next.start, stretches, &mut out);
        at = next.start;
        out.push(Piece::Open(next));
        inside.push(next);
    }
    close_until(usize::MAX, &mut inside, stretches, &mut at, &mut out);
    text(at..block.end() as usize, stretches, &mut out);
    out
}

fn close_until<'a>(
    start: usize,
    inside: &mut Vec<Part<'a>>,
    stretches: &[Stretch<'a>],
    at: &mut usize,
    out: &mut Vec<Piece<'a>>,
) {
    while let Some(part) = inside.pop_if(|part| part.end <= start) {
        text(*at..part.end, stretches, out);
        *at = (*at).max(part.end);
        out.push(Piece::Close(part));
    }
}

/// The part of a mark that lies in a block, grown so that it cuts no bent word.
fn clipped<'a>(mark: &'a Mark, block: CleanSpan, stretches: &[Stretch<'_>]) -> Option<Part<'a>> {
    let span = mark.words.span;
    if !span.overlaps(block) {
        return None;
    }
    let bent =
        |at: usize| stretches.iter().find(move |stretch| stretch.bent && stretch.range.start < at && at < stretch.range.end);
    let start = span.start().max(block.start()) as usize;
    let end = span.end().min(block.end()) as usize;
    Some(Part {
        start: bent(start).map_or(start, |stretch| stretch.range.start),
        end: bent(end).map_or(end, |stretch| stretch.range.end),
        mark,
        first: span.start() >= block.start(),
        last: span.end() <= block.end(),
    })
}

fn text<'a>(range: std::ops::Range<usize>, stretches: &[Stretch<'a>], out: &mut Vec<Piece<'a>>) {
    for stretch in stretches {
        let (start, end) = (range.start.max(stretch.range.start), range.end.min(stretch.range.end));
        if start >= end {
            continue;
        }
        if stretch.bent {
            out.push(Piece::Bent(stretch.shown, stretch.range.clone()));
        } else {
            let words = stretch.shown.get(start - stretch.range.start..end - stretch.range.start).unwrap_or("");
            out.push(Piece::Text(words));
        }
    }
}

/// The class of a mark.
pub(super) const fn class(kind: MarkKind) -> &'static str {
    match kind {
        MarkKind::Commitment => "commitment",
        MarkKind::Test => "test",
        MarkKind::Said => "said",
        MarkKind::Author => "author",
        MarkKind::Figure => "figure",
        MarkKind::Name => "name",
        MarkKind::State => "state",
        MarkKind::Shared => "shared",
        MarkKind::Open => "open",
    }
}

#[cfg(test)]
mod tests {
    use onrecord_record::Words;
    use onrecord_text::CleanSpan;

    use super::{Piece, pieces};
    use crate::view::{Mark, MarkKind};
    use crate::words::Stretch;

    fn mark(anchor: &str, start: u32, end: u32) -> Mark {
        let words = Words { entry: 0, article: 0, span: CleanSpan::new(start, end) };
        Mark { anchor: anchor.to_owned(), kind: MarkKind::Said, words, items: Vec::new() }
    }

    /// `(a …)` for a mark, `(a- …)` for a part that is not the first.
    fn drawn(text: &str, marks: &[Mark]) -> String {
        let marks: Vec<&Mark> = marks.iter().collect();
        let stretches = [Stretch { range: 0..text.len(), shown: text, bent: false }];
        let block = CleanSpan::new(0, u32::try_from(text.len()).unwrap());
        let draw = |piece: Piece<'_>| match piece {
            Piece::Open(part) => format!("({}{} ", part.mark.anchor, if part.first { "" } else { "-" }),
            Piece::Close(_) => ")".to_owned(),
            Piece::Text(words) | Piece::Bent(words, _) => words.to_owned(),
        };
        pieces(block, &stretches, &marks).into_iter().map(draw).collect()
    }

    #[test]
    fn marks_nest() {
        assert_eq!(drawn("abcdef", &[mark("x", 0, 6), mark("y", 2, 4)]), "(x ab(y cd)ef)");
        assert_eq!(drawn("abcdef", &[mark("x", 1, 3), mark("y", 3, 5)]), "a(x bc)(y de)f");
    }

    #[test]
    fn crossing_marks_are_parted() {
        assert_eq!(drawn("abcdef", &[mark("x", 0, 4), mark("y", 2, 6)]), "(x ab(y cd))(y- ef)");
        assert_eq!(drawn("abcdefgh", &[mark("x", 0, 6), mark("y", 1, 4), mark("z", 2, 8)]), "(x a(y b(z cd))(z- ef))(z- gh)");
    }

    #[test]
    fn equal_marks_keep_their_order() {
        assert_eq!(drawn("abc", &[mark("x", 0, 3), mark("y", 0, 3)]), "(x (y abc))");
    }
}
