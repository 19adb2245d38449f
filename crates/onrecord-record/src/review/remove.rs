//! Taking findings out of a reading, with what stands on them alone.

use std::collections::BTreeSet;

use onrecord_read::{Reading, Stated};

/// Positions of what is taken out.
#[derive(Debug, Default)]
pub(super) struct Gone {
    pub(super) assertions: BTreeSet<usize>,
    pub(super) events: BTreeSet<usize>,
    pub(super) figures: BTreeSet<usize>,
    pub(super) commitments: BTreeSet<usize>,
}

/// For each position of a list the position after items were taken out; nothing for those.
pub(super) struct Moved(Vec<Option<usize>>);

impl Moved {
    fn without(len: usize, gone: &BTreeSet<usize>) -> Self {
        let mut left = 0..;
        Self((0..len).map(|at| if gone.contains(&at) { None } else { left.next() }).collect())
    }

    pub(super) fn to(&self, at: usize) -> Option<usize> {
        self.0.get(at).copied().flatten()
    }
}

/// Where the items of each list stand afterwards.
pub(super) struct AllMoved {
    pub(super) assertions: Moved,
    pub(super) events: Moved,
    pub(super) figures: Moved,
    pub(super) commitments: Moved,
}

/// What stands on this assertion alone: events, figures, states, and commitments that no other assertion reports.
pub(super) fn stands_on(reading: &Reading, assertion: usize) -> usize {
    let it = Some(assertion);
    reading.events.iter().filter(|event| event.assertion == it).count()
        + reading.figures.iter().filter(|figure| figure.assertion == it).count()
        + reading.affairs.iter().filter(|affair| affair.assertion == it).count()
        + reading.commitments.iter().filter(|given| given.assertions == [assertion]).count()
}

/// Takes out what is `gone`, and what is said in it or has no other ground: nothing becomes the article's own word because its speaker went.
pub(super) fn remove(reading: &mut Reading, mut gone: Gone) -> AllMoved {
    let is_said_in = |assertion: Option<usize>, gone: &Gone| assertion.is_some_and(|at| gone.assertions.contains(&at));
    for (at, event) in reading.events.iter().enumerate() {
        if is_said_in(event.assertion, &gone) {
            gone.events.insert(at);
        }
    }
    for (at, figure) in reading.figures.iter().enumerate() {
        if is_said_in(figure.assertion, &gone) {
            gone.figures.insert(at);
        }
    }
    for (at, given) in reading.commitments.iter().enumerate() {
        if !given.assertions.is_empty() && given.assertions.iter().all(|said| gone.assertions.contains(said)) {
            gone.commitments.insert(at);
        }
    }
    reading.affairs.retain(|affair| !is_said_in(affair.assertion, &gone));
    let moved = AllMoved {
        assertions: Moved::without(reading.assertions.len(), &gone.assertions),
        events: Moved::without(reading.events.len(), &gone.events),
        figures: Moved::without(reading.figures.len(), &gone.figures),
        commitments: Moved::without(reading.commitments.len(), &gone.commitments),
    };
    keep(&mut reading.assertions, &moved.assertions);
    keep(&mut reading.events, &moved.events);
    keep(&mut reading.figures, &moved.figures);
    keep(&mut reading.commitments, &moved.commitments);
    point_anew(reading, &moved);
    moved
}

fn keep<T>(items: &mut Vec<T>, moved: &Moved) {
    let mut at = 0..;
    items.retain(|_| at.next().is_some_and(|at| moved.to(at).is_some()));
}

/// Makes what refers to items by position refer to where they stand now.
fn point_anew(reading: &mut Reading, moved: &AllMoved) {
    let said = |assertion: &mut Option<usize>| *assertion = assertion.and_then(|at| moved.assertions.to(at));
    reading.figures.iter_mut().for_each(|figure| said(&mut figure.assertion));
    reading.affairs.iter_mut().for_each(|affair| said(&mut affair.assertion));
    for event in &mut reading.events {
        said(&mut event.assertion);
        // A toll that a rejected figure is part of was added up wrongly.
        event.tolls.retain(|toll| toll.figures.iter().all(|at| moved.figures.to(*at).is_some()));
        let figures = event.tolls.iter_mut().flat_map(|toll| &mut toll.figures);
        figures.for_each(|at| *at = moved.figures.to(*at).unwrap_or(*at));
    }
    for given in &mut reading.commitments {
        given.assertions = given.assertions.iter().filter_map(|at| moved.assertions.to(*at)).collect();
        let tests = &mut given.tests;
        for test in [&mut tests.written, &mut tests.verifiable, &mut tests.concrete, &mut tests.acted] {
            let (Stated::Yes(evidence) | Stated::No(evidence)) = test else { continue };
            let was_said = evidence.assertion.is_some();
            said(&mut evidence.assertion);
            if was_said && evidence.assertion.is_none() {
                *test = Stated::Unsaid;
            }
        }
    }
    reading.denials = std::mem::take(&mut reading.denials)
        .into_iter()
        .filter_map(|mut denial| {
            denial.by = moved.assertions.to(denial.by)?;
            denial.of = moved.assertions.to(denial.of)?;
            Some(denial)
        })
        .collect();
}
