//! Numbers with what they count.

mod fate;
mod number;

use std::ops::Range;

use onrecord_lang::Tag;
use onrecord_lexicon::{ActorId, Bound, UnitKind};
use onrecord_page::BlockKind;
use onrecord_text::CleanSpan;

use crate::reading::{Assertion, Figure};
use crate::text::{NounClass, Text};
use crate::time::Times;
use crate::who::{NameMention, Names};
pub(crate) use fate::fate_at;
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
    let written = text.span(&(digits..number.end));
    if names.at(digits).is_some() || times.cover(written) || times.is_clock(written) {
        return None;
    }
    let after = qualified.is_none().then(|| qualifier_behind(text, number.end)).flatten();
    let from = after.map_or(number.end, |(end, _)| end);
    let from = from + usize::from(number.is_share && text.lower(from) == "of");
    let counted = counted(text, (names, times), from, sentence.end);
    let unit = symbol.map(|(_, unit)| unit.clone()).or_else(|| unit_of(text, names, from, &counted));
    let share = number.is_share.then(|| onrecord_lexicon::Unit { id: "percent".to_owned(), kind: UnitKind::Percent });
    // "wounded *seven*", "the death toll rose to *45*": those whom it befell are persons.
    let is_nameless = counted.is_empty() || counted.len() == 1 && is_others(text, counted.start);
    let bare = is_nameless && unit.is_none() && share.is_none() && number.value.fract() == 0.0;
    let befell = bare.then(|| fate::before(text, at)).flatten().filter(|_| ends_phrase(text, counted.end.max(from)));
    // "killed 40 and 29,000 *arrested*"
    let participle = || counted.len() == 1 && text.penn(counted.start) == "VBN" && ends_phrase(text, counted.end);
    let befell = befell.or_else(|| fate_at(text, counted.start).filter(|_| unit.is_none() && participle()));
    let persons = befell.map(|_| onrecord_lexicon::Unit { id: "person".to_owned(), kind: UnitKind::Count });
    let unit = share.or(unit).or(persons);
    // A bare number word ("one of them", "the two sides") counts only what is known to be counted.
    if number.spelled && unit.is_none() || unit.is_none() && counted.is_empty() {
        return None;
    }
    let counted_span = text.span(&counted);
    let end = counted.end.max(from);
    let whole = at..end;
    let bound = qualified.or(after).map(|(_, bound)| bound);
    let (low, best, high) = bounds(&number, bound);
    let words = qualified.map(|(end, _)| at..end).or(after.map(|(end, _)| number.end..end));
    let persons = unit.as_ref().is_none_or(|unit| matches!(unit.id.as_str(), "person" | "family"));
    let figure = Figure {
        span: text.span(&whole),
        low,
        best,
        high,
        qualifier: words.map(|words| text.span(&words)),
        unit: unit.map(|unit| unit.id),
        counted: (!counted.is_empty()).then_some(counted_span),
        of: of_whom(text, names, number.end, &counted, sentence.end),
        time: sentence_time(text, times, sentence, end),
        period: period(text, &counted, end),
        fate: persons.then(|| fate::fate(text, &whole, &(digits..number.end), &counted)).flatten(),
        scope: fate::scope(text, &whole, &counted, sentence),
        assertion: None,
        rule: rule(&number, bound),
    };
    Some((end, figure))
}

/// "Rammed a boat and fired at two *others*": of what sort they are is told by what befell them, or by nothing.
fn is_others(text: &Text<'_>, at: usize) -> bool {
    text.lower(at) == "others"
}

/// Whether no noun follows that the number may count.
fn ends_phrase(text: &Text<'_>, at: usize) -> bool {
    at >= text.len() || matches!(text.tag(at), Tag::Punct | Tag::Adp | Tag::Cconj | Tag::Sconj | Tag::Adv | Tag::Aux)
}

/// "200 *or more*", "30 *or so*": a qualifier that stands behind its number, and is none of the number behind it.
fn qualifier_behind(text: &Text<'_>, at: usize) -> Option<(usize, Bound)> {
    if !matches!(text.lower(at), "or" | "and" | "+") {
        return None;
    }
    let (end, qualifier) = text.lexicon.qualifier_at(text.words, text.start(at) as usize)?;
    let end = text.token_ending_at(at, end)?;
    let of_next = text.lower(end) == "than" || number::at(text, end).is_some();
    (!of_next).then_some((end, qualifier.bound))
}

