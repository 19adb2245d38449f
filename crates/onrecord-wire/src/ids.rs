//! Ids of items: hashes of where they stand, so that two machines that read the same bytes agree without talking.
//!
//! An id is `KIND-` and 16 hex digits of the SHA-256 of its parts, each closed by a zero byte: for a capture the hash of its raw
//! bytes, for an article its capture and its place in it, for an item its article and the source spans of its words, for what
//! joins items the id of the first of them. Equal ids (the same bytes given twice) are told apart by `-2`, `-3`, ….

use std::collections::BTreeMap;

use onrecord_page::Article;
use onrecord_read::CommitmentKind;
use onrecord_record::{Entry, ItemRef, Record};
use onrecord_text::{CleanSpan, sha256_hex};

/// Hex digits of an id: at 64 bits, ten million items share one with a chance of 1 in 400,000.
const DIGITS: usize = 16;

/// The ids of everything in a record, by position.
pub(crate) struct Ids {
    captures: Vec<String>,
    articles: Vec<Vec<String>>,
    assertions: BTreeMap<ItemRef, String>,
    figures: BTreeMap<ItemRef, String>,
    claims: Vec<String>,
    commitments: Vec<String>,
    claim_of: BTreeMap<ItemRef, usize>,
    referent_of: BTreeMap<ItemRef, String>,
}

impl Ids {
    pub(crate) fn of(record: &Record) -> Self {
        let mut maker = Maker::default();
        let mut ids = Self {
            captures: record.entries.iter().map(|entry| maker.id("capture", &[entry.source_id().to_string()])).collect(),
            articles: Vec::new(),
            assertions: BTreeMap::new(),
            figures: BTreeMap::new(),
            claims: Vec::new(),
            commitments: Vec::new(),
            claim_of: BTreeMap::new(),
            referent_of: BTreeMap::new(),
        };
        for (number, entry) in record.entries.iter().enumerate() {
            ids.add_entry(&mut maker, number, entry);
        }
        ids.add_joined(&mut maker, record);
        ids
    }

    fn add_entry(&mut self, maker: &mut Maker, number: usize, entry: &Entry) {
        let capture = self.captures.get(number).cloned().unwrap_or_default();
        let mut articles = Vec::new();
        for (place, article) in entry.page.articles.iter().enumerate() {
            let id = maker.id("article", &[capture.clone(), place.to_string()]);
            if let Some(reading) = entry.readings.get(place) {
                for (item, assertion) in reading.assertions.iter().enumerate() {
                    let mut words = assertion.content.clone();
                    words.extend(assertion.cue);
                    let made = maker.id("assertion", &[id.clone(), spans(article, &words)]);
                    self.assertions.insert(ItemRef { entry: number, article: place, item }, made);
                }
                for (item, figure) in reading.figures.iter().enumerate() {
                    let made = maker.id("figure", &[id.clone(), spans(article, &[figure.span])]);
                    self.figures.insert(ItemRef { entry: number, article: place, item }, made);
                }
            }
            articles.push(id);
        }
        self.articles.push(articles);
    }

    fn add_joined(&mut self, maker: &mut Maker, record: &Record) {
        for (place, claim) in record.claims.iter().enumerate() {
            let first = claim.assertions.first().map(|item| self.assertion(*item)).unwrap_or_default();
            self.claims.push(maker.id("claim", &[first]));
            self.claim_of.extend(claim.assertions.iter().map(|item| (*item, place)));
        }
        for undertaking in &record.commitments {
            let kind = match undertaking.kind {
                CommitmentKind::Demand => "demand",
                CommitmentKind::Assurance => "assurance",
            };
            let words = undertaking.what;
            let place = record.entries.get(words.entry).and_then(|entry| entry.page.articles.get(words.article));
            let spans = place.map(|article| spans(article, &[words.span])).unwrap_or_default();
            self.commitments.push(maker.id(kind, &[self.article(words.entry, words.article), spans]));
        }
        for referent in &record.referents {
            let first = referent.figures.first().map(|item| self.figure(*item)).unwrap_or_default();
            let id = maker.id("referent", &[first]);
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

    /// The id shared by the figures that count the same as this one.
    pub(crate) fn referent_of(&self, figure: ItemRef) -> Option<String> {
        self.referent_of.get(&figure).cloned()
    }
}

/// Makes ids and keeps them apart.
#[derive(Default)]
pub(crate) struct Maker {
    given: BTreeMap<String, usize>,
}

impl Maker {
    pub(crate) fn id(&mut self, kind: &str, parts: &[String]) -> String {
        let mut bytes = Vec::new();
        for part in std::iter::once(kind).chain(parts.iter().map(String::as_str)) {
            bytes.extend_from_slice(part.as_bytes());
            bytes.push(0);
        }
        let digits: String = sha256_hex(&bytes).chars().take(DIGITS).collect();
        let id = format!("{kind}-{digits}");
        let times = self.given.entry(id.clone()).or_insert(0);
        *times += 1;
        if *times == 1 { id } else { format!("{id}-{times}") }
    }
}

fn spans(article: &Article, words: &[CleanSpan]) -> String {
    let places = words.iter().map(|span| article.clean.source_of(*span));
    places.map(|span| format!("{}-{}", span.start(), span.end())).collect::<Vec<_>>().join(",")
}
