//! The brief of a hand-made record on a terminal.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

mod sample;

use onrecord_wire::terminal::brief;

fn shown(width: usize, color: bool) -> String {
    brief(&sample::record(), &sample::lexicon(), width, color)
}

/// The lines from the one that starts with `first`, up to the next blank one.
fn block(text: &str, first: &str) -> String {
    let lines = text.lines().map(|line| line.replace('\u{a0}', " "));
    lines.skip_while(|line| !line.starts_with(first)).take_while(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

#[test]
fn no_line_is_wider_than_asked() {
    for width in [40, 80, 120] {
        for line in shown(width, false).lines() {
            assert!(line.chars().count() <= width, "{width}: {line}");
        }
    }
}

#[test]
fn a_demand_shows_words_speaker_tests_and_answer() {
    let expected = "\
D1   Norrholm demands of Ketria
     ‹open the Lind gate by 1 May› [gate.html:1]
     said by Ada Brünn (Norrholm), 4 April 2031 [gate.html:1]
     written: no (answered otherwise elsewhere) — “verbal assurances”
       [gate.html:2]
     not reported: verifiable, concrete, acted upon
     answered by A1";
    assert_eq!(block(&shown(80, false), "D1"), expected);
}

#[test]
fn a_claim_shows_standing_counts_origins_and_denials() {
    let expected = "\
C1   contested · 2 outlets, 1 publisher, 1 origin
     Ketria:
     ‹to open the gate in May› [reply.txt:3]
     origin: Ketria, party to the dispute [reply.txt:3, reply.txt:5]
     denied by ministry (Ketria): ‹any att@ck had come from its side … “not
       one”› [reply.txt:3]";
    assert_eq!(block(&shown(80, false), "C1"), expected);
}

#[test]
fn words_of_a_printed_report_are_found_by_their_page() {
    let mut record = sample::record();
    let reply = record.entries.iter_mut().find(|entry| entry.name.ends_with("reply.txt")).unwrap();
    let second = reply.page.source.text().find('\n').unwrap() + 1;
    reply.capture.pages = vec![0, u32::try_from(second).unwrap()];
    let shown = brief(&record, &sample::lexicon(), 80, false).replace('\u{a0}', " ");
    assert!(shown.contains("[reply.txt p. 2]") && !shown.contains("reply.txt:"), "{shown}");
}

#[test]
fn rival_figures_stand_side_by_side() {
    let expected = "\
F1   people · rival values
     ≥ 40 ‹At least 40 people› Gate Gazette, in its own voice (given since 2
          April 2031; against 55) [gate.html:3]
       55 ‹55› officials (not named) (given since 5 April 2031; against ≥ 40)
          [reply.txt:5]";
    assert_eq!(block(&shown(80, false), "F1"), expected);
}

#[test]
fn a_loaded_name_is_marked_as_whose_word_it_is() {
    assert!(shown(80, false).contains("“Ketria” — Norrholm's word for it [reply.txt:1]"));
}

#[test]
fn colour_comes_only_when_asked_for() {
    assert!(!shown(80, false).contains('\u{1b}'));
    let coloured = shown(80, true);
    let without: String = coloured
        .split('\u{1b}')
        .enumerate()
        .map(|(n, part)| if n == 0 { part } else { part.split_once('m').unwrap().1 })
        .collect();
    assert_eq!(without, shown(80, false), "colour changes no word");
}
