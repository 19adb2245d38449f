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

use super::body::Line;
use super::dom::{Dom, Node};
use super::element::Tag;
use super::head::Head;
use super::token::Attributes;
use crate::article::{DateBasis, Genre, GenreBasis, Label, PageDate, Sign};
use crate::date;
use crate::digest::{self, DATED_WORDS, HEADLINE_WORDS, LISTED_PERCENT, PIECES};
use crate::draft::{Draft, DraftBlock};
use crate::run::{View, cover, span, words};

/// Lowest level of headings that are headlines.
const LEVELS: u8 = 4;

/// Elements around a headline among which the one that holds the whole piece is looked for.
const REACH: usize = 24;

/// Elements around a headline among which a link is looked for.
const LINK_REACH: usize = 4;

/// Words of a piece below which it is a short account of another one.
const WHOLE_WORDS: usize = 120;

/// A page that may list pieces.
pub(crate) struct Listing<'p> {
    text: &'p str,
    dom: &'p Dom,
    lines: &'p [Line],
    head: &'p Head<'p>,
    /// Name of the site, and what stands before the path of its own address.
    site: Option<SourceSpan>,
    host: Option<&'p str>,
    lexicon: &'p Lexicon,
}

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

impl<'p> Listing<'p> {
    pub(crate) fn new(text: &'p str, dom: &'p Dom, lines: &'p [Line], head: &'p Head<'p>, lexicon: &'p Lexicon) -> Self {
        let (site, host) = (head.site().as_ref().map(span), head.address().and_then(|address| host(text.get(address)?)));
        Self { text, dom, lines, head, site, host, lexicon }
    }

    /// The pieces that the page lists, in its order; none where it is one article. A page that says that it is an article lists pieces
    /// only inside of what it marks as the article's text.
    pub(crate) fn pieces(&self) -> Vec<Piece> {
        let is_article = self.head.states_article();
        let total = self.prose(0..self.lines.len());
        for level in 1..=LEVELS {
            let headlines: Vec<usize> = (0..self.lines.len()).filter(|at| is_headline(&self.lines[*at], level)).collect();
            if headlines.len() < 2 {
                continue;
            }
            for (parent, mut pieces) in self.groups(&headlines) {
                pieces.retain(|piece| piece.label.is_some() || piece.is_dated || !is_article);
                let inside: usize = pieces.iter().map(|piece| self.prose(piece.blocks.clone())).sum();
                let is_listing = pieces.len() >= PIECES
                    && inside * 100 >= total * LISTED_PERCENT
                    && (!is_article || self.is_marked_as_article(parent));
                let is_rated = pieces.len() >= 2 && pieces.iter().all(|piece| self.is_rated(piece));
                if is_listing || is_rated {
                    return pieces;
                }
            }
        }
        Vec::new()
    }

    fn prose(&self, blocks: Range<usize>) -> usize {
        self.lines.get(blocks).unwrap_or_default().iter().map(|line| line.prose).sum()
    }

    /// Pieces with the same element around them, by that element.
    fn groups(&self, headlines: &[usize]) -> BTreeMap<usize, Vec<Piece>> {
        let held = self.headlines_held(headlines);
        let nodes = &self.dom.nodes;
        let mut groups: BTreeMap<usize, Vec<Piece>> = BTreeMap::new();
        for (position, headline) in headlines.iter().copied().enumerate() {
            let mut whole = self.dom.blocks[headline].node;
            for _ in 0..REACH {
                let parent = nodes[whole].parent;
                if whole == 0 || held[parent] > 1 {
                    break;
                }
                whole = parent;
            }
            let parent = nodes[whole].parent;
            let is_bare = matches!(nodes[whole].tag, Tag::Heading(_));
            let blocks = if is_bare {
                // Nothing holds headline and text together: the piece reaches down to the next headline.
                let next = headlines.get(position + 1).copied().unwrap_or(self.lines.len());
                headline..next.min(self.blocks_in(&nodes[parent]).end)
            } else {
                self.blocks_in(&nodes[whole])
            };
            let label = blocks.clone().find(|at| self.is_label(*at));
            let mut piece = Piece { headline, blocks, label, is_dated: false };
            piece.is_dated = if is_bare {
                self.has_source_and_day(&piece)
            } else {
                self.times(&nodes[whole].content).next().is_some() || self.dated_line(&piece).is_some()
            };
            let leads = || !is_bare && (nodes[whole].tag == Tag::Article || self.address(&piece).is_some());
            if self.prose(piece.blocks.clone()) > 0 && (label.is_some() || piece.is_dated || leads()) {
                groups.entry(parent).or_default().push(piece);
            }
        }
        groups
    }

