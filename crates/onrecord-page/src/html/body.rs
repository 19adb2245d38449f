//! Which blocks of a page are the article.

use onrecord_lexicon::Lexicon;

use super::dom::{Dom, TextBlock};
use super::element::Tag;
use super::proposal::Readers;
use crate::article::BlockKind;
use crate::byline;
use crate::draft::DraftBlock;
use crate::line::{self, Chrome};
use crate::run::words;

/// Shortest text, in bytes, that counts as prose.
const PROSE_LEN: usize = 60;

/// What is beside the article by its class but holds this share of the page's prose is the article all the same:
/// some sites put everything into a `form`, or call the page `with sidebar`.
const TOO_MUCH_TO_DROP: f64 = 0.5;

/// Least share of the page's prose that must be left when what is beside the article is dropped.
const LEFT_SHARE: f64 = 0.25;

/// The article is the innermost element with this share of the prose.
const BODY_SHARE: f64 = 0.9;

/// An element that the page itself marks as the article is believed when it holds this share of the prose.
const MARKED_SHARE: f64 = 0.4;

/// The article of a page.
pub(crate) struct Body {
    /// Its blocks, in order.
    pub(crate) blocks: Vec<DraftBlock>,
    /// Element that holds it.
    pub(crate) node: usize,
    /// Block numbers kept, as in [`Dom::blocks`].
    pub(crate) kept: Vec<usize>,
    /// Both other readers take other blocks for the article.
    pub(crate) disputed: bool,
}

/// Whether other readers are asked what they take for the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Others {
    /// Where their answer may change something.
    Asked,
    /// Not at all: what is read is no whole page.
    NotAsked,
}

/// The page's blocks as far as the choice among them needs it.
pub(crate) fn lines(text: &str, dom: &Dom, lexicon: &Lexicon) -> Vec<Line> {
    dom.blocks.iter().map(|block| Line::of(text, dom, block, lexicon)).collect()
}

/// Finds the article of a page among its `lines`; `title` is its folded headline.
pub(crate) fn find(text: &str, dom: &Dom, read: &[Line], title: Option<&str>, others: Others) -> Body {
    let beside = beside_article(dom, read);
    let sums = sums(dom, read, |block| !beside[block.node]);
    let node = container(dom, &sums, &beside);
    let inside = inside(dom, node);
    let candidates: Vec<usize> =
        (0..read.len()).filter(|at| inside[dom.blocks[*at].node] && !beside[dom.blocks[*at].node]).collect();
    let own = keep(dom, read, &candidates, title);
    let weighed = match others {
        Others::Asked => Weighed::of(text, dom, read, own, title),
        Others::NotAsked => Weighed { kept: own, disputed: false },
    };
    let kept = without_loose_headings(read, weighed.kept);
    let blocks = kept.iter().map(|at| DraftBlock { kind: read[*at].kind, runs: dom.blocks[*at].runs.clone() }).collect();
    Body { blocks, node, kept, disputed: weighed.disputed }
}

/// A block as far as the choice needs it.
pub(crate) struct Line {
    pub(super) kind: BlockKind,
    /// Level, where it is a heading.
    pub(super) heading: Option<u8>,
    /// Bytes of prose in it, 0 when it is none.
    pub(super) prose: usize,
    pub(super) chrome: Option<Chrome>,
    key: String,
    /// Of each word.
    hashes: Vec<u64>,
    linked: bool,
    caption: bool,
    byline: bool,
    pub(super) words: usize,
    ends: bool,
    list: Option<usize>,
}

impl Line {
    /// Whether it is no text of an article, wherever it stands.
    pub(super) const fn is_furniture(&self) -> bool {
        self.chrome.is_some() || self.caption || self.byline || self.linked || self.words == 0
    }

    /// Makes it furniture: it belongs to another piece.
    pub(super) fn withdraw(&mut self) {
        (self.prose, self.chrome) = (0, Some(Chrome::Menu));
    }

    fn of(text: &str, dom: &Dom, block: &TextBlock, lexicon: &Lexicon) -> Self {
        let shown = words(text, &block.runs);
        let (kind, heading, list) = place(dom, block.node);
        let ends = line::ends_sentence(&shown);
        let linked = block.linked * 2 > block.len;
        let is_prose = block.linked * 3 < block.len
            && shown.len() >= PROSE_LEN
            && heading.is_none()
            && (ends || shown.len() > 3 * PROSE_LEN);
        let chrome = line::chrome(&shown, lexicon);
        let prose = if is_prose && chrome.is_none() { shown.len() } else { 0 };
        let key = if shown.len() < 400 { line::key(&shown) } else { String::new() };
        let mut hashes = line::WordHashes::default();
        hashes.push(&shown);
        Self {
            kind,
            heading,
            prose,
            chrome,
            key,
            hashes: hashes.take(),
            linked,
            caption: line::is_caption(&shown),
            byline: byline::is_byline(&shown, lexicon),
            words: line::word_count(&shown),
            ends,
            list,
        }
    }
}

