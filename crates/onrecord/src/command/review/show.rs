//! One finding, as a reviewer sees it.

use std::fmt::Write as _;

use anyhow::Result;
use onrecord_lexicon::ActorId;
use onrecord_page::Article;
use onrecord_read::{Assertion, Speaker, SpeakerKind};
use onrecord_record::review::Waiting;
use onrecord_record::{ArticleIds, Entry, ItemRef, Record, UniqueIds};
use onrecord_text::{CleanSpan, LineIndex};

/// Bytes of the article shown before and behind a finding.
const CONTEXT: usize = 240;

/// An assertion with all that is shown of it.
pub(super) struct Shown<'r> {
    record: &'r Record,

    entry: &'r Entry,
    article: &'r Article,
    said: &'r Assertion,
    pub(super) id: String,
}

impl<'r> Shown<'r> {
    pub(super) fn of(record: &'r Record, at: ItemRef) -> Option<Self> {
        let entry = record.entries.get(at.entry)?;
        let article = entry.page.articles.get(at.article)?;
        let said = entry.readings.get(at.article)?.assertions.get(at.item)?;
        let mut unique = UniqueIds::default();
        // Ids are kept apart over the articles of a page.
        let ids = (0..=at.article).map(|article| ArticleIds::of(entry, article, &mut unique)).last()?;
        Some(Self { record, entry, article, said, id: ids.assertions.get(at.item)?.clone() })
    }

    /// SHA-256 of the capture it stands in, 64 hex digits.
    pub(super) fn capture(&self) -> String {
        self.entry.source_id().to_string()
    }

    /// The words asserted.
    pub(super) fn words(&self) -> String {
        let cuts: Vec<&str> = self.said.content.iter().map(|span| self.article.clean.cut(*span)).collect();
        cuts.join(" … ")
    }

    /// "Nerys Colm (Veldmar) demands".
    pub(super) fn headline(&self) -> String {
        format!("{}, {}", self.speaker(&self.said.speaker), self.said.act.name())
    }

    fn speaker(&self, speaker: &Speaker) -> String {
        let actor = |id: &ActorId| self.record.actors.iter().find(|actor| actor.id == *id);
        let party = speaker.party.as_ref().and_then(actor).map(|party| party.name.as_str()).filter(|name| *name != speaker.name);
        match (speaker.kind, party) {
            (SpeakerKind::Author, _) => "the article, in its own voice".to_owned(),
            (SpeakerKind::Unnamed, Some(party)) => format!("{} (not named; {party})", speaker.name),
            (SpeakerKind::Unnamed, None) => format!("{} (not named)", speaker.name),
            (_, Some(party)) => format!("{} ({party})", speaker.name),
            (_, None) => speaker.name.clone(),
        }
    }

    /// File and line, and the bytes of the words in the decoded page.
    pub(super) fn place(&self) -> String {
        let Some(all) = self.said.content.iter().copied().reduce(CleanSpan::cover) else { return self.entry.name.clone() };
        let (source, text) = (self.article.clean.source_of(all), self.entry.page.source.text());
        let line = LineIndex::new(text).line_column(text, source.start() as usize).line;
        format!("{}:{line}, bytes {}-{}", self.entry.name, source.start(), source.end())
    }

    /// The words in their context, in ›‹, on lines of their own.
    fn context(&self) -> String {
        let text = self.article.clean.text();
        let (Some(first), Some(last)) = (self.said.content.first(), self.said.content.last()) else { return String::new() };
        let all = self.said.content.iter().copied().chain(self.said.cue).chain(self.said.speaker.span);
        let all = all.reduce(CleanSpan::cover).unwrap_or_else(|| first.cover(*last));
        let start = text.floor_char_boundary((all.start() as usize).saturating_sub(CONTEXT));
        let end = text.ceil_char_boundary((all.end() as usize + CONTEXT).min(text.len()));
        let mut shown = String::new();
        let mut at = start;
        for span in &self.said.content {
            shown.push_str(text.get(at..span.start() as usize).unwrap_or(""));
            shown.push('›');
            shown.push_str(span.cut(text));
            shown.push('‹');
            at = span.end() as usize;
        }
        shown.push_str(text.get(at..end).unwrap_or(""));
        let before = if start > 0 { "… " } else { "" };
        let behind = if end < text.len() { " …" } else { "" };
        format!("{before}{}{behind}", shown.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// What the reader found, and by what.
    pub(super) fn whole(&self, waiting: &Waiting, width: usize) -> Result<String> {
        let mut text = String::new();
        let clean = self.article.clean.text();
        writeln!(text, "{} [{}]", self.id, self.place())?;
        for line in wrapped(&self.context(), width.saturating_sub(2)) {
            writeln!(text, "  {line}")?;
        }
        let named = self.said.speaker.span.map(|span| format!(" — from ‹{}›", span.cut(clean))).unwrap_or_default();
        writeln!(text, "  speaker  {}{named}", self.speaker(&self.said.speaker))?;
        for through in &self.said.via {
            writeln!(text, "  through  {}", self.speaker(through))?;
        }
        let cue = self.said.cue.map(|span| format!(" — from ‹{}›", span.cut(clean))).unwrap_or_default();
        writeln!(text, "  act      {}{cue}, by the rule {}", self.said.act.name(), self.said.rule)?;
        if let Some(said) = &self.said.said {
            writeln!(text, "  said     {} — from ‹{}›", said.value, said.span.cut(clean))?;
        }
        writeln!(text, "  {}", reasons(waiting))?;
        Ok(text)
    }
}

/// Why this finding stands where it stands in the queue.
pub(super) fn reasons(waiting: &Waiting) -> String {
    let weights: Vec<String> = waiting.weights.iter().map(|weight| weight.text()).collect();
    let doubts: Vec<String> = waiting.doubts.iter().map(|doubt| doubt.text()).collect();
    let consequence: usize = waiting.weights.iter().map(|weight| weight.points()).sum();
    let doubt: usize = 1 + waiting.doubts.iter().map(|doubt| doubt.points()).sum::<usize>();
    let or_nothing = |list: &[String]| if list.is_empty() { "nothing of note".to_owned() } else { list.join(", ") };
    format!("{consequence} × {doubt} — follows: {}; in doubt: {}", or_nothing(&weights), or_nothing(&doubts))
}

/// Lines of so many characters at most, broken between words.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
