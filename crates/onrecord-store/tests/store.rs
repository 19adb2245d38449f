//! A record is made, added to, read anew, tampered with, searched, and items of it are proven.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use std::io::Write as _;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::DeflateEncoder;
use onrecord_page::{Article, CaptureData};
use onrecord_store::log::{SignedNote, Signer, Verifier};
use onrecord_store::{Access, Added, Merged, NewCapture, NewReading, Overruled, Proof, Query, Store, StoreError, StoredReading};
use rusqlite::Connection;
use serde_json::json;

/// A page in plain text, and what a reader makes of it.
struct Sample {
    name: &'static str,
    text: &'static str,
    data: CaptureData,
}

const SAMPLES: [(&str, &str, &str); 3] = [
    ("one.txt", "The port is open, the ministry said.\nNothing was put in writing.", "2025-03-01"),
    ("two.txt", "The port is closed, the union said.", "2025-03-02"),
    ("three.txt", "Nobody knows whether the mill was sold.", "2025-03-05"),
];

fn samples() -> Vec<Sample> {
    let sample = |(name, text, _)| Sample {
        name,
        text,
        data: CaptureData { url: Some(format!("https://paper.example/{name}")), ..CaptureData::default() },
    };
    SAMPLES.into_iter().map(sample).collect()
}

/// Lines as the exchange format has them: the article, and an assertion of its first words.
fn lines(sample: &Sample) -> String {
    let day = SAMPLES.iter().find(|(name, ..)| *name == sample.name).unwrap().2;
    let article = json!({
        "type": "article", "id": format!("a-{}", sample.name), "title": null, "site": "Paper", "published": {"value": day}, "genre": "report",
    });
    let assertion = json!({
        "type": "assertion", "id": format!("s-{}", sample.name), "article": format!("a-{}", sample.name), "act": "state",
        "speaker": {"name": "ministry", "actor": "x-port.ministry", "party": "x-port"}, "spans": [[0, 8]],
    });
    format!("{article}\n{assertion}\n")
}

fn add(store: &mut Store, samples: &[Sample], reader: &str) -> Vec<Added> {
    let jsonl: Vec<String> = samples.iter().map(lines).collect();
    let articles: Vec<[Article; 1]> = samples.iter().map(|sample| [Article::of_paragraphs(sample.text).unwrap()]).collect();
    let captures: Vec<NewCapture<'_>> = samples
        .iter()
        .zip(jsonl.iter().zip(&articles))
        .map(|(sample, (jsonl, articles))| NewCapture {
            name: sample.name,
            bytes: sample.text.as_bytes(),
            data: &sample.data,
            reading: Some(NewReading { reader, jsonl, articles }),
        })
        .collect();
    store.add(&captures).unwrap()
}

fn folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("dispute.onrecord");
    (folder, path)
}

fn made(path: &Path) -> Store {
    let mut store = Store::open(path, Access::Create).unwrap();
    add(&mut store, &samples(), "reader 1");
    store
}

#[test]
fn adding_again_changes_nothing() {
    let (_folder, path) = folder();
    let mut store = Store::open(&path, Access::Create).unwrap();
    assert_eq!(add(&mut store, &samples(), "reader 1"), [Added::New(0), Added::New(2), Added::New(4)]);
    let before = store.checkpoint().unwrap();
    assert_eq!(add(&mut store, &samples(), "reader 1"), [Added::Known; 3]);
    assert_eq!(store.checkpoint().unwrap(), before);
    drop(store);
    let store = Store::open(&path, Access::Read).unwrap();
    assert_eq!(store.checkpoint().unwrap(), before);
    let mut kept = Vec::new();
    store
        .each_capture(|capture| {
            kept.push((capture.name, capture.bytes, capture.data));
            Ok::<(), StoreError>(())
        })
        .unwrap();
    let given: Vec<_> =
        samples().into_iter().map(|sample| (sample.name.to_owned(), sample.text.as_bytes().to_vec(), sample.data)).collect();
    assert_eq!(kept, given);
}

