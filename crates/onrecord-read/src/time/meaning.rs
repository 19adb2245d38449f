//! What expressions of time mean, before any calendar.

use crate::reading::Modifier;

/// What an expression means.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Meaning {
    /// A place on the calendar, as far as the words give it.
    Point(Point),
    /// "the next day", "last week", "that summer", "this Thursday".
    Turn(Turn, Period),
    /// "two days later", "three years ago".
    Moved { by: Amount, unit: Unit, back: bool, from: From, clock: Option<Clock> },
    /// "three weeks".
    Duration(Amount, Unit),
    /// "the last week of August": so long a part of a place on the calendar.
    Within(Amount, Unit, Point),
    /// "daily", "every Friday": the value.
    Set(String),
    /// "now", "recently": the value.
    Reference(String),
    /// There is a time and the words do not tell which.
    Unknown,
}

/// A place on the calendar with what is left open.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Point {
    pub(super) years: Option<Years>,
    pub(super) part: Part,
    /// 1 for Monday.
    pub(super) weekday: Option<i8>,
    pub(super) clock: Option<Clock>,
}

/// A year or many. Years before Christ count as astronomers count them: 1 BC is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Years {
    Year(i16),
    /// The tens of "the 1930s": 193.
    Decade {
        tens: i16,
        before_christ: bool,
    },
    /// The hundreds of "the nineteenth century": 18.
    Century {
        hundreds: i16,
        before_christ: bool,
    },
    /// "of that year", "of next year".
    Moved {
        by: i32,
        from: From,
    },
}

/// Which part of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Part {
    #[default]
    Whole,
    Month(i8),
    /// Month and day.
    Day(i8, i8),
    /// A day of some month: "the 20th".
    DayOfMonth(i8),
    Season(Season),
    Quarter(i8),
    Half(i8),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

impl Season {
    pub(super) fn parse(value: &str) -> Option<Self> {
        Some(match value {
            "SP" => Self::Spring,
            "SU" => Self::Summer,
            "FA" => Self::Autumn,
            "WI" => Self::Winter,
            _ => return None,
        })
    }

    pub(super) fn timex(self) -> &'static str {
        match self {
            Self::Spring => "SP",
            Self::Summer => "SU",
            Self::Autumn => "FA",
            Self::Winter => "WI",
        }
    }

    /// The sub-year grouping of EDTF level 1, which leaves the hemisphere open.
    pub(super) fn edtf(self) -> i8 {
        match self {
            Self::Spring => 21,
            Self::Summer => 22,
            Self::Autumn => 23,
            Self::Winter => 24,
        }
    }
}

/// When in a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clock {
    /// `MO`, `AF`, `EV`, `NI`, `DT`.
    Part([u8; 2]),
    /// Hour and minute.
    At(i8, i8),
}

impl Clock {
    pub(super) fn parse(value: &str) -> Option<Self> {
        match value.split_once(':') {
            Some((hour, minute)) => Some(Self::At(hour.parse().ok()?, minute.parse().ok()?)),
            None => value.as_bytes().try_into().ok().map(Self::Part),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
    Millennium,
}

impl Unit {
    /// A unit of the lexicon, and how many of it one is: a fortnight (`2W`) is two weeks.
    pub(super) fn parse(value: &str) -> Option<(u32, Self)> {
        let code = value.trim_start_matches(|c: char| c.is_ascii_digit());
        let factor = value[..value.len() - code.len()].parse().unwrap_or(1);
        let unit = match code {
            "TS" => Self::Second,
            "TM" => Self::Minute,
            "TH" => Self::Hour,
            "D" => Self::Day,
            "WE" => Self::Weekend,
            "W" => Self::Week,
            "M" => Self::Month,
            "Q" => Self::Quarter,
            "Y" => Self::Year,
            "DE" => Self::Decade,
            "CE" => Self::Century,
            "ML" => Self::Millennium,
            _ => return None,
        };
        Some((factor, unit))
    }

    /// The letters of TIMEX3 after `P` or `PT`.
    pub(super) fn timex(self) -> &'static str {
        match self {
            Self::Second => "S",
            Self::Minute | Self::Month => "M",
            Self::Hour => "H",
            Self::Day => "D",
            Self::Weekend => "WE",
            Self::Week => "W",
            Self::Quarter => "Q",
            Self::Year => "Y",
            Self::Decade => "DE",
            Self::Century => "CE",
            Self::Millennium => "ML",
        }
    }

    pub(super) fn is_of_clock(self) -> bool {
        matches!(self, Self::Second | Self::Minute | Self::Hour)
    }
}

/// How many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Amount {
    /// In tenths: "two and a half" is 25.
    Tenths(u32),
    /// "several".
    Some,
}

impl Amount {
    pub(super) fn times(self, factor: u32) -> Self {
        match self {
            Self::Tenths(tenths) => Self::Tenths(tenths.saturating_mul(factor)),
            Self::Some => Self::Some,
        }
    }

    /// The number where it is whole.
    pub(super) fn whole(self) -> Option<i64> {
        match self {
            Self::Tenths(tenths) if tenths % 10 == 0 => Some(i64::from(tenths / 10)),
            _ => None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    Next,
    Last,
    This,
    /// "the past year": the year up to now.
    Past,
    Following,
    Previous,
    Same,
}

impl Turn {
    pub(super) fn parse(value: &str) -> Option<Self> {
        Some(match value {
            "next" => Self::Next,
            "last" => Self::Last,
            "this" => Self::This,
            "past" => Self::Past,
            "following" => Self::Following,
            "previous" => Self::Previous,
            "same" => Self::Same,
            _ => return None,
        })
    }

    pub(super) fn by(self) -> i32 {
        match self {
            Self::Next | Self::Following => 1,
            Self::Last | Self::Past | Self::Previous => -1,
            Self::This | Self::Same => 0,
        }
    }

    /// Whether it counts from the time told of and not from the day of writing.
    pub(super) fn from(self) -> From {
        match self {
            Self::Next | Self::Last | Self::This | Self::Past => From::Now,
            Self::Following | Self::Previous | Self::Same => From::Then,
        }
    }
}

/// What a turn turns.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Period {
    Unit(Unit),
    Part(Part),
    Weekday(i8),
    Clock(Clock),
}

/// Where relative expressions count from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// The day of writing.
    Now,
    /// The time that the text told of last.
    Then,
}

/// An expression of time: its pieces, and what they mean.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Expression {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) meaning: Meaning,
    pub(super) modifier: Option<Modifier>,
}

impl Expression {
    pub(super) fn new(start: usize, end: usize, meaning: Meaning) -> Self {
        Self { start, end, meaning, modifier: None }
    }
}
