//! Pages that list several pieces: digests, newsletters, live reports, front pages, and an aggregator's summaries below an article.
//!
//! A piece has a headline and text of its own, and stands beside others that are made like it. The parts of one article look the same
//! but for what a piece has and a part has not: a day of its own, a label, an element `article`, a headline that leads somewhere. An
//! article about ten things for sale has links in its headings too, so the last two count only where the page does not say that it is
//! an article.

use std::collections::BTreeMap;
use std::ops::Range;

use onrecord_lexicon::Lexicon;
use onrecord_text::SourceSpan;

use super::body::{Line, is_within};
use super::dom::{Dom, Node};
use super::element::Tag;
use super::head::Head;
use super::token::Attributes;
use crate::article::{DateBasis, Genre, GenreBasis, Label, PageDate, Sign};
use crate::copied::{label, rates};
use crate::date;
use crate::draft::{Draft, DraftBlock};
use crate::run::{View, cover, span};

/// Pieces that make a page a list of them.
const LISTING: usize = 3;

/// Share of the page's prose, in percent, that stands in the pieces of a list.
const LISTED_PERCENT: usize = 60;

/// Lowest level of headings that are headlines.
const LEVELS: u8 = 4;

/// Most words of a headline, and of a line beside it.
const HEADLINE_WORDS: usize = 25;
const LINE_WORDS: usize = 14;

/// Elements around a headline among which the one that holds the whole piece is looked for.
const REACH: usize = 24;

/// Words of a piece below which it is a short account of another one.
const WHOLE_WORDS: usize = 120;

/// One of several pieces.
pub(crate) struct Piece {
    /// Block of the headline.
    headline: usize,
    /// All its blocks, in the order of the page.
    pub(crate) blocks: Range<usize>,
    /// Block with a mark of the list `page-label`.
    label: Option<usize>,
    /// Whether it has a day of its own.
    is_dated: bool,
}

/// The pieces that the page lists, in its order; none where it is one article. A page that says that it is an article lists pieces only
/// inside of what it marks as the article's text.
pub(crate) fn pieces(text: &str, dom: &Dom, lines: &[Line], is_article: bool, lexicon: &Lexicon) -> Vec<Piece> {
    let total = prose(lines, 0..lines.len());
    for level in 1..=LEVELS {
        let headlines: Vec<usize> = (0..lines.len()).filter(|at| is_headline(&lines[*at], level)).collect();
        if headlines.len() < 2 {
            continue;
        }
        for (parent, mut pieces) in groups(text, dom, lines, &headlines, lexicon) {
            pieces.retain(|piece| piece.label.is_some() || piece.is_dated || !is_article);
            let inside: usize = pieces.iter().map(|piece| prose(lines, piece.blocks.clone())).sum();
            let is_listing = pieces.len() >= LISTING
                && inside * 100 >= total * LISTED_PERCENT
                && (!is_article || is_marked_as_article(dom, parent));
            let is_rated = pieces.len() >= 2 && pieces.iter().all(|piece| is_rated(text, dom, piece));
            if is_listing || is_rated {
                return pieces;
            }
        }
    }
    Vec::new()
}

fn is_headline(line: &Line, level: u8) -> bool {
    line.heading == Some(level) && line.chrome.is_none() && (2..=HEADLINE_WORDS).contains(&line.words)
}

fn prose(lines: &[Line], blocks: Range<usize>) -> usize {
    lines.get(blocks).unwrap_or_default().iter().map(|line| line.prose).sum()
}

/// Pieces with the same element around them, by that element.
fn groups(text: &str, dom: &Dom, lines: &[Line], headlines: &[usize], lexicon: &Lexicon) -> BTreeMap<usize, Vec<Piece>> {
    let held = headlines_held(dom, headlines);
    let mut groups: BTreeMap<usize, Vec<Piece>> = BTreeMap::new();
    for (position, headline) in headlines.iter().copied().enumerate() {
        let mut whole = dom.blocks[headline].node;
        for _ in 0..REACH {
            let parent = dom.nodes[whole].parent;
            if whole == 0 || held[parent] > 1 {
                break;
            }
            whole = parent;
        }
        let parent = dom.nodes[whole].parent;
        let is_bare = matches!(dom.nodes[whole].tag, Tag::Heading(_));
        let blocks = if is_bare {
            // Nothing holds headline and text together: the piece reaches down to the next headline.
            let next = headlines.get(position + 1).copied().unwrap_or(lines.len());
            headline..next.min(blocks_in(dom, &dom.nodes[parent]).end)
        } else {
            blocks_in(dom, &dom.nodes[whole])
        };
        let label = blocks.clone().find(|at| is_label(text, dom, &lines[*at], *at, lexicon));
        let mut piece = Piece { headline, blocks, label, is_dated: false };
        piece.is_dated = if is_bare {
            piece.source_and_day(text, dom, lines)
        } else {
            time_in(dom, whole).is_some() || piece.dated_line(text, dom, lines).is_some()
        };
        let leads = || !is_bare && (dom.nodes[whole].tag == Tag::Article || piece.address(text, dom).is_some());
        if prose(lines, piece.blocks.clone()) > 0 && (label.is_some() || piece.is_dated || leads()) {
            groups.entry(parent).or_default().push(piece);
        }
    }
    groups
}

