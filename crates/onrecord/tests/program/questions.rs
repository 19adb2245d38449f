//! `onrecord ask`: which question it is told to be, where its words stand, and what it says when nothing is found.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::run::{folder_with, onrecord, project};

const NAMES: [&str; 11] =
    ["changed", "denied", "done", "echo", "figures", "lookalike", "origins", "since", "when", "words", "written"];

/// Two articles of an agency text and its copy, and one of another paper.
fn folder() -> tempfile::TempDir {
    let body = "The minister said on Monday that the convoy had been stopped at the river. Forty lorries were turned back, he said.\n\n\
        Nobody gave a promise, and the army declined to comment. The road had been closed for weeks, drivers told reporters at the gate.\n";
    folder_with(&[
        ("one.txt", format!("Convoy stopped\n4 May 2031\n\n{body}").as_bytes()),
        ("two.txt", format!("Convoy is stopped at river\n5 May 2031\n\n{body}").as_bytes()),
        ("three.txt", b"Quiet at the border\n6 May 2031\n\nThe mayor said that the market would open again on Friday.\n"),
    ])
}

#[test]
fn what_is_no_question_is_not_guessed_at() {
    let folder = folder();
    let run = onrecord(folder.path(), &["ask", "Tell me a story", "."]).ended(2);
    assert!(run.out.is_empty(), "{}", run.out);
    run.says(&["cannot tell what is asked"]);
    run.says(&NAMES);
    onrecord(folder.path(), &["ask"]).ended(2).says(&["no question"]);
    onrecord(folder.path(), &["ask", "Which assurances were written?"]).ended(2).says(&["nothing to read"]);
}

#[test]
fn every_question_there_is_can_be_asked_by_name_and_by_its_own_example() {
    let folder = folder();
    let list = onrecord(folder.path(), &["ask", "--list"]).ended(0).out;
    for name in NAMES {
        let by_name = onrecord(folder.path(), &["ask", "--about", name, "."]).ended(0).out;
        assert!(by_name.contains("\nSearched: 3 articles, "), "{name}:\n{by_name}");
        let at = list.find(&format!("\n{name} ")).map_or(0, |at| at + 1);
        let example = list[at..].split('“').nth(1).and_then(|rest| rest.split('”').next()).unwrap();
        let asked = onrecord(folder.path(), &["ask", example, ".", "--format", "jsonl"]).ended(0).out;
        let head: Value = serde_json::from_str(asked.lines().next().unwrap()).unwrap();
        assert_eq!(head["about"], name, "{example}");
    }
}

#[test]
fn where_nothing_is_found_it_says_what_was_searched() {
    let folder = folder();
    let answer = onrecord(folder.path(), &["ask", "Which assurances of an amnesty were written?", "."]).ended(0).out;
    let folded = answer.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "0 assurances are said to be in writing in 3 articles",
        "Searched: 3 articles",
        "amnesty (0)",
        "Words of the lexicon looked for: “assurance”",
    ] {
        assert!(folded.contains(words), "`{words}` is not in:\n{answer}");
    }
}

#[test]
fn the_words_of_every_finding_are_cut_from_its_source() {
    let arguments =
        ["ask", "What changed since 10 March 2025?", "examples/pages", "--pack", "examples/pack", "--format", "jsonl"];
    let out = onrecord(&project(), &arguments).ended(0).out;
    let mut parts = BTreeSet::new();
    for line in out.lines().skip(1) {
        let finding: Value = serde_json::from_str(line).unwrap();
        parts.insert(finding["part"].as_str().unwrap().to_owned());
        let bytes = std::fs::read(project().join(finding["source"].as_str().unwrap())).unwrap();
        // Files of other encodings have other offsets than their bytes.
        let Ok(text) = String::from_utf8(bytes) else { continue };
        let cut = |span: &Value| &text[span[0].as_u64().unwrap() as usize..span[1].as_u64().unwrap() as usize];
        let cuts: Vec<&str> = finding["spans"].as_array().unwrap().iter().map(cut).collect();
        assert_eq!(finding["text"].as_str().unwrap(), cuts.join(" … "), "{line}");
    }
    assert!(parts.len() >= 4, "{parts:?}");
}

#[test]
fn the_order_of_files_and_threads_changes_no_answer() {
    let folder = folder();
    for name in NAMES {
        let ask = |files: [&str; 3], threads: &str| {
            let mut arguments = vec!["ask", "--about", name, "--topic", "the convoy at the river", "--threads", threads];
            arguments.extend(files);
            onrecord(folder.path(), &arguments).ended(0).out
        };
        assert_eq!(ask(["one.txt", "two.txt", "three.txt"], "1"), ask(["three.txt", "two.txt", "one.txt"], "3"), "{name}");
    }
}

