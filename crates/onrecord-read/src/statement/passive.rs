//! Statements in the passive: "the camp is said to be empty", "the plan was described as a trap by the envoy".

use std::ops::Range;

use onrecord_lang::Tag;
use onrecord_lexicon::{Frame, Saying};

use super::cue::Cue;
use super::verb::SentenceReader;
use super::{Statement, act, frame_name, subject, tree};
use crate::reading::Speaker;
use crate::who::{NounPhrase, Resolver, interpret};

/// The statement that the passive of a verb of saying introduces.
pub(crate) fn find(reader: &SentenceReader<'_, '_>, resolver: &mut Resolver<'_, '_>, cue: &Cue<'_>) -> Option<Statement> {
    let text = reader.text;
    let limit = reader.limit(cue, None);
    let (entry, frame, from) = frame_behind(reader, cue, limit)?;
    let phrase = subject::before(text, reader.names, cue, reader.sentence.start);
    if entry.lemma == "quote as saying" {
        let speaker = resolver.resolve(&phrase?);
        let said = from..limit;
        return statement(reader, cue, entry, Frame::That, speaker, vec![said], None);
    }
    let agent = agent(reader, cue, limit);
    let end = agent.as_ref().map_or(limit, |(by, _)| reader.without_marks(from, *by));
    let speaker = match &agent {
        Some((_, phrase)) => resolver.resolve(phrase),
        None => Speaker::not_named(),
    };
    let mut content = Vec::new();
    // "It is believed that": the clause alone is said.
    let dummy = frame == Frame::That;
    let object = subject_tokens(reader, cue, phrase.as_ref()).filter(|tokens| {
        let is_none = matches!(text.lower(tokens.start), "no" | "nobody" | "none" | "neither" | "nothing");
        !dummy && !is_none && text.tag(tokens.start) != Tag::Adp
    });
    content.extend(object.clone());
    let behind = from..end.max(from);
    content.extend(Some(behind).filter(|behind| behind.len() > usize::from(frame == Frame::NounTo)));
    let enough = object.is_some() || dummy && text.lower(cue.group.checked_sub(1)?) == "it";
    if !enough || content.len() != usize::from(!dummy) + 1 {
        return None;
    }
    statement(reader, cue, entry, frame, speaker, content, object)
}

fn statement(
    reader: &SentenceReader<'_, '_>,
    cue: &Cue<'_>,
    entry: &Saying,
    frame: Frame,
    speaker: Speaker,
    content: Vec<Range<usize>>,
    addressed: Option<Range<usize>>,
) -> Option<Statement> {
    let act = act::of_cue(reader.text, reader.names, (cue, entry), &speaker, addressed.as_ref(), &content)?;
    let rule = format!("{} (passive): {}", entry.lemma, frame_name(frame));
    Some(Statement { content, cue: Some(cue.tokens.clone()), speaker, via: Vec::new(), act, addressed, direct: false, rule })
}

/// The entry and frame that what follows the verb fits, and where the content goes on.
fn frame_behind<'l>(reader: &SentenceReader<'_, '_>, cue: &Cue<'l>, limit: usize) -> Option<(&'l Saying, Frame, usize)> {
    let text = reader.text;
    let from = cue.tokens.end;
    if from >= limit {
        return None;
    }
    let entry = |frame: Frame| cue.entries.iter().copied().find(|entry| entry.frames.contains(&frame));
    if let Some(quoted) = cue.entries.iter().copied().find(|entry| entry.lemma == "quote as saying") {
        return Some((quoted, Frame::That, from + usize::from(text.lower(from) == "that")));
    }
    match text.lower(from) {
        "to" if text.penn(from + 1) == "VB" => {
            let stated = || entry(Frame::That).filter(|entry| text.lexicon.list("bare-clause").contains(&entry.lemma));
            Some((entry(Frame::NounTo).or_else(stated)?, Frame::NounTo, from))
        }
        "that" => Some((entry(Frame::That)?, Frame::That, from + 1)),
        "as" => Some((entry(Frame::NounAs)?, Frame::NounAs, from + 1)),
        "of" => Some((entry(Frame::NounOf)?, Frame::NounOf, from + 1)),
        "for" => Some((entry(Frame::NounFor)?, Frame::NounFor, from + 1)),
        _ => None,
    }
}

/// The whole subject by the tree, else the phrase that the rules see.
fn subject_tokens(reader: &SentenceReader<'_, '_>, cue: &Cue<'_>, phrase: Option<&NounPhrase>) -> Option<Range<usize>> {
    let inside = |tokens: &Range<usize>| tokens.start >= reader.sentence.start && tokens.end <= cue.group;
    let whole = tree::subject_tokens(reader.text, cue).filter(inside);
    whole.or_else(|| phrase.map(|phrase| phrase.tokens.clone()))
}

/// "by" and who did it, behind the verb.
fn agent(reader: &SentenceReader<'_, '_>, cue: &Cue<'_>, limit: usize) -> Option<(usize, NounPhrase)> {
    let text = reader.text;
    let by = (cue.tokens.end..limit).find(|at| text.lower(*at) == "by" && text.quotation_of(*at).is_none())?;
    let stop = (by + 1..limit).find(|at| matches!(text.word(*at), "," | ";" | "—")).unwrap_or(limit);
    let phrase = (by + 2..=stop).rev().find_map(|end| interpret(text, reader.names, by + 1..end))?;
    let speaks = !matches!(phrase.head, crate::who::Head::Unlisted(_));
    speaks.then_some((by, phrase))
}
