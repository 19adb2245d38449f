//! Seconds and memory that joining readings takes, by their number: `cargo bench -p onrecord-record`, with `READINGS=100000` for the
//! largest step.
//!
//! Readings are made from templates: a hundred disputes, each with its parties and happenings, five hundred outlets, three years; one
//! article in five is a copy. An exponent of 1 between two steps means that cost grows with the number.

#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout, reason = "a bench prints and may stop")]

use std::time::Instant;

use onrecord_lexicon::{Act, ActorId, ActorKind, Lexicon};
use onrecord_page::{Article, CaptureData, DateBasis, Media, Page, PageDate};
use onrecord_read::{
    Assertion, Commitment, CommitmentKind, Figure, Form, NameUse, NamedActor, Reading, Speaker, SpeakerKind, Tests,
};
use onrecord_record::Entry;
use onrecord_text::{CleanSpan, Source, SourceSpan};

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Random numbers that are the same everywhere (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap_or(0) % limit
    }

    fn one_of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

const DEEDS: [&str; 12] = [
    "shelled",
    "closed",
    "reopened",
    "searched",
    "surrounded",
    "left",
    "inspected",
    "flooded",
    "evacuated",
    "rebuilt",
    "bombed",
    "mined",
];
const THINGS: [&str; 16] = [
    "harbour",
    "bridge",
    "depot",
    "market",
    "school",
    "border crossing",
    "grain store",
    "hospital",
    "power plant",
    "camp",
    "railway yard",
    "fishing port",
    "radio mast",
    "water works",
    "customs house",
    "air base",
];
const WHEN: [&str; 6] = ["at dawn", "overnight", "on market day", "before the talks", "after the vote", "during the truce"];

/// A made-up word that belongs to this number.
fn name(mut number: usize) -> String {
    let mut name = String::new();
    loop {
        name.push_str(["ba", "ke", "lo", "mi", "nu", "ra", "se", "ti", "vo", "zu"][number % 10]);
        number /= 10;
        if number == 0 {
            break;
        }
    }
    name[..1].to_uppercase() + &name[1..] + "r"
}

fn entry(number: usize, random: &mut Random) -> Entry {
    // A copy has the words of the article before.
    let seed = if number % 5 == 4 { number - 1 } else { number };
    let mut own = Random((seed as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let dispute = own.below(100);
    let (one, two) = (name(1000 + dispute), name(2000 + dispute));
    let town = name(30_000 + dispute * 10 + own.below(10));
    let day = own.below(1000);
    let mut text = String::new();
    let mut reading = Reading::default();
    let span = |start: usize, end: usize| CleanSpan::new(u32::try_from(start).unwrap(), u32::try_from(end).unwrap());
    let party = |name: &str| ActorId::for_name("group", name);
    let (mut uses, mut figure_at) = (Vec::new(), None);
    for sentence in 0..8 {
        let speaker = if sentence % 2 == 0 { &one } else { &two };
        uses.push((speaker.clone(), span(text.len(), text.len() + speaker.len())));
        text.push_str(&format!("{speaker} said that "));
        let start = text.len();
        let count = 10 + own.below(90);
        text.push_str(&format!(
            "troops {} the {} of {town} {} and {count} families from {} fled",
            own.one_of(&DEEDS),
            own.one_of(&THINGS),
            own.one_of(&WHEN),
            name(own.below(5000))
        ));
        let content = span(start, text.len());
        if sentence == 0 {
            let words = format!("{count} families");
            let at = start + text[start..].find(&words).unwrap();
            figure_at = Some((
                span(at, at + words.len()),
                span(at + words.len() - 8, at + words.len()),
                f64::from(u32::try_from(count).unwrap()),
            ));
        }
        text.push_str(". ");
        text.push_str(&format!("{} {} waited near the {}. ", name(own.below(9000)), name(own.below(9000)), own.one_of(&THINGS)));
        let id = party(speaker);
        let act = [Act::State, Act::Accuse, Act::Demand, Act::Deny, Act::Assure, Act::State, Act::Warn, Act::State][sentence];
        reading.assertions.push(Assertion {
            content: vec![content],
            cue: None,
            speaker: Speaker {
                kind: SpeakerKind::Organisation,
                name: speaker.clone(),
                actor: Some(id.clone()),
                party: Some(id.clone()),
                span: None,
            },
            via: Vec::new(),
            addressee: None,
            act,
            form: Form::Indirect,
            said: None,
            occasion: None,
            rule: "template".to_owned(),
        });
        let kind = match act {
            Act::Demand => CommitmentKind::Demand,
            Act::Assure => CommitmentKind::Assurance,
            _ => continue,
        };
        reading.commitments.push(Commitment {
            kind,
            by: Some(id),
            to: None,
            what: content,
            assertions: vec![sentence],
            tests: Tests::default(),
        });
    }
    for speaker in [&one, &two] {
        let names =
            uses.iter().filter(|(name, _)| name == speaker).map(|(_, span)| NameUse { span: *span, loaded: None }).collect();
        reading.actors.push(NamedActor {
            id: party(speaker),
            name: speaker.clone(),
            kind: ActorKind::ArmedGroup,
            party: Some(party(speaker)),
            names,
        });
    }
    if let Some((at, counted, value)) = figure_at {
        reading.figures.push(Figure {
            span: at,
            low: Some(value),
            best: Some(value),
            high: Some(value),
            qualifier: None,
            unit: Some("person".to_owned()),
            counted: Some(counted),
            of: None,
            time: None,
            period: None,
            fate: None,
            scope: None,
            assertion: Some(0),
            rule: "number".to_owned(),
        });
    }
    let mut article = Article::of_paragraphs(&text).unwrap();
    let date = format!("{}-{:02}-{:02}", 2028 + day / 336, 1 + day % 336 / 28, 1 + day % 28);
    article.published = Some(PageDate { value: date, span: SourceSpan::new(0, 0), basis: DateBasis::Meta });
    let source = Source::new(number.to_string().as_bytes(), text.as_str()).unwrap();
    let page =
        Page { source, encoding: "UTF-8", media: Media::Html, bytes: text.len(), articles: vec![article], notes: Vec::new() };
    let name = format!("https://outlet{}.example/{number}", random.below(500));
    Entry { name, capture: CaptureData::default(), page, readings: vec![reading] }
}

/// Most memory that the process has held, in megabytes; 0 where the system does not tell.
fn peak() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    line.and_then(|line| line.split_whitespace().nth(1))
        .and_then(|kilobytes| kilobytes.parse().ok())
        .map_or(0, |kb: usize| kb / 1024)
}

fn main() {
    let most: usize = std::env::var("READINGS").ok().and_then(|count| count.parse().ok()).unwrap_or(16_000);
    let mut before: Option<(usize, f64)> = None;
    println!("readings  seconds  exponent  peak MB  claims  stories");
    for count in [1_000, 4_000, 16_000, 50_000, 100_000].into_iter().filter(|count| *count <= most) {
        let mut random = Random(7);
        let entries: Vec<Entry> = (0..count).map(|number| entry(number, &mut random)).collect();
        let start = Instant::now();
        let record = onrecord_record::record(entries, Lexicon::embedded());
        let seconds = start.elapsed().as_secs_f64();
        let exponent = before
            .map_or(String::new(), |(few, less)| format!("{:.2}", (seconds / less).ln() / (count as f64 / few as f64).ln()));
        println!(
            "{count:>8}  {seconds:>7.2}  {exponent:>8}  {:>7}  {:>6}  {:>7}",
            peak(),
            record.claims.len(),
            record.stories.len()
        );
        before = Some((count, seconds));
    }
}
