//! What articles have in common: text and stories.

use onrecord_record::{Record, SharedKind, Words};

use crate::draft::Draft;
use crate::record_of;

const PROSE: &str =
    "Families at the old harbour waited for a second night while crews searched the pier and the market stayed shut.";
const SPEECH: &str = "We will open the bridge on the first day of the month and every lorry that has papers may cross it freely";

fn own(n: usize) -> String {
    (0..40).map(|word| format!("w{n}x{word}")).collect::<Vec<_>>().join(" ")
}

fn cut(record: &Record, words: Words) -> &str {
    record.entries[words.entry].page.articles[words.article].clean.cut(words.span)
}

fn shared(texts: [&str; 2]) -> Vec<SharedKind> {
    let [one, two] = texts.map(str::to_owned);
    let record = record_of(&[&Draft::new("1.txt", &one), &Draft::new("2.txt", &two)]);
    record.shared.iter().map(|shared| shared.kind).collect()
}

#[test]
fn a_passage_taken_over_is_shown_in_both() {
    let older = Draft::new("b.txt", &format!("{} {PROSE}", own(1))).published("2031-05-02");
    let newer = Draft::new("a.txt", &format!("{PROSE} {}", own(2))).published("2031-05-03");
    let record = record_of(&[&newer, &older]);
    let [shared] = record.shared.as_slice() else { panic!("{:?}", record.shared) };
    assert_eq!(shared.kind, SharedKind::Copy);
    assert_eq!(record.entries[shared.older.entry].name, "b.txt");
    let passages: Vec<_> = shared.passages.iter().map(|(one, two)| (cut(&record, *one), cut(&record, *two))).collect();
    let words = PROSE.trim_end_matches('.');
    assert_eq!(passages, [(words, words)]);
    assert_eq!((shared.shared_words, shared.words), (20, 60));
}

#[test]
fn a_speech_quoted_by_both_is_no_copy() {
    let told = |n: usize, open: &str, close: &str| format!("{} {open}{SPEECH}{close}, he said. {}", own(n), own(n + 10));
    for (open, close) in [("“", "”"), ("\"", "\""), ("``", "''")] {
        assert_eq!(shared([&told(1, open, close), &told(2, open, close)]), [SharedKind::Quotation], "{open}");
    }
}

#[test]
fn a_quotation_that_goes_on_in_the_next_paragraph_is_one() {
    let told = |n: usize| format!("{} \"All is calm.\n{SPEECH},\" he said. {}", own(n), own(n + 10));
    assert_eq!(shared([&told(1), &told(2)]), [SharedKind::Quotation]);
}

#[test]
fn a_stock_phrase_is_shared_by_nobody() {
    let told = |n: usize| format!("{} the minister of foreign affairs said on Monday {}", own(n), own(n + 10));
    assert_eq!(shared([&told(1), &told(2)]), []);
}

#[test]
fn articles_about_one_happening_are_a_story() {
    let draft = |name: &str, day: &str, text: &str| Draft::new(name, text).published(day);
    let flood = [
        draft(
            "1.txt",
            "2031-05-02",
            "A dam above Orvenne burst on Friday and the flood drowned eleven herders in the Salt valley.",
        ),
        draft(
            "2.txt",
            "2031-05-03",
            "Rescuers in the Salt valley found the bodies of eleven herders after the dam above Orvenne burst.",
        ),
    ];
    let other = [
        draft(
            "3.txt",
            "2031-05-02",
            "Teachers in Port Maren walked out over unpaid wages and marched to the ministry of schools.",
        ),
        draft("4.txt", "2031-05-02", "The central bank kept its rate and warned that prices of bread would go on rising."),
        draft(
            "5.txt",
            "2033-05-03",
            "Two years on, the dam above Orvenne that burst and drowned eleven herders in the Salt valley stands again.",
        ),
    ];
    let record = record_of(&flood.iter().chain(&other).collect::<Vec<_>>());
    let stories: Vec<Vec<&str>> = record
        .stories
        .iter()
        .map(|story| story.articles.iter().map(|at| record.entries[at.entry].name.as_str()).collect())
        .collect();
    assert_eq!(stories, [["1.txt", "2.txt"]]);
}

#[test]
fn what_was_changed_on_a_page_is_told_word_by_word() {
    let page = |name: &str, captured: &str, text: &str| {
        let mut entry = Draft::new(name, text).entry();
        entry.capture.url = Some("https://www.example.org/news/7#top".to_owned());
        entry.capture.captured_at = Some(captured.to_owned());
        entry
    };
    let before = page("b.html", "2031-05-02T08:00:00Z", "The army killed nine herders near Orvenne. It rained all day.");
    let after = page("a.html", "2031-05-03T08:00:00Z", "Nine herders died near Orvenne. It rained all day.");
    let record = onrecord_record::record(vec![after, before], &crate::draft::lexicon());
    let [revision] = record.revisions.as_slice() else { panic!("{:?}", record.revisions) };
    assert_eq!(record.entries[revision.older.entry].name, "b.html");
    let changes: Vec<_> = revision
        .changes
        .iter()
        .map(|change| [change.removed, change.added].map(|words| words.map(|words| cut(&record, words))))
        .collect();
    assert_eq!(changes, [[Some("The army killed nine herders"), Some("Nine herders died")]]);
}

#[test]
fn captures_of_two_pages_are_no_versions() {
    let page = |name: &str, url: &str| {
        let mut entry = Draft::new(name, &format!("Nothing new {name}.")).entry();
        entry.capture.url = Some(url.to_owned());
        entry
    };
    let pages = vec![page("1", "https://example.org/1"), page("2", "https://example.org/2")];
    assert_eq!(onrecord_record::record(pages, &crate::draft::lexicon()).revisions, []);
}
