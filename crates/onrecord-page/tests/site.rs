//! What the pages of a site share is taken from each of them, whatever their order, and nothing else is.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

mod words;

use onrecord_lexicon::Lexicon;
use onrecord_page::{Page, SiteLines, read_page};

const ABOUT: &str = "The Harbour Ledger has reported from both shores since the first ferry sailed, and belongs to its readers.";
const BACKGROUND: &str = "The two towns have disputed the northern quay since the flood, when the old border stones were lost.";

/// Articles of a site: an opening line of the site, a story with a background paragraph in its midst, and the site about itself.
fn page(site: &str, story: [&str; 2]) -> (Page, String) {
    let [first, last] = story;
    let text = format!(
        "<html><head><meta property=\"og:site_name\" content=\"Ledger\"></head><body><article><h1>{first}</h1>\
         <p>{first} That was the word of the port office on Monday, and of the pilots as well.</p>\
         <p>{BACKGROUND}</p><p>{last} Nobody on the quay expected anything else before the spring.</p><p>{ABOUT}</p></article></body></html>"
    );
    let url = format!("https://{site}/{}", first.len());
    (read_page(text.as_bytes(), &url, Lexicon::embedded()).unwrap(), url)
}

fn site() -> Vec<(Page, String)> {
    [
        ["The ferry sails again after the storm has passed.", "Tickets will be sold from Tuesday on the northern shore."],
        ["The mill was sold to a firm from the hills.", "Its workers were told by letter that they may stay."],
        ["Nine boats were counted in the strait at dawn today.", "The coast guard of Varda did not say whose they were."],
    ]
    .map(|story| page("www.ledger.example", story))
    .into()
}

fn read_together(mut pages: Vec<(Page, String)>) -> Vec<(Page, String)> {
    let lines = SiteLines::of(pages.iter().map(|(page, url)| (page, Some(url.as_str()))));
    for (page, url) in &mut pages {
        lines.drop_from(page, Some(url));
        words::lead_to_the_source(page);
    }
    pages
}

fn texts(pages: &[(Page, String)]) -> Vec<String> {
    let mut texts: Vec<String> = pages.iter().map(|(page, _)| page.articles[0].clean.text().to_owned()).collect();
    texts.sort();
    texts
}

#[test]
fn what_the_site_says_of_itself_goes_and_background_stays() {
    assert!(texts(&site()).iter().all(|text| text.ends_with(ABOUT)));
    let together = texts(&read_together(site()));
    assert!(
        together.iter().all(|text| !text.contains(ABOUT) && text.contains(BACKGROUND) && text.ends_with("before the spring.")),
        "{together:?}"
    );
    let mut turned = site();
    turned.reverse();
    assert_eq!(texts(&read_together(turned)), together);
}

#[test]
fn other_sites_and_other_versions_prove_nothing() {
    let two: Vec<(Page, String)> = site().into_iter().take(2).collect();
    assert_eq!(texts(&read_together(two.clone())), texts(&two));
    let mut elsewhere = two.clone();
    elsewhere.push(page(
        "post.example",
        ["Rain fell on both shores all of the week.", "The grain is wet and the bakers are worried."],
    ));
    assert_eq!(texts(&read_together(elsewhere.clone())), texts(&elsewhere));
    let story = ["The ferry sails again after the storm has passed.", "Tickets will be sold from Tuesday on the northern shore."];
    let versions: Vec<(Page, String)> = (0..4).map(|_| page("ledger.example", story)).collect();
    assert_eq!(texts(&read_together(versions.clone())), texts(&versions));
}
