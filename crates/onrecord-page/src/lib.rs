//! From bytes to articles: decoding, what is body and what is not, title, byline, dates, labels.
//!
//! [`read_page`] takes any bytes and gives a [`Page`]. Nothing is copied out of the text: titles, names and dates are spans of the
//! decoded source, and each article's clean text is the source with edits applied once.

mod agency;
mod article;
mod bent;
mod byline;
mod copied;
mod date;
mod decode;
mod digest;
mod draft;
mod feed;
mod genre;
mod html;
mod language;
mod line;
mod media;
mod report;
mod run;
mod site;

use onrecord_lexicon::Lexicon;
use onrecord_text::{Source, SourceSpan, TooLarge};

pub use article::{
    Article, Block, BlockKind, CaptureData, DateBasis, Genre, GenreBasis, Label, LanguageBasis, Media, Page, PageDate, PageNote,
    Provenance, Restored, Sign,
};
pub use copied::model::{LineModel, LinePage, LineTraining, fit as fit_lines};
use draft::Draft;
pub use feed::feed_links;
pub use site::SiteLines;

/// Reads the bytes of one capture. `name` is its file name or address, a hint where the content leaves its kind open.
///
/// ```
/// use onrecord_lexicon::Lexicon;
/// let raw = b"Talks fail again\n\nVarda said on Monday that the talks with its neighbour had failed for a third time.\n";
/// let page = onrecord_page::read_page(raw, "talks.txt", Lexicon::embedded())?;
/// let article = &page.articles[0];
/// assert_eq!(article.title.map(|span| page.source.cut(span)), Some("Talks fail again"));
/// assert!(article.clean.text().starts_with("Varda said"));
/// # Ok::<(), onrecord_text::TooLarge>(())
/// ```
///
/// # Errors
/// [`TooLarge`] when the decoded text has more than `u32::MAX` bytes.
pub fn read_page(raw: &[u8], name: &str, lexicon: &Lexicon) -> Result<Page, TooLarge> {
    read_page_in(raw, name, None, lexicon)
}

/// The same where whoever handed the bytes over names their encoding, as [`CaptureData::charset`] gives it.
///
/// # Errors
/// [`TooLarge`] when the decoded text has more than `u32::MAX` bytes.
pub fn read_page_in(raw: &[u8], name: &str, charset: Option<&str>, lexicon: &Lexicon) -> Result<Page, TooLarge> {
    if decode::is_binary(raw) {
        let note = PageNote { span: None, name: "binary", text: "the bytes are no text".to_owned() };
        let source = Source::new(raw, "")?;
        return Ok(Page {
            source,
            encoding: "UTF-8",
            media: Media::Binary,
            bytes: raw.len(),
            articles: Vec::new(),
            notes: vec![note],
        });
    }
    let decoded = decode::decode(raw, charset);
    let source = Source::new(raw, decoded.text)?;
    let mut notes = odd_characters(source.text(), decoded.broken);
    let media = media::of(source.text(), name);
    let drafts: Vec<Draft> = match media {
        Media::Html => html::read(source.text(), name, lexicon, &mut notes),
        Media::Feed => feed::read(source.text(), lexicon),
        Media::Text if source.text().contains(report::PAGE_BREAK) => vec![report::read(source.text())],
        Media::Text | Media::Binary => copied::read(source.text(), lexicon, &mut notes),
    };
    let articles =
        drafts.into_iter().filter(|draft| !draft.blocks.is_empty()).map(|draft| draft::finish(&source, draft, lexicon));
    let articles: Vec<Article> = articles.filter(|article| !article.blocks.is_empty()).collect();
    if articles.is_empty() {
        notes.push(PageNote { span: None, name: "no-article", text: "no running text was found".to_owned() });
    }
    Ok(Page { source, encoding: decoded.encoding, media, bytes: raw.len(), articles, notes })
}

/// The source that [`read_page_in`] reads the bytes as. An encoding that a page was read in is a good `charset` to find it again by.
///
/// # Errors
/// [`TooLarge`] when the decoded text has more than `u32::MAX` bytes.
pub fn source(raw: &[u8], charset: Option<&str>) -> Result<Source, TooLarge> {
    if decode::is_binary(raw) { Source::new(raw, "") } else { Source::new(raw, decode::decode(raw, charset).text) }
}

/// For each line of a text copied from a page, as `text.split('\n')` parts them, whether it belongs to the page's main article.
///
/// ```
/// use onrecord_lexicon::Lexicon;
/// let text = "Close Menu\nVarda said on Monday that the talks with its neighbour had failed for a third time.\nShare";
/// assert_eq!(onrecord_page::kept_lines(text, Lexicon::embedded()), [false, true, false]);
/// ```
#[must_use]
pub fn kept_lines(text: &str, lexicon: &Lexicon) -> Vec<bool> {
    copied::kept_lines(text, lexicon)
}

/// The lines of a text copied from a page, as the model that chooses among them sees them: for fitting it anew.
#[must_use]
pub fn line_page(text: &str, lexicon: &Lexicon) -> LinePage {
    copied::line_page(text, lexicon)
}

/// Notes on characters that tell of a broken file.
fn odd_characters(text: &str, broken: bool) -> Vec<PageNote> {
    let at = |found: Option<usize>, len: usize| found.map(|start| run::span(&(start..start + len)));
    let note = |span: Option<SourceSpan>, name, text: &str| PageNote { span, name, text: text.to_owned() };
    let mut notes = Vec::new();
    if broken {
        let first = at(text.find('\u{fffd}'), '\u{fffd}'.len_utf8());
        notes.push(note(first, "broken-encoding", "some bytes are not valid in the encoding and read as U+FFFD"));
    }
    if let Some(first) = at(text.find('\0'), 1) {
        notes.push(note(Some(first), "nul-bytes", "the text holds zero bytes, which were dropped"));
    }
    notes
}
