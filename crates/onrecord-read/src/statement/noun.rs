//! Statements introduced by a noun of saying: "Kabul's claim that …", "their demand is that …".

use onrecord_lang::Tag;
use onrecord_lexicon::{Frame, Saying};

use super::cue::Cue;
use super::verb::SentenceReader;
use super::{Statement, act, frame_name, subject, tree};
use crate::reading::Speaker;
use crate::who::{Resolver, interpret};

/// The statement that the noun introduces, if it has a possessor or a "by".
pub(crate) fn find(reader: &SentenceReader<'_, '_>, resolver: &mut Resolver<'_, '_>, cue: &Cue<'_>) -> Option<Statement> {
    let (start, by_end) = behind_agent(reader, cue);
    let (entry, frame, from) = frame_at(reader, cue, start)?;
    let named = possessor(reader, resolver, cue).or_else(|| agent(reader, resolver, cue, by_end));
    // "Rumours that the dam had burst": somebody says so, and the article does not tell who.
    let named = named.or_else(|| Some(resolver.resolve(&tree::holder(reader.text, reader.names, cue.tokens.start)?)));
    let speaker = named.or_else(|| is_bare_plural(reader, cue, frame).then(Speaker::not_named))?;
    let limit = reader.limit(cue, None);
    let stop = end_of_noun_content(reader, from, limit, frame);
    let words = from..reader.without_marks(from, stop);
    if words.is_empty() {
        return None;
    }
    let content = Vec::from([words]);
    let act = act::of(reader.text, reader.names, entry.act, &speaker, None, &content);
    let rule = format!("{} (noun): {}", entry.lemma, frame_name(frame));
    Some(Statement {
        content,
        cue: Some(cue.tokens.clone()),
        speaker,
        via: Vec::new(),
        act,
        addressed: None,
        direct: false,
        rule,
    })
}

/// "Rumours that", "amid fears that": without determiner, and not the object of a verb that somebody may be the subject of.
fn is_bare_plural(reader: &SentenceReader<'_, '_>, cue: &Cue<'_>, frame: Frame) -> bool {
    let text = reader.text;
    let at = cue.tokens.start;
    let before = at.checked_sub(1).filter(|before| reader.sentence.contains(before));
    let bare = before
        .is_none_or(|before| matches!(text.tag(before), Tag::Adp | Tag::Punct | Tag::Cconj | Tag::Sconj) || text.is_be(before));
    frame == Frame::That && text.penn(at) == "NNS" && bare
}

/// "claim by X that": where the content may start behind the agent, and where the agent ends.
fn behind_agent(reader: &SentenceReader<'_, '_>, cue: &Cue<'_>) -> (usize, Option<usize>) {
    let text = reader.text;
    let end = cue.tokens.end;
    if !matches!(text.lower(end), "by" | "from") {
        return (end, None);
    }
    let stop = (end + 1..reader.sentence.end.min(end + 12))
        .find(|at| text.lower(*at) == "that" || text.lower(*at) == "to" && text.tag(at + 1) == Tag::X);
    stop.map_or((end, None), |stop| (stop, Some(stop)))
}

fn frame_at<'l>(reader: &SentenceReader<'_, '_>, cue: &Cue<'l>, at: usize) -> Option<(&'l Saying, Frame, usize)> {
    let text = reader.text;
    let entry = |frame: Frame| cue.entries.iter().copied().find(|entry| entry.frames.contains(&frame));
    let word = text.lower(at);
    if word == "that" {
        return Some((entry(Frame::That)?, Frame::That, at + 1));
    }
    if text.is_be(at) {
        let that = usize::from(text.lower(at + 1) == "that");
        let opens = that == 1 || text.lower(at + 1) == "to";
        return opens.then_some((entry(Frame::Is)?, Frame::Is, at + 1 + that));
    }
    if word == "to" && text.tag(at + 1) == Tag::X {
        return Some((entry(Frame::To)?, Frame::To, at));
    }
    let preposition = cue.entries.iter().flat_map(|entry| entry.frames.iter().map(move |frame| (*entry, *frame)));
    preposition.into_iter().find_map(|(entry, frame)| match frame {
        Frame::Preposition(expected) if expected == word => Some((entry, frame, at + 1)),
        _ => None,
    })
}

/// "X's (repeated) claim", "their claim".
fn possessor(reader: &SentenceReader<'_, '_>, resolver: &mut Resolver<'_, '_>, cue: &Cue<'_>) -> Option<Speaker> {
    let text = reader.text;
    let from = reader.sentence.start;
    let mark = (from..cue.tokens.start)
        .rev()
        .take(3)
        .find(|at| text.tag(*at) == Tag::Part || matches!(text.word(*at), "’" | "'") || is_possessive(text.lower(*at)))?;
    if (mark + 1..cue.tokens.start).any(|at| matches!(text.tag(at), Tag::Adp | Tag::Punct | Tag::Aux)) {
        return None;
    }
    if is_possessive(text.lower(mark)) {
        return Some(resolver.resolve(&pronoun_phrase(mark)));
    }
    let phrase = subject::phrase_ending_at(text, reader.names, mark, from)?;
    // "She expressed Veldmar's wishes for peace": whoever passes them on speaks.
    let before = phrase.tokens.start.checked_sub(1).filter(|at| *at >= from);
    if before.is_some_and(|at| text.lexicon.list("passing-on-verb").contains(text.word(at))) {
        let subject = subject::phrase_ending_at(text, reader.names, phrase.tokens.start - 1, from)?;
        return Some(resolver.resolve(&subject));
    }
    Some(resolver.resolve(&phrase))
}

fn is_possessive(word: &str) -> bool {
    matches!(word, "his" | "her" | "its" | "their")
}

fn pronoun_phrase(at: usize) -> crate::who::NounPhrase {
    crate::who::NounPhrase {
        tokens: at..at + 1,
        head: crate::who::Head::Pronoun(at),
        affiliation: None,
        definite: true,
        roles: Vec::new(),
    }
}

fn agent(
    reader: &SentenceReader<'_, '_>,
    resolver: &mut Resolver<'_, '_>,
    cue: &Cue<'_>,
    by_end: Option<usize>,
) -> Option<Speaker> {
    let phrase = interpret(reader.text, reader.names, cue.tokens.end + 1..by_end?)?;
    Some(resolver.resolve(&phrase))
}

/// Content behind a noun ends with its own clause: at a comma, or for a bare object at the next finite verb.
fn end_of_noun_content(reader: &SentenceReader<'_, '_>, from: usize, limit: usize, frame: Frame) -> usize {
    let text = reader.text;
    let outside = |at: &usize| text.quotation_of(*at).is_none();
    let comma = (from..limit).filter(outside).find(|at| text.word(*at) == ",").unwrap_or(limit);
    let clause = matches!(frame, Frame::That | Frame::Is);
    if clause {
        return comma;
    }
    (from + 1..comma).filter(outside).find(|at| text.tag(*at) == Tag::Aux).unwrap_or(comma)
}
