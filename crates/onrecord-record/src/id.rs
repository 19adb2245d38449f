//! Ids of items: short, stable, the same on every machine.

use std::collections::BTreeMap;

use onrecord_read::{CommitmentKind, Reading};
use onrecord_text::{CleanSpan, SourceId, SourceSpan, hex};

use crate::{Claim, Entry, ItemRef, Record, Undertaking, Words};

/// Id of an item: the first letter of its kind, then 16 hex digits.
///
/// The digits are the first 8 bytes of the SHA-256 of: the 32 bytes of the source's id, the kind in UTF-8, a zero byte, and
/// start and end of each span in order, as 32-bit little-endian numbers. So an item keeps its id as long as its bytes and its
/// spans stay.
///
/// ```
/// use onrecord_record::item_id;
/// use onrecord_text::{SourceId, SourceSpan};
/// let id = item_id("figure", SourceId::of(b"abc"), &[SourceSpan::new(0, 3)]);
/// assert_eq!((id.len(), id.starts_with('f')), (17, true));
/// ```
#[must_use]
pub fn item_id(kind: &str, source: SourceId, spans: &[SourceSpan]) -> String {
    let numbers: Vec<u32> = spans.iter().flat_map(|span| [span.start(), span.end()]).collect();
    let letter = kind.chars().next().unwrap_or('x');
    format!("{letter}{}", digest(kind, source, &numbers))
}

/// The 16 hex digits of [`item_id`].
pub(crate) fn digest(kind: &str, source: SourceId, numbers: &[u32]) -> String {
    let mut bytes = source.as_bytes().to_vec();
    bytes.extend(kind.as_bytes());
    bytes.push(0);
    numbers.iter().for_each(|number| bytes.extend(number.to_le_bytes()));
    hex(&SourceId::of(&bytes).as_bytes()[..8])
}

/// Keeps ids apart: two items with the same words get `ID` and `ID-2`.
#[derive(Debug, Default)]
pub struct UniqueIds {
    given: BTreeMap<String, usize>,
}

impl UniqueIds {
    /// The id, or the id with the number of times that it was given.
    pub fn unique(&mut self, id: String) -> String {
        let times = self.given.entry(id.clone()).or_insert(0);
        *times += 1;
        if *times == 1 { id } else { format!("{id}-{times}") }
    }
}

/// Ids of an article and of what was read in it, each list in step with that of the reading.
#[derive(Debug, Default)]
pub struct ArticleIds {
    /// Of the article.
    pub article: String,
    /// Of [`Reading::assertions`]: by content and words of saying.
    pub assertions: Vec<String>,
    /// Of [`Reading::events`]: by the word that names it.
    pub events: Vec<String>,
    /// Of [`Reading::figures`].
    pub figures: Vec<String>,
}

impl ArticleIds {
    /// The ids of the article at this position of `entry`, kept apart from those that `unique` gave before.
    pub fn of(entry: &Entry, article: usize, unique: &mut UniqueIds) -> Self {
        let Some(page) = entry.page.articles.get(article) else { return Self::default() };
        let sources =
            |words: &[CleanSpan]| words.iter().flat_map(|span| page.clean.source_pieces(*span)).collect::<Vec<SourceSpan>>();
        let mut id = |kind: &str, words: &[CleanSpan]| unique.unique(item_id(kind, entry.source_id(), &sources(words)));
        let blocks: Vec<CleanSpan> = page.blocks.iter().map(|block| block.span).collect();
        let mut ids = Self { article: id("article", &blocks), ..Self::default() };
        let Some(reading) = entry.readings.get(article) else { return ids };
        for said in &reading.assertions {
            let words: Vec<CleanSpan> = said.content.iter().copied().chain(said.cue).collect();
            ids.assertions.push(id("assertion", &words));
        }
        ids.events = reading.events.iter().map(|event| id("event", &[event.trigger])).collect();
        ids.figures = reading.figures.iter().map(|figure| id("figure", &[figure.span])).collect();
        ids
    }
}

/// What commitments of this kind are called in their ids.
pub(crate) const fn commitment_kind(kind: CommitmentKind) -> &'static str {
    match kind {
        CommitmentKind::Demand => "demand",
        CommitmentKind::Assurance => "assurance",
    }
}

impl Record {
    /// Id of a claim: from its oldest assertion, so that it stays when more articles join.
    #[must_use]
    pub fn claim_id(&self, claim: &Claim) -> String {
        claim.assertions.first().map_or_else(String::new, |first| {
            let said = self.reading(*first).and_then(|reading| reading.assertions.get(first.item));
            let spans = said.map(|said| said.content.iter().copied().chain(said.cue).collect()).unwrap_or_default();
            self.id("claim", *first, spans)
        })
    }

    /// Id of a demand or an assurance: from the wording of the oldest article that reports it.
    #[must_use]
    pub fn undertaking_id(&self, undertaking: &Undertaking) -> String {
        undertaking.said_in.first().map_or_else(String::new, |first| {
            let given = self.reading(*first).and_then(|reading| reading.commitments.get(first.item));
            self.id(commitment_kind(undertaking.kind), *first, given.map(|given| vec![given.what]).unwrap_or_default())
        })
    }

    /// The words at this place, as the clean text has them.
    #[must_use]
    pub fn cut(&self, words: Words) -> &str {
        let entry = self.entries.get(words.entry);
        entry.and_then(|entry| entry.page.articles.get(words.article)).map_or("", |article| article.clean.cut(words.span))
    }

    /// The reading that holds this item.
    #[must_use]
    pub fn reading(&self, at: ItemRef) -> Option<&Reading> {
        self.entries.get(at.entry)?.readings.get(at.article)
    }

    fn id(&self, kind: &str, at: ItemRef, spans: Vec<CleanSpan>) -> String {
        let Some(entry) = self.entries.get(at.entry) else { return String::new() };
        let article = entry.page.articles.get(at.article);
        let pieces: Vec<SourceSpan> = spans
            .into_iter()
            .flat_map(|span| article.map(|article| article.clean.source_pieces(span)).unwrap_or_default())
            .collect();
        item_id(kind, entry.source_id(), &pieces)
    }
}
