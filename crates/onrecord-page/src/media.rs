//! What kind of document a text is, by its content first and its name second.

use crate::article::Media;

/// Bytes that are looked at.
const WINDOW: usize = 64 * 1024;

/// Tags that make a text without a doctype HTML.
const TAGS: [&str; 12] =
    ["<p>", "<p ", "<div", "<br", "<a href", "<span", "<h1", "<title", "<meta", "<article", "<table", "</p>"];

/// Tells HTML, feeds and plain text apart; `name` is a file name or address.
pub(crate) fn of(text: &str, name: &str) -> Media {
    let text = text.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '\u{feff}' || letter == '\0');
    let window = text.get(..text.floor_char_boundary(WINDOW)).unwrap_or("").to_ascii_lowercase();
    let start = without_prologue(&window);
    if ["<rss", "<feed", "<rdf:rdf"].iter().any(|root| start.starts_with(root)) {
        return Media::Feed;
    }
    if start.starts_with("<!doctype html") || start.starts_with("<html") || window.contains("<html") || window.contains("<body") {
        return Media::Html;
    }
    let tags: usize = TAGS.iter().map(|tag| window.matches(tag).take(3).count()).sum();
    let path = name.split(['?', '#']).next().unwrap_or("").to_ascii_lowercase();
    let named_html = [".html", ".htm", ".xhtml", ".php", ".aspx"].iter().any(|extension| path.ends_with(extension));
    // A text that only talks about tags has one or two of them.
    let enough = if named_html { 1 } else { 4 };
    if tags >= enough && (named_html || start.starts_with('<') || window.contains("</")) { Media::Html } else { Media::Text }
}

/// Behind the XML declaration, processing instructions, comments and a doctype other than HTML's.
fn without_prologue(text: &str) -> &str {
    let mut rest = text;
    for _ in 0..16 {
        let end = match () {
            () if rest.starts_with("<?") => "?>",
            () if rest.starts_with("<!--") => "-->",
            () if rest.starts_with("<!doctype") && !rest.starts_with("<!doctype html") => ">",
            () => break,
        };
        let Some(at) = rest.find(end) else { break };
        rest = rest[at + end.len()..].trim_start();
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::of;
    use crate::article::Media;

    #[test]
    fn content_decides_before_the_name() {
        assert_eq!(of("<?xml version='1.0'?>\n<!-- x -->\n<rss version='2.0'>", "a.html"), Media::Feed);
        assert_eq!(of("<!DOCTYPE html><title>x</title>", "a.txt"), Media::Html);
        assert_eq!(of("The tag <p> opens a paragraph.", "a.txt"), Media::Text);
        assert_eq!(of("<p>One<p>Two<div>Three</div><div>Four</div>", "page"), Media::Html);
        assert_eq!(of("<p>One", "https://varda.example/a.html?x=1"), Media::Html);
    }
}
