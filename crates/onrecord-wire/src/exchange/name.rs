//! The core's enums under their names in the exchange format.

use onrecord_lexicon as lexicon;
use onrecord_page as page;
use onrecord_read as read;
use onrecord_record as record;

use super::part;

/// Writes a `From` between two enums whose variants have the same names.
macro_rules! same_names {
    ($from:path => $to:path: $($variant:ident)*) => {
        impl From<$from> for $to {
            fn from(value: $from) -> Self {
                match value {
                    $(<$from>::$variant => <$to>::$variant,)*
                }
            }
        }
    };
}

same_names!(lexicon::ActorKind => part::ActorKind: State Office Person ArmedGroup Organisation People Unnamed);
same_names!(lexicon::Act => part::AssertionAct: State Demand Assure Offer Deny Refuse Accuse Warn Acknowledge);
same_names!(page::Genre => part::Genre: Report Opinion Summary Unknown);
same_names!(page::GenreBasis => part::SignBasis: JsonLd Address Listing Section Mark Dateline Words);
same_names!(page::LanguageBasis => part::SignBasis: Words Declared);
same_names!(page::DateBasis => part::Basis: JsonLd Meta TimeElement Address Feed VisibleLine);
same_names!(read::Basis => part::Basis: Stated Publication Context);
same_names!(read::Precision => part::Precision: Year Month Week Day Interval);
same_names!(read::SpeakerKind => part::SpeakerKind: Person Office State Organisation Document Unnamed Author);
same_names!(read::Form => part::Directness: Direct Indirect Mixed);
same_names!(read::Modality => part::Modality: Actual Negated Future Conditional Possible Historical);
same_names!(read::CommitmentKind => part::CommitmentKind: Demand Assurance);
same_names!(record::Standing => part::Standing: Corroborated Contested Repeated SingleOrigin);
same_names!(record::ReportedState => part::ReportedState: Open ActedUpon Contested Breached Withdrawn);

/// What the bytes of a page are, as a media type.
pub(super) fn media_type(page: &page::Page) -> &'static str {
    match page.media {
        page::Media::Html => "text/html",
        page::Media::Text => "text/plain",
        // RFC 4287: an Atom document's root element is `feed`.
        page::Media::Feed if page.source.text().contains("<feed") => "application/atom+xml",
        page::Media::Feed => "application/rss+xml",
        page::Media::Binary => "application/octet-stream",
    }
}

/// How precise an ISO 8601 prefix is, told from its length.
pub(super) fn precision_of(value: &str) -> part::Precision {
    match value.len() {
        0..=4 => part::Precision::Year,
        5..=7 => part::Precision::Month,
        8..=10 => part::Precision::Day,
        _ => part::Precision::Instant,
    }
}
