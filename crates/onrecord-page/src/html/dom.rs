//! The page as elements and blocks of text, in one pass over its tokens.

use std::collections::BTreeMap;
use std::ops::Range;

use super::element::Tag;
use super::hint::{self, Hint, Names};
use super::token::{Attributes, Syntax, Token, Tokens};
use crate::run::{References, Run, RunBuilder};

/// An element. Elements stand in the order of their start tags, so a parent's number is below its children's.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) parent: usize,
    pub(crate) tag: Tag,
    pub(crate) hint: Hint,
    /// Attributes of the start tag.
    pub(crate) attributes: Range<usize>,
    /// From behind the start tag up to the end tag.
    pub(crate) content: Range<usize>,
}

/// Text that no block element parts.
#[derive(Debug, Clone)]
pub(crate) struct TextBlock {
    /// The innermost block element that holds it.
    pub(crate) node: usize,
    pub(crate) runs: Vec<Run>,
    /// Bytes of text, and how many of them stand in links.
    pub(crate) len: usize,
    pub(crate) linked: usize,
}

/// A `meta` element: its property or name in lower case, and its content.
#[derive(Debug, Clone)]
pub(crate) struct Meta {
    pub(crate) name: String,
    pub(crate) content: Range<usize>,
}

/// What one pass over a page's markup finds.
#[derive(Debug, Default)]
pub(crate) struct Dom {
    /// The first one is the page itself.
    pub(crate) nodes: Vec<Node>,
    pub(crate) blocks: Vec<TextBlock>,
    pub(crate) metas: Vec<Meta>,
    /// Contents of `script` elements that hold JSON-LD.
    pub(crate) linked_data: Vec<Range<usize>>,
    /// Content of the first `title`.
    pub(crate) title: Option<Range<usize>>,
    /// `href` of the first `link rel=canonical`.
    pub(crate) canonical: Option<Range<usize>>,
    /// Value of `lang` on the page.
    pub(crate) language: Option<Range<usize>>,
    /// Greatest nesting of elements.
    pub(crate) depth: usize,
    /// Where reading stopped, when that is not the end.
    pub(crate) stopped: Option<usize>,
}

/// Elements and blocks that are read; a page with more of them was not written for readers.
const NODE_LIMIT: usize = 2_000_000;

/// Reads `text` as markup.
pub(crate) fn read(text: &str) -> Dom {
    let mut reader = Reader::new(text);
    for token in Tokens::new(text, Syntax::Html) {
        match token {
            Token::Text(range) => reader.text(range),
            Token::Raw(range) => reader.raw(range),
            Token::Open { name, attributes, whole, closed } => reader.open(name, attributes, whole, closed),
            Token::Close { name, whole } => reader.close(&name, whole),
            Token::Other(_) => {}
        }
        if reader.dom.nodes.len() + reader.dom.blocks.len() > NODE_LIMIT {
            reader.dom.stopped = reader.dom.nodes.last().map(|node| node.content.start);
            break;
        }
    }
    reader.finish()
}

/// An element that is still open.
struct Open {
    node: usize,
    name: u64,
}

struct Reader<'t> {
    text: &'t str,
    dom: Dom,
    stack: Vec<Open>,
    /// How many elements of each name are open: an end tag without a start is then dropped at once.
    open_names: BTreeMap<u64, usize>,
    unseen: usize,
    links: usize,
    builder: RunBuilder<'t>,
    names: Names<'t>,
    block: Option<(usize, usize, usize)>,
    /// A line break was just read; a second one ends the paragraph.
    broken: bool,
}

/// How far up an item or a row looks for the one before it.
const SIBLING_REACH: usize = 48;

impl<'t> Reader<'t> {
    fn new(text: &'t str) -> Self {
        let page = Node { parent: 0, tag: Tag::Page, hint: Hint::default(), attributes: 0..0, content: 0..text.len() };
        let dom = Dom { nodes: vec![page], ..Dom::default() };
        Self {
            text,
            dom,
            stack: Vec::new(),
            open_names: BTreeMap::new(),
            unseen: 0,
            links: 0,
            builder: RunBuilder::new(text),
            names: Names::default(),
            block: None,
            broken: false,
        }
    }

    fn top(&self) -> usize {
        self.stack.last().map_or(0, |open| open.node)
    }

