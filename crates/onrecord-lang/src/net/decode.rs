//! The best tree by the scores of all arcs.

/// Arcs that cannot be.
const NEVER: f32 = -1e30;

/// The head of each word as a position in the sentence, `None` for the root. `scores` has a row a word and a column a head: first the root,
/// then the words.
///
/// Where the best heads of all words make a tree, that is the best tree. Else it is the best projective one, by the algorithm of Eisner (1996).
pub(crate) fn heads(scores: &[f32], words: usize) -> Vec<Option<u16>> {
    let best: Vec<Option<u16>> = scores.chunks_exact(words + 1).enumerate().map(|(word, row)| best_head(row, word)).collect();
    if is_tree(&best) { best } else { Chart::fill(scores, words).heads(scores) }
}

fn best_head(row: &[f32], word: usize) -> Option<u16> {
    let mut best = (row[0], 0);
    for (column, score) in row.iter().enumerate().skip(1) {
        if *score > best.0 && column != word + 1 {
            best = (*score, column);
        }
    }
    best.1.checked_sub(1).and_then(|head| u16::try_from(head).ok())
}

/// Whether one word alone is the root, and all others lead to it.
fn is_tree(heads: &[Option<u16>]) -> bool {
    let mut reached_from = vec![usize::MAX; heads.len()];
    for start in 0..heads.len() {
        let mut at = start;
        while reached_from[at] == usize::MAX {
            reached_from[at] = start;
            match heads[at] {
                Some(head) => at = usize::from(head),
                None => break,
            }
        }
        if reached_from[at] == start && heads[at].is_some() {
            return false;
        }
    }
    heads.iter().filter(|head| head.is_none()).count() == 1
}

/// The best spans of words: *complete* ones, in which one end leads to all others, and *open* ones, in which one end is the head of the other.
struct Chart {
    words: usize,
    complete: [Vec<Span>; 2],
    open: Vec<Span>,
}

/// Score of a span and where it is cut in two.
type Span = (f32, u16);

/// The head of the span is its last word.
const LEFT: usize = 0;
/// The head of the span is its first word.
const RIGHT: usize = 1;

impl Chart {
    fn fill(scores: &[f32], words: usize) -> Self {
        let blank = vec![(NEVER, 0); words * words];
        let mut chart = Self { words, complete: [blank.clone(), blank.clone()], open: blank };
        for word in 0..words {
            for side in [LEFT, RIGHT] {
                chart.complete[side][word * words + word].0 = 0.0;
            }
        }
        let arc = |head: usize, dependent: usize| scores[dependent * (words + 1) + head + 1];
        for length in 1..words {
            for first in 0..words - length {
                let last = first + length;
                let at = |first: usize, last: usize| first * words + last;
                let here = at(first, last);
                let [left, right] = &chart.complete;
                chart.open[here] = best_cut(first..last, |cut| right[at(first, cut)].0 + left[at(cut + 1, last)].0);
                // An open span scores the same whichever end is the head, but for its arc.
                let open = |first: usize, last: usize, head: usize, dependent: usize| {
                    chart.open[at(first, last)].0 + arc(head, dependent)
                };
                let leftward = best_cut(first..last, |cut| left[at(first, cut)].0 + open(cut, last, last, cut));
                let rightward = best_cut(first + 1..last + 1, |cut| right[at(cut, last)].0 + open(first, cut, first, cut));
                chart.complete[LEFT][here] = leftward;
                chart.complete[RIGHT][here] = rightward;
            }
        }
        chart
    }

