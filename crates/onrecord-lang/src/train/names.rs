//! Corpora of marked names.

use std::ops::Range;

use super::MachineTag;
use super::classes::NO_CLASS;
use crate::names::{MentionKind, OUTSIDE, Position, class};

/// A text with its names marked.
#[derive(Debug, Clone, Default)]
pub struct Labelled {
    /// The text.
    pub text: String,
    /// Byte ranges of the names; `None` for one of a kind that is not ours to tell, which teaches nothing.
    pub names: Vec<(Range<usize>, Option<MentionKind>)>,
}

/// The documents of a corpus in which names stand in brackets behind their label: `[PER Sana Oro] spoke.` One sentence a line, documents
/// parted by empty lines, comments behind `#`.
///
/// # Errors
/// The number of a line with an unknown label or an open bracket.
pub fn parse(corpus: &str) -> Result<Vec<Vec<Labelled>>, usize> {
    let mut documents: Vec<Vec<Labelled>> = vec![Vec::new()];
    for (number, line) in (1_usize..).zip(corpus.lines()) {
        if line.trim().is_empty() {
            documents.push(Vec::new());
        } else if !line.starts_with('#')
            && let Some(document) = documents.last_mut()
        {
            document.push(parse_line(line).ok_or(number)?);
        }
    }
    documents.retain(|document| !document.is_empty());
    Ok(documents)
}

fn parse_line(line: &str) -> Option<Labelled> {
    let mut labelled = Labelled::default();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('[') {
        labelled.text.push_str(before);
        let (mark, after) = after.split_once(']')?;
        let (label, name) = mark.split_once(' ')?;
        let kind = MentionKind::ALL.into_iter().find(|kind| kind.label() == label)?;
        let start = labelled.text.len();
        labelled.text.push_str(name);
        labelled.names.push((start..labelled.text.len(), Some(kind)));
        rest = after;
    }
    labelled.text.push_str(rest);
    Some(labelled)
}

/// Classes of `words`, of which `names` are marked. Words of a name whose ends lie inside of words are not told.
pub(crate) fn gold(words: &[Range<usize>], names: &[(Range<usize>, Option<MentionKind>)]) -> Vec<u8> {
    let mut gold = vec![OUTSIDE; words.len()];
    for (span, kind) in names {
        let first = words.partition_point(|word| word.end <= span.start);
        let after = words.partition_point(|word| word.start < span.end);
        if first >= after {
            continue;
        }
        let whole = words[first].start == span.start && words[after - 1].end == span.end;
        for (place, slot) in (first..after).zip(&mut gold[first..after]) {
            let position = match (place == first, place + 1 == after) {
                (true, true) => Position::Alone,
                (true, false) => Position::First,
                (false, true) => Position::Last,
                (false, false) => Position::Inside,
            };
            *slot = kind.filter(|_| whole).map_or(NO_CLASS, |kind| class(kind, position));
        }
    }
    gold
}

/// Classes that machine tags stand for.
pub(crate) fn gold_of_machine(tags: &[MachineTag]) -> Vec<u8> {
    let goes_on = |place: usize| tags.get(place).is_some_and(|tag| matches!(tag.name, Some((_, false))));
    let class_at = |place: usize| match tags[place].name {
        None => OUTSIDE,
        Some((kind, starts)) => class(
            kind,
            match (starts, goes_on(place + 1)) {
                (true, true) => Position::First,
                (true, false) => Position::Alone,
                (false, true) => Position::Inside,
                (false, false) => Position::Last,
            },
        ),
    };
    (0..tags.len()).map(class_at).collect()
}

#[cfg(test)]
mod tests {
    use super::{MentionKind, parse};

    #[test]
    fn reads_marked_names() {
        let documents = parse("# doc 1\n[PER Sana Oro] left [LOC Veld].\n\nNobody came.\n").unwrap();
        assert_eq!(documents.len(), 2);
        let first = &documents[0][0];
        assert_eq!(first.text, "Sana Oro left Veld.");
        assert_eq!(first.names, [(0..8, Some(MentionKind::Person)), (14..18, Some(MentionKind::Location))]);
        assert_eq!(parse("a\n[XYZ b] c").unwrap_err(), 2);
    }
}
