//! A dossier: all that a record holds of one actor, claim, demand or assurance, with a footnote for everything that somebody said.

mod html;
mod markdown;

use onrecord_lexicon::Lexicon;
use onrecord_record::Record;

use crate::view::dossier::{self as gathered, Unclear};

/// The dossier of one subject, to be set as a page or as Markdown. Both show the same.
pub struct Dossier(gathered::Dossier);

/// Why there is no dossier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DossierError {
    /// Nothing on the pages has this id or name.
    #[error("nobody and nothing on these pages has the id or the name `{0}`")]
    Nothing(String),
    /// Several are called so.
    #[error("`{name}` may be any of these; say which by its id:\n{}", candidates.join("\n"))]
    Several {
        /// As it was given.
        name: String,
        /// Id and name of each.
        candidates: Vec<String>,
    },
}

/// Gathers the dossier of `about`: the id of an actor, claim, demand or assurance, or the name of an actor, whole or in part.
///
/// # Errors
/// [`DossierError`], where nothing or more than one is meant.
pub fn dossier(record: &Record, lexicon: &Lexicon, about: &str) -> Result<Dossier, DossierError> {
    gathered::dossier(record, lexicon, about).map(Dossier).map_err(|unclear| match unclear {
        Unclear::Nothing => DossierError::Nothing(about.to_owned()),
        Unclear::Several(candidates) => DossierError::Several {
            name: about.to_owned(),
            candidates: candidates.into_iter().map(|(id, name)| format!("  {id}  {name}")).collect(),
        },
    })
}

impl Dossier {
    /// As one HTML page that needs nothing else: no script, nothing fetched.
    #[must_use]
    pub fn html(&self) -> String {
        html::page(&self.0)
    }

    /// As Markdown with footnotes (as GitHub and Pandoc write them); words of sources cannot become markup.
    #[must_use]
    pub fn markdown(&self) -> String {
        markdown::text(&self.0)
    }
}

/// What stands where a section has nothing.
const NOTHING: &str = "Nothing is on record.";

/// How to read the marks around words.
const MARKS: &str = "“…” are the speaker's own words, quoted in the source; ‹…› are the article's words for what somebody said, with its own \
quotation marks kept.";

/// What the footnotes are.
const FOOTNOTES: &str =
    "Each footnote names the article and the bytes of its decoded text, and shows the words where they stand.";

#[cfg(test)]
mod tests {
    use crate::view::dossier::{Dossier as Gathered, DossierSection, Footnote, Line, SourceLine};
    use onrecord_text::SourceSpan;

    /// Words that a page may hold to become markup, a link or another footnote.
    const HOSTILE: &str =
        "<script>alert(1)</script> ](javascript:alert(1)) [^1]: `x` **b** \"><img src=x onerror=y> &amp; | # ~~s~~ \\";

    fn hostile() -> Gathered {
        let text = || HOSTILE.to_owned();
        let line = || Line { lead: text(), words: Some(text()), notes: vec![1], aside: Some(text()), parts: Vec::new() };
        Gathered {
            title: text(),
            facts: vec![text()],
            sections: vec![DossierSection { title: "What it says", lines: vec![Line { parts: vec![line()], ..line() }] }],
            footnotes: vec![Footnote {
                outlet: text(),
                title: Some(text()),
                published: Some(text()),
                label: text(),
                spans: vec![SourceSpan::new(7, 9)],
                before: text(),
                exact: text(),
                after: text(),
                is_cut_before: true,
                is_cut_after: false,
                source: 1,
            }],
            sources: vec![SourceLine {
                outlet: text(),
                title: Some(text()),
                published: Some(text()),
                name: text(),
                url: Some(text()),
                sha256: "00".to_owned(),
                text_sha256: "11".to_owned(),
            }],
        }
    }

    #[test]
    fn words_of_a_page_stay_words_in_html() {
        let page = super::html::page(&hostile());
        for markup in ["<script", "<img"] {
            assert!(!page.contains(markup), "{markup} in {page}");
        }
        assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
        assert!(!page.contains("href=\"javascript"));
    }

    #[test]
    fn words_of_a_page_stay_words_in_markdown() {
        let text = super::markdown::text(&hostile());
        for markup in ["<script", "<img", " ](javascript", " [^1]: `", " **b**", "~~s~~"] {
            assert!(!text.contains(markup), "{markup} in {text}");
        }
        // Nothing but the headings, items and the footnote that are written here begins a line.
        let starts = ["# ", "## ", "- ", "  - ", "[^1]: ", "1. ", ""];
        for line in text.lines() {
            assert!(starts.iter().any(|start| !start.is_empty() && line.starts_with(start)) || is_plain(line), "{line}");
        }
        assert_eq!(text.lines().filter(|line| line.starts_with("[^1]:")).count(), 1);
    }

    fn is_plain(line: &str) -> bool {
        line.is_empty() || line.starts_with(|c: char| c.is_alphabetic() || matches!(c, '&' | '“'))
    }

    #[test]
    fn both_show_the_same_lines_and_footnotes() {
        let dossier = hostile();
        let (page, text) = (super::html::page(&dossier), super::markdown::text(&dossier));
        assert_eq!(page.matches("<sup>").count(), 2);
        assert_eq!(text.matches("[^1]").count(), 3);
        assert!(page.contains("bytes 7–9") && text.contains("bytes 7–9"));
    }
}
