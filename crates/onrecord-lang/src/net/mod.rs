//! The network that gives words their tags, their place in the tree, and their place in a name.
//!
//! | layer | what it reads | what it tells |
//! | --- | --- | --- |
//! | embedding | spelling, beginning, ending, shape, class and usual tags of a word | |
//! | first memory, both directions | embeddings | a first guess at the tags |
//! | second memory, both directions | first memory and guess | all that follows |
//! | tags | second memory | universal and Penn tag |
//! | arcs | second memory | for each pair of words, how likely one is the head of the other (biaffine: Dozat and Manning 2017) |
//! | relations | second memory of a word and of its head | relation |
//! | names | embedding, second memory, what the lexicon lists there | first, inside, last, alone ("BILOU"), and kind |

pub(crate) mod decode;
pub(crate) mod layers;
pub(crate) mod matrix;

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use layers::{Batch, Dense, Lstm, beside};
use matrix::{add_bytes, add_product, best, relu, softmax, transposed};
use rustc_hash::FxBuildHasher;

use crate::form::{Form, capitals_everywhere, key};
use crate::model::table::Table;
use crate::model::{ModelError, Reader, Writer};
use crate::names::{self, LISTED_BITS, Listed, NAME_CLASSES};

/// How many numbers each layer has, and how many classes there are to tell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Sizes {
    pub(crate) embedding: usize,
    /// Of the first memory, in each direction.
    pub(crate) first: usize,
    /// Of the second memory, in each direction.
    pub(crate) second: usize,
    pub(crate) guess: usize,
    pub(crate) arcs: usize,
    pub(crate) relations: usize,
    pub(crate) names: usize,
    pub(crate) universal_classes: usize,
    pub(crate) penn_classes: usize,
    pub(crate) relation_classes: usize,
}

/// Layers are a multiple of this wide: as many numbers are worked on at once.
pub(crate) const LANES: usize = 8;

impl Sizes {
    fn all(&mut self) -> [&mut usize; 10] {
        [
            &mut self.embedding,
            &mut self.first,
            &mut self.second,
            &mut self.guess,
            &mut self.arcs,
            &mut self.relations,
            &mut self.names,
            &mut self.universal_classes,
            &mut self.penn_classes,
            &mut self.relation_classes,
        ]
    }

    /// Whether there is something in every layer, memories are as wide as they are worked on, and classes fit into a byte.
    fn fit(mut self) -> bool {
        let whole = [self.first, self.second].iter().all(|size| size.is_multiple_of(layers::LANES));
        let classes = [self.universal_classes, self.penn_classes, self.relation_classes];
        whole && self.all().iter().all(|size| **size > 0) && classes.iter().all(|count| *count < usize::from(u8::MAX))
    }

    /// Columns that the names layer reads: embedding, second memory, what the lexicon lists.
    pub(crate) fn name_input(&self) -> usize {
        self.embedding + 2 * self.second + LISTED_COLUMNS
    }

    /// First column of the Penn tags in a row of scores of tags.
    pub(crate) fn penn_start(&self) -> usize {
        self.universal_classes.next_multiple_of(LANES)
    }

    /// Columns of a row of scores of tags.
    fn tag_columns(&self) -> usize {
        self.penn_start() + self.penn_classes.next_multiple_of(LANES)
    }
}

/// Columns that tell the names layer what the lexicon lists at a word, before it and after it.
pub(crate) const LISTED_COLUMNS: usize = (3 * LISTED_BITS).next_multiple_of(LANES);

/// Where the parameters of each layer lie.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Layout {
    pub(crate) first: [Lstm; 2],
    pub(crate) first_tags: Dense,
    /// From probabilities of tags to the guess that the second memory reads.
    pub(crate) guess: Dense,
    pub(crate) second: [Lstm; 2],
    pub(crate) tags: Dense,
    pub(crate) dependents: Dense,
    pub(crate) heads: Dense,
    /// Where the head of the root lies.
    pub(crate) root: usize,
    pub(crate) arcs: Dense,
    pub(crate) relation_dependents: Dense,
    pub(crate) relation_heads: Dense,
    pub(crate) relations: Dense,
    pub(crate) name_words: Dense,
    pub(crate) names: Dense,
}

/// Parameters in the order of their layers: how many, and how far from nought they start.
pub(crate) struct Plan {
    pub(crate) spans: Vec<(usize, f32)>,
    next: usize,
}

impl Plan {
    /// Number of all parameters.
    pub(crate) fn count(&self) -> usize {
        self.next
    }

