//! Everything that joins ask of an article and of its assertions, worked out once.

use std::collections::BTreeMap;

use onrecord_lexicon::{Act, ActorId, Lexicon};
use onrecord_page::Article;
use onrecord_read::{Assertion, Reading, Speaker, SpeakerKind};
use onrecord_text::CleanSpan;
use rayon::prelude::*;

use crate::origin::{OutletName, copies, outlet_name};
use crate::word::{Content, Polarity, Term, Vocabulary, Word, plain_words, words};
use crate::{ArticleRef, Entry, ItemRef, SharedText, sentence};

/// One article with its reading.
#[derive(Debug)]
pub(crate) struct Piece<'a> {
    pub(crate) entry: usize,
    pub(crate) article: usize,
    pub(crate) page: &'a Article,
    pub(crate) reading: &'a Reading,
    pub(crate) words: Vec<Word>,
    /// Words of the headline; their spans lie in the headline, not in the clean text.
    pub(crate) title: Vec<Word>,
    pub(crate) outlet: OutletName,
    /// News agency credited, in lower case.
    pub(crate) agency: Option<String>,
    /// Position of the first of the pieces that are copies of one another, itself included.
    pub(crate) copy_group: usize,
}

/// One assertion with its content.
#[derive(Debug)]
pub(crate) struct Telling<'a> {
    pub(crate) at: ItemRef,
    /// Position of its piece.
    pub(crate) piece: usize,
    /// [`Piece::copy_group`] of its piece.
    pub(crate) copy_group: usize,
    pub(crate) said: &'a Assertion,
    pub(crate) content: Content,
    pub(crate) polarity: Polarity,
}

/// All pieces and tellings of the entries, in their order.
#[derive(Debug)]
pub(crate) struct Pieces<'a> {
    pub(crate) list: Vec<Piece<'a>>,
    pub(crate) tellings: Vec<Telling<'a>>,
    pub(crate) vocabulary: Vocabulary,
    /// For each piece that shares text with an older one, that one.
    pub(crate) shared: Vec<SharedText>,
    /// The side of every actor, where it is known.
    parties: BTreeMap<ActorId, ActorId>,
}

impl<'a> Pieces<'a> {
    pub(crate) fn of(entries: &'a [Entry], lexicon: &Lexicon) -> Self {
        let (mut list, mut vocabulary) = read(entries, lexicon);
        let copies = copies(&list);
        for (piece, group) in list.iter_mut().zip(copies.groups) {
            piece.copy_group = group;
        }
        let own: Vec<Vec<Option<Term>>> =
            list.iter().enumerate().map(|(at, piece)| piece.own_sides(at, &mut vocabulary)).collect();
        let numbered = list.par_iter().enumerate().zip(own);
        let tellings = numbered.flat_map_iter(|((at, piece), own)| piece.tellings(at, own, &vocabulary)).collect();
        let actors = list.iter().flat_map(|piece: &Piece<'_>| &piece.reading.actors);
        let parties = actors.filter_map(|actor| Some((actor.id.clone(), actor.party.clone()?))).collect();
        Self { list, tellings, vocabulary, shared: copies.shared, parties }
    }

    pub(crate) fn piece(&self, telling: &Telling<'a>) -> Option<&Piece<'a>> {
        self.list.get(telling.piece)
    }

    /// The piece at this place.
    pub(crate) fn at(&self, entry: usize, article: usize) -> Option<&Piece<'a>> {
        let at = self.list.binary_search_by_key(&(entry, article), |piece| (piece.entry, piece.article)).ok()?;
        self.list.get(at)
    }

    /// The telling of this assertion.
    pub(crate) fn telling(&self, at: ItemRef) -> Option<&Telling<'a>> {
        self.position(at).and_then(|at| self.tellings.get(at))
    }

    /// Its position in `tellings`.
    pub(crate) fn position(&self, at: ItemRef) -> Option<usize> {
        // Tellings stand in the order of entries, articles and items.
        self.tellings.binary_search_by_key(&at, |telling| telling.at).ok()
    }

    /// The side that this actor speaks for.
    pub(crate) fn party_of(&self, id: &ActorId) -> Option<&ActorId> {
        self.parties.get(id)
    }

    /// Sorts older articles first: by date of publication, those without one last.
    pub(crate) fn age(&self, piece: usize) -> (bool, &str, usize) {
        let published = self.list.get(piece).and_then(|piece| piece.page.published.as_ref());
        (published.is_none(), published.map_or("", |date| &date.value), piece)
    }

    /// Whether both were published, and weeks apart: what happened then is told again with its date.
    pub(crate) fn are_long_apart(&self, one: usize, two: usize) -> bool {
        const DAYS: i64 = 14;
        let day = |at: usize| {
            let published = self.list.get(at)?.page.published.as_ref()?;
            published.value.get(..10)?.parse::<jiff::civil::Date>().ok()
        };
        let Some((one, two)) = day(one).zip(day(two)) else { return false };
        one.until(two).is_ok_and(|span| i64::from(span.get_days()).abs() > DAYS)
    }
}