/// What a block is by the elements around it, its level when it is a heading, and the list it stands in.
fn place(dom: &Dom, node: usize) -> (BlockKind, Option<u8>, Option<usize>) {
    let (mut kind, mut heading, mut list) = (BlockKind::Paragraph, None, None);
    let mut at = node;
    for _ in 0..8 {
        match dom.nodes[at].tag {
            Tag::Heading(level) => {
                (kind, heading) = (BlockKind::Heading, Some(level));
                break;
            }
            Tag::Item if list.is_none() => kind = BlockKind::ListItem,
            Tag::List => list = list.or(Some(at)),
            Tag::Quotation => {
                kind = BlockKind::Quotation;
                break;
            }
            Tag::Article | Tag::Page | Tag::Cell => break,
            _ => {}
        }
        if at == 0 {
            break;
        }
        at = dom.nodes[at].parent;
    }
    (kind, heading, list)
}

/// Bytes of prose in each element, those of its children included.
fn sums(dom: &Dom, read: &[Line], counts: impl Fn(&TextBlock) -> bool) -> Vec<usize> {
    let mut sums = vec![0usize; dom.nodes.len()];
    for (block, line) in dom.blocks.iter().zip(read).filter(|(block, _)| counts(block)) {
        sums[block.node] += line.prose;
    }
    for node in (1..sums.len()).rev() {
        sums[dom.nodes[node].parent] += sums[node];
    }
    sums
}

/// Which elements stand beside the article. Hints that would leave next to nothing of the page's prose are not believed.
fn beside_article(dom: &Dom, read: &[Line]) -> Vec<bool> {
    let comments = comments(dom, read);
    let total: usize = dom.blocks.iter().zip(read).filter(|(block, _)| !comments[block.node]).map(|(_, line)| line.prose).sum();
    for belief in [Belief::All, Belief::Elements, Belief::Nothing] {
        let beside = beside(dom, read, belief, &comments);
        let left: usize = dom.blocks.iter().zip(read).filter(|(block, _)| !beside[block.node]).map(|(_, line)| line.prose).sum();
        if left > 0 && left >= share(total, LEFT_SHARE) {
            return beside;
        }
    }
    vec![false; dom.nodes.len()]
}

/// The elements that hold readers' comments. They may hold far more prose than the article; only where they hold all of it
/// are they no comments.
fn comments(dom: &Dom, read: &[Line]) -> Vec<bool> {
    let mut comments = vec![false; dom.nodes.len()];
    for (at, node) in dom.nodes.iter().enumerate().skip(1) {
        comments[at] = comments[node.parent] || (node.hint.comments && !matches!(node.tag, Tag::Page | Tag::Article));
    }
    let has_other = dom.blocks.iter().zip(read).any(|(block, line)| !comments[block.node] && line.prose > 0);
    if has_other { comments } else { vec![false; dom.nodes.len()] }
}

/// How much of what the page says of its own elements is believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Belief {
    /// Names of elements, and classes and other attributes.
    All,
    /// Names of elements, and whether they are hidden.
    Elements,
    /// Names of elements. Some pages hide their text until a script shows it.
    Nothing,
}

/// Which elements stand beside the article, unless they hold most of the page's prose.
fn beside(dom: &Dom, read: &[Line], belief: Belief, comments: &[bool]) -> Vec<bool> {
    let sums = sums(dom, read, |block| !comments[block.node]);
    let too_much = share(sums.first().copied().unwrap_or(0), TOO_MUCH_TO_DROP).max(1);
    let mut beside = vec![false; dom.nodes.len()];
    for (at, node) in dom.nodes.iter().enumerate().skip(1) {
        let by_name = matches!(node.tag, Tag::Aside | Tag::Header | Tag::Unseen);
        let by_class = belief == Belief::All && node.hint.beside && !matches!(node.tag, Tag::Article | Tag::Page);
        let hidden = belief != Belief::Nothing && node.hint.hidden;
        beside[at] = ((by_name || by_class || hidden) && sums[at] < too_much) || beside[node.parent] || comments[at];
    }
    beside
}