#[test]
fn another_reader_takes_the_place_of_the_one_before_and_the_old_reading_stays() {
    let (_folder, path) = folder();
    let mut store = made(&path);
    let old = store.checkpoint().unwrap();
    assert_eq!(add(&mut store, &samples()[..1], "reader 2"), [Added::Reread(6)]);
    let count = |history| {
        let mut readers = Vec::new();
        store
            .each_reading(history, |reading| {
                readers.push((reading.reader, reading.latest));
                Ok::<(), StoreError>(())
            })
            .unwrap();
        readers
    };
    assert_eq!(count(true).len(), 4);
    assert_eq!(count(false)[0], ("reader 2".to_owned(), true));
    assert_eq!(store.audit().unwrap().flaws, []);
    // What was there before is the start of what is there now.
    assert_eq!(store.grew_from(&old.text(), None).unwrap(), Ok(old));
    let hits = store.search(&Query { words: "port".to_owned(), ..Query::default() }).unwrap();
    assert_eq!(hits.len(), 2, "the article of the old reading is not found besides that of the new one");
}

#[test]
fn whatever_is_changed_behind_the_log_is_found() {
    let changes = [
        (
            "UPDATE capture SET body = (SELECT body FROM capture WHERE id = 2), bytes = (SELECT bytes FROM capture WHERE id = 2) WHERE id = 1",
            "do not fit their hash",
        ),
        ("UPDATE capture SET body = x'00' WHERE id = 1", "do not unpack"),
        ("UPDATE log SET entry = replace(entry, 'one.txt', 'won.txt') WHERE seq = 0", "does not fit its hash"),
        ("DELETE FROM log WHERE seq = 4", "entries before it are missing"),
        (
            "UPDATE reading SET start = (SELECT start FROM reading WHERE id = 2), bytes = (SELECT bytes FROM reading WHERE id = 2) WHERE id = 1",
            "they do not fit their hash",
        ),
        ("UPDATE reading_pack SET lines = x'00'", "its lines do not unpack"),
        ("UPDATE reading_pack SET bytes = 9223372036854775807", "its lines do not unpack"),
        ("UPDATE reading SET start = 9223372036854775807 WHERE id = 1", "its lines do not unpack"),
        ("DELETE FROM reading_pack", "its lines do not unpack"),
        ("DELETE FROM reading WHERE id = 3", "that the log names are gone"),
        ("DELETE FROM reading WHERE capture = 3; DELETE FROM capture WHERE id = 3", "that the log names are gone"),
        ("UPDATE reading SET capture = 2, latest = 0 WHERE id = 1", "no such reading of this capture"),
    ];
    for (sql, expected) in changes {
        let (_folder, path) = folder();
        drop(made(&path));
        let db = Connection::open(&path).unwrap();
        db.pragma_update(None, "foreign_keys", false).unwrap();
        db.execute_batch(sql).unwrap();
        drop(db);
        let flaws = Store::open(&path, Access::Read).unwrap().audit().unwrap().flaws;
        assert!(flaws.iter().any(|flaw| flaw.text.contains(expected)), "{sql}: {flaws:?}");
    }
}

#[test]
fn a_log_forged_as_a_whole_is_found_by_a_checkpoint_kept_elsewhere() {
    let (folder, path) = folder();
    let kept = made(&path).checkpoint().unwrap();
    let forged = folder.path().join("forged.onrecord");
    let mut other = Store::open(&forged, Access::Create).unwrap();
    add(&mut other, &samples()[1..], "reader 1");
    Connection::open(&forged).unwrap().execute("UPDATE meta SET value = ? WHERE key = 'origin'", [&kept.origin]).unwrap();
    drop(other);
    let forged = Store::open(&forged, Access::Read).unwrap();
    assert_eq!(forged.audit().unwrap().flaws, [], "by itself it fits");
    let found = forged.grew_from(&kept.text(), None).unwrap().unwrap_err();
    assert!(found.text.contains("it was made of 6 entries, and the log has 4 now"), "{found:?}");
}

