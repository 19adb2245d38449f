//! Whatever the readings: their order does not matter, and a copy never makes a claim better founded.

use onrecord_lexicon::Act;
use onrecord_read::{CommitmentKind, Speaker};
use onrecord_record::{Record, Standing, record};
use proptest::prelude::*;

use crate::draft::{Draft, author, document, lexicon, office, organisation, person, unnamed};

const SUBJECTS: [&str; 3] = ["Ostrava gunners", "Velmar patrols", "river police"];
const DEEDS: [&str; 4] = ["shelled", "never shelled", "closed", "opened"];
const OBJECTS: [&str; 3] =
    ["the customs post near the old bridge", "the northern market road", "the customs post and the old bridge"];

fn speakers() -> Vec<Speaker> {
    vec![
        person("Ana Brecht", "vel"),
        person("Jon Marek", "ost"),
        office("ost.army", "ost"),
        organisation("org.lc"),
        unnamed("officials"),
        document("report", None),
        author(),
    ]
}

const ACTS: [Act; 5] = [Act::State, Act::Accuse, Act::Deny, Act::Demand, Act::Assure];

prop_compose! {
    fn said()(who in 0..7_usize, act in 0..5_usize, what in (0..3_usize, 0..4_usize, 0..3_usize), day in 1..4_u8) -> (usize, usize, String, u8) {
        (who, act, format!("{} {} {}", SUBJECTS[what.0], DEEDS[what.1], OBJECTS[what.2]), day)
    }
}

fn draft(n: usize, said: &[(usize, usize, String, u8)]) -> Draft {
    let text: String = said.iter().map(|(.., words, _)| format!("Somebody put it so: {words}. ")).collect();
    let mut draft =
        Draft::new(&format!("file-{n}.txt"), &text).site(&format!("Outlet {n}")).state("ost", "Ostrava").state("vel", "Velmar");
    for (who, act, words, day) in said {
        draft = draft.says(speakers()[*who].clone(), ACTS[*act], words).said_on(&format!("2031-05-0{day}"));
        if ACTS[*act] == Act::Demand {
            draft = draft.commits(CommitmentKind::Demand, Some("vel"), Some("ost"), words);
        }
    }
    draft
}

fn drafts() -> impl Strategy<Value = Vec<Draft>> {
    let articles = prop::collection::vec(prop::collection::vec(said(), 1..5), 1..6);
    articles.prop_map(|articles| articles.iter().enumerate().map(|(n, said)| draft(n, said)).collect())
}

fn record_of(drafts: &[Draft]) -> Record {
    record(drafts.iter().map(Draft::entry).collect(), &lexicon())
}

/// Everything that the record found, as text.
fn found(record: &Record) -> String {
    let names: Vec<&str> = record.entries.iter().map(|entry| entry.name.as_str()).collect();
    format!(
        "{names:?} {:#?} {:#?} {:#?} {:#?} {:#?} {:#?} {:#?} {:#?}",
        record.actors,
        record.claims,
        record.commitments,
        record.referents,
        record.timeline,
        record.questions,
        record.stories,
        record.shared
    )
}

/// Standing of the claim that holds the assertion `item` of the article `name`.
fn standing(record: &Record, name: &str, item: usize) -> Option<Standing> {
    let holds = |at: &onrecord_record::ItemRef| record.entries[at.entry].name == name && at.item == item;
    record.claims.iter().find(|claim| claim.assertions.iter().any(holds)).map(|claim| claim.standing)
}

/// Name of the copy that [`with_copy`] adds.
const COPY: &str = "zz-copy.txt";

/// The drafts and a copy of one of them in another outlet.
fn with_copy(drafts: &[Draft], which: &prop::sample::Index) -> Vec<Draft> {
    let copy = Draft { name: COPY.to_owned(), site: Some("Another Outlet".to_owned()), ..which.get(drafts).clone() };
    drafts.iter().cloned().chain([copy]).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_order_of_entries_does_not_matter(drafts in drafts().prop_shuffle(), again in any::<prop::sample::Index>()) {
        let mut turned = drafts.clone();
        turned.rotate_left(again.index(drafts.len()));
        prop_assert_eq!(found(&record_of(&drafts)), found(&record_of(&turned)));
        turned.reverse();
        prop_assert_eq!(found(&record_of(&drafts)), found(&record_of(&turned)));
    }

    #[test]
    fn a_copy_corroborates_nothing(drafts in drafts(), which in any::<prop::sample::Index>()) {
        let (before, after) = (record_of(&drafts), record_of(&with_copy(&drafts, &which)));
        for draft in &drafts {
            for item in 0..draft.reading.assertions.len() {
                let (old, new) = (standing(&before, &draft.name, item), standing(&after, &draft.name, item));
                prop_assert!(new != Some(Standing::Corroborated) || old == new, "{} {item}: {old:?} became {new:?}", draft.name);
            }
        }
    }

    #[test]
    fn a_copy_moves_no_bound_of_the_unnamed(drafts in drafts(), which in any::<prop::sample::Index>()) {
        let (before, after) = (record_of(&drafts), record_of(&with_copy(&drafts, &which)));
        for draft in &drafts {
            for item in 0..draft.reading.assertions.len() {
                let bounds = |record: &Record| {
                    let holds = |at: &onrecord_record::ItemRef| record.entries[at.entry].name == draft.name && at.item == item;
                    let claim = record.claims.iter().find(|claim| claim.assertions.iter().any(holds))?;
                    Some((claim.unnamed, claim.assertions.iter().filter(|at| record.entries[at.entry].name != COPY).count()))
                };
                // What is told in an article's own voice is a claim only where a second outlet carries it.
                let (old, new) = (bounds(&before), bounds(&after));
                prop_assert!(old.is_none() || old.map(|old| old.0) == new.map(|new| new.0), "{} {item}: {old:?} became {new:?}", draft.name);
            }
        }
    }

    #[test]
    fn every_attributed_assertion_has_one_claim(drafts in drafts()) {
        let record = record_of(&drafts);
        for draft in &drafts {
            for (item, said) in draft.reading.assertions.iter().enumerate() {
                let holds = |at: &onrecord_record::ItemRef| record.entries[at.entry].name == draft.name && at.item == item;
                let claims = record.claims.iter().filter(|claim| claim.assertions.iter().any(holds)).count();
                let attributed = said.speaker.kind != onrecord_read::SpeakerKind::Author;
                prop_assert!(claims == 1 || !attributed && claims == 0);
            }
        }
    }

    #[test]
    fn what_goes_back_to_an_origin_goes_back_to_one(drafts in drafts()) {
        for claim in record_of(&drafts).claims {
            let mut behind: Vec<_> = claim.origins.iter().flat_map(|origin| origin.assertions.clone()).collect();
            behind.sort_unstable();
            let mut all = claim.assertions.clone();
            all.sort_unstable();
            prop_assert_eq!(behind, all);
            prop_assert_eq!(claim.reasons.len() + 1, claim.assertions.len());
        }
    }
}
