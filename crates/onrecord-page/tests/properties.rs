//! What holds for any bytes: nothing panics, every span cuts, every block leads back.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

mod words;

use onrecord_lexicon::Lexicon;
use onrecord_page::{Page, kept_lines, read_page};
use onrecord_text::SourceSpan;
use proptest::prelude::*;

/// Pieces of pages: put together at random they make broken markup, odd dates and half-copied menus.
const PIECES: &[&str] = &[
    "<p>",
    "</p>",
    "<div class='share'>",
    "</div>",
    "<article>",
    "<h1>",
    "</h1>",
    "<script type='application/ld+json'>",
    "</script>",
    "<!--",
    "-->",
    "<a href=\"",
    "\">",
    "&amp;",
    "&lt;p&gt;",
    "&#0;",
    "&nbsp;",
    "<title>",
    "<time datetime='2025-11-14'>",
    "<meta property='og:title' content='x'>",
    "<![CDATA[",
    "]]>",
    "<rss>",
    "<item>",
    "<description>",
    "</item>",
    "<br>",
    "<li>",
    "<td>",
    "{\"@type\":\"NewsArticle\",\"headline\":\"Talks",
    "\"}",
    "By Mara Lind",
    "November 14, 2025",
    "03/04/2025",
    "\n",
    "\n\n",
    "  • ",
    "Home",
    "Share",
    "Related Posts",
    "© 2026 The Varda Post.",
    "ReliableTalks fail",
    "Talks fail",
    "att@cks",
    "secu-rity",
    "é",
    "\u{202b}",
    "\u{ad}",
    "\0",
    "سفارت",
    "Varda said on Monday that the talks with its neighbour had failed for a third time.",
    "(Reuters)",
    "More in Region",
    "“",
    "'",
];

fn check(page: &Page) {
    words::lead_to_the_source(page);
    let source = page.source.text();
    let cuts = |span: SourceSpan| source.get(span.range()).is_some();
    for article in &page.articles {
        let named = article.title.iter().chain(&article.byline).chain(&article.site).chain(&article.agency).copied();
        let dated = article.published.iter().chain(&article.modified).map(|date| date.span);
        let marked = article.labels.iter().map(|label| label.span).chain(article.restored.iter().map(|word| word.span));
        for span in named.chain(dated).chain(marked) {
            assert!(cuts(span) && !span.is_empty(), "{span:?}");
        }
    }
    assert!(page.notes.iter().filter_map(|note| note.span).all(cuts));
}

proptest! {
    #[test]
    fn any_bytes_give_a_page(raw in proptest::collection::vec(any::<u8>(), 0..600), name in "[a-z.]{0,12}") {
        check(&read_page(&raw, &name, Lexicon::embedded()).unwrap());
    }

    #[test]
    fn any_mixture_gives_a_page(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..60), name in "(a.html|a.txt|a)") {
        let text = pieces.concat();
        check(&read_page(text.as_bytes(), &name, Lexicon::embedded()).unwrap());
        prop_assert_eq!(kept_lines(&text, Lexicon::embedded()).len(), text.split('\n').count());
    }

    /// A whole page of which some stretches were cut out, doubled or swapped.
    #[test]
    fn a_mangled_page_keeps_its_words(cuts in proptest::collection::vec((0..4000usize, 0..400usize, 0..3u8), 1..8)) {
        let mut bytes = include_bytes!("pages/page.html").to_vec();
        for (at, len, what) in cuts {
            let start = at % bytes.len().max(1);
            let end = (start + len).min(bytes.len());
            let part = bytes[start..end].to_vec();
            match what {
                0 => drop(bytes.drain(start..end)),
                1 => drop(bytes.splice(start..start, part)),
                _ => bytes[start..end].reverse(),
            }
        }
        check(&read_page(&bytes, "a.html", Lexicon::embedded()).unwrap());
    }

    #[test]
    fn lines_of_pieces_give_a_page(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..60)) {
        check(&read_page(pieces.join("\n").as_bytes(), "a.txt", Lexicon::embedded()).unwrap());
    }
}