    /// How many of the headlines stand in each element.
    fn headlines_held(&self, headlines: &[usize]) -> Vec<usize> {
        let mut held = vec![0usize; self.dom.nodes.len()];
        headlines.iter().for_each(|at| held[self.dom.blocks[*at].node] += 1);
        for node in (1..held.len()).rev() {
            held[self.dom.nodes[node].parent] += held[node];
        }
        held
    }

    /// The blocks inside of an element.
    fn blocks_in(&self, node: &Node) -> Range<usize> {
        let starts_before =
            |byte: usize| self.dom.blocks.partition_point(|block| cover(&block.runs).is_none_or(|range| range.start < byte));
        starts_before(node.content.start)..starts_before(node.content.end)
    }

    /// The elements that start within `bytes`. A long page has many pieces: each looks at its own elements only.
    fn nodes_in(&self, bytes: &Range<usize>) -> impl Iterator<Item = &'p Node> + use<'p> {
        let (dom, end) = (self.dom, bytes.end);
        let first = dom.nodes.partition_point(|node| node.content.start < bytes.start);
        dom.nodes.iter().skip(first).take_while(move |node| node.content.start < end)
    }

    fn times(&self, bytes: &Range<usize>) -> impl Iterator<Item = &'p Node> + use<'p> {
        self.nodes_in(bytes).filter(|node| node.tag == Tag::Time)
    }

    /// An element and those around it, the innermost first.
    fn around(&self, node: usize) -> impl Iterator<Item = &'p Node> + use<'p> {
        let dom = self.dom;
        let nodes = std::iter::successors(Some(node), move |at| (*at > 0).then(|| dom.nodes[*at].parent));
        nodes.map(move |at| &dom.nodes[at])
    }

    fn is_label(&self, at: usize) -> bool {
        let line = &self.lines[at];
        line.prose == 0 && (1..=4).contains(&line.words) && self.lexicon.list("page-label").contains(&self.words(at))
    }

    /// Whether the label says how far the piece can be relied upon. Sites label cards of their own with sections.
    fn is_rated(&self, piece: &Piece) -> bool {
        piece.label.is_some_and(|at| digest::rates(&self.words(at)))
    }

    fn words(&self, at: usize) -> String {
        words(self.text, &self.dom.blocks[at].runs)
    }

    /// Whether an element stands in what the page itself marks as the text of an article.
    fn is_marked_as_article(&self, node: usize) -> bool {
        self.around(node).any(|node| node.hint.body || node.tag == Tag::Article)
    }

    /// Where the headline leads to.
    fn address(&self, piece: &Piece) -> Option<Range<usize>> {
        let own = self.dom.blocks[piece.headline].node;
        let inside = self.nodes_in(&self.dom.nodes[own].content);
        let links = inside.chain(self.around(own).take(LINK_REACH)).filter(|node| node.tag == Tag::Link);
        let mut addresses = links.filter_map(|link| {
            let mut attributes = Attributes::new(self.text, link.attributes.clone());
            attributes.find(|(name, _)| name.eq_ignore_ascii_case("href")).map(|(_, value)| value)
        });
        addresses.find(|value| {
            let address = self.text.get(value.clone()).unwrap_or("").trim();
            // A link to a place on the same page is the mark of a part.
            !address.is_empty() && !address.starts_with('#')
        })
    }

    /// Whether a link leads to a page of the same site, as far as the page names its own address.
    fn is_own_address(&self, link: &Range<usize>) -> bool {
        let link = self.text.get(link.clone()).unwrap_or("").trim();
        host(link).is_none_or(|host| Some(host) == self.host)
    }

    /// A short line with a day.
    fn dated_line(&self, piece: &Piece) -> Option<(View, date::FoundDate)> {
        piece.blocks.clone().filter(|at| *at != piece.headline && is_short(&self.lines[*at])).find_map(|at| {
            let view = View::of_runs(self.text, &self.dom.blocks[at].runs);
            let found = date::find(&view.text).filter(|found| found.value.is_some())?;
            Some((view, found))
        })
    }

