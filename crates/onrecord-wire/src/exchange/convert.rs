//! From a record to the objects of the exchange format.

use std::collections::BTreeSet;

use onrecord_lexicon::{ActorId, Lexicon};
use onrecord_page as page;
use onrecord_read as read;
use onrecord_record::review::FindingKind;
use onrecord_record::{Entry, ItemRef, Record, Words};
use onrecord_text::{CleanSpan, SourceSpan};

use super::decided::Decided;
use super::name::{media_type, precision_of};
use super::object::{Actor, Article, Assertion, Capture, Event, Figure, Object};
use super::part::{
    Counts, DateValue, Label, NameUse, Occasion, Place, RestoredWord, Sign, SignBasis, Span, Speaker, TextAt, Toll,
};
use crate::ids::Ids;
use crate::words;

/// A record with the ids of its items.
pub(super) struct Converter<'a> {
    pub(super) record: &'a Record,
    pub(super) ids: Ids,
}

/// One article with its place in the record.
#[derive(Clone, Copy)]
pub(super) struct Here<'a> {
    pub(super) entry: &'a Entry,
    pub(super) article: &'a page::Article,
    pub(super) at: (usize, usize),
}

impl Here<'_> {
    pub(super) fn span(&self, span: CleanSpan) -> Span {
        self.article.clean.source_of(span).into()
    }

    pub(super) fn text(&self, span: CleanSpan) -> TextAt {
        self.text_at(self.article.clean.source_of(span))
    }

    fn text_at(&self, span: SourceSpan) -> TextAt {
        TextAt { text: self.entry.page.source.cut(span).to_owned(), span: span.into() }
    }

    pub(super) fn item(&self, item: usize) -> ItemRef {
        ItemRef { entry: self.at.0, article: self.at.1, item }
    }

    pub(super) fn date(&self, date: &read::Date) -> DateValue {
        DateValue {
            value: date.value.clone(),
            precision: date.precision.into(),
            span: Some(self.span(date.span)),
            basis: date.basis.into(),
            article: None,
        }
    }

    pub(super) fn speaker(&self, speaker: &read::Speaker) -> Speaker {
        Speaker { span: speaker.span.map(|span| self.span(span)), ..nowhere(speaker) }
    }
}

pub(super) fn place(toponym: &read::place::Toponym, here: Here<'_>) -> Place {
    let found = toponym.place.as_ref();
    Place {
        id: None,
        name: found.map_or_else(|| toponym.span.cut(here.article.clean.text()).to_owned(), |place| place.name.clone()),
        lat: found.map(|place| place.lat),
        lon: found.map(|place| place.lon),
        country: found.and_then(|place| place.countries.first().cloned()),
        precision: found.map(|place| place.precision.ucdp().to_string()),
        span: Some(here.span(toponym.span)),
    }
}

/// The speaker without the place where it is named.
pub(super) fn nowhere(speaker: &read::Speaker) -> Speaker {
    Speaker {
        name: (!speaker.name.is_empty()).then(|| speaker.name.clone()),
        actor: speaker.actor.as_ref().map(ActorId::to_string),
        party: speaker.party.as_ref().map(ActorId::to_string),
        kind: speaker.kind.into(),
        span: None,
    }
}

