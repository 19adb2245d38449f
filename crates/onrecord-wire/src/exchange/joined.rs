//! What joins items across articles, and notes, as objects of the exchange format.

use std::collections::BTreeSet;

use onrecord_lexicon::ActorId;
use onrecord_read as read;
use onrecord_record as record;
use onrecord_record::review::FindingKind;
use onrecord_record::{ItemRef, UniqueIds};
use onrecord_text::sha256_hex;

use super::convert::{Converter, nowhere};
use super::object::{Claim, Commitment, Note, Object};
use super::part::{Answer, DateValue, Occasion, Origin, Persons, Span, Test, Tests};
use crate::words;

impl Converter<'_> {
    pub(super) fn claims(&self) -> impl Iterator<Item = Object> {
        self.record.claims.iter().enumerate().map(|(place, claim)| {
            Object::Claim(Claim {
                id: self.ids.claim(place),
                text: claim.assertions.first().map(|item| self.assertion_text(*item)).unwrap_or_default(),
                assertions: self.assertion_ids(&claim.assertions),
                denied_by: self.assertion_ids(&claim.denied_by),
                outlets: claim.outlets.clone(),
                publishers: claim.publishers.clone(),
                origins: claim.origins.iter().map(|origin| self.origin(origin)).collect(),
                standing: claim.standing.into(),
                reasons: claim.reasons.clone(),
                unnamed_persons: claim.unnamed.map(|persons| Persons { low: persons.low, high: persons.high }),
                events: claim.events.iter().map(|item| self.ids.event(*item)).collect(),
                figures: claim.figures.iter().map(|item| self.ids.figure(*item)).collect(),
            })
        })
    }

    fn origin(&self, origin: &record::Origin) -> Origin {
        let occasion = origin.occasion.and_then(|words| {
            let at = self.here(words.entry, words.article)?.text(words.span);
            Some(Occasion { text: at.text, span: at.span, article: Some(self.ids.article(words.entry, words.article)) })
        });
        Origin {
            speaker: nowhere(&origin.speaker),
            occasion,
            party_to_dispute: origin.party_to_dispute,
            assertions: self.assertion_ids(&origin.assertions),
            said: origin.said.clone(),
        }
    }

    fn assertion_ids(&self, items: &[ItemRef]) -> Vec<String> {
        items.iter().map(|item| self.ids.assertion(*item)).collect()
    }

    fn assertion_text(&self, item: ItemRef) -> String {
        let Some(here) = self.here(item.entry, item.article) else { return String::new() };
        let reading = here.entry.readings.get(item.article);
        let content = reading.and_then(|reading| reading.assertions.get(item.item)).map(|assertion| assertion.content.as_slice());
        let source = &here.entry.page.source;
        let spans: Vec<_> =
            content.unwrap_or_default().iter().flat_map(|span| words::pieces(source, &here.article.clean, *span)).collect();
        words::joined_cuts(source, &spans)
    }

    pub(super) fn commitments(&self) -> impl Iterator<Item = Object> {
        let undertakings = self.record.commitments.iter().enumerate();
        undertakings.filter_map(|(place, undertaking)| Some(Object::Commitment(self.commitment(place, undertaking)?)))
    }

    fn commitment(&self, place: usize, undertaking: &record::Undertaking) -> Option<Commitment> {
        let words = undertaking.what;
        let here = self.here(words.entry, words.article)?;
        let [written, verifiable, concrete, acted] = &undertaking.tests;
        Some(Commitment {
            id: self.ids.commitment(place),
            kind: undertaking.kind.into(),
            by: undertaking.by.as_ref().map(ActorId::to_string),
            to: undertaking.to.as_ref().map(ActorId::to_string),
            to_basis: undertaking.to_basis.map(|basis| basis.name().to_owned()),
            what: here.text(words.span),
            article: self.ids.article(words.entry, words.article),
            first_said: undertaking.first_said.as_ref().and_then(|date| self.first_said(undertaking, date)),
            assertions: self.assertion_ids(&undertaking.assertions),
            tests: Tests {
                written: self.test(written),
                verifiable: self.test(verifiable),
                concrete: self.test(concrete),
                acted: self.test(acted),
            },
            answers: undertaking.answers.map(|demand| self.ids.commitment(demand)),
            reported_state: undertaking.state.into(),
            decision: undertaking.said_in.iter().find_map(|item| {
                let mark = self.record.review.mark(FindingKind::Commitment, *item)?;
                Some(self.here(item.entry, item.article)?.decided(mark, None))
            }),
        })
    }

    /// The date with its place: the article among those behind the commitment that gives it.
    fn first_said(&self, undertaking: &record::Undertaking, date: &read::Date) -> Option<DateValue> {
        let gives_it = |item: &&ItemRef| {
            let reading = self.record.entries.get(item.entry).and_then(|entry| entry.readings.get(item.article));
            let assertion = reading.and_then(|reading| reading.assertions.get(item.item));
            assertion.is_some_and(|assertion| assertion.said.as_ref() == Some(date))
        };
        let Some(item) = undertaking.assertions.iter().find(gives_it) else {
            let at = (undertaking.what.entry, undertaking.what.article);
            let value = self.here(at.0, at.1)?.date(date);
            return Some(DateValue { span: None, ..value });
        };
        let value = self.here(item.entry, item.article)?.date(date);
        Some(DateValue { article: Some(self.ids.article(item.entry, item.article)), ..value })
    }

    fn test(&self, test: &record::TestAnswer) -> Test {
        let (answer, evidence) = match &test.stated {
            read::Stated::Yes(evidence) => (Answer::Yes, Some(evidence)),
            read::Stated::No(evidence) => (Answer::No, Some(evidence)),
            read::Stated::Unsaid => (Answer::Unstated, None),
        };
        let place = test.at.zip(evidence).and_then(|((entry, article), evidence)| {
            let here = self.here(entry, article)?;
            let said = evidence.assertion.map(|item| self.ids.assertion(ItemRef { entry, article, item }));
            Some((here.span(evidence.span), self.ids.article(entry, article), said))
        });
        let (span, article, according_to) = match place {
            Some((span, article, said)) => (Some(span), Some(article), said),
            None => (None, None, None),
        };
        Test { answer, span, article, according_to, disputed: test.disputed }
    }

    /// What could not be settled: of pages, of articles, of the record; each said once.
    ///
    /// The record's questions hold those of pages and articles too, shortened to one where several are alike.
    pub(super) fn notes(&self) -> Vec<Object> {
        let of_pages = self.page_notes();
        let about_pages: BTreeSet<String> = of_pages.iter().map(|note| note.name.clone()).collect();
        let questions = self.questions().filter(|note| note.span.is_some() || !about_pages.contains(&note.name));
        let mut said: BTreeSet<(Option<String>, Option<Span>, String, String)> = BTreeSet::new();
        let mut maker = UniqueIds::default();
        let all = of_pages.into_iter().chain(self.reading_notes()).chain(questions);
        let new = all.filter(|note| {
            // Questions without a place differ in their text only.
            let text = if note.span.is_some() { String::new() } else { note.text.clone() };
            said.insert((note.capture.clone(), note.span, note.name.clone(), text))
        });
        new.map(|note| Object::Note(Note { id: maker.unique(note_id(&note)), ..note })).collect()
    }

    fn page_notes(&self) -> Vec<Note> {
        let pages = self.record.entries.iter().enumerate();
        let notes = pages.flat_map(|(number, entry)| entry.page.notes.iter().map(move |note| (number, note)));
        let convert = |(number, note): (usize, &onrecord_page::PageNote)| Note {
            id: String::new(),
            article: None,
            span: note.span.map(Span::from),
            name: note.name.to_owned(),
            text: note.text.clone(),
            capture: Some(self.ids.capture(number)),
        };
        notes.map(convert).collect()
    }

    fn reading_notes(&self) -> Vec<Note> {
        let mut notes = Vec::new();
        for here in self.articles() {
            let Some(reading) = here.entry.readings.get(here.at.1) else { continue };
            notes.extend(reading.notes.iter().map(|note| Note {
                id: String::new(),
                article: Some(self.ids.article(here.at.0, here.at.1)),
                span: Some(here.span(note.span)),
                name: note.name.to_owned(),
                text: note.text.clone(),
                capture: Some(self.ids.capture(here.at.0)),
            }));
        }
        notes
    }

    fn questions(&self) -> impl Iterator<Item = Note> {
        self.record.questions.iter().map(|question| {
            let words = question.words;
            let here = words.and_then(|words| self.here(words.entry, words.article));
            Note {
                id: String::new(),
                article: words.map(|words| self.ids.article(words.entry, words.article)),
                span: here.zip(words).map(|(here, words)| here.span(words.span)),
                name: question.name.to_owned(),
                text: question.text.clone(),
                capture: words.map(|words| self.ids.capture(words.entry)),
            }
        })
    }
}

/// Hash of what the note is about: `n` and 16 hex digits.
fn note_id(note: &Note) -> String {
    let about = format!("{:?} {:?} {:?} {}", note.capture, note.article, note.span, note.name);
    let text = if note.span.is_some() { "" } else { note.text.as_str() };
    format!("n{}", sha256_hex(format!("{about} {text}").as_bytes()).chars().take(16).collect::<String>())
}
