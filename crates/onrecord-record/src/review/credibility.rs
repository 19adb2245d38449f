//! The number of the Admiralty system, as far as corroboration proposes one.

use crate::{Claim, Standing};

/// From so many origins on, two of them no parties, a claim counts as confirmed.
const CONFIRMING: usize = 3;

impl Claim {
    /// The number that corroboration proposes for a claim's credibility, by the scale of the Admiralty system (NATO AJP-2.1).
    ///
    /// Corroborated by three origins or more, two of them no party to the dispute: 1 (confirmed by other sources). Corroborated otherwise: 2
    /// (probably true). Of one origin, however often repeated: 6 (cannot be judged). Contested: none, for a denial by the other side is no
    /// ground for a worse number. 3 to 5 judge what is said and are never proposed. It is a proposal: the origins are inferred.
    #[must_use]
    pub fn proposed_credibility(&self) -> Option<u8> {
        match self.standing {
            Standing::Contested => None,
            Standing::Repeated | Standing::SingleOrigin => Some(6),
            Standing::Corroborated => {
                let others = self.origins.iter().filter(|origin| !origin.party_to_dispute).count();
                Some(if self.origins.len() >= CONFIRMING && others >= 2 { 1 } else { 2 })
            }
        }
    }
}