/// How many of the headlines stand in each element.
fn headlines_held(dom: &Dom, headlines: &[usize]) -> Vec<usize> {
    let mut held = vec![0usize; dom.nodes.len()];
    headlines.iter().for_each(|at| held[dom.blocks[*at].node] += 1);
    for node in (1..held.len()).rev() {
        held[dom.nodes[node].parent] += held[node];
    }
    held
}

/// The blocks inside of an element.
fn blocks_in(dom: &Dom, node: &Node) -> Range<usize> {
    let start = |at: usize| cover(&dom.blocks[at].runs).map_or(0, |range| range.start);
    let before = |byte: usize| {
        let (mut low, mut high) = (0, dom.blocks.len());
        while low < high {
            let middle = low.midpoint(high);
            if start(middle) < byte { low = middle + 1 } else { high = middle }
        }
        low
    };
    before(node.content.start)..before(node.content.end)
}

fn is_label(text: &str, dom: &Dom, line: &Line, at: usize, lexicon: &Lexicon) -> bool {
    line.prose == 0 && (1..=4).contains(&line.words) && lexicon.list("page-label").contains(&words_of(text, dom, at))
}

/// Whether the label says how far a piece can be relied upon. Sites label cards of their own with sections.
fn is_rated(text: &str, dom: &Dom, piece: &Piece) -> bool {
    piece.label.is_some_and(|at| rates(&words_of(text, dom, at)))
}

fn words_of(text: &str, dom: &Dom, at: usize) -> String {
    crate::run::words(text, &dom.blocks[at].runs)
}

/// Whether an element stands in what the page itself marks as the text of an article.
fn is_marked_as_article(dom: &Dom, node: usize) -> bool {
    let is_marked = |node: &Node| node.hint.body || node.tag == Tag::Article;
    (1..dom.nodes.len()).any(|at| is_marked(&dom.nodes[at]) && at <= node && is_within(dom, node, at))
}

impl Piece {
    /// Where the headline leads to.
    fn address(&self, text: &str, dom: &Dom) -> Option<Range<usize>> {
        let own = dom.blocks[self.headline].node;
        let content = &dom.nodes[own].content;
        let inside = dom.nodes.iter().skip(own + 1).take_while(|node| node.content.start < content.end);
        let around = std::iter::successors(Some(own), |at| (*at > 0).then(|| dom.nodes[*at].parent)).take(4);
        let links = inside.chain(around.map(|at| &dom.nodes[at])).filter(|node| node.tag == Tag::Link);
        let mut addresses = links.filter_map(|link| {
            Attributes::new(text, link.attributes.clone())
                .find(|(name, _)| name.eq_ignore_ascii_case("href"))
                .map(|(_, value)| value)
        });
        // A link to a place on the same page is the mark of a part.
        addresses
            .find(|value| text.get(value.clone()).is_some_and(|href| !href.trim().is_empty() && !href.trim().starts_with('#')))
    }

    /// A short line with a day.
    fn dated_line(&self, text: &str, dom: &Dom, lines: &[Line]) -> Option<(View, date::FoundDate)> {
        self.blocks.clone().filter(|at| *at != self.headline && is_short(&lines[*at])).find_map(|at| {
            let view = View::of_runs(text, &dom.blocks[at].runs);
            let found = date::find(&view.text).filter(|found| found.value.is_some())?;
            Some((view, found))
        })
    }

    /// Whether the line right below the headline holds a day and something else: a day alone may head a part of a chronicle.
    fn source_and_day(&self, text: &str, dom: &Dom, lines: &[Line]) -> bool {
        let below = self.headline + 1;
        let Some(line) = lines.get(below).filter(|line| is_short(line) && self.blocks.contains(&below)) else { return false };
        let words = words_of(text, dom, below);
        let day = date::find(&words).filter(|found| found.value.is_some());
        let in_day = day.and_then(|found| words.get(found.range)).map(|day| day.split_whitespace().count());
        in_day.is_some_and(|in_day| line.words > in_day)
    }

