//! The eight sections.

use super::paint::{Paint, Style};
use crate::view::{
    ActorLine, AffairItem, AmongItem, ClaimItem, Claims, Dated, FigureGroup, FigureLine, Figures, LedgerItem, OpenGroup,
    OpenLine, PartyLedger, PartyNames, Place, Quote, Said, TestLine, affairs_left, label,
};

/// More lines than this in a list of single items are counted, not printed: the HTML page and the exchange format have them all.
const LIST: usize = 60;

/// Column of an item's text.
pub(super) const TEXT: usize = 5;
/// Column where a wrapped line of an item goes on.
pub(super) const REST: usize = 7;

pub(super) fn ledger(paint: &mut Paint, parties: &[PartyLedger]) {
    paint.heading("1  Demands and assurances");
    nothing_if(paint, parties.is_empty(), "No demand and no assurance was found.");
    for party in parties {
        paint.blank();
        paint.line(0, 2, &[(Style::Strong, &party.party)]);
        for item in &party.items {
            ledger_item(paint, item);
        }
    }
}

pub(super) fn ledger_item(paint: &mut Paint, item: &LedgerItem) {
    paint.blank();
    let to = item.to.as_ref().map(|to| if item.is_demand { format!("of {to}") } else { format!("to {to}") });
    let kind = if item.is_demand { "demands" } else { "assures" };
    let head = [item.by.as_str(), kind, to.as_deref().unwrap_or("")].join(" ");
    paint.line(0, TEXT, &[(Style::Strong, &padded(&label(&item.id))), (Style::Plain, &head)]);
    words(paint, TEXT, &item.what);
    for said in &item.said {
        said_line(paint, said);
    }
    for test in &item.tests {
        test_line(paint, test);
    }
    if !item.unreported.is_empty() {
        paint.line(TEXT, REST, &[(Style::Faint, &format!("not reported: {}", item.unreported.join(", ")))]);
    }
    let state = item.state.map(|state| (Style::Alert, state.to_owned()));
    let decided = item.decided.iter().map(|decided| (Style::Plain, decided.clone()));
    let answers = item.answers.iter().map(|id| (Style::Plain, format!("answers {}", label(id))));
    let answered = item.answered_by.iter().map(|id| (Style::Plain, format!("answered by {}", label(id))));
    for (style, line) in state.into_iter().chain(decided).chain(answers).chain(answered) {
        paint.line(TEXT, REST, &[(style, &line)]);
    }
}

fn said_line(paint: &mut Paint, said: &Said) {
    let when = said.when.as_ref().map(|when| format!(", {when}")).unwrap_or_default();
    paint.line(TEXT, REST, &[(Style::Plain, &format!("said by {}{when}", said.who)), (Style::Faint, &places(&said.places))]);
}

fn test_line(paint: &mut Paint, test: &TestLine) {
    let disputed = if test.disputed { " (answered otherwise elsewhere)" } else { "" };
    let answer = format!("{}: {}{disputed}", test.name, test.answer);
    match &test.evidence {
        Some(quote) => {
            let by = test.according_to.as_ref().map(|by| format!("({by})")).unwrap_or_default();
            let runs = [
                (Style::Plain, answer.as_str()),
                (Style::Plain, "—"),
                (Style::Words, &quote.in_marks()),
                (Style::Plain, &by),
                (Style::Faint, &at(quote)),
            ];
            paint.line(TEXT, REST, &runs);
        }
        None => paint.line(TEXT, REST, &[(Style::Plain, &answer)]),
    }
}

pub(super) fn claims(paint: &mut Paint, claims: &Claims) {
    paint.heading("2  Claims and how they stand");
    nothing_if(paint, claims.standing.is_empty(), "No claim is contested, corroborated or repeated.");
    for claim in &claims.standing {
        standing_claim(paint, claim);
    }
    if !claims.single.is_empty() {
        paint.blank();
        paint.line(0, 0, &[(Style::Strong, "Said by one, carried by one outlet")]);
        list(paint, &claims.single, |paint, claim| {
            let who = format!("{}:", claim.who);
            item(
                paint,
                &claim.id,
                &[(Style::Plain, &who), (Style::Words, &claim.words.in_marks()), (Style::Faint, &at(&claim.words))],
            );
        });
    }
    if !claims.own_voice.is_empty() {
        paint.blank();
        let count = format!(
            "{} more statements stand in one article's own voice; --html and --format jsonl list them.",
            claims.own_voice.len()
        );
        paint.line(0, 0, &[(Style::Faint, &count)]);
    }
}