    fn take(&mut self, count: usize, spread: f32) -> usize {
        self.spans.push((count, spread));
        self.next += count;
        self.next - count
    }

    /// Spread as Glorot and Bengio (2010) advise.
    fn dense(&mut self, inputs: usize, outputs: usize) -> Dense {
        let weights = self.take(inputs * outputs, (6.0 / (inputs + outputs) as f32).sqrt());
        Dense { weights, biases: self.take(outputs, 0.0), inputs, outputs }
    }

    fn memory(&mut self, inputs: usize, size: usize) -> [Lstm; 2] {
        [false, true].map(|backward| {
            let weights = self.take(inputs * 3 * size, (6.0 / (inputs + size) as f32).sqrt());
            let recurrent = self.take(3 * size * size, 1.2 / (size as f32).sqrt());
            let biases = self.take(3 * size, 0.0);
            Lstm { input: Dense { weights, biases, inputs, outputs: 3 * size }, recurrent, size, backward }
        })
    }
}

impl Layout {
    pub(crate) fn new(sizes: &Sizes) -> (Self, Plan) {
        let mut plan = Plan { spans: Vec::new(), next: 0 };
        let (first, second) = (2 * sizes.first, 2 * sizes.second);
        let layout = Self {
            first: plan.memory(sizes.embedding, sizes.first),
            first_tags: plan.dense(first, sizes.tag_columns()),
            guess: plan.dense(sizes.tag_columns(), sizes.guess),
            second: plan.memory(first + sizes.guess, sizes.second),
            tags: plan.dense(second, sizes.tag_columns()),
            dependents: plan.dense(second, sizes.arcs),
            heads: plan.dense(second, sizes.arcs),
            root: plan.take(sizes.arcs, 0.3),
            arcs: plan.dense(sizes.arcs, sizes.arcs),
            relation_dependents: plan.dense(second, sizes.relations),
            relation_heads: plan.dense(second, sizes.relations),
            relations: plan.dense(sizes.relations, sizes.relation_classes.next_multiple_of(LANES)),
            name_words: plan.dense(sizes.name_input(), sizes.names),
            names: plan.dense(sizes.names, NAME_CLASSES.next_multiple_of(LANES)),
        };
        (layout, plan)
    }
}

/// Keys of the rows that make up the embedding of a word.
pub(crate) fn embedding_keys(form: &Form, capitals_everywhere: bool) -> [u32; WORD_ROWS] {
    let suffix = |letters: u32| key(902, form.suffix(letters), u64::from(letters), 0);
    let prefix = |letters: u32| key(903, form.prefix(letters), u64::from(letters), 0);
    [
        key(900, u64::from(form.exact), 0, 0),
        key(901, u64::from(form.lower), 0, 0),
        key(905, u64::from(form.cluster), 0, 0),
        key(906, u64::from(form.usual), 0, 0),
        suffix(1),
        suffix(2),
        suffix(3),
        suffix(4),
        suffix(5),
        prefix(1),
        prefix(2),
        prefix(3),
        prefix(4),
        key(904, u64::from(form.shape), u64::from(capitals_everywhere), 0),
    ]
}

/// Rows that are added up for a word.
pub(crate) const WORD_ROWS: usize = 14;
/// The first of them tell which word it is; the others tell no more than its spelling and shape.
pub(crate) const IDENTITY_ROWS: usize = 4;

/// Rows of bytes, each with a scale.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Embeddings {
    pub(crate) rows: Table,
    pub(crate) scales: Vec<f32>,
    pub(crate) bytes: Vec<i8>,
}

impl Embeddings {
    /// Rows of `columns` numbers under their keys, rounded to bytes.
    pub(crate) fn rounded(keys: &[u32], numbers: &[f32], columns: usize) -> Self {
        let rows = numbers.chunks_exact(columns.max(1));
        let scales: Vec<f32> =
            rows.clone().map(|row| row.iter().fold(0.0_f32, |top, number| top.max(number.abs())) / 127.0).collect();
        let byte = |number: f32, scale: f32| if scale > 0.0 { (number / scale).round() as i8 } else { 0 };
        let bytes = rows.zip(&scales).flat_map(|(row, scale)| row.iter().map(move |number| byte(*number, *scale))).collect();
        Self { rows: table(keys), scales, bytes }
    }

    /// Adds the rows under `keys` that there are.
    fn add(&self, keys: [u32; WORD_ROWS], sum: &mut [f32]) {
        let rows = keys.map(|key| self.rows.get(key).map(|row| row as usize));
        for row in rows.into_iter().flatten() {
            add_bytes(sum, &self.bytes[row * sum.len()..], self.scales[row]);
        }
    }
}

