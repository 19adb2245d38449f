//! Section 1: who demands what of whom, who assures whom of what.

use std::collections::BTreeMap;

use onrecord_read::{CommitmentKind, Form, Stated};
use onrecord_record::review::FindingKind;
use onrecord_record::{ItemRef, TestAnswer, ToBasis, Undertaking, Words};

use super::gather::Gather;
use super::name::state;
use super::{LedgerItem, MarkKind, PartyLedger, Quote, Said, TestLine};

const TESTS: [&str; 4] = ["written", "verifiable", "concrete", "acted upon"];
const NO_PARTY: &str = "Party not known";

impl Gather<'_> {
    pub(super) fn ledger(&mut self) -> Vec<PartyLedger> {
        let record = self.record;
        let order = self.ledger_order();
        let ids = self.ledger_ids();
        let mut parties: Vec<PartyLedger> = Vec::new();
        for (_, party, _, place) in order {
            let Some(item) = record.commitments.get(place).map(|undertaking| self.ledger_item(place, undertaking, &ids)) else {
                continue;
            };
            match parties.last_mut() {
                Some(last) if last.party == party => last.items.push(item),
                _ => parties.push(PartyLedger { party, items: vec![item] }),
            }
        }
        parties
    }

    /// Places in the ledger by party, those without one last; demands before assurances.
    fn ledger_order(&self) -> Vec<(bool, String, bool, usize)> {
        let mut order: Vec<(bool, String, bool, usize)> = Vec::new();
        for (place, undertaking) in self.record.commitments.iter().enumerate() {
            let party = undertaking.by.as_ref().map(|by| self.actor_name(&self.party_of(by)));
            let is_assurance = undertaking.kind == CommitmentKind::Assurance;
            order.push((party.is_none(), party.unwrap_or_else(|| NO_PARTY.to_owned()), is_assurance, place));
        }
        order.sort();
        order
    }

    /// Labels of demands and assurances, by place in the record.
    pub(super) fn ledger_ids(&self) -> BTreeMap<usize, String> {
        let places: Vec<usize> = self.ledger_order().iter().map(|(.., place)| *place).collect();
        item_ids(&self.record.commitments, &places)
    }

    pub(super) fn ledger_item(&mut self, place: usize, undertaking: &Undertaking, ids: &BTreeMap<usize, String>) -> LedgerItem {
        let id = ids.get(&place).cloned().unwrap_or_default();
        let anchor = self.ids.commitment(place);
        let form = self.form_of(undertaking);
        let by = undertaking.by.as_ref().map(|by| self.actor_name(by));
        let by = by.or_else(|| self.speaker_of(*undertaking.assertions.first()?)).unwrap_or_else(|| NO_PARTY.to_owned());
        let what = self.quote(&anchor, &id, MarkKind::Commitment, undertaking.what, form);
        let said = self.sayings(&undertaking.assertions, &id);
        let speaker = said.first().map(|said| said.who.clone());
        let tests = TESTS.iter().zip(&undertaking.tests);
        let answered: Vec<TestLine> = tests.clone().filter_map(|(name, test)| self.test(&anchor, &id, name, test)).collect();
        let elsewhere =
            |line: TestLine| TestLine { according_to: line.according_to.filter(|who| Some(who) != speaker.as_ref()), ..line };
        let answering = self.record.commitments.iter().enumerate().filter(|(_, other)| other.answers == Some(place));
        LedgerItem {
            is_demand: undertaking.kind == CommitmentKind::Demand,
            to: undertaking.to.as_ref().map(|to| addressed(&self.actor_name(to), undertaking.to_basis)),
            answers: undertaking.answers.and_then(|demand| ids.get(&demand)).cloned(),
            answered_by: answering.filter_map(|(other, _)| ids.get(&other)).cloned().collect(),
            unreported: tests.filter(|(_, test)| test.stated == Stated::Unsaid).map(|(name, _)| *name).collect(),
            tests: answered.into_iter().map(elsewhere).collect(),
            said: if told_by(&said, &by, &what) { Vec::new() } else { said },
            state: state(undertaking.state),
            decided: undertaking.said_in.iter().find_map(|at| self.decided(FindingKind::Commitment, *at)),
            id,
            by,
            what,
        }
    }

    /// How the words of `what` are given: as the assertion that holds them gives its own.
    fn form_of(&self, undertaking: &Undertaking) -> Form {
        let what = undertaking.what;
        let same_article = |item: &&ItemRef| (item.entry, item.article) == (what.entry, what.article);
        let candidates = undertaking.assertions.iter().filter(same_article).filter_map(|item| self.assertion(*item));
        let mut holding = candidates.filter(|assertion| assertion.content.iter().any(|span| span.overlaps(what.span)));
        holding.next().map_or(Form::Indirect, |assertion| assertion.form)
    }

    /// Each speaker once, with all places.
    pub(super) fn sayings(&mut self, assertions: &[ItemRef], item: &str) -> Vec<Said> {
        let mut said: Vec<Said> = Vec::new();
        for at in assertions {
            let (Some(who), Some(place)) = (self.speaker_of(*at), self.said_at(*at, item)) else { continue };
            let when = self.when_said(*at);
            match said.iter_mut().find(|known| known.who == who && known.when == when) {
                Some(known) => known.places.push(place),
                None => said.push(Said { who, when, places: vec![place] }),
            }
        }
        said
    }

    fn test(&mut self, anchor: &str, item: &str, name: &'static str, test: &TestAnswer) -> Option<TestLine> {
        let (answer, evidence) = match test.stated {
            Stated::Yes(evidence) => ("yes", evidence),
            Stated::No(evidence) => ("no", evidence),
            Stated::Unsaid => return None,
        };
        let mut line = TestLine { name, answer, evidence: None, according_to: None, disputed: test.disputed };
        if let Some((entry, article)) = test.at {
            let assertion = evidence.assertion.map(|item| ItemRef { entry, article, item });
            let form = assertion.and_then(|at| self.assertion(at)).map_or(Form::Indirect, |assertion| assertion.form);
            let anchor = format!("{anchor}-{}", name.split(' ').next().unwrap_or(name));
            let words = Words { entry, article, span: evidence.span };
            line.evidence = Some(self.quote(&anchor, item, MarkKind::Test, words, form));
            line.according_to = assertion.and_then(|at| self.speaker_of(at));
        }
        Some(line)
    }
}

/// Whether `by` and `what` already tell who said it and where.
fn told_by(said: &[Said], by: &str, what: &Quote) -> bool {
    let [only] = said else { return said.is_empty() };
    only.who == by && only.when.is_none() && only.places.iter().all(|place| place.label == what.place.label)
}

/// `d1`, `d2`, … for demands and `a1`, `a2`, … for assurances, by place in the record, numbered in this `order`.
fn item_ids(undertakings: &[Undertaking], order: &[usize]) -> BTreeMap<usize, String> {
    let (mut demands, mut assurances) = (0, 0);
    let mut ids = BTreeMap::new();
    for place in order {
        let is_demand = undertakings.get(*place).is_some_and(|undertaking| undertaking.kind == CommitmentKind::Demand);
        let (letter, number) = if is_demand { ('d', &mut demands) } else { ('a', &mut assurances) };
        *number += 1;
        ids.insert(*place, format!("{letter}{number}"));
    }
    ids
}

/// The name of whom a commitment goes to, and that nobody says so where only the dispute tells it.
fn addressed(name: &str, basis: Option<ToBasis>) -> String {
    if basis == Some(ToBasis::Counterpart) { format!("{name} (not named: the other party)") } else { name.to_owned() }
}
