//! Words that expressions of time are made of.

/// A word or phrase of time, and what it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeWord {
    /// What it is for in an expression.
    pub kind: TimeWordKind,
    /// What it stands for, in the notation of its kind; empty where it stands for nothing known.
    pub value: String,
}

/// What a word is for in an expression of time. Values follow TIMEX3 (TimeML 1.2.1) where it has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TimeWordKind {
    /// "November": 1 to 12.
    Month,
    /// "may", "Mar": 1 to 12, a month only beside a day or a year or after a preposition.
    DoubtfulMonth,
    /// "Thursday": 1 (Monday) to 7.
    Weekday,
    /// "summer": `SP`, `SU`, `FA`, `WI`.
    Season,
    /// "afternoon": `MO`, `AF`, `EV`, `NI`, `DT`, or a clock time (`12:00`).
    DayPart,
    /// "weeks": `D`, `W`, `M`, `Q`, `Y`, `DE`, `CE`, `TS`, `TM`, `TH`, `WE`.
    Unit,
    /// "three": the number; "several": `X`.
    Number,
    /// "third": the number.
    Ordinal,
    /// "early", "the end of": `START`, `MID`, `END`.
    Stage,
    /// "more than", "about": `MORE_THAN`, `LESS_THAN`, `APPROX`, `EXACT`.
    Bound,
    /// "next", "following", "that same": `next`, `last`, `this`, `past`, `following`, `previous`, `same`.
    Turn,
    /// "later", "ago": `later`, `earlier`, `ago`.
    Direction,
    /// "yesterday": days from the day of publication, with a part of the day for "tonight" (`0TNI`).
    Day,
    /// "now": `PRESENT_REF`, `PAST_REF`, `FUTURE_REF`.
    Reference,
    /// "daily": `XXXX-XX-XX`, `XXXX-WXX`, `XXXX-XX`, `XXXX`.
    Set,
    /// "every": before a unit it makes a set.
    Each,
    /// "Christmas": month and day (`12-25`), or a whole date.
    Holiday,
    /// "Easter", "at that time": there is a time, and the words do not tell which.
    Unknown,
    /// "BC": `BC` or `AD`.
    Era,
    /// "and", "to", a dash between two dates.
    Range,
}

impl TimeWordKind {
    /// The kinds by the names that files use.
    pub(crate) const NAMES: [(&'static str, Self); 20] = [
        ("month", Self::Month),
        ("doubtful-month", Self::DoubtfulMonth),
        ("weekday", Self::Weekday),
        ("season", Self::Season),
        ("day-part", Self::DayPart),
        ("unit", Self::Unit),
        ("number", Self::Number),
        ("ordinal", Self::Ordinal),
        ("stage", Self::Stage),
        ("bound", Self::Bound),
        ("turn", Self::Turn),
        ("direction", Self::Direction),
        ("day", Self::Day),
        ("reference", Self::Reference),
        ("set", Self::Set),
        ("each", Self::Each),
        ("holiday", Self::Holiday),
        ("unknown", Self::Unknown),
        ("era", Self::Era),
        ("range", Self::Range),
    ];
}
