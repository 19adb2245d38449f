//! Word classes from running text: the exchange algorithm of Martin, Liermann and Ney (1998, "Algorithms for bigram and trigram word
//! clustering"), which moves one word after the other to the class that makes the text most likely.

use std::collections::BTreeMap;

/// Words seen less often stand for rare words of their kind and get no class of their own.
const LEAST: u32 = 3;

/// What a rare word is replaced by: words that look alike.
fn rare(word: &str) -> &'static str {
    match word.chars().next() {
        Some(c) if c.is_ascii_digit() => "\u{1}digit",
        Some(c) if c.is_uppercase() => "\u{1}capital",
        Some(c) if c.is_alphabetic() => "\u{1}small",
        _ => "\u{1}mark",
    }
}

/// The class of each word that is frequent enough.
pub(crate) fn cluster(sentences: &[Vec<String>], classes: usize, rounds: usize) -> BTreeMap<String, u16> {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for word in sentences.iter().flatten() {
        *counts.entry(word).or_default() += 1;
    }
    let frequent = |word: &str| counts.get(word).is_some_and(|count| *count >= LEAST);
    let mut by_count: BTreeMap<&str, u32> = BTreeMap::new();
    for word in sentences.iter().flatten() {
        *by_count.entry(if frequent(word) { word } else { rare(word) }).or_default() += 1;
    }
    let mut words: Vec<(&str, u32)> = by_count.into_iter().collect();
    words.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let numbers: BTreeMap<&str, u32> = words.iter().zip(1..).map(|((word, _), number)| (*word, number)).collect();
    let text = sentences.iter().map(|sentence| {
        sentence.iter().map(|word| numbers[if frequent(word) { word.as_str() } else { rare(word) }]).collect::<Vec<_>>()
    });
    let mut exchange = Exchange::new(text, words.len() + 1, classes);
    for _ in 0..rounds {
        exchange.round();
    }
    words
        .iter()
        .zip(1..)
        .filter(|((word, _), _)| !word.starts_with('\u{1}'))
        .map(|((word, _), at)| ((*word).to_owned(), exchange.class[at]))
        .collect()
}

struct Exchange {
    classes: usize,
    /// Class of each word; word 0 is the edge of a sentence and stays in class 0.
    class: Vec<u16>,
    count: Vec<i64>,
    next: Vec<Vec<(u32, i64)>>,
    previous: Vec<Vec<(u32, i64)>>,
    /// How often a class follows a class.
    pairs: Vec<i64>,
    /// How often each class occurs.
    totals: Vec<i64>,
    /// n ln n in fixed point.
    table: Vec<i64>,
}

impl Exchange {
    fn new(text: impl Iterator<Item = Vec<u32>>, words: usize, classes: usize) -> Self {
        let mut bigrams: BTreeMap<(u32, u32), i64> = BTreeMap::new();
        let mut count = vec![0; words];
        for sentence in text {
            let mut last = 0;
            count[0] += 1;
            for word in sentence {
                count[word as usize] += 1;
                *bigrams.entry((last, word)).or_default() += 1;
                last = word;
            }
            *bigrams.entry((last, 0)).or_default() += 1;
        }
        let class: Vec<u16> = (0..words)
            .map(|word| if word == 0 { 0 } else { u16::try_from(1 + (word - 1) % (classes - 1)).unwrap_or(0) })
            .collect();
        let (mut next, mut previous) = (vec![Vec::new(); words], vec![Vec::new(); words]);
        let mut pairs = vec![0; classes * classes];
        for ((left, right), times) in bigrams {
            next[left as usize].push((right, times));
            previous[right as usize].push((left, times));
            pairs[usize::from(class[left as usize]) * classes + usize::from(class[right as usize])] += times;
        }
        let mut totals = vec![0; classes];
        for (word, class) in class.iter().enumerate() {
            totals[usize::from(*class)] += count[word];
        }
        let table = (0..1 << 20).map(fixed).collect();
        Self { classes, class, count, next, previous, pairs, totals, table }
    }

    fn weigh(&self, n: i64) -> i64 {
        usize::try_from(n).ok().and_then(|n| self.table.get(n)).copied().unwrap_or_else(|| fixed(n))
    }

    fn round(&mut self) {
        for word in 1..self.class.len() {
            self.place(word);
        }
    }

    /// Moves `word` to its best class.
    fn place(&mut self, word: usize) {
        let classes = self.classes;
        let (mut after, mut before, mut own) = (vec![0; classes], vec![0; classes], 0);
        for (other, times) in &self.next[word] {
            if *other as usize == word {
                own += times;
            } else {
                after[usize::from(self.class[*other as usize])] += times;
            }
        }
        for (other, times) in self.previous[word].iter().filter(|(other, _)| *other as usize != word) {
            before[usize::from(self.class[*other as usize])] += times;
        }
        let listed = |counts: &[i64]| -> Vec<(usize, i64)> {
            counts.iter().enumerate().filter(|(_, times)| **times > 0).map(|(class, times)| (class, *times)).collect()
        };
        let (after, before) = (listed(&after), listed(&before));
        let old = usize::from(self.class[word]);
        self.change(old, &after, &before, own, word, -1);
        let mut best = (i64::MIN, old);
        for class in 1..classes {
            let gain = self.gain(class, &after, &before, own, self.count[word]);
            if gain > best.0 {
                best = (gain, class);
            }
        }
        self.change(best.1, &after, &before, own, word, 1);
        self.class[word] = u16::try_from(best.1).unwrap_or(0);
    }

    fn change(&mut self, class: usize, after: &[(usize, i64)], before: &[(usize, i64)], own: i64, word: usize, sign: i64) {
        for (other, times) in after {
            self.pairs[class * self.classes + other] += sign * times;
        }
        for (other, times) in before {
            self.pairs[other * self.classes + class] += sign * times;
        }
        self.pairs[class * self.classes + class] += sign * own;
        self.totals[class] += sign * self.count[word];
    }

    fn gain(&self, class: usize, after: &[(usize, i64)], before: &[(usize, i64)], own: i64, count: i64) -> i64 {
        let row = &self.pairs[class * self.classes..][..self.classes];
        let mut inner = own;
        let mut gain = 0;
        for (other, times) in after {
            if *other == class {
                inner += times;
            } else {
                gain += self.weigh(row[*other] + times) - self.weigh(row[*other]);
            }
        }
        for (other, times) in before {
            if *other == class {
                inner += times;
            } else {
                let had = self.pairs[other * self.classes + class];
                gain += self.weigh(had + times) - self.weigh(had);
            }
        }
        gain += self.weigh(row[class] + inner) - self.weigh(row[class]);
        gain - 2 * (self.weigh(self.totals[class] + count) - self.weigh(self.totals[class]))
    }
}

/// n ln n times 1024.
fn fixed(n: i64) -> i64 {
    let n = n as f64;
    if n < 1.0 { 0 } else { (n * n.ln() * 1024.0).round() as i64 }
}
