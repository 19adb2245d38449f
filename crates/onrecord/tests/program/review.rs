//! Findings of a record reviewed: decided on, laid over, exported and imported, compared, scored.

use std::path::Path;

use serde_json::Value;

use crate::run::{folder_with, onrecord, onrecord_reading, project};

const PAGE: &str = "Ferry to Karsk

The port of Karsk has opened for all grain ships, the harbour master Mira Tolle said on Monday.

Lena Vask, the head of the pilots' guild, said that 12 ships were still waiting. She demanded a list of all ships by Friday.

The mayor denied that anybody was waiting.
";

/// A folder with a record of this page.
fn record() -> tempfile::TempDir {
    let folder = folder_with(&[("pages/one.txt", PAGE.as_bytes())]);
    onrecord(folder.path(), &["add", "pages", "--record", "dispute.onrecord"]).ended(0);
    folder
}

/// The lines of this type that `read` prints of the record.
fn objects(folder: &Path, kind: &str, more: &[&str]) -> Vec<Value> {
    let out = onrecord(folder, &[&["read", "dispute.onrecord"], more].concat()).ended(0).out;
    let objects = out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    objects.filter(|object| object["type"] == kind).collect()
}

/// Id of the assertion with these words in it.
fn id(folder: &Path, words: &str) -> String {
    let all = objects(folder, "assertion", &["--without-review"]);
    let found = all.iter().find(|object| object["text"].as_str().unwrap().contains(words));
    found.unwrap_or_else(|| panic!("{words} is not in {all:#?}"))["id"].as_str().unwrap().to_owned()
}

/// Decides, and gives the id of the decision.
fn decide(folder: &Path, what: &[&str]) -> String {
    let out = onrecord(folder, &[&["decide", "dispute.onrecord"], what].concat()).ended(0).out;
    out.split(':').next().unwrap().to_owned()
}

#[test]
fn rejected_findings_are_left_out_and_counted_and_corrected_ones_are_marked() {
    let folder = record();
    let path = folder.path();
    let (open, waiting) = (id(path, "opened for all grain"), id(path, "12 ships were"));
    decide(path, &["reject", &waiting, "--as", "ana", "--note", "hearsay"]);
    decide(path, &["correct", &open, "--speaker", "Lena Vask", "--act", "assure", "--as", "ana"]);
    let brief = onrecord(path, &["brief", "dispute.onrecord", "--width", "300"]).ended(0).out;
    assert!(
        brief.contains(
            "1 finding rejected by reviewers is left out, with 1 other that stood on it alone; --with-rejected shows it."
        ),
        "{brief}"
    );
    assert!(brief.contains("Lena Vask") && brief.contains("(speaker, act corrected by ana)"), "{brief}");
    assert!(!brief.contains("12 ships were"), "{brief}");
    let all = objects(path, "assertion", &[]);
    let corrected = all.iter().find(|object| object["id"] == open.as_str()).unwrap();
    assert_eq!((&corrected["speaker"]["name"], &corrected["act"]), (&"Lena Vask".into(), &"assure".into()));
    let decision = &corrected["decision"];
    assert_eq!(
        (&decision["outcome"], &decision["by"][0], &decision["finding"]),
        (&"corrected".into(), &"ana".into(), &open.clone().into())
    );
    assert_eq!((&decision["found"]["act"], &decision["found"]["speaker"]["name"]), (&"state".into(), &"Mira Tolle".into()));
    assert!(all.iter().all(|object| object["id"] != waiting.as_str()));

    let shown = objects(path, "assertion", &["--with-rejected"]);
    let rejected = shown.iter().find(|object| object["id"] == waiting.as_str()).unwrap();
    assert_eq!(rejected["decision"]["outcome"], "rejected");
    assert!(objects(path, "assertion", &["--without-review"]).iter().all(|object| object["decision"].is_null()));
    let checked = onrecord(path, &["verify", "dispute.onrecord"]).ended(0).out;
    assert!(checked.contains("2 decisions of reviewers compared with the log"), "{checked}");
    // The exchange file of reviewed items holds, too.
    onrecord(path, &["read", "dispute.onrecord", "--with-rejected", "-o", "out.jsonl"]).ended(0);
    onrecord(path, &["verify", "out.jsonl", "--source", "."]).ended(0);
    let schema: Value = serde_json::from_str(&onrecord(path, &["schema"]).ended(0).out).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    assert!(shown.iter().chain(&all).all(|object| validator.is_valid(object)));
}

