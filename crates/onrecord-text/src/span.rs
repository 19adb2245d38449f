//! The two kinds of span.

use std::ops::Range;

macro_rules! span_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name {
            start: u32,
            end: u32,
        }

        impl $name {
            /// The span from `start` to `end`, in bytes, end excluded. An `end` before `start` gives the empty span at `start`.
            #[must_use]
            pub const fn new(start: u32, end: u32) -> Self {
                Self { start, end: if end < start { start } else { end } }
            }

            /// First byte.
            #[must_use]
            pub const fn start(self) -> u32 {
                self.start
            }

            /// Byte after the last one.
            #[must_use]
            pub const fn end(self) -> u32 {
                self.end
            }

            /// Length in bytes.
            #[must_use]
            pub const fn len(self) -> u32 {
                self.end - self.start
            }

            /// Whether it holds no byte.
            #[must_use]
            pub const fn is_empty(self) -> bool {
                self.start == self.end
            }

            /// Whether `offset` is one of its bytes: the end is excluded.
            #[must_use]
            pub const fn contains(self, offset: u32) -> bool {
                self.start <= offset && offset < self.end
            }

            /// Whether all bytes of `other` are its own. An empty span lies in every span it touches.
            #[must_use]
            pub const fn contains_span(self, other: Self) -> bool {
                self.start <= other.start && other.end <= self.end
            }

            /// Whether the two share at least one byte; an empty span shares none.
            #[must_use]
            pub fn overlaps(self, other: Self) -> bool {
                self.start.max(other.start) < self.end.min(other.end)
            }

            /// The smallest span that holds both.
            #[must_use]
            pub fn cover(self, other: Self) -> Self {
                Self { start: self.start.min(other.start), end: self.end.max(other.end) }
            }

            /// As indices for slicing a `str` or `[u8]`.
            #[must_use]
            pub const fn range(self) -> Range<usize> {
                self.start as usize..self.end as usize
            }

            /// The words of `text` at this span; empty where the span does not fall on characters of `text`.
            #[must_use]
            pub fn cut(self, text: &str) -> &str {
                text.get(self.range()).unwrap_or("")
            }
        }
    };
}

span_type! {
    /// Bytes of one decoded source text, end excluded. Which source it is, the holder of the span knows.
    SourceSpan
}

span_type! {
    /// Bytes of one article's clean text, end excluded.
    CleanSpan
}

#[cfg(test)]
mod tests {
    use super::SourceSpan;

    #[test]
    fn the_end_is_excluded() {
        let span = SourceSpan::new(2, 5);
        assert!(span.contains(2) && span.contains(4) && !span.contains(5));
        assert!(!span.overlaps(SourceSpan::new(5, 9)) && span.overlaps(SourceSpan::new(4, 9)));
        assert!(span.contains_span(SourceSpan::new(5, 5)));
    }

    #[test]
    fn a_cut_inside_a_character_is_empty() {
        assert_eq!(SourceSpan::new(0, 1).cut("é"), "");
        assert_eq!(SourceSpan::new(0, 2).cut("é"), "é");
    }
}
