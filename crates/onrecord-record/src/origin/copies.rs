//! Which articles are copies of one another.

use std::collections::HashMap;

use crate::piece::Piece;
use crate::word::Word;

/// Words in a row that are compared. Five is what near-copy detection commonly uses: rare by chance, robust to small edits.
const RUN: usize = 5;
/// Fewer runs than this outside of quotations say nothing: then all words are compared.
const FEW_RUNS: usize = 8;

/// For each piece the position of the first piece of its group of copies.
///
/// Two pieces are copies when the shorter one shares six in ten of its five-word runs outside of quotations with the other,
/// or three in ten where both credit the same agency, or when their words are the same altogether.
pub(crate) fn copy_groups(pieces: &[Piece<'_>]) -> Vec<usize> {
    let mut groups = Groups { first: (0..pieces.len()).collect() };
    let prints: Vec<Print> = pieces.iter().map(|piece| Print::of(piece)).collect();
    let mut whole: HashMap<u64, usize> = HashMap::new();
    let mut holders: HashMap<u64, Vec<usize>> = HashMap::new();
    let mut shared = vec![0_usize; pieces.len()];
    for (at, print) in prints.iter().enumerate() {
        if let Some(all) = print.all {
            groups.join(*whole.entry(all).or_insert(at), at);
        }
        let mut touched = Vec::new();
        for run in &print.runs {
            let before = holders.entry(*run).or_default();
            for other in before.iter() {
                if let Some(count) = shared.get_mut(*other) {
                    if *count == 0 {
                        touched.push(*other);
                    }
                    *count += 1;
                }
            }
            before.push(at);
        }
        for other in touched {
            let count = shared.get_mut(other).map(std::mem::take).unwrap_or_default();
            if prints.get(other).is_some_and(|other| print.is_copy(other, count)) {
                groups.join(other, at);
            }
        }
    }
    (0..pieces.len()).map(|at| groups.root(at)).collect()
}

/// What of a piece is compared.
struct Print {
    /// Hashes of the runs, each once.
    runs: Vec<u64>,
    /// Hash of all words; `None` when there are none.
    all: Option<u64>,
    agency: Option<String>,
}

impl Print {
    fn of(piece: &Piece<'_>) -> Self {
        let own_words: Vec<&Word> = piece.words.iter().filter(|word| !word.quoted).collect();
        let every_word: Vec<&Word> = piece.words.iter().collect();
        let outside = runs(&own_words);
        Self {
            runs: if outside.len() < FEW_RUNS { runs(&every_word) } else { outside },
            all: (!every_word.is_empty()).then(|| hash(&every_word)),
            agency: piece.agency.clone(),
        }
    }

    fn is_copy(&self, other: &Self, shared: usize) -> bool {
        let shorter = self.runs.len().min(other.runs.len());
        let same_agency = self.agency.is_some() && self.agency == other.agency;
        let least = if same_agency { 3 } else { 6 };
        shorter >= FEW_RUNS && shared * 10 >= shorter * least
    }
}

fn runs(words: &[&Word]) -> Vec<u64> {
    let mut runs: Vec<u64> = words.windows(RUN).map(hash).collect();
    runs.sort_unstable();
    runs.dedup();
    runs
}

/// FNV-1a over the words' numbers.
fn hash(words: &[&Word]) -> u64 {
    words.iter().fold(0xcbf2_9ce4_8422_2325, |hash, word| (hash ^ u64::from(word.form.number())).wrapping_mul(0x0100_0000_01b3))
}

struct Groups {
    first: Vec<usize>,
}

impl Groups {
    fn root(&self, mut at: usize) -> usize {
        while let Some(first) = self.first.get(at).copied().filter(|first| *first != at) {
            at = first;
        }
        at
    }

    fn join(&mut self, one: usize, two: usize) {
        let (one, two) = (self.root(one), self.root(two));
        if let Some(first) = self.first.get_mut(one.max(two)) {
            *first = one.min(two);
        }
    }
}