#[test]
fn a_decision_needs_a_name_and_a_finding_and_is_withdrawn_by_its_maker() {
    let folder = record();
    let path = folder.path();
    let open = id(path, "opened for all grain");
    let on = |what: &[&str]| onrecord(path, &[&["decide", "dispute.onrecord"], what].concat());
    on(&["accept", &open]).ended(2).says(&["--as <NAME>"]);
    on(&["accept", "nothing", "--as", "ana"]).ended(2).says(&["no latest reading", "nothing"]);
    let claim = objects(path, "claim", &[])[0]["id"].as_str().unwrap().to_owned();
    on(&["accept", &claim, "--as", "ana"]).ended(2).says(&["claims follow from them"]);
    on(&["correct", &open, "--as", "ana"]).ended(2).says(&["--speaker"]);
    on(&["correct", &open, "--speaker", "Otto Birk", "--as", "ana"]).ended(2).says(&["has an actor Otto Birk"]);
    on(&["correct", &open, "--span", "9-3", "--as", "ana"]).ended(2).says(&["START-END"]);
    on(&["reliability", "No Paper", "B", "--as", "ana"]).ended(2).says(&["outlets are one.txt"]);
    on(&["merge", "person.mira-tolle", "person.nobody", "--as", "ana"]).ended(2).says(&["has an actor person.nobody"]);
    let made = decide(path, &["reject", &open, "--as", "ana"]);
    on(&["withdraw", &made, "--as", "ben"]).ended(2).says(&["is a decision of ana"]);
    decide(path, &["withdraw", &made, "--as", "ana"]);
    on(&["withdraw", &made, "--as", "ana"]).ended(2).says(&["was withdrawn before"]);
    assert!(objects(path, "assertion", &[]).iter().any(|object| object["id"] == open.as_str()));
    onrecord(path, &["review", "dispute.onrecord"]).ended(2).says(&["who reviews? --as NAME"]);
}

#[test]
fn merged_actors_are_one_until_they_are_split() {
    let folder = record();
    let path = folder.path();
    let speakers = |path: &Path| -> Vec<String> {
        let said = objects(path, "assertion", &[]);
        let mut names: Vec<String> = said.iter().filter_map(|said| said["speaker"]["name"].as_str().map(str::to_owned)).collect();
        names.sort();
        names.dedup();
        names
    };
    let before = speakers(path);
    assert!(before.contains(&"Mira Tolle".to_owned()) && before.contains(&"Lena Vask".to_owned()), "{before:?}");
    let found = |actor: &str| -> bool {
        let found = onrecord(path, &["search", "", "--record", "dispute.onrecord", "--actor", actor]).ended(0).out;
        !found.contains("0 articles found")
    };
    let both = || (found("person.mira-tolle"), found("person.lena-vask"));
    assert_eq!(both(), (true, true));
    decide(path, &["merge", "Mira Tolle", "Lena Vask", "--as", "ana"]);
    assert!(!speakers(path).contains(&"Mira Tolle".to_owned()));
    assert_eq!(both(), (false, true));
    decide(path, &["split", "Mira Tolle", "--as", "ana"]);
    assert_eq!(speakers(path), before);
    assert_eq!(both(), (true, true));
}

