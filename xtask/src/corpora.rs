//! Loads what the model is trained from: public corpora beside the project and the project's own.

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};
use onrecord_lang::MentionKind;
use onrecord_lang::train::names::{self, Labelled};
use onrecord_lang::train::{Corpora, Cutter, MachineTag, RunningText};
use serde_json::Value;

/// Where the public corpora lie.
pub(crate) const SHARED: &str = "../shared/data/train";
/// The project's own sentences with marked names: news of conflicts, and chronicles of parties and elections.
#[derive(Clone, Copy)]
pub(crate) enum Own {
    News,
    Politics,
}

impl Own {
    const ALL: [Self; 2] = [Self::News, Self::Politics];

    /// Below `corpus/` and, for the machine's tags, below `corpus/machine-tags/`.
    const fn name(self) -> &'static str {
        match self {
            Self::News => "names",
            Self::Politics => "names-politics",
        }
    }

    fn folder(self) -> String {
        format!("corpus/{}", self.name())
    }
}

/// Where the machine's tags of running text lie.
const MACHINE_TAGS: &str = "corpus/machine-tags";

pub(crate) const TREEBANKS: [&str; 3] = ["en_ewt-ud-train.conllu", "en_gum-ccby-train.conllu", "en_gum-ccbysa-train.conllu"];

/// A corpus of running text, and whether the machine's names in it are learnt.
const TEXTS: [(&str, bool); 8] = [
    ("ecbplus", true),
    ("plover_gsr_cameo", true),
    ("re3d_docs", false),
    ("wikiwars", false),
    ("wikigold", false),
    ("crossner_politics_train", false),
    ("btc_g", false),
    ("wnut17_train", false),
];

/// Corpora with names marked by hand, and how often each is gone through: the nearest to our texts counts most.
const NAMES: [(&str, usize); 5] =
    [("crossner_politics_train", 4), ("wikigold", 1), ("wnut17_train", 1), ("wnut17_dev", 1), ("re3d_docs", 2)];

/// And the project's own.
const OWN_TIMES: usize = 5;

/// Each fifth document of the project's own is kept for testing.
const TEST_EVERY: usize = 5;

/// Every file that training reads, sorted.
pub(crate) fn files() -> Result<Vec<String>> {
    let mut files: Vec<String> = TREEBANKS.iter().map(|name| format!("{SHARED}/{name}")).collect();
    files.extend(TEXTS.iter().map(|(name, _)| format!("{SHARED}/{name}.jsonl")));
    files.extend(NAMES.iter().map(|(name, _)| format!("{SHARED}/{name}.jsonl")));
    for folder in Own::ALL.map(Own::folder).into_iter().chain([MACHINE_TAGS.to_owned()]) {
        files.extend(listed(&folder)?);
    }
    files.sort();
    files.dedup();
    Ok(files)
}

/// The files of a folder, sorted.
pub(crate) fn listed(folder: &str) -> Result<Vec<String>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("{folder} cannot be listed"))?;
    let mut files: Vec<String> = entries.filter_map(|entry| Some(entry.ok()?.path().to_str()?.to_owned())).collect();
    files.retain(|file| !file.ends_with(".md"));
    files.sort();
    Ok(files)
}

pub(crate) fn read(path: &str) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("{path} cannot be read"))
}

fn lines(name: &str) -> Result<Vec<Value>> {
    let path = format!("{SHARED}/{name}.jsonl");
    read(&path)?.lines().map(|line| serde_json::from_str(line).with_context(|| format!("{path} is no JSONL"))).collect()
}

/// All that a model is trained from.
pub(crate) fn load() -> Result<Corpora> {
    let mut corpora = Corpora { treebanks: treebanks()?, ..Corpora::default() };
    for (name, learn_names) in TEXTS {
        corpora.texts.push(RunningText { paragraphs: paragraphs(name)?, tagged: machine_tags(name)?, learn_names });
    }
    for own in Own::ALL {
        let running = RunningText { paragraphs: own_paragraphs(own)?, tagged: machine_tags(own.name())?, learn_names: false };
        corpora.texts.push(running);
    }
    for (name, times) in NAMES {
        let documents = labelled_lines(name)?;
        (0..times).for_each(|_| corpora.names.extend(documents.iter().cloned()));
    }
    for own in Own::ALL {
        let documents = own_names(own, Part::Train)?;
        (0..OWN_TIMES).for_each(|_| corpora.names.extend(documents.iter().cloned()));
    }
    Ok(corpora)
}

