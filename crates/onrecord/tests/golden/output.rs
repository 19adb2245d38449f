//! What the program says of the examples.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::expected::Span;

/// The objects of the program's output, by type and id.
#[derive(Debug)]
pub(crate) struct Output {
    objects: Vec<Value>,
    /// File name of each article id.
    files: BTreeMap<String, String>,
    names: BTreeMap<String, String>,
}

impl Output {
    /// Reads the example pages with their pack.
    pub(crate) fn of(project: &Path) -> Self {
        let arguments = ["read", "examples/pages", "--pack", "examples/pack", "--format", "jsonl"];
        let run = Command::new(env!("CARGO_BIN_EXE_onrecord")).args(arguments).current_dir(project).output().unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        let lines = String::from_utf8(run.stdout).unwrap();
        let objects: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let mut output = Self { objects, files: BTreeMap::new(), names: BTreeMap::new() };
        let captures: BTreeMap<String, String> = output.of_type("capture").map(|o| (id(o), file_name(o))).collect();
        output.files = output.of_type("article").map(|o| (id(o), captures[o["capture"].as_str().unwrap()].clone())).collect();
        output.names = output.of_type("actor").map(|o| (id(o), o["name"].as_str().unwrap().to_owned())).collect();
        output
    }

    /// The objects of one type, in the order of the output.
    pub(crate) fn of_type<'o>(&'o self, kind: &'o str) -> impl Iterator<Item = &'o Value> {
        self.objects.iter().filter(move |object| object["type"] == kind)
    }

    /// The objects of one type that belong to an article of this file.
    pub(crate) fn in_file<'o>(&'o self, kind: &'o str, file: &'o str) -> impl Iterator<Item = &'o Value> {
        self.of_type(kind).filter(move |object| self.file(object) == Some(file))
    }

    /// File that an object's article stands in. An article is its own.
    pub(crate) fn file(&self, object: &Value) -> Option<&str> {
        let article = if object["type"] == "article" { &object["id"] } else { &object["article"] };
        self.files.get(article.as_str()?).map(String::as_str)
    }

    /// Canonical name of an actor by its id.
    pub(crate) fn name(&self, actor: &Value) -> Option<&str> {
        self.names.get(actor.as_str()?).map(String::as_str)
    }

    /// The assertion with this id.
    pub(crate) fn assertion(&self, id: &Value) -> Option<&Value> {
        self.of_type("assertion").find(|object| object["id"] == *id)
    }
}

fn id(object: &Value) -> String {
    object["id"].as_str().unwrap().to_owned()
}

fn file_name(capture: &Value) -> String {
    Path::new(capture["source"].as_str().unwrap()).file_name().unwrap().to_str().unwrap().to_owned()
}

/// The span in a value `[start, end]`.
pub(crate) fn span(value: &Value) -> Option<Span> {
    Some((usize::try_from(value[0].as_u64()?).ok()?, usize::try_from(value[1].as_u64()?).ok()?))
}

/// The spans in a value `[[start, end], …]`.
pub(crate) fn spans(value: &Value) -> Vec<Span> {
    value.as_array().into_iter().flatten().filter_map(span).collect()
}

/// Bytes that both lists cover, over bytes that any of them covers.
pub(crate) fn overlap(a: &[Span], b: &[Span]) -> f64 {
    let length = |spans: &[Span]| spans.iter().map(|(start, end)| end - start).sum::<usize>();
    let shared: usize = a.iter().flat_map(|a| b.iter().map(|b| b.1.min(a.1).saturating_sub(b.0.max(a.0)))).sum();
    shared as f64 / (length(a) + length(b) - shared).max(1) as f64
}
