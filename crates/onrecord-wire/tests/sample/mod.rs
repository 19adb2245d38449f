//! A hand-made record: two pages about a quarrel between two invented states, with one item of every kind.

#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(clippy::unwrap_used, reason = "a sample that does not build should fail at once")]

use onrecord_lexicon::{Act, ActorId, ActorKind, Lexicon, PackFile};
use onrecord_page::{Article, Block, BlockKind, CaptureData, DateBasis, Genre, Label, Media, Page, PageDate, PageNote, Restored};
use onrecord_read::{
    Assertion, Basis, Commitment, CommitmentKind, Date, Evidence, Figure, Form, Note, Precision, Reading, Speaker, SpeakerKind,
    Stated, Tests,
};
use onrecord_record::{
    Actor, ActorName, Claim, Entry, GivenValue, ItemRef, Origin, Question, Record, Referent, ReportedState, Standing, TestAnswer,
    TimelineEntry, ToBasis, Undertaking, Words,
};
use onrecord_text::{CleanSpan, CleanText, Edit, Source, SourceSpan};

/// An HTML page: markup inside a sentence, an entity, an accent.
pub(crate) const GATE: (&str, &str) = (
    "pages/gate.html",
    "<h1>Norrholm asks for a paper</h1><p>Norrholm&#8217;s envoy, Ada Brünn, urged Ketria to <b>open the Lind gate</b> by 1 May.\n\
     “We have verbal\n assurances and nothing else,” she said on 4 April 2031.</p><p>At least 40 people were waiting at the gate.</p>",
);

/// A copied text: a bent word, a promise, a denial.
pub(crate) const REPLY: (&str, &str) = (
    "pages/reply.txt",
    "Ketria answers\n\nKetria promised to open the gate in May. The ministry denied that any att@ck had come from its side: “not one”.\n\n\
     Officials put the number waiting at 55. The gate will open in May, the ministry said.\n",
);

const WHO: &str = r#"
meaning = "Two invented states."

[[state]]
id = "x-ketr"
name = "Ketria"

[[state]]
id = "x-norr"
name = "Norrholm"

[[state]]
id = "x-third"
name = "Third <State>"
"#;

pub(crate) fn lexicon() -> Lexicon {
    Lexicon::from_files(&[PackFile { name: "actors/states.toml".to_owned(), text: WHO.to_owned() }]).unwrap()
}

/// The bytes of a page, as a store would give them.
pub(crate) fn raw(name: &str) -> Option<Vec<u8>> {
    [GATE, REPLY].iter().find(|page| page.0 == name).map(|page| page.1.as_bytes().to_vec())
}

