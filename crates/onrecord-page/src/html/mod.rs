//! HTML pages.

mod body;
mod dom;
mod element;
mod head;
mod hint;
mod json;
mod listing;
mod proposal;
mod slim;
pub(crate) mod token;

use onrecord_lexicon::Lexicon;
use onrecord_text::SourceSpan;

use crate::article::{Genre, GenreBasis, PageNote, Sign};
use crate::copied::too_long;
use crate::draft::{Draft, DraftBlock};
use crate::line;
use crate::run::{Run, View, span, words};
use body::Others;
use listing::Listing;

pub(crate) use head::ambiguous_date;

/// Nesting above which markup is no longer written by anybody.
const ODD_DEPTH: usize = 1000;

/// Words of an article beside a list of pieces, below which it is an introduction to them.
const INTRODUCTION: usize = 60;

/// Reads the whole source as one HTML page: its article, or the pieces that it lists, or both.
pub(crate) fn read(text: &str, name: &str, lexicon: &Lexicon, notes: &mut Vec<PageNote>) -> Vec<Draft> {
    let dom = dom::read(text);
    if dom.depth > ODD_DEPTH {
        let text = format!("elements are nested {} deep", dom.depth);
        notes.push(PageNote { span: None, name: "markup-too-deep", text });
    }
    notes.extend(dom.stopped.map(|at| too_long(at, text.len())));
    let head = head::Head::new(text, &dom);
    let mut lines = body::lines(text, &dom, lexicon);
    let (pieces, listed) = {
        let listing = Listing::new(text, &dom, &lines, &head, lexicon);
        let pieces = listing.pieces();
        let listed: Vec<Draft> = pieces.iter().map(|piece| listing.draft(piece)).collect();
        (pieces, listed)
    };
    pieces.into_iter().flat_map(|piece| piece.blocks).for_each(|at| lines[at].withdraw());
    let mut odd = Vec::new();
    let own = article(text, name, &dom, &lines, &head, lexicon, &mut odd);
    let count: usize = own.blocks.iter().map(|block| line::word_count(&words(text, &block.runs))).sum();
    let mut drafts = Vec::with_capacity(1 + listed.len());
    if listed.is_empty() || count >= INTRODUCTION {
        drafts.push(own);
        notes.extend(odd);
    }
    drafts.extend(listed);
    drafts
}

/// The page's own article.
fn article(
    text: &str,
    name: &str,
    dom: &dom::Dom,
    lines: &[body::Line],
    head: &head::Head<'_>,
    lexicon: &Lexicon,
    notes: &mut Vec<PageNote>,
) -> Draft {
    let title = head.title();
    let body = body::find(text, dom, lines, title.as_ref().map(|title| title.key.as_str()), Others::Asked);
    if body.disputed {
        let text = "two other readers of pages take other blocks for the article".to_owned();
        notes.push(PageNote { span: None, name: "body-disputed", text });
    }
    let (published, modified) = head.dates(title.as_ref(), &body, notes);
    let spans = |ranges: Vec<std::ops::Range<usize>>| -> Vec<SourceSpan> { ranges.iter().map(span).collect() };
    let by_data = head.opinion().map(|kind| Sign { basis: GenreBasis::JsonLd, span: Some(span(&kind)) });
    let opinion = by_data.or_else(|| names_opinion(name).then_some(Sign { basis: GenreBasis::Address, span: None }));
    Draft {
        byline: spans(head.authors(title.as_ref(), &body, lexicon)),
        site: head.site().as_ref().map(span),
        agencies: Vec::new(),
        canonical: head.address().as_ref().map(span),
        source: None,
        published,
        modified,
        language: dom.language.as_ref().map(span),
        genre: opinion.map(|sign| (Genre::Opinion, sign)),
        labels: head.section().into_iter().collect(),
        blocks: body.blocks,
        title: title.map(|title| span(&title.range)),
    }
}

/// The text of a piece of markup that came escaped inside of another document: its blocks, as runs of the source.
pub(crate) fn fragment(view: &View, lexicon: &Lexicon) -> Vec<DraftBlock> {
    let dom = dom::read(&view.text);
    let lines = body::lines(&view.text, &dom, lexicon);
    let body = body::find(&view.text, &dom, &lines, None, Others::NotAsked);
    let to_source = |block: DraftBlock| -> DraftBlock {
        let runs: Vec<Run> = view.to_source(block.runs);
        DraftBlock { kind: block.kind, runs }
    };
    body.blocks.into_iter().map(to_source).collect()
}

/// Whether a path or address files the piece under opinion.
fn names_opinion(name: &str) -> bool {
    let folders = name.split(['/', '\\']).rev().skip(1);
    folders.take(6).any(|folder| {
        matches!(
            &*folder.to_ascii_lowercase(),
            "opinion" | "opinions" | "op-ed" | "oped" | "commentisfree" | "editorial" | "editorials" | "columns" | "commentary"
        )
    })
}