impl<'a> Converter<'a> {
    pub(super) fn here(&self, entry: usize, article: usize) -> Option<Here<'a>> {
        let (found, piece) = words::home(self.record, entry, article)?;
        Some(Here { entry: found, article: piece, at: (entry, article) })
    }

    /// Every article in order.
    pub(super) fn articles(&self) -> impl Iterator<Item = Here<'a>> {
        self.record.entries.iter().enumerate().flat_map(|(number, entry)| {
            let place = move |(position, article)| Here { entry, article, at: (number, position) };
            entry.page.articles.iter().enumerate().map(place)
        })
    }

    pub(super) fn captures(&self) -> impl Iterator<Item = Object> {
        self.record.entries.iter().enumerate().map(|(number, entry)| {
            let source = &entry.page.source;
            Object::Capture(Capture {
                id: self.ids.capture(number),
                source: entry.name.clone(),
                sha256: entry.source_id().to_string(),
                text_sha256: onrecord_text::sha256_hex(source.text().as_bytes()),
                encoding: entry.page.encoding.to_owned(),
                media_type: media_type(&entry.page).to_owned(),
                bytes: entry.page.bytes as u64,
                captured_at: entry.capture.captured_at.clone(),
                url: entry.capture.url.clone(),
                digest: entry.capture.digest.clone(),
                listed_date: entry.capture.listed_date.clone(),
                unpacked_from: entry.capture.unpacked_from.map(str::to_owned),
                pages: entry.capture.pages.clone(),
                headers: entry.capture.headers.iter().cloned().collect(),
            })
        })
    }

    pub(super) fn article(&self, here: Here<'_>) -> Object {
        let (article, source) = (here.article, &here.entry.page.source);
        let text_at = |span: &SourceSpan| here.text_at(*span);
        let label =
            |label: &page::Label| Label { name: label.name.to_owned(), value: label.value.clone(), span: label.span.into() };
        let restored = |word: &page::Restored| RestoredWord {
            span: word.span.into(),
            text: source.cut(word.span).to_owned(),
            restored: word.restored.clone(),
        };
        Object::Article(Article {
            id: self.ids.article(here.at.0, here.at.1),
            capture: self.ids.capture(here.at.0),
            title: article.title.as_ref().map(text_at),
            byline: article.byline.iter().map(text_at).collect(),
            site: article.site.map(|span| source.cut(span).to_owned()),
            published: article.published.as_ref().map(page_date),
            modified: article.modified.as_ref().map(page_date),
            language: article.language.clone(),
            language_sign: article.language_sign.map(sign),
            genre: article.genre.into(),
            genre_sign: article.genre_sign.map(sign),
            labels: article.labels.iter().map(label).collect(),
            body: article.blocks.iter().map(|block| here.span(block.span)).collect(),
            restored: article.restored.iter().map(restored).collect(),
            site_span: article.site.map(Span::from),
            agency: article.agency.as_ref().map(text_at),
            agencies: article.provenance.agencies.iter().map(text_at).collect(),
            canonical: article.provenance.canonical.as_ref().map(text_at),
            dateline: article.provenance.dateline.as_ref().map(text_at),
            credited_source: article.provenance.source.as_ref().map(text_at),
            states: self.states(here),
            story: self.story(here),
            shared_with: self.shared_with(here),
            revision_of: self.revision_of(here),
        })
    }

    pub(super) fn assertions(&self, here: Here<'_>) -> Vec<Object> {
        let Some(reading) = here.entry.readings.get(here.at.1) else { return Vec::new() };
        let convert = |(item, assertion)| Object::Assertion(self.assertion(here, reading, item, assertion));
        reading.assertions.iter().enumerate().map(convert).collect()
    }

    fn assertion(&self, here: Here<'_>, reading: &read::Reading, item: usize, assertion: &read::Assertion) -> Assertion {
        let source = &here.entry.page.source;
        let spans: Vec<SourceSpan> =
            assertion.content.iter().flat_map(|span| words::pieces(source, &here.article.clean, *span)).collect();
        let inside = |(_, figure): &(usize, &read::Figure)| figure.assertion == Some(item);
        let figures = reading.figures.iter().enumerate().filter(inside);
        let tells = |(_, event): &(usize, &read::Event)| event.assertion == Some(item);
        let events = reading.events.iter().enumerate().filter(tells);
        Assertion {
            id: self.ids.assertion(here.item(item)),
            article: self.ids.article(here.at.0, here.at.1),
            text: words::joined_cuts(source, &spans),
            spans: spans.into_iter().map(Span::from).collect(),
            cue: assertion.cue.map(|span| here.span(span)),
            speaker: here.speaker(&assertion.speaker),
            via: assertion.via.iter().map(|speaker| here.speaker(speaker)).collect(),
            addressee: assertion.addressee.as_ref().map(ActorId::to_string),
            act: assertion.act.into(),
            direct: assertion.form.into(),
            said: assertion.said.as_ref().map(|date| here.date(date)),
            occasion: assertion.occasion.map(|span| {
                let TextAt { text, span } = here.text(span);
                Occasion { text, span, article: None }
            }),
            claim: self.ids.claim_of(here.item(item)),
            events: events.map(|(event, _)| self.ids.event(here.item(event))).collect(),
            figures: figures.map(|(figure, _)| self.ids.figure(here.item(figure))).collect(),
            rule: Some(assertion.rule.clone()),
            model: None,
            decision: self.decided(here, FindingKind::Assertion, item, Some(assertion)),
        }
    }

    /// What was decided on an item of this article; `now` is the assertion, where it is one.
    fn decided(&self, here: Here<'_>, kind: FindingKind, item: usize, now: Option<&read::Assertion>) -> Option<Decided> {
        self.record.review.mark(kind, here.item(item)).map(|mark| here.decided(mark, now))
    }

    pub(super) fn events(&self, here: Here<'_>) -> Vec<Object> {
        let Some(reading) = here.entry.readings.get(here.at.1) else { return Vec::new() };
        reading.events.iter().enumerate().map(|(item, event)| Object::Event(self.event(here, item, event))).collect()
    }

    fn event(&self, here: Here<'_>, item: usize, event: &read::Event) -> Event {
        let source = &here.entry.page.source;
        let spans: Vec<SourceSpan> =
            event.spans.iter().flat_map(|span| words::pieces(source, &here.article.clean, *span)).collect();
        let ids = |those: &[read::Participant]| {
            let mut ids: Vec<String> = Vec::new();
            for id in those.iter().filter_map(|one| one.actor.as_ref()).map(ActorId::to_string) {
                if !ids.contains(&id) {
                    ids.push(id);
                }
            }
            ids
        };
        let places = |those: &[read::Participant]| those.iter().map(|one| here.span(one.span)).collect();
        Event {
            id: self.ids.event(here.item(item)),
            article: self.ids.article(here.at.0, here.at.1),
            assertion: event.assertion.map(|assertion| self.ids.assertion(here.item(assertion))),
            text: words::joined_cuts(source, &spans),
            spans: spans.into_iter().map(Span::from).collect(),
            trigger: Some(here.span(event.trigger)),
            plover: Some(event.plover.name().to_owned()),
            mode: event.mode.clone(),
            contexts: event.contexts.clone(),
            cameo: event.cameo.clone(),
            actors: ids(&event.actors),
            recipients: ids(&event.recipients),
            time: event.time.as_ref().map(|date| here.date(date)),
            place: event.place.as_ref().map(|toponym| place(toponym, here)),
            deaths: event.tolls.iter().find(|toll| toll.fate == read::Fate::Killed).map(counts),
            modality: event.modality.into(),
            actor_spans: places(&event.actors),
            recipient_spans: places(&event.recipients),
            tolls: event.tolls.iter().map(|toll| self.toll(here, toll)).collect(),
            rule: Some(event.rule.clone()),
            decision: self.decided(here, FindingKind::Event, item, None),
        }
    }

    fn toll(&self, here: Here<'_>, toll: &read::Toll) -> Toll {
        let Counts { low, best, high } = counts(toll);
        let figures = toll.figures.iter().map(|figure| self.ids.figure(here.item(*figure))).collect();
        Toll { fate: toll.fate.name().to_owned(), low, best, high, figures }
    }

    pub(super) fn figures(&self, here: Here<'_>) -> Vec<Object> {
        let Some(reading) = here.entry.readings.get(here.at.1) else { return Vec::new() };
        reading.figures.iter().enumerate().map(|(item, figure)| Object::Figure(self.figure(here, item, figure))).collect()
    }

    fn figure(&self, here: Here<'_>, item: usize, figure: &read::Figure) -> Figure {
        let TextAt { text, span } = here.text(figure.span);
        Figure {
            id: self.ids.figure(here.item(item)),
            article: self.ids.article(here.at.0, here.at.1),
            assertion: figure.assertion.map(|assertion| self.ids.assertion(here.item(assertion))),
            span,
            text,
            low: figure.low.and_then(number),
            best: figure.best.and_then(number),
            high: figure.high.and_then(number),
            qualifier: figure.qualifier.map(|span| here.text(span).text),
            unit: figure.unit.clone(),
            counted: figure.counted.map(|span| here.text(span).text),
            of: figure.of.as_ref().map(ActorId::to_string),
            time: figure.time.as_ref().map(|date| here.date(date)),
            referent: self.ids.referent_of(here.item(item)),
            series: self.series(here, item, figure),
            fate: figure.fate.map(|fate| fate.name().to_owned()),
            scope: figure.scope.map(Into::into),
            period: figure.period.map(str::to_owned),
            rule: Some(figure.rule.clone()),
            decision: self.decided(here, FindingKind::Figure, item, None),
        }
    }

    /// The actors of the record, then those that items refer to and only the lexicon names.
    pub(super) fn actors(&self, lexicon: &Lexicon) -> Vec<Object> {
        let named = self.record.actors.iter().map(|actor| Actor {
            id: actor.id.to_string(),
            name: actor.name.clone(),
            kind: actor.kind.into(),
            party: actor.party.as_ref().map(ActorId::to_string),
            names: actor.names.iter().filter_map(|name| self.name_use(name.words, name.loaded.as_ref())).collect(),
        });
        let known: BTreeSet<&ActorId> = self.record.actors.iter().map(|actor| &actor.id).collect();
        let missing = referred(self.record).into_iter().filter(|id| !known.contains(id));
        let from_lexicon = missing.filter_map(|id| lexicon.actor(id)).map(|actor| Actor {
            id: actor.id.to_string(),
            name: actor.name.clone(),
            kind: actor.kind.into(),
            party: actor.party.as_ref().map(ActorId::to_string),
            names: Vec::new(),
        });
        named.chain(from_lexicon).map(Object::Actor).collect()
    }

    fn name_use(&self, words: Words, loaded: Option<&ActorId>) -> Option<NameUse> {
        let here = self.here(words.entry, words.article)?;
        let TextAt { text, span } = here.text(words.span);
        Some(NameUse {
            text,
            article: self.ids.article(words.entry, words.article),
            span,
            loaded: loaded.map(ActorId::to_string),
        })
    }
}

