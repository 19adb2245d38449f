//! The example dispute against what a careful reader expects of it (`examples/expected.jsonl` and, for questions,
//! `examples/answers.jsonl`; `examples/EXPECTED.md` gives the conventions).
//!
//! Each kind of item has a floor in percent in `corpus/floors.toml`. A run below a floor fails; a run well above it should
//! raise it. `cargo test -p onrecord --test golden -- --nocapture` prints the figures and what was missed.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a failed unwrap fails the test; the figures reached are printed")]

mod answers;
mod commitments;
mod expected;
mod figures;
mod output;
mod pages;
mod record;
mod score;
mod statements;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use expected::Expected;
use output::Output;

/// A run may be this far above a floor before the floor is due to be raised, in percent points.
const SLACK: f64 = 3.0;

fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

#[test]
fn each_kind_of_item_stays_above_its_floor() {
    let expected = Expected::load(&project().join("examples"));
    let output = Output::of(&project());
    let mut scores = Vec::new();
    scores.extend(pages::scores(&expected, &output));
    scores.extend(statements::scores(&expected, &output));
    scores.extend(figures::scores(&expected, &output));
    scores.extend(commitments::scores(&expected, &output));
    scores.extend(record::scores(&expected, &output));
    scores.extend(answers::scores(&project()));
    let floors = floors();
    let mut below = Vec::new();
    for score in &scores {
        let floor = floors.get(score.name).copied();
        score.print(floor);
        match floor {
            None => below.push(format!("{} has no floor in corpus/floors.toml", score.name)),
            Some(floor) if score.percent() < floor => {
                below.push(format!("{}: {:.2} is below {floor}", score.name, score.percent()))
            }
            Some(floor) if score.percent() > floor + SLACK => println!("{:28} may be raised", score.name),
            Some(_) => {}
        }
    }
    assert!(below.is_empty(), "{}", below.join("\n"));
    let known: Vec<&str> = scores.iter().map(|score| score.name).collect();
    let unused: Vec<&String> = floors.keys().filter(|name| !known.contains(&name.as_str())).collect();
    assert!(unused.is_empty(), "floors of nothing: {unused:?}");
}

fn floors() -> BTreeMap<String, f64> {
    let file: toml::Table = fs::read_to_string(project().join("corpus/floors.toml")).unwrap().parse().unwrap();
    let floors = file["floors"].as_table().unwrap();
    let percent = |value: &toml::Value| value.as_float().or_else(|| value.as_integer().map(|n| n as f64)).unwrap();
    floors.iter().map(|(name, value)| (name.clone(), percent(value))).collect()
}

#[test]
fn the_floors_belong_to_the_expectations_they_were_measured_on() {
    let file: toml::Table = fs::read_to_string(project().join("corpus/floors.toml")).unwrap().parse().unwrap();
    for (key, expectations) in [("expected_sha256", "examples/expected.jsonl"), ("answers_sha256", "examples/answers.jsonl")] {
        let found = onrecord_text::sha256_hex(&fs::read(project().join(expectations)).unwrap());
        assert_eq!(file[key].as_str(), Some(found.as_str()), "{expectations}: measure again, and set floors and hash together");
    }
}
