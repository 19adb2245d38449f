//! Stories: articles that report the same happening.
//!
//! Two articles are as alike as the cosine of their features tells: stems, names, figures and pairs of neighbouring words (which hold what
//! is quoted), weighted by how rare they are in the record and in texts about anything at all. An article goes to the story whose articles it is most like on average, and
//! stories that are as like are joined (average linkage: Sokal and Michener 1958). Headline words alone fail: they are few, and
//! headlines of different quarrels are alike.

mod features;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date as Day;

use crate::piece::Pieces;
use crate::{ArticleRef, Story};
use features::{Feature, Vector};

/// Mean cosine from which an article belongs to a story.
const ALIKE: f64 = 0.10;
/// Days between an article and the nearest of a story beyond which it is another story, where both are dated. Coverage of one
/// happening falls off within days; its anniversaries come later.
const WINDOW: i64 = 30;

/// All stories with two articles or more, the largest first, of equals the one with the older article.
pub(crate) fn stories(pieces: &Pieces<'_>) -> Vec<Story> {
    let mut order: Vec<usize> = (0..pieces.list.len()).collect();
    order.sort_by_key(|at| pieces.age(*at));
    let vectors = features::vectors(pieces);
    let mut grouping = Grouping::default();
    for at in &order {
        if let (Some(piece), Some(vector)) = (pieces.list.get(*at), vectors.get(*at)) {
            let day = piece.page.published.as_ref().and_then(|date| day(&date.value));
            grouping.place(*at, vector, Days::of(day));
        }
    }
    grouping.join();
    let mut stories: Vec<Story> =
        grouping.groups.iter().filter(|group| group.members.len() > 1).map(|group| story(group, pieces)).collect();
    stories.sort_by_key(|story| std::cmp::Reverse(story.articles.len()));
    stories
}

fn story(group: &Group, pieces: &Pieces<'_>) -> Story {
    let mut members = group.members.clone();
    members.sort_by_key(|at| pieces.age(*at));
    let articles = members.iter().filter_map(|at| pieces.list.get(*at));
    Story {
        articles: articles.map(|piece| ArticleRef { entry: piece.entry, article: piece.article }).collect(),
        words: features::telling_words(group.sum.iter(), pieces),
    }
}

fn day(value: &str) -> Option<Day> {
    value.get(..10)?.parse().ok()
}

/// First and last day of publication, where known.
#[derive(Debug, Clone, Copy, Default)]
struct Days(Option<(Day, Day)>);

impl Days {
    fn of(day: Option<Day>) -> Self {
        Self(day.map(|day| (day, day)))
    }

    fn cover(self, other: Self) -> Self {
        match (self.0, other.0) {
            (Some(one), Some(two)) => Self(Some((one.0.min(two.0), one.1.max(two.1)))),
            (one, two) => Self(one.or(two)),
        }
    }

    /// Whether the two are near, as far as is known.
    fn is_near(self, other: Self) -> bool {
        let (Some(one), Some(two)) = (self.0, other.0) else { return true };
        let days = |from: Day, to: Day| i64::from(from.until(to).map_or(i32::MAX, |span| span.get_days()));
        days(one.1, two.0) <= WINDOW && days(two.1, one.0) <= WINDOW
    }
}

/// Features of an article by which groups are looked for: the heaviest. What is alike on average shares some of them.
const ASKED: usize = 40;
/// A feature that more groups hold finds none: it would find them all.
const CROWDED: usize = 200;

/// Articles that are one story so far.
#[derive(Default)]
struct Group {
    members: Vec<usize>,
    /// Sum of the members' vectors.
    sum: BTreeMap<Feature, f64>,
    days: Days,
}

#[derive(Default)]
struct Grouping {
    groups: Vec<Group>,
    /// The groups that hold a feature.
    holders: BTreeMap<Feature, BTreeSet<usize>>,
}

impl Grouping {
    /// Adds an article to the group that it is most like, or to a new one.
    fn place(&mut self, at: usize, vector: &Vector, days: Days) {
        let place = self.nearest(vector, 1, days, None).unwrap_or(self.groups.len());
        if place == self.groups.len() {
            self.groups.push(Group::default());
        }
        let Some(group) = self.groups.get_mut(place) else { return };
        group.members.push(at);
        group.days = group.days.cover(days);
        for (feature, weight) in vector {
            *group.sum.entry(*feature).or_insert(0.0) += weight;
            self.holders.entry(*feature).or_default().insert(place);
        }
    }

    /// The group whose articles are most like the `count` articles with this sum of vectors.
    fn nearest(&self, sum: &Vector, count: usize, days: Days, own: Option<usize>) -> Option<usize> {
        let mut heaviest: Vec<&(Feature, f64)> = sum.iter().collect();
        heaviest.sort_by(|one, two| two.1.total_cmp(&one.1).then(one.0.cmp(&two.0)));
        let holders = heaviest.iter().take(ASKED).filter_map(|(feature, _)| self.holders.get(feature));
        let near: BTreeSet<usize> = holders.filter(|holders| holders.len() <= CROWDED).flatten().copied().collect();
        let alike = near.into_iter().filter(|place| Some(*place) != own).filter_map(|place| {
            let group = self.groups.get(place).filter(|group| group.days.is_near(days))?;
            let product: f64 = sum.iter().filter_map(|(feature, weight)| Some(weight * group.sum.get(feature)?)).sum();
            let mean = product / (group.members.len() * count) as f64;
            (mean >= ALIKE).then_some((place, mean))
        });
        alike.reduce(|best, other| if other.1 > best.1 { other } else { best }).map(|(place, _)| place)
    }

    /// Joins groups that are alike, until none are.
    fn join(&mut self) {
        let mut changed = true;
        while changed {
            changed = false;
            for place in 0..self.groups.len() {
                let Some(group) = self.groups.get(place).filter(|group| !group.members.is_empty()) else { continue };
                let sum: Vector = group.sum.iter().map(|(feature, weight)| (*feature, *weight)).collect();
                let Some(other) = self.nearest(&sum, group.members.len(), group.days, Some(place)) else { continue };
                let (from, into) = (place.max(other), place.min(other));
                let taken = self.groups.get_mut(from).map(std::mem::take).unwrap_or_default();
                let Some(group) = self.groups.get_mut(into) else { continue };
                group.members.extend(taken.members);
                group.days = group.days.cover(taken.days);
                for (feature, weight) in taken.sum {
                    *group.sum.entry(feature).or_insert(0.0) += weight;
                    if let Some(holders) = self.holders.get_mut(&feature) {
                        holders.remove(&from);
                        holders.insert(into);
                    }
                }
                changed = true;
            }
        }
    }
}