#[test]
fn a_session_reads_decisions_from_its_input_and_keeps_each_at_once() {
    let folder = record();
    let path = folder.path();
    let waiting = onrecord(path, &["review", "dispute.onrecord", "--list"]).ended(0).out;
    assert!(waiting.contains("findings that wait; score = consequence × doubt"), "{waiting}");
    let count = |by: &str| -> usize {
        let out = onrecord(path, &["review", "dispute.onrecord", "--list", "--as", by]).ended(0).out;
        out.lines().last().unwrap().split(' ').nth(2).unwrap().parse().unwrap()
    };
    let all = count("ana");
    let session = |input: &str| onrecord_reading(path, &["review", "dispute.onrecord", "--as", "ana"], input.as_bytes());
    // The input ends without q: what was decided is kept.
    let run = session("a looks right\nx\nr\n").ended(0);
    assert!(run.out.contains("[1 of") && run.out.contains("2 decided in this session"), "{}", run.out);
    run.says(&["there is no key x"]);
    assert_eq!((count("ana"), count("ben")), (all - 2, all), "another reviewer has everything before him");
    let run = session("c warn\nn\nu\nq\n").ended(0);
    assert!(run.out.contains("withdraws") && run.out.contains("0 decided in this session"), "{}", run.out);
    assert_eq!(count("ana"), all - 2);
    session("s nobody at all\nc shout\nu\nq\n").ended(0).says(&[
        "has an actor nobody at all",
        "shout is no act",
        "nothing was decided",
    ]);
    let exported = onrecord(path, &["review", "dispute.onrecord", "--export", "-"]).ended(0).out;
    assert!(exported.lines().count() == 4 && exported.contains("looks right"), "{exported}");
}

#[test]
fn decisions_go_to_another_record_and_back_whatever_their_order() {
    let folder = record();
    let path = folder.path();
    onrecord(path, &["copy", "dispute.onrecord", "other.onrecord"]).ended(0);
    let (open, waiting) = (id(path, "opened for all grain"), id(path, "12 ships were"));
    let made = decide(path, &["reject", &open, "--as", "ana"]);
    decide(path, &["withdraw", &made, "--as", "ana"]);
    decide(path, &["reject", &waiting, "--as", "ana"]);
    decide(path, &["reliability", "one.txt", "B", "--as", "ana"]);
    onrecord(path, &["review", "dispute.onrecord", "--export", "ana.jsonl"]).ended(0);
    let exported = std::fs::read_to_string(path.join("ana.jsonl")).unwrap();
    let mut lines: Vec<&str> = exported.lines().collect();
    lines.reverse();
    std::fs::write(path.join("turned.jsonl"), lines.join("\n")).unwrap();
    let taken = onrecord(path, &["review", "other.onrecord", "--import", "turned.jsonl"]).ended(0).out;
    assert!(taken.contains("4 decisions taken in, 0 known already; 4 in all, 2 of them in force"), "{taken}");
    let again = onrecord(path, &["review", "other.onrecord", "--import", "ana.jsonl"]).ended(0).out;
    assert!(again.contains("0 decisions taken in, 4 known already"), "{again}");
    let brief = |record: &str| onrecord(path, &["brief", record]).ended(0).out;
    assert_eq!(brief("other.onrecord"), brief("dispute.onrecord"));
    let schema: Value = serde_json::from_str(&onrecord(path, &["schema", "--decisions"]).ended(0).out).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    assert!(lines.iter().all(|line| validator.is_valid(&serde_json::from_str(line).unwrap())));

    // One changed line keeps all out, and is named.
    let forged = exported.replacen("\"reject\"", "\"accept\"", 1);
    std::fs::write(path.join("forged.jsonl"), forged + "{\"by\":\"ben\"}\n").unwrap();
    onrecord(path, &["copy", "dispute.onrecord", "third.onrecord"]).ended(0);
    onrecord(path, &["review", "third.onrecord", "--import", "forged.jsonl"]).ended(2).says(&[
        "forged.jsonl:1: the id",
        "forged.jsonl:5: missing field",
        "2 lines are no decision; nothing was taken in",
    ]);
    // A line made by hand says which finding, and the record knows where it stands.
    let by_hand =
        format!("{{\"by\":\"ben\",\"at\":\"2026-01-02T03:04:05.000Z\",\"verdict\":\"accept\",\"item\":\"{waiting}\"}}\n");
    std::fs::write(path.join("ben.jsonl"), by_hand).unwrap();
    onrecord(path, &["review", "dispute.onrecord", "--import", "ben.jsonl"]).ended(0);
    onrecord(path, &["review", "dispute.onrecord", "--import", "ben.jsonl"]).ended(0);
    let compared = onrecord(path, &["review", "dispute.onrecord", "--agreement"]).ended(0).out;
    assert!(
        compared.contains("ana and ben: 1 findings on which both decided") && compared.contains("ana reject, ben accept"),
        "{compared}"
    );
    onrecord(path, &["verify", "dispute.onrecord"]).ended(0);
}

