//! Statements whose speaker stands beside a mark instead of a word of saying: "ORO: We waited." and "“We waited.” — Ana Oro".

use std::ops::Range;

use onrecord_lang::{MentionKind, Tag};
use onrecord_lexicon::Act;

use super::{Statement, act};
use crate::text::{NounClass, Text};
use crate::who::{Head, Names, NounPhrase, Resolver, interpret};

/// Most tokens of a name before a colon or behind a dash.
const LONGEST_NAME: usize = 8;

/// The statement that makes up a block, if who makes it stands beside a mark.
pub(crate) fn find(
    text: &Text<'_>,
    names: &Names,
    resolver: &mut Resolver<'_, '_>,
    block: &Range<usize>,
    is_transcript: bool,
) -> Option<Statement> {
    let found = if is_transcript { labelled(text, names, resolver, block) } else { None };
    let (phrase, mark, content, rule) = found.or_else(|| turn(text, names, block)).or_else(|| signed(text, names, block))?;
    let speaker = resolver.resolve(&phrase);
    resolver.spoke(phrase.tokens.start, &speaker);
    resolver.begin_turn(&speaker);
    let content = vec![content];
    let act = act::of(text, names, Act::State, &speaker, None, &content);
    Some(Statement {
        content,
        cue: Some(mark..mark + 1),
        speaker,
        via: Vec::new(),
        act,
        addressed: None,
        direct: true,
        rule: rule.to_owned(),
    })
}

