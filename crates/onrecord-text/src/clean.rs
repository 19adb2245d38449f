//! Clean text: the source with all edits applied at once, and the map back.

use crate::{CleanSpan, Source, SourceSpan};

/// A change to the source: these bytes read as `with`. An empty `with` drops them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced.
    pub range: SourceSpan,
    /// What stands there instead.
    pub with: String,
}

impl Edit {
    /// Reads the bytes of `range` as `with`.
    #[must_use]
    pub fn replace(range: SourceSpan, with: impl Into<String>) -> Self {
        Self { range, with: with.into() }
    }

    /// Drops the bytes of `range`.
    #[must_use]
    pub fn drop(range: SourceSpan) -> Self {
        Self { range, with: String::new() }
    }
}

/// Why edits could not be applied. Spans are bytes of the source.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// Two edits change the same bytes.
    #[error("edits {first:?} and {second:?} overlap")]
    Overlap {
        /// The edit that starts first.
        first: SourceSpan,
        /// The other one.
        second: SourceSpan,
    },
    /// An edit ends outside of the source or inside a character.
    #[error("edit {0:?} does not fall on characters of the source")]
    OffCharacter(SourceSpan),
    /// The result is longer than spans can count.
    #[error("the clean text would exceed 4 GiB")]
    TooLarge,
}

/// One piece of the map: clean bytes and the source bytes they come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    clean: CleanSpan,
    source: SourceSpan,
    /// Same bytes on both sides; otherwise the whole of one stands for the whole of the other.
    verbatim: bool,
}

/// The text of one article, cleaned, with its map to the source.
///
/// The map has one piece per stretch kept or replaced, not one entry per byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CleanText {
    text: String,
    pieces: Vec<Piece>,
}

impl CleanText {
    /// Applies `edits`, in any order, to the whole of `source`.
    ///
    /// ```
    /// use onrecord_text::{CleanText, CleanSpan, Edit, Source, SourceSpan};
    /// let source = Source::new(b"two att@cks", "two att@cks")?;
    /// let clean = CleanText::apply(&source, &[Edit::replace(SourceSpan::new(4, 11), "attacks")])?;
    /// assert_eq!(clean.text(), "two attacks");
    /// assert_eq!(clean.source_of(CleanSpan::new(5, 8)), SourceSpan::new(4, 11));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`EditError`] when two edits overlap (two insertions at one place do too) or an edit cuts a character.
    pub fn apply(source: &Source, edits: &[Edit]) -> Result<Self, EditError> {
        let mut sorted: Vec<&Edit> = edits.iter().collect();
        sorted.sort_by_key(|edit| (edit.range.start(), edit.range.end()));
        let mut clean = Self { text: String::new(), pieces: Vec::new() };
        let mut last: Option<SourceSpan> = None;
        for edit in sorted {
            let from = match last {
                Some(before) if edit.range.start() < before.end() || edit.range == before => {
                    return Err(EditError::Overlap { first: before, second: edit.range });
                }
                Some(before) => before.end(),
                None => 0,
            };
            clean.keep(source, SourceSpan::new(from, edit.range.start()))?;
            if source.text().get(edit.range.range()).is_none() {
                return Err(EditError::OffCharacter(edit.range));
            }
            clean.push(edit.range, &edit.with, false)?;
            last = Some(edit.range);
        }
        clean.keep(source, SourceSpan::new(last.map_or(0, SourceSpan::end), source.span().end()))?;
        Ok(clean)
    }

    fn keep(&mut self, source: &Source, range: SourceSpan) -> Result<(), EditError> {
        let words = source.text().get(range.range()).ok_or(EditError::OffCharacter(range))?;
        if words.is_empty() { Ok(()) } else { self.push(range, words, true) }
    }

    fn push(&mut self, source: SourceSpan, words: &str, verbatim: bool) -> Result<(), EditError> {
        let at = |len: usize| u32::try_from(len).map_err(|_| EditError::TooLarge);
        let start = at(self.text.len())?;
        self.text.push_str(words);
        self.pieces.push(Piece { clean: CleanSpan::new(start, at(self.text.len())?), source, verbatim });
        Ok(())
    }

    /// The clean text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The edits that make this text of its source, in order.
    #[must_use]
    pub fn edits(&self) -> Vec<Edit> {
        let changed = self.pieces.iter().filter(|piece| !piece.verbatim);
        changed.map(|piece| Edit::replace(piece.source, self.cut(piece.clean))).collect()
    }

    /// The words at `span`; empty where it does not fall on characters.
    #[must_use]
    pub fn cut(&self, span: CleanSpan) -> &str {
        span.cut(&self.text)
    }

    /// The smallest source span that holds all that `span` was made from; dropped bytes between its words are included.
    ///
    /// Part of a replacement maps to the whole of what was replaced. An empty span maps to an empty one.
    #[must_use]
    pub fn source_of(&self, span: CleanSpan) -> SourceSpan {
        let pieces = self.source_pieces(span);
        match (pieces.first(), pieces.last()) {
            (Some(first), Some(last)) => first.cover(*last),
            _ => self.source_point(span.start()),
        }
    }

    /// The source spans that `span` was made from, in order, parted where bytes between them were dropped.
    #[must_use]
    pub fn source_pieces(&self, span: CleanSpan) -> Vec<SourceSpan> {
        let from = self.pieces.partition_point(|piece| piece.clean.end() <= span.start());
        let mut found: Vec<SourceSpan> = Vec::new();
        for piece in self.pieces[from..].iter().take_while(|piece| piece.clean.start() < span.end()) {
            if !piece.clean.overlaps(span) {
                continue;
            }
            let part = piece.part(span);
            match found.last_mut() {
                Some(before) if before.end() == part.start() => *before = before.cover(part),
                _ => found.push(part),
            }
        }
        found
    }

    fn source_point(&self, offset: u32) -> SourceSpan {
        let at = self.pieces.partition_point(|piece| piece.clean.end() <= offset && !piece.clean.is_empty());
        let point = match self.pieces.get(at) {
            Some(piece) if piece.verbatim => piece.source.start() + offset.saturating_sub(piece.clean.start()),
            Some(piece) => piece.source.start(),
            None => self.pieces.last().map_or(0, |piece| piece.source.end()),
        };
        SourceSpan::new(point, point)
    }

    /// The clean span made from `span`, or `None` when all of it was dropped. Part of a replaced piece gives the whole replacement.
    #[must_use]
    pub fn clean_of(&self, span: SourceSpan) -> Option<CleanSpan> {
        let from = self.pieces.partition_point(|piece| piece.source.end() <= span.start());
        self.pieces[from..]
            .iter()
            .take_while(|piece| piece.source.start() < span.end())
            .filter(|piece| piece.source.overlaps(span) && !piece.clean.is_empty())
            .map(|piece| piece.clean_part(span))
            .reduce(CleanSpan::cover)
    }
}

impl Piece {
    fn part(&self, span: CleanSpan) -> SourceSpan {
        if !self.verbatim {
            return self.source;
        }
        let start = span.start().max(self.clean.start()) - self.clean.start();
        let end = span.end().min(self.clean.end()) - self.clean.start();
        SourceSpan::new(self.source.start() + start, self.source.start() + end)
    }

    fn clean_part(&self, span: SourceSpan) -> CleanSpan {
        if !self.verbatim {
            return self.clean;
        }
        let start = span.start().max(self.source.start()) - self.source.start();
        let end = span.end().min(self.source.end()) - self.source.start();
        CleanSpan::new(self.clean.start() + start, self.clean.start() + end)
    }
}
