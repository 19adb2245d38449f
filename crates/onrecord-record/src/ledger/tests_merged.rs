//! The four tests of a commitment that several articles report.

use onrecord_read::Stated;

use super::Given;
use crate::piece::Pieces;
use crate::{TestAnswer, tests_in_order};

/// The answers of all articles made one: a stated answer beats an unsaid one, the oldest stated one is shown, and an answer that
/// another article contradicts is disputed. `members` come oldest first.
pub(super) fn merged(members: &[&Given<'_>], pieces: &Pieces<'_>) -> [TestAnswer; 4] {
    [0, 1, 2, 3].map(|test| {
        let answers = || {
            let stated = members.iter().filter_map(move |given| {
                let stated = *tests_in_order(&given.commitment.tests).get(test)?;
                Some((stated, pieces.list.get(given.piece)?))
            });
            stated.filter(|(stated, _)| *stated != Stated::Unsaid)
        };
        let Some((stated, piece)) = answers().next() else {
            return TestAnswer { stated: Stated::Unsaid, at: None, disputed: false };
        };
        let disputed = answers().any(|(other, _)| is_yes(other) != is_yes(stated));
        TestAnswer { stated, at: Some((piece.entry, piece.article)), disputed }
    })
}

pub(super) const fn is_yes(stated: Stated) -> bool {
    matches!(stated, Stated::Yes(_))
}
