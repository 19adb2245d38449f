//! Questions: what `onrecord ask` prints against what a careful reader expects of the answers (`examples/answers.jsonl`).

use std::path::Path;
use std::process::Command;

use rayon::prelude::*;
use serde_json::Value;

use crate::score::Score;

/// Asks every question. Each word or file that an answer must show is one expectation, and so is each that it must not.
pub(crate) fn scores(project: &Path) -> Vec<Score> {
    let lines = std::fs::read_to_string(project.join("examples/answers.jsonl")).unwrap();
    let questions: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let answers: Vec<(String, String)> = questions.par_iter().map(|question| answer(question, project)).collect();
    let mut kind = Score::new("question-kind");
    let mut expected = Score::new("answer-expected");
    let mut rejected = Score::new("answer-left-out");
    let mut files = Score::new("answer-file");
    let mut whole = Score::new("answer-whole");
    for (question, (about, answer)) in questions.iter().zip(&answers) {
        let ask = question["ask"].as_str().unwrap();
        kind.count(question["question"] == **about, || format!("{ask}: told to be {about}"));
        let mut all = true;
        for (score, key, wanted) in
            [(&mut expected, "expect", true), (&mut rejected, "reject", false), (&mut files, "file", true)]
        {
            for words in question[key].as_array().into_iter().flatten().filter_map(Value::as_str) {
                let met = answer.contains(&folded(words)) == wanted;
                score.count(met, || format!("{ask}: {words}"));
                all &= met;
            }
        }
        whole.count(all, || ask.to_owned());
    }
    vec![kind, expected, rejected, files, whole]
}

/// What the question is told to be about, and the answer with its white space folded, without what was searched.
fn answer(question: &Value, project: &Path) -> (String, String) {
    let ask = question["ask"].as_str().unwrap();
    let run = |format: &str| {
        let arguments =
            ["ask", ask, "examples/pages", "--pack", "examples/pack", "--width", "400", "--threads", "1", "--format", format];
        let run = Command::new(env!("CARGO_BIN_EXE_onrecord")).args(arguments).current_dir(project).output().unwrap();
        assert!(run.status.success(), "{ask}: {}", String::from_utf8_lossy(&run.stderr));
        String::from_utf8(run.stdout).unwrap()
    };
    let head: Value = serde_json::from_str(run("jsonl").lines().next().unwrap()).unwrap();
    let text = run("text");
    // The first line repeats the question, and the last ones the words looked for.
    let (_, body) = text.split_once('\n').unwrap();
    let body = body.rsplit_once("\nSearched: ").map_or(body, |(body, _)| body);
    (head["about"].as_str().unwrap().to_owned(), folded(body))
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