pub(crate) fn record() -> Record {
    let gate = gate();
    let reply = reply();
    let item = |entry, item| ItemRef { entry, article: 0, item };
    let words = |entry: usize, entries: &[&Entry], text: &str| Words {
        entry,
        article: 0,
        span: find(&entries[entry].page.articles[0], text),
    };
    let both = [&gate, &reply];
    let at = |entry: usize, text: &str| words(entry, &both, text);
    let no_answer = || TestAnswer { stated: Stated::Unsaid, at: None, disputed: false };
    let written = gate.readings[0].commitments[0].tests.written;
    let demand = Undertaking {
        kind: CommitmentKind::Demand,
        by: Some(id("x-norr")),
        to: Some(id("x-ketr")),
        to_basis: Some(ToBasis::Stated),
        what: at(0, "open the Lind gate by 1 May"),
        first_said: Some(day(&gate.page.articles[0], "2031-04-04", "4 April 2031")),
        said_in: vec![item(0, 0)],
        assertions: vec![item(0, 0)],
        tests: [TestAnswer { stated: written, at: Some((0, 0)), disputed: true }, no_answer(), no_answer(), no_answer()],
        answers: None,
        state: ReportedState::Open,
    };
    let assurance = Undertaking {
        kind: CommitmentKind::Assurance,
        by: Some(id("x-ketr")),
        to: None,
        to_basis: None,
        what: at(1, "open the gate in May"),
        first_said: None,
        said_in: vec![item(1, 0)],
        assertions: vec![item(1, 0), item(1, 3)],
        tests: [no_answer(), no_answer(), no_answer(), no_answer()],
        answers: Some(0),
        state: ReportedState::Contested,
    };
    let actor = |id_text: &str, name: &str, kind, party: Option<&str>, names: Vec<ActorName>| Actor {
        id: id(id_text),
        name: name.to_owned(),
        kind,
        party: party.map(id),
        names,
    };
    let named = |entry, text: &str, loaded: Option<&str>| ActorName { words: at(entry, text), loaded: loaded.map(id) };
    let origin = |speaker: &Speaker, assertions| Origin {
        speaker: speaker.clone(),
        occasion: None,
        said: None,
        party_to_dispute: true,
        assertions,
    };
    let given = |figure, day: &str, rival| GivenValue {
        by: None,
        figures: vec![figure],
        first_said: Some(day.to_owned()),
        last_said: Some(day.to_owned()),
        replaced_by: None,
        rivals: vec![rival],
    };
    let claims = vec![
        Claim {
            assertions: vec![item(1, 0), item(1, 3)],
            denied_by: vec![item(1, 1)],
            outlets: vec!["Reply Post".to_owned(), "Gate Gazette".to_owned()],
            publishers: vec!["One House".to_owned()],
            origins: vec![origin(&reply.readings[0].assertions[0].speaker, vec![item(1, 0), item(1, 3)])],
            standing: Standing::Contested,
            reasons: vec!["both say that the gate will open in May".to_owned()],
            unnamed: None,
            events: vec![],
            figures: vec![],
        },
        Claim {
            assertions: vec![item(0, 1)],
            denied_by: vec![],
            outlets: vec!["Gate Gazette".to_owned()],
            publishers: vec!["One House".to_owned()],
            origins: vec![origin(&gate.readings[0].assertions[1].speaker, vec![item(0, 1)])],
            standing: Standing::SingleOrigin,
            reasons: vec![],
            unnamed: None,
            events: vec![],
            figures: vec![],
        },
    ];
    let timeline = vec![TimelineEntry {
        date: day(&gate.page.articles[0], "2031-04-04", "4 April 2031"),
        assertion: item(0, 1),
        is_saying: true,
    }];
    Record {
        review: onrecord_record::review::Review::default(),
        stories: Vec::new(),
        shared: Vec::new(),
        revisions: Vec::new(),
        actors: vec![
            actor("person.ada-brunn", "Ada Brünn", ActorKind::Person, Some("x-norr"), vec![named(0, "Ada Brünn", None)]),
            actor("x-ketr", "Ketria", ActorKind::State, None, vec![named(0, "Ketria", None), named(1, "Ketria", Some("x-norr"))]),
        ],
        claims,
        commitments: vec![demand, assurance],
        referents: vec![Referent {
            figures: vec![item(0, 0), item(1, 0)],
            rival_values: true,
            series: vec![given(item(0, 0), "2031-04-02", 1), given(item(1, 0), "2031-04-05", 0)],
        }],
        timeline,
        affairs: Vec::new(),
        questions: vec![
            Question {
                words: Some(at(1, "Officials")),
                name: "unresolved-speaker",
                text: "the officials are not named".to_owned(),
            },
            Question { words: None, name: "no-denial", text: "nobody was asked about the attack".to_owned() },
        ],
        entries: vec![gate, reply],
    }
}

