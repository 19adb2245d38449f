//! Whether a record is what its log says: every capture hashed again, every reading, every decision, every entry, every checkpoint.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use onrecord_text::SourceId;
use serde_json::Value;

use crate::StoreError;
use crate::log::{Checkpoint, Hash, SignedNote, Tree, Verifier, leaf_hash};
use crate::reading::tree_of;
use crate::store::{Store, as_usize};

/// What an audit found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Audit {
    /// Entries of the log hashed again.
    pub entries: usize,
    /// Captures unpacked and hashed again.
    pub captures: usize,
    /// Readings unpacked and hashed again, those of the history included.
    pub readings: usize,
    /// Decisions of reviewers compared with the log, those withdrawn included.
    pub decisions: usize,
    /// What does not fit.
    pub flaws: Vec<Flaw>,
}

/// Something that does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// Where: "entry 12 of the log", the name of a capture.
    pub place: String,
    /// What.
    pub text: String,
}

/// What the log says of its captures and readings, by the hash it names.
#[derive(Default)]
struct Logged {
    captures: HashMap<String, usize>,
    readings: HashMap<(String, String), usize>,
    decisions: BTreeMap<usize, String>,
}

impl Store {
    /// Checks the whole record against its log. What it proves: that captures and readings are those that were written down, in this order.
    /// It proves nothing about what was never written down, and a log without a checkpoint kept elsewhere can be forged as a whole.
    ///
    /// # Errors
    /// [`StoreError`] where the file cannot be read to its end.
    pub fn audit(&self) -> Result<Audit, StoreError> {
        let mut audit = Audit::default();
        self.audit_file(&mut audit)?;
        let logged = self.audit_log(&mut audit)?;
        self.audit_captures(&logged, &mut audit)?;
        self.audit_readings(&logged, &mut audit)?;
        self.audit_decisions(&logged, &mut audit)?;
        Ok(audit)
    }

    /// What the database itself says of its pages.
    fn audit_file(&self, audit: &mut Audit) -> Result<(), StoreError> {
        let mut rows = self.db.prepare("PRAGMA quick_check(20)")?;
        let said: Result<Vec<String>, _> = rows.query_map([], |row| row.get(0))?.collect();
        audit.flaws.extend(said?.into_iter().filter(|said| said != "ok").map(|text| flaw(self.path.display(), text)));
        Ok(())
    }

