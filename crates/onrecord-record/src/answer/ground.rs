//! What answers stand on: the sentences of all articles, and how much of the question each is about.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_lexicon::{ActorId, ActorKind, Lexicon, WordList, asked_words};
use onrecord_page::Article;
use onrecord_read::{Assertion, Commitment, Figure, Reading, SpeakerKind};
use onrecord_text::CleanSpan;

use super::asked::Asked;
use super::described::{self, Description};
use super::{Found, Searched};
use crate::origin::{OutletName, outlet_name};
use crate::{Entry, ItemRef, Record, Undertaking, Words, sentence};

/// Part of the question, in thousandths, from which words bear on it.
pub(super) const BEARS: usize = 500;
/// How much a word counts that does not stand in the sentence, but in its paragraph, in thousandths.
const IN_BLOCK: usize = 600;
/// … or in the headline or the first paragraph; a name anywhere in the article.
const IN_HEAD: usize = 350;
/// … or where another page says that the words describe whom it names.
const DESCRIBED: usize = 800;
/// How much a word counts for another that it may stand for: "the crossing" for its name.
const STANDS_FOR: usize = 500;

/// The record as a question sees it.
pub(super) struct Ground<'a> {
    pub(super) record: &'a Record,
    pub(super) asked: &'a Asked,
    pub(super) lexicon: &'a Lexicon,
    pub(super) passages: Vec<Passage>,
    /// Weight of each topic of the question, in thousandths of all.
    weights: Vec<usize>,
    /// Passages that hold each topic.
    holders: Vec<usize>,
    outlets: BTreeMap<(usize, usize), OutletName>,
    /// Topics of the headline and the first paragraph of each article.
    heads: BTreeMap<(usize, usize), BTreeSet<usize>>,
    /// What the pages say that the names of the question are.
    pub(super) descriptions: Vec<Description>,
    /// Words of the lexicon that were looked for.
    looked_for: std::cell::RefCell<BTreeSet<String>>,
}

/// One sentence.
#[derive(Debug)]
pub(super) struct Passage {
    pub(super) entry: usize,
    pub(super) article: usize,
    pub(super) span: CleanSpan,
    /// Place of its paragraph in the article.
    block: usize,
    /// Topics of the question in it, by their place in the question.
    pub(super) topics: BTreeSet<usize>,
    /// Topics that other words of the sentence may stand for.
    pub(super) meant: BTreeSet<usize>,
    /// Topics of its paragraph.
    near: BTreeSet<usize>,
    /// Descriptions of names of the question in it, by their place in [`Ground::descriptions`].
    pub(super) described: BTreeSet<usize>,
}

/// Keys of the question's topics, and of the words that may stand for them.
struct Keys<'l> {
    topics: BTreeMap<&'l str, usize>,
    meant: BTreeMap<&'l str, Vec<usize>>,
    groups: BTreeMap<&'l str, usize>,
    /// Phrases of several words in these groups, with the topic that the group is.
    phrases: Vec<(&'l str, usize)>,
}

impl<'l> Keys<'l> {
    fn of(asked: &'l Asked, lexicon: &'l Lexicon) -> Self {
        let mut keys = Self { topics: BTreeMap::new(), meant: BTreeMap::new(), groups: BTreeMap::new(), phrases: Vec::new() };
        for (at, topic) in asked.topics.iter().enumerate() {
            keys.topics.insert(&topic.key, at);
            topic.stands_for.iter().for_each(|other| keys.meant.entry(other).or_default().push(at));
        }
        for (group, words) in lexicon.asked_alike().iter().enumerate() {
            words.iter().for_each(|word| _ = keys.groups.entry(word).or_insert(group));
            if let Some(topic) = keys.topics.get(format!("={group}").as_str()).copied() {
                keys.phrases.extend(words.iter().filter(|word| word.contains(' ')).map(|word| (word.as_str(), topic)));
            }
        }
        keys
    }

    fn key(&self, lower: &str) -> String {
        let number = || crate::word::number(lower).map(|digits| format!("#{digits}"));
        let group = || self.groups.get(lower).map(|group| format!("={group}"));
        number().or_else(group).unwrap_or_else(|| crate::word::stem(lower))
    }

