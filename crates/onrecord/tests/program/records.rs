//! Records on disk: added to, killed while written, copied, checked, and asked.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::run::{Run, folder_with, onrecord, project};

/// A folder with copies of the example pages, none the same as another: `count` rounds of them.
fn pages(count: usize) -> tempfile::TempDir {
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    let mut sources: Vec<_> =
        std::fs::read_dir(project().join("examples/pages")).unwrap().map(|entry| entry.unwrap().path()).collect();
    sources.sort();
    for round in 0..count {
        for source in sources.iter().filter(|path| path.extension().is_some_and(|ending| ending == "txt")) {
            let text = std::fs::read_to_string(source).unwrap().replace("March", ["March", "April", "May"][round % 3]);
            let name = format!("pages/{round:03}-{}", source.file_name().unwrap().to_str().unwrap());
            files.push((name, format!("{text}\n\nRound {round} of the example was read.\n").into_bytes()));
        }
    }
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    folder_with(&files)
}

fn add(folder: &Path) -> Run {
    onrecord(folder, &["add", "pages", "--record", "dispute.onrecord"])
}

fn head(folder: &Path) -> (usize, String) {
    let text = onrecord(folder, &["checkpoint", "dispute.onrecord"]).ended(0).out;
    (text.lines().nth(1).unwrap().parse().unwrap(), text)
}

#[test]
fn a_record_says_what_its_pages_say() {
    let folder = tempfile::tempdir().unwrap();
    let record = folder.path().join("dispute.onrecord");
    let record = record.to_str().unwrap();
    onrecord(&project(), &["add", "examples", "--record", record]).ended(0);
    let pack = ["--pack", "examples/pack", "--width", "100"];
    for command in ["brief", "ledger", "claims"] {
        let of_pages = onrecord(&project(), &[&[command, "examples"], &pack[..]].concat()).ended(0).out;
        let of_record = onrecord(&project(), &[&[command, record], &pack[..]].concat()).ended(0).out;
        assert_eq!(of_record, of_pages, "{command}");
    }
    let again = onrecord(&project(), &["add", "examples", "--record", record]).ended(0).out;
    assert!(again.contains(": 0 pages added, 0 read anew, 18 known already; 18 pages in all"), "{again}");
    let found = onrecord(&project(), &["search", "\"in writing\"", "--record", record, "--format", "jsonl"]).ended(0).out;
    assert!(found.lines().count() >= 2 && found.contains("in writing"), "{found}");
}

#[test]
fn a_record_is_checked_against_a_checkpoint_and_an_item_is_proven() {
    let folder = pages(1);
    let path = folder.path();
    add(path).ended(0);
    let key = onrecord(path, &["key", "archive.example/port", "-o", "secret"]).ended(0).out;
    onrecord(path, &["key", "archive.example/port", "-o", "secret"]).ended(2).says(&["secret: cannot be written"]);
    onrecord(path, &["checkpoint", "dispute.onrecord", "--key", "secret", "-o", "head"]).ended(0);
    std::fs::write(path.join("pages/new.txt"), "Ferry runs\n\nThe ferry will run again on Monday, the ministry of ports said.\n")
        .unwrap();
    add(path).ended(0);
    let verify = ["verify", "dispute.onrecord", "--expect-head", "head", "--key", key.trim()];
    let checked = onrecord(path, &verify).ended(0).out;
    assert!(checked.contains("since then things were only added"), "{checked}");

    let items = onrecord(path, &["read", "pages/new.txt", "--format", "jsonl"]).ended(0).out;
    let items: Vec<serde_json::Value> = items.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let item = items.iter().find(|item| item["type"] == "assertion").unwrap()["id"].as_str().unwrap();
    onrecord(path, &["prove", item, "--record", "dispute.onrecord", "--key", "secret", "-o", "proof.json"]).ended(0);
    let elsewhere = folder_with(&[("proof.json", &std::fs::read(path.join("proof.json")).unwrap())]);
    let shown = onrecord(elsewhere.path(), &["verify-proof", "proof.json", "--key", key.trim()]).ended(0).out;
    assert!(
        shown.contains("the proof holds: this line was read in pages/new.txt")
            && shown.contains("the head is signed by the key given")
    );
    let forged = std::fs::read_to_string(path.join("proof.json")).unwrap().replace("ministry of ports", "ministry of boats");
    std::fs::write(elsewhere.path().join("forged.json"), forged).unwrap();
    let shown = onrecord(elsewhere.path(), &["verify-proof", "forged.json"]).ended(1).out;
    assert!(shown.contains("the proof does not hold: the item is no line of the reading"), "{shown}");

    // The same pages in another record make another log.
    std::fs::remove_file(path.join("dispute.onrecord")).unwrap();
    add(path).ended(0);
    let found = onrecord(path, &verify).ended(1).out;
    assert!(found.contains("it is of another record"), "{found}");
}