/// Low, best and high by rule: "at least 6" → low 6; "over 6" → low 6, "up to 6" → high 6; "about 6" → best 6; "nearly 6" → best and high 6; a
/// range and a word such as "dozens" → low and high, of which "at least" leaves the low and "up to" the high end.
fn bounds(number: &Number<'_>, bound: Option<Bound>) -> (Option<f64>, Option<f64>, Option<f64>) {
    let value = Some(number.value);
    let end = number.high.or(value);
    match (bound, number.high) {
        (Some(Bound::AtLeast | Bound::Over), _) => (value, None, None),
        (Some(Bound::AtMost | Bound::Under), _) => (None, None, end),
        (_, Some(high)) => (value, None, Some(high)),
        (Some(Bound::Nearly), None) => (None, value, value),
        (Some(Bound::About) | None, None) => (None, value, None),
    }
}

/// Names the rule by which [`bounds`] went.
fn rule(number: &Number<'_>, bound: Option<Bound>) -> String {
    let of_number = || match number.vague {
        Some(word) => format!("vague:{word}"),
        None if number.high.is_some() => "range".to_owned(),
        None if number.is_share => "share".to_owned(),
        None => "number".to_owned(),
    };
    bound.map_or_else(of_number, |bound| bound.name().to_owned())
}

/// Words behind what is counted in which its side is named ("fighters of the *Tarn Front*").
const MOST_BEHIND: usize = 5;

/// Of whom: who is named in what is counted, or behind it with "of" or "from".
fn of_whom(text: &Text<'_>, names: &Names, number: usize, counted: &Range<usize>, sentence_end: usize) -> Option<ActorId> {
    let behind = matches!(text.lower(counted.end), "of" | "from" | "belonging" | "among");
    let reach = counted.end..(counted.end + MOST_BEHIND).min(sentence_end);
    let mark = || reach.clone().find(|at| text.tag(*at) == Tag::Punct).unwrap_or(reach.end);
    let end = if behind { mark() } else { counted.end.max(number) };
    names.within(&(number..end)).iter().find_map(|mention| mention.meant.as_ref()).map(|name| name.actor.clone())
}

/// "60 lorries *a day*", "2,000 *monthly* arrivals".
fn period(text: &Text<'_>, counted: &Range<usize>, end: usize) -> Option<&'static str> {
    const PERIODS: [(&str, &str); 5] =
        [("per-hour", "PT1H"), ("per-day", "P1D"), ("per-week", "P1W"), ("per-month", "P1M"), ("per-year", "P1Y")];
    let mut places = counted.clone().chain(std::iter::once(end));
    places.find_map(|at| {
        let at = text.start(at.min(text.len().saturating_sub(1))) as usize;
        PERIODS.iter().find(|(list, _)| text.lexicon.list(list).longest_at(text.words, at).is_some()).map(|(_, period)| *period)
    })
}

/// The nouns behind the number: "foreign fighters", "metric tonnes of wheat".
fn counted(text: &Text<'_>, (names, times): (&Names, &Times), from: usize, end: usize) -> Range<usize> {
    let mut at = from;
    while at < end && at < from + 6 {
        let noun = match text.tag(at) {
            Tag::X => !text.is_verb(at) || at == from,
            Tag::Propn => names.at(at).is_some() || at == from,
            Tag::Det => at == from && matches!(text.lower(at), "more" | "other"),
            Tag::Adp => text.lower(at) == "of" && at > from && matches!(text.tag(at + 1), Tag::X | Tag::Propn),
            _ => false,
        };
        // "14 million euros of assets *last week*"
        let is_time = || at > from && times.cover(text.span(&(at..at + 1)));
        if !noun || at > from && text.lower(at).ends_with("ing") || is_time() {
            break;
        }
        at += 1;
    }
    // "five days of fighting": what stands behind the preposition is no noun that is counted.
    let last_is_of = at > from && text.lower(at - 1) == "of";
    from..at - usize::from(last_is_of)
}

fn unit_of(text: &Text<'_>, names: &Names, at: usize, counted: &Range<usize>) -> Option<onrecord_lexicon::Unit> {
    let right_behind =
        text.lexicon.unit_at(text.words, text.start(at) as usize).filter(|_| at < text.len()).map(|(_, unit)| unit.clone());
    let person = |token: usize| {
        let listed = text.lexicon.list("counted-person").longest_at(text.words, text.start(token) as usize).is_some();
        listed || matches!(text.class(token), Some(NounClass::Unnamed | NounClass::Role)) && !is_others(text, token)
    };
    // "eight *Serbs*", "23 *Sudanese*"
    let of_a_people = |token: usize| token + 1 == counted.end && names.at(token).is_some_and(NameMention::is_demonym);
    let persons = || {
        counted
            .clone()
            .any(|token| person(token) || of_a_people(token))
            .then(|| onrecord_lexicon::Unit { id: "person".to_owned(), kind: UnitKind::Count })
    };
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
