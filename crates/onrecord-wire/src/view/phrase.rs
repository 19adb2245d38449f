//! Phrases that terminal and page share.

use onrecord_record::Standing;

use super::{ClaimItem, Dated, FigureLine, Head, Quote, Voice};

/// The statement that stands at the head of every brief.
pub(crate) const WHAT_IT_IS: &str =
    "This is what the sources say, each line with the place of its words. It does not say what is true.";

/// How to read the marks around words.
pub(crate) const LEGEND: &str = "“…” are the speaker's own words, quoted in the source; ‹…› are the article's words for what somebody said, \
with its own quotation marks kept. Every line ends with file and line of the source.";

impl Head {
    /// How much was read and from when.
    pub(crate) fn sentence(&self) -> String {
        let read = format!(
            "Read: {}, {}, {}.",
            counted(self.pages, "page", "pages"),
            counted(self.articles, "article", "articles"),
            counted(self.outlets, "outlet", "outlets")
        );
        let published = match &self.published {
            Some((first, last)) if first == last => format!(" Published: {first}."),
            Some((first, last)) => format!(" Published: {first} to {last}."),
            None => String::new(),
        };
        let undated = match self.undated {
            0 => String::new(),
            number => format!(" Without a date of publication: {}.", counted(number, "article", "articles")),
        };
        format!("{read}{published}{undated}")
    }
}

impl Quote {
    /// The words in the marks that tell whose they are.
    pub(crate) fn in_marks(&self) -> String {
        match self.voice {
            Voice::Own => format!("“{}”", self.words),
            Voice::Article => format!("‹{}›", self.words),
        }
    }
}

impl ClaimItem {
    /// How it stands.
    pub(crate) const fn standing_name(&self) -> &'static str {
        match self.standing {
            Standing::Corroborated => "corroborated",
            Standing::Contested => "contested",
            Standing::Repeated => "repeated",
            Standing::SingleOrigin => "one origin",
        }
    }

    /// Outlets, publishers and origins, each counted apart, and how many persons those are who are not named.
    pub(crate) fn counts(&self) -> String {
        let outlets = counted(self.outlets.len(), "outlet", "outlets");
        let publishers = counted(self.publishers, "publisher", "publishers");
        let unnamed = self.unnamed.map(|persons| format!(" (not named: {persons})")).unwrap_or_default();
        format!("{outlets}, {publishers}, {}{unnamed}", counted(self.origins.len(), "origin", "origins"))
    }
}

impl FigureLine {
    /// For when the figure holds, and what became of it: "(11 February 2025; given since 7 March 2025; against 31)".
    pub(crate) fn aside(&self) -> String {
        let parts: Vec<&str> = self.when.iter().chain(&self.history).map(String::as_str).collect();
        if parts.is_empty() { String::new() } else { format!("({})", parts.join("; ")) }
    }
}

impl Dated {
    /// Who says it, and whether the date is that of the saying or of what is said.
    pub(crate) fn lead(&self) -> String {
        dated_lead(&self.who, self.turning_word.as_deref(), self.is_saying)
    }
}

/// "Oro said:", "according to Oro:", "Oro, ‹denied›:".
pub(crate) fn dated_lead(who: &str, turning_word: Option<&str>, is_saying: bool) -> String {
    match (is_saying, turning_word) {
        (true, None) => format!("{who} said:"),
        (true, Some(word)) => format!("{who}, {word}:"),
        (false, None) => format!("according to {who}:"),
        (false, Some(word)) => format!("according to {who}, {word}:"),
    }
}

/// What is said of states that have no line of their own.
pub(crate) fn affairs_left(number: usize) -> String {
    format!(
        "{number} more are told of things that no name and no sides tell apart, or are told again; --format jsonl lists them."
    )
}

/// The label of an item: its id in capitals.
pub(crate) fn label(id: &str) -> String {
    id.to_uppercase()
}

/// "1 page", "2 pages".
pub(crate) fn counted(number: usize, one: &str, several: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { several })
}
