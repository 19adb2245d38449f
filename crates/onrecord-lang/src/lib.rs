//! The language layer: tokens, quotations and sentences of clean text, byte-exact.
//!
//! [`analyse`] works by rule and closed word lists. Rules of `read` see only [`Analysis`]; what fills it may change.

mod annotate;
mod form;
mod lemma;
pub(crate) mod model;
mod names;
mod net;
mod quotation;
mod segment;
mod sentence;
mod subtype;
mod token;
pub mod train;
pub(crate) mod vocabulary;
mod word;

use onrecord_lexicon::Lexicon;
use onrecord_page::{Block, BlockKind};
use onrecord_text::CleanSpan;

pub use model::{Model, ModelError};
pub use names::MentionKind;
pub use quotation::Quotation;
pub use token::{Tag, Token};
pub use word::{Annotated, Label, Mention, Word};

/// Longer stretches without an end are lists, code or noise.
pub(crate) const LONGEST_SENTENCE: usize = 200;

/// What the language layer finds in one article.
///
/// It is cut twice. *Tokens* are words as newspapers write them, compounds and contractions whole; *sentences* of tokens hold whole quotations
/// together. *Words* are the syntactic words of Universal Dependencies, which a trained model tags and parses, in *clauses*, sentences that
/// end wherever the language lets one end, within quotations too.
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
    /// All syntactic words, in order.
    pub words: Vec<Word>,
    /// First word of each parsed sentence and the one after its last, as positions in [`Analysis::words`].
    pub clauses: Vec<std::ops::Range<usize>>,
    /// Names, in order. None lies within another.
    pub mentions: Vec<Mention>,
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

    /// Positions of the words that lie within `span`.
    #[must_use]
    pub fn words_in(&self, span: CleanSpan) -> std::ops::Range<usize> {
        let first = self.words.partition_point(|word| word.span.start() < span.start());
        let after = self.words.partition_point(|word| word.span.end() <= span.end());
        first..after.max(first)
    }

    /// Position of the sentence that holds byte `offset`.
    #[must_use]
    pub fn sentence_at(&self, offset: u32) -> Option<usize> {
        let after = self.sentences.partition_point(|sentence| sentence.span.start() <= offset);
        let last = after.checked_sub(1)?;
        self.sentences[last].span.contains(offset).then_some(last)
    }
}

/// All that can be said of `text` within `blocks`, which must be in order and part of it.
#[must_use]
pub fn analyse(text: &str, blocks: &[Block], lexicon: &Lexicon, model: &Model) -> Analysis {
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
    model.annotate_article(text, blocks, lexicon, &mut analysis);
    analysis
}
