//! Lists of pages: JSON lines with the page in them, JSON feeds, and tables with addresses.

use onrecord_page::CaptureData;
use serde_json::{Map, Value};

use crate::Opener;

/// Keys and columns under which lists put a page's text, best first.
const CONTENT: [&str; 8] = ["html", "raw_html", "text", "content", "body", "article_text", "fulltext", "maintext"];

/// Keys and columns for its address, and for the date that the list gives.
const ADDRESS: [&str; 6] = ["url", "link", "documentidentifier", "sourceurl", "source_url", "canonical_url"];
const DATE: [&str; 8] =
    ["date", "publish_date", "published", "date_publish", "publication_date", "pubdate", "captured_at", "timestamp"];

/// Keys and columns for its headline.
const TITLE: [&str; 2] = ["title", "headline"];

/// Plain text below its headline; a page in HTML has its own, and so has a text that starts with it.
fn with_title(title: Option<String>, content: String) -> String {
    let is_page = content.trim_start().starts_with('<');
    match title.filter(|title| !is_page && !content.trim_start().starts_with(title.trim())) {
        Some(title) => format!("{}\n\n{content}", title.trim()),
        None => content,
    }
}

/// Whether the first line is an object that holds a page.
pub(crate) fn is_json_lines(bytes: &[u8]) -> bool {
    if !bytes.starts_with(b"{") {
        return false;
    }
    let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or(bytes);
    let object: Option<Map<String, Value>> = serde_json::from_slice(line).ok();
    object.is_some_and(|object| {
        CONTENT.iter().any(|key| object.get(*key).is_some_and(Value::is_string)) && !object.contains_key("type")
    })
}

/// Whether this is a JSON Feed (<https://www.jsonfeed.org/version/1.1/>): its first words name the version.
pub(crate) fn is_json_feed(head: &[u8]) -> bool {
    let mark = b"jsonfeed.org/version";
    head.trim_ascii_start().starts_with(b"{") && head.windows(mark.len()).any(|words| words == mark)
}

/// The addresses of the pages that a JSON Feed lists, each once, relative ones as they stand; nothing where this is no such feed.
///
/// An item that links to a page elsewhere (`external_url`) and has one of its own (`url`) is told by its own.
///
/// ```
/// let feed = br#"{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "url": "https://paper.example/1"}]}"#;
/// assert_eq!(onrecord_container::json_feed_links(feed), Some(vec!["https://paper.example/1".to_owned()]));
/// assert_eq!(onrecord_container::json_feed_links(b"{}"), None);
/// ```
#[must_use]
pub fn json_feed_links(bytes: &[u8]) -> Option<Vec<String>> {
    if !is_json_feed(bytes) {
        return None;
    }
    let feed: Value = serde_json::from_slice(bytes).ok()?;
    let mut links: Vec<String> = Vec::new();
    for item in feed.get("items")?.as_array()? {
        let address = ["url", "external_url"].iter().find_map(|key| item[*key].as_str().filter(|url| !url.trim().is_empty()));
        // Feeds of the first version often have the page's address for an id, and nothing else.
        let id = || item["id"].as_str().filter(|id| id.starts_with("http://") || id.starts_with("https://"));
        links.extend(address.or_else(id).map(|url| url.trim().to_owned()).filter(|url| !links.contains(url)));
    }
    Some(links)
}

impl Opener {
    /// Each item of a JSON Feed as a page: its title as a headline, then its content.
    pub(crate) fn json_feed(&mut self, bytes: &[u8], name: &str) {
        let feed: Value = match serde_json::from_slice(bytes) {
            Ok(feed) => feed,
            Err(error) => return self.note(name, format!("cannot be read as JSON Feed: {error}")),
        };
        let mut without = 0usize;
        for (number, item) in feed["items"].as_array().into_iter().flatten().enumerate() {
            let text = |key: &str| item[key].as_str().filter(|text| !text.trim().is_empty());
            let title = text("title").unwrap_or("");
            let content = match (text("content_html"), text("content_text")) {
                (Some(html), _) => format!("<h1>{}</h1>\n{html}", title.replace('&', "&amp;").replace('<', "&lt;")),
                (None, Some(plain)) => format!("{title}\n\n{plain}"),
                (None, None) => {
                    without += 1;
                    continue;
                }
            };
            let address = text("url").or_else(|| text("external_url")).map(str::to_owned);
            let date = text("date_published").map(str::to_owned);
            self.listed(name, number + 1, content, address, date, "application/feed+json");
        }
        self.left_out(name, without, "has no content", "have no content");
    }

