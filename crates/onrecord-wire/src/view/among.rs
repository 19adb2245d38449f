//! Section 8: what articles have in common: stories, text shared word for word, versions of one page.

use onrecord_read::Form;
use onrecord_record::{ArticleRef, Change, Revision, SharedKind, SharedText, Story, Words};
use onrecord_text::CleanSpan;

use super::gather::Gather;
use super::{AmongItem, MarkKind, counted};
use crate::words;

/// A line of the section, and words with what they are.
struct Found {
    head: String,
    parts: Vec<(&'static str, Words)>,
}

impl Gather<'_> {
    /// Stories first, then copies and shared quotations, then versions.
    pub(super) fn among(&mut self) -> Vec<AmongItem> {
        let record = self.record;
        let stories = record.stories.iter().map(|story| self.story(story));
        let shared = record.shared.iter().map(|shared| self.shared(shared));
        let revisions = record.revisions.iter().map(|revision| self.revision(revision));
        let all: Vec<Found> = stories.chain(shared).chain(revisions).collect();
        let item = |(number, found): (usize, Found)| {
            let id = format!("x{}", number + 1);
            let lines = found.parts.into_iter().map(|(name, words)| (name, self.passage(&id, words))).collect();
            AmongItem { id, head: found.head, lines }
        };
        all.into_iter().enumerate().map(item).collect()
    }

    fn story(&self, story: &Story) -> Found {
        let names: Vec<String> = story.articles.iter().map(|at| self.article_name(*at)).collect();
        let count = counted(story.articles.len(), "article", "articles");
        Found { head: format!("one story, {count}: {}", names.join("; ")), parts: Vec::new() }
    }

    fn shared(&self, shared: &SharedText) -> Found {
        let (newer, older) = (self.article_name(shared.newer), self.article_name(shared.older));
        let agency = shared.agency.as_ref().map(|agency| format!("; both credit {agency}")).unwrap_or_default();
        let head = match shared.kind {
            SharedKind::Copy => {
                let same = counted(shared.shared_words, "word", "words");
                format!("{newer} has the text of {older}: {same} in the same order, of {} of the shorter{agency}", shared.words)
            }
            SharedKind::Quotation => format!("{newer} quotes the same words as {older}{agency}"),
        };
        // The longest passage is enough to see it by; the exchange format has them all.
        let longest = shared.passages.iter().max_by_key(|(_, newer)| newer.span.end() - newer.span.start());
        Found { head, parts: longest.map(|(_, newer)| ("the same words, from:", *newer)).into_iter().collect() }
    }

    fn revision(&self, revision: &Revision) -> Found {
        let head = format!("{} was changed since {}", self.article_name(revision.newer), self.article_name(revision.older));
        let both = |change: &Change| [("gone:", change.removed), ("new:", change.added)];
        let parts = revision.changes.iter().flat_map(both).filter_map(|(name, words)| Some((name, words?)));
        Found { head, parts: parts.collect() }
    }

    fn passage(&mut self, id: &str, words: Words) -> super::Quote {
        let words = self.beginning(words);
        let anchor = format!("{}-{id}-{}", self.ids.article(words.entry, words.article), words.span.start());
        self.quote(&anchor, id, MarkKind::Shared, words, Form::Indirect)
    }

    /// The first of these words, as many as can be taken in at a glance.
    fn beginning(&self, words: Words) -> Words {
        const SHOWN: usize = 30;
        let Some((_, article)) = words::home(self.record, words.entry, words.article) else { return words };
        let text = article.clean.cut(words.span);
        let end =
            text.split_whitespace().take(SHOWN).last().map(|last| last.as_ptr() as usize - text.as_ptr() as usize + last.len());
        let end = end.and_then(|end| u32::try_from(end).ok()).map_or(words.span.end(), |end| words.span.start() + end);
        Words { span: CleanSpan::new(words.span.start(), end), ..words }
    }

    /// "Outlet (file)".
    fn article_name(&self, at: ArticleRef) -> String {
        let (outlet, file) = (self.outlet((at.entry, at.article)), self.file(at.entry));
        if outlet == file { file } else { format!("{outlet} ({file})") }
    }
}
