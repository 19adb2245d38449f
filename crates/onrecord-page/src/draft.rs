//! From the stretches a page reader chose to an [`Article`] with its clean text.

use std::ops::Range;

use onrecord_lexicon::Lexicon;
use onrecord_text::{CleanSpan, CleanText, Edit, Source, SourceSpan};

use crate::article::{Article, Block, BlockKind, Genre, GenreBasis, Label, LanguageBasis, PageDate, Provenance, Restored, Sign};
use crate::run::{Run, cover, span, words};
use crate::{agency, bent, genre, language};

/// A block of an article that is being put together; its runs are ranges of the source.
#[derive(Debug, Clone)]
pub(crate) struct DraftBlock {
    pub(crate) kind: BlockKind,
    pub(crate) runs: Vec<Run>,
}

/// What a reader found of one article.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub(crate) title: Option<SourceSpan>,
    pub(crate) byline: Vec<SourceSpan>,
    pub(crate) site: Option<SourceSpan>,
    /// Agencies credited outside of the text.
    pub(crate) agencies: Vec<SourceSpan>,
    /// Address that the page gives as its own, and the source that a feed names.
    pub(crate) canonical: Option<SourceSpan>,
    pub(crate) source: Option<SourceSpan>,
    pub(crate) published: Option<PageDate>,
    pub(crate) modified: Option<PageDate>,
    /// Where the page declares its language (`en-GB`).
    pub(crate) language: Option<SourceSpan>,
    /// What the page itself says of the sort of piece, and what tells it.
    pub(crate) genre: Option<(Genre, Sign<GenreBasis>)>,
    pub(crate) labels: Vec<Label>,
    pub(crate) blocks: Vec<DraftBlock>,
}

/// What parts two blocks in the clean text.
const BLOCK_BREAK: &str = "\n\n";

/// Makes the article: applies all edits, undoes bent spellings, tells language, genre and agency.
pub(crate) fn finish(source: &Source, draft: Draft, lexicon: &Lexicon) -> Article {
    let names: Vec<&str> = draft.byline.iter().map(|span| source.cut(*span)).collect();
    let layout = Layout::of(source, without_note_on_author(source, &draft.blocks, &names));
    let clean = apply(source, &layout.edits);
    let restored = bent::find(source, &clean, draft.title, lexicon);
    let in_body: Vec<&Restored> = restored.iter().filter(|word| clean.clean_of(word.span).is_some()).collect();
    let clean = if in_body.is_empty() { clean } else { apply(source, &with_restored(layout.edits, &in_body)) };
    let blocks = blocks(&clean, &layout.covers);
    let in_text = agency::find(source, &clean, &blocks, &draft.byline, lexicon);
    let agencies = agency::each_once(source.text(), in_text.into_iter().chain(draft.agencies));
    let dateline = agency::dateline_place(&clean, &blocks);
    let (genre, genre_sign) = match draft.genre {
        Some((genre, sign)) => (genre, Some(sign)),
        None => genre::of(&clean, &blocks, &draft.labels, lexicon),
    };
    let (language, language_sign) = told_language(source, &clean, draft.language).unzip();
    Article {
        title: draft.title,
        byline: draft.byline,
        site: draft.site,
        agency: agencies.first().copied(),
        provenance: Provenance { canonical: draft.canonical, dateline, source: draft.source, agencies },
        published: draft.published,
        modified: draft.modified,
        language,
        language_sign,
        genre,
        genre_sign,
        labels: draft.labels,
        blocks,
        restored,
        clean,
    }
}

/// The language that the words tell, or else the page declares.
fn told_language(source: &Source, clean: &CleanText, declared: Option<SourceSpan>) -> Option<(String, Sign<LanguageBasis>)> {
    let by_words = language::of(clean.text()).map(|(code, len)| {
        let seen = CleanSpan::new(0, u32::try_from(len).unwrap_or(u32::MAX));
        (code, Sign { basis: LanguageBasis::Words, span: Some(clean.source_of(seen)) })
    });
    by_words.or_else(|| {
        let code = language::declared(source.cut(declared?))?;
        Some((code, Sign { basis: LanguageBasis::Declared, span: declared }))
    })
}

