//! What the reader needs to know of HTML's elements.

/// Elements that mean something for finding the article; the others are [`Tag::Inline`] or [`Tag::Block`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tag {
    /// The page itself: `html`, `body`.
    Page,
    /// `article`, `main`.
    Article,
    /// Holds what is not shown as text: `head`, `script`, `style`, `svg`, `select`, …
    Unseen,
    /// `nav`, `footer`, `aside`, `form`, `figure`, `button`, `dialog`: what surrounds an article.
    Aside,
    /// `header`: of the page or of the article.
    Header,
    /// `p`.
    Paragraph,
    /// `h1` to `h6`.
    Heading(u8),
    /// `ul`, `ol`, `menu`, `dl`.
    List,
    /// `li`, `dt`, `dd`.
    Item,
    /// `blockquote`.
    Quotation,
    /// `pre`.
    Preformatted,
    /// `tr`.
    Row,
    /// `td`, `th`.
    Cell,
    /// `a`.
    Link,
    /// `time`.
    Time,
    /// `br`.
    Break,
    /// `meta`.
    Meta,
    /// `title`.
    Title,
    /// `script`.
    Script,
    /// Another element that stands on lines of its own.
    Block,
    /// Another element inside a line.
    Inline,
    /// An element without content inside a line: `img`, `input`, `wbr`, …
    Void,
    /// `hr`.
    Rule,
}

impl Tag {
    /// The tag with this name, in any case.
    pub(crate) fn of(name: &str) -> Self {
        let mut lower = [0u8; 12];
        let Some(buffer) = lower.get_mut(..name.len()) else { return Self::Inline };
        buffer.copy_from_slice(name.as_bytes());
        buffer.make_ascii_lowercase();
        match &*buffer {
            b"html" | b"body" => Self::Page,
            b"article" | b"main" => Self::Article,
            b"script" => Self::Script,
            b"title" => Self::Title,
            b"meta" => Self::Meta,
            b"head" | b"style" | b"noscript" | b"template" | b"svg" | b"math" | b"select" | b"datalist" | b"iframe"
            | b"object" | b"video" | b"audio" | b"canvas" | b"textarea" | b"noframes" | b"noembed" | b"map" => Self::Unseen,
            b"nav" | b"footer" | b"aside" | b"form" | b"figure" | b"figcaption" | b"button" | b"dialog" | b"menu" | b"label" => {
                Self::Aside
            }
            b"header" => Self::Header,
            b"p" => Self::Paragraph,
            [b'h', level @ b'1'..=b'6'] => Self::Heading(level - b'0'),
            b"ul" | b"ol" | b"dl" => Self::List,
            b"li" | b"dt" | b"dd" => Self::Item,
            b"blockquote" => Self::Quotation,
            b"pre" => Self::Preformatted,
            b"tr" => Self::Row,
            b"td" | b"th" => Self::Cell,
            b"a" => Self::Link,
            b"time" => Self::Time,
            b"br" => Self::Break,
            b"hr" => Self::Rule,
            b"div" | b"section" | b"table" | b"tbody" | b"thead" | b"tfoot" | b"caption" | b"center" | b"address"
            | b"fieldset" | b"details" | b"summary" | b"hgroup" | b"option" => Self::Block,
            b"img" | b"input" | b"wbr" | b"link" | b"base" | b"source" | b"embed" | b"param" | b"track" | b"area" | b"col" => {
                Self::Void
            }
            _ => Self::Inline,
        }
    }

    /// Whether it never has content.
    pub(crate) const fn is_void(self) -> bool {
        matches!(self, Self::Break | Self::Rule | Self::Meta | Self::Void)
    }

    /// Whether its start ends the line before it.
    pub(crate) const fn breaks_line(self) -> bool {
        !matches!(
            self,
            Self::Inline
                | Self::Link
                | Self::Time
                | Self::Void
                | Self::Break
                | Self::Meta
                | Self::Script
                | Self::Unseen
                | Self::Title
                | Self::Cell
        )
    }
}
