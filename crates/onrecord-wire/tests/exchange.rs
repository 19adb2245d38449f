//! The exchange format of a hand-made record: its schema, its verification, what a changed byte does.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

mod sample;

use onrecord_wire::exchange::to_jsonl;
use onrecord_wire::schema::schema;
use onrecord_wire::verify::{Verification, verify};
use serde_json::Value;

fn lines() -> String {
    to_jsonl(&sample::record(), &sample::lexicon())
}

fn objects(kind: &str) -> Vec<Value> {
    let all = lines();
    let values = all.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    values.filter(|value| value["type"] == kind).collect()
}

fn checked(jsonl: &str) -> Verification {
    verify(jsonl, &sample::raw)
}

#[test]
fn every_line_fits_the_schema_and_a_wrong_one_does_not() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    for line in lines().lines() {
        let value: Value = serde_json::from_str(line).unwrap();
        let errors: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{line}\n{errors:?}");
    }
    let mut wrong = objects("assertion").remove(0);
    wrong["act"] = "shout".into();
    assert!(!validator.is_valid(&wrong));
    wrong["act"] = "demand".into();
    assert!(validator.is_valid(&wrong));
    wrong.as_object_mut().unwrap().remove("said");
    assert!(!validator.is_valid(&wrong), "null is written, not left out");
}

#[test]
fn the_schema_names_every_type() {
    let text = schema().to_string();
    for kind in ["capture", "article", "actor", "assertion", "event", "figure", "claim", "commitment", "note"] {
        assert!(text.contains(&format!("\"const\":\"{kind}\"")), "{kind}");
    }
}

#[test]
fn words_parted_by_markup_give_several_spans_and_words_parted_by_space_one() {
    let assertions = objects("assertion");
    assert_eq!(assertions[0]["text"], "Ketria to … open the Lind gate … by 1 May");
    assert_eq!(assertions[0]["spans"].as_array().unwrap().len(), 3);
    assert_eq!(assertions[1]["text"], "We have verbal\n assurances and nothing else");
    assert_eq!(assertions[1]["spans"].as_array().unwrap().len(), 1);
    assert_eq!(assertions[4]["text"], "any att@ck had come from its side … not one");
}

#[test]
fn unknown_is_null_and_integers_have_no_fraction() {
    let figures = objects("figure");
    assert_eq!(figures[0]["low"].to_string(), "40");
    assert_eq!((&figures[0]["best"], &figures[0]["qualifier"]), (&Value::Null, &"At least".into()));
    assert_eq!(figures[0]["referent"], figures[1]["referent"]);
    let author = &objects("assertion")[2]["speaker"];
    assert_eq!((&author["kind"], &author["name"]), (&"author".into(), &Value::Null));
    let commitments = objects("commitment");
    assert_eq!(commitments[0]["tests"]["written"]["answer"], "no");
    assert_eq!(commitments[0]["tests"]["acted"]["answer"], "unstated");
    assert_eq!(commitments[1]["answers"], commitments[0]["id"]);
}

#[test]
fn actors_that_only_items_refer_to_are_named_too() {
    let ids: Vec<Value> = objects("actor").iter().map(|actor| actor["id"].clone()).collect();
    assert_eq!(ids, ["person.ada-brunn", "x-ketr", "x-norr"]);
}

#[test]
fn a_note_is_said_once() {
    let names: Vec<Value> = objects("note").iter().map(|note| note["name"].clone()).collect();
    assert_eq!(names, ["odd-page", "odd-page", "unresolved-speaker", "no-denial"]);
}

#[test]
fn an_unchanged_record_verifies() {
    let outcome = checked(&lines());
    assert_eq!(outcome.findings, []);
    assert_eq!((outcome.captures, outcome.lines), (2, lines().lines().count()));
    assert!(outcome.spans > 30 && outcome.texts > 15, "{outcome:?}");
}

#[test]
fn any_changed_byte_of_the_output_is_reported() {
    let good = lines();
    for at in (0..good.len()).step_by(5).filter(|at| good.is_char_boundary(*at) && good.is_char_boundary(at + 1)) {
        let with = if good.as_bytes()[at] == b'x' { "y" } else { "x" };
        let mut changed = good.clone();
        changed.replace_range(at..=at, with);
        assert!(!checked(&changed).findings.is_empty(), "byte {at}");
    }
}

#[test]
fn any_changed_byte_of_a_source_is_reported() {
    let good = lines();
    for at in 0..sample::REPLY.1.len() {
        let changed = |name: &str| {
            let mut bytes = sample::raw(name)?;
            if name == sample::REPLY.0 {
                bytes[at] ^= 1;
            }
            Some(bytes)
        };
        assert!(!verify(&good, &changed).findings.is_empty(), "byte {at}");
    }
}

#[test]
fn a_finding_names_the_first_byte_that_differs() {
    let changed =
        |name: &str| Some(String::from_utf8(sample::raw(name)?).unwrap().replace("gate in May", "gate in Jun").into_bytes());
    let findings = verify(&lines(), &changed).findings;
    let message = &findings.iter().find(|finding| finding.field == "what.text").unwrap().message;
    assert_eq!(message, "pages/reply.txt:3:37 (byte 52): expected `May`, the source has `Jun`");
    let missing = verify(&lines(), &|_: &str| None).findings;
    assert!(missing.iter().any(|finding| finding.message.contains("no such source")));
}

#[test]
fn spans_off_the_text_and_references_to_nothing_are_reported() {
    let good = lines();
    let first = objects("assertion").remove(0);
    let span = first["speaker"]["span"].to_string();
    let inside_a_letter = good.find("Brünn").map(|_| sample::GATE.1.find('ü').unwrap() + 1).unwrap();
    let found = |from: &str, to: &str| {
        let findings = checked(&good.replacen(from, to, 1)).findings;
        findings.into_iter().map(|finding| finding.message).collect::<Vec<_>>().join("\n")
    };
    assert!(found(&format!("\"span\":{span}"), "\"span\":[5,99999]").contains("ends outside of"));
    assert!(found(&format!("\"span\":{span}"), &format!("\"span\":[5,{inside_a_letter}]")).contains("cuts a character"));
    assert!(found(&format!("\"span\":{span}"), "\"span\":[9,5]").contains("ends before"));
    assert!(found(&format!("\"article\":{}", first["article"]), "\"article\":\"article-0\"").contains("no line defines"));
}
