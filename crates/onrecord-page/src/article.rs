//! What a page holds: articles with their clean text and what is known of them.

use onrecord_text::{CleanSpan, CleanText, Source, SourceSpan, TooLarge};

/// Everything read from the bytes of one capture.
#[derive(Debug, Clone)]
pub struct Page {
    /// The decoded text.
    pub source: Source,
    /// Encoding the bytes were decoded from, by its WHATWG name ("UTF-8", "windows-1252").
    pub encoding: &'static str,
    /// What the bytes are.
    pub media: Media,
    /// Length of the raw bytes.
    pub bytes: usize,
    /// The articles, in the order of the page. May be empty.
    pub articles: Vec<Article>,
    /// What was odd about the page.
    pub notes: Vec<PageNote>,
}

/// What kind of document the bytes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Media {
    /// `text/html`.
    Html,
    /// `text/plain`: copied or typed text.
    Text,
    /// `application/rss+xml` or `application/atom+xml`.
    Feed,
    /// Not text at all; nothing was read.
    Binary,
}

/// One piece of journalism.
#[derive(Debug, Clone)]
pub struct Article {
    /// Headline.
    pub title: Option<SourceSpan>,
    /// Names of the authors as printed.
    pub byline: Vec<SourceSpan>,
    /// Name of the site or paper.
    pub site: Option<SourceSpan>,
    /// News agency credited, as printed ("Reuters").
    pub agency: Option<SourceSpan>,
    /// What else tells where the piece came from.
    pub provenance: Provenance,
    /// When it was first published.
    pub published: Option<PageDate>,
    /// When it was last changed.
    pub modified: Option<PageDate>,
    /// Language of the body (ISO 639-1), where the page or the text lets it be known.
    pub language: Option<String>,
    /// What tells the language.
    pub language_sign: Option<Sign<LanguageBasis>>,
    /// What sort of piece it is.
    pub genre: Genre,
    /// What tells the genre; none where it is unknown.
    pub genre_sign: Option<Sign<GenreBasis>>,
    /// What a third party says of it.
    pub labels: Vec<Label>,
    /// The article's text: title excluded, blocks parted by blank lines, everything else on the page dropped.
    pub clean: CleanText,
    /// The blocks of `clean`, in order.
    pub blocks: Vec<Block>,
    /// Words whose bent spelling was undone.
    pub restored: Vec<Restored>,
}

impl Article {
    /// The article that `text` is as it stands, each line that is not blank a paragraph, of which nothing else is known.
    ///
    /// # Errors
    /// [`TooLarge`] from 4 GiB on.
    pub fn of_paragraphs(text: &str) -> Result<Self, TooLarge> {
        let source = Source::new(text.as_bytes(), text)?;
        let Ok(clean) = CleanText::apply(&source, &[]) else { unreachable!("there are no edits that could overlap") };
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let mut blocks = Vec::new();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let span = CleanSpan::new(offset(at), offset(at + line.trim_end().len()));
            if !line.trim().is_empty() {
                blocks.push(Block { span, kind: BlockKind::Paragraph });
            }
            at += line.len();
        }
        Ok(Self {
            title: None,
            byline: Vec::new(),
            site: None,
            agency: None,
            provenance: Provenance::default(),
            published: None,
            modified: None,
            language: None,
            language_sign: None,
            genre: Genre::Unknown,
            genre_sign: None,
            labels: Vec::new(),
            clean,
            blocks,
            restored: Vec::new(),
        })
    }
}

/// What is known of how a capture's bytes were obtained, where the file that held them says so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CaptureData {
    /// Address that the bytes were obtained from.
    pub url: Option<String>,
    /// When they were obtained, as written there.
    pub captured_at: Option<String>,
    /// Digest of the bytes as written there (`sha1:…`).
    pub digest: Option<String>,
    /// Date that a list gives beside the page; nobody says of what.
    pub listed_date: Option<String>,
    /// Media type of what the bytes were taken out of, when they are not bytes of the file as they stand there: spans point into the
    /// text that was taken out.
    pub unpacked_from: Option<&'static str>,
    /// Byte of the text at which each page of a printed document starts.
    pub pages: Vec<u32>,
    /// Fields of the answer that a server sent (`etag`, `last-modified`, …), or `content-type` of a part of a mail. Names in small letters.
    pub headers: Vec<(String, String)>,
}