#[test]
fn one_item_is_proven_without_the_record() {
    let (_folder, path) = folder();
    let store = made(&path);
    let signer = Signer::new("archive.example/port", [3; 32]).unwrap();
    let note = signer.sign(&store.checkpoint().unwrap().text()).unwrap();
    let proof = store.prove("s-two.txt", &note).unwrap().unwrap();
    assert!(store.prove("s-four.txt", &note).unwrap().is_none());
    let text = proof.text();
    let proven = Proof::parse(&text).unwrap().verify(Some(&signer.verifier())).unwrap();
    assert_eq!((proven.name.as_str(), proven.reader.as_str()), ("two.txt", "reader 1"));
    assert!(proven.item.contains("\"s-two.txt\"") && proven.signed_by == ["archive.example/port"]);
    assert_eq!(proven.capture, onrecord_text::sha256_hex(SAMPLES[1].1.as_bytes()));
    // Any change to any field is found.
    let whole: serde_json::Value = serde_json::from_str(&text).unwrap();
    let fields: Vec<String> = whole.as_object().unwrap().keys().cloned().collect();
    for field in fields {
        let mut changed = whole.clone();
        changed[&field] = match &whole[&field] {
            serde_json::Value::String(text) => {
                json!(text.replace("two", "one").replace("onrecord", "offrecord").replace("\n6\n", "\n5\n"))
            }
            serde_json::Value::Number(number) => json!(number.as_u64().unwrap() + 1),
            path => json!({"index": path["index"].as_u64().unwrap() + 1, "hashes": path["hashes"]}),
        };
        if changed != whole {
            let held = Proof::parse(&changed.to_string()).and_then(|proof| proof.verify(Some(&signer.verifier())));
            assert!(held.is_err(), "{field} was changed");
        }
    }
    let other = Signer::new("archive.example/port", [4; 32]).unwrap();
    assert!(proof.verify(Some(&other.verifier())).is_err());
    assert!(SignedNote::parse(&note).unwrap().verify(&Verifier::parse(&signer.verifier().text()).unwrap()).is_ok());
}

#[test]
fn words_are_found_with_what_stands_around_them() {
    let (_folder, path) = folder();
    let store = made(&path);
    let found = |query: Query| -> Vec<String> { store.search(&query).unwrap().into_iter().map(|hit| hit.capture).collect() };
    let words = |words: &str| Query { words: words.to_owned(), ..Query::default() };
    assert_eq!(found(words("\"in writing\"")), ["one.txt"]);
    assert_eq!(found(words("writing in port")), ["one.txt"]);
    assert_eq!(found(Query { from: Some("2025-03-02".to_owned()), ..words("port") }), ["two.txt"]);
    assert_eq!(found(Query { to: Some("2025-03-01".to_owned()), ..words("port") }), ["one.txt"]);
    assert_eq!(
        found(Query { actor: Some("x-port.ministry".to_owned()), act: Some("state".to_owned()), ..Query::default() }).len(),
        3
    );
    assert_eq!(found(Query { to: Some("2025-03".to_owned()), ..words("port") }), ["two.txt", "one.txt"], "the whole month");
    assert_eq!(found(Query { party: Some("x-hill".to_owned()), ..words("port") }), Vec::<String>::new());
    assert_eq!(found(words("NEAR( \" AND")), Vec::<String>::new());
    // What reviewers say counts instead of what was found.
    let overruled = |one: Overruled| Query {
        act: Some("state".to_owned()),
        overruled: vec![Overruled {
            assertion: "s-one.txt".to_owned(),
            capture: onrecord_text::sha256_hex(SAMPLES[0].1.as_bytes()),
            ..one
        }],
        ..words("port")
    };
    assert_eq!(found(overruled(Overruled { rejected: true, ..Overruled::default() })), ["two.txt"]);
    assert_eq!(found(overruled(Overruled { act: Some("deny".to_owned()), ..Overruled::default() })), ["two.txt"]);
    let nobody = overruled(Overruled { actor: Some(None), ..Overruled::default() });
    assert_eq!(found(nobody.clone()).len(), 2);
    assert_eq!(found(Query { actor: Some("x-port.ministry".to_owned()), ..nobody }), ["two.txt"]);
    let harbour = |party: Option<&str>| Query {
        merged: vec![Merged {
            actor: "x-port.ministry".to_owned(),
            into: "x-hill.harbour".to_owned(),
            party: party.map(str::to_owned),
        }],
        ..Query::default()
    };
    let by = |actor: &str| Query { actor: Some(actor.to_owned()), ..harbour(None) };
    assert_eq!((found(by("x-port.ministry")).len(), found(by("x-hill.harbour")).len()), (0, 3), "what one said, the other said");
    let of_side = |party: &str, known: Option<&str>| found(Query { party: Some(party.to_owned()), ..harbour(known) }).len();
    assert_eq!((of_side("x-port", Some("x-hill")), of_side("x-hill", Some("x-hill")), of_side("x-port", None)), (0, 3, 3));
    let hit = &store.search(&words("union")).unwrap()[0];
    assert_eq!(hit.span.map(|span| span.cut(SAMPLES[1].1)), Some("union"));
    assert_eq!(hit.context, SAMPLES[1].1);
}

