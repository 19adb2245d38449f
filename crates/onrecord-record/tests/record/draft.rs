//! Articles and readings made by hand. Places are given by the words that stand there.

use onrecord_lexicon::{Act, ActorId, ActorKind, Lexicon, PackFile, Plover};
use onrecord_page::{Article, Block, BlockKind, CaptureData, DateBasis, Genre, Media, Page, PageDate};
use onrecord_read::{
    Affair, Assertion, Basis, Commitment, CommitmentKind, Date, Denial, Event, Evidence, Figure, Form, Modality, NameUse,
    NamedActor, Note, Participant, Precision, Reading, Speaker, SpeakerKind, Stated, Tests, Time, TimeKind,
};
use onrecord_record::Entry;
use onrecord_text::{CleanSpan, CleanText, Edit, Source, SourceSpan};

/// Two states, one armed group, an organisation; three outlets, two of one publisher.
pub(crate) fn lexicon() -> Lexicon {
    let actors = r#"
        meaning = "Invented actors"
        [[state]]
        id = "vel"
        name = "Velmar"
        [[state]]
        id = "ost"
        name = "Ostrava Republic"
        [[organisation]]
        id = "org.lc"
        name = "League Council"
        [[person]]
        id = "person.ana-brecht"
        name = "Ana Brecht"
        party = "vel"
    "#;
    let outlets = r#"
        meaning = "Invented outlets"
        [[outlet]]
        name = "Velmar Post"
        kind = "newspaper"
        aliases = ["The Velmar Post"]
        domains = ["velmarpost.example"]
        publisher = "Post Group"
        [[outlet]]
        name = "Evening Post"
        kind = "newspaper"
        publisher = "Post Group"
        [[outlet]]
        name = "Harbour Wire"
        kind = "agency"
    "#;
    let words = r#"
        meaning = "Words"
        [[list]]
        name = "test-not-acted"
        words = ["reneged on", "broke", "has yet to"]
    "#;
    let file = |name: &str, text: &str| PackFile { name: name.to_owned(), text: text.to_owned() };
    Lexicon::from_files(&[file("actors.toml", actors), file("outlets.toml", outlets), file("words.toml", words)]).unwrap()
}

pub(crate) fn id(text: &str) -> ActorId {
    ActorId::parse(text).unwrap()
}

pub(crate) fn speaker(kind: SpeakerKind, name: &str, actor: Option<&str>, party: Option<&str>) -> Speaker {
    Speaker { kind, name: name.to_owned(), actor: actor.map(id), party: party.map(id), span: None }
}

/// A named person.
pub(crate) fn person(name: &str, party: &str) -> Speaker {
    speaker(SpeakerKind::Person, name, Some(ActorId::for_name("person", name).as_str()), Some(party))
}

pub(crate) fn office(actor: &str, party: &str) -> Speaker {
    speaker(SpeakerKind::Office, actor, Some(actor), Some(party))
}

pub(crate) fn organisation(actor: &str) -> Speaker {
    speaker(SpeakerKind::Organisation, actor, Some(actor), Some(actor))
}

pub(crate) fn document(name: &str, party: Option<&str>) -> Speaker {
    speaker(SpeakerKind::Document, name, None, party)
}

pub(crate) fn unnamed(name: &str) -> Speaker {
    speaker(SpeakerKind::Unnamed, name, None, None)
}

pub(crate) fn author() -> Speaker {
    speaker(SpeakerKind::Author, "", None, None)
}

/// An article under way.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) site: Option<String>,
    pub(crate) agency: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) reading: Reading,
}

impl Draft {
    pub(crate) fn new(name: &str, text: &str) -> Self {
        let (name, text) = (name.to_owned(), text.to_owned());
        Self { name, text, site: None, agency: None, published: None, reading: Reading::default() }
    }

    pub(crate) fn site(mut self, site: &str) -> Self {
        self.site = Some(site.to_owned());
        self
    }