/// All pieces in the order of the entries, none a copy of another as far as they know, and the words of all.
///
/// Words are read by many threads, each with a vocabulary of its own. These are laid together in the order of the pieces, which gives each word
/// the number that it would have had if one thread had read all.
fn read<'a>(entries: &'a [Entry], lexicon: &Lexicon) -> (Vec<Piece<'a>>, Vocabulary) {
    let articles = |(entry, of): (usize, &'a Entry)| {
        let articles = of.page.articles.iter().zip(&of.readings).enumerate();
        articles.map(move |(article, (page, reading))| (ArticleRef { entry, article }, of, page, reading)).collect::<Vec<_>>()
    };
    let articles: Vec<(ArticleRef, &Entry, &Article, &Reading)> = entries.iter().enumerate().flat_map(articles).collect();
    let parts = articles.len().div_ceil(rayon::current_num_threads()).max(1);
    let mut read: Vec<(Vec<Piece<'a>>, Vocabulary)> = articles
        .par_chunks(parts)
        .map(|part| {
            let mut vocabulary = Vocabulary::new();
            let piece = |(at, of, page, reading): &(ArticleRef, &'a Entry, &'a Article, &'a Reading)| {
                Piece::of(*at, of, page, reading, lexicon, &mut vocabulary)
            };
            (part.iter().map(piece).collect(), vocabulary)
        })
        .collect();
    if read.len() < 2 {
        return read.pop().unwrap_or_default();
    }
    let mut vocabulary = Vocabulary::new();
    let numbered = read.into_iter().map(|(pieces, own)| (pieces, vocabulary.take_in(&own))).collect::<Vec<_>>();
    let renumbered = numbered.into_par_iter().flat_map_iter(|(mut pieces, terms)| {
        pieces.iter_mut().flat_map(|piece| piece.words.iter_mut().chain(&mut piece.title)).for_each(|word| word.renumber(&terms));
        pieces
    });
    (renumbered.collect(), vocabulary)
}

impl<'a> Piece<'a> {
    fn of(
        at: ArticleRef,
        of: &Entry,
        page: &'a Article,
        reading: &'a Reading,
        lexicon: &Lexicon,
        vocabulary: &mut Vocabulary,
    ) -> Self {
        let agency = page.agency.map(|span| of.page.source.cut(span).trim().to_lowercase());
        Self {
            entry: at.entry,
            article: at.article,
            page,
            reading,
            words: words(page, reading, vocabulary),
            title: page.title.map_or_else(Vec::new, |span| plain_words(of.page.source.cut(span), vocabulary)),
            outlet: outlet_name(of, page, lexicon),
            agency: agency.filter(|agency| !agency.is_empty()),
            copy_group: 0,
        }
    }

    /// For each assertion the side that "we" stands for.
    fn own_sides(&self, piece: usize, vocabulary: &mut Vocabulary) -> Vec<Option<Term>> {
        let own = |said: &Assertion| own_side(&said.speaker, piece).map(|side| vocabulary.actor(&side));
        self.reading.assertions.iter().map(own).collect()
    }

    fn tellings(&self, piece: usize, own: Vec<Option<Term>>, vocabulary: &Vocabulary) -> Vec<Telling<'a>> {
        let telling = |((item, said), own): ((usize, &'a Assertion), Option<Term>)| {
            let content = self.content(&said.content, own, vocabulary);
            let polarity = content.polarity(said);
            Telling { at: self.item(item), piece, copy_group: self.copy_group, said, content, polarity }
        };
        self.reading.assertions.iter().enumerate().zip(own).map(telling).collect()
    }

    /// The content of `spans` of this piece; `own` is the side that "we" stands for.
    pub(crate) fn content(&self, spans: &[CleanSpan], own: Option<Term>, vocabulary: &Vocabulary) -> Content {
        Content::of(spans, &self.words, self.reading, own, vocabulary)
    }

    /// The sentences that hold `spans` and `cue`.
    pub(crate) fn sentences(&self, spans: &[CleanSpan], cue: Option<CleanSpan>) -> CleanSpan {
        let all = spans.iter().copied().chain(cue).reduce(CleanSpan::cover);
        all.map_or(CleanSpan::new(0, 0), |span| sentence::around(self.page, span))
    }

    pub(crate) fn item(&self, item: usize) -> ItemRef {
        ItemRef { entry: self.entry, article: self.article, item }
    }
}

/// Whom "we" stands for; the author's "we" is nobody's side, and a speaker without one is a side of its own.
fn own_side(speaker: &Speaker, piece: usize) -> Option<String> {
    let side = speaker.party.as_ref().or(speaker.actor.as_ref()).map(ActorId::to_string);
    (speaker.kind != SpeakerKind::Author).then(|| side.unwrap_or_else(|| format!("{}/{piece}", speaker.name)))
}

impl Telling<'_> {
    pub(crate) fn is_attributed(&self) -> bool {
        self.said.speaker.kind != SpeakerKind::Author
    }

    pub(crate) fn party(&self) -> Option<&ActorId> {
        self.said.speaker.party.as_ref()
    }

    /// Sort of act, as far as joining goes.
    pub(crate) fn family(&self) -> Family {
        match self.said.act {
            Act::State | Act::Accuse | Act::Warn | Act::Acknowledge => Family::Holds,
            Act::Demand => Family::Demands,
            Act::Assure | Act::Offer => Family::Undertakes,
            Act::Deny => Family::Denies,
            Act::Refuse => Family::Refuses,
        }
    }
}

/// Acts that say the same of the same words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Family {
    /// Says that something is so.
    Holds,
    /// Tells somebody to do something.
    Demands,
    /// Commits the speaker's side.
    Undertakes,
    /// Says that something is not so.
    Denies,
    /// Says that the speaker's side will not do something.
    Refuses,
}
