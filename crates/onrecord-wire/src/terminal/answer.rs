//! An answer: the numbers first, then what they count, at the end what was searched.

use onrecord_record::{Answer, Searched};

use super::paint::{Paint, Style};
use super::section::{REST, TEXT, at, ledger_item, standing_claim};
use crate::view::{AnswerLine, AnswerPart, LEGEND, Shown, WHAT_IT_IS, counted};

/// More words than these of the lexicon are counted, not printed.
const WORDS: usize = 12;

pub(super) fn answer(paint: &mut Paint, question: &str, answer: &Answer, parts: &[AnswerPart]) {
    paint.line(0, 0, &[(Style::Strong, question)]);
    paint.line(0, 0, &[(Style::Plain, &answer.summary)]);
    for part in parts {
        paint.heading(&part.heading);
        for line in &part.lines {
            self::line(paint, line);
        }
        if part.left_out > 0 {
            paint.blank();
            paint.line(
                0,
                0,
                &[(
                    Style::Faint,
                    &format!("and {} more; name more of what you ask about, or ask for --format jsonl.", part.left_out),
                )],
            );
        }
    }
    paint.blank();
    searched(paint, &answer.searched);
    paint.line(0, 0, &[(Style::Faint, WHAT_IT_IS)]);
    paint.line(0, 0, &[(Style::Faint, LEGEND)]);
}

fn line(paint: &mut Paint, line: &AnswerLine) {
    if !line.label.is_empty() && !matches!(line.shown, Shown::Said { .. } | Shown::Figure(_)) {
        paint.line(0, REST, &[(Style::Alert, &format!("{}:", line.label))]);
    }
    let label = if line.label.is_empty() { String::new() } else { format!("{}:", line.label) };
    match &line.shown {
        Shown::Claim(claim) => standing_claim(paint, claim),
        Shown::Commitment(item) => ledger_item(paint, item),
        Shown::Figure(figure) => {
            let when = figure.when.as_ref().map(|when| format!("({when})")).unwrap_or_default();
            let (words, place) = (figure.quote.in_marks(), at(&figure.quote));
            let runs = [
                (Style::Alert, label.as_str()),
                (Style::Strong, figure.value.as_str()),
                (Style::Words, &words),
                (Style::Plain, &figure.who),
                (Style::Plain, &when),
                (Style::Faint, &place),
            ];
            paint.line(0, TEXT, &runs);
        }
        Shown::Said { who, when, words } => {
            let when = when.as_ref().map(|when| format!(", {when}")).unwrap_or_default();
            let (lead, marked, place) = (format!("{who}{when}:"), words.in_marks(), at(words));
            let runs = [(Style::Alert, label.as_str()), (Style::Plain, &lead), (Style::Words, &marked), (Style::Faint, &place)];
            paint.line(0, TEXT, &runs);
        }
        Shown::Article { name, title } => paint.line(0, TEXT, &[(Style::Strong, name), (Style::Words, title)]),
    }
    for remark in &line.remarks {
        paint.line(TEXT, REST, &[(Style::Faint, remark)]);
    }
}

/// Where and for what was searched: without it, that nothing was found says nothing.
fn searched(paint: &mut Paint, searched: &Searched) {
    let Searched { articles, passages, assertions, words, lexicon } = searched;
    let mut text = format!(
        "Searched: {}, {}, {}.",
        counted(*articles, "article", "articles"),
        counted(*passages, "passage", "passages"),
        counted(*assertions, "statement", "statements")
    );
    if !words.is_empty() {
        let held: Vec<String> = words.iter().map(|(word, held)| format!("{word} ({held})")).collect();
        text.push_str(&format!(" Words of the question, and the passages that hold them or their like: {}.", held.join(", ")));
    }
    if !lexicon.is_empty() {
        let some: Vec<String> = lexicon.iter().take(WORDS).map(|word| format!("“{word}”")).collect();
        let more = lexicon.len().saturating_sub(WORDS);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        text.push_str(&format!(" Words of the lexicon looked for: {}{more}.", some.join(", ")));
    }
    paint.line(0, 0, &[(Style::Plain, &text)]);
}