#[test]
fn what_is_no_record_is_named() {
    let (folder, path) = folder();
    assert!(matches!(Store::open(&path, Access::Read), Err(StoreError::Missing(_))));
    let text = folder.path().join("notes.txt");
    std::fs::write(&text, "nothing but some text that is longer than a header of a database would be, and no record for sure")
        .unwrap();
    assert!(matches!(Store::open(&text, Access::Create), Err(StoreError::Foreign(_))));
    let other = folder.path().join("other.db");
    Connection::open(&other).unwrap().execute_batch("CREATE TABLE x (y)").unwrap();
    assert!(matches!(Store::open(&other, Access::Create), Err(StoreError::Foreign(_))));
    drop(made(&path));
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let error = Store::open(&path, Access::Write).unwrap_err();
    assert!(error.to_string().contains("layout 99; this program knows layouts up to 4"), "{error}");
}

#[test]
fn two_writers_take_turns_and_a_reader_sees_what_was_acknowledged() {
    let (_folder, path) = folder();
    let mut one = made(&path);
    let mut two = Store::open(&path, Access::Write).unwrap();
    add(&mut one, &samples()[..1], "reader 2");
    add(&mut two, &samples()[1..2], "reader 2");
    add(&mut one, &samples()[2..], "reader 2");
    assert_eq!(one.checkpoint().unwrap().size, 9);
    let read = Store::open(&path, Access::Read).unwrap();
    assert_eq!((read.checkpoint().unwrap().size, read.audit().unwrap().flaws), (9, Vec::new()));
    assert_eq!(read.checkpoint().unwrap(), one.checkpoint().unwrap());
    let mut lock = Connection::open(&path).unwrap();
    let held = lock.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).unwrap();
    let sample = &samples()[0];
    let capture = NewCapture { name: "new", bytes: b"new bytes", data: &sample.data, reading: None };
    assert!(matches!(one.add(&[capture]), Err(StoreError::Busy)));
    drop(held);
    assert_eq!(one.checkpoint().unwrap().size, 9);
}

#[test]
fn a_record_that_may_only_be_read_says_so() {
    let (_folder, path) = folder();
    drop(made(&path));
    let mut store = Store::open(&path, Access::Read).unwrap();
    let sample = &samples()[0];
    let capture = NewCapture { name: "new", bytes: b"new bytes", data: &sample.data, reading: None };
    assert!(matches!(store.add(&[capture]), Err(StoreError::ReadOnly)));
}

#[test]
fn damaged_pages_are_found() {
    let (_folder, path) = folder();
    let mut store = made(&path);
    store.decide(&[decision("k1", "accept", "s-one.txt"), decision("k2", "reject", "s-two.txt")]).unwrap();
    drop(store);
    let whole = std::fs::read(&path).unwrap();
    // A page that holds nothing has nothing to damage: the number of its cells stands in bytes 3 and 4 (https://sqlite.org/fileformat2.html#b_tree_pages).
    let pages: Vec<usize> = (1..whole.len() / 4096).filter(|page| whole[page * 4096 + 3..page * 4096 + 5] != [0, 0]).collect();
    assert!(pages.len() > 20, "of a record most pages hold something: {pages:?}");
    for page in pages {
        let mut bytes = whole.clone();
        bytes[page * 4096 + 16..page * 4096 + 512].fill(0xA5);
        bytes[page * 4096 + 3000..page * 4096 + 4096].fill(0x5A);
        std::fs::write(&path, &bytes).unwrap();
        let audit = Store::open(&path, Access::Read).and_then(|store| store.audit());
        assert!(audit.map_or(true, |audit| !audit.flaws.is_empty()), "damage of page {page} went unnoticed");
    }
}

/// A line as a reviewer's decision has it.
fn decision(id: &str, verdict: &str, item: &str) -> String {
    json!({
        "id": id, "by": "ana", "at": "2025-03-09T10:00:00.000Z", "verdict": verdict, "item": item, "item_type": "assertion",
        "target": {"capture": "00", "address": "one.txt", "spans": [[0, 8]], "exact": "The port", "prefix": "", "suffix": " is open"},
    })
    .to_string()
}