/// Blocks at the end of an article among which a note on its author is looked for.
const LAST_BLOCKS: usize = 4;

/// `blocks` without "Mara Lind is a reporter in …" and what follows it.
fn without_note_on_author<'b>(source: &Source, blocks: &'b [DraftBlock], names: &[&str]) -> &'b [DraftBlock] {
    let from = blocks.len().saturating_sub(LAST_BLOCKS).max(2);
    let is_note = |block: &DraftBlock| {
        let text = words(source.text(), &block.runs);
        names.iter().any(|name| {
            let Some(rest) = text.strip_prefix(name) else { return false };
            let next = rest.split_whitespace().find(|word| !word.starts_with(['(', '@']));
            next.is_none_or(|next| matches!(next, "is" | "was" | "reports" | "covers" | "writes" | "has"))
        })
    };
    match blocks.iter().skip(from).position(is_note) {
        Some(at) => blocks.get(..from + at).unwrap_or(blocks),
        None => blocks,
    }
}

/// The edits that leave the blocks, and where each block stands in the source.
struct Layout {
    edits: Vec<Edit>,
    covers: Vec<(BlockKind, SourceSpan)>,
}

impl Layout {
    /// Blocks must come in the order of the source; one that does not is left out.
    fn of(source: &Source, blocks: &[DraftBlock]) -> Self {
        let mut layout = Self { edits: Vec::new(), covers: Vec::new() };
        let mut end = 0usize;
        for block in blocks {
            let Some(range) = cover(&block.runs).filter(|range| range.start >= end && !range.is_empty()) else { continue };
            let between = if layout.covers.is_empty() { "" } else { BLOCK_BREAK };
            layout.gap(end..range.start, between);
            end = layout.block(&block.runs);
            layout.covers.push((block.kind, span(&(range.start..end))));
        }
        layout.gap(end..source.text().len(), "");
        layout
    }

    fn block(&mut self, runs: &[Run]) -> usize {
        let mut end = runs.first().map_or(0, |run| run.range.start);
        for run in runs {
            if run.range.start < end || run.range.is_empty() {
                continue;
            }
            self.gap(end..run.range.start, "");
            if let Some(with) = &run.with {
                self.edits.push(Edit::replace(span(&run.range), &**with));
            }
            end = run.range.end;
        }
        end
    }

    fn gap(&mut self, range: Range<usize>, with: &str) {
        if !range.is_empty() || !with.is_empty() {
            self.edits.push(Edit::replace(span(&range), with));
        }
    }
}

/// Edits come from runs on character boundaries that do not overlap; should a rule err, the text is dropped and nothing panics.
fn apply(source: &Source, edits: &[Edit]) -> CleanText {
    CleanText::apply(source, edits)
        .or_else(|_| CleanText::apply(source, &[Edit::drop(source.span())]))
        .unwrap_or_else(|_| empty())
}

fn empty() -> CleanText {
    match Source::new(b"", "").map(|source| CleanText::apply(&source, &[])) {
        Ok(Ok(clean)) => clean,
        _ => unreachable!("no text needs no edit"),
    }
}

/// `edits` with the restored words in place of the edits inside of them.
fn with_restored(edits: Vec<Edit>, restored: &[&Restored]) -> Vec<Edit> {
    let mut words = restored.iter().peekable();
    let mut out = Vec::with_capacity(edits.len() + restored.len());
    for edit in edits {
        while words.next_if(|word| word.span.end() <= edit.range.start()).is_some() {}
        let is_inside = words.peek().is_some_and(|word| word.span.contains_span(edit.range) && !edit.range.is_empty());
        if !is_inside {
            out.push(edit);
        }
    }
    out.extend(restored.iter().map(|word| Edit::replace(word.span, word.restored.as_str())));
    out
}

fn blocks(clean: &CleanText, covers: &[(BlockKind, SourceSpan)]) -> Vec<Block> {
    let block = |(kind, cover): &(BlockKind, SourceSpan)| {
        let span: CleanSpan = clean.clean_of(*cover)?;
        (!clean.cut(span).trim().is_empty()).then_some(Block { span, kind: *kind })
    };
    covers.iter().filter_map(block).collect()
}
