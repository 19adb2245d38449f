//! Packs: found beside the pages, checked with all their problems at once.

use crate::run::{folder_with, onrecord, project};

const GOOD_ACTORS: &str = r#"meaning = "Two invented states"

[[state]]
id = "zz-arlen"
name = "Arlen"
demonyms = ["Arlenese"]
capital = "Port Vane"
"#;

const GOOD_SAYING: &str = r#"meaning = "Saying so by horn"
act = "state"

[[verb]]
lemma = "hornblow"
forms = ["hornblow", "hornblows", "hornblew"]
frames = ["that", "quote"]
finds = ["The minister hornblew that the talks had failed."]
leaves = ["The ferry hornblew twice in the fog."]
"#;

const PAGE: &str = "Talks at the border\n\nArlen said on Monday that the talks had failed.\n";

#[test]
fn a_good_pack_has_no_problems() {
    let folder = folder_with(&[("p/actors/arlen.toml", GOOD_ACTORS.as_bytes()), ("p/saying/horn.toml", GOOD_SAYING.as_bytes())]);
    let run = onrecord(folder.path(), &["pack", "check", "p"]).ended(0);
    assert_eq!(run.out, "p: no problems\n");
}

#[test]
fn the_lexicon_itself_and_the_pack_of_the_examples_have_no_problems() {
    onrecord(&project(), &["pack", "check", "data"]).ended(0);
    onrecord(&project(), &["pack", "check", "examples/pack"]).ended(0);
}

#[test]
fn all_problems_of_all_files_are_listed_with_their_places() {
    let actors = GOOD_ACTORS.replace("capital =", "captial =").replace("demonyms", "party = \"nobody.knows\"\ndemonyms");
    let second = GOOD_SAYING.replace("finds = [\"The minister hornblew that the talks had failed.\"]\n", "");
    let folder = folder_with(&[
        ("p/actors/arlen.toml", actors.as_bytes()),
        ("p/saying/a.toml", GOOD_SAYING.as_bytes()),
        ("p/saying/b.toml", second.as_bytes()),
    ]);
    let run = onrecord(folder.path(), &["pack", "check", "p"]).ended(1);
    for problem in [
        "p/actors/arlen.toml:8:1: unknown key `captial`",
        "p/actors/arlen.toml:6:9: nobody has defined the actor `nobody.knows`",
        "p/saying/b.toml:4:1: `finds` needs at least one entry",
        "p/saying/b.toml:6:10: `hornblow` is already listed with this frame at p/saying/a.toml:6:10",
    ] {
        assert!(run.out.contains(problem), "`{problem}` is not in:\n{}", run.out);
    }
}

#[test]
fn an_example_that_does_not_hold_is_a_problem_at_its_place() {
    let wrong =
        GOOD_SAYING.replace("The minister hornblew that the talks had failed.", "The ferry hornblew twice in the fog again.");
    let folder = folder_with(&[("p/saying/horn.toml", wrong.as_bytes())]);
    let run = onrecord(folder.path(), &["pack", "check", "p"]).ended(1);
    assert!(run.out.contains("p/saying/horn.toml:8:10:"), "{}", run.out);
}

#[test]
fn a_pack_with_problems_stops_a_brief_before_anything_is_read() {
    let folder = folder_with(&[("p/actors/a.toml", b"meaning = \"x\"\n[[state]]\nid = \"zz\"\n"), ("page.txt", PAGE.as_bytes())]);
    onrecord(folder.path(), &["brief", "page.txt", "--pack", "p"]).ended(2).says(&["p/actors/a.toml:2:1: `name` is missing"]);
}

#[test]
fn a_pack_folder_without_lexicon_files_is_named() {
    let folder = folder_with(&[("p/readme.txt", b"nothing"), ("page.txt", PAGE.as_bytes())]);
    onrecord(folder.path(), &["brief", "page.txt", "--pack", "p"]).ended(2).says(&["p: no lexicon files"]);
    onrecord(folder.path(), &["pack", "check", "missing"]).ended(2).says(&["missing"]);
}

#[test]
fn a_pack_beside_the_pages_is_used_unless_told_otherwise() {
    let folder =
        folder_with(&[("dispute/pack/actors/arlen.toml", GOOD_ACTORS.as_bytes()), ("dispute/page.txt", PAGE.as_bytes())]);
    let with = onrecord(folder.path(), &["read", "dispute"]).ended(0);
    with.says(&["using the pack in dispute/pack"]);
    assert!(with.out.contains("zz-arlen"), "{}", with.out);
    let without = onrecord(folder.path(), &["read", "dispute", "--no-pack"]).ended(0);
    assert!(!without.out.contains("zz-arlen"), "{}", without.out);
    assert!(!without.err.contains("using the pack"), "{}", without.err);
}