#[test]
fn a_copy_is_told_to_be_one() {
    let folder = folder();
    let answer = onrecord(folder.path(), &["ask", "Is two.txt an echo?", "."]).ended(0).out;
    assert!(answer.contains("It is an echo") && answer.contains("one.txt") && !answer.contains("three.txt"), "{answer}");
    let answer = onrecord(folder.path(), &["ask", "Is three.txt an echo?", "."]).ended(0).out;
    assert!(answer.contains("No other article here is a copy of it"), "{answer}");
    let answer = onrecord(folder.path(), &["ask", "Is nowhere.txt an echo?", "."]).ended(0).out;
    assert!(answer.contains("No page here is called nowhere.txt"), "{answer}");
}

#[test]
fn single_sections_have_the_lines_of_the_brief() {
    let input = ["examples/pages", "--pack", "examples/pack", "--width", "100"];
    let run = |command: &str| {
        let mut arguments = vec![command];
        arguments.extend(input);
        onrecord(&project(), &arguments).ended(0).out
    };
    let brief = run("brief");
    for command in ["ledger", "claims", "figures", "timeline", "actors"] {
        let section = run(command);
        assert!(section.lines().count() > 20, "{command}");
        assert!(section.lines().all(|line| brief.contains(line)), "{command}");
    }
}

/// What is asked of pages, with its white space folded.
fn answer(pages: &[(&str, &str)], question: &str) -> String {
    let pages: Vec<(&str, &[u8])> = pages.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    let folder = folder_with(&pages);
    let out = onrecord(folder.path(), &["ask", question, ".", "--width", "400"]).ended(0).out;
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn who_is_named_on_one_page_is_found_by_his_post_on_another() {
    let named = "Divers at odds\n4 May 2031\n\nCaptain Bela Tamm, the head of the 2nd Harbour Watch, met Ana Oro, the museum said on Monday.\n";
    let post = "Quiet week\n6 May 2031\n\nA diver said that the head of the 2nd Harbour Watch met two collectors in March.\n";
    let other = "Small news\n6 May 2031\n\nA diver said that the head of the 3rd Harbour Watch met two farmers in June.\n";
    let found = answer(&[("one.txt", named), ("two.txt", post), ("three.txt", other)], "Who says that Captain Tamm met Oro?");
    assert!(found.contains("met two collectors"), "{found}");
    assert!(
        found.contains("not by name; who is meant, one.txt says: ‹Captain Bela Tamm, the head of the 2nd Harbour Watch›"),
        "{found}"
    );
    assert!(!found.contains("met two farmers"), "{found}");
}

#[test]
fn what_answers_a_demand_in_its_own_words_is_shown_and_other_demands_are_not() {
    let demand = "Crew held\n4 May 2031\n\nNorway on Friday demanded that Iceland return nine trawlermen held since March.\n";
    let pledge = "Talks\n9 May 2031\n\nIceland pledged to publish the names of all detained sailors within ten days.\n\n\
        The envoy demanded that Iceland return the nine paintings.\n\nIceland pledged to repair the harbour within ten days.\n";
    let question = "What was done after Norway demanded the return of the nine trawlermen?";
    let found = answer(&[("one.txt", demand), ("two.txt", pledge)], question);
    assert!(found.contains("to publish the names of all detained sailors within ten days"), "{found}");
    assert!(!found.contains("nine paintings") && !found.contains("repair the harbour"), "{found}");
}

#[test]
fn that_there_is_none_bears_on_every_claim_about_it() {
    let claim =
        "Depots\n4 May 2031\n\nInspectors said on Monday that two of three secret depots near Bergen were still in use.\n";
    let denial = "Reply\n6 May 2031\n\n\"There are no depots to show,\" the mayor of Bergen said. \"There are barns.\"\n";
    let other = "Reply\n6 May 2031\n\n\"We have no opinion on depots,\" the mayor of Bergen said. \"Ask the fire brigade.\"\n";
    let question = "Who says that two secret depots near Bergen are still in use?";
    let found = answer(&[("one.txt", claim), ("two.txt", denial), ("three.txt", other)], question);
    let (_, none) = found.split_once("Said of it: that there is none").unwrap_or_else(|| panic!("{found}"));
    assert!(none.contains("There are no depots to show"), "{found}");
    assert!(!found.contains("no opinion on depots"), "{found}");
}

#[test]
fn a_denier_goes_on_and_replies_stand_beside() {
    let page = "Ferry crossed the line 12 times, survey finds\n4 May 2031\n\nSurveyors said on Monday that the ferry crossed the line on 12 of 30 trips.\n\n\
        Iceland disputed the trip figures. It said that five of the 12 trips were drills.\n\n\
        The harbour office said in reply that the buoys had drifted.\n\nThe weather was fine, a farmer said.\n";
    let found = answer(&[("one.txt", page)], "Who denies that the ferry crossed the line, and what stands against it?");
    assert!(found.contains("five of the 12 trips were drills"), "{found}");
    assert!(found.contains("the buoys had drifted") && !found.contains("The weather was fine"), "{found}");
}
