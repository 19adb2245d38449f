//! Numbers with what they count.

mod number;

use std::ops::Range;

use onrecord_lang::Tag;
use onrecord_lexicon::{Bound, UnitKind};
use onrecord_page::BlockKind;
use onrecord_text::CleanSpan;

use crate::reading::{Assertion, Figure};
use crate::text::{NounClass, Text};
use crate::time::Times;
use crate::who::Names;
use number::Number;

/// All figures of the article, in order. Years, dates, ordinals, clock times and numbers inside names are left out.
pub(crate) fn find(text: &Text<'_>, names: &Names, times: &Times, assertions: &[Assertion]) -> Vec<Figure> {
    let mut figures = Vec::new();
    for sentence in text.analysis.sentences.iter().filter(|sentence| sentence.kind != BlockKind::Heading) {
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            match figure_at(text, names, times, at, &sentence.tokens) {
                Some((end, figure)) => {
                    figures.push(Figure { assertion: assertion_of(assertions, figure.span), ..figure });
                    at = end.max(at + 1);
                }
                None => at += 1,
            }
        }
    }
    figures
}

/// How many assertions before a figure may hold it.
const NEARBY: usize = 16;

/// The innermost assertion whose words hold the figure.
fn assertion_of(assertions: &[Assertion], span: CleanSpan) -> Option<usize> {
    let holds = |assertion: &Assertion| assertion.content.iter().any(|part| part.overlaps(span));
    let length = |assertion: &Assertion| assertion.content.iter().map(|part| part.len()).sum::<u32>();
    // Assertions stand in the order of their first words: those that can hold the figure begin not far before it.
    let behind =
        assertions.partition_point(|assertion| assertion.content.first().is_some_and(|part| part.start() <= span.start()));
    let near = behind.saturating_sub(NEARBY)..behind;
    near.filter_map(|n| Some((n, assertions.get(n)?)))
        .filter(|(_, assertion)| holds(assertion))
        .min_by_key(|(_, assertion)| length(assertion))
        .map(|(n, _)| n)
}

fn figure_at(text: &Text<'_>, names: &Names, times: &Times, at: usize, sentence: &Range<usize>) -> Option<(usize, Figure)> {
    let qualifier = text.lexicon.qualifier_at(text.words, text.start(at) as usize);
    let qualified = qualifier.and_then(|(end, qualifier)| Some((text.token_ending_at(at, end)?, qualifier.bound)));
    let start = qualified.map_or(at, |(end, _)| end);
    let symbol = text
        .lexicon
        .symbol_at(text.words, text.start(start) as usize)
        .and_then(|(end, unit)| Some((text.token_ending_at(start, end)?, unit)));
    let digits = symbol.map_or(start, |(end, _)| end);
    let number = number::at(text, digits)?;
    if names.at(digits).is_some() || times.cover(text.span(&(digits..number.end))) {
        return None;
    }
    let counted = counted(text, names, number.end, sentence.end);
    let unit = symbol.map(|(_, unit)| unit.clone()).or_else(|| unit_of(text, number.end, &counted));
    // A bare number word ("one of them", "the two sides") counts only what is known to be counted.
    if number.spelled && unit.is_none() || unit.is_none() && counted.is_empty() {
        return None;
    }
    let counted_span = text.span(&counted);
    let end = counted.end.max(number.end);
    let span = text.span(&(at..end));
    let (low, best, high) = bounds(&number, qualified.map(|(_, bound)| bound));
    let figure = Figure {
        span,
        low,
        best,
        high,
        qualifier: qualified.map(|(end, _)| text.span(&(at..end))),
        unit: unit.map(|unit| unit.id),
        counted: (!counted.is_empty()).then_some(counted_span),
        of: names.within(&(number.end..end + 3)).iter().find_map(|mention| mention.meant.as_ref()).map(|name| name.actor.clone()),
        time: sentence_time(text, times, sentence, end),
        assertion: None,
    };
    Some((end, figure))
}

/// Low, best and high by rule: "at least 6" → low 6; "over 6" → low 6, "up to 6" → high 6; "about 6" → best 6; a range → low and high.
fn bounds(number: &Number, bound: Option<Bound>) -> (Option<f64>, Option<f64>, Option<f64>) {
    if let Some(high) = number.high {
        return (Some(number.value), None, Some(high));
    }
    if number.vague {
        return (Some(number.value), None, None);
    }
    let value = Some(number.value);
    match bound {
        Some(Bound::AtLeast | Bound::Over) => (value, None, None),
        Some(Bound::AtMost | Bound::Under) => (None, None, value),
        Some(Bound::Nearly) => (None, value, value),
        Some(Bound::About) | None => (None, value, None),
    }
}

/// The nouns behind the number: "foreign fighters", "metric tonnes of wheat".
fn counted(text: &Text<'_>, names: &Names, from: usize, end: usize) -> Range<usize> {
    let mut at = from;
    while at < end && at < from + 6 {
        let noun = match text.tag(at) {
            Tag::X => !text.is_verb(at) || at == from,
            Tag::Propn => names.at(at).is_some() || at == from,
            Tag::Det => at == from && matches!(text.lower(at), "more" | "other"),
            Tag::Adp => text.lower(at) == "of" && at > from && matches!(text.tag(at + 1), Tag::X | Tag::Propn),
            _ => false,
        };
        if !noun || at > from && text.lower(at).ends_with("ing") {
            break;
        }
        at += 1;
    }
    from..at
}

fn unit_of(text: &Text<'_>, at: usize, counted: &Range<usize>) -> Option<onrecord_lexicon::Unit> {
    let right_behind =
        text.lexicon.unit_at(text.words, text.start(at) as usize).filter(|_| at < text.len()).map(|(_, unit)| unit.clone());
    let person = |token: usize| {
        let listed = text.lexicon.list("counted-person").longest_at(text.words, text.start(token) as usize).is_some();
        listed || matches!(text.class(token), Some(NounClass::Unnamed | NounClass::Role))
    };
    let persons =
        || counted.clone().any(person).then(|| onrecord_lexicon::Unit { id: "person".to_owned(), kind: UnitKind::Count });
    let inside = || {
        counted
            .clone()
            .rev()
            .find_map(|token| text.lexicon.unit_at(text.words, text.start(token) as usize).map(|(_, unit)| unit.clone()))
    };
    right_behind.or_else(persons).or_else(inside)
}

/// A date right behind the figure's clause, or the only one of its sentence.
fn sentence_time(text: &Text<'_>, times: &Times, sentence: &Range<usize>, end: usize) -> Option<crate::reading::Date> {
    let whole = text.span(sentence);
    let after = text.start(end.min(text.len().saturating_sub(1)));
    let dated: Vec<_> = times.within(whole).filter_map(|time| time.date.clone()).collect();
    let next = dated.iter().find(|date| date.span.start() >= after && date.span.start() < after + 60);
    next.or(if dated.len() == 1 { dated.first() } else { None }).cloned()
}
