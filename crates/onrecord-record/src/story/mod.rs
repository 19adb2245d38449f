//! Stories: articles that report the same happening.
//!
//! Two articles are as alike as the cosine of their features tells: stems, names, figures and pairs of neighbouring words (which hold what
//! is quoted), weighted by how rare they are in the record and in texts about anything at all. An article goes to the story whose articles it is most like on average, and
//! stories that are as like are joined (average linkage: Sokal and Michener 1958). Headline words alone fail: they are few, and
//! headlines of different quarrels are alike.

mod features;
mod grouping;

use jiff::civil::Date as Day;

use crate::piece::Pieces;
use crate::{ArticleRef, Story};
use features::Features;
pub(crate) use features::{BESIDE, background};
use grouping::{Days, Group, Grouping};

/// All stories with two articles or more, the largest first, of equals the one with the older article.
pub(crate) fn stories(pieces: &Pieces<'_>) -> Vec<Story> {
    if pieces.list.len() < 2 {
        return Vec::new();
    }
    let mut order: Vec<usize> = (0..pieces.list.len()).collect();
    order.sort_by_key(|at| pieces.age(*at));
    let (features, mut vectors) = features::vectors(pieces);
    let mut grouping = Grouping::new(&features);
    for at in &order {
        if let (Some(piece), Some(vector)) = (pieces.list.get(*at), vectors.get_mut(*at)) {
            let day = piece.page.published.as_ref().and_then(|date| day(&date.value));
            grouping.place(*at, std::mem::take(vector), Days::of(day));
        }
    }
    let mut stories: Vec<Story> = grouping.joined().iter().map(|group| story(group, &features, pieces)).collect();
    stories.sort_by_key(|story| std::cmp::Reverse(story.articles.len()));
    stories
}

fn story(group: &Group, features: &Features, pieces: &Pieces<'_>) -> Story {
    let mut members = group.members.clone();
    members.sort_by_key(|at| pieces.age(*at));
    let articles = members.iter().filter_map(|at| pieces.list.get(*at));
    Story {
        articles: articles.map(|piece| ArticleRef { entry: piece.entry, article: piece.article }).collect(),
        words: features.telling_words(&group.sum, pieces),
    }
}

/// The day of a date, counted from any day.
fn day(value: &str) -> Option<i32> {
    let day: Day = value.get(..10)?.parse().ok()?;
    i32::try_from(day.duration_since(Day::ZERO).as_hours() / 24).ok()
}