#[test]
fn what_was_acknowledged_survives_being_killed() {
    // KILLS=200 for the long run; docs/measurements.md has its result.
    let kills: u64 = std::env::var("KILLS").ok().and_then(|count| count.parse().ok()).unwrap_or(5);
    let folder = pages(8);
    let path = folder.path();
    let added = std::fs::read_dir(path.join("pages")).unwrap().count();
    let mut acknowledged: Option<(usize, String)> = None;
    let mut random = 88_172_645_463_325_252_u64;
    for _ in 0..kills {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let mut child = Command::new(env!("CARGO_BIN_EXE_onrecord"))
            .args(["add", "pages", "--record", "dispute.onrecord"])
            .current_dir(path)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(random % 2500));
        // SIGKILL on Unix.
        child.kill().unwrap();
        child.wait().unwrap();
        if !path.join("dispute.onrecord").exists() {
            continue;
        }
        // Killed before the tables were written there is a file and no record yet; the next run makes it.
        let opened = onrecord(path, &["checkpoint", "dispute.onrecord"]);
        if opened.code != 0 && acknowledged.is_none() {
            continue;
        }
        let now = head(path);
        if let Some((entries, text)) = &acknowledged {
            assert!(now.0 >= *entries, "{} entries were there, and {} are left", entries, now.0);
            std::fs::write(path.join("head"), text).unwrap();
            onrecord(path, &["verify", "dispute.onrecord", "--expect-head", "head"]).ended(0);
        }
        // Nothing more would be written to a record that has all pages: another one is begun.
        if now.0 == 2 * added {
            for file in ["dispute.onrecord", "dispute.onrecord-wal", "dispute.onrecord-shm"] {
                let _ = std::fs::remove_file(path.join(file));
            }
        }
        acknowledged = (now.0 < 2 * added).then_some(now);
    }
    add(path).ended(0);
    let checked = onrecord(path, &["verify", "dispute.onrecord"]).ended(0).out;
    assert!(checked.contains(&format!("{added} captures and {added} readings hashed again")), "{checked}");
}

#[test]
#[cfg(unix)]
fn an_interrupt_ends_the_work_when_what_is_in_hand_is_written() {
    let folder = pages(30);
    let path = folder.path();
    let child = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .args(["add", "pages", "--record", "dispute.onrecord"])
        .current_dir(path)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The record is made when the program listens; its first pages are written some time later.
    while !path.join("dispute.onrecord").exists() {
        std::thread::sleep(Duration::from_millis(10));
    }
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
    let ended = child.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(130));
    let told = String::from_utf8(ended.stderr).unwrap();
    assert!(told.contains("stopping when what is in hand is written"), "{told}");
    assert!(told.contains("the same command again goes on where it was"), "{told}");
    assert!(String::from_utf8(ended.stdout).unwrap().contains("head of its log"));
    onrecord(path, &["verify", "dispute.onrecord"]).ended(0);
    add(path).ended(0);
    let all = std::fs::read_dir(path.join("pages")).unwrap().count();
    let checked = onrecord(path, &["verify", "dispute.onrecord"]).ended(0).out;
    assert!(checked.contains(&format!("{all} captures and {all} readings hashed again")), "{checked}");
}

#[test]
fn a_copy_made_while_pages_are_added_is_whole() {
    let folder = pages(6);
    let path = folder.path();
    std::fs::create_dir(path.join("first")).unwrap();
    std::fs::write(path.join("first/one.txt"), "Ferry runs\n\nThe ferry will run again on Monday, the ministry of ports said.\n")
        .unwrap();
    onrecord(path, &["add", "first", "--record", "dispute.onrecord"]).ended(0);
    let mut child = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .args(["add", "pages", "--record", "dispute.onrecord"])
        .current_dir(path)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut copies = 0;
    while child.try_wait().unwrap().is_none() {
        let to = format!("copy-{copies}");
        onrecord(path, &["copy", "dispute.onrecord", &to]).ended(0);
        onrecord(path, &["verify", &to]).ended(0);
        copies += 1;
    }
    assert!(copies > 0);
    onrecord(path, &["copy", "dispute.onrecord", "copy-0"]).ended(2).says(&["copy-0: a file of this name is there already"]);
}

