//! The trees of an article, walked downwards.

use std::ops::Range;

use onrecord_lang::Word;
use onrecord_text::CleanSpan;

use crate::text::Text;

/// All trees of an article.
pub(crate) struct Trees<'t, 'a> {
    pub(crate) text: &'t Text<'a>,
    children: Vec<Vec<usize>>,
    /// The words in lower case: rules ask for them again and again.
    lower: Vec<String>,
}

impl<'t, 'a> Trees<'t, 'a> {
    pub(crate) fn of(text: &'t Text<'a>) -> Self {
        let words = &text.analysis.words;
        let mut children = vec![Vec::new(); words.len()];
        for (place, word) in words.iter().enumerate() {
            if let Some(below) = word.head.and_then(|head| children.get_mut(head)) {
                below.push(place);
            }
        }
        let lower = words.iter().map(|word| text.cut(word.span).to_lowercase()).collect();
        Self { text, children, lower }
    }

    pub(crate) fn words(&self) -> &[Word] {
        &self.text.analysis.words
    }

    pub(crate) fn word(&self, at: usize) -> &Word {
        &self.text.analysis.words[at]
    }

    pub(crate) fn children(&self, at: usize) -> &[usize] {
        self.children.get(at).map_or(&[], Vec::as_slice)
    }

    /// The children whose relation is this one, its subtypes included.
    pub(crate) fn related<'s>(&'s self, at: usize, relation: &'s str) -> impl DoubleEndedIterator<Item = usize> + 's {
        self.children(at).iter().copied().filter(move |child| self.is(*child, relation))
    }

    pub(crate) fn first(&self, at: usize, relation: &str) -> Option<usize> {
        self.related(at, relation).next()
    }

    /// Whether the relation of the word to its head is this one or a subtype of it.
    pub(crate) fn is(&self, at: usize, relation: &str) -> bool {
        self.word(at).relation.is_kind_of(relation)
    }

    pub(crate) fn head(&self, at: usize) -> Option<usize> {
        self.word(at).head
    }

    pub(crate) fn lower(&self, at: usize) -> &str {
        self.lower.get(at).map_or("", String::as_str)
    }

    pub(crate) fn lemma(&self, at: usize) -> &str {
        &self.word(at).lemma
    }

    /// The preposition of a phrase, or the mark of a clause.
    pub(crate) fn case(&self, at: usize) -> Option<&str> {
        self.related(at, "case").map(|case| self.lower(case)).find(|case| *case != "'s" && *case != "’s")
    }

    /// The words below `top`, itself included, in order.
    pub(crate) fn below(&self, top: usize) -> Vec<usize> {
        self.below_without(top, &|_| false)
    }

    /// The words below `top`, without what hangs on words that `cut` names.
    pub(crate) fn below_without(&self, top: usize, cut: &dyn Fn(usize) -> bool) -> Vec<usize> {
        let (mut found, mut open) = (Vec::new(), vec![top]);
        while let Some(at) = open.pop() {
            found.push(at);
            open.extend(self.children(at).iter().copied().filter(|child| !cut(*child)));
        }
        found.sort_unstable();
        found
    }

    /// The whole phrase of a noun up to the first clause or mark behind it.
    pub(crate) fn phrase(&self, noun: usize) -> Range<usize> {
        let cut = |child: usize| {
            ["acl", "advcl", "appos", "conj", "cc", "punct", "case", "parataxis", "det", "mark", "cop", "nsubj", "obl", "advmod"]
                .iter()
                .any(|relation| self.is(child, relation) && self.head(child) == Some(noun))
        };
        let words = self.below_without(noun, &cut);
        // Only what stands together with the noun.
        let place = words.iter().position(|at| *at == noun).unwrap_or(0);
        let (mut first, mut last) = (place, place);
        while first > 0 && words[first - 1] + 1 == words[first] {
            first -= 1;
        }
        while last + 1 < words.len() && words[last] + 1 == words[last + 1] {
            last += 1;
        }
        words.get(first).copied().unwrap_or(noun)..words.get(last).copied().unwrap_or(noun) + 1
    }

    pub(crate) fn span(&self, words: &Range<usize>) -> CleanSpan {
        let first = self.word(words.start).span;
        words.end.checked_sub(1).map_or(first, |last| first.cover(self.word(last).span))
    }

    /// The particle right behind the verb, whatever the tree takes it for.
    pub(crate) fn particle_behind(&self, at: usize) -> Option<&str> {
        let next = (at + 1 < self.words().len()).then(|| self.lower(at + 1))?;
        matches!(next, "out" | "up" | "off" | "down" | "over" | "back").then_some(next)
    }

    /// The verb as written and by its lemma, in lower case, with its particle ("blow up") first.
    pub(crate) fn verb_forms(&self, at: usize) -> Vec<String> {
        let verbs = [self.lemma(at).to_lowercase(), self.lower(at).to_owned()];
        let is_particle = |child: &usize| {
            *child > at
                && *child < at + PARTICLE_REACH
                && matches!(&*self.word(*child).universal, "ADP" | "ADV")
                && self.children(*child).is_empty()
        };
        let mut particles: Vec<&str> =
            self.children(at).iter().copied().filter(is_particle).map(|child| self.lower(child)).collect();
        particles.extend(self.particle_behind(at));
        let with_particle = particles.iter().flat_map(|particle| verbs.iter().map(move |verb| format!("{verb} {particle}")));
        with_particle.chain(verbs.iter().cloned()).collect()
    }
}

/// Words between a verb and its particle at most ("shipped them all out").
const PARTICLE_REACH: usize = 12;
