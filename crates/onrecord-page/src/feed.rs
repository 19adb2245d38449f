//! RSS and Atom feeds.

use onrecord_lexicon::Lexicon;

use crate::draft::Draft;

pub(crate) fn read(_text: &str, _lexicon: &Lexicon) -> Vec<Draft> {
    Vec::new()
}