pub(crate) fn treebanks() -> Result<Vec<String>> {
    TREEBANKS.iter().map(|name| read(&format!("{SHARED}/{name}"))).collect()
}

/// The paragraphs of a corpus of running text.
fn paragraphs(name: &str) -> Result<Vec<String>> {
    let mut paragraphs = Vec::new();
    for line in lines(name)? {
        let sentences = line["sentences"].as_array().into_iter().flatten().filter_map(Value::as_str);
        paragraphs.extend(sentences.map(str::to_owned));
        let text = line["text"].as_str().into_iter().flat_map(|text| text.split('\n'));
        paragraphs.extend(text.map(|paragraph| paragraph.trim().to_owned()).filter(|paragraph| !paragraph.is_empty()));
    }
    Ok(paragraphs)
}

fn own_paragraphs(own: Own) -> Result<Vec<String>> {
    Ok(own_names(own, Part::Train)?.into_iter().flatten().map(|labelled| labelled.text).collect())
}

/// Part of the project's own documents.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Train,
    Test,
}

/// Documents of the project's own with marked names.
pub(crate) fn own_names(own: Own, part: Part) -> Result<Vec<Vec<Labelled>>> {
    let mut documents = Vec::new();
    for file in listed(&own.folder())? {
        let found =
            names::parse(&read(&file)?).map_err(|line| anyhow::anyhow!("{file}:{line}: expected names as [LABEL words]"))?;
        let wanted = |number: usize| number.is_multiple_of(TEST_EVERY) == (part == Part::Test);
        documents.extend(found.into_iter().enumerate().filter(|(number, _)| wanted(*number)).map(|(_, document)| document));
    }
    Ok(documents)
}

/// The labels of public corpora in ours; `None` for what none of ours matches for certain.
pub(crate) fn kind_of(label: &str) -> Option<MentionKind> {
    Some(match label {
        "PER" | "person" | "politician" | "Person" => MentionKind::Person,
        "ORG" | "organisation" | "politicalparty" | "corporation" | "group" | "Organisation" => MentionKind::Organisation,
        "LOC" | "location" | "country" | "Location" => MentionKind::Location,
        "NORP" | "Nationality" => MentionKind::Group,
        "election" | "event" | "product" | "creative-work" => MentionKind::Other,
        _ => return None,
    })
}

/// The sentences of a corpus with marked names, each a document of its own.
pub(crate) fn labelled_lines(name: &str) -> Result<Vec<Vec<Labelled>>> {
    lines(name)?.iter().map(|line| Ok(vec![labelled_line(line)?])).collect()
}

fn labelled_line(line: &Value) -> Result<Labelled> {
    let text = line["text"].as_str().context("a line has no text")?;
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let byte = |value: &Value| usize::try_from(value.as_u64()?).ok().and_then(|at| starts.get(at).copied());
    let mut labelled = Labelled { text: text.to_owned(), names: Vec::new() };
    for entity in line["entities"].as_array().into_iter().flatten() {
        let (Some(start), Some(end), Some(label)) = (byte(&entity[0]), byte(&entity[1]), entity[2].as_str()) else {
            bail!("an entity is not [start, end, label]: {entity}")
        };
        labelled.names.push((start..end, kind_of(label)));
    }
    Ok(labelled)
}

fn machine_tags(name: &str) -> Result<Vec<Vec<MachineTag>>> {
    let path = format!("{MACHINE_TAGS}/{name}.gz");
    let Ok(bytes) = std::fs::read(&path) else { return Ok(Vec::new()) };
    let mut text = String::new();
    flate2::read::GzDecoder::new(bytes.as_slice()).read_to_string(&mut text).with_context(|| format!("{path} is damaged"))?;
    Ok(text.lines().map(|line| line.split(' ').filter(|tag| !tag.is_empty()).map(machine_tag).collect()).collect())
}

