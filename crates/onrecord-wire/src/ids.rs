//! Ids of everything in a record, by position.

use std::collections::BTreeMap;

use onrecord_page::Article;
use onrecord_record::{ArticleIds, Entry, ItemRef, Record, UniqueIds, item_id};
use onrecord_text::{CleanSpan, SourceSpan};

/// The ids of everything in a record, by position.
pub(crate) struct Ids {
    captures: Vec<String>,
    articles: Vec<Vec<String>>,
    assertions: BTreeMap<ItemRef, String>,
    events: BTreeMap<ItemRef, String>,
    figures: BTreeMap<ItemRef, String>,
    claims: Vec<String>,
    commitments: Vec<String>,
    claim_of: BTreeMap<ItemRef, usize>,
    referent_of: BTreeMap<ItemRef, String>,
    /// For each figure with a referent: which, and which value of its series.
    value_of: BTreeMap<ItemRef, (usize, usize)>,
}

impl Ids {
    pub(crate) fn of(record: &Record) -> Self {
        let mut maker = UniqueIds::default();
        let mut ids = Self {
            captures: record.entries.iter().map(|entry| maker.unique(item_id("capture", entry.source_id(), &[]))).collect(),
            articles: Vec::new(),
            assertions: BTreeMap::new(),
            events: BTreeMap::new(),
            figures: BTreeMap::new(),
            claims: Vec::new(),
            commitments: Vec::new(),
            claim_of: BTreeMap::new(),
            referent_of: BTreeMap::new(),
            value_of: BTreeMap::new(),
        };
        for (number, entry) in record.entries.iter().enumerate() {
            ids.add_entry(&mut maker, number, entry);
        }
        ids.add_joined(&mut maker, record);
        ids
    }

    fn add_entry(&mut self, maker: &mut UniqueIds, number: usize, entry: &Entry) {
        let mut articles = Vec::new();
        for place in 0..entry.page.articles.len() {
            let ids = ArticleIds::of(entry, place, maker);
            let at = |(item, id)| (ItemRef { entry: number, article: place, item }, id);
            articles.push(ids.article);
            self.assertions.extend(ids.assertions.into_iter().enumerate().map(at));
            self.events.extend(ids.events.into_iter().enumerate().map(at));
            self.figures.extend(ids.figures.into_iter().enumerate().map(at));
        }
        self.articles.push(articles);
    }

    fn add_joined(&mut self, maker: &mut UniqueIds, record: &Record) {
        for (place, claim) in record.claims.iter().enumerate() {
            self.claims.push(maker.unique(record.claim_id(claim)));
            self.claim_of.extend(claim.assertions.iter().map(|item| (*item, place)));
        }
        self.commitments = record.commitments.iter().map(|given| maker.unique(record.undertaking_id(given))).collect();
        for (place, referent) in record.referents.iter().enumerate() {
            let values = referent.series.iter().enumerate();
            self.value_of.extend(values.flat_map(|(row, value)| value.figures.iter().map(move |at| (*at, (place, row)))));
            let Some((first, entry)) = referent.figures.first().and_then(|at| Some((at, record.entries.get(at.entry)?))) else {
                continue;
            };
            let figure = record.reading(*first).and_then(|reading| reading.figures.get(first.item));
            let article = entry.page.articles.get(first.article);
            let span = figure.zip(article).map(|(figure, article)| sources(article, &[figure.span])).unwrap_or_default();
            let id = maker.unique(item_id("referent", entry.source_id(), &span));
            self.referent_of.extend(referent.figures.iter().map(|item| (*item, id.clone())));
        }
    }

    pub(crate) fn capture(&self, entry: usize) -> String {
        self.captures.get(entry).cloned().unwrap_or_default()
    }

    pub(crate) fn article(&self, entry: usize, article: usize) -> String {
        self.articles.get(entry).and_then(|articles| articles.get(article)).cloned().unwrap_or_default()
    }

    pub(crate) fn assertion(&self, item: ItemRef) -> String {
        self.assertions.get(&item).cloned().unwrap_or_default()
    }

    pub(crate) fn event(&self, item: ItemRef) -> String {
        self.events.get(&item).cloned().unwrap_or_default()
    }

    pub(crate) fn figure(&self, item: ItemRef) -> String {
        self.figures.get(&item).cloned().unwrap_or_default()
    }

    pub(crate) fn claim(&self, claim: usize) -> String {
        self.claims.get(claim).cloned().unwrap_or_default()
    }

    pub(crate) fn commitment(&self, commitment: usize) -> String {
        self.commitments.get(commitment).cloned().unwrap_or_default()
    }

    /// The claim that an assertion belongs to.
    pub(crate) fn claim_of(&self, assertion: ItemRef) -> Option<String> {
        self.claim_of.get(&assertion).map(|claim| self.claim(*claim))
    }

    /// The referent of this figure, and the row of its series that it gives, by position.
    pub(crate) fn value_of(&self, figure: ItemRef) -> Option<(usize, usize)> {
        self.value_of.get(&figure).copied()
    }

    /// The id shared by the figures that count the same as this one.
    pub(crate) fn referent_of(&self, figure: ItemRef) -> Option<String> {
        self.referent_of.get(&figure).cloned()
    }
}

fn sources(article: &Article, words: &[CleanSpan]) -> Vec<SourceSpan> {
    words.iter().flat_map(|span| article.clean.source_pieces(*span)).collect()
}
