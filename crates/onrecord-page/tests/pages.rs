//! Whole pages of our own making, read from the bytes.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use onrecord_lexicon::Lexicon;
use onrecord_page::{Article, BlockKind, DateBasis, Genre, Media, Page, read_page};
use onrecord_text::SourceSpan;

fn read(raw: &[u8], name: &str) -> Page {
    read_page(raw, name, Lexicon::embedded()).expect("the pages are short")
}

fn cut(page: &Page, span: Option<SourceSpan>) -> Option<&str> {
    span.map(|span| page.source.cut(span))
}

fn blocks(article: &Article) -> Vec<(BlockKind, &str)> {
    article.blocks.iter().map(|block| (block.kind, article.clean.cut(block.span))).collect()
}

fn byline<'p>(page: &'p Page, article: &Article) -> Vec<&'p str> {
    article.byline.iter().map(|span| page.source.cut(*span)).collect()
}

#[test]
fn reads_a_page_of_html() {
    let page = read(include_bytes!("pages/page.html"), "page.html");
    let [article] = &page.articles[..] else { panic!("one article, not {}", page.articles.len()) };
    assert_eq!((page.media, page.encoding), (Media::Html, "UTF-8"));
    assert_eq!(cut(&page, article.title), Some("Varda & Selmora sign paper on the strait"));
    assert_eq!(byline(&page, article), ["Mara Lind"]);
    assert_eq!(cut(&page, article.site), Some("The Harbour Ledger"));
    assert_eq!(cut(&page, article.agency), Some("Reuters"));
    let published = article.published.as_ref().unwrap();
    assert_eq!((published.value.as_str(), published.basis), ("2025-11-14T09:30:00+05:00", DateBasis::JsonLd));
    assert_eq!((article.language.as_deref(), article.genre), (Some("en"), Genre::Report));
    let expected = [
        (
            BlockKind::Paragraph,
            "SELMORA (Reuters) – Varda and Selmora signed a paper on Friday that sets out who may fish in the northern strait, officials of both sides said.",
        ),
        (
            BlockKind::Paragraph,
            "The text was not published. “It is written down, and it will be checked,” said Ona Brask, Varda’s foreign minister. Her counterpart did not speak.",
        ),
        (BlockKind::Heading, "What the paper leaves open"),
        (BlockKind::ListItem, "How many boats may leave port on one day."),
        (BlockKind::ListItem, "Who counts them."),
        (BlockKind::Quotation, "Nobody here believes in paper any more, but we do believe in fish."),
        (BlockKind::Paragraph, "Fishermen on both shores said they would wait for the first week before they judged it."),
    ];
    assert_eq!(blocks(article), expected);
    let all: Vec<&str> = expected.iter().map(|(_, text)| *text).collect();
    assert_eq!(article.clean.text(), all.join("\n\n"));
}

#[test]
fn reads_a_copied_page() {
    let page = read(include_bytes!("pages/copied.txt"), "copied.txt");
    let [article] = &page.articles[..] else { panic!("one article, not {}", page.articles.len()) };
    assert_eq!(cut(&page, article.title), Some("Varda says the ferry talks go on despite new att@cks"));
    assert_eq!(byline(&page, article), ["Mara Lind"]);
    assert_eq!(cut(&page, article.site), Some("The Harbour Ledger"));
    let published = article.published.as_ref().unwrap();
    assert_eq!((published.value.as_str(), published.basis), ("2025-11-14", DateBasis::VisibleLine));
    assert_eq!(page.source.cut(published.span), "November 14, 2025");
    let found: Vec<(&str, &str)> =
        article.restored.iter().map(|word| (page.source.cut(word.span), word.restored.as_str())).collect();
    // The headline stands three times: in the trail of links, as headline, and below a picture.
    assert_eq!(found, [("att@cks", "attacks"), ("att@cks", "attacks"), ("att@cks", "attacks"), ("terr0rist", "terrorist")]);
    let expected = [
        (
            BlockKind::Paragraph,
            "Varda said on Thursday that it had not broken off the talks with Selmora about the ferry, although two boats were fired upon this week.",
        ),
        (BlockKind::Heading, "A port that nobody uses"),
        (
            BlockKind::Paragraph,
            "Foreign minister Ona Brask told reporters that the terrorist group behind the shots had been named to both sides. “We ask for deeds,” she said.",
        ),
        (BlockKind::Paragraph, "Selmora answered that it knew of no such group. It called the claim “invented for the cameras”."),
    ];
    assert_eq!(blocks(article), expected);
}

