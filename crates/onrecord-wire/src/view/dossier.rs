//! What a dossier shows of one actor, claim, demand or assurance, before it is set as a page or as Markdown.

mod footnote;
mod section;
mod subject;

use onrecord_lexicon::Lexicon;
use onrecord_record::Record;
use onrecord_text::SourceSpan;

use super::gather::Gather;
use footnote::Footnotes;
pub(crate) use subject::{Subject, Unclear};

/// All that a record holds of one subject.
pub(crate) struct Dossier {
    pub(crate) title: String,
    /// What sort of subject it is, its id, and what else is known of it in a word.
    pub(crate) facts: Vec<String>,
    pub(crate) sections: Vec<DossierSection>,
    pub(crate) footnotes: Vec<Footnote>,
    /// The articles that footnotes point into, in the order of the record.
    pub(crate) sources: Vec<SourceLine>,
}

pub(crate) struct DossierSection {
    pub(crate) title: &'static str,
    pub(crate) lines: Vec<Line>,
}

/// A line of a dossier. Whatever comes from a source has footnotes.
#[derive(Default)]
pub(crate) struct Line {
    /// Who, when, what sort of thing.
    pub(crate) lead: String,
    /// Words of a source, in the marks that tell whose they are.
    pub(crate) words: Option<String>,
    /// Numbers of footnotes, from 1.
    pub(crate) notes: Vec<usize>,
    /// What is to be said of it besides.
    pub(crate) aside: Option<String>,
    pub(crate) parts: Vec<Line>,
}

/// Where words stand.
pub(crate) struct Footnote {
    pub(crate) outlet: String,
    pub(crate) title: Option<String>,
    /// Day of publication, for people.
    pub(crate) published: Option<String>,
    /// `FILE:LINE`.
    pub(crate) label: String,
    /// The bytes of the decoded text.
    pub(crate) spans: Vec<SourceSpan>,
    /// The words themselves, and those around them in their paragraph.
    pub(crate) before: String,
    pub(crate) exact: String,
    pub(crate) after: String,
    /// Whether the paragraph goes on on that side.
    pub(crate) is_cut_before: bool,
    pub(crate) is_cut_after: bool,
    /// Number of the article in [`Dossier::sources`], from 1.
    pub(crate) source: usize,
}

/// An article that is cited.
pub(crate) struct SourceLine {
    pub(crate) outlet: String,
    pub(crate) title: Option<String>,
    pub(crate) published: Option<String>,
    /// Path or address as given, and the address it was obtained from where that is another.
    pub(crate) name: String,
    pub(crate) url: Option<String>,
    /// Hash of the bytes as obtained, and of the decoded text that spans point into.
    pub(crate) sha256: String,
    pub(crate) text_sha256: String,
}

impl Footnote {
    /// Outlet, title, day, place and bytes.
    pub(crate) fn place(&self) -> String {
        let spans: Vec<String> = self.spans.iter().map(|span| format!("{}–{}", span.start(), span.end())).collect();
        let title = self.title.as_ref().map(|title| format!("“{title}”"));
        let parts = std::iter::once(self.outlet.clone()).chain(title).chain(self.published.clone());
        parts.chain([self.label.clone(), format!("bytes {}", spans.join(", "))]).collect::<Vec<_>>().join(", ")
    }

    /// The words before, with a mark where they do not begin their paragraph.
    pub(crate) fn opening(&self) -> String {
        if self.is_cut_before { format!("… {}", self.before) } else { self.before.clone() }
    }

    /// The words behind, with a mark where they do not end their paragraph.
    pub(crate) fn closing(&self) -> String {
        if self.is_cut_after { format!("{} …", self.after) } else { self.after.clone() }
    }
}

impl SourceLine {
    /// Outlet, title, day, where it was obtained, and the hashes.
    pub(crate) fn parts(&self) -> Vec<String> {
        let title = self.title.as_ref().map(|title| format!("“{title}”"));
        let published = self.published.as_ref().map(|day| format!("published {day}"));
        let known =
            std::iter::once(self.outlet.clone()).chain(title).chain(published).chain([self.name.clone()]).chain(self.url.clone());
        known.chain([format!("sha256 {}", self.sha256), format!("sha256 of the text {}", self.text_sha256)]).collect()
    }
}

/// Gathers the dossier of whatever `about` names: an id of the exchange format, or a name.
pub(crate) fn dossier(record: &Record, lexicon: &Lexicon, about: &str) -> Result<Dossier, Unclear> {
    let mut builder = Builder { gather: Gather::new(record, lexicon), footnotes: Footnotes::default() };
    let subject = builder.subject(about)?;
    let (title, facts) = builder.head(&subject);
    let sections = builder.sections(&subject);
    let (footnotes, sources) = builder.footnotes_and_sources();
    Ok(Dossier { title, facts, sections, footnotes, sources })
}

/// A dossier while it is made.
struct Builder<'a> {
    gather: Gather<'a>,
    footnotes: Footnotes,
}
