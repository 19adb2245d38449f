//! The sections of a dossier.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_lexicon::{Act, ActorId};
use onrecord_read::{Assertion, Event, Figure, Form, Stated};
use onrecord_record::{Claim, ItemRef, Undertaking, Words};

use super::super::counted;
use super::super::figures::value;
use super::super::gather::voice;
use super::super::name::date;
use super::super::phrase::dated_lead;
use super::super::{ClaimItem, Quote};
use super::{Builder, DossierSection, Line, Subject};
use crate::words;

/// Stands behind everything that is dated, in an order of days.
const UNDATED: &str = "~";

impl Builder<'_> {
    pub(super) fn sections(&mut self, subject: &Subject) -> Vec<DossierSection> {
        let sections = match subject {
            Subject::Actor(id) => self.of_actor(id),
            Subject::Claim(place) => self.of_claim(*place),
            Subject::Commitment(place) => self.of_commitment(*place),
        };
        sections.into_iter().map(|(title, lines)| DossierSection { title, lines }).collect()
    }

    fn of_actor(&mut self, id: &ActorId) -> Vec<(&'static str, Vec<Line>)> {
        let own = self.assertions(|gather, said| {
            let speaker = &said.speaker;
            speaker.actor.iter().chain(&speaker.party).any(|actor| gather.is_of(actor, id))
        });
        let to = self.assertions(|gather, said| said.addressee.as_ref().is_some_and(|actor| gather.is_of(actor, id)));
        let to: Vec<ItemRef> = to.into_iter().filter(|at| !own.contains(at)).collect();
        let act = |builder: &Self, list: &[ItemRef], wanted: &dyn Fn(Act) -> bool| -> Vec<ItemRef> {
            list.iter().copied().filter(|at| builder.gather.assertion(*at).is_some_and(|said| wanted(said.act))).collect()
        };
        let in_ledger = |act: Act| matches!(act, Act::Demand | Act::Assure);
        let says = act(self, &own, &|act| !in_ledger(act) && act != Act::Deny);
        let denies = act(self, &own, &|act| act == Act::Deny);
        let addressed = act(self, &to, &|act| !in_ledger(act));
        let own_set: BTreeSet<ItemRef> = own.iter().copied().collect();
        // A spokeswoman's demand is one of her side; it is hers as well, since she said it.
        let by = self.commitments(|gather, given| {
            given.by.as_ref().is_some_and(|by| gather.is_of(by, id)) || given.assertions.iter().any(|at| own_set.contains(at))
        });
        let of = self.commitments(|gather, given| given.to.as_ref().is_some_and(|to| gather.is_of(to, id)));
        let takes_part = |gather: &Scope<'_, '_>, _: ItemRef, event: &Event| {
            event.actors.iter().chain(&event.recipients).filter_map(|one| one.actor.as_ref()).any(|actor| gather.is_of(actor, id))
        };
        let gives = |gather: &Scope<'_, '_>, at: ItemRef, figure: &Figure| {
            figure.of.as_ref().is_some_and(|of| gather.is_of(of, id)) || told_in(at, figure.assertion, &own_set)
        };
        let all: Vec<ItemRef> = own.iter().chain(&to).copied().collect();
        vec![
            ("Names", self.names(id)),
            ("What it says", self.claim_lines(&says)),
            ("What it denies", self.claim_lines(&denies)),
            ("Its demands and assurances", by.into_iter().filter_map(|place| self.ledger_line(place)).collect()),
            ("Demanded of it, assured to it", of.into_iter().filter_map(|place| self.ledger_line(place)).collect()),
            ("What else is said to it", self.claim_lines(&addressed)),
            ("Events it takes part in", self.events(takes_part)),
            ("Figures it gives, and figures of it", self.figures(gives)),
            ("Timeline", self.timeline(&all)),
            ("Who reports it", self.outlets(&all)),
        ]
    }

    fn of_claim(&mut self, place: usize) -> Vec<(&'static str, Vec<Line>)> {
        let record = self.gather.record;
        let Some(claim) = record.claims.get(place) else { return Vec::new() };
        let own: BTreeSet<ItemRef> = claim.assertions.iter().copied().collect();
        let commitments = self.commitments(|_, given| given.assertions.iter().any(|at| own.contains(at)));
        let tells =
            |_: &Scope<'_, '_>, at: ItemRef, event: &Event| claim.events.contains(&at) || told_in(at, event.assertion, &own);
        let gives =
            |_: &Scope<'_, '_>, at: ItemRef, figure: &Figure| claim.figures.contains(&at) || told_in(at, figure.assertion, &own);
        vec![
            ("How it stands", self.standing(claim).into_iter().collect()),
            ("Who says so", claim.assertions.iter().filter_map(|at| self.saying(*at)).collect()),
            ("Who denies it", claim.denied_by.iter().filter_map(|at| self.saying(*at)).collect()),
            ("Origins", self.origins(claim)),
            (
                "Why these were joined",
                claim.reasons.iter().map(|reason| Line { lead: reason.clone(), ..Line::default() }).collect(),
            ),
            ("Demands and assurances in it", commitments.into_iter().filter_map(|place| self.ledger_line(place)).collect()),
            ("Events", self.events(tells)),
            ("Figures", self.figures(gives)),
            ("Timeline", self.timeline(&claim.assertions)),
            ("Who reports it", self.outlets(&claim.assertions)),
        ]
    }

    fn of_commitment(&mut self, place: usize) -> Vec<(&'static str, Vec<Line>)> {
        let record = self.gather.record;
        let Some(given) = record.commitments.get(place) else { return Vec::new() };
        let own: BTreeSet<ItemRef> = given.assertions.iter().copied().collect();
        let answers: Vec<usize> =
            record.commitments.iter().enumerate().filter(|(_, other)| other.answers == Some(place)).map(|(at, _)| at).collect();
        let claims = record.claims.iter().filter(|claim| claim.assertions.iter().any(|at| own.contains(at)));
        let denials: BTreeSet<ItemRef> = claims.flat_map(|claim| claim.denied_by.iter().copied()).collect();
        let tells = |_: &Scope<'_, '_>, at: ItemRef, event: &Event| told_in(at, event.assertion, &own);
        let gives = |_: &Scope<'_, '_>, at: ItemRef, figure: &Figure| told_in(at, figure.assertion, &own);
        vec![
            ("The four tests", self.ledger_line(place).into_iter().collect()),
            ("Who said it", given.assertions.iter().filter_map(|at| self.saying(*at)).collect()),
            ("What it answers", given.answers.into_iter().filter_map(|at| self.ledger_line(at)).collect()),
            ("What answers it", answers.into_iter().filter_map(|at| self.ledger_line(at)).collect()),
            ("Who denies it", denials.into_iter().filter_map(|at| self.saying(at)).collect()),
            ("Events", self.events(tells)),
            ("Figures", self.figures(gives)),
            ("Timeline", self.timeline(&given.assertions)),
            ("Who reports it", self.outlets(&given.assertions)),
        ]
    }

    /// The names used, each once, with the first place of each.
    fn names(&mut self, id: &ActorId) -> Vec<Line> {
        let record = self.gather.record;
        let Some(actor) = record.actors.iter().find(|actor| actor.id == *id) else { return Vec::new() };
        let mut names: BTreeMap<(String, Option<String>), (usize, Words)> = BTreeMap::new();
        for used in &actor.names {
            let whose = used.loaded.as_ref().map(|whose| self.gather.actor_name(whose));
            names.entry((self.gather.printed(used.words, Form::Indirect), whose)).or_insert((0, used.words)).0 += 1;
        }
        let line = |((name, whose), (times, at)): ((String, Option<String>), (usize, Words))| Line {
            words: Some(format!("“{name}”")),
            notes: vec![self.footnotes.number(vec![at])],
            aside: Some(format!("×{times}{}", whose.map(|whose| format!(", {whose}’s word for it")).unwrap_or_default())),
            ..Line::default()
        };
        names.into_iter().map(line).collect()
    }

    /// A line for each claim with these assertions in it, by the day of the first; the claim's standing, and who denies it.
    fn claim_lines(&mut self, said: &[ItemRef]) -> Vec<Line> {
        let record = self.gather.record;
        let home: BTreeMap<ItemRef, usize> = record
            .claims
            .iter()
            .enumerate()
            .flat_map(|(place, claim)| claim.assertions.iter().map(move |at| (*at, place)))
            .collect();
        let mut groups: Vec<(Option<usize>, Vec<ItemRef>)> = Vec::new();
        for at in said {
            let claim = home.get(at).copied();
            match groups.iter_mut().find(|(known, _)| claim.is_some() && *known == claim) {
                Some((_, items)) => items.push(*at),
                None => groups.push((claim, vec![*at])),
            }
        }
        groups
            .into_iter()
            .filter_map(|(claim, items)| self.claim_line(claim.and_then(|place| record.claims.get(place)), &items))
            .collect()
    }

    fn claim_line(&mut self, claim: Option<&Claim>, items: &[ItemRef]) -> Option<Line> {
        let (first, others) = items.split_first()?;
        let mut line = self.saying(*first)?;
        line.notes.extend(others.iter().filter_map(|at| self.note(*at)));
        if let Some(claim) = claim {
            line.aside = self.counts(claim);
            line.parts = claim.denied_by.iter().filter_map(|at| self.saying(*at)).collect();
        }
        Some(line)
    }

    /// "7 March 2025, Ada Brünn (Norrholm) says: ‹…›".
    fn saying(&mut self, at: ItemRef) -> Option<Line> {
        let (who, act) = (self.gather.speaker_of(at)?, self.gather.assertion(at)?.act);
        let when = self.gather.when_said(at).map(|when| format!("{when}, ")).unwrap_or_default();
        let lead = match self.gather.turning_word(at) {
            // ‹talks had never stopped› is a denial as well, and nobody denies that they never stopped.
            Some(word) => format!("{when}{who}, {word}:"),
            None => format!("{when}{who} {}:", verb(act)),
        };
        Some(Line { lead, words: self.words_of(at), notes: self.note(at).into_iter().collect(), ..Line::default() })
    }

    /// The words of an assertion in their marks.
    pub(super) fn words_of(&self, at: ItemRef) -> Option<String> {
        let said = self.gather.assertion(at)?;
        let parts: Vec<String> = places(at, said).into_iter().map(|words| self.gather.printed(words, said.form)).collect();
        Some(in_marks(parts.join(words::CUT_JOIN), said.form))
    }

    fn note(&mut self, at: ItemRef) -> Option<usize> {
        let said = self.gather.assertion(at)?;
        Some(self.footnotes.number(places(at, said)))
    }

    fn claim_item(&mut self, claim: &Claim) -> Option<ClaimItem> {
        self.gather.claim("c0", claim)
    }

    /// "contested: 3 outlets, 2 publishers, 2 origins".
    fn counts(&mut self, claim: &Claim) -> Option<String> {
        self.claim_item(claim).map(|item| format!("{}: {}", item.standing_name(), item.counts()))
    }

    fn standing(&mut self, claim: &Claim) -> Option<Line> {
        Some(Line { lead: self.counts(claim)?, ..Line::default() })
    }

    fn origins(&mut self, claim: &Claim) -> Vec<Line> {
        let Some(item) = self.claim_item(claim) else { return Vec::new() };
        let mut lines = Vec::new();
        for (shown, origin) in item.origins.into_iter().zip(&claim.origins) {
            let party = if shown.is_party { ", party to the dispute" } else { "" };
            let when = shown.when.map(|when| format!(", {when}")).unwrap_or_default();
            let notes = origin.assertions.iter().filter_map(|at| self.note(*at)).collect();
            lines.push(Line { lead: format!("{}{party}{when}", shown.who), notes, ..Line::default() });
        }
        lines
    }

    /// A demand or an assurance with its four tests.
    fn ledger_line(&mut self, place: usize) -> Option<Line> {
        let record = self.gather.record;
        let given = record.commitments.get(place)?;
        let item = self.gather.ledger_item(place, given, &BTreeMap::new());
        let lead = match (item.is_demand, &item.to) {
            (true, Some(to)) => format!("{} demands of {to}:", item.by),
            (true, None) => format!("{} demands:", item.by),
            (false, Some(to)) => format!("{} assures {to}:", item.by),
            (false, None) => format!("{} assures:", item.by),
        };
        let mut notes = vec![self.footnotes.number(vec![given.what])];
        notes.extend(given.assertions.iter().filter_map(|at| self.note(*at)));
        notes.dedup();
        let evidence = given.tests.iter().filter(|test| test.stated != Stated::Unsaid).map(|test| {
            let (Stated::Yes(found) | Stated::No(found)) = test.stated else { return None };
            test.at.map(|(entry, article)| Words { entry, article, span: found.span })
        });
        let mut parts = Vec::new();
        for (test, at) in item.tests.into_iter().zip(evidence) {
            let whose = test.according_to.map(|who| format!("according to {who}"));
            let disputed = test.disputed.then(|| "others say otherwise".to_owned());
            let aside: Vec<String> = whose.into_iter().chain(disputed).collect();
            parts.push(Line {
                lead: format!("{}: {}", test.name, test.answer),
                words: test.evidence.as_ref().map(Quote::in_marks),
                notes: at.map(|at| self.footnotes.number(vec![at])).into_iter().collect(),
                aside: (!aside.is_empty()).then(|| aside.join(", ")),
                parts: Vec::new(),
            });
        }
        if !item.unreported.is_empty() {
            parts.push(Line { lead: format!("not reported: {}", item.unreported.join(", ")), ..Line::default() });
        }
        Some(Line { lead, words: Some(item.what.in_marks()), notes, aside: item.state.map(str::to_owned), parts })
    }

    fn events(&mut self, wanted: impl Fn(&Scope<'_, '_>, ItemRef, &Event) -> bool) -> Vec<Line> {
        let record = self.gather.record;
        let mut lines: Vec<(String, Line)> = Vec::new();
        for (at, event) in record.entries.iter().enumerate().flat_map(|(entry, page)| {
            page.readings.iter().enumerate().flat_map(move |(article, reading)| {
                reading.events.iter().enumerate().map(move |(item, event)| (ItemRef { entry, article, item }, event))
            })
        }) {
            if !wanted(&Scope(self), at, event) {
                continue;
            }
            let home = (at.entry, at.article);
            let words: Vec<Words> =
                event.spans.iter().map(|span| Words { entry: at.entry, article: at.article, span: *span }).collect();
            let printed: Vec<String> = words.iter().map(|words| self.gather.printed(*words, Form::Indirect)).collect();
            let when = event.time.as_ref().map(|time| format!("{}, ", date(&time.value))).unwrap_or_default();
            let who = event.assertion.and_then(|item| self.gather.told_by(ItemRef { item, ..at }));
            let who = who.unwrap_or_else(|| format!("{}, in its own voice", self.gather.outlet(home)));
            let line = Line {
                lead: format!("{when}{}; according to {who}:", self.gather.event_in_words(event, home)),
                words: Some(in_marks(printed.join(words::CUT_JOIN), Form::Indirect)),
                notes: vec![self.footnotes.number(words)],
                ..Line::default()
            };
            lines.push((event.time.as_ref().map_or(UNDATED, |time| time.value.as_str()).to_owned(), line));
        }
        by_day(lines)
    }

    fn figures(&mut self, wanted: impl Fn(&Scope<'_, '_>, ItemRef, &Figure) -> bool) -> Vec<Line> {
        let record = self.gather.record;
        let mut lines = Vec::new();
        for (entry, page) in record.entries.iter().enumerate() {
            for (article, reading) in page.readings.iter().enumerate() {
                for (item, figure) in reading.figures.iter().enumerate() {
                    let at = ItemRef { entry, article, item };
                    if !wanted(&Scope(self), at, figure) {
                        continue;
                    }
                    let Some(shown) = self.gather.figure(at, "f0") else { continue };
                    let when = shown.when.as_ref().map(|when| format!(", {when}")).unwrap_or_default();
                    lines.push(Line {
                        lead: format!("{}, according to {}{when}:", value(figure), shown.who),
                        words: Some(shown.quote.in_marks()),
                        notes: vec![self.footnotes.number(vec![Words { entry, article, span: figure.span }])],
                        ..Line::default()
                    });
                }
            }
        }
        lines
    }

    /// What these assertions date, by date.
    fn timeline(&mut self, said: &[ItemRef]) -> Vec<Line> {
        let record = self.gather.record;
        let wanted: BTreeSet<ItemRef> = said.iter().copied().collect();
        let mut lines = Vec::new();
        for dated in record.timeline.iter().filter(|dated| wanted.contains(&dated.assertion)) {
            let Some(who) = self.gather.speaker_of(dated.assertion) else { continue };
            let word = self.gather.turning_word(dated.assertion);
            let lead = dated_lead(&who, word.as_deref(), dated.is_saying);
            lines.push(Line {
                lead: format!("{}, {lead}", date(&dated.date.value)),
                words: self.words_of(dated.assertion),
                notes: self.note(dated.assertion).into_iter().collect(),
                ..Line::default()
            });
        }
        lines
    }

    /// The outlets that carry these assertions, with a footnote for the first in each article.
    fn outlets(&mut self, said: &[ItemRef]) -> Vec<Line> {
        let mut outlets: BTreeMap<String, BTreeMap<(usize, usize), Vec<ItemRef>>> = BTreeMap::new();
        for at in said {
            let home = (at.entry, at.article);
            outlets.entry(self.gather.outlet(home)).or_default().entry(home).or_default().push(*at);
        }
        let mut lines = Vec::new();
        for (outlet, articles) in outlets {
            let items = articles.values().map(Vec::len).sum();
            lines.push(Line {
                lead: format!(
                    "{outlet}: {} in {}",
                    counted(items, "item", "items"),
                    counted(articles.len(), "article", "articles")
                ),
                notes: articles.values().filter_map(|items| self.note(*items.first()?)).collect(),
                ..Line::default()
            });
        }
        lines
    }

    /// The assertions that are wanted, by the day on which they were said, else published.
    fn assertions(&self, wanted: impl Fn(&Scope<'_, '_>, &Assertion) -> bool) -> Vec<ItemRef> {
        let mut found: Vec<(String, ItemRef)> = Vec::new();
        for (entry, page) in self.gather.record.entries.iter().enumerate() {
            for (article, (reading, piece)) in page.readings.iter().zip(&page.page.articles).enumerate() {
                let published = piece.published.as_ref().map(|day| day.value.as_str());
                for (item, said) in reading.assertions.iter().enumerate().filter(|(_, said)| wanted(&Scope(self), said)) {
                    let day = said.said.as_ref().map(|day| day.value.as_str()).or(published).unwrap_or(UNDATED);
                    found.push((day.to_owned(), ItemRef { entry, article, item }));
                }
            }
        }
        found.sort();
        found.into_iter().map(|(_, at)| at).collect()
    }

    fn commitments(&self, wanted: impl Fn(&Scope<'_, '_>, &Undertaking) -> bool) -> Vec<usize> {
        let all = self.gather.record.commitments.iter().enumerate();
        all.filter(|(_, given)| wanted(&Scope(self), given)).map(|(place, _)| place).collect()
    }
}