pub(super) fn standing_claim(paint: &mut Paint, claim: &ClaimItem) {
    paint.blank();
    let style = if claim.denials.is_empty() { Style::Strong } else { Style::Alert };
    item(paint, &claim.id, &[(style, claim.standing_name()), (Style::Plain, "·"), (Style::Plain, &claim.counts())]);
    paint.line(TEXT, REST, &[(Style::Plain, &format!("{}:", claim.who))]);
    words(paint, TEXT, &claim.words);
    for origin in &claim.origins {
        let when = origin.when.as_ref().map(|when| format!(", {when}")).unwrap_or_default();
        let party = if origin.is_party { ", party to the dispute" } else { "" };
        let line = format!("origin: {}{party}{when}", origin.who);
        paint.line(TEXT, REST, &[(Style::Plain, &line), (Style::Faint, &places(&origin.places))]);
    }
    for denial in &claim.denials {
        let who = format!("denied by {}:", denial.who);
        paint.line(
            TEXT,
            REST,
            &[(Style::Alert, &who), (Style::Words, &denial.words.in_marks()), (Style::Faint, &at(&denial.words))],
        );
    }
    if let Some(rating) = &claim.rating {
        paint.line(TEXT, REST, &[(Style::Plain, rating)]);
    }
}

pub(super) fn figures(paint: &mut Paint, figures: &Figures) {
    paint.heading("3  Figures");
    nothing_if(paint, figures.groups.is_empty() && figures.alone.is_empty(), "No figure was found.");
    for group in &figures.groups {
        figure_group(paint, group);
    }
    if !figures.alone.is_empty() {
        paint.blank();
        paint.line(0, 0, &[(Style::Strong, "Figures that stand alone")]);
        list(paint, &figures.alone, |paint, figure| {
            let (who, when) = figure_source(figure);
            let runs = [
                (Style::Words, figure.quote.words.as_str()),
                (Style::Plain, "·"),
                (Style::Plain, &who),
                (Style::Plain, &when),
                (Style::Faint, &at(&figure.quote)),
            ];
            item(paint, &figure.id, &runs);
        });
    }
}

fn figure_group(paint: &mut Paint, group: &FigureGroup) {
    paint.blank();
    let rival = if group.rival_values { "rival values" } else { "same value" };
    let style = if group.rival_values { Style::Alert } else { Style::Strong };
    item(paint, &group.id, &[(Style::Strong, &group.counted), (Style::Plain, "·"), (style, rival)]);
    let column = group.figures.iter().map(|figure| figure.value.chars().count()).max().unwrap_or(0);
    for figure in &group.figures {
        let (who, when) = figure_source(figure);
        let value = format!("{:>column$}", figure.value).replace(' ', "\u{a0}");
        let runs = [
            (Style::Strong, value.as_str()),
            (Style::Words, &figure.quote.in_marks()),
            (Style::Plain, &who),
            (Style::Plain, &when),
            (Style::Faint, &at(&figure.quote)),
        ];
        paint.line(TEXT, TEXT + column + 1, &runs);
    }
}

fn figure_source(figure: &FigureLine) -> (String, String) {
    (figure.who.clone(), figure.aside())
}

pub(super) fn timeline(paint: &mut Paint, dated: &[Dated]) {
    paint.heading("4  Timeline");
    nothing_if(paint, dated.is_empty(), "Nothing dated was found.");
    let mut last = "";
    for entry in dated {
        if entry.date != last {
            paint.blank();
            paint.line(0, 0, &[(Style::Strong, &entry.date)]);
            last = &entry.date;
        }
        item(
            paint,
            &entry.id,
            &[(Style::Plain, &entry.lead()), (Style::Words, &entry.words.in_marks()), (Style::Faint, &at(&entry.words))],
        );
        for event in &entry.events {
            paint.line(TEXT, REST, &[(Style::Faint, &format!("event — {event}"))]);
        }
    }
}

pub(super) fn affairs(paint: &mut Paint, affairs: &[AffairItem], left: usize) {
    paint.heading("5  What is open, in force, under way");
    nothing_if(paint, affairs.is_empty(), "No crossing, ceasefire, agreement or round of talks was found whose state is told.");
    list(paint, affairs, |paint, affair| {
        paint.blank();
        let disputed = if affair.disputed { "· disputed" } else { "" };
        item(paint, &affair.id, &[(Style::Strong, &affair.thing), (Style::Alert, disputed)]);
        for state in &affair.states {
            let when = state.when.as_ref().map(|when| format!("{when}:")).unwrap_or_default();
            let runs = [
                (Style::Plain, when.as_str()),
                (Style::Strong, &state.what),
                (Style::Plain, &format!("according to {}", state.who)),
                (Style::Words, &state.words.in_marks()),
                (Style::Faint, &at(&state.words)),
            ];
            paint.line(TEXT, REST, &runs);
        }
    });
    if left > 0 {
        paint.blank();
        paint.line(0, 0, &[(Style::Faint, &affairs_left(left))]);
    }
}