fn share(whole: usize, part: f64) -> usize {
    // Lengths of texts are far below 2^52.
    (whole as f64 * part) as usize
}

/// The element that holds the article: the innermost one with nearly all prose of what the page marks as its article.
fn container(dom: &Dom, sums: &[usize], beside: &[bool]) -> usize {
    let total = sums.first().copied().unwrap_or(0);
    let marked = |is_marked: &dyn Fn(usize) -> bool| {
        let best =
            (1..sums.len()).filter(|at| !beside[*at] && is_marked(*at)).max_by_key(|at| (sums[*at], std::cmp::Reverse(*at)))?;
        (sums[best] > 0 && sums[best] >= share(total, MARKED_SHARE)).then_some(best)
    };
    let start = marked(&|at| dom.nodes[at].hint.body).or_else(|| marked(&|at| dom.nodes[at].tag == Tag::Article)).unwrap_or(0);
    let enough = share(sums.get(start).copied().unwrap_or(0), BODY_SHARE).max(1);
    // More than half of the prose can only be in one child of an element, so these form one line down.
    (start..sums.len())
        .rev()
        .find(|at| sums[*at] >= enough && may_hold_article(dom.nodes[*at].tag) && is_within(dom, *at, start))
        .unwrap_or(start)
}

/// A paragraph or a list is a part of an article, even when it is all of its prose.
const fn may_hold_article(tag: Tag) -> bool {
    matches!(tag, Tag::Page | Tag::Article | Tag::Block | Tag::Cell | Tag::Header | Tag::Aside)
}

fn is_within(dom: &Dom, node: usize, ancestor: usize) -> bool {
    let mut at = node;
    while at > ancestor {
        at = dom.nodes[at].parent;
    }
    at == ancestor
}

/// Which elements are `node` or inside of it.
fn inside(dom: &Dom, node: usize) -> Vec<bool> {
    let mut inside = vec![false; dom.nodes.len()];
    for at in node..inside.len() {
        inside[at] = at == node || inside[dom.nodes[at].parent];
    }
    inside
}

/// The elements that hold none of the blocks that are `asked` about.
fn without_asked(dom: &Dom, asked: impl Fn(usize) -> bool) -> Vec<bool> {
    let mut holds = vec![false; dom.nodes.len()];
    for (at, block) in dom.blocks.iter().enumerate() {
        holds[block.node] |= asked(at);
    }
    for node in (1..holds.len()).rev() {
        let parent = dom.nodes[node].parent;
        holds[parent] |= holds[node];
    }
    // What stands inside of a line is a part of a block, and no element that a block counts for.
    holds.iter().zip(&dom.nodes).map(|(holds, node)| !holds && node.tag.breaks_line()).collect()
}

/// Chooses among the blocks inside the article's element.
fn keep(dom: &Dom, read: &[Line], candidates: &[usize], title: Option<&str>) -> Vec<usize> {
    let candidates = before_end(read, candidates);
    let link_lists = link_lists(dom, &candidates, read);
    let mut kept: Vec<usize> = Vec::new();
    for &at in &candidates {
        let line = &read[at];
        let repeats_title = title.is_some_and(|title| !title.is_empty() && line.key == title);
        let in_link_list = line.list.is_some_and(|list| link_lists.contains(&list));
        if line.chrome.is_some()
            || line.caption
            || line.byline
            || repeats_title
            || in_link_list
            || line.words == 0
            || (line.linked && line.heading.is_none())
        {
            continue;
        }
        kept.push(at);
    }
    kept
}

/// Share of a block's words in a proposal from which on the reader took the block. Proposals lose a word here and there at links.
const TAKEN: f32 = 0.6;
const TAKEN_WHOLE: f32 = 0.9;

/// Share of words from which on two choices of blocks are one, and up to which they are not.
const AGREED: f64 = 0.7;
const APART: f64 = 0.6;

/// What one reader would add is worth asking the other when it is more than one word in so many of ours. Half as many words make no
/// difference to the 140 pages on average, and cost a tenth of the time.
const OPEN_PARTS: usize = 25;

/// Our own choice of blocks after the other readers were heard.
///
/// What both took is added; what neither took goes only where the two agree with each other and not with us. On the 140 pages of
/// `docs/measurements.md` either reader alone is worse than our own choice, and their common choice corrects it.
struct Weighed {
    kept: Vec<usize>,
    disputed: bool,
}

