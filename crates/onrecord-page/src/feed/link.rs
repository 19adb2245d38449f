//! The addresses of a feed's items.

use std::ops::Range;

use crate::article::Media;
use crate::html::token::{Attributes, Syntax, Token, Tokens};
use crate::media;
use crate::run::{References, RunBuilder, words};

/// The address of each item of a feed (RSS, Atom, RDF), as written there, each once, in order; `None` where the text is no feed.
///
/// ```
/// let feed = "<rss><channel><item><link>https://paper.example/1?a=1&amp;b=2</link></item></channel></rss>";
/// assert_eq!(onrecord_page::feed_links(feed), Some(vec!["https://paper.example/1?a=1&b=2".to_owned()]));
/// assert_eq!(onrecord_page::feed_links("<p>No feed.</p>"), None);
/// ```
#[must_use]
pub fn feed_links(text: &str) -> Option<Vec<String>> {
    if media::of(text, "") != Media::Feed {
        return None;
    }
    let mut links: Vec<String> = Vec::new();
    let mut item: Option<Item> = None;
    for token in Tokens::new(text, Syntax::Xml) {
        match token {
            Token::Open { name, attributes, whole, closed } => match (text.get(name).unwrap_or(""), &mut item) {
                ("item" | "entry", _) if !closed => item = Some(Item::default()),
                ("link", Some(item)) => item.opens_link(text, attributes, whole.end, closed),
                ("guid", Some(item)) if !closed => item.opens_guid(text, attributes, whole.end),
                _ => {}
            },
            Token::Close { name, whole } => match (text.get(name).unwrap_or(""), &mut item) {
                ("item" | "entry", Some(found)) => {
                    let address = found.link.take().or_else(|| found.guid.take());
                    links.extend(address.filter(|address| !links.contains(address)));
                    item = None;
                }
                ("link", Some(item)) => item.closes_link(text, whole.start),
                ("guid", Some(item)) => item.closes_guid(text, whole.start),
                _ => {}
            },
            _ => {}
        }
    }
    Some(links)
}

/// What is known of one item.
#[derive(Default)]
struct Item {
    link: Option<String>,
    guid: Option<String>,
    /// Where the content of the element that is being read begins.
    link_from: Option<usize>,
    guid_from: Option<usize>,
}

impl Item {
    /// Atom has the address in an attribute, RSS between the tags.
    fn opens_link(&mut self, text: &str, attributes: Range<usize>, end: usize, closed: bool) {
        let attribute = |wanted: &str| {
            let found = Attributes::new(text, attributes.clone()).find(|(name, _)| name.eq_ignore_ascii_case(wanted));
            found.map(|(_, value)| content(text, value))
        };
        match attribute("href") {
            Some(address) if attribute("rel").is_none_or(|rel| rel == "alternate") && self.link.is_none() => {
                self.link = named(address)
            }
            Some(_) => {}
            None if !closed => self.link_from = Some(end),
            None => {}
        }
    }

    fn closes_link(&mut self, text: &str, end: usize) {
        if let Some(start) = self.link_from.take()
            && self.link.is_none()
        {
            self.link = named(content(text, start..end));
        }
    }

    /// RSS 2.0: a `guid` is an address unless it says that it is none.
    fn opens_guid(&mut self, text: &str, attributes: Range<usize>, end: usize) {
        let mut attributes = Attributes::new(text, attributes);
        let is_name =
            attributes.any(|(name, value)| name.eq_ignore_ascii_case("ispermalink") && text.get(value) == Some("false"));
        self.guid_from = (!is_name).then_some(end);
    }

    fn closes_guid(&mut self, text: &str, end: usize) {
        if let Some(start) = self.guid_from.take() {
            self.guid = named(content(text, start..end)).filter(|address| address.contains("://"));
        }
    }
}

fn named(address: String) -> Option<String> {
    (!address.is_empty()).then_some(address)
}

/// The text in a range, with its escapes undone.
fn content(text: &str, range: Range<usize>) -> String {
    let part = text.get(..range.end).unwrap_or("");
    let mut builder = RunBuilder::new(part);
    for token in Tokens::starting_at(part, range.start, Syntax::Xml) {
        match token {
            Token::Text(at) => builder.push(at, References::Decode),
            Token::Raw(at) => builder.push(at, References::Keep),
            _ => {}
        }
    }
    words(part, &builder.take()).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::feed_links;

    #[test]
    fn addresses_are_found_wherever_a_format_keeps_them() {
        let rss = "<?xml version=\"1.0\"?><rss><channel><link>https://a.example/</link><image><link>https://a.example/logo</link></image>\
            <item><title>One</title><link> <![CDATA[https://a.example/1?x=1&y=2]]> </link><guid>https://a.example/g1</guid></item>\
            <item><guid>https://a.example/2</guid></item><item><guid isPermaLink=\"false\">https://a.example/no</guid></item>\
            <item><guid>tag:three</guid></item><item><link>https://a.example/2</link></item></channel></rss>";
        assert_eq!(feed_links(rss).expect("a feed"), ["https://a.example/1?x=1&y=2", "https://a.example/2"]);
        let atom = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><link href=\"https://a.example/\"/><entry><link rel=\"self\" href=\"/x\"/>\
            <link href=\"/1?x=1&amp;y=2\"/></entry><entry><link rel='alternate' href='https://a.example/2'></link></entry></feed>";
        assert_eq!(feed_links(atom).expect("a feed"), ["/1?x=1&y=2", "https://a.example/2"]);
        assert_eq!(feed_links("<rss><channel><item><link>https://a.example/1").expect("a feed"), Vec::<String>::new());
    }
}
