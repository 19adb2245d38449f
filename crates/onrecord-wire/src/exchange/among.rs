//! What an article has in common with others: its story, text that it shares, the version before it.

use onrecord_record as record;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::convert::{Converter, Here};
use super::part::{Span, TextAt};

/// Words of another article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TextElsewhere {
    /// Id of the article.
    pub article: String,
    /// The cut of `span`.
    pub text: String,
    /// Where the words stand in that article's source.
    pub span: Span,
}

/// The older article with which this one shares most text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SharedWith {
    /// Id of the older article.
    pub older: String,
    /// `copy`: one takes over the other's text or both a third one's; `quotation`: they quote the same words.
    pub kind: String,
    /// Words in the passages.
    pub shared_words: usize,
    /// Words of the shorter article.
    pub words: usize,
    /// News agency that both credit, in lower case.
    pub agency: Option<String>,
    /// What is the same word for word.
    pub passages: Vec<SharedPassage>,
}

/// One passage that two articles share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SharedPassage {
    /// In this article.
    pub here: TextAt,
    /// In the older one.
    pub there: TextElsewhere,
}

/// The version of the page before this one, and what was changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RevisionOf {
    /// Id of the article as it stood before.
    pub older: String,
    /// What was changed, in the order of the text.
    pub changes: Vec<TextChange>,
}

/// One place where two versions differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TextChange {
    /// Words that are gone.
    pub removed: Option<TextElsewhere>,
    /// Words that stand there now.
    pub added: Option<TextAt>,
}

impl Converter<'_> {
    /// Shared by all articles of one story: named by the oldest of them.
    pub(super) fn story(&self, here: Here<'_>) -> Option<String> {
        let is_here = |at: &record::ArticleRef| (at.entry, at.article) == here.at;
        let story = self.record.stories.iter().find(|story| story.articles.iter().any(is_here))?;
        story.articles.first().map(|oldest| format!("story-{}", self.ids.article(oldest.entry, oldest.article)))
    }

    pub(super) fn shared_with(&self, here: Here<'_>) -> Option<SharedWith> {
        let shared = self.record.shared.iter().find(|shared| (shared.newer.entry, shared.newer.article) == here.at)?;
        let passage = |(older, newer): &(record::Words, record::Words)| {
            Some(SharedPassage { here: here.text(newer.span), there: self.elsewhere(*older)? })
        };
        Some(SharedWith {
            older: self.ids.article(shared.older.entry, shared.older.article),
            kind: match shared.kind {
                record::SharedKind::Copy => "copy",
                record::SharedKind::Quotation => "quotation",
            }
            .to_owned(),
            shared_words: shared.shared_words,
            words: shared.words,
            agency: shared.agency.clone(),
            passages: shared.passages.iter().filter_map(passage).collect(),
        })
    }

    pub(super) fn revision_of(&self, here: Here<'_>) -> Option<RevisionOf> {
        let is_here = |revision: &&record::Revision| (revision.newer.entry, revision.newer.article) == here.at;
        let revision = self.record.revisions.iter().find(is_here)?;
        let change = |change: &record::Change| TextChange {
            removed: change.removed.and_then(|words| self.elsewhere(words)),
            added: change.added.map(|words| here.text(words.span)),
        };
        Some(RevisionOf {
            older: self.ids.article(revision.older.entry, revision.older.article),
            changes: revision.changes.iter().map(change).collect(),
        })
    }

    fn elsewhere(&self, words: record::Words) -> Option<TextElsewhere> {
        let TextAt { text, span } = self.here(words.entry, words.article)?.text(words.span);
        Some(TextElsewhere { article: self.ids.article(words.entry, words.article), text, span })
    }
}