    /// The topics that stand in `text`, and those that its words may stand for.
    fn held(&self, text: &str) -> (BTreeSet<usize>, BTreeSet<usize>) {
        let (mut found, mut meant) = (BTreeSet::new(), BTreeSet::new());
        if self.topics.is_empty() {
            return (found, meant);
        }
        for word in asked_words(text) {
            // "Sull-side" is also "Sull".
            let parts = word.lower.split('-').filter(|part| part.len() < word.lower.len());
            for key in std::iter::once(word.lower.as_str()).chain(parts).map(|part| self.key(part)) {
                found.extend(self.topics.get(key.as_str()));
                meant.extend(self.meant.get(key.as_str()).into_iter().flatten());
            }
        }
        if !self.phrases.is_empty() {
            let lower = text.to_lowercase();
            found.extend(self.phrases.iter().filter(|(phrase, _)| lower.contains(phrase)).map(|(_, topic)| *topic));
        }
        (found, meant)
    }
}

impl Passage {
    pub(super) fn words(&self) -> Words {
        Words { entry: self.entry, article: self.article, span: self.span }
    }

    pub(super) fn home(&self) -> (usize, usize) {
        (self.entry, self.article)
    }
}

impl<'a> Ground<'a> {
    pub(super) fn new(record: &'a Record, asked: &'a Asked, lexicon: &'a Lexicon) -> Self {
        let mut ground = Self {
            record,
            asked,
            lexicon,
            passages: Vec::new(),
            weights: Vec::new(),
            holders: vec![0; asked.topics.len()],
            outlets: BTreeMap::new(),
            heads: BTreeMap::new(),
            descriptions: Vec::new(),
            looked_for: std::cell::RefCell::default(),
        };
        let keys = Keys::of(asked, lexicon);
        for (at, entry) in record.entries.iter().enumerate() {
            for (article, (page, reading)) in entry.page.articles.iter().zip(&entry.readings).enumerate() {
                ground.outlets.insert((at, article), outlet_name(entry, page, lexicon));
                ground.add_article((at, article), entry, page, reading, &keys);
            }
        }
        ground.weigh();
        ground.descriptions = described::descriptions(&ground);
        for at in 0..ground.passages.len() {
            let Some(passage) = ground.passages.get(at) else { continue };
            let mut found = described::held(&ground.descriptions, ground.cut(passage.words()));
            found.retain(|of| ground.descriptions.get(*of).is_some_and(|of| !of.topics.is_subset(&passage.topics)));
            if let Some(passage) = ground.passages.get_mut(at) {
                passage.described = found;
            }
        }
        ground
    }

    fn add_article(&mut self, home: (usize, usize), entry: &Entry, page: &Article, reading: &Reading, keys: &Keys<'_>) {
        let text = page.clean.text();
        let mut found: Vec<Passage> = Vec::new();
        for span in sentence::all(page) {
            let block = page.blocks.partition_point(|block| block.span.end() <= span.start());
            let (mut topics, meant) = keys.held(span.cut(text));
            topics.extend(sides_in(span, reading).filter_map(|side| keys.topics.get(format!("@{side}").as_str())));
            topics.iter().filter_map(|at| self.holders.get_mut(*at).map(|held| *held += 1)).count();
            found.push(Passage {
                entry: home.0,
                article: home.1,
                span,
                block,
                topics,
                meant,
                near: BTreeSet::new(),
                described: BTreeSet::new(),
            });
        }
        let mut of_block: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for passage in &found {
            of_block.entry(passage.block).or_default().extend(&passage.topics);
        }
        for passage in &mut found {
            passage.near = of_block.get(&passage.block).cloned().unwrap_or_default();
        }
        let title = page.title.map_or("", |span| entry.page.source.cut(span));
        let (mut head, _) = keys.held(title);
        head.extend(of_block.values().next().into_iter().flatten());
        let is_name = |at: &&usize| self.asked.topics.get(**at).is_some_and(|topic| topic.is_name);
        head.extend(of_block.values().flatten().filter(is_name));
        self.heads.insert(home, head);
        self.passages.extend(found);
    }

