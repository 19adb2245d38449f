//! "According to X, …" and "…, according to X".

use onrecord_lang::Tag;
use onrecord_lexicon::Act;

use super::verb::SentenceReader;
use super::{Statement, act, tree};
use crate::reading::Speaker;
use crate::who::{Head, NounPhrase, Resolver};

/// The statement that "according to" at the token `at` ascribes.
pub(crate) fn find(reader: &SentenceReader<'_, '_>, resolver: &mut Resolver<'_, '_>, at: usize) -> Option<Statement> {
    let text = reader.text;
    if !text.reads(at, &["according", "to"]) || text.quotation_of(at).is_some() {
        return None;
    }
    let sentence = reader.sentence;
    let opens = (sentence.start..at).all(|before| matches!(text.tag(before), Tag::Punct | Tag::Cconj | Tag::Adv));
    let commas: Vec<usize> =
        (at + 2..sentence.end).filter(|token| text.word(*token) == "," && text.quotation_of(*token).is_none()).collect();
    let ends = commas.iter().copied().chain([reader.without_marks(at + 2, sentence.end)]);
    // The phrase may hold an apposition: the first comma at which it can be read decides.
    let (end, speaker) = ends
        .into_iter()
        .find_map(|end| Some((end, resolver.resolve_tokens(at + 2..end)?.1)))
        .or_else(|| whatever(reader, resolver, at + 2))?;
    let content = if opens {
        end + 1..reader.without_marks(end + 1, sentence.end)
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
    let act = act::of(text, reader.names, Act::State, false, &speaker, None, &content);
    Some(Statement {
        content,
        cue: Some(at..at + 2),
        speaker,
        via: Vec::new(),
        act,
        addressed: None,
        direct: false,
        rule: "according to".to_owned(),
    })
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
