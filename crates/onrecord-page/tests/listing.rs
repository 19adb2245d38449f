//! Pages that list several pieces are parted into them; the parts of one article are not.

#![allow(clippy::unwrap_used, reason = "a test may stop")]

use onrecord_lexicon::Lexicon;
use onrecord_page::{Article, Genre, GenreBasis, Page, read_page};

fn read(html: &str) -> Page {
    read_page(html.as_bytes(), "page.html", Lexicon::embedded()).unwrap()
}

fn titles(page: &Page) -> Vec<&str> {
    page.articles.iter().map(|article| article.title.map_or("", |span| page.source.cut(span))).collect()
}

fn days(page: &Page) -> Vec<&str> {
    page.articles.iter().map(|article| article.published.as_ref().map_or("", |date| date.value.as_str())).collect()
}

fn texts(page: &Page) -> Vec<&str> {
    page.articles.iter().map(|article: &Article| article.clean.text()).collect()
}

const FERRY: &str =
    "The ferry between the two shores resumed on Tuesday after a week of storms, the ministry of ports said in a statement.";
const MILL: &str = "The mill on the northern shore was sold on Monday to a firm from the hills, its owner told reporters.";
const BOATS: &str = "Nine boats were counted in the strait at dawn on Monday, a spokesman of the coast guard said.";

#[test]
fn cards_of_a_section_are_pieces_of_their_own() {
    let card = |headline: &str, day: &str, text: &str| {
        format!(
            "<div class=card><h3><a href=\"/news/{day}\">{headline}</a></h3><span class=author>By Mara Lind</span>\
             <time datetime={day}>{day}</time><p>{text}</p><a href=\"/news/{day}\">Read more</a></div>"
        )
    };
    let cards = [
        card("Ferry resumes after storm", "2025-11-18", FERRY),
        card("Mill sold to firm from the hills", "2025-11-17", MILL),
        card("Nine boats counted at dawn", "2025-11-16", BOATS),
    ];
    let page = read(&format!(
        "<html><head><title>Harbour news</title><meta property=og:site_name content=\"Strait Times\"></head>\
         <body><nav><a href=/>Home</a></nav><h1>Harbour news</h1><div class=list>{}</div></body></html>",
        cards.concat()
    ));
    assert_eq!(titles(&page), ["Ferry resumes after storm", "Mill sold to firm from the hills", "Nine boats counted at dawn"]);
    assert_eq!(days(&page), ["2025-11-18", "2025-11-17", "2025-11-16"]);
    assert_eq!(texts(&page), [FERRY, MILL, BOATS]);
    let first = &page.articles[0];
    assert_eq!(first.byline.iter().map(|span| page.source.cut(*span)).collect::<Vec<_>>(), ["Mara Lind"]);
    assert_eq!(first.provenance.canonical.map(|span| page.source.cut(span)), Some("/news/2025-11-18"));
    assert_eq!(first.site.map(|span| page.source.cut(span)), Some("Strait Times"));
    assert_eq!((first.genre, first.genre_sign.map(|sign| sign.basis)), (Genre::Summary, Some(GenreBasis::Listing)));
}

#[test]
fn a_digest_without_elements_around_its_pieces_is_parted_by_source_and_day() {
    let page = read(&format!(
        "<body><h1>Strait Monitor</h1>\
         <h2>Ferry resumes after storm</h2><p>Reuters, 18 November 2025</p><p>{FERRY}</p>\
         <h2>Mill sold to firm from the hills</h2><p>Varda Post, 17 November 2025</p><p>{MILL}</p>\
         <h2>Nine boats counted at dawn</h2><p>Harbour Ledger, 16 November 2025</p><p>{BOATS}</p></body>"
    ));
    assert_eq!(titles(&page), ["Ferry resumes after storm", "Mill sold to firm from the hills", "Nine boats counted at dawn"]);
    assert_eq!(days(&page), ["2025-11-18", "2025-11-17", "2025-11-16"]);
    assert_eq!(page.articles[0].provenance.source.map(|span| page.source.cut(span)), Some("Reuters"));
    assert_eq!(texts(&page), [FERRY, MILL, BOATS]);
}

