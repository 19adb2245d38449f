//! "According to X, …", "…, in the words of X", "…, as X put it".

use std::ops::Range;

use onrecord_lang::Tag;
use onrecord_lexicon::Act;

use super::verb::SentenceReader;
use super::{Statement, act, tree};
use crate::reading::Speaker;
use crate::who::{Head, NounPhrase, Resolver};

/// The statement that "according to", "in the words of" or "as … put it" at the token `at` ascribes.
pub(crate) fn find(reader: &SentenceReader<'_, '_>, resolver: &mut Resolver<'_, '_>, at: usize) -> Option<Statement> {
    let text = reader.text;
    if text.quotation_of(at).is_some() {
        return None;
    }
    let (cue, end, speaker) = ascribed(reader, resolver, at).or_else(|| put_it(reader, resolver, at))?;
    let rule = text.cut(text.span(&cue)).to_lowercase();
    let sentence = reader.sentence;
    let opens = (sentence.start..at).all(|before| matches!(text.tag(before), Tag::Punct | Tag::Cconj | Tag::Adv));
    let content = if opens {
        let end = behind_clause(reader, end);
        let from = end + usize::from(text.word(end) == ",");
        from..reader.without_marks(from, sentence.end)
    } else {
        let from = reader
            .found
            .last()
            .and_then(|before| before.content.first())
            .map_or(sentence.start, |part| part.start.min(sentence.start));
        from..reader.without_marks(from, at)
    };
    if content.len() < 2 || content.start >= content.end {
        return None;
    }
    let content = vec![content];
    let act = act::of(text, reader.names, Act::State, &speaker, None, &content);
    Some(Statement { content, cue: Some(cue), speaker, via: Vec::new(), act, addressed: None, direct: false, rule })
}

/// The end of a clause that describes the source ("according to two diplomats, *who asked not to be named*, …"), or `end` without one.
fn behind_clause(reader: &SentenceReader<'_, '_>, end: usize) -> usize {
    let text = reader.text;
    let describes = matches!(text.lower(end + 1), "who" | "whose" | "which" | "whom") || text.penn(end + 1) == "VBG";
    let next = (end + 1..reader.sentence.end).find(|at| text.word(*at) == "," && text.quotation_of(*at).is_none());
    next.filter(|_| text.word(end) == "," && describes).unwrap_or(end)
}

/// "According to X": cue, end of the phrase, speaker.
fn ascribed(
    reader: &SentenceReader<'_, '_>,
    resolver: &mut Resolver<'_, '_>,
    at: usize,
) -> Option<(Range<usize>, usize, Speaker)> {
    let text = reader.text;
    let opener = text.lexicon.list("source-phrase").longest_at(text.words, text.start(at) as usize)?;
    let from = text.token_ending_at(at, opener)?;
    let stop = text.between_semicolons(reader.sentence, from).end;
    let commas: Vec<usize> =
        (from..stop).filter(|token| text.word(*token) == "," && text.quotation_of(*token).is_none()).collect();
    let ends = commas.iter().copied().chain([reader.without_marks(from, stop)]);
    // The phrase may hold an apposition: the first comma at which it can be read decides.
    let (end, speaker) = ends
        .into_iter()
        .find_map(|end| Some((end, resolver.resolve_tokens(from..end)?.1)))
        .or_else(|| whatever(reader, resolver, from))?;
    Some((at..from, end, speaker))
}

/// "as X put it": cue, end of the phrase, speaker.
fn put_it(reader: &SentenceReader<'_, '_>, resolver: &mut Resolver<'_, '_>, at: usize) -> Option<(Range<usize>, usize, Speaker)> {
    /// Tokens of who puts it.
    const LONGEST_SOURCE: usize = 12;
    let text = reader.text;
    (text.lower(at) == "as").then_some(())?;
    let window = at + 2..reader.sentence.end.min(at + LONGEST_SOURCE);
    let put = window.into_iter().find(|put| matches!(text.lower(*put), "put" | "puts") && text.lower(put + 1) == "it")?;
    let group = if text.tag(put - 1) == Tag::Aux || text.tag(put - 1) == Tag::Adv { put - 1 } else { put };
    let speaker = resolver.resolve_tokens(at + 1..group)?.1;
    Some((put..put + 2, put + 2, speaker))
}

/// What nobody lists may be the word of a poll or a filing: the whole phrase by the tree.
fn whatever(reader: &SentenceReader<'_, '_>, resolver: &mut Resolver<'_, '_>, from: usize) -> Option<(usize, Speaker)> {
    let text = reader.text;
    let (head, tokens) =
        tree::phrase_at(text, from).filter(|(_, tokens)| tokens.start == from && tokens.end <= reader.sentence.end)?;
    let end = reader.without_marks(from, tokens.end);
    let phrase =
        NounPhrase { tokens: from..end, head: Head::Unlisted(head), affiliation: None, definite: true, roles: Vec::new() };
    Some((end, resolver.resolve(&phrase)))
}
