//! What figures count, and how they are qualified.

/// A unit of figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// What `figure.unit` says: `person`, `USD`, `percent`, ….
    pub id: String,
    /// What sort of unit it is.
    pub kind: UnitKind,
}

/// Sorts of units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitKind {
    /// Things and persons that are counted.
    Count,
    /// Money.
    Currency,
    /// Per cent.
    Percent,
    /// Anything measured: length, area, mass, volume, energy, duration, speed.
    Measure,
}

/// A word that qualifies a figure ("at least").
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qualifier {
    /// How it moves the bounds.
    pub bound: Bound,
}

/// How a qualifier moves the bounds of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// Near the number, on either side.
    About,
    /// The number or more.
    AtLeast,
    /// The number or less.
    AtMost,
    /// More than the number.
    Over,
    /// Less than the number.
    Under,
    /// A little less than the number.
    Nearly,
}

impl Bound {
    /// Its name in data files and output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::About => "about",
            Self::AtLeast => "at-least",
            Self::AtMost => "at-most",
            Self::Over => "over",
            Self::Under => "under",
            Self::Nearly => "nearly",
        }
    }
}

/// A word for a number that is not counted out ("dozens"), with what it leaves open.
#[derive(Debug, Clone, PartialEq)]
pub struct Vague {
    /// Names the rule in output.
    pub id: String,
    /// The least that the word fits.
    pub low: f64,
    /// The most: from there on writers use the next larger word.
    pub high: f64,
}
