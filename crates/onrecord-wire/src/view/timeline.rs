//! Section 4: what is dated, by date.

use super::Dated;
use super::gather::Gather;
use super::name::date;

impl Gather<'_> {
    pub(super) fn timeline(&mut self) -> Vec<Dated> {
        let record = self.record;
        let mut dated = Vec::new();
        for (number, entry) in record.timeline.iter().enumerate() {
            let id = format!("t{}", number + 1);
            let (Some(who), Some(words)) = (self.speaker_of(entry.assertion), self.said(entry.assertion, &id)) else { continue };
            dated.push(Dated { id, date: date(&entry.date.value), who, is_saying: entry.is_saying, words });
        }
        dated
    }
}
