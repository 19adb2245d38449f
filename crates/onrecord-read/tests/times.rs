//! Expressions of time in short passages: their words, sorts, values and dates.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use onrecord_lang::Model;
use onrecord_lexicon::Lexicon;
use onrecord_page::{Article, DateBasis, PageDate};
use onrecord_read::{Reading, read};
use onrecord_text::SourceSpan;

fn reading(text: &str, published: Option<&str>) -> Reading {
    let mut article = Article::of_paragraphs(text).unwrap();
    article.published =
        published.map(|value| PageDate { value: value.to_owned(), span: SourceSpan::new(0, 0), basis: DateBasis::VisibleLine });
    read(&article, Lexicon::embedded(), Model::embedded())
}

/// "words: value" of each expression.
fn values(text: &str, published: Option<&str>) -> Vec<String> {
    let times = reading(text, published).times;
    times.iter().map(|time| format!("{}: {}", time.span.cut(text), time.value.as_deref().unwrap_or("?"))).collect()
}

/// "words: date" of each expression that has one.
fn dates(text: &str, published: Option<&str>) -> Vec<String> {
    let times = reading(text, published).times;
    let dated = times.iter().filter_map(|time| Some((time, time.date.as_ref()?)));
    dated.map(|(time, date)| format!("{}: {}", time.span.cut(text), date.value)).collect()
}

/// A Friday.
const FRIDAY: Option<&str> = Some("2031-04-11");

#[test]
fn dates_that_the_words_give_whole() {
    assert_eq!(
        values(
            "The envoys signed on Friday, 7 November 2025, and again on November 9, 2025; the text of 2025-12-01 is longer.",
            None
        ),
        ["Friday, 7 November 2025: 2025-11-07", "November 9, 2025: 2025-11-09", "2025-12-01: 2025-12-01"]
    );
    assert_eq!(
        values("The dam was begun in the spring of 1931, the lock in the third quarter of 1933, the bridge in late 1940.", None),
        ["the spring of 1931: 1931-SP", "the third quarter of 1933: 1933-Q3", "late 1940: 1940"]
    );
    assert_eq!(
        values("Grain prices fell in the 1870s and through the early nineteenth century, as they had by 310 BC.", None),
        ["the 1870s: 187", "the early nineteenth century: 18", "310 BC: BC0310"]
    );
}

#[test]
fn the_end_of_a_range_completes_its_start() {
    assert_eq!(
        values("The talks ran from 3 to 7 June 2024, the truce from March to May 2023, the war in 1939–45.", None),
        ["3: 2024-06-03", "7 June 2024: 2024-06-07", "March: 2023-03", "May 2023: 2023-05", "1939: 1939", "45: 1945"]
    );
    assert_eq!(values("Snow fell on April 6-7, 1915.", None), ["April 6: 1915-04-06", "7, 1915: 1915-04-07"]);
}

#[test]
fn a_tale_counts_from_the_time_told_of_last() {
    let text = "The column left Oro on 5 May 1942. Two days later it crossed the river. The following day the bridge was gone. \
                In August the siege began. Early the next year it was lifted.";
    assert_eq!(
        values(text, None),
        [
            "5 May 1942: 1942-05-05",
            "Two days later: 1942-05-07",
            "The following day: 1942-05-08",
            "August: 1942-08",
            "Early the next year: 1943"
        ]
    );
}

#[test]
fn a_far_year_is_an_aside() {
    let text = "In May 1942 the harbour froze as it had in 1812. In June the ice broke.";
    assert_eq!(values(text, None), ["May 1942: 1942-05", "1812: 1812", "June: 1942-06"]);
}

#[test]
fn news_counts_from_its_publication() {
    assert_eq!(
        dates(
            "The minister arrived on Thursday. He will leave on Monday. Talks failed last month and earlier this week.",
            FRIDAY
        ),
        ["Thursday: 2031-04-10", "Monday: 2031-04-14", "last month: 2031-03", "earlier this week: 2031-04-07/2031-04-13"]
    );
    assert_eq!(dates("Ships passed yesterday. A vote is due next year.", FRIDAY), ["yesterday: 2031-04-10", "next year: 2032"]);
    assert_eq!(dates("The ceasefire broke on December 19.", FRIDAY), ["December 19: 2030-12-19"]);
}

#[test]
fn without_a_date_of_publication_weekdays_stay_open_and_are_noted() {
    let reading = reading("The minister arrived on Thursday and left yesterday.", None);
    assert!(reading.times.iter().all(|time| time.date.is_none()));
    assert_eq!(reading.times[0].value.as_deref(), Some("XXXX-WXX-4"));
    assert_eq!(reading.notes.iter().filter(|note| note.name == "unresolved-date").count(), 2);
}

#[test]
fn durations_sets_and_references() {
    assert_eq!(
        values("After more than two years the three-day truce, renewed every Friday and daily at noon, now holds.", None),
        [
            "more than two years: P2Y",
            "three-day: P3D",
            "every Friday: XXXX-WXX-5",
            "daily: XXXX-XX-XX",
            "noon: XXXX-XX-XXT12:00",
            "now: PRESENT_REF"
        ]
    );
    assert_eq!(
        values("For two and a half years, and for decades, the road was shut.", None),
        ["two and a half years: P2.5Y", "decades: PXDE"]
    );
}

#[test]
fn times_of_day() {
    assert_eq!(
        values("Shelling began at 5:30 a.m. on 9 March 1951 and stopped on the night of 10 March.", None),
        ["5:30 a.m.: 1951-03-09T05:30", "9 March 1951: 1951-03-09", "the night of 10 March: 1951-03-10TNI"]
    );
}

#[test]
fn about_and_perhaps_are_kept_in_the_date() {
    assert_eq!(
        dates("The well was dug about 1910, possibly in 1909, in the 1900s at any rate.", None),
        ["about 1910: 1910~", "1909: 1909?", "the 1900s: 190X"]
    );
}

#[test]
fn words_of_time_inside_names_are_none() {
    assert_eq!(
        values("The envoy told Oro Today and Veld Morning Post, on air weekdays from 6:00 a.m.", FRIDAY),
        ["6:00 a.m.: XXXX-XX-XXT06:00"]
    );
    assert_eq!(values("The vote is tomorrow night.", FRIDAY), ["tomorrow night: 2031-04-12TNI"]);
}

#[test]
fn numbers_and_words_that_are_no_times() {
    assert_eq!(
        values("Some 1500 soldiers, 1943 people and 2,000 goats may march to the second spring of Resolution 1973.", None),
        [""; 0]
    );
    assert_eq!(values("The roof began to fall, and the Winter Palace burned.", None), [""; 0]);
}
