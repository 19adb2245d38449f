//! Every span goes out to the source and comes back.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use onrecord_text::{CleanSpan, CleanText, Edit, EditError, Source, SourceSpan};
use proptest::prelude::*;

/// A text and edits on it that do not overlap, cut at characters.
fn edited() -> impl Strategy<Value = (Source, Vec<Edit>)> {
    let piece = ("[a-zé“ ]{1,6}", prop::option::of("[A-Z’]{0,4}"));
    prop::collection::vec(piece, 0..24).prop_map(|pieces| {
        let (mut text, mut edits) = (String::new(), Vec::new());
        for (words, edit) in pieces {
            let start = u32::try_from(text.len()).unwrap();
            text.push_str(&words);
            let end = u32::try_from(text.len()).unwrap();
            edits.extend(edit.map(|with| Edit::replace(SourceSpan::new(start, end), with)));
        }
        (Source::new(text.as_bytes(), text.as_str()).unwrap(), edits)
    })
}

/// All spans of `text` that start and end at characters.
fn all_spans(text: &str) -> Vec<(u32, u32)> {
    let stops: Vec<u32> = (0..=text.len()).filter(|at| text.is_char_boundary(*at)).map(|at| u32::try_from(at).unwrap()).collect();
    stops.iter().enumerate().flat_map(|(n, start)| stops[n + 1..].iter().map(move |end| (*start, *end))).collect()
}

proptest! {
    #[test]
    fn every_span_goes_out_and_comes_back((source, edits) in edited()) {
        let clean = CleanText::apply(&source, &edits).unwrap();
        for (start, end) in all_spans(clean.text()) {
            let span = CleanSpan::new(start, end);
            let out = clean.source_of(span);
            prop_assert!(source.text().get(out.range()).is_some_and(|words| !words.is_empty()));
            let back = clean.clean_of(out).unwrap();
            prop_assert!(back.contains_span(span), "{span:?} came back as {back:?}");
            prop_assert_eq!(clean.source_of(back), out);
        }
    }

    #[test]
    fn untouched_words_map_to_themselves((source, edits) in edited()) {
        let clean = CleanText::apply(&source, &edits).unwrap();
        for (start, end) in all_spans(source.text()) {
            let span = SourceSpan::new(start, end);
            if edits.iter().any(|edit| edit.range.overlaps(span)) {
                continue;
            }
            let kept = clean.clean_of(span).unwrap();
            prop_assert_eq!(clean.cut(kept), source.cut(span));
            prop_assert_eq!(clean.source_pieces(kept), vec![span]);
        }
    }

    #[test]
    fn half_a_replacement_maps_to_the_whole((source, edits) in edited()) {
        let clean = CleanText::apply(&source, &edits).unwrap();
        for edit in edits.iter().filter(|edit| !edit.with.is_empty()) {
            let whole = clean.clean_of(edit.range).unwrap();
            prop_assert_eq!(clean.cut(whole), edit.with.as_str());
            let first = edit.with.chars().next().map_or(0, char::len_utf8);
            let half = CleanSpan::new(whole.start(), whole.start() + u32::try_from(first).unwrap());
            prop_assert_eq!(clean.source_of(half), edit.range);
        }
    }

    #[test]
    fn the_order_of_edits_does_not_matter((source, edits) in edited(), seed in any::<u64>()) {
        let mut shuffled = edits.clone();
        shuffled.sort_by_key(|edit| u64::from(edit.range.start()).wrapping_mul(seed | 1));
        prop_assert_eq!(CleanText::apply(&source, &edits), CleanText::apply(&source, &shuffled));
    }
}

#[test]
fn an_overlap_names_both_places() {
    let source = Source::new(b"abcdef", "abcdef").unwrap();
    let (first, second) = (SourceSpan::new(0, 3), SourceSpan::new(2, 5));
    let result = CleanText::apply(&source, &[Edit::drop(second), Edit::drop(first)]);
    assert_eq!(result, Err(EditError::Overlap { first, second }));
}

#[test]
fn an_edit_outside_the_source_or_inside_a_character_is_refused() {
    let source = Source::new("é".as_bytes(), "é").unwrap();
    for span in [SourceSpan::new(0, 1), SourceSpan::new(0, 9)] {
        assert_eq!(CleanText::apply(&source, &[Edit::drop(span)]), Err(EditError::OffCharacter(span)));
    }
}

#[test]
fn dropped_bytes_part_the_pieces_and_lie_inside_the_hull() {
    let source = Source::new(b"He <b>never</b> agreed", "He <b>never</b> agreed").unwrap();
    let edits = [Edit::drop(SourceSpan::new(3, 6)), Edit::drop(SourceSpan::new(11, 15))];
    let clean = CleanText::apply(&source, &edits).unwrap();
    assert_eq!(clean.text(), "He never agreed");
    let whole = CleanSpan::new(0, 15);
    assert_eq!(clean.source_of(whole), source.span());
    let words: Vec<_> = clean.source_pieces(whole).into_iter().map(|span| source.cut(span)).collect();
    assert_eq!(words, ["He ", "never", " agreed"]);
}