#[test]
fn a_decision_is_an_entry_of_the_log_and_is_kept_once() {
    let (_folder, path) = folder();
    let mut store = made(&path);
    let before = store.checkpoint().unwrap();
    let lines = [decision("k1", "accept", "s-one.txt"), decision("k2", "reject", "s-two.txt")];
    assert_eq!(store.decide(&lines).unwrap(), 2);
    assert_eq!(store.decide(&lines[..1]).unwrap(), 0, "the record holds it already");
    assert_eq!((store.checkpoint().unwrap().size, store.decisions().unwrap()), (8, lines.to_vec()));
    assert_eq!(store.grew_from(&before.text(), None).unwrap(), Ok(before));
    let audit = store.audit().unwrap();
    assert_eq!((audit.decisions, audit.flaws), (2, Vec::new()));
    // All or none.
    assert!(matches!(store.decide(&[decision("k3", "accept", "x"), "{}".to_owned()]), Err(StoreError::Decision(_))));
    assert_eq!(store.decisions().unwrap().len(), 2);
    let quote: String = Connection::open(&path)
        .unwrap()
        .query_row("SELECT quote FROM decision WHERE verdict = 'reject' AND reviewer = 'ana'", [], |row| row.get(0))
        .unwrap();
    assert_eq!(quote, "The port");
}

#[test]
fn a_decision_forged_slipped_in_or_taken_out_is_found() {
    let changes = [
        ("UPDATE decision SET verdict = 'accept' WHERE id = 'k2'", "the column `verdict` of the table does not say"),
        ("UPDATE decision SET reviewer = 'ben' WHERE id = 'k2'", "the column `reviewer`"),
        ("UPDATE log SET entry = replace(entry, 'reject', 'accept') WHERE kind = 'decision'", "does not fit its hash"),
        ("DELETE FROM decision WHERE id = 'k1'", "1 that the log names are gone from the table"),
        ("DELETE FROM decision WHERE id = 'k2'; DELETE FROM log WHERE seq = 6", "entries before it are missing"),
        ("INSERT INTO decision (id, reviewer, at, verdict, seq) VALUES ('k9', 'ben', '2025', 'accept', 99)", "no such decision"),
    ];
    for (sql, expected) in changes {
        let (_folder, path) = folder();
        made(&path).decide(&[decision("k1", "accept", "s-one.txt"), decision("k2", "reject", "s-two.txt")]).unwrap();
        let db = Connection::open(&path).unwrap();
        db.pragma_update(None, "foreign_keys", false).unwrap();
        db.execute_batch(sql).unwrap();
        drop(db);
        let flaws = Store::open(&path, Access::Read).unwrap().audit().unwrap().flaws;
        assert!(flaws.iter().any(|flaw| flaw.text.contains(expected)), "{sql}: {flaws:?}");
    }
}

/// Makes the record what it was when each reading was packed alone.
fn as_layout_3(path: &Path) {
    let lines: Vec<Vec<u8>> = {
        let mut lines = Vec::new();
        let store = Store::open(path, Access::Read).unwrap();
        let each = |reading: StoredReading| {
            let mut packed = DeflateEncoder::new(Vec::new(), Compression::default());
            packed.write_all(reading.jsonl.as_bytes()).unwrap();
            lines.push(packed.finish().unwrap());
            Ok::<(), StoreError>(())
        };
        store.each_reading(true, each).unwrap();
        lines
    };
    let db = Connection::open(path).unwrap();
    let sql = "
        CREATE TABLE alone (
            id INTEGER PRIMARY KEY, capture INTEGER NOT NULL REFERENCES capture (id), reader TEXT NOT NULL, root BLOB NOT NULL,
            lines INTEGER NOT NULL, bytes INTEGER NOT NULL, jsonl BLOB NOT NULL, latest INTEGER NOT NULL, seq INTEGER NOT NULL UNIQUE
        ) STRICT;
        INSERT INTO alone SELECT id, capture, reader, root, lines, bytes, x'', latest, seq FROM reading;
        DROP TABLE reading;
        DROP TABLE reading_pack;
        DROP INDEX log_decision;
        ALTER TABLE alone RENAME TO reading;
        CREATE UNIQUE INDEX reading_latest ON reading (capture) WHERE latest = 1;";
    db.execute_batch(sql).unwrap();
    for (id, lines) in (1_i64..).zip(lines) {
        db.execute("UPDATE reading SET jsonl = ? WHERE id = ?", rusqlite::params![lines, id]).unwrap();
    }
    db.pragma_update(None, "user_version", 3).unwrap();
}

