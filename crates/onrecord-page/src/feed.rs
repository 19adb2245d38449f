//! RSS and Atom feeds: each item is an article, mostly somebody's short account of it.

mod link;

use std::ops::Range;

use onrecord_lexicon::Lexicon;
use onrecord_text::SourceSpan;

use crate::article::{DateBasis, Genre, GenreBasis, Label, PageDate, Sign};
use crate::draft::Draft;
use crate::html::token::{Syntax, Token, Tokens};
use crate::run::{References, Run, RunBuilder, View, cover, span};
use crate::{byline, date, html};
pub use link::feed_links;

/// Bytes of content from which on an item is the piece itself and no summary of it.
const WHOLE_PIECE: usize = 1500;

/// How far up an end tag looks for its start tag.
const REACH: usize = 32;

/// Reads `text` as a feed: its items, in order.
pub(crate) fn read(text: &str, lexicon: &Lexicon) -> Vec<Draft> {
    let feed = Feed::of(text);
    let site = feed.title.as_ref().and_then(|range| words_span(text, range));
    feed.items.iter().map(|item| item.draft(text, site, lexicon)).collect()
}

/// Contents of the elements of a feed, as ranges of the source with their markup.
#[derive(Debug, Default)]
struct Feed {
    title: Option<Range<usize>>,
    items: Vec<Item>,
}

/// The elements directly inside an `item` or `entry`, with their names in lower case.
#[derive(Debug, Default)]
struct Item {
    fields: Vec<(String, Range<usize>)>,
}

impl Feed {
    fn of(text: &str) -> Self {
        let mut feed = Self::default();
        let mut stack: Vec<(String, usize)> = Vec::new();
        for token in Tokens::new(text, Syntax::Xml) {
            match token {
                Token::Open { name, whole, closed: false, .. } => {
                    let name = text.get(name).unwrap_or("").to_ascii_lowercase();
                    if is_item(&name) {
                        feed.items.push(Item::default());
                    }
                    stack.push((name, whole.end));
                }
                Token::Close { name, whole } => {
                    let name = text.get(name).unwrap_or("").to_ascii_lowercase();
                    let Some(above) = stack.iter().rev().take(REACH).position(|(open, _)| *open == name) else { continue };
                    let at = stack.len() - 1 - above;
                    feed.close(&stack[..at], &stack[at], whole.start);
                    stack.truncate(at);
                }
                _ => {}
            }
        }
        feed
    }

    /// An element inside of `parents` ends at byte `end`.
    fn close(&mut self, parents: &[(String, usize)], element: &(String, usize), end: usize) {
        let Some((parent, _)) = parents.last() else { return };
        let (name, start) = element;
        if is_item(parent) {
            if let Some(item) = self.items.last_mut() {
                item.fields.push((name.clone(), *start..end.max(*start)));
            }
        } else if name == "title" && matches!(parent.as_str(), "channel" | "feed") && self.title.is_none() {
            self.title = Some(*start..end.max(*start));
        }
    }
}

fn is_item(name: &str) -> bool {
    matches!(name, "item" | "entry")
}

impl Item {
    fn field(&self, names: &[&str]) -> Option<&Range<usize>> {
        names.iter().find_map(|name| self.fields.iter().find(|(field, _)| field == name)).map(|(_, range)| range)
    }

    fn draft(&self, text: &str, site: Option<SourceSpan>, lexicon: &Lexicon) -> Draft {
        let title = self.field(&["title"]).and_then(|range| words_span(text, range));
        let content = self.field(&["content:encoded", "content", "description", "summary", "media:description"]);
        let view = content.map(|range| View::of_runs(text, &unescaped(text, range)));
        let is_whole =
            self.field(&["content:encoded", "content"]).is_some() && content.is_some_and(|range| range.len() >= WHOLE_PIECE);
        let stamp = |names: &[&str]| {
            let span = words_span(text, self.field(names)?)?;
            Some(PageDate { value: date::parse_stamp(span.cut(text))?, span, basis: DateBasis::Feed })
        };
        let source = self.field(&["source"]).filter(|range| range.len() < 200).and_then(|range| words_span(text, range));
        Draft {
            title: title.map(|title| without_source(text, title, source)),
            byline: self.authors(text, lexicon),
            source,
            canonical: self.field(&["link", "guid"]).filter(|range| range.len() < 2000).and_then(|range| words_span(text, range)),
            site: self.field(&["source"]).filter(|range| range.len() < 100).and_then(|range| words_span(text, range)).or(site),
            published: stamp(&["pubdate", "published", "dc:date", "issued"]).or_else(|| stamp(&["updated"])),
            modified: stamp(&["updated", "atom:updated", "modified"]),
            genre: (!is_whole).then_some((Genre::Summary, Sign { basis: GenreBasis::Listing, span: title })),
            labels: self.section(text).into_iter().collect(),
            blocks: view.map_or_else(Vec::new, |view| html::fragment(&view, lexicon)),
            ..Draft::default()
        }
    }

