//! Statements without a word of saying of their own: quotations carried on, a report that is told on, the author's own voice.

use std::ops::Range;

use onrecord_lang::Tag;
use onrecord_lexicon::Act;
use onrecord_page::BlockKind;

use super::verb::Announced;
use super::{Statement, act};
use crate::reading::{Speaker, SpeakerKind};
use crate::text::Text;
use crate::who::{Names, Resolver};

/// A document whose contents a paragraph tells.
#[derive(Debug, Clone)]
pub(crate) struct Document {
    speaker: Speaker,
    block: usize,
}

/// Quotations that no word of saying introduces and that make up their sentence: the last speaker goes on.
pub(crate) fn loose_quotations(
    text: &Text<'_>,
    names: &Names,
    resolver: &Resolver<'_, '_>,
    sentence: &Range<usize>,
    found: &[Statement],
) -> Option<Statement> {
    if !found.is_empty() || !is_quoted(text, sentence) {
        return None;
    }
    let carried = text.quotation_of(sentence.start).is_some_and(|n| text.analysis.quotations[n].carries_on);
    let speaker = resolver.last_speaker(sentence.start, 1)?.clone();
    let content = vec![sentence.clone()];
    let act = act::of(text, names, Act::State, &speaker, None, &content);
    let rule = if carried { "quotation goes on" } else { "quotation of the last speaker" };
    Some(Statement { content, cue: None, speaker, via: Vec::new(), act, addressed: None, direct: false, rule: rule.to_owned() })
}

/// The words of a paragraph that the one before announces: "He added:". They stand in quotation marks, or apart as a quotation.
pub(crate) fn announced(
    text: &Text<'_>,
    names: &Names,
    sentence: &Range<usize>,
    kind: BlockKind,
    announced: &Announced,
) -> Option<Statement> {
    (kind == BlockKind::Quotation || is_quoted(text, sentence)).then_some(())?;
    let content = vec![sentence.clone()];
    let act = act::of(text, names, announced.act, &announced.speaker, None, &content);
    Some(Statement {
        content,
        cue: Some(announced.cue.clone()),
        speaker: announced.speaker.clone(),
        via: Vec::new(),
        act,
        addressed: None,
        direct: true,
        rule: announced.rule.clone(),
    })
}

/// Whether all words of the sentence stand in quotation marks.
pub(crate) fn is_quoted(text: &Text<'_>, sentence: &Range<usize>) -> bool {
    let mut words = sentence.clone().filter(|at| text.tag(*at) != Tag::Punct).peekable();
    words.peek().is_some() && words.all(|at| text.quotation_of(at).is_some())
}

/// The document that the last statement of a sentence quotes, if it quotes one.
pub(crate) fn document_of(statements: &[Statement], block: usize) -> Option<Document> {
    let last = statements.last()?;
    let tells = last.speaker.kind == SpeakerKind::Document || is_reporting_body(&last.speaker);
    tells.then(|| Document { speaker: last.speaker.clone(), block })
}

/// A body whose business is reports: its findings are told on as a report's are.
fn is_reporting_body(speaker: &Speaker) -> bool {
    let name = speaker.name.to_lowercase();
    speaker.kind == SpeakerKind::Organisation
        && ["monitor", "panel", "inquiry", "observer mission", "fact-finding"].iter().any(|word| name.contains(word))
}

/// Sentences that follow in the paragraph of a quoted report, without any other source, tell the report on.
pub(crate) fn by_document(
    text: &Text<'_>,
    names: &Names,
    sentence: &Range<usize>,
    block: usize,
    document: Option<&Document>,
) -> Option<Statement> {
    let document = document.filter(|document| document.block == block)?;
    let own_voice =
        matches!(text.lower(sentence.start), "but" | "however" | "meanwhile" | "earlier" | "last" | "on" | "since" | "after");
    let content = whole_sentence(text, sentence)?;
    let speaker = Speaker { span: None, ..document.speaker.clone() };
    let act = act::of(text, names, Act::State, &speaker, None, std::slice::from_ref(&content));
    (!own_voice).then(|| Statement {
        content: vec![content],
        cue: None,
        speaker,
        via: Vec::new(),
        act,
        addressed: None,
        direct: false,
        rule: "report told on".to_owned(),
    })
}

/// What the article says in its own voice. What stands in quotation marks is somebody else's, though nobody says whose.
pub(crate) fn author(text: &Text<'_>, sentence: &Range<usize>) -> Option<Statement> {
    if is_quoted(text, sentence) {
        return None;
    }
    let content = whole_sentence(text, sentence)?;
    let speaker = Speaker { kind: SpeakerKind::Author, name: String::new(), actor: None, party: None, span: None };
    Some(Statement {
        content: vec![content],
        cue: None,
        speaker,
        via: Vec::new(),
        act: Act::State,
        addressed: None,
        direct: false,
        rule: "author".to_owned(),
    })
}

/// The sentence without its full stop, if it is one: four words with a sign of a verb.
fn whole_sentence(text: &Text<'_>, sentence: &Range<usize>) -> Option<Range<usize>> {
    let mut end = sentence.end;
    while end > sentence.start && matches!(text.word(end - 1), "." | "…") && text.quotation_of(end - 1).is_none() {
        end -= 1;
    }
    let words = (sentence.start..end).filter(|at| text.tag(*at) != Tag::Punct).count();
    (words > 3).then_some(sentence.start..end)
}