    pub(crate) fn agency(mut self, agency: &str) -> Self {
        self.agency = Some(agency.to_owned());
        self
    }

    pub(crate) fn published(mut self, date: &str) -> Self {
        self.published = Some(date.to_owned());
        self
    }

    /// Where `words` first stand.
    pub(crate) fn span(&self, words: &str) -> CleanSpan {
        let start = self.text.find(words).unwrap_or_else(|| panic!("`{words}` is not in `{}`", self.text));
        CleanSpan::new(start as u32, (start + words.len()) as u32)
    }

    /// Somebody named, by all the places where `words` stand.
    pub(crate) fn names(mut self, actor: &str, kind: ActorKind, party: Option<&str>, words: &str) -> Self {
        let uses = self.text.match_indices(words).map(|(at, _)| CleanSpan::new(at as u32, (at + words.len()) as u32));
        let names = uses.map(|span| NameUse { span, loaded: None }).collect();
        let named = NamedActor { id: id(actor), name: words.to_owned(), kind, party: party.map(id), names };
        self.reading.actors.push(named);
        self
    }

    pub(crate) fn state(self, actor: &str, words: &str) -> Self {
        self.names(actor, ActorKind::State, Some(actor), words)
    }

    pub(crate) fn says(mut self, speaker: Speaker, act: Act, content: &str) -> Self {
        let said = Assertion {
            content: vec![self.span(content)],
            cue: None,
            speaker,
            via: Vec::new(),
            addressee: None,
            act,
            form: Form::Indirect,
            said: None,
            occasion: None,
            rule: "by hand".to_owned(),
        };
        self.reading.assertions.push(said);
        self
    }

    /// Changes the last assertion.
    pub(crate) fn with(mut self, change: impl FnOnce(&Self, &mut Assertion)) -> Self {
        let mut last = self.reading.assertions.pop().unwrap();
        change(&self, &mut last);
        self.reading.assertions.push(last);
        self
    }

    pub(crate) fn said_on(self, date: &str) -> Self {
        self.with(|_, said| said.said = Some(day(date, CleanSpan::new(0, 0))))
    }

    pub(crate) fn to(self, addressee: &str) -> Self {
        self.with(|_, said| said.addressee = Some(id(addressee)))
    }

    pub(crate) fn denies(mut self, by: usize, of: usize) -> Self {
        self.reading.denials.push(Denial { by, of });
        self
    }

    /// A commitment backed by the last assertion.
    pub(crate) fn commits(mut self, kind: CommitmentKind, by: Option<&str>, to: Option<&str>, what: &str) -> Self {
        let last = self.reading.assertions.len() - 1;
        let commitment = Commitment {
            kind,
            by: by.map(id),
            to: to.map(id),
            what: self.span(what),
            assertions: vec![last],
            tests: Tests::default(),
        };
        self.reading.commitments.push(commitment);
        self
    }

    /// Answers the test "acted upon" of the last commitment.
    pub(crate) fn acted(mut self, yes: bool, words: &str) -> Self {
        let evidence = Evidence { span: self.span(words), assertion: None };
        self.reading.commitments.last_mut().unwrap().tests.acted = if yes { Stated::Yes(evidence) } else { Stated::No(evidence) };
        self
    }

    pub(crate) fn dated(mut self, words: &str, date: &str) -> Self {
        let span = self.span(words);
        let date = day(date, span);
        self.reading.times.push(Time {
            span,
            kind: TimeKind::Date,
            value: Some(date.value.clone()),
            modifier: None,
            date: Some(date),
        });
        self
    }

    /// A figure of persons.
    pub(crate) fn counts(mut self, words: &str, counted: &str, low: Option<f64>, best: Option<f64>) -> Self {
        let figure = Figure {
            span: self.span(words),
            low,
            best,
            high: None,
            qualifier: None,
            unit: Some("person".to_owned()),
            counted: Some(self.span(counted)),
            of: None,
            time: None,
            period: None,
            fate: None,
            scope: None,
            assertion: self.reading.assertions.len().checked_sub(1),
            rule: "number".to_owned(),
        };
        self.reading.figures.push(figure);
        self
    }