fn gate() -> Entry {
    let page = page(GATE, Media::Html, &[]);
    let article = &page.articles[0];
    let envoy = speaker(article, SpeakerKind::Person, "Ada Brünn", Some("person.ada-brunn"), Some("x-norr"), "Ada Brünn");
    let author = Speaker { kind: SpeakerKind::Author, name: String::new(), actor: None, party: None, span: None };
    let she = Speaker { span: Some(find(article, "she")), ..envoy.clone() };
    let said = Some(day(article, "2031-04-04", "4 April 2031"));
    let verbal = Evidence { span: find(article, "verbal assurances"), assertion: Some(1) };
    let reading = Reading {
        assertions: vec![
            assertion(
                article,
                &["Ketria to open the Lind gate by 1 May"],
                "urged",
                envoy,
                Act::Demand,
                Form::Indirect,
                said.clone(),
            ),
            assertion(article, &["We have verbal assurances and nothing else"], "said", she, Act::State, Form::Direct, said),
            assertion(
                article,
                &["At least 40 people were waiting at the gate"],
                "were",
                author,
                Act::State,
                Form::Indirect,
                None,
            ),
        ],
        figures: vec![Figure {
            span: find(article, "At least 40 people"),
            low: Some(40.0),
            best: None,
            high: None,
            qualifier: Some(find(article, "At least")),
            unit: Some("person".to_owned()),
            counted: Some(find(article, "people")),
            of: None,
            time: None,
            period: None,
            fate: None,
            scope: None,
            assertion: Some(2),
            rule: "number".to_owned(),
        }],
        commitments: vec![Commitment {
            kind: CommitmentKind::Demand,
            by: Some(id("x-norr")),
            to: Some(id("x-ketr")),
            what: find(article, "open the Lind gate by 1 May"),
            assertions: vec![0],
            tests: Tests { written: Stated::No(verbal), ..Tests::default() },
        }],
        ..Reading::default()
    };
    Entry { name: GATE.0.to_owned(), capture: CaptureData::default(), page, readings: vec![reading] }
}

fn reply() -> Entry {
    let page = page(REPLY, Media::Text, &[("att@ck", "attack")]);
    let article = &page.articles[0];
    let ketria = speaker(article, SpeakerKind::State, "Ketria", Some("x-ketr"), Some("x-ketr"), "Ketria promised");
    let ministry = speaker(article, SpeakerKind::Office, "ministry", None, Some("x-ketr"), "The ministry");
    let officials = speaker(article, SpeakerKind::Unnamed, "officials", None, None, "Officials");
    let reading = Reading {
        assertions: vec![
            assertion(article, &["to open the gate in May"], "promised", ketria, Act::Assure, Form::Indirect, None),
            assertion(
                article,
                &["any attack had come from its side", "not one"],
                "denied",
                ministry.clone(),
                Act::Deny,
                Form::Mixed,
                None,
            ),
            assertion(article, &["the number waiting at 55"], "put", officials, Act::State, Form::Indirect, None),
            assertion(article, &["The gate will open in May"], "said", ministry, Act::Assure, Form::Indirect, None),
        ],
        figures: vec![Figure {
            span: find(article, "55"),
            low: None,
            best: Some(55.0),
            high: None,
            qualifier: None,
            unit: None,
            counted: Some(find(article, "number waiting")),
            of: None,
            time: None,
            period: None,
            fate: None,
            scope: None,
            assertion: Some(2),
            rule: "number".to_owned(),
        }],
        notes: vec![Note {
            span: find(article, "Officials"),
            name: "unresolved-speaker",
            text: "the officials are not named".to_owned(),
        }],
        ..Reading::default()
    };
    Entry { name: REPLY.0.to_owned(), capture: CaptureData::default(), page, readings: vec![reading] }
}