    fn authors(&self, text: &str, lexicon: &Lexicon) -> Vec<SourceSpan> {
        let Some(span) = self.field(&["dc:creator", "author", "itunes:author"]).and_then(|range| author_span(text, range)) else {
            return Vec::new();
        };
        let start = span.range().start;
        byline::names(span.cut(text), lexicon)
            .into_iter()
            .map(|name| self::span(&(name.start + start..name.end + start)))
            .collect()
    }

    fn section(&self, text: &str) -> Option<Label> {
        let span = words_span(text, self.field(&["category"])?)?;
        (span.len() < 60).then(|| Label { name: "section", value: span.cut(text).to_lowercase(), span })
    }
}

/// A headline without " - Varda Post" at its end, where the item names that source: a search engine's feed adds it.
fn without_source(text: &str, title: SourceSpan, source: Option<SourceSpan>) -> SourceSpan {
    let words = title.cut(text);
    let head = source.map(|source| source.cut(text)).and_then(|source| words.strip_suffix(source)).map(str::trim_end);
    let bare = head.and_then(|head| head.strip_suffix(['-', '–', '—', '|'])).map(str::trim_end).filter(|bare| !bare.is_empty());
    bare.map_or(title, |bare| span(&(title.range().start..title.range().start + bare.len())))
}

/// The words of a field that holds no markup of its own.
fn words_span(text: &str, range: &Range<usize>) -> Option<SourceSpan> {
    cover(&unescaped(text, range)).map(|range| span(&range))
}

/// The author of a field: Atom puts the name into an element of its own.
fn author_span(text: &str, range: &Range<usize>) -> Option<SourceSpan> {
    let inner = text.get(range.clone())?;
    let name =
        inner.find("<name>").map(|at| at + "<name>".len()).and_then(|start| Some(start..start + inner.get(start..)?.find('<')?));
    match name {
        Some(name) => words_span(text, &(name.start + range.start..name.end + range.start)),
        None => words_span(text, range),
    }
}

/// What a field reads as once its escapes are undone: text, or markup that is then read like any other.
fn unescaped(text: &str, range: &Range<usize>) -> Vec<Run> {
    let part = text.get(..range.end).unwrap_or("");
    let mut builder = RunBuilder::new(part);
    for token in Tokens::starting_at(part, range.start, Syntax::Xml) {
        match token {
            Token::Text(at) => builder.push(at, References::Decode),
            Token::Raw(at) => builder.push(at, References::Keep),
            // Atom may hold markup as it is.
            Token::Open { whole, .. } | Token::Close { whole, .. } => builder.push(whole, References::Keep),
            Token::Other(_) => {}
        }
    }
    builder.take()
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::article::Genre;
    use onrecord_lexicon::Lexicon;

    const RSS: &str = "<?xml version=\"1.0\"?><rss><channel><title>The Varda Post</title><image><title>Logo</title></image>\n\
        <item><title><![CDATA[Talks fail & end]]></title><dc:creator>Mara Lind</dc:creator><pubDate>Fri, 14 Nov 2025 09:30:00 +0500</pubDate>\
        <description>&lt;p&gt;Varda said the talks &amp;amp; the truce had failed for a third time.&lt;/p&gt;&lt;p&gt;No date was set for another round.&lt;/p&gt;</description></item>\
        <item><title>Ferry runs again</title><description><![CDATA[<p>The ferry to Selmora runs again, the port&#8217;s office said on Monday.</p>]]></description></item>\
        </channel></rss>";

    #[test]
    fn reads_items_with_nested_escapes() {
        let page = crate::read_page(RSS.as_bytes(), "feed", Lexicon::embedded()).unwrap();
        let texts: Vec<&str> = page.articles.iter().map(|article| article.clean.text()).collect();
        let first = "Varda said the talks & the truce had failed for a third time.\n\nNo date was set for another round.";
        assert_eq!(texts, [first, "The ferry to Selmora runs again, the port’s office said on Monday."]);
        let article = &page.articles[0];
        assert_eq!(article.title.map(|span| page.source.cut(span)), Some("Talks fail & end"));
        assert_eq!(article.published.as_ref().map(|date| date.value.as_str()), Some("2025-11-14T09:30:00+05:00"));
        assert_eq!(article.site.map(|span| page.source.cut(span)), Some("The Varda Post"));
        assert_eq!(article.byline.iter().map(|span| page.source.cut(*span)).collect::<Vec<_>>(), ["Mara Lind"]);
        assert_eq!(article.genre, Genre::Summary);
    }

    #[test]
    fn reads_atom() {
        let atom = "<feed><title>Post</title><entry><title>One</title><author><name>Mara Lind</name></author><updated>2025-11-14T09:30:00Z</updated>\
                    <content type=\"xhtml\"><div><p>The port is closed until further notice, officials said.</p></div></content></entry></feed>";
        let drafts = read(atom, Lexicon::embedded());
        assert_eq!((drafts.len(), drafts[0].blocks.len(), drafts[0].byline.len()), (1, 1, 1));
        assert_eq!(drafts[0].published.as_ref().map(|date| date.value.as_str()), Some("2025-11-14T09:30:00Z"));
    }
}