#[test]
fn a_decision_follows_its_page_into_a_new_capture_or_is_listed() {
    let folder = folder_with(&[("one.txt", PAGE.as_bytes())]);
    let path = folder.path();
    let add = || onrecord(path, &["add", "one.txt", "--record", "dispute.onrecord"]).ended(0);
    add();
    let (open, waiting) = (id(path, "opened for all grain"), id(path, "12 ships were"));
    decide(path, &["reject", &open, &waiting, "--as", "ana"]);
    std::fs::write(
        path.join("one.txt"),
        PAGE.replace("on Monday", "on Tuesday").replace("Ferry to Karsk\n", "Ferry to Karsk again\n"),
    )
    .unwrap();
    add();
    let left = objects(path, "assertion", &[]);
    assert!(left.iter().all(|object| !object["text"].as_str().unwrap().contains("12 ships were")), "{left:#?}");
    let lost = onrecord(path, &["review", "dispute.onrecord", "--lost"]).ended(0).out;
    assert!(lost.contains("0 decisions in force apply to nothing"), "{lost}");
    // A record with the new capture alone, in which one of the two is told otherwise.
    std::fs::write(path.join("one.txt"), PAGE.replace("12 ships were still", "13 ships were still")).unwrap();
    onrecord(path, &["add", "one.txt", "--record", "new.onrecord"]).ended(0);
    onrecord(path, &["review", "dispute.onrecord", "--export", "all.jsonl"]).ended(0);
    onrecord(path, &["review", "new.onrecord", "--import", "all.jsonl"]).ended(0);
    let lost = onrecord(path, &["review", "new.onrecord", "--lost"]).ended(0).out;
    assert!(lost.contains("1 decision in force applies to nothing") && lost.contains("12 ships were"), "{lost}");
    let brief = onrecord(path, &["brief", "new.onrecord", "--width", "300"]).ended(0).out;
    assert!(brief.contains("1 decision applies to nothing in it; onrecord review --lost tells which."), "{brief}");
}

#[test]
fn letters_stand_beside_claims_and_search_results() {
    let folder = tempfile::tempdir().unwrap();
    let record = folder.path().join("dispute.onrecord");
    let record = record.to_str().unwrap();
    onrecord(&project(), &["add", "examples", "--record", record]).ended(0);
    let said = onrecord(&project(), &["read", record, "--pack", "examples/pack"]).ended(0).out;
    let objects: Vec<Value> = said.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let sites: Vec<&str> = objects.iter().filter_map(|object| object["site"].as_str()).collect();
    let repeated = objects.iter().filter(|object| object["type"] == "claim" && object["standing"] == "repeated");
    let mut outlets = repeated.flat_map(|claim| claim["outlets"].as_array().unwrap()).map(|outlet| outlet.as_str().unwrap());
    let outlet = outlets.find(|outlet| sites.contains(outlet)).unwrap();
    onrecord(&project(), &["decide", record, "reliability", outlet, "B", "--as", "ana"]).ended(0);
    let brief = onrecord(&project(), &["brief", record, "--pack", "examples/pack", "--width", "300"]).ended(0).out;
    assert!(brief.contains(&format!("{outlet} B")) && brief.contains("credibility 6 proposed"), "{brief}");
    let found = onrecord(&project(), &["search", "", "--record", record, "--site", outlet]).ended(0).out;
    assert!(found.contains(&format!("{outlet} B")), "{found}");
}