    fn heads(&self, scores: &[f32]) -> Vec<Option<u16>> {
        let words = self.words;
        let at = |first: usize, last: usize| first * words + last;
        let (root, _) = (0..words).fold((0, f32::MIN), |best, root| {
            let around = self.complete[LEFT][at(0, root)].0 + self.complete[RIGHT][at(root, words - 1)].0;
            let score = around + scores[root * (words + 1)];
            if score > best.1 { (root, score) } else { best }
        });
        let mut heads = vec![None; words];
        let mut complete = vec![(LEFT, 0, root), (RIGHT, root, words - 1)];
        while let Some((side, first, last)) = complete.pop() {
            if first == last {
                continue;
            }
            let cut = usize::from(self.complete[side][at(first, last)].1);
            let (head, dependent, inner, outer) =
                if side == LEFT { (last, cut, (cut, last), (first, cut)) } else { (first, cut, (first, cut), (cut, last)) };
            heads[dependent] = u16::try_from(head).ok();
            complete.push((side, outer.0, outer.1));
            let middle = usize::from(self.open[at(inner.0, inner.1)].1);
            complete.push((RIGHT, inner.0, middle));
            complete.push((LEFT, middle + 1, inner.1));
        }
        heads
    }
}

fn best_cut(cuts: std::ops::Range<usize>, score: impl Fn(usize) -> f32) -> Span {
    let mut best = (f32::MIN, 0);
    for cut in cuts {
        let score = score(cut);
        if score > best.0 {
            best = (score, u16::try_from(cut).unwrap_or(u16::MAX));
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::{Chart, heads, is_tree};

    /// All trees of `words` words with one root.
    fn trees(words: usize) -> Vec<Vec<Option<u16>>> {
        let mut all = vec![Vec::new()];
        for word in 0..words {
            let heads = (0..=words).filter(|head| *head != word + 1).map(|head| head.checked_sub(1).map(|head| head as u16));
            all =
                all.iter().flat_map(|tree: &Vec<_>| heads.clone().map(move |head| [tree.clone(), vec![head]].concat())).collect();
        }
        all.retain(|tree| is_tree(tree));
        all
    }

    fn is_projective(tree: &[Option<u16>]) -> bool {
        let arcs: Vec<(usize, usize)> = tree
            .iter()
            .enumerate()
            .filter_map(|(word, head)| Some((word.min(usize::from((*head)?)), word.max(usize::from((*head)?)))))
            .collect();
        let crossing = |a: &(usize, usize), b: &(usize, usize)| a.0 < b.0 && b.0 < a.1 && a.1 < b.1;
        let root = tree.iter().position(Option::is_none).unwrap();
        !arcs.iter().any(|a| arcs.iter().any(|b| crossing(a, b)) || a.0 < root && root < a.1)
    }

    fn score(scores: &[f32], tree: &[Option<u16>]) -> f32 {
        let column = |head: &Option<u16>| head.map_or(0, |head| usize::from(head) + 1);
        tree.iter().enumerate().map(|(word, head)| scores[word * (tree.len() + 1) + column(head)]).sum()
    }

    #[test]
    fn no_tree_is_better() {
        let mut state = 7_u64;
        for words in [1, 2, 3, 4, 5] {
            for _ in 0..40 {
                let scores: Vec<f32> = (0..words * (words + 1))
                    .map(|_| {
                        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                        (state >> 40) as f32 / 1e6
                    })
                    .collect();
                let all = trees(words);
                let best = |wanted: &dyn Fn(&[Option<u16>]) -> bool| {
                    all.iter().filter(|tree| wanted(tree)).map(|tree| score(&scores, tree)).fold(f32::MIN, f32::max)
                };
                let projective = Chart::fill(&scores, words).heads(&scores);
                assert!(is_tree(&projective) && is_projective(&projective));
                assert!((score(&scores, &projective) - best(&is_projective)).abs() < 1e-3);
                let found = heads(&scores, words);
                assert!(is_tree(&found) && score(&scores, &found) >= score(&scores, &projective) - 1e-3);
                assert!(score(&scores, &found) <= best(&|_| true) + 1e-3);
            }
        }
    }

    #[test]
    fn knows_trees() {
        assert!(is_tree(&[Some(1), None]));
        assert!(!is_tree(&[Some(1), Some(0), None]));
        assert!(!is_tree(&[None, None]));
    }
}
