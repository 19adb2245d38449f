//! The article under the reader's eyes: its words, tokens and the classes that the lexicon gives them.

use std::collections::BTreeMap;
use std::ops::Range;

use onrecord_lang::{Analysis, Model, Sentence, Tag, Word, analyse};
use onrecord_lexicon::Lexicon;
use onrecord_page::Article;
use onrecord_text::CleanSpan;

/// What a noun is for the question who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NounClass {
    /// "Lt. Gen.", "President" before a name.
    Title,
    /// "spokesperson", "envoy".
    Role,
    /// "officials", "residents".
    Unnamed,
    /// "report", "letter".
    Document,
    /// "government", "forces".
    Collective,
    /// "ministry", "council".
    Body,
}

/// A capital at the start of a sentence tells nothing, and not all that ends in -ly is an adverb ("Kelly"); the model may know the word for a
/// name all the same.
fn retag_names(words: &str, lexicon: &Lexicon, analysis: &mut Analysis) {
    let articles = lexicon.list("name-article");
    // "al-Masri" is a name, though it begins small.
    let is_article_name = |word: &str| {
        let parts = word.split_once(['-', '\u{2011}']);
        parts.is_some_and(|(article, name)| articles.contains(article) && name.starts_with(char::is_uppercase))
    };
    let names: Vec<bool> = analysis
        .tokens
        .iter()
        .map(|token| {
            let own = analysis.words_in(token.span);
            // "Oro-Veld" is one token of three words.
            let mut parts = own.map(|at| analysis.words[at].universal).filter(|universal| *universal != "PUNCT").peekable();
            let name = parts.peek().is_some() && parts.all(|universal| universal == "PROPN");
            let word = token.span.cut(words);
            matches!(token.tag, Tag::X | Tag::Adv) && name && word.starts_with(char::is_uppercase)
                || token.tag == Tag::X && is_article_name(word)
        })
        .collect();
    for (token, name) in analysis.tokens.iter_mut().zip(names) {
        if name {
            token.tag = Tag::Propn;
        }
    }
}

/// Whether a word in lower case is the name of a day.
pub(crate) fn is_weekday(word: &str) -> bool {
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"].contains(&word)
}

/// Whether a noun says when, not who.
pub(crate) fn is_time_noun(word: &str) -> bool {
    const NOUNS: [&str; 13] = [
        "afternoon",
        "day",
        "decade",
        "evening",
        "hour",
        "minute",
        "month",
        "morning",
        "night",
        "time",
        "week",
        "weekend",
        "year",
    ];
    NOUNS.contains(&word.trim_end_matches('s'))
}

/// An article with its analysis. Token positions are positions in [`Analysis::tokens`].
pub(crate) struct Text<'a> {
    pub(crate) words: &'a str,
    pub(crate) article: &'a Article,
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) analysis: Analysis,
    lower: Vec<String>,
    classes: Vec<Option<NounClass>>,
    /// Tokens with a capital, by word.
    capitalised: BTreeMap<&'a str, Vec<usize>>,
}