    /// Rare words weigh more; a word that stands nowhere weighs most, so that what nobody writes of is not found.
    fn weigh(&mut self) {
        let all = self.passages.len().max(1);
        let weight = |(topic, held): (&super::asked::Topic, &usize)| {
            let rare = usize::try_from((all / (held + 1)).max(1).ilog2()).unwrap_or(0) + 2;
            // A name and a number tell more than any other word.
            if topic.is_name || topic.is_number { rare * 3 / 2 } else { rare }
        };
        let raw: Vec<usize> = self.asked.topics.iter().zip(&self.holders).map(weight).collect();
        let sum = raw.iter().sum::<usize>().max(1);
        self.weights = raw.into_iter().map(|weight| weight * 1000 / sum).collect();
    }

    /// How much of the question a sentence is about, in thousandths. A question about nothing in particular is about all.
    pub(super) fn coverage(&self, passage: &Passage) -> usize {
        if self.weights.is_empty() {
            return 1000;
        }
        let head = self.heads.get(&passage.home());
        let in_head = || head.is_some_and(|head| head.len() == self.weights.len());
        let beside = || passage.near.union(&passage.meant).count();
        if passage.topics.is_empty() && passage.described.is_empty() && beside() < 2 && !in_head() {
            return 0;
        }
        let is_described =
            |at: &usize| passage.described.iter().filter_map(|of| self.descriptions.get(*of)).any(|of| of.topics.contains(at));
        let part = |at: usize| match () {
            () if passage.topics.contains(&at) => 1000,
            () if is_described(&at) => DESCRIBED,
            () if passage.near.contains(&at) => IN_BLOCK,
            () if passage.meant.contains(&at) => STANDS_FOR,
            () if head.is_some_and(|head| head.contains(&at)) => IN_HEAD,
            () => 0,
        };
        self.weights.iter().enumerate().map(|(at, weight)| weight * part(at) / 1000).sum()
    }

    /// How much of the question the headline and the first paragraph of an article hold, names by the whole article, in thousandths.
    pub(super) fn head_coverage(&self, home: (usize, usize)) -> usize {
        let head = self.heads.get(&home);
        let held = |at: &usize| head.is_some_and(|head| head.contains(at));
        self.weights.iter().enumerate().filter(|(at, _)| held(at)).map(|(_, weight)| weight).sum()
    }

    /// Whether a sentence holds every topic of the question.
    pub(super) fn lacks_nothing(&self, passage: &Passage) -> bool {
        (0..self.asked.topics.len()).all(|at| passage.topics.contains(&at))
    }

    /// Whether an article holds every name that is asked for.
    pub(super) fn has_names_in(&self, home: (usize, usize)) -> bool {
        let head = self.heads.get(&home);
        let is_name = |at: &usize| self.asked.topics[*at].is_name;
        (0..self.asked.topics.len()).filter(is_name).all(|at| head.is_some_and(|head| head.contains(&at)))
    }

    /// Whether the paragraph of these words has every name that is asked for, or something that stands for it. A page about one place
    /// gives the figures of others, too.
    pub(super) fn has_names_at(&self, words: Words) -> bool {
        let names: Vec<usize> = (0..self.asked.topics.len()).filter(|at| self.asked.topics[*at].is_name).collect();
        let has = |passage: &Passage, at: &usize| {
            passage.topics.contains(at) || passage.near.contains(at) || passage.meant.contains(at)
        };
        names.is_empty() || self.passages_at(words).any(|passage| names.iter().all(|at| has(passage, at)))
    }

    /// [`Self::coverage`] of words anywhere: the best of the sentences that they stand in.
    pub(super) fn coverage_at(&self, words: Words) -> usize {
        self.passages_at(words).map(|passage| self.coverage(passage)).max().unwrap_or(0)
    }

    pub(super) fn passages_at(&self, words: Words) -> impl Iterator<Item = &Passage> {
        let from = self.passages.partition_point(|passage| {
            (passage.entry, passage.article, passage.span.end()) <= (words.entry, words.article, words.span.start())
        });
        let inside =
            move |passage: &&Passage| passage.home() == (words.entry, words.article) && passage.span.start() < words.span.end();
        self.passages.iter().skip(from).take_while(inside)
    }

    /// The sentences of the paragraph that holds these words.
    pub(super) fn paragraph(&self, words: Words) -> impl Iterator<Item = &Passage> {
        let own = self.passages_at(words).next().map(|passage| (passage.home(), passage.block));
        self.passages.iter().filter(move |passage| Some((passage.home(), passage.block)) == own)
    }

