//! What every section needs: the record, its ids, and the marks made so far.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_lexicon::{Act, Lexicon};
use onrecord_page::Article;
use onrecord_read::{Assertion, Form, Reading, SpeakerKind};
use onrecord_record::review::FindingKind;
use onrecord_record::{Entry, ItemRef, Record, Words};
use onrecord_text::CleanSpan;

use super::name::date;
use super::{Head, Mark, MarkKind, Place, Quote, Voice};
use crate::ids::Ids;
use crate::words;

/// Quotation marks that open or close.
const QUOTE_MARKS: [char; 8] = ['“', '”', '"', '„', '«', '»', '‘', '’'];

/// The record with what is worked out from it on the way.
pub(super) struct Gather<'a> {
    pub(super) record: &'a Record,
    pub(super) lexicon: &'a Lexicon,
    pub(super) ids: Ids,
    /// Where each entry's text breaks lines. A brief asks for thousands of lines and never for a column.
    breaks: Vec<Vec<usize>>,
    files: Vec<String>,
    outlets: BTreeMap<(usize, usize), &'a str>,
    marks: BTreeMap<(Words, MarkKind, String), Mark>,
}

impl<'a> Gather<'a> {
    pub(super) fn new(record: &'a Record, lexicon: &'a Lexicon) -> Self {
        Self {
            record,
            lexicon,
            ids: Ids::of(record),
            breaks: record.entries.iter().map(|entry| line_breaks(entry.page.source.text())).collect(),
            files: file_labels(&record.entries),
            outlets: outlets(record),
            marks: BTreeMap::new(),
        }
    }

    pub(super) fn head(&self) -> Head {
        let articles: Vec<&Article> = self.record.entries.iter().flat_map(|entry| &entry.page.articles).collect();
        let mut days: Vec<&str> =
            articles.iter().filter_map(|article| article.published.as_ref()).map(|date| date.value.as_str()).collect();
        days.sort_unstable();
        let outlets: BTreeSet<&String> = self.record.claims.iter().flat_map(|claim| &claim.outlets).collect();
        Head {
            pages: self.record.entries.len(),
            articles: articles.len(),
            outlets: outlets.len(),
            published: days.first().zip(days.last()).map(|(first, last)| (date(first), date(last))),
            undated: articles.len() - days.len(),
        }
    }