fn table(keys: &[u32]) -> Table {
    Table::new(&keys.iter().copied().zip(0..).collect::<Vec<_>>())
}

/// The network with its parameters.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Network {
    pub(crate) sizes: Sizes,
    pub(crate) layout: Layout,
    pub(crate) embeddings: Embeddings,
    pub(crate) parameters: Vec<f32>,
}

/// A sentence to read.
pub(crate) struct Sentence<'a> {
    pub(crate) forms: &'a [Form],
    pub(crate) listed: &'a [Listed],
    /// Whether it has a tree worth asking for.
    pub(crate) with_tree: bool,
}

/// What the network says of a sentence: classes, one a word.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Reading {
    pub(crate) universal: Vec<u8>,
    pub(crate) penn: Vec<u8>,
    /// Heads, and classes of relations; empty if no tree was asked for.
    pub(crate) heads: Vec<Option<u16>>,
    pub(crate) relations: Vec<u8>,
    /// Places in names.
    pub(crate) names: Vec<u8>,
}

/// What depends on a word alone, for the words met so far: most words of an article come again, in it or in the next one. It tells nothing but
/// what it would be worked out to be, so that who met which words before makes no difference.
#[derive(Default)]
pub(crate) struct Met {
    /// The row of a word, by all that its embedding is made of. Looked up by key only.
    rows: HashMap<(Form, bool), usize, FxBuildHasher>,
    /// What its embedding makes of the groups of the first memory, in each direction.
    first: [Vec<f32>; 2],
    /// And of the names layer.
    names: Vec<f32>,
}

/// More words are forgotten and worked out anew: any number of articles takes some 8 MB for each thread.
const MOST_MET: usize = 4_096;

/// What is known of words, lent to whoever reads and taken back: as many as read at the same time.
#[derive(Default)]
pub(crate) struct Memories(Mutex<Vec<Met>>);

impl Memories {
    pub(crate) fn lend<T>(&self, read: impl FnOnce(&mut Met) -> T) -> T {
        let kept = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut met = kept().pop().unwrap_or_default();
        let said = read(&mut met);
        kept().push(met);
        said
    }
}

