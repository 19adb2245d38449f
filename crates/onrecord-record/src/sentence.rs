//! The sentence around some words, for joins that look at what stands beside them.

use onrecord_page::Article;
use onrecord_text::CleanSpan;

/// The sentences that hold `span`: from the end of the one before to the end of the last.
///
/// Ends are full stops before a capital, line breaks and block borders. A short capitalised word before a stop ("Gen.", "U.S.")
/// ends nothing.
pub(crate) fn around(article: &Article, span: CleanSpan) -> CleanSpan {
    let text = article.clean.text();
    let blocks = &article.blocks;
    let at = blocks.partition_point(|block| block.span.end() <= span.start());
    let whole = CleanSpan::new(0, u32::try_from(text.len()).unwrap_or(u32::MAX));
    let block = blocks.get(at).map(|block| block.span).filter(|block| block.contains_span(span)).unwrap_or(whole);
    let cut = |start: u32, end: u32| CleanSpan::new(start, end).cut(text);
    let before = cut(block.start(), span.start());
    let start = ends(before, cut(span.start(), block.end())).last().map_or(block.start(), |end| block.start() + end);
    // The last character of the span may be the stop itself.
    let last = cut(span.start(), span.end()).trim_end_matches(['”', '"', '’', ' ']).len();
    let from = (span.start() as usize + last.saturating_sub(1)).max(span.start() as usize);
    let from = (0..4).map(|back| from.saturating_sub(back)).find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let from = u32::try_from(from).unwrap_or(span.start());
    let after = cut(from, block.end());
    let end = ends(after, "").next().map_or(block.end(), |end| from + end);
    CleanSpan::new(start, end.max(span.end()))
}

/// Every sentence of the article's blocks, in order, without the space around it.
pub(crate) fn all(article: &Article) -> impl Iterator<Item = CleanSpan> + '_ {
    let text = article.clean.text();
    article.blocks.iter().flat_map(move |block| {
        let (start, inside) = (block.span.start(), block.span.cut(text));
        let length = u32::try_from(inside.len()).unwrap_or(u32::MAX);
        let mut stops: Vec<u32> = ends(inside, "").collect();
        stops.push(length);
        let mut from = 0;
        let sentences = stops.into_iter().filter_map(move |stop| {
            let sentence = inside.get(from as usize..stop as usize)?;
            let blank = u32::try_from(sentence.len() - sentence.trim_start().len()).ok()?;
            let words = u32::try_from(sentence.trim().len()).ok()?;
            let at = start + from + blank;
            from = stop;
            (words > 0).then(|| CleanSpan::new(at, at + words))
        });
        sentences.collect::<Vec<_>>()
    })
}

/// Bytes of `text` after which a sentence ends; `next` is what follows `text`.
fn ends<'a>(text: &'a str, next: &'a str) -> impl Iterator<Item = u32> + 'a {
    let mark = |(_, c): &(usize, char)| matches!(c, '.' | '!' | '?' | '\n');
    text.char_indices().filter(mark).filter_map(move |(at, c)| {
        let end = at + c.len_utf8();
        let rest = text.get(end..)?;
        let closing = rest.len() - rest.trim_start_matches(['”', '"', '’', ')']).len();
        let rest = rest.get(closing..)?;
        let mut following = rest.chars().chain(next.chars());
        let parted = following.next().is_none_or(char::is_whitespace);
        let opens = following.find(|c| !c.is_whitespace()).is_none_or(|c| !c.is_lowercase());
        let abbreviated = c == '.' && is_abbreviation(text.get(..at)?);
        let ends = c == '\n' || parted && opens && !abbreviated;
        ends.then(|| u32::try_from(end + closing).ok()).flatten()
    })
}

fn is_abbreviation(before: &str) -> bool {
    let word = before.rsplit(|c: char| c.is_whitespace() || c == '“' || c == '(').next().unwrap_or("");
    word.chars().count() <= 3 && word.starts_with(char::is_uppercase) && word.chars().any(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use onrecord_page::Article;
    use onrecord_text::CleanSpan;

    use super::around;

    fn sentence_of(text: &str, words: &str) -> String {
        let span = |from: usize, len: usize| CleanSpan::new(u32::try_from(from).unwrap(), u32::try_from(from + len).unwrap());
        let article = Article::of_paragraphs(text).unwrap();
        let found = around(&article, span(text.find(words).unwrap(), words.len()));
        found.cut(text).trim().to_owned()
    }

    #[test]
    fn a_sentence_ends_at_a_stop_before_a_capital() {
        let text = "Rain fell. Gen. Olm spoke at 3.30 p.m. in the U.S. base. “We wait.” Nobody came.";
        assert_eq!(sentence_of(text, "spoke"), "Gen. Olm spoke at 3.30 p.m. in the U.S. base.");
        assert_eq!(sentence_of(text, "fell"), "Rain fell.");
        assert_eq!(sentence_of(text, "We wait."), "“We wait.”");
        assert_eq!(sentence_of(text, "Nobody came."), "Nobody came.");
    }
}