#[test]
fn entries_of_a_live_report_keep_their_times() {
    let entry = |time: &str, headline: &str, text: &str| {
        format!("<article><time datetime=\"{time}\">{}</time><h2>{headline}</h2><p>{text}</p></article>", &time[11..16])
    };
    let entries = [
        entry("2025-11-18T09:30:00Z", "Ferry resumes after storm", FERRY),
        entry("2025-11-18T09:10:00Z", "Mill sold to firm from the hills", MILL),
        entry("2025-11-18T08:40:00Z", "Nine boats counted at dawn", BOATS),
    ];
    let page = read(&format!(
        "<html><head><meta property=og:type content=article><title>Strait: live</title></head>\
         <body><main><h1>Strait: live</h1><div class=article-body>{}</div></main></body></html>",
        entries.concat()
    ));
    assert_eq!(days(&page), ["2025-11-18T09:30:00Z", "2025-11-18T09:10:00Z", "2025-11-18T08:40:00Z"]);
}

#[test]
fn rated_summaries_below_an_article_are_parted_from_it() {
    let summary = |label: &str, headline: &str, text: &str| {
        format!(
            "<div class=item><span><div>{label}</div></span><h3><a href=\"https://other.example/1\">{headline}</a></h3><p>{text}</p></div>"
        )
    };
    let page = read(&format!(
        "<html><head><meta property=og:type content=article><title>Winter on the strait</title></head><body><article><h1>Winter on the strait</h1>\
         <p>{FERRY}</p><p>{FERRY} It was the longest break in eleven years, and nobody on either shore could remember a worse one.</p>\
         <p>Those who had to cross went round by the ford, which costs a day and is closed to carts, the ministry said.</p></article>\
         <section>{}{}</section></body></html>",
        summary("Unverified", "Mill sold to firm from the hills", MILL),
        summary("Reliable", "Nine boats counted at dawn", BOATS)
    ));
    assert_eq!(titles(&page), ["Winter on the strait", "Mill sold to firm from the hills", "Nine boats counted at dawn"]);
    let marks: Vec<&str> = page.articles.iter().flat_map(|article| &article.labels).map(|label| label.value.as_str()).collect();
    assert_eq!(marks, ["unverified", "reliable"]);
    assert_eq!(texts(&page)[1..], [MILL, BOATS]);
}

#[test]
fn the_parts_of_one_article_stay_together() {
    let part = |headline: &str, text: &str| format!("<section><h2><a href=\"#x\">{headline}</a></h2><p>{text}</p></section>");
    let parts = [part("The ferry", FERRY), part("The mill", MILL), part("The boats", BOATS)].concat();
    let page = read(&format!("<body><article><h1>A week on the strait</h1>{parts}</article></body>"));
    assert_eq!(titles(&page), ["A week on the strait"]);
    assert_eq!(page.articles[0].blocks.len(), 6);
}

#[test]
fn an_article_about_ten_things_for_sale_is_one() {
    let part = |thing: &str, text: &str| {
        format!("<div><h3>1. <a href=\"https://shop.example/{thing}\">{thing} boat</a></h3><p>{text}</p></div>")
    };
    let parts = [part("rowing", FERRY), part("sailing", MILL), part("fishing", BOATS)].concat();
    let page = read(&format!(
        "<html><head><meta property=og:type content=article></head><body><article><h1>Boats to buy</h1>{parts}</article></body></html>"
    ));
    assert_eq!(titles(&page), ["Boats to buy"]);
}

#[test]
fn teasers_beside_a_short_article_do_not_take_its_place() {
    let teaser = |headline: &str, text: &str| format!("<div class=card><h3><a href=/n>{headline}</a></h3><p>{text}</p></div>");
    let teasers =
        [teaser("Ferry resumes again", FERRY), teaser("Mill is sold", MILL), teaser("Boats are counted", BOATS)].concat();
    let page = read(&format!(
        "<html><head><meta property=og:type content=article><title>Ford closed</title></head><body><article><h1>Ford closed</h1>\
         <p>The ford was closed after shots were heard on the southern bank, the command said in the evening.</p></article>\
         <div class=more>{teasers}</div></body></html>"
    ));
    assert_eq!(titles(&page)[0], "Ford closed");
    assert_eq!(page.articles.len(), 1);
}