/// What was read with a model makes no other model of it.
impl PartialEq for Memories {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// Words that are read side by side: few enough to stay in the processor's cache.
const BATCH_WORDS: usize = 512;

impl Network {
    /// Reads sentences, several side by side; what is said of one does not depend on the others.
    pub(crate) fn read(&self, sentences: &[Sentence<'_>], met: &mut Met) -> Vec<Reading> {
        let mut readings = vec![Reading::default(); sentences.len()];
        let mut order: Vec<usize> = (0..sentences.len()).filter(|number| !sentences[*number].forms.is_empty()).collect();
        order.sort_by_key(|number| std::cmp::Reverse(sentences[*number].forms.len()));
        let mut rest = order.as_slice();
        while let Some(longest) = rest.first() {
            let (now, later) = rest.split_at((BATCH_WORDS / sentences[*longest].forms.len()).clamp(1, rest.len()));
            let batch: Vec<&Sentence<'_>> = now.iter().map(|number| &sentences[*number]).collect();
            for (number, reading) in now.iter().zip(self.read_batch(&batch, met)) {
                readings[*number] = reading;
            }
            rest = later;
        }
        readings
    }

    fn read_batch(&self, sentences: &[&Sentence<'_>], met: &mut Met) -> Vec<Reading> {
        let (sizes, layout, parameters) = (&self.sizes, &self.layout, &self.parameters);
        let batch = Batch::new(sentences.iter().map(|sentence| sentence.forms.len()));
        let rows = self.meet(sentences, met);
        let columns = 3 * sizes.first;
        let first = self.memory(&layout.first, &batch, |direction| gathered(&met.first[direction], &rows, columns));
        let mut guessed = layout.first_tags.forward(parameters, &first);
        softmax_tags(sizes, &mut guessed);
        let guess = layout.guess.forward(parameters, &guessed);
        let parts = [(first.as_slice(), 2 * sizes.first), (guess.as_slice(), sizes.guess)];
        let second =
            self.memory(&layout.second, &batch, |direction| layout.second[direction].input.forward_parts(parameters, &parts));
        let tags = layout.tags.forward(parameters, &second);
        let arcs = self.arcs(&second);
        let relations =
            (layout.relation_dependents.forward(parameters, &second), layout.relation_heads.forward(parameters, &second));
        let names = self.name_scores(sentences, gathered(&met.names, &rows, sizes.names), &second);
        let mut readings = Vec::with_capacity(sentences.len());
        for (sentence, (start, length)) in sentences.iter().zip(&batch.sentences) {
            let words = *start..start + length;
            let tags = || words.clone().map(|word| &tags[word * sizes.tag_columns()..]);
            let heads = if sentence.with_tree { self.tree(&arcs, words.clone()) } else { Vec::new() };
            readings.push(Reading {
                universal: tags().map(|row| best(&row[..sizes.universal_classes])).collect(),
                penn: tags().map(|row| best(&row[sizes.penn_start()..][..sizes.penn_classes])).collect(),
                relations: self.relations(&relations, words.clone(), &heads),
                heads,
                names: names::best_classes(
                    &names[words.start * layout.names.outputs..words.end * layout.names.outputs],
                    layout.names.outputs,
                ),
            });
        }
        readings
    }

    /// Works out what depends on a word alone for the words that were not met yet. Returns the row of each word.
    fn meet(&self, sentences: &[&Sentence<'_>], met: &mut Met) -> Vec<usize> {
        if met.rows.len() > MOST_MET {
            *met = Met::default();
        }
        let size = self.sizes.embedding;
        let mut rows = Vec::with_capacity(sentences.iter().map(|sentence| sentence.forms.len()).sum());
        let mut embedded = Vec::new();
        for sentence in sentences {
            let capitals = capitals_everywhere(sentence.forms);
            for form in sentence.forms {
                let next = met.rows.len();
                let row = *met.rows.entry((*form, capitals)).or_insert(next);
                if row == next {
                    let start = embedded.len();
                    embedded.resize(start + size, 0.0);
                    let sum = &mut embedded[start..];
                    self.embeddings.add(embedding_keys(form, capitals), sum);
                }
                rows.push(row);
            }
        }
        for (lstm, first) in self.layout.first.iter().zip(&mut met.first) {
            first.extend(lstm.input.forward(&self.parameters, &embedded));
        }
        met.names.extend(self.layout.name_words.forward_parts(&self.parameters, &[(&embedded, size)]));
        rows
    }

    /// Outputs of both directions side by side. `gates` gives what the input makes of the groups in one direction.
    fn memory(&self, directions: &[Lstm; 2], batch: &Batch, gates: impl Fn(usize) -> Vec<f32>) -> Vec<f32> {
        let mut outputs = vec![0.0; batch.words * 2 * directions[0].size];
        for (direction, lstm) in directions.iter().enumerate() {
            lstm.forward::<false>(&self.parameters, gates(direction), batch, &mut outputs);
        }
        outputs
    }

    /// For each word what it asks of a head, and what it offers as one.
    fn arcs(&self, second: &[f32]) -> (Vec<f32>, Vec<f32>) {
        let mut dependents = self.layout.dependents.forward(&self.parameters, second);
        relu(&mut dependents);
        let mut heads = self.layout.heads.forward(&self.parameters, second);
        relu(&mut heads);
        (self.layout.arcs.forward(&self.parameters, &dependents), heads)
    }

    fn tree(&self, (asked, offered): &(Vec<f32>, Vec<f32>), words: std::ops::Range<usize>) -> Vec<Option<u16>> {
        let (size, count) = (self.sizes.arcs, words.len());
        let mut heads = self.parameters[self.layout.root..][..size].to_vec();
        heads.extend_from_slice(&offered[words.start * size..words.end * size]);
        let mut scores = vec![0.0; count * (count + 1)];
        add_product(&mut scores, &asked[words.start * size..words.end * size], &transposed(&heads, size), size, count + 1);
        decode::heads(&scores, count)
    }

    fn relations(
        &self,
        (own, heads_own): &(Vec<f32>, Vec<f32>),
        words: std::ops::Range<usize>,
        heads: &[Option<u16>],
    ) -> Vec<u8> {
        let size = self.sizes.relations;
        let mut pairs = Vec::with_capacity(heads.len() * size);
        for (word, head) in words.clone().zip(heads) {
            // The root has no relation to tell; its row is there to keep the places.
            let head = words.start + head.map_or(word - words.start, usize::from);
            pairs.extend(own[word * size..][..size].iter().zip(&heads_own[head * size..]).map(|(own, head)| own + head));
        }
        relu(&mut pairs);
        let scores = self.layout.relations.forward(&self.parameters, &pairs);
        scores.chunks_exact(self.layout.relations.outputs.max(1)).map(|row| best(&row[..self.sizes.relation_classes])).collect()
    }

    /// `words` is what the embeddings make of the names layer.
    fn name_scores(&self, sentences: &[&Sentence<'_>], mut words: Vec<f32>, second: &[f32]) -> Vec<f32> {
        let (parameters, layer) = (&self.parameters, &self.layout.name_words);
        let listed_start = self.sizes.embedding + 2 * self.sizes.second;
        layer.add_part(parameters, second, self.sizes.embedding..listed_start, &mut words);
        let listed_weights = layer.rows(parameters, listed_start..listed_start + LISTED_COLUMNS);
        let mut rows = words.chunks_exact_mut(layer.outputs);
        for sentence in sentences {
            for (place, row) in (0..sentence.forms.len()).zip(&mut rows) {
                // Nearly all of these columns are nought.
                for column in set_columns(sentence.listed, place) {
                    let weights = &listed_weights[column * layer.outputs..][..row.len()];
                    row.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += weight);
                }
            }
        }
        relu(&mut words);
        self.layout.names.forward(parameters, &words)
    }

    pub(crate) fn write(&self, keys: &[u32], writer: &mut Writer) {
        let mut sizes = self.sizes;
        sizes.all().into_iter().for_each(|size| writer.number(*size as u64));
        writer.keys(keys);
        writer.floats(&self.embeddings.scales);
        writer.bytes(&self.embeddings.bytes.iter().map(|byte| byte.to_le_bytes()[0]).collect::<Vec<_>>());
        writer.floats(&self.parameters);
    }

    pub(crate) fn read_from(reader: &mut Reader<'_>) -> Result<Self, ModelError> {
        let mut sizes = Sizes::default();
        for size in sizes.all() {
            *size = reader.size()?;
        }
        if !sizes.fit() {
            return Err(reader.malformed());
        }
        let (layout, plan) = Layout::new(&sizes);
        let keys = reader.keys()?;
        let scales = reader.floats()?;
        let bytes: Vec<i8> = reader.byte_list()?.into_iter().map(|byte| i8::from_le_bytes([byte])).collect();
        let parameters = reader.floats()?;
        if scales.len() != keys.len() || bytes.len() != keys.len() * sizes.embedding || parameters.len() != plan.count() {
            return Err(reader.malformed());
        }
        Ok(Self { sizes, layout, embeddings: Embeddings { rows: table(&keys), scales, bytes }, parameters })
    }
}

/// What the names layer reads.
pub(crate) fn name_input(sizes: &Sizes, embedded: &[f32], second: &[f32], listed: &[f32]) -> Vec<f32> {
    beside(&[(embedded, sizes.embedding), (second, 2 * sizes.second), (listed, LISTED_COLUMNS)])
}

/// What the lexicon lists at `place`, before it and after it, a column a bit.
pub(crate) fn listed_columns(listed: &[Listed], place: usize) -> [f32; LISTED_COLUMNS] {
    let mut columns = [0.0; LISTED_COLUMNS];
    set_columns(listed, place).for_each(|column| columns[column] = 1.0);
    columns
}

/// The columns of [`listed_columns`] that are not nought.
fn set_columns(listed: &[Listed], place: usize) -> impl Iterator<Item = usize> + '_ {
    [0, -1, 1].into_iter().enumerate().flat_map(move |(group, offset)| {
        let bits = place.checked_add_signed(offset).and_then(|place| listed.get(place)).copied().unwrap_or(0);
        let set = (0..LISTED_BITS).filter(move |bit| bits >> bit & 1 != 0);
        // Most words are listed nowhere.
        (bits != 0).then_some(set).into_iter().flatten().map(move |bit| group * LISTED_BITS + bit)
    })
}

/// These rows of a matrix.
fn gathered(matrix: &[f32], rows: &[usize], columns: usize) -> Vec<f32> {
    let mut gathered = Vec::with_capacity(rows.len() * columns);
    rows.iter().for_each(|row| gathered.extend_from_slice(&matrix[row * columns..][..columns]));
    gathered
}

/// Makes probabilities of the scores of tags.
pub(crate) fn softmax_tags(sizes: &Sizes, tags: &mut [f32]) {
    for row in tags.chunks_exact_mut(sizes.tag_columns().max(1)) {
        let (universal, penn) = row.split_at_mut(sizes.penn_start());
        softmax(universal, sizes.universal_classes);
        softmax(penn, sizes.penn_classes);
    }
}
