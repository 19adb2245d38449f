//! What two other readers of pages take for the article, told block by block of this page.
//!
//! Both work on a tree of their own and give markup back; their choice is found again in the page by its words. They never decide alone:
//! [`super::body`] weighs them.

use std::collections::BTreeSet;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::dom::{self, Dom};
use super::token::{Attributes, Syntax, Token, Tokens};
use crate::line;
use crate::run::words;

/// The other readers of one page. Each is asked when it is needed, for they take longer than everything else.
pub(crate) struct Proposals {
    /// The page without what is not shown; `None` when it is not to be handed on.
    slim: Option<String>,
    /// Folded words of each block.
    keys: Vec<String>,
}

/// Largest page, most elements and deepest nesting that are handed to the other readers. They build whole trees and walk them more
/// than once, `trafilatura` by recursion; no page of the 140 measured has more than a fifth of this.
const LENGTH_LIMIT: usize = 4 << 20;
const ELEMENT_LIMIT: usize = 60_000;
const DEPTH_LIMIT: usize = 200;

impl Proposals {
    /// The readers of the page `text`, whose blocks `dom` holds.
    pub(crate) fn of(text: &str, dom: &Dom) -> Self {
        let is_odd =
            text.len() > LENGTH_LIMIT || dom.nodes.len() > ELEMENT_LIMIT || dom.depth > DEPTH_LIMIT || dom.blocks.is_empty();
        if is_odd {
            return Self::none();
        }
        let keys = dom.blocks.iter().map(|block| line::key(&words(text, &block.runs))).collect();
        Self { slim: Some(slim(text)), keys }
    }

    /// No reader is asked.
    pub(crate) const fn none() -> Self {
        Self { slim: None, keys: Vec::new() }
    }

    /// For each block how much of it `dom_smoothie`, a Readability, took for the article, from 0 to 1; nothing when it gave nothing.
    pub(crate) fn readability(&self) -> Option<Vec<f32>> {
        self.ask(by_readability)
    }

    /// The same of `trafilatura`, precision preferred.
    pub(crate) fn trafilatura(&self) -> Option<Vec<f32>> {
        self.ask(by_trafilatura)
    }

    /// A reader that fails on odd markup has no opinion on it.
    fn ask(&self, reader: fn(&str) -> Option<String>) -> Option<Vec<f32>> {
        let slim = self.slim.as_deref()?;
        let html = catch_unwind(AssertUnwindSafe(|| reader(slim))).ok().flatten()?;
        Some(shares_of(&html, &self.keys))
    }
}

/// Elements whose content neither reader shows.
const UNSEEN: [&str; 19] = [
    "head", "script", "style", "svg", "noscript", "template", "canvas", "select", "object", "video", "audio", "iframe",
    "textarea", "math", "map", "title", "xmp", "noembed", "noframes",
];

/// Attributes that the readers look at.
const ATTRIBUTES: [&str; 11] =
    ["class", "id", "role", "itemprop", "itemtype", "hidden", "aria-hidden", "style", "rel", "data-testid", "href"];

/// Longest attribute that says something of an element.
const ATTRIBUTE_LIMIT: usize = 400;

/// The page without what is not shown: nine tenths of a page are code, and both readers would build trees of it.
fn slim(text: &str) -> String {
    let mut out = String::with_capacity(text.len() / 2);
    let mut inside: Option<(usize, usize)> = None;
    for token in Tokens::new(text, Syntax::Html) {
        let cut = |range: &Range<usize>| text.get(range.clone()).unwrap_or("");
        let unseen = |name: &Range<usize>| UNSEEN.iter().position(|unseen| cut(name).eq_ignore_ascii_case(unseen));
        match token {
            Token::Open { name, attributes, closed, .. } => match (unseen(&name), &mut inside) {
                (Some(at), Some((open, depth))) if at == *open && !closed => *depth += 1,
                (Some(at), None) if !closed => inside = Some((at, 1)),
                // Where the head was not closed, the body's start closes it.
                (None, Some((0, _))) if cut(&name).eq_ignore_ascii_case("body") => inside = None,
                (None, None) => open(text, cut(&name), attributes, &mut out),
                _ => {}
            },
            Token::Close { name, .. } => match (unseen(&name), &mut inside) {
                (Some(at), Some((open, depth))) if at == *open => {
                    *depth -= 1;
                    if *depth == 0 {
                        inside = None;
                    }
                }
                (None, None) => {
                    out.push_str("</");
                    out.push_str(cut(&name));
                    out.push('>');
                }
                _ => {}
            },
            Token::Text(range) if inside.is_none() => out.push_str(cut(&range)),
            _ => {}
        }
    }
    out
}

fn open(text: &str, name: &str, attributes: Range<usize>, out: &mut String) {
    out.push('<');
    out.push_str(name);
    for (attribute, value) in Attributes::new(text, attributes) {
        let value = text.get(value).unwrap_or("");
        let is_known = ATTRIBUTES.iter().any(|known| attribute.eq_ignore_ascii_case(known));
        if is_known && value.len() <= ATTRIBUTE_LIMIT && !value.contains('"') {
            out.extend([" ", attribute, "=\"", value, "\""]);
        }
    }
    out.push('>');
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

/// For each of `keys` the share of its pieces that stand in `html`.
fn shares_of(html: &str, keys: &[String]) -> Vec<f32> {
    let proposed = dom::read(html);
    let mut known: BTreeSet<u64> = BTreeSet::new();
    for block in &proposed.blocks {
        let key = line::key(&words(html, &block.runs));
        known.insert(line::key_hash(&key));
        known.extend(pieces(&key));
    }
    let share = |key: &String| {
        if known.contains(&line::key_hash(key)) {
            return 1.0;
        }
        let (mut all, mut found) = (0u32, 0u32);
        for piece in pieces(key) {
            all += 1;
            found += u32::from(known.contains(&piece));
        }
        if all == 0 { 0.0 } else { found as f32 / all as f32 }
    };
    keys.iter().map(share).collect()
}

/// Hashes of each four words in a row.
fn pieces(key: &str) -> impl Iterator<Item = u64> + '_ {
    let hashes: Vec<u64> = key.split(' ').filter(|word| !word.is_empty()).map(line::key_hash).collect();
    let joined: Vec<u64> = hashes
        .windows(PIECE)
        .map(|four| four.iter().fold(0, |sum: u64, hash| sum.rotate_left(13).wrapping_mul(0x0100_0000_01b3) ^ hash))
        .collect();
    joined.into_iter()
}