    fn audit_log(&self, audit: &mut Audit) -> Result<Logged, StoreError> {
        let mut logged = Logged::default();
        let mut rows = self.db.prepare("SELECT seq, kind, entry, hash FROM log ORDER BY seq")?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            let (seq, kind, entry): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let place = || format!("entry {seq} of the log");
            if as_usize(seq) != audit.entries {
                audit.flaws.push(flaw(place(), "entries before it are missing"));
            }
            if leaf_hash(entry.as_bytes()) != Hash(row.get(3)?) {
                audit.flaws.push(flaw(place(), "its text was changed: it does not fit its hash"));
            }
            let object: Value = serde_json::from_str(&entry).unwrap_or_default();
            let named = |field: &str| object[field].as_str().unwrap_or_default().to_owned();
            match kind.as_str() {
                "capture" => drop(logged.captures.insert(named("capture"), as_usize(seq))),
                "reading" => drop(logged.readings.insert((named("capture"), named("reading")), as_usize(seq))),
                "decision" => drop(logged.decisions.insert(as_usize(seq), entry)),
                _ => {}
            }
            audit.entries += 1;
        }
        Ok(logged)
    }

    fn audit_captures(&self, logged: &Logged, audit: &mut Audit) -> Result<(), StoreError> {
        let mut rows = self.db.prepare("SELECT sha256 FROM capture ORDER BY id")?;
        let hashes: Result<Vec<[u8; 32]>, _> = rows.query_map([], |row| row.get(0))?.collect();
        let mut kept = 0;
        for hash in hashes? {
            kept += 1;
            let name = Hash(hash).to_string();
            match self.capture(&hash) {
                Ok(Some(capture)) if *SourceId::of(&capture.bytes).as_bytes() == hash => audit.captures += 1,
                Ok(_) => audit.flaws.push(flaw(&name, "the bytes of this capture were changed: they do not fit their hash")),
                Err(StoreError::Unpack(_)) => audit.flaws.push(flaw(&name, "the bytes of this capture do not unpack")),
                Err(error) => return Err(error),
            }
            if !logged.captures.contains_key(&name) {
                audit.flaws.push(flaw(&name, "the log knows no capture with this hash"));
            }
        }
        if kept < logged.captures.len() {
            audit.flaws.push(flaw("captures", format!("{} that the log names are gone", logged.captures.len() - kept)));
        }
        Ok(())
    }

    fn audit_readings(&self, logged: &Logged, audit: &mut Audit) -> Result<(), StoreError> {
        let mut captures: HashMap<i64, String> = HashMap::new();
        let mut rows = self.db.prepare("SELECT id, sha256 FROM capture")?;
        for row in rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))? {
            let (id, hash) = row?;
            captures.insert(id, Hash(hash).to_string());
        }
        let mut kept = 0;
        self.each_kept(true, |reading| {
            kept += 1;
            let (place, root) = (reading.place(), reading.root);
            let capture = captures.get(&reading.capture).cloned().unwrap_or_default();
            match self.unpacked(reading).map(|reading| tree_of(&reading.jsonl)) {
                Ok(tree) if tree.root(tree.len()) == Some(root) => audit.readings += 1,
                Ok(_) => audit.flaws.push(flaw(&place, "its lines were changed: they do not fit their hash")),
                Err(StoreError::Unpack(_)) => audit.flaws.push(flaw(&place, "its lines do not unpack")),
                Err(error) => return Err(error),
            }
            if !logged.readings.contains_key(&(capture, root.to_string())) {
                audit.flaws.push(flaw(&place, "the log knows no such reading of this capture"));
            }
            Ok::<(), StoreError>(())
        })?;
        if kept < logged.readings.len() {
            audit.flaws.push(flaw("readings", format!("{} that the log names are gone", logged.readings.len() - kept)));
        }
        Ok(())
    }

    /// Decisions stand in the log word for word, so the table must say the same of each.
    fn audit_decisions(&self, logged: &Logged, audit: &mut Audit) -> Result<(), StoreError> {
        let rows = self.decision_rows()?;
        let mut kept: BTreeSet<usize> = BTreeSet::new();
        for row in rows {
            let place = || format!("the decision at entry {} of the log", row.seq);
            match logged.decisions.get(&row.seq).map(|line| row.differs_from(line)) {
                None => audit.flaws.push(flaw(place(), "the log knows no such decision")),
                Some(Some(column)) => {
                    audit.flaws.push(flaw(place(), format!("the column `{column}` of the table does not say what the log says")));
                }
                Some(None) => audit.decisions += 1,
            }
            kept.insert(row.seq);
        }
        let gone = logged.decisions.keys().filter(|seq| !kept.contains(seq)).count();
        if gone > 0 {
            audit.flaws.push(flaw("decisions", format!("{gone} that the log names are gone from the table")));
        }
        Ok(())
    }

    /// Checks that this record is a later state of the one that `note` is a checkpoint of, signed by `verifier` where one is given.
    /// Gives the checkpoint.
    ///
    /// # Errors
    /// A [`Flaw`] where it is not so, or [`StoreError`].
    pub fn grew_from(&self, note: &str, verifier: Option<&Verifier>) -> Result<Result<Checkpoint, Flaw>, StoreError> {
        Ok(grew_from(&self.tree()?, self.origin(), note, verifier))
    }
}

fn grew_from(tree: &Tree, origin: &str, note: &str, verifier: Option<&Verifier>) -> Result<Checkpoint, Flaw> {
    let bad = |error: String| flaw("the checkpoint given", error);
    let text = match verifier {
        None => SignedNote::parse(note).map_or(note, |signed| signed.text),
        Some(verifier) => {
            let signed = SignedNote::parse(note).map_err(|error| bad(error.to_string()))?;
            signed.verify(verifier).map_err(|error| bad(error.to_string()))?;
            signed.text
        }
    };
    let checkpoint = Checkpoint::parse(text).map_err(|error| bad(error.to_string()))?;
    if checkpoint.origin != origin {
        return Err(bad(format!("it is of another record, {}", checkpoint.origin)));
    }
    match tree.root(checkpoint.size) {
        Some(root) if root == checkpoint.root => Ok(checkpoint),
        Some(_) => Err(bad(format!("the first {} entries of the log are not those it was made of", checkpoint.size))),
        None => Err(bad(format!("it was made of {} entries, and the log has {} now", checkpoint.size, tree.len()))),
    }
}

fn flaw(place: impl std::fmt::Display, text: impl Into<String>) -> Flaw {
    Flaw { place: place.to_string(), text: text.into() }
}