    pub(super) fn coverage_of(&self, at: ItemRef) -> usize {
        self.assertion(at).map_or(0, |said| {
            let words =
                said.content.iter().copied().chain(said.cue).map(|span| Words { entry: at.entry, article: at.article, span });
            words.map(|words| self.coverage_at(words)).max().unwrap_or(0)
        })
    }

    /// The best coverage of the wordings of a commitment.
    pub(super) fn coverage_of_commitment(&self, commitment: &Undertaking) -> usize {
        let given = commitment.said_in.iter().filter_map(|at| {
            Some(self.coverage_at(Words { entry: at.entry, article: at.article, span: self.commitment(*at)?.what }))
        });
        given.chain([self.coverage_at(commitment.what)]).max().unwrap_or(0)
    }

    pub(super) fn has_topics(&self) -> bool {
        !self.asked.topics.is_empty()
    }

    pub(super) fn reading(&self, entry: usize, article: usize) -> Option<&'a Reading> {
        self.record.entries.get(entry)?.readings.get(article)
    }

    pub(super) fn assertion(&self, at: ItemRef) -> Option<&'a Assertion> {
        self.reading(at.entry, at.article)?.assertions.get(at.item)
    }

    pub(super) fn figure(&self, at: ItemRef) -> Option<&'a Figure> {
        self.reading(at.entry, at.article)?.figures.get(at.item)
    }

    pub(super) fn commitment(&self, at: ItemRef) -> Option<&'a Commitment> {
        self.reading(at.entry, at.article)?.commitments.get(at.item)
    }

    pub(super) fn page(&self, home: (usize, usize)) -> Option<&'a Article> {
        self.record.entries.get(home.0)?.page.articles.get(home.1)
    }

    pub(super) fn outlet(&self, home: (usize, usize)) -> Option<&OutletName> {
        self.outlets.get(&home)
    }

    /// All articles, by entry and place.
    pub(super) fn homes(&self) -> impl Iterator<Item = (usize, usize)> {
        self.outlets.keys().copied()
    }

    pub(super) fn assertions(&self) -> impl Iterator<Item = (ItemRef, &'a Assertion)> {
        let readings = self.homes().filter_map(|home| Some((home, self.reading(home.0, home.1)?)));
        let items = readings.flat_map(|((entry, article), reading)| {
            let at = move |item| ItemRef { entry, article, item };
            reading.assertions.iter().enumerate().map(move |(item, said)| (at(item), said))
        });
        items.collect::<Vec<_>>().into_iter()
    }

    pub(super) fn published(&self, home: (usize, usize)) -> Option<&'a str> {
        let day = self.page(home)?.published.as_ref()?.value.as_str();
        Some(day.split('T').next().unwrap_or(day))
    }

    /// The day an assertion was made, else the day its article was published.
    pub(super) fn day(&self, at: ItemRef) -> Option<&'a str> {
        let said = self.assertion(at).and_then(|said| said.said.as_ref()).map(|date| date.value.as_str());
        said.or_else(|| self.published((at.entry, at.article)))
    }

    /// The side that an assertion is made for.
    pub(super) fn side(&self, at: ItemRef) -> Option<&'a ActorId> {
        let speaker = &self.assertion(at)?.speaker;
        speaker.party.as_ref().or(speaker.actor.as_ref())
    }

    /// Whether an actor is, or speaks for, the side whose words are asked for.
    pub(super) fn is_asked_side(&self, actor: Option<&ActorId>) -> bool {
        let Some(by) = &self.asked.by else { return true };
        let is_by = |side: &ActorId| side == by || stand_for_one_state(side, by);
        actor.is_some_and(|actor| is_by(actor) || self.side_of(actor).is_some_and(is_by))
    }

    pub(super) fn side_of(&self, actor: &ActorId) -> Option<&ActorId> {
        let in_record = self.record.actors.iter().find(|known| known.id == *actor).and_then(|known| known.party.as_ref());
        in_record.or_else(|| self.lexicon.actor(actor).and_then(|known| known.party.as_ref()))
    }

    pub(super) fn cut(&self, words: Words) -> &'a str {
        self.page((words.entry, words.article)).map_or("", |page| page.clean.cut(words.span))
    }

    /// The wording in small letters without marks: what copies share.
    pub(super) fn wording(&self, found: Found) -> String {
        let cut =
            |at: &ItemRef, span: &CleanSpan| self.cut(Words { entry: at.entry, article: at.article, span: *span }).to_owned();
        let text = match found {
            Found::Assertion(at) => {
                let said = self.assertion(at);
                let parts =
                    said.map(|said| said.content.iter().map(|span| cut(&at, span)).collect::<Vec<_>>()).unwrap_or_default();
                parts.join(" ")
            }
            Found::Figure(at) => self.figure(at).map(|figure| cut(&at, &figure.span)).unwrap_or_default(),
            Found::Passage(words) | Found::Name(words) => self.cut(words).to_owned(),
            Found::Claim(at) => format!("claim {at}"),
            Found::Commitment(at) => format!("commitment {at}"),
            Found::Article(entry, article) => format!("article {entry} {article}"),
        };
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// The list of the lexicon of this name; an answer tells that its words were looked for.
    pub(super) fn looking_for(&self, list: &str) -> &'a WordList {
        let words = self.lexicon.list(list);
        self.looked_for.borrow_mut().extend(words.iter().map(str::to_owned));
        words
    }

    /// The sentence as somebody's words, where it holds what somebody is quoted with; else as it stands.
    pub(super) fn as_said(&self, passage: &Passage) -> Found {
        let (entry, article) = passage.home();
        let said = self.reading(entry, article).map(|reading| reading.assertions.as_slice()).unwrap_or_default();
        let inside = |said: &Assertion| !is_authors(said) && said.content.iter().any(|span| passage.span.contains_span(*span));
        let at = said.iter().position(inside);
        at.map_or(Found::Passage(passage.words()), |item| Found::Assertion(ItemRef { entry, article, item }))
    }

    /// Sentences that bear on the question, best first, that hold none of `shown`; each wording once.
    pub(super) fn passages_bearing(&self, least: usize, shown: &[Words]) -> Vec<(usize, &Passage)> {
        let is_shown = |passage: &Passage| {
            shown.iter().any(|words| (words.entry, words.article) == passage.home() && passage.span.overlaps(words.span))
        };
        let mut found: Vec<(usize, &Passage)> = self.passages.iter().map(|passage| (self.coverage(passage), passage)).collect();
        found.retain(|(coverage, passage)| *coverage >= least && !is_shown(passage));
        found.sort_by_key(|(coverage, passage)| (std::cmp::Reverse(*coverage), passage.entry, passage.article, passage.span));
        let mut seen = BTreeSet::new();
        found.retain(|(_, passage)| seen.insert(self.wording(Found::Passage(passage.words()))));
        found
    }

    pub(super) fn searched(&self) -> Searched {
        let words = self.asked.topics.iter().zip(&self.holders).map(|(topic, held)| (topic.word.clone(), *held));
        Searched {
            articles: self.outlets.len(),
            passages: self.passages.len(),
            assertions: self
                .homes()
                .filter_map(|home| self.reading(home.0, home.1))
                .map(|reading| reading.assertions.len())
                .sum(),
            words: words.collect(),
            lexicon: self.looked_for.borrow().iter().cloned().collect(),
        }
    }
}

/// The sides named in a sentence; a person stands for nobody but itself.
fn sides_in(span: CleanSpan, reading: &Reading) -> impl Iterator<Item = ActorId> {
    let named = reading
        .actors
        .iter()
        .filter(move |actor| actor.kind != ActorKind::Person && actor.names.iter().any(|name| span.contains_span(name.span)));
    named.map(|actor| actor.party.clone().unwrap_or_else(|| actor.id.clone()))
}

/// A state and the armed group that rules it stand for one side: ids `xx` and `xx.group`.
fn stand_for_one_state(one: &ActorId, other: &ActorId) -> bool {
    let state = |id: &'_ ActorId| id.as_str().split('.').next().map(str::to_owned);
    one.as_str().contains('.') != other.as_str().contains('.') && state(one) == state(other)
}

/// Whether the article itself says it.
pub(super) fn is_authors(said: &Assertion) -> bool {
    said.speaker.kind == SpeakerKind::Author
}
