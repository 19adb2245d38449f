//! What reviewers decided on an item.

use onrecord_read as read;
use onrecord_record::review::{Mark, Outcome};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::convert::Here;
use super::part::{AssertionAct, Span, Speaker};
use crate::words;

/// What reviewers decided on an item. It is their word, not the reader's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Decided {
    /// What their decisions come to.
    pub outcome: DecidedOutcome,
    /// Names of the reviewers, sorted.
    pub by: Vec<String>,
    /// Ids of the decisions, as the record's log has them.
    pub decisions: Vec<String>,
    /// Id of the item as the reader found it.
    pub finding: String,
    /// What the reader had found, where it was corrected.
    pub found: Option<FoundBefore>,
}

/// What decisions come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DecidedOutcome {
    /// The item stands as it was found.
    Accepted,
    /// It stands with changes.
    Corrected,
    /// It is none; such an item is written only where rejected ones are asked for.
    Rejected,
    /// Reviewers differ; it stands as it was found.
    ReviewersDiffer,
}

/// What the reader had found and a reviewer corrected. What was not corrected is null.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FoundBefore {
    /// The speaker.
    pub speaker: Option<Speaker>,
    /// The act.
    pub act: Option<AssertionAct>,
    /// The words asserted.
    pub spans: Option<Vec<Span>>,
}

impl Here<'_> {
    /// What a mark says of `now`, the assertion that it is on; nothing is put beside other items.
    pub(super) fn decided(&self, mark: &Mark, now: Option<&read::Assertion>) -> Decided {
        let spans = |said: &read::Assertion| -> Vec<Span> {
            let source = &self.entry.page.source;
            let pieces = said.content.iter().flat_map(|span| words::pieces(source, &self.article.clean, *span));
            pieces.map(Span::from).collect()
        };
        let found = mark.found.as_deref().zip(now).map(|(found, now)| FoundBefore {
            speaker: (found.speaker != now.speaker).then(|| self.speaker(&found.speaker)),
            act: (found.act != now.act).then(|| found.act.into()),
            spans: (found.content != now.content).then(|| spans(found)),
        });
        Decided {
            outcome: match mark.outcome {
                Outcome::Accepted => DecidedOutcome::Accepted,
                Outcome::Corrected => DecidedOutcome::Corrected,
                Outcome::Rejected => DecidedOutcome::Rejected,
                Outcome::Differs => DecidedOutcome::ReviewersDiffer,
            },
            by: mark.by.clone(),
            decisions: mark.decisions.clone(),
            finding: mark.finding.clone(),
            found,
        }
    }
}
