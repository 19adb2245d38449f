//! What one quotes as another's: "local media quoted the governor as saying that", "the minister was quoted by Interfax as saying",
//! "the report, citing two officials, said that".

use std::ops::Range;

use onrecord_lang::Tag;
use onrecord_lexicon::{Frame, Saying};

use super::cue::{self, Cue, Usage};
use super::verb::SentenceReader;
use super::{Statement, act, frame, frame_name, subject};
use crate::reading::{Speaker, SpeakerKind};
use crate::text::Text;
use crate::who::{Head, NounPhrase, Resolver, interpret};

/// Tokens between a verb of quoting and "as saying".
const MOST_BETWEEN: usize = 20;

/// The statement of whoever `cue`, a verb of quoting, quotes as saying something.
pub(crate) fn find(reader: &SentenceReader<'_, '_>, resolver: &mut Resolver<'_, '_>, cue: &Cue<'_>) -> Option<Statement> {
    let text = reader.text;
    let quote = entry_of_quoting(text, cue)?;
    let from = cue.tokens.end;
    let saying = |at: usize| {
        let said = cue::at(text, reader.sentence, at).into_iter().find(|said| said.usage == Usage::Participle)?;
        Some((at - 1, said))
    };
    let window = from + 1..reader.sentence.end.min(from + MOST_BETWEEN);
    let (as_at, said) = window.filter(|at| text.lower(at - 1) == "as").find_map(saying)?;
    let content = frame::behind(text, &said, reader.limit(&said, None))?;
    let (speaker, via) = if cue.usage == Usage::Passive {
        let phrase = subject::before(text, reader.names, cue, reader.sentence.start)?;
        (phrase, passed_on_by(reader, from..as_at))
    } else {
        let quoted = without_time(text, reader, from..as_at)?;
        (quoted, reader.own_subject(cue))
    };
    let speaker = resolver.resolve(&speaker);
    let via: Vec<Speaker> = via.map(|phrase| resolver.resolve(&phrase)).into_iter().collect();
    let entry = content.entry;
    let parts = vec![content.tokens];
    let act = act::of_cue(text, reader.names, (cue, entry), &speaker, None, &parts)?;
    let rule = format!("{}: {} saying", quote.lemma, frame_name(Frame::NounAs));
    let cue = Some(cue.tokens.clone());
    Some(Statement { content: parts, cue, speaker, via, act, addressed: None, direct: false, rule })
}

/// The entry of a verb that passes on what another says.
fn entry_of_quoting<'l>(text: &Text<'_>, cue: &Cue<'l>) -> Option<&'l Saying> {
    let quoting = text.lexicon.list("quoting-verb");
    cue.entries.iter().copied().find(|entry| quoting.contains(&entry.lemma))
}

/// "the governor", "by Interfax on Monday": the longest phrase at the start of `tokens`.
fn without_time(text: &Text<'_>, reader: &SentenceReader<'_, '_>, tokens: Range<usize>) -> Option<NounPhrase> {
    let time = tokens.clone().skip(1).find(|at| matches!(text.lower(*at), "on" | "late" | "earlier" | "this" | "last"));
    interpret(text, reader.names, tokens.start..time.unwrap_or(tokens.end))
}

/// Behind a passive: "by" and who quotes.
fn passed_on_by(reader: &SentenceReader<'_, '_>, between: Range<usize>) -> Option<NounPhrase> {
    let by = between.clone().find(|at| reader.text.lower(*at) == "by")?;
    without_time(reader.text, reader, by + 1..between.end)
}

/// Whom the sentence cites for what `statement` says ("…, citing two officials,"): they said it, and who cites them passes it on.
pub(crate) fn cited(reader: &SentenceReader<'_, '_>, resolver: &mut Resolver<'_, '_>, statement: &mut Statement) {
    let text = reader.text;
    let citing = |at: &usize| {
        let mut cues = cue::at(text, reader.sentence, *at).into_iter().filter(|cue| cue.usage == Usage::Participle);
        text.word(at - 1) == "," && cues.any(|cue| entry_of_quoting(text, &cue).is_some())
    };
    let Some(at) = (reader.sentence.start + 1..reader.sentence.end).find(citing) else { return };
    let ends = (at + 1..reader.sentence.end).find(|end| matches!(text.word(*end), "," | "." | ";") || text.looks_finite(*end));
    let end = ends.unwrap_or(reader.sentence.end);
    let Some(phrase) = interpret(text, reader.names, at + 1..end) else { return };
    let cue = statement.cue.clone().unwrap_or(at..at);
    // Behind the words asserted it belongs to them; before the cue it stands in the subject.
    let inserted = at < cue.start && (end..cue.start).all(|at| matches!(text.tag(at), Tag::Punct | Tag::Adv | Tag::Aux));
    let closes = cue.end <= at && end + 1 >= reader.sentence.end;
    let cites_people = !matches!(phrase.head, Head::Unlisted(_) | Head::Pronoun(_));
    if !(inserted || closes) || !cites_people {
        return;
    }
    let informant = resolver.resolve(&phrase);
    if informant.is(&statement.speaker) || informant.kind == SpeakerKind::Author {
        return;
    }
    for part in statement.content.iter_mut().filter(|part| part.contains(&at)) {
        part.end = reader.without_marks(part.start, at);
    }
    statement.content.retain(|part| !part.is_empty());
    let passes_on = std::mem::replace(&mut statement.speaker, informant);
    statement.via.push(passes_on);
}