fn page((_, text): (&str, &str), media: Media, bent: &[(&str, &str)]) -> Page {
    let source = Source::new(text.as_bytes(), text).unwrap();
    let mut edits = markup(text);
    let mut restored = Vec::new();
    for (printed, ordinary) in bent {
        let span = source_span(text, printed);
        edits.push(Edit::replace(span, *ordinary));
        restored.push(Restored { span, restored: (*ordinary).to_owned() });
    }
    let title = source_span(text, if media == Media::Html { "Norrholm asks for a paper" } else { "Ketria answers" });
    let clean = CleanText::apply(&source, &edits).unwrap();
    let article = Article {
        title: Some(title),
        byline: vec![],
        site: None,
        agency: None,
        provenance: onrecord_page::Provenance::default(),
        published: Some(PageDate { value: "2031-04".to_owned(), span: title, basis: DateBasis::VisibleLine }),
        modified: None,
        language: Some("en".to_owned()),
        language_sign: None,
        genre: Genre::Report,
        genre_sign: None,
        labels: vec![Label { name: "reliability", value: "mixed".to_owned(), span: title }],
        blocks: blocks(clean.text()),
        clean,
        restored,
    };
    let notes = vec![PageNote { span: None, name: "odd-page", text: "the page has no byline".to_owned() }];
    Page { source, encoding: "UTF-8", media, bytes: text.len(), articles: vec![article], notes }
}

/// Drops tags and reads the one entity of the sample.
fn markup(text: &str) -> Vec<Edit> {
    let mut edits: Vec<Edit> =
        text.match_indices("&#8217;").map(|(at, found)| Edit::replace(span(at, at + found.len()), "’")).collect();
    for (start, _) in text.match_indices('<') {
        let end = start + text[start..].find('>').unwrap() + 1;
        let with = if &text[start..end] == "<p>" { "\n\n" } else { "" };
        edits.push(Edit::replace(span(start, end), with));
    }
    edits.extend(text.match_indices("\n ").map(|(at, found)| Edit::replace(span(at, at + found.len()), " ")));
    edits
}

fn blocks(text: &str) -> Vec<Block> {
    let mut at = 0;
    let mut blocks = Vec::new();
    for part in text.split("\n\n") {
        let words = part.trim_end();
        if !words.is_empty() {
            let span = CleanSpan::new(at, at + u32::try_from(words.len()).unwrap());
            blocks.push(Block { span, kind: BlockKind::Paragraph });
        }
        at += u32::try_from(part.len() + 2).unwrap();
    }
    blocks
}

fn assertion(
    article: &Article,
    content: &[&str],
    cue: &str,
    speaker: Speaker,
    act: Act,
    form: Form,
    said: Option<Date>,
) -> Assertion {
    Assertion {
        content: content.iter().map(|words| find(article, words)).collect(),
        cue: Some(find(article, cue)),
        speaker,
        via: vec![],
        addressee: None,
        act,
        form,
        said,
        occasion: None,
        rule: "by-hand".to_owned(),
    }
}

fn speaker(article: &Article, kind: SpeakerKind, name: &str, actor: Option<&str>, party: Option<&str>, words: &str) -> Speaker {
    Speaker { kind, name: name.to_owned(), actor: actor.map(id), party: party.map(id), span: Some(find(article, words)) }
}

fn day(article: &Article, value: &str, words: &str) -> Date {
    Date { value: value.to_owned(), precision: Precision::Day, span: find(article, words), basis: Basis::Stated }
}

pub(crate) fn id(text: &str) -> ActorId {
    ActorId::parse(text).unwrap()
}

/// Where `words` first stand in the clean text.
pub(crate) fn find(article: &Article, words: &str) -> CleanSpan {
    let at = article.clean.text().find(words).unwrap_or_else(|| panic!("{words:?} is not in {:?}", article.clean.text()));
    CleanSpan::new(u32::try_from(at).unwrap(), u32::try_from(at + words.len()).unwrap())
}

fn source_span(text: &str, words: &str) -> SourceSpan {
    let at = text.find(words).unwrap();
    span(at, at + words.len())
}

fn span(start: usize, end: usize) -> SourceSpan {
    SourceSpan::new(u32::try_from(start).unwrap(), u32::try_from(end).unwrap())
}
