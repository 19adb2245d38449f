//! From bytes to articles: decoding, what is body and what is not, title, byline, dates, labels.

mod article;

pub use article::{
    Article, Block, BlockKind, DateBasis, Genre, Label, Media, Page, PageDate, PageNote, Restored,
};