/// What is asked of actors while items are chosen.
struct Scope<'b, 'a>(&'b Builder<'a>);

impl Scope<'_, '_> {
    /// Whether an actor is the subject or speaks for it.
    fn is_of(&self, actor: &ActorId, subject: &ActorId) -> bool {
        actor == subject || self.0.gather.party_of(actor) == *subject
    }
}

fn told_in(at: ItemRef, assertion: Option<usize>, wanted: &BTreeSet<ItemRef>) -> bool {
    assertion.is_some_and(|item| wanted.contains(&ItemRef { item, ..at }))
}

fn places(at: ItemRef, said: &Assertion) -> Vec<Words> {
    said.content.iter().map(|span| Words { entry: at.entry, article: at.article, span: *span }).collect()
}

fn in_marks(words: String, form: Form) -> String {
    match voice(form) {
        super::super::Voice::Own => format!("“{words}”"),
        super::super::Voice::Article => format!("‹{words}›"),
    }
}

fn by_day(mut lines: Vec<(String, Line)>) -> Vec<Line> {
    lines.sort_by(|(one, _), (other, _)| one.cmp(other));
    lines.into_iter().map(|(_, line)| line).collect()
}

const fn verb(act: Act) -> &'static str {
    match act {
        Act::State => "says",
        Act::Demand => "demands",
        Act::Assure => "assures",
        Act::Offer => "offers",
        Act::Deny => "denies",
        Act::Refuse => "refuses",
        Act::Accuse => "accuses",
        Act::Warn => "warns",
        Act::Acknowledge => "acknowledges",
    }
}