#[test]
fn articles_are_found_by_how_their_claims_stand() {
    let folder = tempfile::tempdir().unwrap();
    let record = folder.path().join("dispute.onrecord");
    let record = record.to_str().unwrap();
    let lines = |arguments: &[&str]| -> Vec<serde_json::Value> {
        let out = onrecord(&project(), &[arguments, &["--pack", "examples/pack"]].concat()).ended(0).out;
        out.lines().filter(|line| line.starts_with('{')).map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    lines(&["add", "examples/pages", "--record", record]);
    let items = lines(&["read", record]);
    let search = ["search", "--record", record, "--limit", "100", "--format", "jsonl", "--standing"];
    let mut met = 0;
    let asked = [("corroborated", None), ("contested", Some("accuse")), ("repeated", None), ("single-origin", Some("warn"))];
    for (standing, act) in asked {
        let claims = items.iter().filter(|item| item["type"] == "claim" && item["standing"] == standing);
        let said: Vec<_> = claims.flat_map(|claim| claim["assertions"].as_array().unwrap()).collect();
        let is_said = |item: &&serde_json::Value| {
            item["type"] == "assertion" && said.contains(&&item["id"]) && act.is_none_or(|act| item["act"] == act)
        };
        let wanted: BTreeSet<&str> = items.iter().filter(is_said).map(|item| item["article"].as_str().unwrap()).collect();
        let acts = act.map(|act| vec!["--act", act]).unwrap_or_default();
        let found = lines(&[search.as_slice(), &[standing], &acts].concat());
        let found: BTreeSet<&str> = found.iter().map(|hit| hit["article"].as_str().unwrap()).collect();
        assert_eq!(found, wanted, "{standing}");
        met += usize::from(!wanted.is_empty());
    }
    // Nothing on these pages is corroborated.
    assert_eq!(met, 3);
}

#[test]
fn files_that_are_no_records_are_named() {
    let folder = folder_with(&[("page.txt", b"Ferry runs\n\nThe ferry will run again on Monday, the ministry said.\n")]);
    let path = folder.path();
    onrecord(path, &["add", "page.txt", "--record", "page.txt"]).ended(2).says(&["page.txt: this is no record of onrecord"]);
    onrecord(path, &["search", "ferry", "--record", "none"]).ended(2).says(&["none: there is no such record"]);
    onrecord(path, &["search", "ferry", "--record", "x", "--act", "deney"]).ended(2).says(&["deny"]);
    onrecord(path, &["search", "ferry", "--record", "x", "--from", "March"]).ended(2).says(&["a day is written as 2025-03-01"]);
    onrecord(path, &["verify", "page.txt"]).ended(2).says(&["--source names their folder"]);
    onrecord(path, &["add", "page.txt", "--record", "no/such/folder/x"]).ended(2).says(&["x: cannot be made or opened"]);
}

#[test]
fn a_timestamp_is_asked_for_over_the_checkpoint() {
    let folder = pages(1);
    let path = folder.path();
    add(path).ended(0);
    let arguments =
        ["checkpoint", "dispute.onrecord", "-o", "head", "--rfc3161", "head.tsq", "--nonce", "4660", "--ots", "head.ots-in"];
    let run = onrecord(path, &arguments).ended(0);
    let head = std::fs::read(path.join("head")).unwrap();
    let digest = onrecord_text::sha256_hex(&head);
    assert!(run.err.contains(&digest) && run.err.contains("ots stamp"), "{}", run.err);
    assert_eq!(std::fs::read(path.join("head.ots-in")).unwrap(), head);
    let request = std::fs::read(path.join("head.tsq")).unwrap();
    let hex: String = request.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(hex, format!("303d0201013031300d060960864801650304020105000420{digest}020212340101ff"));
    // Where openssl is, it must read the request and find the same in it.
    let Ok(read) = Command::new("openssl").args(["ts", "-query", "-in", "head.tsq", "-text"]).current_dir(path).output() else {
        return;
    };
    let text = String::from_utf8_lossy(&read.stdout).into_owned();
    for told in ["Version: 1", "Hash Algorithm: sha256", "Nonce: 0x1234", "Certificate required: yes"] {
        assert!(text.contains(told), "{told} is not in\n{text}{}", String::from_utf8_lossy(&read.stderr));
    }
    onrecord(path, &["checkpoint", "dispute.onrecord", "--nonce", "1"]).ended(2).says(&["--rfc3161"]);
}
