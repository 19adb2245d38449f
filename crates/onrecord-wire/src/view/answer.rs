//! What an answer shows: the findings of the record as the brief shows them, under the same labels.

use onrecord_lexicon::Lexicon;
use onrecord_read::Form;
use onrecord_record::{Answer, Finding, Found, ItemRef, Record, Words};

use super::gather::Gather;
use super::{ClaimItem, FigureLine, LedgerItem, MarkKind, Quote};
use crate::words;

/// A part of an answer.
pub(crate) struct AnswerPart {
    pub(crate) heading: String,
    pub(crate) lines: Vec<AnswerLine>,
    pub(crate) left_out: usize,
}

/// A finding.
pub(crate) struct AnswerLine {
    pub(crate) label: &'static str,
    pub(crate) shown: Shown,
    pub(crate) remarks: Vec<String>,
}

/// A finding as it is shown.
pub(crate) enum Shown {
    Claim(Box<ClaimItem>),
    Commitment(Box<LedgerItem>),
    Figure(FigureLine),
    /// Words with whose they are, and when they were said.
    Said {
        who: String,
        when: Option<String>,
        words: Quote,
    },
    /// An article: its outlet and headline, and where it stands.
    Article {
        name: String,
        title: String,
    },
}

/// The parts of `answer`, with the words cut out of the record's sources.
pub(crate) fn answer(record: &Record, lexicon: &Lexicon, answer: &Answer) -> Vec<AnswerPart> {
    let mut gather = Gather::new(record, lexicon);
    let (claims, ledger) = (gather.claim_ids(), gather.ledger_ids());
    let mut show = |finding: &Finding| {
        let shown = match finding.found {
            Found::Claim(at) => {
                let id = claims.get(&at).cloned().unwrap_or_default();
                Shown::Claim(Box::new(gather.claim(&id, record.claims.get(at)?)?))
            }
            Found::Commitment(at) => Shown::Commitment(Box::new(gather.ledger_item(at, record.commitments.get(at)?, &ledger))),
            Found::Figure(at) => Shown::Figure(gather.figure(at, "")?),
            Found::Assertion(at) => gather.assertion_line(at)?,
            Found::Passage(words) => gather.passage_line(words),
            Found::Name(words) => gather.passage_line(words),
            Found::Article(entry, article) => gather.article_line(entry, article)?,
        };
        Some(AnswerLine { label: finding.label, shown, remarks: finding.remarks.clone() })
    };
    let part = |part: &onrecord_record::Part| AnswerPart {
        heading: part.heading.clone(),
        lines: part.findings.iter().filter_map(&mut show).collect(),
        left_out: part.left_out,
    };
    answer.parts.iter().map(part).collect()
}

impl Gather<'_> {
    fn assertion_line(&mut self, at: ItemRef) -> Option<Shown> {
        Some(Shown::Said { who: self.told_by(at)?, when: self.when_said(at), words: self.said(at, "")? })
    }

    fn passage_line(&mut self, words: Words) -> Shown {
        let who = self.outlet((words.entry, words.article));
        Shown::Said { who, when: None, words: self.quote("", "", MarkKind::Open, words, Form::Indirect) }
    }

    fn article_line(&self, entry: usize, article: usize) -> Option<Shown> {
        let (of, page) = words::home(self.record, entry, article)?;
        let title = page.title.map(|span| words::plain_cut(&of.page, span)).unwrap_or_default();
        Some(Shown::Article { name: self.file(entry), title })
    }
}
