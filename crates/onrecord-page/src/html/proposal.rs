//! What two other readers of pages take for the article, told block by block of this page.
//!
//! Both work on a tree of their own and give markup back; their choice is found again in the page by its words. They never decide alone:
//! [`super::body`] weighs them.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::dom::Dom;
use super::element::Tag;
use super::slim::slim;
use super::token::{Syntax, Token, Tokens};
use crate::line;

/// The other readers of one page. Each is asked when it is needed, and about what is needed, for they take longer than everything else.
pub(crate) struct Readers<'p> {
    text: &'p str,
    dom: &'p Dom,
    /// The words of each block.
    blocks: Vec<Pieces>,
}

/// Largest page, most elements and deepest nesting that are handed to the other readers. They build whole trees and walk them more
/// than once, `trafilatura` by recursion; no page of the 140 measured has more than a fifth of this.
const LENGTH_LIMIT: usize = 4 << 20;
const ELEMENT_LIMIT: usize = 60_000;
const DEPTH_LIMIT: usize = 200;

impl<'p> Readers<'p> {
    /// The readers of the page `text`, whose blocks `dom` holds and whose words are hashed in `words`. Nobody where the page is not to
    /// be handed on.
    pub(crate) fn of<'w>(text: &'p str, dom: &'p Dom, words: impl Iterator<Item = &'w [u64]>) -> Option<Self> {
        let is_odd =
            text.len() > LENGTH_LIMIT || dom.nodes.len() > ELEMENT_LIMIT || dom.depth > DEPTH_LIMIT || dom.blocks.is_empty();
        (!is_odd).then(|| Self { text, dom, blocks: words.map(Pieces::of).collect() })
    }

    /// For each block how much of it `dom_smoothie`, a Readability, took for the article, from 0 to 1; nothing when it gave nothing.
    /// It does not see the elements that are `left_out`.
    pub(crate) fn readability(&self, left_out: &[bool]) -> Option<Vec<f32>> {
        self.ask(by_readability, left_out)
    }

    /// The same of `trafilatura`, precision preferred.
    pub(crate) fn trafilatura(&self, left_out: &[bool]) -> Option<Vec<f32>> {
        self.ask(by_trafilatura, left_out)
    }

    /// A reader that fails on odd markup has no opinion on it.
    fn ask(&self, reader: fn(&str) -> Option<String>, left_out: &[bool]) -> Option<Vec<f32>> {
        let slim = slim(self.text, self.dom, left_out);
        let html = catch_unwind(AssertUnwindSafe(|| reader(&slim))).ok().flatten()?;
        Some(shares_of(&html, &self.blocks))
    }
}

fn by_trafilatura(text: &str) -> Option<String> {
    let options = trafilatura::Options::default()
        .with_focus(trafilatura::ExtractionFocus::FavorPrecision)
        .with_html_date_mode(trafilatura::HtmlDateMode::Disabled)
        .with_exclude_comments(true);
    trafilatura::extract(text, &options).ok().map(|found| found.content_html)
}

fn by_readability(text: &str) -> Option<String> {
    let config = dom_smoothie::Config { disable_json_ld: true, max_elements_to_parse: ELEMENT_LIMIT, ..Default::default() };
    let mut reader = dom_smoothie::Readability::new(text, None, Some(config)).ok()?;
    reader.parse().ok().map(|found| found.content.to_string())
}

/// Words in a row that make one piece of a block.
const PIECE: usize = 4;

/// Hashes of a block's words, case and punctuation aside: of all of them, and of each four in a row.
struct Pieces {
    whole: u64,
    fours: Vec<u64>,
}

impl Pieces {
    fn of(words: &[u64]) -> Self {
        let joined = |four: &[u64]| four.iter().fold(0, |sum, hash| join(sum, *hash));
        Self { whole: words.iter().fold(1, |sum, hash| join(sum, *hash)), fours: words.windows(PIECE).map(joined).collect() }
    }
}

fn join(sum: u64, hash: u64) -> u64 {
    sum.rotate_left(13).wrapping_mul(0x0100_0000_01b3) ^ hash
}

/// For each of `blocks` the share of its pieces that stand in `html`.
fn shares_of(html: &str, blocks: &[Pieces]) -> Vec<f32> {
    let mut known = known_pieces(html);
    known.sort_unstable();
    let is_known = |hash: &u64| known.binary_search(hash).is_ok();
    let share = |block: &Pieces| {
        if is_known(&block.whole) {
            return 1.0;
        }
        let found = block.fours.iter().filter(|four| is_known(four)).count();
        if block.fours.is_empty() { 0.0 } else { found as f32 / block.fours.len() as f32 }
    };
    blocks.iter().map(share).collect()
}

/// The pieces of all blocks of `html`.
fn known_pieces(html: &str) -> Vec<u64> {
    let cut = |range: Range<usize>| html.get(range).unwrap_or("");
    let mut known = Vec::new();
    let mut words = line::WordHashes::default();
    for token in Tokens::new(html, Syntax::Html) {
        match token {
            Token::Text(range) => words.push(&htmlize::unescape(cut(range))),
            Token::Open { name, .. } | Token::Close { name, .. } => match Tag::of(cut(name)) {
                tag if tag.breaks_line() => {
                    let Pieces { whole, fours } = Pieces::of(&words.take());
                    known.push(whole);
                    known.extend(fours);
                }
                Tag::Break | Tag::Cell => words.push(" "),
                _ => {}
            },
            Token::Raw(_) | Token::Other(_) => {}
        }
    }
    let Pieces { whole, fours } = Pieces::of(&words.take());
    known.push(whole);
    known.extend(fours);
    known
}