pub(super) fn who(paint: &mut Paint, parties: &[PartyNames]) {
    paint.heading("6  Who is who");
    nothing_if(paint, parties.is_empty(), "Nobody is named.");
    for party in parties {
        paint.blank();
        paint.line(0, 2, &[(Style::Strong, &party.party)]);
        for actor in &party.actors {
            actor_line(paint, actor);
        }
    }
}

fn actor_line(paint: &mut Paint, actor: &ActorLine) {
    let usual = actor.names.iter().filter(|name| name.loaded.is_none());
    let names: Vec<String> = usual.map(|name| format!("{}{} [{}]", name.name, times(name.times), name.place.label)).collect();
    let head = format!("{} ({})", actor.name, actor.kind);
    paint.line(2, TEXT, &[(Style::Plain, &head), (Style::Faint, &names.join("; "))]);
    for name in &actor.names {
        if let Some(whose) = &name.loaded {
            let words = format!("“{}”{}", name.name, times(name.times));
            let whose = format!("— {whose}'s word for it");
            paint.line(
                TEXT,
                REST,
                &[(Style::Alert, &words), (Style::Plain, &whose), (Style::Faint, &format!("[{}]", name.place.label))],
            );
        }
    }
}

pub(super) fn open(paint: &mut Paint, groups: &[OpenGroup]) {
    paint.heading("7  What could not be settled");
    nothing_if(paint, groups.is_empty(), "Nothing was left open.");
    for group in groups {
        paint.blank();
        paint.line(0, 0, &[(Style::Strong, &group.name)]);
        list(paint, &group.questions, open_line);
    }
}

pub(super) fn among(paint: &mut Paint, items: &[AmongItem]) {
    paint.heading("8  What articles share");
    nothing_if(paint, items.is_empty(), "No two articles were found to share a story or text.");
    list(paint, items, |paint, shared| {
        paint.blank();
        item(paint, &shared.id, &[(Style::Plain, &shared.head)]);
        for (name, words) in &shared.lines {
            let runs = [(Style::Plain, *name), (Style::Words, &words.in_marks()), (Style::Faint, &at(words))];
            paint.line(TEXT, REST, &runs);
        }
    });
}

fn open_line(paint: &mut Paint, line: &OpenLine) {
    let (words, place) = line.words.as_ref().map(|words| (words.in_marks(), at(words))).unwrap_or_default();
    item(paint, &line.id, &[(Style::Plain, &line.text), (Style::Words, &words), (Style::Faint, &place)]);
}

/// A labelled item.
fn item(paint: &mut Paint, id: &str, runs: &[(Style, &str)]) {
    let label = padded(&label(id));
    let all: Vec<(Style, &str)> = std::iter::once((Style::Strong, label.as_str())).chain(runs.iter().copied()).collect();
    paint.line(0, TEXT, &all);
}

/// A label with the space up to the column of an item's text; the space must not wrap.
fn padded(label: &str) -> String {
    format!("{label:<width$}", width = TEXT - 1).replace(' ', "\u{a0}")
}

fn words(paint: &mut Paint, column: usize, quote: &Quote) {
    paint.line(column, column, &[(Style::Words, &quote.in_marks()), (Style::Faint, &at(quote))]);
}

fn list<T>(paint: &mut Paint, items: &[T], print: fn(&mut Paint, &T)) {
    for item in items.iter().take(LIST) {
        print(paint, item);
    }
    if items.len() > LIST {
        let more = format!("and {} more; --html and --format jsonl list them all.", items.len() - LIST);
        paint.line(0, 0, &[(Style::Faint, &more)]);
    }
}

fn nothing_if(paint: &mut Paint, nothing: bool, sentence: &str) {
    if nothing {
        paint.line(0, 0, &[(Style::Faint, sentence)]);
    }
}

/// Every place, each file once with its lines.
pub(super) fn places(places: &[Place]) -> String {
    let mut seen: Vec<&str> = Vec::new();
    for place in places {
        if !seen.contains(&place.label.as_str()) {
            seen.push(&place.label);
        }
    }
    format!("[{}]", seen.join(", "))
}

pub(super) fn at(quote: &Quote) -> String {
    format!("[{}]", quote.place.label)
}

fn times(times: usize) -> String {
    if times == 1 { String::new() } else { format!(" ×{times}") }
}
