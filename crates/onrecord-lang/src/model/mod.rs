//! The trained model: a network, weights and tables that cut, tag, parse and name English text.

mod file;
pub(crate) mod table;
pub(crate) mod weights;

use std::fmt;
use std::sync::OnceLock;

pub use file::ModelError;
pub(crate) use file::{Reader, Writer, open, seal};
use onrecord_text::hex;

use crate::lemma::{Lemmas, Script};
use crate::net::{Memories, Network};
use crate::segment::Splits;
use crate::vocabulary::Vocabulary;
use table::Table;
use weights::{Choices, FEW, Weights};

/// The model that is shipped with the program; see `models/README.md`.
static EMBEDDED: &[u8] = include_bytes!("../../../../models/english.model");

/// All that was learnt from the training data.
#[derive(PartialEq)]
pub struct Model {
    pub(crate) fingerprint: String,
    pub(crate) splits: Splits,
    pub(crate) word_breaks: Choices,
    pub(crate) sentence_ends: Choices,
    pub(crate) vocabulary: Vocabulary,
    pub(crate) penn_names: Vec<String>,
    pub(crate) universal_names: Vec<String>,
    pub(crate) lemmas: Lemmas,
    pub(crate) lemma_scripts: Weights<FEW>,
    pub(crate) relation_names: Vec<String>,
    pub(crate) network: Network,
    /// What the network makes of words that it has met.
    pub(crate) memories: Memories,
}

impl Model {
    /// The model that is shipped with the program, read once.
    ///
    /// # Panics
    /// If the program was built with a damaged model; a test makes sure that it was not.
    #[must_use]
    pub fn embedded() -> &'static Self {
        static MODEL: OnceLock<Model> = OnceLock::new();
        #[allow(clippy::expect_used, reason = "the bytes are part of the program and checked by a test")]
        MODEL.get_or_init(|| Self::from_bytes(EMBEDDED).expect("the embedded model is whole"))
    }

    /// The model in the bytes of a model file.
    ///
    /// # Errors
    /// If the bytes are no model, one of another format, or damaged.
    pub fn from_bytes(file: &[u8]) -> Result<Self, ModelError> {
        let (body, checksum) = open(file)?;
        let reader = &mut Reader::new(body);
        let split_words = reader.texts()?;
        let split_places = reader.byte_list()?;
        let model = Self {
            fingerprint: hex(&checksum[..6]),
            splits: Splits { entries: split_words.into_iter().zip(split_places).collect() },
            word_breaks: Choices::new(&reader.rows()?),
            sentence_ends: Choices::new(&reader.rows()?),
            vocabulary: Vocabulary::new(&reader.pairs()?),
            penn_names: reader.texts()?,
            universal_names: reader.texts()?,
            lemmas: read_lemmas(reader)?,
            lemma_scripts: reader.weights()?,
            relation_names: reader.texts()?,
            network: Network::read_from(reader)?,
            memories: Memories::default(),
        };
        reader.finish()?;
        Ok(model)
    }

    /// Short name of this model: the beginning of its checksum, in hexadecimal.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }
}

fn read_lemmas(reader: &mut Reader<'_>) -> Result<Lemmas, ModelError> {
    let off = reader.byte_list()?;
    let on = reader.texts()?;
    let scripts = off.into_iter().zip(on).map(|(off, on)| Script { off, on }).collect();
    Ok(Lemmas { scripts, known: Table::new(&reader.pairs()?), classes: usize::try_from(reader.number()?).unwrap_or(0) })
}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Model({})", self.fingerprint)
    }
}

/// The parts of a model as training leaves them, before they are made into tables.
#[derive(Default)]
pub(crate) struct Parts {
    pub(crate) splits: Splits,
    pub(crate) word_breaks: Vec<(u32, [i8; weights::CHOICES])>,
    pub(crate) sentence_ends: Vec<(u32, [i8; weights::CHOICES])>,
    pub(crate) vocabulary: Vec<(u32, u32)>,
    pub(crate) penn_names: Vec<String>,
    pub(crate) universal_names: Vec<String>,
    pub(crate) scripts: Vec<Script>,
    pub(crate) known_lemmas: Vec<(u32, u32)>,
    pub(crate) lemma_classes: usize,
    pub(crate) lemma_scripts: Vec<(u32, [i8; FEW])>,
    pub(crate) relation_names: Vec<String>,
    /// Keys of the rows of the network's embeddings.
    pub(crate) embedding_keys: Vec<u32>,
    pub(crate) network: Network,
}

impl Parts {
    /// The bytes of a model file.
    pub(crate) fn to_file(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        writer.texts(&self.splits.entries.iter().map(|(word, _)| word.clone()).collect::<Vec<_>>());
        writer.bytes(&self.splits.entries.iter().map(|(_, at)| *at).collect::<Vec<_>>());
        writer.rows(&self.word_breaks);
        writer.rows(&self.sentence_ends);
        writer.pairs(&self.vocabulary);
        writer.texts(&self.penn_names);
        writer.texts(&self.universal_names);
        writer.bytes(&self.scripts.iter().map(|script| script.off).collect::<Vec<_>>());
        writer.texts(&self.scripts.iter().map(|script| script.on.clone()).collect::<Vec<_>>());
        writer.pairs(&self.known_lemmas);
        writer.number(self.lemma_classes as u64);
        writer.rows(&self.lemma_scripts);
        writer.texts(&self.relation_names);
        self.network.write(&self.embedding_keys, &mut writer);
        seal(&writer.bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::{Model, ModelError, Network, Parts};
    use crate::net::{Layout, Sizes};

    #[test]
    fn the_embedded_model_is_whole() {
        assert_eq!(Model::embedded().fingerprint().len(), 12);
    }

    #[test]
    fn a_model_that_knows_nothing_survives_its_file() {
        let sizes = Sizes {
            embedding: 8,
            first: 16,
            second: 16,
            guess: 8,
            arcs: 8,
            relations: 8,
            names: 8,
            universal_classes: 1,
            penn_classes: 1,
            relation_classes: 1,
        };
        let (layout, plan) = Layout::new(&sizes);
        let network = Network { sizes, layout, parameters: vec![0.0; plan.count()], ..Network::default() };
        let file = Parts { network, ..Parts::default() }.to_file();
        let model = Model::from_bytes(&file).unwrap();
        assert_eq!(model.annotate(&["Nobody", "came", "."]).len(), 3);
        assert_eq!(Model::from_bytes(&file[1..]).unwrap_err(), ModelError::Foreign);
        assert_eq!(Model::from_bytes(&file[..file.len() - 1]).unwrap_err(), ModelError::Damaged);
        // The parts of a model without a network do not fit together.
        assert!(matches!(Model::from_bytes(&Parts::default().to_file()), Err(ModelError::Malformed { .. })));
    }
}