    pub(crate) fn json_lines(&mut self, bytes: &[u8], name: &str) {
        let (mut without, mut broken) = (0usize, 0usize);
        for (number, line) in bytes.split(|byte| *byte == b'\n').enumerate().filter(|(_, line)| !line.trim_ascii().is_empty()) {
            let Ok(object) = serde_json::from_slice::<Map<String, Value>>(line) else {
                broken += 1;
                continue;
            };
            // Our own exchange format is no list of pages.
            if object.contains_key("type") && object.contains_key("id") {
                continue;
            }
            let text = |keys: &[&str]| {
                keys.iter().find_map(|key| object.get(*key)?.as_str().filter(|text| !text.trim().is_empty())).map(str::to_owned)
            };
            let Some(content) = text(&CONTENT).map(|content| with_title(text(&TITLE), content)) else {
                without += 1;
                continue;
            };
            self.listed(name, number + 1, content, text(&ADDRESS), text(&DATE), "application/jsonl");
        }
        self.left_out(name, broken, "is no JSON object", "are no JSON objects");
        self.left_out(name, without, "gives no page, only what is said of it", "give no page, only what is said of it");
    }

    /// Each row of a table (RFC 4180) that holds a page.
    pub(crate) fn table(&mut self, bytes: Vec<u8>, name: &str, data: CaptureData) {
        let text = String::from_utf8_lossy(&bytes);
        let text = text.trim_start_matches('\u{feff}');
        let separator = if text.lines().next().is_some_and(|line| line.contains('\t')) { b'\t' } else { b',' };
        // Rows of any length: lists are cut by hand and by machine.
        let mut reader = csv::ReaderBuilder::new();
        let mut reader = reader.delimiter(separator).has_headers(false).flexible(true).from_reader(text.as_bytes());
        let mut rows = reader.records().map_while(Result::ok);
        let header: Vec<String> = rows.next().unwrap_or_default().iter().map(|cell| cell.trim().to_lowercase()).collect();
        let column = |names: &[&str]| names.iter().find_map(|name| header.iter().position(|cell| cell == name));
        let (address, content, date, title) = (column(&ADDRESS), column(&CONTENT), column(&DATE), column(&TITLE));
        // GDELT's tables have no header: the address is the last of many cells.
        let is_gdelt = header.len() >= 27 && header.iter().any(|cell| cell.starts_with("http"));
        if address.is_none() && !is_gdelt && content.is_none() {
            return self.capture(name, bytes, data);
        }
        let mut without = usize::from(is_gdelt);
        for (number, row) in rows.enumerate() {
            let cell = |column: Option<usize>| row.get(column?).filter(|cell| !cell.trim().is_empty()).map(str::to_owned);
            match cell(content).map(|content| with_title(cell(title), content)) {
                Some(text) => self.listed(name, number + 2, text, cell(address), cell(date), "text/csv"),
                None => without += 1,
            }
        }
        self.left_out(
            name,
            without,
            "is an address without its page; nothing was fetched",
            "are addresses without their pages; nothing was fetched",
        );
    }

    fn listed(
        &mut self,
        name: &str,
        number: usize,
        content: String,
        url: Option<String>,
        date: Option<String>,
        from: &'static str,
    ) {
        let part = format!("{name}!{number}!{}", url.as_deref().unwrap_or(""));
        let data = CaptureData { url, listed_date: date, unpacked_from: Some(from), ..CaptureData::default() };
        if self.spend(content.len()) {
            self.capture(&part, content.into_bytes(), data);
        }
    }

    fn left_out(&mut self, name: &str, count: usize, one: &str, several: &str) {
        match count {
            0 => {}
            1 => self.note(name, format!("1 line {one}")),
            _ => self.note(name, format!("{count} lines {several}")),
        }
    }
}