/// The ids of actors that items of the record refer to.
fn referred(record: &Record) -> BTreeSet<&ActorId> {
    let mut ids: BTreeSet<&ActorId> = BTreeSet::new();
    for actor in &record.actors {
        ids.extend(&actor.party);
        ids.extend(actor.names.iter().filter_map(|name| name.loaded.as_ref()));
    }
    for reading in record.entries.iter().flat_map(|entry| &entry.readings) {
        for assertion in &reading.assertions {
            let speakers = std::iter::once(&assertion.speaker).chain(&assertion.via);
            ids.extend(speakers.flat_map(|speaker| speaker.actor.iter().chain(&speaker.party)));
            ids.extend(&assertion.addressee);
        }
        let taking_part = reading.events.iter().flat_map(|event| event.actors.iter().chain(&event.recipients));
        ids.extend(taking_part.filter_map(|one| one.actor.as_ref()));
        let mediating = reading.affairs.iter().flat_map(|affair| &affair.mediators);
        ids.extend(mediating.filter_map(|one| one.actor.as_ref()));
        ids.extend(reading.affairs.iter().flat_map(|affair| &affair.parties));
        ids.extend(reading.figures.iter().filter_map(|figure| figure.of.as_ref()));
    }
    ids.extend(record.commitments.iter().flat_map(|undertaking| undertaking.by.iter().chain(&undertaking.to)));
    ids
}

fn sign<B: Into<SignBasis>>(sign: page::Sign<B>) -> Sign {
    Sign { basis: sign.basis.into(), span: sign.span.map(Span::from) }
}

fn page_date(date: &page::PageDate) -> DateValue {
    DateValue {
        value: date.value.clone(),
        precision: precision_of(&date.value),
        span: Some(date.span.into()),
        basis: date.basis.into(),
        article: None,
    }
}

fn counts(toll: &read::Toll) -> Counts {
    Counts { low: toll.low.and_then(number), best: toll.best.and_then(number), high: toll.high.and_then(number) }
}

/// Integers print without a fraction.
fn number(value: f64) -> Option<serde_json::Number> {
    /// Above 2⁵³ not every integer is an `f64`.
    const LARGEST_EXACT: f64 = 9_007_199_254_740_992.0;
    if value.fract() == 0.0 && value.abs() <= LARGEST_EXACT {
        // The guard makes the conversion exact.
        #[allow(clippy::cast_possible_truncation)]
        return Some((value as i64).into());
    }
    serde_json::Number::from_f64(value)
}