    fn text(&mut self, range: Range<usize>) {
        if self.unseen > 0 {
            return;
        }
        let is_blank = self.text.get(range.clone()).is_none_or(|text| text.trim().is_empty());
        if !is_blank {
            self.broken = false;
            let node = self.block_node();
            let len = range.len();
            let linked = if self.links > 0 { len } else { 0 };
            let block = self.block.get_or_insert((node, 0, 0));
            block.1 += len;
            block.2 += linked;
        }
        self.builder.push(range, References::Decode);
    }

    fn raw(&mut self, range: Range<usize>) {
        let top = self.top();
        match self.dom.nodes.get(top).map(|node| node.tag) {
            Some(Tag::Script) if self.is_linked_data(top) => self.dom.linked_data.push(range),
            Some(Tag::Title) if self.dom.title.is_none() => self.dom.title = Some(range),
            _ => {}
        }
    }

    fn is_linked_data(&self, node: usize) -> bool {
        let attributes = self.dom.nodes[node].attributes.clone();
        Attributes::new(self.text, attributes)
            .any(|(name, value)| name.eq_ignore_ascii_case("type") && self.text.get(value).unwrap_or("").contains("ld+json"))
    }

    /// The innermost block element that is open.
    fn block_node(&self) -> usize {
        let is_block = |open: &&Open| self.dom.nodes[open.node].tag.breaks_line();
        self.stack.iter().rev().take(SIBLING_REACH).find(is_block).map_or(0, |open| open.node)
    }

    fn open(&mut self, name: Range<usize>, attributes: Range<usize>, whole: Range<usize>, closed: bool) {
        let written = self.text.get(name).unwrap_or("");
        let tag = Tag::of(written);
        match tag {
            Tag::Break => return self.line_break(whole),
            Tag::Meta => return self.meta(attributes),
            Tag::Cell if self.unseen == 0 => self.builder.space(whole.clone()),
            _ => {}
        }
        if tag.breaks_line() {
            // The head ends where the first block starts, whether its end tag was written or not.
            if self.open_count(hash("head")) > 0 && !tag_may_hold_head(written) {
                self.close_open(hash("head"), whole.start);
            }
            self.flush();
            if self.open_count(hash("p")) > 0 {
                self.close_open(hash("p"), whole.start);
            }
        }
        if matches!(tag, Tag::Item | Tag::Row | Tag::Cell) {
            self.close_sibling(tag, whole.start);
        }
        if tag == Tag::Void && self.dom.canonical.is_none() && written.eq_ignore_ascii_case("link") {
            self.dom.canonical = self.canonical(attributes.clone());
        }
        if tag.is_void() || (closed && matches!(tag, Tag::Inline | Tag::Unseen)) {
            return;
        }
        if tag == Tag::Page && self.dom.language.is_none() {
            self.dom.language = self.attribute(attributes.clone(), "lang");
        }
        // Links do not nest: a link that was never closed ends where the next one starts.
        if tag == Tag::Link && self.open_count(hash("a")) > 0 {
            self.close_open(hash("a"), whole.start);
        }
        let hint = hint::of(self.text, attributes.clone(), &mut self.names);
        let parent = self.top();
        self.dom.nodes.push(Node { parent, tag, hint, attributes, content: whole.end..self.text.len() });
        self.push(Open { node: self.dom.nodes.len() - 1, name: hash(written) }, tag);
    }

    fn push(&mut self, open: Open, tag: Tag) {
        self.unseen += usize::from(is_unseen(tag));
        self.links += usize::from(tag == Tag::Link);
        *self.open_names.entry(open.name).or_default() += 1;
        self.stack.push(open);
        self.dom.depth = self.dom.depth.max(self.stack.len());
    }

    fn pop(&mut self, end: usize) -> Option<u64> {
        let open = self.stack.pop()?;
        let node = &mut self.dom.nodes[open.node];
        node.content.end = end.max(node.content.start);
        let tag = node.tag;
        self.unseen -= usize::from(is_unseen(tag));
        self.links -= usize::from(tag == Tag::Link);
        if let Some(count) = self.open_names.get_mut(&open.name) {
            *count -= 1;
        }
        if tag.breaks_line() {
            self.flush();
        }
        Some(open.name)
    }

    fn open_count(&self, name: u64) -> usize {
        self.open_names.get(&name).copied().unwrap_or(0)
    }

    /// Closes the innermost open element `name` and all inside of it.
    fn close_open(&mut self, name: u64, end: usize) {
        while let Some(closed) = self.pop(end) {
            if closed == name {
                break;
            }
        }
    }