#[test]
fn decisions_are_gold_in_the_shape_of_the_corpus() {
    let folder = record();
    let path = folder.path();
    let (open, waiting) = (id(path, "opened for all grain"), id(path, "12 ships were"));
    decide(path, &["correct", &open, "--speaker", "Lena Vask", "--as", "ana"]);
    decide(path, &["reject", &waiting, "--as", "ana"]);
    let gold = onrecord(path, &["review", "dispute.onrecord", "--gold", "-"]).ended(0).out;
    let passage: Value = serde_json::from_str(gold.lines().next().unwrap()).unwrap();
    let text = passage["text"].as_str().unwrap();
    assert_eq!((gold.lines().count(), &passage["judged_only"]), (1, &true.into()));
    for (list, words, speaker) in [("statements", "opened for all grain", Some("Lena Vask")), ("rejected", "12 ships were", None)]
    {
        let items = passage[list].as_array().unwrap();
        assert_eq!(items.len(), 1);
        let content = items[0]["content"].as_str().unwrap();
        assert!(content.contains(words) && text[items[0]["content_at"].as_u64().unwrap() as usize..].starts_with(content));
        assert_eq!(items[0]["speaker"].as_str(), speaker);
    }
    assert!(passage["statements"][0]["cue"].is_string());
}

/// The page after an edit: a paragraph more before the first, every seventh taken out, every third reworded.
fn edited(page: &str) -> String {
    let mut lines = Vec::new();
    let mut long = 0;
    for line in page.lines() {
        if line.len() > 80 {
            long += 1;
            match long {
                1 => lines.push(
                    "This page was changed after it first appeared, and the editors regret the delay in doing so.".to_owned(),
                ),
                _ if long % 7 == 0 => continue,
                _ => {}
            }
        }
        let reworded = line.len() > 80 && long % 3 == 0;
        lines.push(if reworded {
            line.replacen(" said", " told reporters", 1).replacen(" the ", " this ", 1)
        } else {
            line.to_owned()
        });
    }
    lines.join("\n")
}