impl<'a> Text<'a> {
    pub(crate) fn new(article: &'a Article, lexicon: &'a Lexicon, model: &Model) -> Self {
        let words = article.clean.text();
        let mut analysis = analyse(words, &article.blocks, lexicon, model);
        retag_names(words, lexicon, &mut analysis);
        let lower = analysis.tokens.iter().map(|token| token.span.cut(words).to_lowercase().replace('’', "'")).collect();
        let mut capitalised: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, token) in analysis.tokens.iter().enumerate().filter(|(_, token)| token.tag == Tag::Propn) {
            capitalised.entry(token.span.cut(words)).or_default().push(at);
        }
        let mut text = Self { words, article, lexicon, analysis, lower, classes: Vec::new(), capitalised };
        text.classes = text.classify();
        text
    }

    /// The year in which the article was published, where it says so.
    pub(crate) fn year_of_publication(&self) -> Option<i32> {
        self.article.published.as_ref().and_then(|date| date.value.get(..4)?.parse().ok())
    }

    fn classify(&self) -> Vec<Option<NounClass>> {
        let mut classes = vec![None; self.len()];
        // Later lists give way to earlier ones: an official is unnamed before he is part of a collective.
        let lists = [
            ("unnamed-source", NounClass::Unnamed),
            ("role-noun", NounClass::Role),
            ("document", NounClass::Document),
            ("office-suffix", NounClass::Body),
            ("collective", NounClass::Collective),
            ("title", NounClass::Title),
        ];
        for (name, class) in lists {
            let list = self.lexicon.list(name);
            for at in 0..self.len() {
                let Some(end) = list.longest_at(self.words, self.start(at) as usize) else { continue };
                let stop = self.token_ending_at(at, end);
                for slot in stop.map(|stop| &mut classes[at..stop]).into_iter().flatten() {
                    slot.get_or_insert(class);
                }
            }
        }
        for (at, class) in classes.iter_mut().enumerate() {
            if !matches!(self.tag(at), Tag::X | Tag::Propn) {
                *class = None;
            }
        }
        classes
    }

    /// The first syntactic word of a token.
    pub(crate) fn syntax(&self, at: usize) -> Option<(usize, &Word)> {
        let place = self.analysis.words_in(self.analysis.tokens.get(at)?.span).start;
        Some((place, self.analysis.words.get(place)?))
    }

    /// The tokens that hold the words at these places.
    pub(crate) fn tokens_of_words(&self, words: Range<usize>) -> Option<Range<usize>> {
        let (first, last) = (self.analysis.words.get(words.start)?, self.analysis.words.get(words.end.checked_sub(1)?)?);
        let start = self.analysis.tokens.partition_point(|token| token.span.end() <= first.span.start());
        let end = self.analysis.tokens.partition_point(|token| token.span.start() < last.span.end());
        Some(start..end)
    }

    /// The position after the token that ends at byte `end`, searching from `at`.
    pub(crate) fn token_ending_at(&self, at: usize, end: usize) -> Option<usize> {
        let tokens = self.analysis.tokens.get(at..)?;
        let count = tokens.iter().take_while(|token| (token.span.start() as usize) < end).count();
        let last = tokens.get(count.checked_sub(1)?)?;
        (last.span.end() as usize == end).then_some(at + count)
    }

    pub(crate) fn len(&self) -> usize {
        self.analysis.tokens.len()
    }

    pub(crate) fn word(&self, at: usize) -> &'a str {
        self.analysis.tokens.get(at).map_or("", |token| token.span.cut(self.words))
    }

    /// The word in lower case with straight apostrophes; empty outside of the text.
    pub(crate) fn lower(&self, at: usize) -> &str {
        self.lower.get(at).map_or("", String::as_str)
    }

    /// The tokens that are this capitalised word, in order.
    pub(crate) fn capitalised(&self, word: &str) -> &[usize] {
        self.capitalised.get(word).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn tag(&self, at: usize) -> Tag {
        self.analysis.tokens.get(at).map_or(Tag::Punct, |token| token.tag)
    }

    pub(crate) fn class(&self, at: usize) -> Option<NounClass> {
        self.classes.get(at).copied().flatten()
    }

    pub(crate) fn start(&self, at: usize) -> u32 {
        self.analysis.tokens.get(at).map_or(0, |token| token.span.start())
    }

    /// The span of a range of tokens; empty for an empty range.
    pub(crate) fn span(&self, tokens: &Range<usize>) -> CleanSpan {
        let first = self.analysis.tokens.get(tokens.start);
        let last = tokens.end.checked_sub(1).and_then(|last| self.analysis.tokens.get(last));
        match (first, last) {
            (Some(first), Some(last)) if !tokens.is_empty() => first.span.cover(last.span),
            _ => CleanSpan::new(0, 0),
        }
    }

    pub(crate) fn cut(&self, span: CleanSpan) -> &'a str {
        span.cut(self.words)
    }

    /// The tokens that lie in `span`.
    pub(crate) fn tokens_in(&self, span: CleanSpan) -> Range<usize> {
        let tokens = &self.analysis.tokens;
        let from = tokens.partition_point(|token| token.span.start() < span.start());
        let to = tokens.partition_point(|token| token.span.end() <= span.end());
        from..to.max(from)
    }

    /// Position of the quotation the token stands in, its marks included.
    pub(crate) fn quotation_of(&self, at: usize) -> Option<usize> {
        self.analysis.quotation_at(self.start(at))
    }

    /// What semicolons outside of quotations part of a sentence, where it holds the token `at`.
    pub(crate) fn between_semicolons(&self, sentence: &Range<usize>, at: usize) -> Range<usize> {
        let parts = |at: &usize| self.word(*at) == ";" && self.quotation_of(*at).is_none();
        let start = (sentence.start..at).rev().find(parts).map_or(sentence.start, |mark| mark + 1);
        start..(at..sentence.end).find(parts).unwrap_or(sentence.end)
    }

    /// Whether the token opens a sentence: what stands before it, a heading for one, belongs to something else.
    pub(crate) fn opens_sentence(&self, at: usize) -> bool {
        let start = self.start(at);
        self.analysis.sentence_at(start).is_some_and(|n| self.sentence(n).span.start() == start)
    }

    pub(crate) fn sentence(&self, number: usize) -> &Sentence {
        &self.analysis.sentences[number]
    }

    /// Whether the tokens from `at` on are these words, in lower case.
    pub(crate) fn reads(&self, at: usize, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(n, word)| self.lower(at + n) == *word)
    }

    pub(crate) fn is_opening_mark(&self, at: usize) -> bool {
        self.quotation_of(at).is_some_and(|n| self.analysis.quotations[n].span.start() == self.start(at))
    }

    pub(crate) fn is_closing_mark(&self, at: usize) -> bool {
        let end = self.analysis.tokens.get(at).map(|token| token.span.end());
        self.quotation_of(at).is_some_and(|n| Some(self.analysis.quotations[n].span.end()) == end)
    }

    pub(crate) fn is_be(&self, at: usize) -> bool {
        ["is", "are", "was", "were", "be", "been", "being", "am", "'s", "'re"].contains(&self.lower(at))
            && self.tag(at) != Tag::Part
    }

    /// Whether a verb of giving stands by the noun: "gave assurances", "assurances given".
    pub(crate) fn mentions_gift(&self, noun: usize) -> bool {
        (noun.saturating_sub(4)..noun + 4).any(|near| {
            matches!(self.lower(near), "gave" | "given" | "give" | "giving" | "provided" | "offered" | "received" | "made")
        })
    }

    /// The Penn tag of the token's first word.
    pub(crate) fn penn(&self, at: usize) -> &str {
        self.syntax(at).map_or("", |(_, word)| &*word.penn)
    }

    /// The universal tag of the token's last word: that of the head, in compounds.
    pub(crate) fn universal(&self, at: usize) -> &str {
        let words = self.analysis.tokens.get(at).map_or(0..0, |token| self.analysis.words_in(token.span));
        words.last().and_then(|last| self.analysis.words.get(last)).map_or("", |word| &*word.universal)
    }

    /// Whether the token is a verb in any form, and no attribute: "the *killed* men" has none.
    pub(crate) fn is_verb(&self, at: usize) -> bool {
        self.looks_finite(at) || self.syntax(at).is_some_and(|(_, word)| word.universal == "VERB" && word.relation != "amod")
    }

    /// Whether the token is a finite verb or an auxiliary.
    pub(crate) fn looks_finite(&self, at: usize) -> bool {
        match self.tag(at) {
            Tag::Aux => true,
            Tag::X => matches!(self.penn(at), "VBD" | "VBP" | "VBZ" | "MD"),
            _ => false,
        }
    }
}