    /// An item ends the item before it, unless a list between the two was opened; rows and cells likewise.
    fn close_sibling(&mut self, tag: Tag, end: usize) {
        for (reach, open) in self.stack.iter().rev().take(SIBLING_REACH).enumerate() {
            let above = self.dom.nodes[open.node].tag;
            if above == tag {
                (0..=reach).for_each(|_| {
                    self.pop(end);
                });
                return;
            }
            let is_holder = match tag {
                Tag::Item => above == Tag::List,
                Tag::Row => above == Tag::Block || above == Tag::Cell,
                _ => above == Tag::Row || above == Tag::Block,
            };
            if is_holder {
                return;
            }
        }
    }

    fn close(&mut self, name: &Range<usize>, whole: Range<usize>) {
        let written = self.text.get(name.clone()).unwrap_or("");
        let tag = Tag::of(written);
        if tag == Tag::Break {
            return self.line_break(whole);
        }
        let name = hash(written);
        if self.open_count(name) == 0 {
            if tag.breaks_line() {
                self.flush();
            }
            return;
        }
        // An end tag inside a line does not reach out of the block it stands in.
        if !tag.breaks_line() && tag == Tag::Inline && !self.is_open_in_block(name) {
            return;
        }
        self.close_open(name, whole.start);
    }

    fn is_open_in_block(&self, name: u64) -> bool {
        let mut line =
            self.stack.iter().rev().take(SIBLING_REACH).take_while(|open| !self.dom.nodes[open.node].tag.breaks_line());
        line.any(|open| open.name == name)
    }

    fn line_break(&mut self, whole: Range<usize>) {
        if self.unseen > 0 {
            return;
        }
        if std::mem::replace(&mut self.broken, true) {
            self.flush();
        } else {
            self.builder.space(whole);
        }
    }

    fn flush(&mut self) {
        self.broken = false;
        let runs = self.builder.take();
        let Some((node, len, linked)) = self.block.take() else { return };
        if !runs.is_empty() {
            self.dom.blocks.push(TextBlock { node, runs, len, linked });
        }
    }

    fn meta(&mut self, attributes: Range<usize>) {
        let (mut name, mut content) = (None, None);
        for (attribute, value) in Attributes::new(self.text, attributes) {
            match &*attribute.to_ascii_lowercase() {
                "property" | "name" | "itemprop" => name = self.text.get(value).map(str::to_ascii_lowercase),
                "content" => content = Some(value),
                _ => {}
            }
        }
        if let (Some(name), Some(content)) = (name, content) {
            self.dom.metas.push(Meta { name, content });
        }
    }

    fn canonical(&self, attributes: Range<usize>) -> Option<Range<usize>> {
        let rel = self.text.get(self.attribute(attributes.clone(), "rel")?)?;
        rel.trim().eq_ignore_ascii_case("canonical").then(|| self.attribute(attributes, "href"))?.filter(|href| !href.is_empty())
    }

    fn attribute(&self, attributes: Range<usize>, wanted: &str) -> Option<Range<usize>> {
        Attributes::new(self.text, attributes).find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value)
    }

    fn finish(mut self) -> Dom {
        let end = self.text.len();
        while self.pop(end).is_some() {}
        self.flush();
        self.dom
    }
}

/// Whether the element may stand around `head`.
fn tag_may_hold_head(name: &str) -> bool {
    name.eq_ignore_ascii_case("html")
}

fn is_unseen(tag: Tag) -> bool {
    matches!(tag, Tag::Unseen | Tag::Script | Tag::Title)
}

/// FNV-1a of a name in lower case: names are compared by it.
fn hash(name: &str) -> u64 {
    name.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::run::words;

    fn blocks(text: &str) -> Vec<String> {
        read(text).blocks.iter().map(|block| words(text, &block.runs)).collect()
    }

    #[test]
    fn parts_blocks() {
        assert_eq!(
            blocks("<p>One <b>two</b><p>three<div>four<br>five<br><br>six</div>"),
            ["One two", "three", "four five", "six"]
        );
        assert_eq!(blocks("<ul><li>a<li>b<ul><li>c</ul></ul>d"), ["a", "b", "c", "d"]);
        assert_eq!(blocks("<table><tr><td>a<td>b<tr><td>c</table>"), ["a b", "c"]);
        assert_eq!(blocks("a<script>x<y</script><svg><text>z</text></svg>b"), ["ab"]);
    }

    #[test]
    fn survives_broken_markup() {
        assert_eq!(blocks("</div></p><p>One</b> two</div> three"), ["One two", "three"]);
        assert_eq!(blocks("<p>x <a href=1>y <a href=2>z</p>"), ["x y z"]);
    }
}