#[test]
fn reads_the_summaries_of_an_aggregator() {
    let page = read(include_bytes!("pages/aggregator.txt"), "aggregator.txt");
    let titles: Vec<Option<&str>> = page.articles.iter().map(|article| cut(&page, article.title)).collect();
    let expected = [
        "Selmora opens the northern lock, Varda waits for word from its pilots",
        "Lights along the channel were never broken, harbour office says",
        "Pilots' union to vote on return",
    ];
    assert_eq!(titles, expected.map(Some));
    let labels: Vec<Vec<(&str, &str)>> = page
        .articles
        .iter()
        .map(|article| article.labels.iter().map(|label| (label.name, label.value.as_str())).collect())
        .collect();
    assert_eq!(labels, [vec![], vec![("reliability", "reliable")], vec![("reliability", "partly false")]]);
    let genres: Vec<Genre> = page.articles.iter().map(|article| article.genre).collect();
    assert_eq!(genres, [Genre::Report, Genre::Summary, Genre::Summary]);
    assert_eq!(page.articles.iter().map(|article| article.blocks.len()).collect::<Vec<_>>(), [2, 1, 1]);
}

#[test]
fn joins_wrapped_lines() {
    let raw = "SELMORA, Nov 3 (AFP) - The two delegations met on Monday and agreed\nthat the ferry would run again before the end of the month, an\nofficial said.\n\n\
               The port had been closed since the spring, when a boat was turned\nback by the coast guard of Varda.\n";
    let page = read(raw.as_bytes(), "wire.txt");
    let article = &page.articles[0];
    assert_eq!(article.blocks.len(), 2);
    assert!(
        article.clean.text().starts_with("SELMORA, Nov 3 (AFP) - The two delegations met on Monday and agreed that the ferry")
    );
    assert_eq!(cut(&page, article.agency), Some("AFP"));
    assert_eq!((article.title, article.published.as_ref()), (None, None));
}

#[test]
fn reads_text_written_from_right_to_left() {
    let raw = "<html lang=\"fa\"><head><title>گفتگوها ادامه دارد</title></head><body><h1>گفتگوها ادامه دارد</h1><p>وزارت خارجه روز دوشنبه اعلام کرد که گفتگوها با کشور همسایه درباره بندر شمالی ادامه دارد و هنوز تاریخی تعیین نشده است.</p>\
               <p>سخنگوی وزارتخانه گفت که هیچ توافق کتبی امضا نشده است و دو طرف هفته آینده دوباره دیدار می‌کنند.</p></body></html>";
    let page = read(raw.as_bytes(), "fa.html");
    let article = &page.articles[0];
    assert_eq!((article.blocks.len(), article.language.as_deref()), (2, Some("fa")));
    assert_eq!(cut(&page, article.title), Some("گفتگوها ادامه دارد"));
    assert!(article.clean.text().contains("می‌کنند"));
}

#[test]
fn an_ambiguous_date_is_noted_and_not_read() {
    let raw = "Talks about the strait fail again\nBy Mara Lind\n03/04/2025\n\nVarda said that the talks with its neighbour had failed for a third time this year.\n";
    let page = read(raw.as_bytes(), "a.txt");
    assert_eq!(page.articles[0].published, None);
    assert_eq!(byline(&page, &page.articles[0]), ["Mara Lind"]);
    assert!(page.notes.iter().any(|note| note.name == "ambiguous-date" && note.span.is_some()));
}

