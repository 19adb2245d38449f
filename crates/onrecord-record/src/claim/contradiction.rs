//! Articles that contradict themselves.

use crate::origin::key;
use crate::piece::{Family, Pieces, Telling};
use crate::word::Polarity;
use crate::{ItemRef, Question, Referent, Words};

/// A question for each article in which one voice says that something is so and that it is not, or gives two figures for one thing that
/// exclude each other.
pub(crate) fn contradictions(pieces: &Pieces<'_>, referents: &[Referent]) -> Vec<Question> {
    let mut found = Vec::new();
    for tellings in pieces.tellings.chunk_by(|one, two| one.piece == two.piece) {
        let held: Vec<&Telling<'_>> = tellings.iter().filter(|telling| telling.family() == Family::Holds).collect();
        for (at, later) in held.iter().enumerate() {
            let earlier = held.iter().take(at).find(|earlier| contradict(earlier, later));
            found.extend(earlier.and_then(|earlier| contrary_words(earlier, later, pieces)));
        }
    }
    found.extend(referents.iter().flat_map(|referent| rival_in_one_article(referent, pieces)));
    found
}

/// Whether one voice says both, and both cannot be so.
fn contradict(one: &Telling<'_>, two: &Telling<'_>) -> bool {
    let opposite = matches!(
        (one.polarity, two.polarity),
        (Polarity::Positive, Polarity::Negative) | (Polarity::Negative, Polarity::Positive)
    );
    let alike = || !one.content.conflicts(&two.content) && one.content.is_like(&two.content);
    opposite && is_one_voice(one, two) && alike()
}

/// Whoever is not named may be two.
fn is_one_voice(one: &Telling<'_>, two: &Telling<'_>) -> bool {
    use onrecord_read::SpeakerKind::Unnamed;
    one.said.speaker.kind != Unnamed && two.said.speaker.kind != Unnamed && key(&one.said.speaker) == key(&two.said.speaker)
}

fn contrary_words(earlier: &Telling<'_>, later: &Telling<'_>, pieces: &Pieces<'_>) -> Option<Question> {
    let piece = pieces.piece(later)?;
    let words = |telling: &Telling<'_>| telling.said.content.first().map(|span| piece.page.clean.cut(*span));
    Some(question(
        Words { entry: later.at.entry, article: later.at.article, span: *later.said.content.first()? },
        format!("The article contradicts itself: “{}” and “{}”.", words(earlier)?, words(later)?),
    ))
}

fn rival_in_one_article(referent: &Referent, pieces: &Pieces<'_>) -> Vec<Question> {
    let mut figures = referent.figures.clone();
    figures.sort_unstable();
    let of_articles = figures.chunk_by(|one, two| (one.entry, one.article) == (two.entry, two.article));
    of_articles.filter_map(|figures| rival(figures, pieces)).collect()
}

/// The first two of these figures of one article that one voice gives and that exclude each other.
fn rival(figures: &[ItemRef], pieces: &Pieces<'_>) -> Option<Question> {
    let first = figures.first()?;
    let piece = pieces.at(first.entry, first.article)?;
    let figure = |at: &ItemRef| piece.reading.figures.get(at.item);
    let voice = |at: &ItemRef| {
        let assertion = figure(at)?.assertion?;
        pieces.telling(ItemRef { item: assertion, ..*at })
    };
    let excludes = |one: &ItemRef, two: &ItemRef| {
        let bounds = |at: &ItemRef| {
            let figure = figure(at)?;
            Some((figure.low.or(figure.best)?, figure.high.or(figure.best)?))
        };
        let apart = bounds(one).zip(bounds(two)).is_some_and(|(one, two)| one.1 < two.0 || two.1 < one.0);
        apart && voice(one).zip(voice(two)).is_some_and(|(one, two)| is_one_voice(one, two))
    };
    let pairs = figures.iter().enumerate().flat_map(|(at, later)| figures.iter().take(at).map(move |earlier| (earlier, later)));
    let (earlier, later) = pairs.into_iter().find(|(earlier, later)| excludes(earlier, later))?;
    let (one, two) = (figure(earlier)?.span, figure(later)?.span);
    Some(question(
        Words { entry: later.entry, article: later.article, span: two },
        format!(
            "The article gives two figures for one thing: “{}” and “{}”.",
            piece.page.clean.cut(one),
            piece.page.clean.cut(two)
        ),
    ))
}

fn question(words: Words, text: String) -> Question {
    Question { words: Some(words), name: "contradicts-itself", text }
}