/// "NNP/B-PER" or "NN".
fn machine_tag(written: &str) -> MachineTag {
    let (penn, name) =
        written.rsplit_once('/').filter(|(penn, _)| !penn.is_empty()).map_or((written, None), |(penn, name)| (penn, Some(name)));
    let name = name.and_then(|name| Some((kind_of(name.get(2..)?)?, name.starts_with("B-"))));
    MachineTag { penn: penn.to_owned(), name }
}

/// All running text by name of its corpus.
fn running_texts() -> Result<Vec<(&'static str, Vec<String>)>> {
    let mut texts: Vec<(&str, Vec<String>)> =
        TEXTS.iter().map(|(name, _)| Ok((*name, paragraphs(name)?))).collect::<Result<_>>()?;
    for own in Own::ALL {
        texts.push((own.name(), own_paragraphs(own)?));
    }
    Ok(texts)
}

/// Writes the words of all running text, one a line with a mark whether a blank follows, for a machine to tag.
pub(crate) fn write_words(folder: &Path) -> Result<()> {
    let cutter = Cutter::train(&treebanks()?);
    std::fs::create_dir_all(folder)?;
    for (name, paragraphs) in running_texts()? {
        let mut out = String::new();
        for paragraph in &paragraphs {
            for words in cutter.sentences(paragraph) {
                for word in &words {
                    let blank = u8::from(paragraph[word.end..].starts_with(char::is_whitespace));
                    writeln!(out, "{}\t{blank}", &paragraph[word.clone()])?;
                }
                out.push('\n');
            }
        }
        std::fs::write(folder.join(format!("{name}.tok")), out)?;
    }
    Ok(())
}

/// Packs what the machine made of the words, as far as files of it are there: columns word, blank, Penn tag, entity.
pub(crate) fn pack_tags(folder: &Path) -> Result<()> {
    std::fs::create_dir_all(MACHINE_TAGS)?;
    let cutter = Cutter::train(&treebanks()?);
    for (name, paragraphs) in running_texts()? {
        let path = folder.join(format!("{name}.tsv"));
        if !path.exists() {
            continue;
        }
        let text = read(&path.to_string_lossy())?;
        let mut sentences = text.split("\n\n").filter(|sentence| !sentence.trim().is_empty());
        let mut out = String::new();
        for paragraph in &paragraphs {
            let count = cutter.sentences(paragraph).len();
            let sentence = sentences.by_ref().take(count).collect::<Vec<_>>().join("\n");
            let mut starts_after_article = false;
            for line in sentence.lines() {
                let columns: Vec<&str> = line.split('\t').collect();
                let [word, _, penn, entity] = columns[..] else { bail!("{name}: a line has {} columns: {line}", columns.len()) };
                let (position, kind) = entity.split_once('-').unwrap_or(("O", ""));
                // The machine counts a leading article as part of the name.
                let article = position == "B" && word.eq_ignore_ascii_case("the");
                let position = if starts_after_article && position == "I" { "B" } else { position };
                match ontonotes(kind).filter(|_| !article) {
                    Some(kind) => write!(out, "{penn}/{position}-{} ", kind.label())?,
                    None => write!(out, "{penn} ")?,
                }
                starts_after_article = article;
            }
            out.truncate(out.trim_end_matches(' ').len());
            out.push('\n');
        }
        let mut packed = flate2::GzBuilder::new().write(Vec::new(), flate2::Compression::best());
        packed.write_all(out.as_bytes())?;
        std::fs::write(format!("{MACHINE_TAGS}/{name}.gz"), packed.finish()?)?;
    }
    Ok(())
}

/// The kinds of OntoNotes in ours.
fn ontonotes(kind: &str) -> Option<MentionKind> {
    Some(match kind {
        "PERSON" => MentionKind::Person,
        "ORG" => MentionKind::Organisation,
        "GPE" | "LOC" | "FAC" => MentionKind::Location,
        "NORP" => MentionKind::Group,
        "EVENT" | "WORK_OF_ART" | "LAW" | "PRODUCT" | "LANGUAGE" => MentionKind::Other,
        _ => return None,
    })
}
