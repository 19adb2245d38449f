//! Section 7: what could not be settled.

use std::collections::BTreeMap;

use onrecord_read::Form;

use super::gather::Gather;
use super::{MarkKind, OpenGroup, OpenLine};

impl Gather<'_> {
    pub(super) fn open(&mut self) -> Vec<OpenGroup> {
        let record = self.record;
        let mut groups: BTreeMap<&str, Vec<OpenLine>> = BTreeMap::new();
        for (number, question) in record.questions.iter().enumerate() {
            let id = format!("q{}", number + 1);
            let words =
                question.words.map(|words| self.quote(&format!("{id}-words"), &id, MarkKind::Open, words, Form::Indirect));
            groups.entry(question.name).or_default().push(OpenLine { id, text: question.text.clone(), words });
        }
        let group = |(name, questions): (&str, _)| OpenGroup { name: name.replace('-', " "), questions };
        groups.into_iter().map(group).collect()
    }
}
