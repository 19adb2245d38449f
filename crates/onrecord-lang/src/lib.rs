//! The language layer: tokens, quotations and sentences of clean text, byte-exact.
//!
//! [`analyse`] works by rule and closed word lists. Rules of `read` see only [`Analysis`]; what fills it may change.

mod quotation;
mod sentence;
mod token;

use onrecord_lexicon::Lexicon;
use onrecord_page::{Block, BlockKind};
use onrecord_text::CleanSpan;

pub use quotation::Quotation;
pub use token::{Tag, Token};

/// Tokens, sentences and quotations of one article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Analysis {
    /// All tokens, in order.
    pub tokens: Vec<Token>,
    /// All sentences, in order. No sentence runs across a block.
    pub sentences: Vec<Sentence>,
    /// Quotations, in the order of their opening marks. Quotations within quotations are not listed.
    pub quotations: Vec<Quotation>,
    /// Opening marks that nothing closes before the paragraph ends, where no next paragraph carries the quotation on.
    pub unbalanced: Vec<CleanSpan>,
}

/// One sentence. A quotation of several sentences does not part the sentence that introduces it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Where, without the spaces around it.
    pub span: CleanSpan,
    /// First token and the one after the last, as positions in [`Analysis::tokens`].
    pub tokens: std::ops::Range<usize>,
    /// Position of its block among those given to [`analyse`].
    pub block: usize,
    /// What the block is.
    pub kind: BlockKind,
}

impl Analysis {
    /// Position of the quotation that holds byte `offset`, its marks included.
    #[must_use]
    pub fn quotation_at(&self, offset: u32) -> Option<usize> {
        let after = self.quotations.partition_point(|quotation| quotation.span.start() <= offset);
        let last = after.checked_sub(1)?;
        self.quotations[last].span.contains(offset).then_some(last)
    }

    /// Position of the sentence that holds byte `offset`.
    #[must_use]
    pub fn sentence_at(&self, offset: u32) -> Option<usize> {
        let after = self.sentences.partition_point(|sentence| sentence.span.start() <= offset);
        let last = after.checked_sub(1)?;
        self.sentences[last].span.contains(offset).then_some(last)
    }
}

/// Tokens, quotations and sentences of `text` within `blocks`, which must be in order and part of it.
#[must_use]
pub fn analyse(text: &str, blocks: &[Block], lexicon: &Lexicon) -> Analysis {
    let mut analysis = Analysis::default();
    let found = quotation::find(text, blocks);
    analysis.quotations = found.quotations;
    analysis.unbalanced = found.unbalanced;
    for (number, block) in blocks.iter().enumerate() {
        let from = analysis.tokens.len();
        token::tokenize(text, block.span, lexicon, &mut analysis.tokens);
        sentence::split(text, number, block.kind, from, &mut analysis);
    }
    sentence::settle_first_words(text, &mut analysis);
    analysis
}
