//! Quotations that open with the word of saying itself: "in its second paragraph Oro “undertakes to lift the embargo by May”".

use onrecord_lexicon::{Act, Frame, SayingKind};

use super::verb::SentenceReader;
use super::{Statement, frame_name, subject};
use crate::who::{Head, Resolver};

/// The statement that the quotation which opens at the token `at` makes of the noun phrase before it. Only a verb that does what it says ("pledges to",
/// "demands that") makes one, and only of somebody who can speak for certain.
pub(crate) fn find(reader: &SentenceReader<'_, '_>, resolver: &mut Resolver<'_, '_>, at: usize) -> Option<Statement> {
    let text = reader.text;
    let opens = text.is_opening_mark(at) && at > reader.sentence.start && text.looks_finite(at + 1);
    let quotation = text.quotation_of(at).filter(|_| opens)?;
    let frame = match text.lower(at + 2) {
        "to" => Frame::To,
        "that" => Frame::That,
        _ => return None,
    };
    let does = |act: Act| matches!(act, Act::Assure | Act::Demand | Act::Offer | Act::Refuse | Act::Deny);
    let entry = text
        .lexicon
        .sayings_at(text.words, text.start(at + 1) as usize)
        .flat_map(|(_, entries)| entries)
        .find(|entry| entry.kind == SayingKind::Verb && does(entry.act) && entry.frames.contains(&frame))?;
    let phrase = subject::phrase_ending_at(text, reader.names, at, reader.sentence.start)?;
    if matches!(phrase.head, Head::Unlisted(_)) {
        return None;
    }
    let (act, rule) = (entry.act, format!("{}: {}", entry.lemma, frame_name(frame)));
    let speaker = resolver.resolve(&phrase);
    let content = vec![text.tokens_in(text.analysis.quotations[quotation].span)];
    Some(Statement { content, cue: None, speaker, via: Vec::new(), act, addressed: None, direct: false, rule })
}