impl CaptureData {
    /// Encoding that the field `content-type` names.
    #[must_use]
    pub fn charset(&self) -> Option<&str> {
        let (_, kind) = self.headers.iter().find(|(name, _)| name == "content-type")?;
        let charset = kind.split(';').skip(1).find_map(|parameter| {
            let (name, value) = parameter.split_once('=')?;
            name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']))
        });
        charset.filter(|charset| !charset.is_empty())
    }

    /// Number of the printed page that holds byte `at`, counted from 1.
    #[must_use]
    pub fn page_at(&self, at: u32) -> Option<usize> {
        Some(self.pages.partition_point(|start| *start <= at)).filter(|number| *number > 0)
    }
}

/// Evidence of where a piece came from before it stood on this page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Provenance {
    /// Address that the page gives as the piece's own.
    pub canonical: Option<SourceSpan>,
    /// Place named in the dateline ("SELMORA").
    pub dateline: Option<SourceSpan>,
    /// Site that a feed names as the source of an item.
    pub source: Option<SourceSpan>,
    /// All news agencies credited, in the order of their credit; [`Article::agency`] is the first.
    pub agencies: Vec<SourceSpan>,
}

/// What tells something of an article that is nowhere written out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sign<B> {
    /// What kind of evidence it is.
    pub basis: B,
    /// Where it stands; `None` where it is in the address or the media type that the bytes came with.
    pub span: Option<SourceSpan>,
}

/// Evidence for a language, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LanguageBasis {
    /// The words of the text, of which the span covers those that were looked at.
    Words,
    /// `lang` of an HTML page or its like in a feed.
    Declared,
}

/// Evidence for a genre, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum GenreBasis {
    /// schema.org type of the piece (`OpinionNewsArticle`).
    JsonLd,
    /// A folder of the address (`/opinion/`).
    Address,
    /// It is one of several pieces that a page or a feed gives in short.
    Listing,
    /// A section label.
    Section,
    /// A note about the writer or about whose views these are.
    Mark,
    /// The dateline of a report.
    Dateline,
    /// How the text speaks: with words of saying, or in the first person; the span is the first such word.
    Words,
}

/// A date the page states, never guessed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageDate {
    /// ISO 8601 prefix as precise as the page: `2025`, `2025-11`, `2025-11-14`, `2025-11-14T09:30:00+05:00`.
    pub value: String,
    /// Where it stands.
    pub span: SourceSpan,
    /// What kind of evidence it is.
    pub basis: DateBasis,
}

/// Evidence for a date, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DateBasis {
    /// schema.org `datePublished` or `dateModified`.
    JsonLd,
    /// A `meta` element such as `article:published_time`.
    Meta,
    /// A `time` element.
    TimeElement,
    /// The path of the page's own address (`/2025/11/14/`).
    Address,
    /// `pubDate`, `published` or `updated` of a feed's entry.
    Feed,
    /// A line of the page beside headline or byline.
    VisibleLine,
}

/// Sort of journalism.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Genre {
    /// Reports what happened and what was said.
    Report,
    /// Argues in the author's own name.
    Opinion,
    /// Somebody else's short account of a piece.
    Summary,
    /// Cannot be told.
    Unknown,
}

/// A mark that a third party sets on a piece, such as an aggregator's "Reliable".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// What is marked: `reliability` or `section`.
    pub name: &'static str,
    /// The mark in lower case.
    pub value: String,
    /// Where it stands.
    pub span: SourceSpan,
}

/// A paragraph or another unit that no sentence runs across.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// Where, in the clean text.
    pub span: CleanSpan,
    /// What it is.
    pub kind: BlockKind,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum BlockKind {
    /// Running prose.
    Paragraph,
    /// A sub-heading.
    Heading,
    /// An item of a list.
    ListItem,
    /// A quotation set off from the text.
    Quotation,
}

/// A word whose spelling was bent to pass filters, and its ordinary spelling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// The word as printed.
    pub span: SourceSpan,
    /// The ordinary spelling.
    pub restored: String,
}

/// Something odd about the page that the reader should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageNote {
    /// Where, if it is at one place.
    pub span: Option<SourceSpan>,
    /// Stable name: `broken-encoding`, `nul-bytes`, `binary`, `no-article`, `markup-too-deep`, …
    pub name: &'static str,
    /// One sentence for people.
    pub text: String,
}