type Found = (NounPhrase, usize, Range<usize>, &'static str);

/// Whether paragraphs open with labels in capitals ("THE CHAIR:", "MS. ORO, Daily Post:", "Q:"), as the turns of a transcript do.
pub(crate) fn is_transcript(text: &Text<'_>) -> bool {
    const LEAST_TURNS: usize = 3;
    let sentences = &text.analysis.sentences;
    let opens = |number: usize| number == 0 || sentences[number - 1].block != sentences[number].block;
    let starts = (0..sentences.len()).filter(|number| opens(*number)).map(|number| &sentences[number].tokens);
    starts.filter(|tokens| label(text, tokens).is_some()).take(LEAST_TURNS).count() == LEAST_TURNS
}

/// The label in capitals that a paragraph opens with, an affiliation behind a comma left out, and its colon.
fn label(text: &Text<'_>, block: &Range<usize>) -> Option<(Range<usize>, usize)> {
    let colon = (block.start + 1..block.end.min(block.start + LONGEST_NAME)).find(|at| text.word(*at) == ":")?;
    let end = (block.start..colon).find(|at| matches!(text.word(*at), "," | "(")).unwrap_or(colon);
    let in_capitals = |at: usize| !text.word(at).contains(char::is_lowercase);
    let written = |at: usize| text.word(at).contains(char::is_uppercase);
    (end > block.start && (block.start..end).all(in_capitals) && (block.start..end).any(written))
        .then_some((block.start..end, colon))
}

/// The turn of a transcript. A label that names nobody ("QUESTION", "MODERATOR") is somebody unnamed.
fn labelled(text: &Text<'_>, names: &Names, resolver: &Resolver<'_, '_>, block: &Range<usize>) -> Option<Found> {
    let (label, colon) = label(text, block)?;
    let content = without_marks(text, colon + 1..block.end);
    let names_nobody = text.lexicon.list("turn-label").contains(text.cut(text.span(&label)));
    let last = label.end - 1;
    let headed = |head: Head| NounPhrase { head, tokens: label.clone(), affiliation: None, definite: true, roles: Vec::new() };
    let is_known = label.len() > 1 && resolver.people().matching(&[text.lower(last).to_owned()]).is_some();
    let phrase = match interpret(text, names, label.clone()).filter(|_| !names_nobody) {
        // "MR HAFIZ": what may be a title too is the last name of somebody named before.
        Some(NounPhrase { head: Head::Noun(..), .. }) | None if is_known => headed(Head::Capitalised(last)),
        Some(phrase) => phrase,
        None => headed(Head::Unlisted(last)),
    };
    (content.len() > 1).then_some((phrase, colon, content, "name and colon"))
}

/// "ORO: We waited.", a turn of a transcript or a headline; "Ana Oro — “We waited.”" too.
fn turn(text: &Text<'_>, names: &Names, block: &Range<usize>) -> Option<Found> {
    let start = block.start + usize::from(text.is_opening_mark(block.start));
    let opens_words = |at: &usize| match text.word(*at) {
        ":" => true,
        "—" | "–" | "―" | "--" => matches!(text.word(at + 1), "“" | "”" | "\"" | "''" | "«"),
        _ => false,
    };
    let colon = (start + 1..block.end.min(start + LONGEST_NAME)).find(opens_words)?;
    if start < names.dateline_end
        || (start..colon).any(|at| text.tag(at) != Tag::Propn && text.looks_finite(at) || text.word(at) == ",")
    {
        return None;
    }
    let mut phrase = interpret(text, names, start..colon)?;
    let content = without_marks(text, colon + 1..block.end);
    let speaks = speaks_by_name(text, names, &phrase, start);
    if text.lexicon.list("turn-label").contains(text.cut(text.span(&(start..colon)))) {
        // "Question: …": whoever asks is not named.
        phrase.head = Head::Unlisted(colon - 1);
    }
    (speaks && content.len() > 2).then_some((phrase, colon, content, "name and colon"))
}

/// "“We waited.” — Ana Oro".
fn signed(text: &Text<'_>, names: &Names, block: &Range<usize>) -> Option<Found> {
    let quotation = text.quotation_of(block.start)?;
    let content = text.tokens_in(text.analysis.quotations[quotation].span);
    let dash = content.end;
    if content.start != block.start
        || !matches!(text.word(dash), "—" | "–" | "―" | "--" | "-")
        || block.end > dash + 2 * LONGEST_NAME
    {
        return None;
    }
    let end = (dash + 1..block.end).find(|at| matches!(text.word(*at), "." | ";" | "(")).unwrap_or(block.end);
    let phrase = interpret(text, names, dash + 1..end)?;
    speaks_by_name(text, names, &phrase, dash + 1).then_some((phrase, dash, content, "quotation and name"))
}

/// Whether the phrase names somebody: labels as "Photo:" and "Note:" do not. A word in capitals may be the label of a turn if the model takes
/// it for a name, or if it opens several paragraphs.
fn speaks_by_name(text: &Text<'_>, names: &Names, phrase: &NounPhrase, start: usize) -> bool {
    let mentioned = text.analysis.mentions.iter().any(|mention| {
        matches!(mention.kind, MentionKind::Person | MentionKind::Organisation)
            && mention.span.overlaps(text.span(&phrase.tokens))
    });
    match &phrase.head {
        Head::Person(_) => mentioned || !phrase.roles.is_empty(),
        Head::Name(at) => names.at(*at).is_some_and(|mention| mention.is_person(text)) || mentioned,
        Head::Organisation(_) => mentioned,
        Head::Capitalised(at) => mentioned || opens_blocks(text, *at),
        Head::Noun(class, at) => {
            matches!(class, NounClass::Role | NounClass::Title) && text.tag(*at) == Tag::Propn && opens_blocks(text, start)
        }
        Head::Unlisted(_) | Head::Pronoun(_) | Head::Joint(_) => false,
    }
}

/// Whether this word stands before a colon again.
fn opens_blocks(text: &Text<'_>, at: usize) -> bool {
    text.capitalised(text.word(at)).iter().filter(|other| text.word(**other + 1) == ":").count() > 1
}

fn without_marks(text: &Text<'_>, tokens: Range<usize>) -> Range<usize> {
    let mut end = tokens.end;
    while end > tokens.start && matches!(text.word(end - 1), "." | "\"" | "”") {
        end -= 1;
    }
    tokens.start..end
}
