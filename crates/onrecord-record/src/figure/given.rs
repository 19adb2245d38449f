//! The value that a figure gives for its referent.

use std::collections::BTreeMap;

use crate::piece::Pieces;
use crate::{ItemRef, Referent};

/// One figure that shares its referent with others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Given {
    /// Position of the referent.
    pub(crate) referent: usize,
    low: f64,
    high: f64,
    /// The number in the words.
    value: f64,
}

/// Part of a value by which one that is rounded may differ.
const ROUNDED: f64 = 0.1;

/// Every figure that has a referent and gives a value.
pub(crate) fn given(referents: &[Referent], pieces: &Pieces<'_>) -> BTreeMap<ItemRef, Given> {
    let mut given = BTreeMap::new();
    for (referent, at) in referents.iter().enumerate().flat_map(|(number, of)| of.figures.iter().map(move |at| (number, *at))) {
        let figure = pieces.at(at.entry, at.article).and_then(|piece| piece.reading.figures.get(at.item));
        let Some((figure, value)) = figure.and_then(|figure| Some((figure, figure.best.or(figure.low).or(figure.high)?))) else {
            continue;
        };
        let low = figure.low.or(figure.best).unwrap_or(f64::NEG_INFINITY);
        let high = figure.high.or(figure.best).unwrap_or(f64::INFINITY);
        given.insert(at, Given { referent, low, high, value });
    }
    given
}

impl Given {
    /// Whether both give one value, as near as words that round it tell.
    pub(crate) fn agrees(&self, other: &Self) -> bool {
        let near = (self.value - other.value).abs() <= ROUNDED * self.value.abs().max(other.value.abs());
        self.referent == other.referent && near && !self.is_rival(other)
    }

    /// Whether no number fits both.
    pub(crate) fn is_rival(&self, other: &Self) -> bool {
        let slack = ROUNDED * self.value.abs().max(other.value.abs());
        self.referent == other.referent && (self.high + slack < other.low || other.high + slack < self.low)
    }
}