    /// Whether the line right below the headline names source and day.
    fn has_source_and_day(&self, piece: &Piece) -> bool {
        let below = piece.headline + 1;
        let is_line = piece.blocks.contains(&below) && self.lines.get(below).is_some_and(is_short);
        is_line && digest::names_source_and_day(&self.words(below))
    }

    pub(crate) fn draft(&self, piece: &Piece) -> Draft {
        let title = cover(&self.dom.blocks[piece.headline].runs).map(|range| span(&range));
        let kept = self.text_blocks(piece);
        let count: usize = kept.iter().map(|at| self.lines[*at].words).sum();
        let dated = self.dated_line(piece);
        let outlet = dated.as_ref().and_then(|(view, _)| Some(view.span(&digest::outlet(&view.text, self.lexicon)?)));
        let is_short = count < WHOLE_WORDS || outlet.is_some() || self.is_rated(piece);
        let address = self.address(piece);
        let is_own = outlet.is_none() && address.as_ref().is_none_or(|address| self.is_own_address(address));
        let bytes = self.bytes(piece);
        let time = self.times(&bytes).find_map(|node| self.head.time(node));
        let on_line = |(view, found): (View, date::FoundDate)| {
            Some(PageDate { value: found.value?, span: view.span(&found.range), basis: DateBasis::VisibleLine })
        };
        Draft {
            byline: self.authors(&bytes),
            site: self.site.filter(|_| is_own),
            canonical: address.as_ref().map(span),
            source: outlet,
            published: time.or_else(|| dated.and_then(on_line)),
            genre: is_short.then_some((Genre::Summary, Sign { basis: GenreBasis::Listing, span: title })),
            labels: self.labels(piece),
            blocks: kept
                .iter()
                .map(|at| DraftBlock { kind: self.lines[*at].kind, runs: self.dom.blocks[*at].runs.clone() })
                .collect(),
            title,
            ..Draft::default()
        }
    }

    /// From the first paragraph to the last, furniture left out.
    fn text_blocks(&self, piece: &Piece) -> Vec<usize> {
        let is_prose = |at: &usize| self.lines[*at].prose > 0 && *at > piece.headline;
        let first = piece.blocks.clone().find(is_prose).unwrap_or(piece.blocks.end);
        let last = piece.blocks.clone().rev().find(is_prose).map_or(first, |at| at + 1);
        (first..last).filter(|at| !self.lines[*at].is_furniture() && Some(*at) != piece.label).collect()
    }

    fn authors(&self, bytes: &Range<usize>) -> Vec<SourceSpan> {
        let mut marked = self.nodes_in(bytes).filter(|node| node.hint.byline);
        let names = marked.find_map(|node| Some(self.head.names_in(node, self.lexicon)).filter(|names| !names.is_empty()));
        names.unwrap_or_default().iter().map(span).collect()
    }

    fn labels(&self, piece: &Piece) -> Vec<Label> {
        let range = piece.label.and_then(|at| cover(&self.dom.blocks[at].runs));
        range.map(|range| digest::label(self.text, range)).into_iter().collect()
    }

    /// From the first byte of its first block to the last of its last.
    fn bytes(&self, piece: &Piece) -> Range<usize> {
        let at = |block: usize| self.dom.blocks.get(block).and_then(|block| cover(&block.runs));
        let start = at(piece.blocks.start).map_or(0, |range| range.start);
        start..at(piece.blocks.end.saturating_sub(1)).map_or(start, |range| range.end)
    }
}

fn is_headline(line: &Line, level: u8) -> bool {
    line.heading == Some(level) && line.chrome.is_none() && (2..=HEADLINE_WORDS).contains(&line.words)
}

const fn is_short(line: &Line) -> bool {
    line.prose == 0 && line.words > 0 && line.words <= DATED_WORDS
}

/// What stands in a whole address before the path, the `www.` left out that sites answer to as well; `None` for one that has only a path.
fn host(address: &str) -> Option<&str> {
    let (_, rest) = address.split_once("//").filter(|(scheme, _)| scheme.is_empty() || scheme.ends_with(':'))?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    Some(host.strip_prefix("www.").unwrap_or(host))
}
