//! Lines that the pages of one site have in common: what is copied along with every article.
//!
//! A page that is read by itself is read as if it were the only one. Where several are read together, [`SiteLines::of`] looks at what was
//! read of all of them, and [`SiteLines::drop_from`] takes from each what it shares with the others. Both are pure, and the order of the
//! pages plays no part.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_text::{CleanSpan, CleanText, Edit, SourceSpan};

use crate::article::{Article, Block, BlockKind, Page};
use crate::line;

/// Articles of a site that a line stands in before it is no article's own. Two may be one story, told on.
const ARTICLES: usize = 3;

/// Two articles with this share of the shorter one's words in common are versions of one, and count once.
const VERSION: f64 = 0.5;

/// Articles with a line that are compared with each other.
const COMPARED: usize = 24;

/// Most words of a line that is dropped from the midst of an article. Paragraphs there are background that a site tells again and again,
/// and are a part of what it reports.
const FURNITURE_WORDS: usize = 12;

/// The lines that several articles of a site have in common, by site.
#[derive(Debug, Default)]
pub struct SiteLines {
    /// Hashes of folded lines.
    sites: BTreeMap<String, BTreeSet<u64>>,
}

/// Blocks of one article: hash and number of words of each.
type Lines = BTreeMap<u64, usize>;

impl SiteLines {
    /// The lines that are shared among `pages`, each with the address that it was obtained from.
    pub fn of<'p>(pages: impl IntoIterator<Item = (&'p Page, Option<&'p str>)>) -> Self {
        let mut articles: BTreeMap<String, BTreeSet<Lines>> = BTreeMap::new();
        for (page, url) in pages {
            for article in &page.articles {
                if let Some(site) = site(page, article, url) {
                    articles.entry(site).or_default().insert(lines(article));
                }
            }
        }
        let shared = articles.into_iter().filter(|(_, articles)| articles.len() >= ARTICLES);
        let sites = shared.map(|(site, articles)| (site, shared_lines(&articles.into_iter().collect::<Vec<_>>())));
        Self { sites: sites.filter(|(_, lines)| !lines.is_empty()).collect() }
    }

    /// Takes from the articles of `page` what they share with others of their site: at their start and end, and short lines that are no
    /// sentence anywhere. An article is never left without a block.
    pub fn drop_from(&self, page: &mut Page, url: Option<&str>) {
        for number in 0..page.articles.len() {
            let article = &page.articles[number];
            let Some(shared) = site(page, article, url).and_then(|site| self.sites.get(&site)) else { continue };
            let dropped = dropped(article, shared);
            if dropped.contains(&true) && dropped.contains(&false) {
                let rest = without(page, article, &dropped);
                page.articles[number] = rest.unwrap_or_else(|| page.articles[number].clone());
            }
        }
    }
}

/// The host that a page comes from, or the name that it gives its site.
fn site(page: &Page, article: &Article, url: Option<&str>) -> Option<String> {
    let canonical = article.provenance.canonical.map(|span| page.source.cut(span));
    let host = [url, canonical].into_iter().flatten().find_map(host);
    let named = || article.site.map(|span| line::key(page.source.cut(span))).filter(|key| !key.is_empty());
    host.or_else(named)
}

fn host(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#', ':']).next()?.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    (scheme.starts_with("http") && host.contains('.')).then(|| host.to_owned())
}

fn lines(article: &Article) -> Lines {
    let texts = article.blocks.iter().map(|block| article.clean.cut(block.span));
    texts.map(|text| (line::key_hash(text), line::word_count(text))).filter(|(_, words)| *words > 0).collect()
}

fn shared_lines(articles: &[Lines]) -> BTreeSet<u64> {
    let mut holders: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (number, lines) in articles.iter().enumerate() {
        lines.keys().for_each(|line| holders.entry(*line).or_default().push(number));
    }
    holders.retain(|_, holders| stories(articles, holders) >= ARTICLES);
    holders.into_keys().collect()
}

/// How many of the articles `numbers` are no version of another, counted up to what is needed.
fn stories(articles: &[Lines], numbers: &[usize]) -> usize {
    let mut stories: Vec<usize> = Vec::new();
    for number in numbers.iter().take(COMPARED) {
        if stories.len() < ARTICLES && !stories.iter().any(|known| is_version(&articles[*known], &articles[*number])) {
            stories.push(*number);
        }
    }
    stories.len()
}

fn is_version(one: &Lines, other: &Lines) -> bool {
    let words = |lines: &Lines| lines.values().sum::<usize>();
    let common: usize = one.iter().filter(|(line, _)| other.contains_key(line)).map(|(_, words)| words).sum();
    common as f64 > words(one).min(words(other)) as f64 * VERSION
}

/// Which blocks of an article go.
fn dropped(article: &Article, shared: &BTreeSet<u64>) -> Vec<bool> {
    let text = |block: &Block| article.clean.cut(block.span);
    let is_shared: Vec<bool> = article.blocks.iter().map(|block| shared.contains(&line::key_hash(text(block)))).collect();
    let first = is_shared.iter().position(|shared| !shared).unwrap_or(is_shared.len());
    let last = is_shared.iter().rposition(|shared| !shared).unwrap_or(0);
    let is_furniture = |block: &Block| {
        let words = text(block);
        block.kind == BlockKind::Paragraph && !line::ends_sentence(words) && line::word_count(words) <= FURNITURE_WORDS
    };
    let goes = |(at, block): (usize, &Block)| is_shared[at] && (at < first || at > last || is_furniture(block));
    article.blocks.iter().enumerate().map(goes).collect()
}

/// The article without the blocks that are `dropped`; nothing where the edits do not fit together.
fn without(page: &Page, article: &Article, dropped: &[bool]) -> Option<Article> {
    let covers: Vec<SourceSpan> = article.blocks.iter().map(|block| article.clean.source_of(block.span)).collect();
    let mut ranges: Vec<SourceSpan> = Vec::new();
    let mut at = 0;
    while at < covers.len() {
        let end = at + dropped[at..].iter().take_while(|dropped| **dropped).count();
        if end > at {
            // With the gap behind it, or at the end of the article with the gap before it.
            let last = covers.get(end.checked_sub(1)?)?;
            ranges.push(match (covers.get(end), at.checked_sub(1).and_then(|before| covers.get(before))) {
                (Some(next), _) => SourceSpan::new(covers[at].start(), next.start()),
                (None, Some(before)) => SourceSpan::new(before.end(), last.end()),
                (None, None) => return None,
            });
        }
        at = end.max(at + 1);
    }
    let is_inside = |edit: &Edit| ranges.iter().any(|range| range.contains_span(edit.range));
    let mut edits: Vec<Edit> = article.clean.edits().into_iter().filter(|edit| !is_inside(edit)).collect();
    edits.extend(ranges.iter().map(|range| Edit::drop(*range)));
    let clean = CleanText::apply(&page.source, &edits).ok()?;
    let kept = article.blocks.iter().zip(&covers).zip(dropped).filter(|(_, dropped)| !**dropped);
    let block = |((block, cover), _): ((&Block, &SourceSpan), &bool)| -> Option<Block> {
        let span: CleanSpan = clean.clean_of(*cover)?;
        (clean.cut(span) == article.clean.cut(block.span)).then_some(Block { span, kind: block.kind })
    };
    let blocks: Vec<Block> = kept.map(block).collect::<Option<_>>()?;
    let restored =
        article.restored.iter().filter(|word| !ranges.iter().any(|range| range.overlaps(word.span))).cloned().collect();
    Some(Article { blocks, restored, clean, ..article.clone() })
}
