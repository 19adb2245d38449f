//! The promise on spans, checked for every word of a page.

use onrecord_page::{Article, Media, Page};
use onrecord_text::CleanSpan;

/// Every word of every block is what the source says at its span once character references are decoded, or a restored spelling.
pub(crate) fn lead_to_the_source(page: &Page) {
    for article in &page.articles {
        let mut end = 0;
        for block in &article.blocks {
            let text = article.clean.cut(block.span);
            assert!(!text.trim().is_empty() && block.span.range().start >= end, "blocks hold words and come in order");
            end = block.span.range().end;
            let start = block.span.range().start;
            let cover = article.clean.source_of(block.span);
            assert!(page.source.text().get(cover.range()).is_some(), "a block leads to no text");
            for word in text.split_whitespace() {
                let at = start + (word.as_ptr().addr() - text.as_ptr().addr());
                let offset = |byte: usize| u32::try_from(byte).expect("pages are short");
                check(page, article, CleanSpan::new(offset(at), offset(at + word.len())), word);
            }
        }
    }
}

fn check(page: &Page, article: &Article, span: CleanSpan, word: &str) {
    let pieces = article.clean.source_pieces(span);
    assert!(!pieces.is_empty(), "`{word:.80}` comes from nowhere");
    let mut verbatim = String::new();
    let mut decoded = String::new();
    for piece in &pieces {
        let cut = page.source.text().get(piece.range()).unwrap_or_else(|| panic!("`{word:.80}` cuts a character at {piece:?}"));
        verbatim.push_str(cut);
        decoded.push_str(&htmlize::unescape(cut));
    }
    let restored = || article.restored.iter().find(|restored| pieces.iter().any(|piece| piece.overlaps(restored.span)));
    let holds = match page.media {
        // `&nbspnav` is one reference that stands for a space and for what follows it.
        Media::Html => decoded == word || decoded.split_whitespace().any(|part| part == word),
        // Markup in a feed is escaped once more.
        Media::Feed => decoded == word || htmlize::unescape(&decoded) == word || verbatim == word,
        Media::Text | Media::Binary => verbatim == word,
    };
    if !holds {
        let restored = restored().unwrap_or_else(|| panic!("`{word:.80}` stands for `{verbatim:.80}`"));
        assert!(word.contains(&restored.restored), "`{word:.80}` does not hold `{}`", restored.restored);
    }
}