    /// An event that the last assertion tells; `who` and `whom` are words of the text.
    pub(crate) fn tells(mut self, plover: Plover, trigger: &str, words: &str, who: &str, whom: &str) -> Self {
        let one = |words: &str| (!words.is_empty()).then(|| Participant { span: self.span(words), actor: None });
        let event = Event {
            trigger: self.span(trigger),
            spans: vec![self.span(words)],
            plover,
            mode: None,
            contexts: Vec::new(),
            cameo: None,
            actors: one(who).into_iter().collect(),
            recipients: one(whom).into_iter().collect(),
            time: None,
            place: None,
            modality: Modality::Actual,
            tolls: Vec::new(),
            assertion: self.reading.assertions.len().checked_sub(1),
            rule: "by hand".to_owned(),
        };
        self.reading.events.push(event);
        self
    }

    /// Dates the last event.
    pub(crate) fn on(mut self, date: &str) -> Self {
        self.reading.events.last_mut().unwrap().time = Some(day(date, CleanSpan::new(0, 0)));
        self
    }

    /// A thing that is in a state.
    pub(crate) fn reported_as(mut self, thing: &str, kind: &str, state: &str, parties: &[&str], since: Option<&str>) -> Self {
        let span = self.span(thing);
        let affair = Affair {
            thing: span,
            kind: kind.to_owned(),
            state: state.to_owned(),
            words: span,
            place: None,
            parties: parties.iter().map(|party| id(party)).collect(),
            since: since.map(|since| day(since, span)),
            modality: Modality::Actual,
            round: None,
            mediators: Vec::new(),
            assertion: None,
            rule: state.to_owned(),
        };
        self.reading.affairs.push(affair);
        self
    }

    pub(crate) fn note(mut self, name: &'static str, words: &str) -> Self {
        let span = self.span(words);
        self.reading.notes.push(Note { span, name, text: "Not settled.".to_owned() });
        self
    }

    pub(crate) fn entry(&self) -> Entry {
        let mut header = String::new();
        let mut line = |words: &Option<String>| {
            let words = words.as_ref()?;
            let start = header.len() as u32;
            header.push_str(words);
            let end = header.len() as u32;
            header.push('\n');
            Some(SourceSpan::new(start, end))
        };
        let (site, agency, published) = (line(&self.site), line(&self.agency), line(&self.published));
        let whole = format!("{header}{}", self.text);
        let source = Source::new(whole.as_bytes(), whole.clone()).unwrap();
        let clean = CleanText::apply(&source, &[Edit::drop(SourceSpan::new(0, header.len() as u32))]).unwrap();
        let published = published.zip(self.published.clone());
        let article = Article {
            title: None,
            byline: Vec::new(),
            site,
            agency,
            provenance: onrecord_page::Provenance::default(),
            published: published.map(|(span, value)| PageDate { value, span, basis: DateBasis::VisibleLine }),
            modified: None,
            language: Some("en".to_owned()),
            language_sign: None,
            genre: Genre::Report,
            genre_sign: None,
            labels: Vec::new(),
            blocks: vec![Block { span: CleanSpan::new(0, self.text.len() as u32), kind: BlockKind::Paragraph }],
            clean,
            restored: Vec::new(),
        };
        let page = Page {
            bytes: whole.len(),
            source,
            encoding: "UTF-8",
            media: Media::Text,
            articles: vec![article],
            notes: Vec::new(),
        };
        Entry { name: self.name.clone(), capture: CaptureData::default(), page, readings: vec![self.reading.clone()] }
    }
}

fn day(date: &str, span: CleanSpan) -> Date {
    Date { value: date.to_owned(), precision: Precision::Day, span, basis: Basis::Stated }
}
