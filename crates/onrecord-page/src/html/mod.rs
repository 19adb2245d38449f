//! HTML pages.

mod body;
mod dom;
mod element;
mod head;
mod hint;
mod json;
mod proposal;
mod slim;
pub(crate) mod token;

use onrecord_lexicon::Lexicon;
use onrecord_text::SourceSpan;

use crate::article::{Genre, PageNote};
use crate::copied::too_long;
use crate::draft::{Draft, DraftBlock};
use crate::run::{Run, View, span};
use body::Others;

pub(crate) use head::ambiguous_date;

/// Nesting above which markup is no longer written by anybody.
const ODD_DEPTH: usize = 1000;

/// Reads the whole source as one HTML page.
pub(crate) fn read(text: &str, name: &str, lexicon: &Lexicon, notes: &mut Vec<PageNote>) -> Draft {
    let dom = dom::read(text);
    if dom.depth > ODD_DEPTH {
        let text = format!("elements are nested {} deep", dom.depth);
        notes.push(PageNote { span: None, name: "markup-too-deep", text });
    }
    notes.extend(dom.stopped.map(|at| too_long(at, text.len())));
    let head = head::Head::new(text, &dom);
    let title = head.title();
    let body = body::find(text, &dom, title.as_ref().map(|title| title.key.as_str()), Others::Asked, lexicon);
    if body.disputed {
        let text = "two other readers of pages take other blocks for the article".to_owned();
        notes.push(PageNote { span: None, name: "body-disputed", text });
    }
    let (published, modified) = head.dates(title.as_ref(), &body, notes);
    let spans = |ranges: Vec<std::ops::Range<usize>>| -> Vec<SourceSpan> { ranges.iter().map(span).collect() };
    let is_opinion = head.is_opinion() || names_opinion(name);
    Draft {
        byline: spans(head.authors(title.as_ref(), &body, lexicon)),
        site: head.site().as_ref().map(span),
        agency: None,
        canonical: head.address().as_ref().map(span),
        source: None,
        published,
        modified,
        language: dom.language.clone().and_then(|range| text.get(range)).map(str::to_owned),
        genre: is_opinion.then_some(Genre::Opinion),
        labels: head.section().into_iter().collect(),
        blocks: body.blocks,
        title: title.map(|title| span(&title.range)),
    }
}

/// The text of a piece of markup that came escaped inside of another document: its blocks, as runs of the source.
pub(crate) fn fragment(view: &View, lexicon: &Lexicon) -> Vec<DraftBlock> {
    let dom = dom::read(&view.text);
    let body = body::find(&view.text, &dom, None, Others::NotAsked, lexicon);
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
