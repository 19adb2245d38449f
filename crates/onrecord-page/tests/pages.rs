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

fn titles(page: &Page) -> Vec<&str> {
    page.articles.iter().filter_map(|article| cut(page, article.title)).collect()
}

#[test]
fn a_digest_is_parted_into_its_pieces() {
    let text = "Strait Monitor\nHome | About | Contact\n\n\
        1. Ferry resumes after storm\nReuters, 18 November 2025\nThe ferry between the two shores resumed on Tuesday after a week of storms, \
        the ministry of ports said in a statement. Officials said that tickets would be sold from Wednesday.\nRead more\n\n\
        2. Mill sold to firm from the hills\nVarda Post, 18 November 2025\nThe mill on the northern shore was sold on Monday to a firm from \
        the hills, its owner told reporters. Its workers were told by letter that they may stay.\nRead more\n\n\
        3. Nine boats counted at dawn\nHarbour Ledger, 17 November 2025\nNine boats were counted in the strait at dawn on Monday, a \
        spokesman of the coast guard said. He did not say whose they were.\nRead more\n";
    let page = read(text.as_bytes(), "digest.txt");
    assert_eq!(titles(&page), ["Ferry resumes after storm", "Mill sold to firm from the hills", "Nine boats counted at dawn"]);
    let days: Vec<Option<&str>> =
        page.articles.iter().map(|article| article.published.as_ref().map(|date| date.value.as_str())).collect();
    assert_eq!(days, [Some("2025-11-18"), Some("2025-11-18"), Some("2025-11-17")]);
    assert_eq!(cut(&page, page.articles[0].provenance.source), Some("Reuters"));
    assert!(page.articles.iter().all(|article| article.genre == Genre::Summary && article.blocks.len() == 1));
}

#[test]
fn a_chronicle_is_one_article() {
    let text = "A year at the ford\nBy Mara Lind\n\nThe ford was opened and closed nine times this year, and nobody kept a list of it until now.\n\n\
        12 March 2025\nThe ford was closed after shots were heard on the southern bank, the command said in the evening.\n\n\
        3 May 2025\nThe ford was opened for two hours, so that the sick could be carried over by boat and by cart.\n\n\
        9 June 2025\nThe ford was closed again, this time by the command of the northern bank, which gave no reason.\n";
    assert_eq!(read(text.as_bytes(), "chronicle.txt").articles.len(), 1);
}

#[test]
fn labels_glued_above_their_headline_part_the_page() {
    let text = "Daily digest of the strait\nTop stories\n\nFact CheckFerry never sailed on Monday, port says\nFerry never sailed on Monday, port says\n\
        The port office said on Tuesday that no ferry had left the northern quay on Monday, whatever the videos show.\n\n\
        OpinionThe strait needs a bridge\nThe strait needs a bridge\n\
        Nobody who crosses in winter can doubt it: a bridge would pay for itself within ten years, and save lives each spring.\n\n\
        UnverifiedPilots said to be on strike\nPilots said to be on strike\n\
        Messages shared on Sunday claim that the pilots of the southern port have stopped work; their union has not answered.\n";
    let page = read(text.as_bytes(), "digest.txt");
    assert_eq!(
        titles(&page),
        ["Ferry never sailed on Monday, port says", "The strait needs a bridge", "Pilots said to be on strike"]
    );
    let labels: Vec<(&str, &str)> =
        page.articles.iter().map(|article| (article.labels[0].name, &*article.labels[0].value)).collect();
    assert_eq!(labels, [("reliability", "fact check"), ("section", "opinion"), ("reliability", "unverified")]);
    assert!(page.articles.iter().all(|article| article.blocks.len() == 1));
}

const PROSE: &str = "<p>SELMORA, Nov 18 (Reuters) - The ferry between the two shores will resume on Monday, the ministry of ports said.</p>\
    <p>It had been stopped since the spring, when a boat was turned back by the coast guard of the other side.</p>";

#[test]
fn microdata_and_dublin_core_are_read() {
    let page = format!(
        "<html><head><title>Ferry to resume | Strait Times</title></head><body><div itemscope itemtype=\"https://schema.org/NewsArticle\">\
         <meta itemprop=\"datePublished\" content=\"2025-11-18T07:10:00+02:00\"><meta itemprop=\"dateModified\" content=\"2025-11-19\">\
         <h1 itemprop=\"headline\">Ferry to resume</h1><span itemprop=\"author\"><span itemprop=\"name\">Mara Lind</span></span>\
         <div itemprop=\"publisher\" itemscope><meta itemprop=\"url\" content=\"/x\"><meta itemprop=\"name\" content=\"Strait Times\"></div>\
         <div itemprop=\"articleBody\">{PROSE}</div></div></body></html>"
    );
    let page = read(page.as_bytes(), "page.html");
    let article = &page.articles[0];
    assert_eq!((cut(&page, article.title), cut(&page, article.site)), (Some("Ferry to resume"), Some("Strait Times")));
    assert_eq!(byline(&page, article), ["Mara Lind"]);
    assert_eq!((cut(&page, article.agency), cut(&page, article.provenance.dateline)), (Some("Reuters"), Some("SELMORA")));
    let day = |date: &Option<onrecord_page::PageDate>| date.as_ref().map(|date| date.value.clone());
    assert_eq!(day(&article.published).as_deref(), Some("2025-11-18T07:10:00+02:00"));
    assert_eq!(day(&article.modified).as_deref(), Some("2025-11-19"));
    let page = format!(
        "<html><head><title>Ferry to resume - Port Gazette</title><meta name=\"DC.creator\" content=\"Jon Berg\">\
         <meta name=\"DC.date.issued\" content=\"2025-11-18\"><meta name=\"DC.publisher\" content=\"Port Gazette\">\
         <link rel=\"canonical\" href=\"https://gazette.example/ferry\"></head><body><h2>Ferry to resume</h2>{PROSE}</body></html>"
    );
    let page = read(page.as_bytes(), "page.html");
    let article = &page.articles[0];
    assert_eq!((cut(&page, article.title), cut(&page, article.site)), (Some("Ferry to resume"), Some("Port Gazette")));
    assert_eq!((byline(&page, article), published(&page)), (vec!["Jon Berg"], Some(("2025-11-18", DateBasis::Meta))));
    assert_eq!(cut(&page, article.provenance.canonical), Some("https://gazette.example/ferry"));
}

#[test]
fn the_source_that_a_feed_names_is_kept_and_cut_off_the_headline() {
    let feed = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>ferry</title><item><title>Ferry to resume - Varda Post</title>\
        <link>https://search.example/1</link><description>The ferry will resume on Monday, the ministry of ports said.</description>\
        <source url=\"https://post.example\">Varda Post</source></item></channel></rss>";
    let page = read(feed.as_bytes(), "feed.xml");
    let article = &page.articles[0];
    assert_eq!((cut(&page, article.title), cut(&page, article.provenance.source)), (Some("Ferry to resume"), Some("Varda Post")));
    assert_eq!((article.genre, cut(&page, article.provenance.canonical)), (Genre::Summary, Some("https://search.example/1")));
}