    pub(crate) fn draft(&self, text: &str, dom: &Dom, lines: &[Line], head: &Head<'_>, lexicon: &Lexicon) -> Draft {
        let title = cover(&dom.blocks[self.headline].runs).map(|range| span(&range));
        let kept = self.text_blocks(lines);
        let words: usize = kept.iter().map(|at| lines[*at].words).sum();
        let source = self.source(text, dom, lines, lexicon);
        let is_short = words < WHOLE_WORDS || source.is_some() || self.label.is_some_and(|at| rates(&words_of(text, dom, at)));
        let address = self.address(text, dom);
        let is_own = address.as_ref().is_none_or(|address| head.is_own_address(address));
        Draft {
            byline: self.authors(dom, head, lexicon),
            site: head.site().filter(|_| is_own && source.is_none()).as_ref().map(span),
            canonical: address.as_ref().map(span),
            source,
            published: self.published(text, dom, lines, head),
            genre: is_short.then_some((Genre::Summary, Sign { basis: GenreBasis::Listing, span: title })),
            labels: self.labels(text, dom),
            blocks: kept.iter().map(|at| DraftBlock { kind: lines[*at].kind, runs: dom.blocks[*at].runs.clone() }).collect(),
            title,
            ..Draft::default()
        }
    }

    /// From the first paragraph to the last, furniture left out.
    fn text_blocks(&self, lines: &[Line]) -> Vec<usize> {
        let is_prose = |at: &usize| lines[*at].prose > 0 && *at > self.headline;
        let first = self.blocks.clone().find(is_prose).unwrap_or(self.blocks.end);
        let last = self.blocks.clone().rev().find(is_prose).map_or(first, |at| at + 1);
        (first..last).filter(|at| !lines[*at].is_furniture() && Some(*at) != self.label).collect()
    }

    fn authors(&self, dom: &Dom, head: &Head<'_>, lexicon: &Lexicon) -> Vec<SourceSpan> {
        let bytes = self.bytes(dom);
        let mut marked = dom.nodes.iter().filter(|node| node.hint.byline && bytes.contains(&node.content.start));
        let names = marked.find_map(|node| Some(head.names_in(node, lexicon)).filter(|names| !names.is_empty()));
        names.unwrap_or_default().iter().map(span).collect()
    }

    fn published(&self, text: &str, dom: &Dom, lines: &[Line], head: &Head<'_>) -> Option<PageDate> {
        let bytes = self.bytes(dom);
        let times = dom.nodes.iter().filter(|node| node.tag == Tag::Time && bytes.contains(&node.content.start));
        let stated = times.filter_map(|node| head.time(node)).next();
        stated.or_else(|| {
            let (view, found) = self.dated_line(text, dom, lines)?;
            Some(PageDate { value: found.value?, span: view.span(&found.range), basis: DateBasis::VisibleLine })
        })
    }

    /// The outlet that a line with a day starts with, when the lexicon knows it.
    fn source(&self, text: &str, dom: &Dom, lines: &[Line], lexicon: &Lexicon) -> Option<SourceSpan> {
        let (view, found) = self.dated_line(text, dom, lines)?;
        let before = view.text.get(..found.range.start)?.trim_end_matches([' ', ',', '|', '·', '•', '-', '–', '—', '(']);
        lexicon.outlet_named(before)?;
        Some(view.span(&(0..before.len())))
    }

    fn labels(&self, text: &str, dom: &Dom) -> Vec<Label> {
        let range = self.label.and_then(|at| cover(&dom.blocks[at].runs));
        range.map(|range| label(text, range)).into_iter().collect()
    }

    /// From the first byte of its first block to the last of its last.
    fn bytes(&self, dom: &Dom) -> Range<usize> {
        let at = |block: usize| dom.blocks.get(block).and_then(|block| cover(&block.runs));
        let start = at(self.blocks.start).map_or(0, |range| range.start);
        start..at(self.blocks.end.saturating_sub(1)).map_or(start, |range| range.end)
    }
}

const fn is_short(line: &Line) -> bool {
    line.prose == 0 && line.words > 0 && line.words <= LINE_WORDS
}

fn time_in(dom: &Dom, whole: usize) -> Option<&Node> {
    let end = dom.nodes[whole].content.end;
    dom.nodes.iter().skip(whole).take_while(|node| node.content.start < end).find(|node| node.tag == Tag::Time)
}