#[test]
#[allow(clippy::print_stdout, reason = "what is measured is told")]
fn decisions_on_edited_pages_follow_their_words_or_are_listed_and_never_go_astray() {
    let pages: Vec<(String, String)> = std::fs::read_dir(project().join("examples/pages"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .filter_map(|path| Some((format!("pages/{}", path.file_name()?.to_str()?), std::fs::read_to_string(&path).ok()?)))
        .collect();
    let folder = folder_with(&pages.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect::<Vec<_>>());
    let path = folder.path();
    onrecord(path, &["add", "pages", "--record", "dispute.onrecord"]).ended(0);
    let before = objects(path, "assertion", &[]);
    let line = |said: &Value| {
        format!("{{\"by\":\"ana\",\"at\":\"2026-01-02T03:04:05.000Z\",\"verdict\":\"accept\",\"item\":{}}}\n", said["id"])
    };
    std::fs::write(path.join("all.jsonl"), before.iter().map(line).collect::<String>()).unwrap();
    onrecord(path, &["review", "dispute.onrecord", "--import", "all.jsonl"]).ended(0);
    let decisions = onrecord(path, &["review", "dispute.onrecord", "--export", "-"]).ended(0).out;
    std::fs::write(path.join("whole.jsonl"), &decisions).unwrap();

    // Another record, with the edited pages alone.
    std::fs::remove_file(path.join("dispute.onrecord")).unwrap();
    pages.iter().for_each(|(name, text)| std::fs::write(path.join(name), edited(text)).unwrap());
    onrecord(path, &["add", "pages", "--record", "dispute.onrecord"]).ended(0);
    onrecord(path, &["review", "dispute.onrecord", "--import", "whole.jsonl"]).ended(0);
    let after = objects(path, "assertion", &[]);
    let trimmed = |text: &Value| text.as_str().unwrap().trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let says = |said: &Value| (trimmed(&said["text"]), said["speaker"]["name"].clone(), said["act"].clone());
    let decided: std::collections::BTreeMap<String, String> = decisions
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .map(|decision| (decision["id"].as_str().unwrap().to_owned(), decision["item"].as_str().unwrap().to_owned()))
        .collect();
    let mut placed = 0;
    for said in &after {
        for decision in said["decision"]["decisions"].as_array().into_iter().flatten() {
            let of = before.iter().find(|old| old["id"] == decided[decision.as_str().unwrap()].as_str()).unwrap();
            assert_eq!(says(said), says(of));
            placed += 1;
        }
    }
    let lost = onrecord(path, &["review", "dispute.onrecord", "--lost"]).ended(0).out;
    let lost: usize = lost.lines().last().unwrap().split(' ').next().unwrap().parse().unwrap();
    let gone = before.iter().filter(|old| !after.iter().any(|new| says(new) == says(old))).count();
    println!("{} decisions: {placed} follow their finding, {lost} are listed; {gone} findings are gone", before.len());
    assert_eq!(placed + lost, before.len());
    assert!(lost <= gone + before.len() / 20, "{lost} are listed though only {gone} findings are gone");
}

#[test]
fn events_figures_and_commitments_are_decided_on_by_themselves() {
    let folder = record();
    let path = folder.path();
    for kind in ["event", "figure", "commitment"] {
        let all = objects(path, kind, &[]);
        let id = all.first().unwrap_or_else(|| panic!("no {kind} on the page"))["id"].as_str().unwrap();
        decide(path, &["reject", id, "--as", "ana"]);
        let left = objects(path, kind, &[]);
        assert_eq!(left.len(), all.len() - 1, "{kind}");
        assert!(left.iter().all(|object| object["id"] != id));
        let shown = objects(path, kind, &["--with-rejected"]);
        let rejected = shown.iter().find(|object| object["id"] == id).unwrap();
        assert_eq!(rejected["decision"]["outcome"], "rejected");
        onrecord(path, &["decide", "dispute.onrecord", "correct", id, "--act", "warn", "--as", "ana"])
            .ended(2)
            .says(&["only assertions can be corrected"]);
    }
    let brief = onrecord(path, &["brief", "dispute.onrecord", "--width", "300"]).ended(0).out;
    assert!(brief.contains("3 findings rejected by reviewers are left out"), "{brief}");
    let plain = onrecord(path, &["brief", "dispute.onrecord", "--without-review"]).ended(0).out;
    assert_eq!(plain, onrecord(path, &["brief", "pages"]).ended(0).out);
}

#[test]
fn every_finding_of_the_examples_can_be_decided_on_and_keeps_its_decision() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let record = path.join("dispute.onrecord");
    onrecord(&project(), &["add", "examples", "--record", record.to_str().unwrap()]).ended(0);
    let pack = project().join("examples/pack");
    let pack = ["--pack", pack.to_str().unwrap()];
    let decisions: String = ["assertion", "event", "figure", "commitment"]
        .iter()
        .flat_map(|kind| objects(path, kind, &pack))
        .map(|item| {
            format!("{{\"by\":\"ana\",\"at\":\"2026-01-02T03:04:05.000Z\",\"verdict\":\"accept\",\"item\":{}}}\n", item["id"])
        })
        .collect();
    std::fs::write(path.join("all.jsonl"), &decisions).unwrap();
    onrecord(path, &["review", "dispute.onrecord", "--import", "all.jsonl"]).ended(0);
    let lost = onrecord(path, &[&["review", "dispute.onrecord", "--lost"], &pack[..]].concat()).ended(0).out;
    assert!(lost.starts_with("0 decisions in force apply to nothing"), "{lost}");
    let html = path.join("brief.html");
    onrecord(path, &[&["brief", "dispute.onrecord", "--html", html.to_str().unwrap()], &pack[..]].concat()).ended(0);
    assert!(std::fs::read_to_string(html).unwrap().contains("accepted by ana"));
}