#[test]
fn opinion_is_told_by_its_mark() {
    let raw = "The strait belongs to those who cross it\n\nNobody in the capital has crossed the strait in winter, and it shows in every paper they sign.\n\n\
               They should be made to take the night boat once, with their families and their luggage.\n\nThe writer is a retired ferryman.\n";
    assert_eq!(read(raw.as_bytes(), "a.txt").articles[0].genre, Genre::Opinion);
}

#[test]
fn odd_bytes_are_noted() {
    let page = read(b"Varda said on Mon\0day that the talks had failed for a third time\xff, and left.", "a.txt");
    let names: Vec<&str> = page.notes.iter().map(|note| note.name).collect();
    assert!(names.contains(&"nul-bytes"), "{names:?}");
    assert!(page.articles[0].clean.text().starts_with("Varda said on Monday that"));
    let page = read(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "a.pdf");
    assert_eq!((page.media, page.articles.len(), page.notes[0].name), (Media::Binary, 0, "binary"));
    let page = read("Die Gespräche über die Brücke führten zu nichts, sagte die Außenministerin am Montag.".as_bytes(), "a.txt");
    assert_eq!(page.notes, []);
}

/// A page with this head and these lines under the headline.
fn dated(head: &str, below: &str, behind: &str) -> Page {
    let page = format!(
        "<html><head><title>Ferry runs again to Selmora</title>{head}</head><body><article><h1>Ferry runs again to Selmora</h1>{below}\
         <p>The ferry between the two shores sailed on Monday for the first time since the spring, its office said.</p>\
         <p>Fishermen on both shores said they would wait for the first week before they judged it.</p></article>{behind}</body></html>"
    );
    read(page.as_bytes(), "page.html")
}

fn published(page: &Page) -> Option<(&str, DateBasis)> {
    page.articles[0].published.as_ref().map(|date| (date.value.as_str(), date.basis))
}

#[test]
fn a_piece_is_not_published_after_its_last_change() {
    let stamps = |published: &str, modified: &str| {
        format!(
            "<script type=\"application/ld+json\">{{\"@type\":\"NewsArticle\",\"datePublished\":\"{published}\",\"dateModified\":\"{modified}\"}}</script>"
        )
    };
    let (early, late) = ("2025-11-19T22:02:45Z", "2025-11-19T22:02:58Z");
    let shown = "<div class=\"post-meta\"><div>Nov 18, 2025</div></div>";
    assert_eq!(published(&dated(&stamps(late, early), shown, "")), Some(("2025-11-18", DateBasis::VisibleLine)));
    assert_eq!(published(&dated(&stamps(early, late), shown, "")), Some((early, DateBasis::JsonLd)));
    assert_eq!(published(&dated(&stamps(late, early), "", "")), Some((late, DateBasis::JsonLd)));
}

#[test]
fn a_list_of_the_sites_pieces_dates_this_one_too() {
    let item = |words: &str, day: &str| {
        format!("<div><h4><a href=\"/x\">{words}</a></h4><time datetime=\"{day}\">that day</time></div>")
    };
    let list = [item("Port closed for repairs", "2025-10-02"), item("Ferry runs again to Selmora", "2025-11-18")].concat();
    assert_eq!(published(&dated("", "", &list)), Some(("2025-11-18", DateBasis::TimeElement)));
    let others = [item("Port closed for repairs", "2025-10-02"), item("Pilots vote", "2025-11-18")].concat();
    assert_eq!(published(&dated("", "", &others)), None);
}

#[test]
fn only_a_change_is_no_publication() {
    let page = dated("<meta property=\"article:modified_time\" content=\"2025-11-18\">", "", "");
    assert_eq!(published(&page), None);
    assert_eq!(page.articles[0].modified.as_ref().map(|date| date.value.as_str()), Some("2025-11-18"));
}
