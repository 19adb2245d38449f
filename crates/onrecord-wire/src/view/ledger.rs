//! Section 1: who demands what of whom, who assures whom of what.

use std::collections::BTreeMap;

use onrecord_lexicon::ActorId;
use onrecord_read::{CommitmentKind, Form, Stated};
use onrecord_record::{ItemRef, TestAnswer, Undertaking, Words};

use super::gather::Gather;
use super::name::state;
use super::{LedgerItem, MarkKind, PartyLedger, Said, TestLine};

const TESTS: [&str; 4] = ["written", "verifiable", "concrete", "acted upon"];
const NO_PARTY: &str = "Party not known";

impl Gather<'_> {
    pub(super) fn ledger(&mut self) -> Vec<PartyLedger> {
        let record = self.record;
        let numbers = item_ids(&record.commitments);
        // Parties by name, those without one last.
        let mut parties: BTreeMap<(bool, String), Vec<LedgerItem>> = BTreeMap::new();
        for (place, undertaking) in record.commitments.iter().enumerate() {
            let party = undertaking.by.as_ref().map(|by| self.actor_name(&self.party_of(by)));
            let key = (party.is_none(), party.unwrap_or_else(|| NO_PARTY.to_owned()));
            let item = self.ledger_item(place, undertaking, &numbers);
            parties.entry(key).or_default().push(item);
        }
        parties.into_iter().map(|((_, party), items)| PartyLedger { party, items }).collect()
    }

    fn ledger_item(&mut self, place: usize, undertaking: &Undertaking, numbers: &[String]) -> LedgerItem {
        let id = numbers.get(place).cloned().unwrap_or_default();
        let anchor = self.ids.commitment(place);
        let what = undertaking.what;
        let form = self.form_of(undertaking);
        let name = |id: &Option<ActorId>| id.as_ref().map(|id| self.actor_name(id));
        let by = name(&undertaking.by).or_else(|| self.speaker_of(*undertaking.assertions.first()?));
        let to = name(&undertaking.to);
        let tests = TESTS.iter().zip(&undertaking.tests);
        let answered = tests.clone().filter_map(|(name, test)| self.test(&anchor, &id, name, test)).collect();
        let unsaid = tests.filter(|(_, test)| test.stated == Stated::Unsaid).map(|(name, _)| *name);
        let answering = self.record.commitments.iter().zip(numbers).filter(|(other, _)| other.answers == Some(place));
        LedgerItem {
            is_demand: undertaking.kind == CommitmentKind::Demand,
            by: by.unwrap_or_else(|| NO_PARTY.to_owned()),
            to,
            said: self.sayings(&undertaking.assertions, &id),
            tests: answered,
            unreported: unsaid.collect(),
            state: state(undertaking.state),
            answers: undertaking.answers.and_then(|demand| numbers.get(demand)).cloned(),
            answered_by: answering.map(|(_, id)| id.clone()).collect(),
            what: self.quote(&anchor, &id, MarkKind::Commitment, what, form),
            id,
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

/// `d1`, `d2`, … for demands and `a1`, `a2`, … for assurances.
fn item_ids(undertakings: &[Undertaking]) -> Vec<String> {
    let (mut demands, mut assurances) = (0, 0);
    let mut number = |undertaking: &Undertaking| match undertaking.kind {
        CommitmentKind::Demand => {
            demands += 1;
            format!("d{demands}")
        }
        CommitmentKind::Assurance => {
            assurances += 1;
            format!("a{assurances}")
        }
    };
    undertakings.iter().map(&mut number).collect()
}
