//! Dossiers: what they hold, whom they are about, and that every footnote stands where it says.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use crate::run::{folder_with, onrecord, project};

fn objects() -> Vec<Value> {
    let run = onrecord(&project(), &["read", "examples"]).ended(0);
    run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn markdown(about: &str) -> String {
    onrecord(&project(), &["dossier", about, "examples"]).ended(0).out
}

/// What the words of a source look like in Markdown.
fn escaped(words: &str) -> String {
    let mut text =
        words.split_whitespace().collect::<Vec<_>>().join(" ").replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    for mark in ["\\", "`", "*", "_", "[", "]", "#", "|", "~", "^", "$"] {
        text = text.replace(mark, &format!("\\{mark}"));
    }
    text
}

#[test]
fn there_is_a_dossier_of_every_actor_claim_and_commitment_and_each_reference_has_its_footnote() {
    let objects = objects();
    let folder = tempfile::tempdir().unwrap();
    let record = folder.path().join("dispute.onrecord");
    let record = record.to_str().unwrap();
    onrecord(&project(), &["add", "examples", "--record", record]).ended(0);
    // The widest of each kind: a side, a claim with denials, a demand with an answer.
    let is = |object: &&Value, kind: &str| object["type"] == kind;
    let sides: BTreeSet<&str> = objects.iter().filter_map(|object| object["party"].as_str()).collect();
    let claim =
        objects.iter().filter(|object| is(object, "claim")).max_by_key(|claim| claim["denied_by"].as_array().unwrap().len());
    let answer = objects.iter().find(|object| is(object, "commitment") && object["answers"].is_string()).unwrap();
    let ids = sides.into_iter().rev().take(2).chain([claim.unwrap()["id"].as_str().unwrap(), answer["id"].as_str().unwrap()]);
    for id in ids.chain([answer["answers"].as_str().unwrap()]) {
        let text = markdown(id);
        assert!(text.contains(&escaped(&format!("id {id}"))), "{text}");
        let notes = text.lines().filter(|line| line.starts_with("[^")).count();
        let (body, _) = text.split_once("## Articles cited").unwrap();
        let mut named = 0;
        for number in 1..=notes {
            assert!(body.contains(&format!("[^{number}]")), "{id}: nothing refers to footnote {number}");
            named += 1;
        }
        assert!(named > 0 && !body.contains(&format!("[^{}]", notes + 1)), "{id}: {notes} footnotes");
    }
    let id = answer["id"].as_str().unwrap();
    assert_eq!(onrecord(&project(), &["dossier", id, record, "--pack", "examples/pack"]).ended(0).out, markdown(id));
}

#[test]
fn a_footnote_gives_the_bytes_of_its_words() {
    let text = markdown("Nerys Colm");
    let mut checked = 0;
    for line in text.lines().filter(|line| line.starts_with("[^")) {
        let (place, words) = line.split_once("; article ").unwrap();
        let (label, spans) = place.rsplit_once(", bytes ").unwrap();
        let file = label.rsplit(", ").next().unwrap().rsplit_once(':').unwrap().0.replace('\\', "");
        // Markup and bent words are not printed as they stand.
        let Ok(source) = fs::read_to_string(project().join("examples/pages").join(&file)) else { continue };
        if !file.ends_with(".txt") || spans.contains(',') {
            continue;
        }
        let (start, end) = spans.split_once('–').unwrap();
        let cut = source.get(start.parse().unwrap()..end.parse().unwrap()).unwrap();
        assert!(words.contains(&format!("**{}**", escaped(cut))), "{line}\n{cut}");
        checked += 1;
    }
    assert!(checked > 10, "{checked} footnotes");
}

#[test]
fn a_dossier_of_a_person_holds_what_she_says_demands_and_denies() {
    let text = markdown("nerys  COLM");
    for section in [
        "Names",
        "What it says",
        "What it denies",
        "Its demands and assurances",
        "Events it takes part in",
        "Figures it gives, and figures of it",
        "Timeline",
        "Who reports it",
    ] {
        let (_, rest) = text.split_once(&format!("\n## {section}\n\n")).unwrap();
        assert!(rest.starts_with("- "), "{section} is empty:\n{text}");
    }
    assert!(text.contains("concrete: yes"), "{text}");
}

#[test]
fn a_name_of_several_lists_them_and_one_of_nobody_says_so() {
    let run = onrecord(&project(), &["dossier", "Ministry of Foreign Affairs", "examples"]).ended(2);
    run.says(&["may be any of these", "x-kess.foreign-office", "x-veld.foreign-office"]);
    onrecord(&project(), &["dossier", "Nobody At All", "examples"]).ended(2).says(&["nobody and nothing on these pages"]);
}

#[test]
fn a_page_and_markdown_are_written_where_asked() {
    let folder = tempfile::tempdir().unwrap();
    let (page, text) = (folder.path().join("d.html"), folder.path().join("d.md"));
    let arguments = ["dossier", "Nerys Colm", "examples", "--html", page.to_str().unwrap(), "--markdown", text.to_str().unwrap()];
    assert_eq!(onrecord(&project(), &arguments).ended(0).out, "");
    assert_eq!(fs::read_to_string(text).unwrap(), markdown("Nerys Colm"));
    let page = fs::read_to_string(page).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("default-src 'none'") && !page.contains("<script"));
    let ids: Vec<&str> = page.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "an id is given twice");
    for target in page.split("href=\"#").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(ids.contains(&target), "#{target} leads nowhere");
    }
}

#[test]
fn words_of_a_hostile_page_stay_words() {
    let page = "Port closed\n\nThe minister of ports, Ada Brünn, said on Monday: \"The <script>alert(1)</script> port [is](javascript:x) \
        closed **now** and `shut`, [^1]: we say.\"\n";
    let folder = folder_with(&[("page.txt", page.as_bytes())]);
    let text = onrecord(folder.path(), &["dossier", "Ada Brünn", "page.txt", "--html", "d.html", "--markdown", "d.md"]).ended(0);
    assert_eq!(text.out, "");
    let [html, markdown] = ["d.html", "d.md"].map(|name| fs::read_to_string(folder.path().join(name)).unwrap());
    assert!(html.contains("&lt;script&gt;") && !html.contains("<script"), "{html}");
    assert!(markdown.contains("&lt;script&gt;") && markdown.contains("\\[is\\](javascript:x)"), "{markdown}");
    assert!(!markdown.contains("**now**") && !markdown.contains(" [^1]: we"), "{markdown}");
}