    pub(super) fn reading(&self, entry: usize, article: usize) -> Option<&'a Reading> {
        self.record.entries.get(entry)?.readings.get(article)
    }

    pub(super) fn assertion(&self, item: ItemRef) -> Option<&'a Assertion> {
        self.reading(item.entry, item.article)?.assertions.get(item.item)
    }

    /// Name of the outlet of an article, else its file.
    pub(super) fn outlet(&self, at: (usize, usize)) -> String {
        let known = self.outlets.get(&at).map(|name| (*name).to_owned());
        known.or_else(|| self.files.get(at.0).cloned()).unwrap_or_default()
    }

    /// The name under which an entry is shown.
    pub(super) fn file(&self, entry: usize) -> String {
        self.files.get(entry).cloned().unwrap_or_default()
    }

    /// `FILE:LINE` of the first of the words.
    pub(super) fn line_label(&self, at: Words) -> String {
        let Some((_, article)) = words::home(self.record, at.entry, at.article) else { return String::new() };
        let start = article.clean.source_of(at.span).start();
        let file = self.files.get(at.entry).map_or("", String::as_str);
        // The lines of a text that was taken out of a printed report are nowhere to be seen; its pages are.
        if let Some(page) = self.record.entries.get(at.entry).and_then(|entry| entry.capture.page_at(start)) {
            return format!("{} p. {page}", file.strip_suffix("!text").unwrap_or(file));
        }
        let line = self.breaks.get(at.entry).map_or(0, |breaks| breaks.partition_point(|at| *at < start as usize) + 1);
        format!("{file}:{line}")
    }

    /// Marks words as those of an item of the brief.
    pub(super) fn place(&mut self, anchor: &str, item: &str, kind: MarkKind, at: Words) -> Place {
        let label = self.line_label(at);
        let new = || Mark { anchor: anchor.to_owned(), kind, words: at, items: Vec::new() };
        let mark = self.marks.entry((at, kind, anchor.to_owned())).or_insert_with(new);
        if !mark.items.iter().any(|known| known == item) {
            mark.items.push(item.to_owned());
        }
        Place { label, anchor: anchor.to_owned() }
    }

    /// Words shown as those of an item, and marked.
    pub(super) fn quote(&mut self, anchor: &str, item: &str, kind: MarkKind, at: Words, form: Form) -> Quote {
        let place = self.place(anchor, item, kind, at);
        Quote { words: self.printed(at, form), voice: voice(form), place }
    }

    /// The words of an assertion.
    pub(super) fn said(&mut self, at: ItemRef, item: &str) -> Option<Quote> {
        let assertion = self.assertion(at)?;
        let anchor = self.ids.assertion(at);
        let kind = if assertion.speaker.kind == SpeakerKind::Author { MarkKind::Author } else { MarkKind::Said };
        let mut quotes = Vec::new();
        for (number, span) in assertion.content.iter().enumerate() {
            let words = Words { entry: at.entry, article: at.article, span: *span };
            let anchor = if number == 0 { anchor.clone() } else { format!("{anchor}-part{}", number + 1) };
            quotes.push(self.quote(&anchor, item, kind, words, assertion.form));
        }
        let words = quotes.iter().map(|quote| quote.words.as_str()).collect::<Vec<_>>().join(words::CUT_JOIN);
        let first = quotes.into_iter().next()?;
        Some(Quote { words, ..first })
    }

    /// Where an assertion stands.
    pub(super) fn said_at(&mut self, at: ItemRef, item: &str) -> Option<Place> {
        Some(self.said(at, item)?.place)
    }

    /// The speaker of an assertion, with those through whom it reaches us.
    pub(super) fn speaker_of(&self, at: ItemRef) -> Option<String> {
        let assertion = self.assertion(at)?;
        let home = (at.entry, at.article);
        let mut name = self.speaker(&assertion.speaker, home);
        for through in &assertion.via {
            name = format!("{name}, as given by {}", self.speaker(through, home));
        }
        Some(match self.decided(FindingKind::Assertion, at) {
            Some(decided) => format!("{name} ({decided})"),
            None => name,
        })
    }

    /// The speaker of an assertion, with the article's word for a denial or a refusal behind the name: "Oro, ‹denied›". Of "Oro denied that it
    /// shelled the ferry" the words asserted are ‹it shelled the ferry›, which nobody must read as what Oro says.
    pub(super) fn told_by(&self, at: ItemRef) -> Option<String> {
        let who = self.speaker_of(at)?;
        Some(self.turning_word(at).map_or(who.clone(), |word| format!("{who}, {word}")))
    }

    /// The article's word for a denial or a refusal, where the words of it are not the speaker's own.
    pub(super) fn turning_word(&self, at: ItemRef) -> Option<String> {
        let said = self.assertion(at)?;
        let turns = matches!(said.act, Act::Deny | Act::Refuse) && said.form != Form::Direct;
        let word = Words { entry: at.entry, article: at.article, span: said.cue.filter(|_| turns)? };
        Some(format!("‹{}›", self.printed(word, Form::Indirect)))
    }

    /// When and at what occasion an assertion was made.
    pub(super) fn when_said(&self, at: ItemRef) -> Option<String> {
        let assertion = self.assertion(at)?;
        let (entry, article) = words::home(self.record, at.entry, at.article)?;
        let day = assertion.said.as_ref().map(|said| date(&said.value));
        let occasion = assertion.occasion.map(|span| words::as_printed(article, &entry.page.source, span));
        let parts: Vec<String> = occasion.into_iter().chain(day).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// The words as the source prints them. Words that are partly the speaker's own keep the quotation marks beside them.
    pub(super) fn printed(&self, at: Words, form: Form) -> String {
        let Some((entry, article)) = words::home(self.record, at.entry, at.article) else { return String::new() };
        let span = if form == Form::Mixed { with_marks(article.clean.text(), at.span) } else { at.span };
        let printed = words::as_printed(article, &entry.page.source, span);
        if form == Form::Direct { printed.trim_matches(['“', '”', '"', '„', '«', '»']).to_owned() } else { printed }
    }

    /// The marks made, in the order of the record.
    pub(super) fn marks(self) -> Vec<Mark> {
        self.marks.into_values().collect()
    }
}

/// The outlet of each article, as the claims that it alone carries name it.
fn outlets(record: &Record) -> BTreeMap<(usize, usize), &str> {
    let home = |item: &ItemRef| (item.entry, item.article);
    let alone = record.claims.iter().filter_map(|claim| {
        let first = claim.assertions.first().map(home)?;
        let [outlet] = claim.outlets.as_slice() else { return None };
        claim.assertions.iter().all(|item| home(item) == first).then_some((first, outlet.as_str()))
    });
    alone.collect()
}

/// Words in quotation marks throughout are the speaker's own.
pub(super) fn voice(form: Form) -> Voice {
    if form == Form::Direct { Voice::Own } else { Voice::Article }
}

/// The span with the quotation marks right before and after it.
fn with_marks(text: &str, span: CleanSpan) -> CleanSpan {
    let before = text.get(..span.start() as usize).and_then(|before| before.chars().next_back());
    let after = text.get(span.end() as usize..).and_then(|after| after.chars().next());
    let len = |mark: Option<char>| mark.filter(|mark| QUOTE_MARKS.contains(mark)).map_or(0, char::len_utf8);
    let grown = |len: usize| u32::try_from(len).unwrap_or(0);
    CleanSpan::new(span.start() - grown(len(before)), span.end() + grown(len(after)))
}

fn line_breaks(text: &str) -> Vec<usize> {
    text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect()
}

/// The last part of each name; the whole name where two entries share it.
fn file_labels(entries: &[Entry]) -> Vec<String> {
    let last = |name: &str| name.trim_end_matches('/').rsplit(['/', '\\']).next().unwrap_or(name).to_owned();
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for entry in entries {
        *times.entry(last(&entry.name)).or_insert(0) += 1;
    }
    let label = |entry: &Entry| {
        let short = last(&entry.name);
        if times.get(&short) == Some(&1) { short } else { entry.name.clone() }
    };
    entries.iter().map(label).collect()
}
