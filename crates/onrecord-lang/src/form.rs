//! What a word looks like, in numbers that features are made of.

/// Hashes and shape of one word form. Capitals, digits and curly marks are folded where a field says so.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(crate) struct Form {
    /// The word as written.
    pub(crate) exact: u32,
    /// In small letters, every digit a nought.
    pub(crate) lower: u32,
    /// The first eight letters in small letters, the first in the lowest byte.
    start: u64,
    /// The last eight letters in small letters, the last in the lowest byte.
    end: u64,
    /// Capitals, digits, marks: see [`shape`].
    pub(crate) shape: u32,
    /// What the vocabulary knows of the form; see [`crate::vocabulary::Known`].
    pub(crate) cluster: u16,
    /// Set of tags that the word usually has, as a number.
    pub(crate) usual: u16,
}

const FIRST_CAPITAL: u32 = 1;
const LATER_CAPITAL: u32 = 2;
const SMALL: u32 = 4;
const DIGIT: u32 = 8;
const HYPHEN: u32 = 16;
const POINT: u32 = 32;
const OTHER_MARK: u32 = 64;
const SINGLE: u32 = 128;
const NOT_ASCII: u32 = 256;

impl Form {
    /// What stands before the first and after the last word of a sentence.
    pub(crate) const fn outside() -> Self {
        Self { exact: 1, lower: 1, start: 1, end: 1, shape: 1 << 15, cluster: u16::MAX, usual: u16::MAX }
    }

    /// The form of `word`, without what a vocabulary adds.
    pub(crate) fn new(word: &str) -> Self {
        let mut form = Self::default();
        let (mut exact, mut lower) = (0_u64, 0_u64);
        let mut count = 0_u32;
        for c in word.chars() {
            let written = c;
            let c = plain(c);
            let small = if c.is_ascii() { c.to_ascii_lowercase() } else { c.to_lowercase().next().unwrap_or(c) };
            form.shape |= shape(c, count == 0);
            let folded = if small.is_ascii_digit() { '0' } else { small };
            exact = mix(exact, u64::from(u32::from(written)));
            lower = mix(lower, u64::from(u32::from(folded)));
            let byte = u64::from(u32::from(folded)) & 0xff;
            if count < 8 {
                form.start |= byte << (8 * count);
            }
            form.end = form.end << 8 | byte;
            count += 1;
        }
        if count == 1 {
            form.shape |= SINGLE;
        }
        form.exact = fold(exact);
        form.lower = fold(lower);
        form
    }

    /// The first `letters` letters.
    pub(crate) fn prefix(&self, letters: u32) -> u64 {
        self.start & (u64::MAX >> (64 - 8 * letters))
    }

    /// The last `letters` letters.
    pub(crate) fn suffix(&self, letters: u32) -> u64 {
        self.end & (u64::MAX >> (64 - 8 * letters))
    }

    /// Whether the word starts with a capital.
    pub(crate) fn capital(&self) -> bool {
        self.shape & FIRST_CAPITAL != 0
    }

    /// Whether there is a letter or a digit.
    pub(crate) fn is_word(&self) -> bool {
        self.shape & (FIRST_CAPITAL | LATER_CAPITAL | SMALL | DIGIT) != 0
    }

    /// Whether there is a capital anywhere.
    pub(crate) fn has_capital(&self) -> bool {
        self.shape & (FIRST_CAPITAL | LATER_CAPITAL) != 0
    }

    /// Whether this is a double quotation mark.
    pub(crate) fn is_quote(&self) -> bool {
        self.lower == Self::QUOTE
    }

    const QUOTE: u32 = fold(mix(0, '"' as u64));

    /// Whether there is a digit.
    pub(crate) fn has_digit(&self) -> bool {
        self.shape & DIGIT != 0
    }
}

/// Looks at a sentence beyond its ends.
pub(crate) fn at(forms: &[Form], place: usize, offset: isize) -> &Form {
    static OUTSIDE: Form = Form::outside();
    place.checked_add_signed(offset).and_then(|place| forms.get(place)).unwrap_or(&OUTSIDE)
}

/// Whether a headline writes every word with a capital: capitals then tell little.
pub(crate) fn capitals_everywhere(forms: &[Form]) -> bool {
    let words = forms.iter().filter(|form| form.is_word() && !form.has_digit());
    let (small, all) = words.fold((0, 0), |(small, all), form| (small + usize::from(!form.capital()), all + 1));
    all > 2 && small * 4 <= all
}

fn shape(c: char, first: bool) -> u32 {
    match c {
        _ if c.is_uppercase() => (if first { FIRST_CAPITAL } else { LATER_CAPITAL }) | if c.is_ascii() { 0 } else { NOT_ASCII },
        _ if c.is_ascii_lowercase() => SMALL,
        _ if c.is_alphabetic() => SMALL | NOT_ASCII,
        _ if c.is_ascii_digit() => DIGIT,
        '-' => HYPHEN,
        '.' => POINT,
        _ => OTHER_MARK,
    }
}

/// Typographic marks as their plain fellows: the treebanks have mostly these, newspapers those.
pub(crate) fn plain(c: char) -> char {
    match c {
        '’' | '‘' | '`' => '\'',
        '“' | '”' | '„' | '«' | '»' => '"',
        '–' | '—' | '‐' | '‑' | '―' => '-',
        _ => c,
    }
}

const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

/// Mixes one more number into a hash.
#[inline]
pub(crate) const fn mix(hash: u64, number: u64) -> u64 {
    (hash.rotate_left(5) ^ number).wrapping_mul(FACTOR)
}

/// The well-mixed half of a hash.
#[inline]
pub(crate) const fn fold(hash: u64) -> u32 {
    ((hash ^ hash >> 29).wrapping_mul(FACTOR) >> 32) as u32
}

/// The key of a feature: number of its template and up to three values.
#[inline]
pub(crate) const fn key(template: u32, a: u64, b: u64, c: u64) -> u32 {
    let hash = (template as u64 + 1).wrapping_mul(0xD6E8_FEB8_6659_FD93) ^ a;
    fold(mix(mix(hash.wrapping_mul(FACTOR), b), c))
}
