//! The brief of a hand-made record as an HTML page.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

mod sample;

use std::collections::BTreeSet;

use onrecord_wire::html::page;

fn html() -> String {
    page(&sample::record(), &sample::lexicon())
}

fn attributes<'a>(html: &'a str, opening: &str) -> Vec<&'a str> {
    html.match_indices(opening).filter_map(|(at, found)| html[at + found.len()..].split('"').next()).collect()
}

#[test]
fn ids_are_unique_and_every_link_has_its_target() {
    let html = html();
    let ids = attributes(&html, " id=\"");
    let known: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(known.len(), ids.len(), "an id stands twice");
    for link in attributes(&html, "href=\"") {
        assert!(link.strip_prefix('#').is_some_and(|id| known.contains(id)), "{link}");
    }
}

#[test]
fn every_tag_that_is_opened_is_closed_in_order() {
    const VOID: [&str; 3] = ["meta", "br", "!doctype"];
    let html = html();
    let body = html.split("</style>").nth(1).unwrap();
    let mut open: Vec<String> = Vec::new();
    for part in body.split('<').skip(1) {
        let name: String =
            part.chars().take_while(|c| c.is_alphanumeric() || "/!".contains(*c)).collect::<String>().to_lowercase();
        if let Some(closed) = name.strip_prefix('/') {
            if !["head", "body", "html"].contains(&closed) {
                assert_eq!(open.pop().as_deref(), Some(closed), "before {part}");
            }
        } else if !VOID.contains(&name.as_str()) && name != "body" {
            open.push(name);
        }
    }
    assert_eq!(open, Vec::<String>::new());
}

#[test]
fn nothing_is_fetched_and_nothing_runs() {
    let html = html();
    for forbidden in ["<script", "src=", "url(", "@import", "http:", "https:", "<link", "onclick"] {
        assert!(!html.contains(forbidden), "{forbidden}");
    }
}

#[test]
fn the_source_keeps_its_spelling_and_cannot_write_markup() {
    let html = html();
    assert!(html.contains("<span class=\"bent\" title=\"read as attack\">att@ck</span>"));
    assert!(!html.contains("Third <State>"));
    assert!(html.contains("Norrholm’s envoy"), "entities of the source are read");
}

#[test]
fn items_lead_to_their_words_and_back() {
    let html = html();
    let item = html.split("id=\"d1\"").nth(1).unwrap();
    let anchor = attributes(item, "href=\"#").remove(0);
    let words = html.split(&format!("id=\"{anchor}\"")).nth(1).unwrap();
    assert!(words.starts_with(">open the Lind gate by 1 May"), "{}", &words[..60]);
    assert!(words[..200].contains("href=\"#d1\""));
}

#[test]
fn headings_go_down_one_step_at_a_time() {
    let html = html();
    let mut last = 0;
    for (at, _) in html.match_indices("<h").filter(|(at, _)| html[at + 2..].starts_with(|c: char| c.is_ascii_digit())) {
        let level: usize = html[at + 2..at + 3].parse().unwrap();
        assert!(level <= last + 1, "h{level} after h{last}");
        last = level;
    }
}

#[test]
fn the_same_record_gives_the_same_page() {
    assert_eq!(html(), html());
}
