//! What reviewers decided, for people.

use onrecord_read::Assertion;
use onrecord_record::review::{FindingKind, Letter, Mark, Outcome, Rejected, Review};
use onrecord_record::{Claim, ItemRef, Record};

use super::gather::Gather;
use super::phrase::counted;

impl Gather<'_> {
    /// "speaker corrected by ana", where somebody decided on the assertion.
    pub(super) fn decided(&self, kind: FindingKind, at: ItemRef) -> Option<String> {
        let mark = self.record.review.mark(kind, at)?;
        let now = (kind == FindingKind::Assertion).then(|| self.assertion(at)).flatten();
        Some(remark(mark, now))
    }

    /// The outlets that carry a claim with the letters that reviewers gave, and the number that its standing proposes. Nothing where nobody
    /// gave a letter to one of them.
    pub(super) fn rating(&self, claim: &Claim) -> Option<String> {
        let judged: Vec<String> = claim
            .outlets
            .iter()
            .filter_map(|outlet| Some(format!("{outlet} {}", letters(&self.record.review, outlet)?)))
            .collect();
        if judged.is_empty() {
            return None;
        }
        let others = claim.outlets.len() - judged.len();
        let others = if others > 0 { format!("; {others} not judged") } else { String::new() };
        let number = match claim.proposed_credibility() {
            Some(number) => format!("{number} proposed"),
            None => "no number proposed: it is contested".to_owned(),
        };
        Some(format!("reliability {}{others}; credibility {number}", judged.join(", ")))
    }
}

/// The letter that reviewers gave an outlet; all of them with names where they differ.
fn letters(review: &Review, outlet: &str) -> Option<String> {
    review.outlets.get(outlet).map(|given| letters_given(given))
}

/// The letter that reviewers gave, "B"; where they differ all of them with names, "(B by ana, D by ben)".
#[must_use]
pub fn letters_given(given: &[(Letter, String)]) -> String {
    let mut letters = given.iter().map(|(letter, _)| letter);
    match letters.next() {
        Some(first) if letters.all(|letter| letter == first) => first.name().to_owned(),
        _ => {
            let each: Vec<String> = given.iter().map(|(letter, by)| format!("{} by {by}", letter.name())).collect();
            format!("({})", each.join(", "))
        }
    }
}

fn remark(mark: &Mark, now: Option<&Assertion>) -> String {
    let by = mark.by.join(", ");
    match mark.outcome {
        Outcome::Accepted => format!("accepted by {by}"),
        Outcome::Rejected => format!("rejected by {by}"),
        Outcome::Differs => format!("reviewers differ: {by}"),
        Outcome::Corrected => {
            let changed = mark.found.as_deref().zip(now).map(|(found, now)| {
                let what = [
                    ("speaker", found.speaker != now.speaker),
                    ("act", found.act != now.act),
                    ("words", found.content != now.content),
                ];
                what.into_iter().filter(|(_, is_changed)| *is_changed).map(|(name, _)| name).collect::<Vec<_>>().join(", ")
            });
            match changed.filter(|changed| !changed.is_empty()) {
                Some(changed) => format!("{changed} corrected by {by}"),
                None => format!("confirmed by {by}"),
            }
        }
    }
}

/// What decisions did to the record, a sentence each. None where nobody decided anything.
pub(crate) fn sentences(record: &Record) -> Vec<String> {
    let review = &record.review;
    if review.in_force == 0 {
        return Vec::new();
    }
    let of = |outcome| review.marks.values().filter(|mark| mark.outcome == outcome).count();
    let parts: Vec<String> = [
        (of(Outcome::Accepted), "accepted"),
        (of(Outcome::Corrected), "corrected"),
        (of(Outcome::Differs), "where reviewers differ"),
        (review.merged.len(), "merged"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, what)| match what {
        "merged" => format!("{} merged into others", counted(count, "actor", "actors")),
        _ => format!("{} {what}", counted(count, "finding", "findings")),
    })
    .collect();
    let mut sentences = Vec::new();
    if !parts.is_empty() {
        sentences.push(format!("Reviewed: {}. What reviewers say is marked as theirs.", parts.join(", ")));
    }
    sentences.extend(rejected(review, of(Outcome::Rejected)));
    if !review.lost.is_empty() {
        let (what, is) = if review.lost.len() == 1 { ("decision", "applies") } else { ("decisions", "apply") };
        sentences.push(format!("{} {what} {is} to nothing in it; onrecord review --lost tells which.", review.lost.len()));
    }
    sentences
}

fn rejected(review: &Review, shown: usize) -> Option<String> {
    let them = |count: usize| if count == 1 { ("finding", "is", "it") } else { ("findings", "are", "them") };
    match (review.rejected, review.left_out.len(), shown) {
        (Rejected::LeftOut, 0, _) | (Rejected::Shown, _, 0) => None,
        (Rejected::LeftOut, left_out, _) => {
            let (what, is, it) = them(left_out);
            let with_it: usize = review.left_out.iter().map(|one| one.with_it).sum();
            let with_it = if with_it > 0 {
                format!(", with {} that stood on {it} alone", counted(with_it, "other", "others"))
            } else {
                String::new()
            };
            Some(format!("{left_out} {what} rejected by reviewers {is} left out{with_it}; --with-rejected shows {it}."))
        }
        (Rejected::Shown, _, shown) => {
            let (what, is, _) = them(shown);
            Some(format!("{shown} {what} rejected by reviewers {is} shown and counted, each marked."))
        }
    }
}
