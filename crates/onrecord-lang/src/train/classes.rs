//! Numbers for tags, relations and places in names.

use std::collections::BTreeMap;

/// The class of what is too rare to be learnt, or not told.
pub(crate) const NO_CLASS: u8 = 62;

/// Names of the classes of a tagger, the most frequent first, so that equal scores fall to the likelier tag. Tags seen once or twice are
/// slips of the annotators.
pub(crate) fn inventory<'a>(tags: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for tag in tags {
        *counts.entry(tag).or_default() += 1;
    }
    let mut tags: Vec<(&str, usize)> = counts.into_iter().filter(|(_, count)| *count > 2).collect();
    tags.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    tags.into_iter().take(usize::from(NO_CLASS)).map(|(tag, _)| tag.to_owned()).collect()
}

/// Class of a tag.
pub(crate) fn class_of(names: &[String], tag: &str) -> u8 {
    names.iter().position(|name| name == tag).and_then(|at| u8::try_from(at).ok()).unwrap_or(NO_CLASS)
}
