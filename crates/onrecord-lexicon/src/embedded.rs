//! The files of `data/`, embedded by the build script, which has checked them.

use std::sync::LazyLock;

use crate::build::{self, PackFile};
use crate::lexicon::Lexicon;
use crate::problem::Problems;

include!(concat!(env!("OUT_DIR"), "/files.rs"));

impl Lexicon {
    /// The lexicon made of the files in `data/`, built once.
    #[must_use]
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// The embedded lexicon with the files of a pack laid over it.
    ///
    /// # Errors
    /// All [`Problems`] of the pack's files.
    pub fn with_pack(pack: &[PackFile]) -> Result<Self, Problems> {
        build::lexicon(FILES, pack)
    }

    /// The lexicon made of these files alone.
    ///
    /// # Errors
    /// All [`Problems`] of the files.
    pub fn from_files(files: &[PackFile]) -> Result<Self, Problems> {
        build::lexicon(&[], files)
    }
}

static EMBEDDED: LazyLock<Lexicon> = LazyLock::new(|| match build::lexicon(FILES, &[]) {
    Ok(lexicon) => lexicon,
    Err(problems) => unreachable!("the build script accepted these files:\n{problems}"),
});