/// Makes the record what it was when assertions were numbered through.
fn as_layout_2(path: &Path) {
    as_layout_3(path);
    let db = Connection::open(path).unwrap();
    let sql = "
        DROP VIEW said;
        DROP INDEX article_published;
        DROP INDEX article_site;
        CREATE TABLE numbered (
            row INTEGER PRIMARY KEY, id TEXT NOT NULL, article INTEGER NOT NULL REFERENCES article (row), act TEXT NOT NULL,
            speaker TEXT NOT NULL, actor TEXT, party TEXT, said TEXT, first INTEGER NOT NULL, last INTEGER NOT NULL
        ) STRICT;
        INSERT INTO numbered (id, article, act, speaker, actor, party, said, first, last)
            SELECT id, article, act, speaker, actor, party, said, first, last FROM assertion;
        DROP TABLE assertion;
        ALTER TABLE numbered RENAME TO assertion;
        CREATE INDEX assertion_article ON assertion (article);
        CREATE INDEX assertion_actor ON assertion (actor) WHERE actor IS NOT NULL;
        CREATE VIEW said AS SELECT assertion.id FROM assertion;";
    db.execute_batch(sql).unwrap();
    db.pragma_update(None, "user_version", 2).unwrap();
}

/// Makes the record what it was before there were decisions.
fn as_layout_1(path: &Path) {
    as_layout_2(path);
    let db = Connection::open(path).unwrap();
    db.execute_batch("DROP TABLE decision").unwrap();
    db.pragma_update(None, "user_version", 1).unwrap();
}

#[test]
fn a_record_of_an_older_layout_is_read_as_it_is_and_brought_up_to_date_when_written() {
    for (old, make_old) in [(1, as_layout_1 as fn(&Path)), (2, as_layout_2), (3, as_layout_3)] {
        let (_folder, path) = folder();
        let head = made(&path).checkpoint().unwrap();
        make_old(&path);
        let of_the_ministry = Query { words: "port".to_owned(), actor: Some("x-port.ministry".to_owned()), ..Query::default() };
        let store = Store::open(&path, Access::Read).unwrap();
        assert_eq!((store.decisions().unwrap(), store.audit().unwrap().flaws), (Vec::new(), Vec::new()));
        let found = store.search(&of_the_ministry).unwrap();
        assert_eq!(found.len(), 2);
        let rejected = Overruled {
            assertion: "s-one.txt".to_owned(),
            capture: onrecord_text::sha256_hex(SAMPLES[0].1.as_bytes()),
            rejected: true,
            ..Overruled::default()
        };
        let reviewed = Query { overruled: vec![rejected], ..of_the_ministry.clone() };
        assert_eq!(store.search(&reviewed).unwrap().len(), 1, "what reviewers say counts in layout {old}");
        drop(store);
        let layout =
            || -> i64 { Connection::open(&path).unwrap().pragma_query_value(None, "user_version", |row| row.get(0)).unwrap() };
        assert_eq!(layout(), old, "reading changes nothing");
        let mut store = Store::open(&path, Access::Write).unwrap();
        assert_eq!((layout(), store.checkpoint().unwrap()), (4, head), "the log is what it was");
        assert_eq!(store.search(&of_the_ministry).unwrap(), found);
        store.decide(&[decision("k1", "accept", "s-one.txt")]).unwrap();
        add(&mut store, &samples(), "reader 2");
        assert_eq!(store.audit().unwrap().flaws, []);
        drop(store);
        let said = "SELECT count(*) FROM said WHERE capture = 'one.txt' AND act = 'state'";
        assert_eq!(Connection::open(&path).unwrap().query_row(said, [], |row| row.get::<_, i64>(0)).unwrap(), 1);
    }
}

#[test]
fn an_item_is_found_with_its_text() {
    let (_folder, path) = folder();
    let store = made(&path);
    let item = store.item("s-two.txt", None).unwrap().unwrap();
    assert_eq!((item.name.as_str(), item.clean.text()), ("two.txt", SAMPLES[1].1));
    assert_eq!(item.capture, onrecord_text::sha256_hex(SAMPLES[1].1.as_bytes()));
    assert!(store.item("s-two.txt", Some(&item.capture)).unwrap().is_some());
    assert!(store.item("s-one.txt", Some(&item.capture)).unwrap().is_none());
}

#[test]
fn the_time_of_a_decision_is_later_than_all_before_it() {
    let (_folder, path) = folder();
    let mut store = made(&path);
    let line = decision("k1", "accept", "s-one.txt").replace("2025-03-09T10:00:00.000Z", "2999-12-31T23:59:59.999Z");
    store.decide(&[line]).unwrap();
    assert_eq!(store.time_for("ana").unwrap(), "3000-01-01T00:00:00.000Z");
    assert!(store.time_for("ben").unwrap().as_str() < "2999");
}