impl Weighed {
    fn of(text: &str, dom: &Dom, read: &[Line], own: Vec<usize>, title: Option<&str>) -> Self {
        let took = |shares: &[f32]| -> Vec<bool> { shares.iter().map(|share| *share > TAKEN).collect() };
        let may_be_added = |at: usize| {
            let line = &read[at];
            !line.is_furniture() && !title.is_some_and(|title| !title.is_empty() && line.key == title)
        };
        let mut ours = vec![false; read.len()];
        own.iter().for_each(|at| ours[*at] = true);
        let Some(readers) = Readers::of(text, dom, read.iter().map(|line| line.hashes.as_slice())) else {
            return Self { kept: own, disputed: false };
        };
        let furniture = without_asked(dom, |at| ours[at] || !read[at].is_furniture());
        let Some(two) = readers.readability(&furniture) else { return Self { kept: own, disputed: false } };
        let two_took = took(&two);
        let agreement = overlap(read, &ours, &two_took);
        let count =
            |wanted: &dyn Fn(usize) -> bool| -> usize { (0..read.len()).filter(|at| wanted(*at)).map(|at| read[at].words).sum() };
        let open = count(&|at| !ours[at] && two[at] > TAKEN_WHOLE && may_be_added(at));
        // Where one reader agrees with us, the other can change nothing that matters.
        if agreement >= APART && open * OPEN_PARTS <= count(&|at| ours[at]) {
            return Self { kept: own, disputed: false };
        }
        // Alone it can neither add nor save anything, so it is asked about what one of us took.
        let nobodys = without_asked(dom, |at| ours[at] || two[at] > 0.0);
        let Some(one) = readers.trafilatura(&nobodys) else { return Self { kept: own, disputed: agreement < APART } };
        let one_took = took(&one);
        let agreement = agreement.max(overlap(read, &ours, &one_took));
        let outvoted = agreement < APART && overlap(read, &one_took, &two_took) > AGREED;
        let is_kept = |at: usize| match ours[at] {
            true => !outvoted || one_took[at] || two_took[at],
            false => one[at] > TAKEN_WHOLE && two[at] > TAKEN_WHOLE && may_be_added(at),
        };
        let kept = (0..read.len()).filter(|at| is_kept(*at)).collect();
        Self { kept, disputed: agreement < APART }
    }
}

/// Words that stand in both choices, as a share of those in either.
fn overlap(read: &[Line], one: &[bool], two: &[bool]) -> f64 {
    let (mut both, mut either) = (0usize, 0usize);
    for ((line, one), two) in read.iter().zip(one).zip(two) {
        both += if *one && *two { line.words } else { 0 };
        either += if *one || *two { line.words } else { 0 };
    }
    if either == 0 { 1.0 } else { both as f64 / either as f64 }
}

/// What follows a heading such as "Related Posts" is dropped, unless it holds much of the prose.
fn before_end(read: &[Line], candidates: &[usize]) -> Vec<usize> {
    let total: usize = candidates.iter().map(|at| read[*at].prose).sum();
    let mut after = total;
    for (position, at) in candidates.iter().enumerate() {
        after -= read[*at].prose;
        if read[*at].chrome == Some(Chrome::End) && after * 4 < total {
            return candidates[..position].to_vec();
        }
    }
    candidates.to_vec()
}

/// Lists most of whose text is links.
fn link_lists(dom: &Dom, candidates: &[usize], read: &[Line]) -> Vec<usize> {
    let mut lists: Vec<(usize, usize, usize)> = Vec::new();
    for at in candidates {
        let (Some(list), block) = (read[*at].list, &dom.blocks[*at]) else { continue };
        match lists.iter_mut().rev().take(4).find(|known| known.0 == list) {
            Some(known) => {
                known.1 += block.len;
                known.2 += block.linked;
            }
            None => lists.push((list, block.len, block.linked)),
        }
    }
    lists.retain(|(_, len, linked)| linked * 5 > len * 3);
    lists.into_iter().map(|(list, ..)| list).collect()
}

/// A heading stays when text of its own follows before a heading of the same or a higher level.
fn without_loose_headings(read: &[Line], kept: Vec<usize>) -> Vec<usize> {
    let mut out: Vec<usize> = Vec::with_capacity(kept.len());
    let mut open_level = u8::MAX;
    for &at in kept.iter().rev() {
        match read[at].heading {
            Some(level) if open_level <= level => continue,
            Some(level) => open_level = level,
            // Text below: any heading above it has something to head.
            None => open_level = u8::MAX,
        }
        out.push(at);
    }
    out.reverse();
    // Headings at the very end head nothing.
    while out
        .last()
        .is_some_and(|at| read[*at].heading.is_some() || (!read[*at].ends && read[*at].words < 5 && read[*at].list.is_none()))
    {
        out.pop();
    }
    out
}
