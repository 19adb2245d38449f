//! News outlets.

/// A news agency, a paper, a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlet {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: OutletKind,
    /// Its web domains.
    pub domains: Vec<String>,
    /// Id of the state it is published in.
    pub country: Option<String>,
    /// Who publishes it, where that is another name.
    pub publisher: Option<String>,
}

/// Sorts of outlets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutletKind {
    /// Sells copy to others.
    Agency,
    /// A newspaper.
    Newspaper,
    /// Radio or television.
    Broadcaster,
    /// A magazine or review.
    Magazine,
    /// A site of any other sort.
    Website,
    /// Collects others' pieces.
    Aggregator,
    /// A government's own.
    Government,
}
