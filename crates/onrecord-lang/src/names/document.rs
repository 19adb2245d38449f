//! One document means one thing by one name: what stands in full once settles the short forms.

use std::collections::BTreeMap;

use super::MentionKind;

/// A name in a document: its words as written, and what it was taken for.
#[derive(Debug, Clone)]
pub(crate) struct Written<'a> {
    pub(crate) words: Vec<&'a str>,
    pub(crate) kind: MentionKind,
}

impl<'a> Written<'a> {
    /// The mention with this text.
    pub(crate) fn new(text: &'a str, kind: MentionKind) -> Self {
        Self { words: text.split_whitespace().collect(), kind }
    }
}

/// Kinds of all mentions after the document has been heard.
///
/// A mention of one word that ends a person's longer name elsewhere is that person, unless it is more often something else here. Mentions
/// of the same words get the kind that most of them have; of equals, the first seen.
pub(crate) fn agree(mentions: &[Written<'_>]) -> Vec<MentionKind> {
    let mut votes: BTreeMap<&[&str], Vec<(MentionKind, usize)>> = BTreeMap::new();
    let mut surnames: BTreeMap<&str, usize> = BTreeMap::new();
    for mention in mentions {
        let kinds = votes.entry(&mention.words).or_default();
        match kinds.iter_mut().find(|(kind, _)| *kind == mention.kind) {
            Some((_, count)) => *count += 1,
            None => kinds.push((mention.kind, 1)),
        }
        if let (MentionKind::Person, [_, .., last]) = (mention.kind, mention.words.as_slice()) {
            *surnames.entry(last).or_default() += 1;
        }
    }
    let settle = |mention: &Written<'_>| {
        if let [only] = mention.words.as_slice()
            && surnames.contains_key(only)
            && !matches!(mention.kind, MentionKind::Location | MentionKind::Group)
        {
            return MentionKind::Person;
        }
        let kinds = votes.get(mention.words.as_slice()).map_or(&[] as &[_], Vec::as_slice);
        let most = kinds.iter().map(|(_, count)| *count).max().unwrap_or(0);
        kinds.iter().find(|(_, count)| *count == most).map_or(mention.kind, |(kind, _)| *kind)
    };
    mentions.iter().map(settle).collect()
}

#[cfg(test)]
mod tests {
    use super::{MentionKind, Written, agree};

    #[test]
    fn a_full_name_settles_the_short_one() {
        let full = Written { words: vec!["Sana", "Oro"], kind: MentionKind::Person };
        let short = Written { words: vec!["Oro"], kind: MentionKind::Organisation };
        assert_eq!(agree(&[short.clone(), full]), [MentionKind::Person, MentionKind::Person]);
        assert_eq!(agree(&[short]), [MentionKind::Organisation]);
    }

    #[test]
    fn the_most_frequent_kind_wins() {
        let as_place = Written { words: vec!["Veld"], kind: MentionKind::Location };
        let as_group = Written { words: vec!["Veld"], kind: MentionKind::Organisation };
        assert_eq!(agree(&[as_group, as_place.clone(), as_place]), [MentionKind::Location; 3]);
    }
}
