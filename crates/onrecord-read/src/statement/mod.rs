//! Statements: who said what, by words of saying, quotation marks and their neighbourhood.

mod according;
mod act;
mod continued;
mod cue;
mod frame;
mod marked;
mod noun;
mod opening;
mod passive;
mod quoted;
mod subject;
mod tree;
mod verb;

use std::ops::Range;

use onrecord_lang::Tag;
use onrecord_lexicon::{Act, Frame};
use onrecord_page::BlockKind;
use onrecord_text::CleanSpan;

use crate::reading::{Assertion, Form, Speaker};
use crate::text::Text;
use crate::time::Times;
use crate::who::{Names, Resolver};

/// A statement within its sentence, in tokens.
#[derive(Debug, Clone)]
pub(crate) struct Statement {
    /// The words asserted, in order.
    pub(crate) content: Vec<Range<usize>>,
    /// The words of saying.
    pub(crate) cue: Option<Range<usize>>,
    pub(crate) speaker: Speaker,
    pub(crate) via: Vec<Speaker>,
    pub(crate) act: Act,
    /// The object of the cue that names whom it addresses.
    pub(crate) addressed: Option<Range<usize>>,
    /// Whether the words are the speaker's own though no quotation marks say so.
    pub(crate) direct: bool,
    pub(crate) rule: String,
}

impl Statement {
    /// Whether the token is part of the words asserted.
    fn asserts(&self, token: usize) -> bool {
        self.content.iter().any(|part| part.contains(&token))
    }
}

/// All assertions of the article in the order of the text, the author's own included.
pub(crate) fn find(text: &Text<'_>, names: &Names, times: &Times, resolver: &mut Resolver<'_, '_>) -> Vec<Assertion> {
    let mut assertions = Vec::new();
    let mut document: Option<continued::Document> = None;
    // Position of the assertion that ended the sentence before with a quotation, and its block.
    let mut quoting: Option<(usize, usize)> = None;
    let is_transcript = marked::is_transcript(text);
    // The block whose speaker stands beside a mark, and the speaker.
    let mut turn: Option<(usize, Speaker)> = None;
    // Who is said to say what the block after it quotes.
    let mut announced: Option<(usize, verb::Announced)> = None;
    for number in 0..text.analysis.sentences.len() {
        let sentence = text.sentence(number);
        let is_headline = sentence.kind == BlockKind::Heading;
        let (mut tokens, block) = (sentence.tokens.clone(), sentence.block);
        let opens_block = number == 0 || text.sentence(number - 1).block != block;
        if opens_block {
            resolver.end_turn();
            let whole = tokens.start..end_of_block(text, number);
            if let Some(statement) = marked::find(text, names, resolver, &whole, is_transcript) {
                assertions.push(assertion(text, names, times, &whole, &statement, std::slice::from_ref(&statement)));
                turn = Some((block, statement.speaker));
            }
        }
        if tokens.contains(&names.dateline_end) {
            tokens.start = tokens.start.max(names.dateline_end);
        }
        let mut statements = in_sentence(text, names, resolver, &tokens);
        if let Some((_, speaker)) = turn.as_ref().filter(|(of, _)| *of == block) {
            // "ORO: I promise that …" passes on nobody's word.
            for statement in statements.iter_mut().filter(|statement| !statement.speaker.is(speaker)) {
                statement.via.insert(0, speaker.clone());
            }
            assertions.extend(statements.iter().map(|statement| assertion(text, names, times, &tokens, statement, &statements)));
            (document, quoting) = (None, None);
            continue;
        }
        if is_headline {
            // What a headline does not ascribe is no assertion of its own: the article makes it.
            assertions.extend(statements.iter().map(|statement| assertion(text, names, times, &tokens, statement, &statements)));
            continue;
        }
        if statements.is_empty()
            && let Some((_, announced)) = announced.as_ref().filter(|(of, _)| *of == block)
            && let Some(statement) = continued::announced(text, names, &tokens, sentence.kind, announced)
        {
            assertions.push(assertion(text, names, times, &tokens, &statement, std::slice::from_ref(&statement)));
            quoting = Some((assertions.len() - 1, block));
            continue;
        }
        if let Some(by) = verb::announces(text, names, resolver, &tokens) {
            announced = Some((block + 1, by));
        }
        if let Some(loose) = continued::loose_quotations(text, names, resolver, &tokens, &statements) {
            match quoting.filter(|(_, of)| *of == block).and_then(|(n, _)| assertions.get_mut(n)) {
                Some(before) => {
                    carry_on(before, text.span(&tokens), &loose);
                    continue;
                }
                None => statements.push(loose),
            }
        }
        if statements.is_empty() {
            statements.extend(continued::by_document(text, names, &tokens, block, document.as_ref()));
        } else {
            document = continued::document_of(&statements, block);
        }
        if statements.is_empty() && sentence.kind != BlockKind::Quotation {
            statements.extend(continued::author(text, &tokens));
        }
        statements.sort_by_key(|statement| statement.content.first().map_or(0, |part| part.start));
        assertions.extend(statements.iter().map(|statement| assertion(text, names, times, &tokens, statement, &statements)));
        quoting = assertions.last().filter(|last| last.form == Form::Direct).map(|_| (assertions.len() - 1, block));
    }
    assertions
}

/// The token after the last of the block whose first sentence is `first`.
fn end_of_block(text: &Text<'_>, first: usize) -> usize {
    let sentences = text.analysis.sentences.get(first..).unwrap_or_default();
    let own = sentences.iter().take_while(|sentence| sentence.block == sentences[0].block);
    own.last().map_or(0, |sentence| sentence.tokens.end)
}

/// "“…,” he said. “…”": the quotation goes on in the next sentence and stays one assertion.
fn carry_on(before: &mut Assertion, words: CleanSpan, loose: &Statement) {
    match before.content.last_mut().filter(|last| last.end() + 1 >= words.start()) {
        Some(last) => *last = last.cover(words),
        None => before.content.push(words),
    }
    if before.act == Act::State {
        before.act = loose.act;
    }
}

/// The statements that words of saying introduce in one sentence.
fn in_sentence(text: &Text<'_>, names: &Names, resolver: &mut Resolver<'_, '_>, sentence: &Range<usize>) -> Vec<Statement> {
    let mut found: Vec<Statement> = Vec::new();
    if is_asked(text, sentence) {
        return found;
    }
    let mut at = sentence.start;
    while at < sentence.end {
        let reader = verb::SentenceReader { text, names, sentence, found: &found };
        let statement = according::find(&reader, resolver, at).or_else(|| opening::find(&reader, resolver, at)).or_else(|| {
            cue::at(text, sentence, at).into_iter().find_map(|cue| {
                quoted::find(&reader, resolver, &cue).or_else(|| match cue.usage {
                    cue::Usage::Noun => {
                        noun::find(&reader, resolver, &cue).filter(|statement| !is_demanded(text, &found, statement))
                    }
                    cue::Usage::Passive => passive::find(&reader, resolver, &cue),
                    // "as saying" belongs to a verb of quoting.
                    cue::Usage::Participle if at > sentence.start && text.lower(at - 1) == "as" => None,
                    _ => verb::find(&reader, resolver, &cue),
                })
            })
        });
        let statement = statement.map(|mut statement| {
            quoted::cited(&reader, resolver, &mut statement);
            statement
        });
        // "said in a social media *post* that": the words are said once.
        let statement = statement.filter(|statement| !found.iter().any(|told| told.content == statement.content));
        match statement {
            Some(statement) => {
                let end = statement.cue.as_ref().map_or(at, |cue| cue.end);
                resolver.spoke(at, &statement.speaker);
                // "The army had refused to leave, the envoy said": what was told before is relayed. Behind an agency that reports it, "it" is the army.
                let is_outlet = statement.speaker.actor.as_ref().is_some_and(|actor| actor.as_str().starts_with("outlet."));
                for told in &mut found {
                    if told.cue.as_ref().is_some_and(|cue| statement.asserts(cue.start)) {
                        told.via.insert(0, statement.speaker.clone());
                        if is_outlet {
                            resolver.spoke(at, &told.speaker);
                        }
                    }
                }
                let again = found.iter().position(|told| is_named_again(text, told, &statement));
                let speaker = again.map_or(statement.speaker.clone(), |told| found.remove(told).speaker);
                found.push(Statement { speaker, ..statement });
                at = end.max(at + 1);
            }
            None => at += 1,
        }
    }
    found
}

/// "Reiterated *its call for a truce*": what the noun tells is what was said, by the same one, and it was said once.
fn is_named_again(text: &Text<'_>, told: &Statement, noun: &Statement) -> bool {
    let opening = told.content.first().map_or(0..0, |part| part.start..part.start + MOST_BEFORE_NOUN);
    let by_noun = noun.rule.contains(" (noun): ") && noun.cue.as_ref().is_some_and(|cue| opening.contains(&cue.start));
    let same = told.speaker.actor == noun.speaker.actor
        || noun.speaker.actor.is_none() && matches!(noun.speaker.name.as_str(), "its" | "his" | "her" | "their");
    let utters = told.rule.strip_suffix(": N").is_some_and(|lemma| text.lexicon.list("utterance-verb").contains(lemma));
    by_noun && same && utters && told.act == Act::State
}

/// Tokens that stand before a noun in its phrase: "its repeated", "their latest".
const MOST_BEFORE_NOUN: usize = 4;

/// Tokens of a label before a colon.
const LONGEST_LABEL: usize = 6;

/// "Did Oro promise to leave?": who asks does not say that it is so. "Why leave, the envoy asked?" says who asks.
fn is_asked(text: &Text<'_>, sentence: &Range<usize>) -> bool {
    const OPENINGS: [&str; 26] = [
        "are", "can", "could", "did", "do", "does", "had", "has", "have", "how", "is", "should", "was", "were", "what", "when",
        "where", "whether", "which", "who", "whom", "whose", "why", "will", "would", "won't",
    ];
    // "Question: Did …"
    let label = sentence.clone().take(LONGEST_LABEL).find(|at| text.word(*at) == ":");
    let sentence = label.map_or(sentence.start, |colon| colon + 1)..sentence.end;
    let mut words = sentence.clone().filter(|at| text.tag(*at) != Tag::Punct);
    let opens = words.next().is_some_and(|first| OPENINGS.contains(&text.lower(first)) && text.quotation_of(first).is_none());
    let mark = sentence.clone().next_back().filter(|last| text.word(*last) == "?" && text.quotation_of(*last).is_none());
    opens && mark.is_some() && !sentence.clone().any(|at| text.word(at) == ",")
}

/// "They demanded guarantees that …": what is demanded has not been given, and nobody has said it.
fn is_demanded(text: &Text<'_>, before: &[Statement], statement: &Statement) -> bool {
    let Some(noun) = statement.cue.as_ref().map(|cue| cue.start) else { return false };
    let given = matches!(statement.act, Act::Assure | Act::Offer);
    given && before.iter().any(|other| other.act == Act::Demand && other.asserts(noun)) && !text.mentions_gift(noun)
}

fn assertion(
    text: &Text<'_>,
    names: &Names,
    times: &Times,
    sentence: &Range<usize>,
    statement: &Statement,
    all: &[Statement],
) -> Assertion {
    let content: Vec<CleanSpan> = statement.content.iter().map(|part| text.span(part)).collect();
    // What another statement of the sentence tells has its own time and place.
    let outside = |span: CleanSpan| !all.iter().flat_map(|other| &other.content).any(|part| text.span(part).overlaps(span));
    // "…; Oro made the same pledge in 2023": what a semicolon parts has times of its own.
    let anchor = statement.cue.as_ref().or(statement.content.first()).map_or(sentence.start, |tokens| tokens.start);
    let whole = text.span(&text.between_semicolons(sentence, anchor));
    let own = |span: CleanSpan| outside(span) && !is_aside(text, sentence, &text.tokens_in(span));
    let said = times.within(whole).filter(|time| own(time.span)).find_map(|time| time.date.clone());
    Assertion {
        cue: statement.cue.as_ref().map(|cue| text.span(cue)),
        speaker: statement.speaker.clone(),
        via: statement.via.clone(),
        addressee: addressee(text, names, statement),
        act: statement.act,
        form: if statement.direct { Form::Direct } else { form(text, &statement.content) },
        said: said.filter(|_| statement.cue.is_some()),
        occasion: occasion(text, sentence, &outside).filter(|_| statement.cue.is_some()),
        rule: statement.rule.clone(),
        content,
    }
}

/// "Malaysia, *which chairs the bloc this year*, said …": what a relative clause tells has a time of its own, unless it tells that somebody speaks.
fn is_aside(text: &Text<'_>, sentence: &Range<usize>, tokens: &Range<usize>) -> bool {
    let relative = |at: &usize| matches!(text.lower(*at), "which" | "who" | "whose" | "whom" | "where");
    let opens = |at: &usize| relative(at) && at.checked_sub(1).is_some_and(|before| text.word(before) == ",");
    let before = sentence.start..tokens.start;
    let Some(opening) = before.rev().take_while(|at| text.word(*at) != "," || relative(&(at + 1))).find(opens) else {
        return false;
    };
    let closing = (tokens.end..sentence.end).find(|at| text.word(*at) == ",").unwrap_or(sentence.end);
    let speaks = |at: usize| matches!(text.lower(at), "spoke" | "speaking" | "speaks") || !cue::at(text, sentence, at).is_empty();
    !(opening..closing).any(speaks)
}

/// The first other party that the object of the cue names.
fn addressee(text: &Text<'_>, names: &Names, statement: &Statement) -> Option<onrecord_lexicon::ActorId> {
    let in_content = statement.content.first().filter(|_| matches!(statement.act, Act::Demand | Act::Accuse)).cloned();
    let object = statement.addressed.clone().or(in_content)?;
    names.within(&object).iter().find_map(|mention| {
        let actor = text.lexicon.actor(&mention.meant.as_ref()?.actor)?;
        let party = actor.party.clone()?;
        (Some(&party) != statement.speaker.party.as_ref()).then_some(party)
    })
}

fn form(text: &Text<'_>, content: &[Range<usize>]) -> Form {
    let mut words =
        content.iter().flat_map(Clone::clone).filter(|at| text.word(*at).chars().any(char::is_alphanumeric)).peekable();
    let (mut quoted, mut plain) = (false, words.peek().is_none());
    for at in words {
        if text.quotation_of(at).is_some() { quoted = true } else { plain = true }
    }
    match (quoted, plain) {
        (true, false) => Form::Direct,
        (true, true) => Form::Mixed,
        (false, _) => Form::Indirect,
    }
}

/// The occasion that the sentence names outside of the words asserted.
fn occasion(text: &Text<'_>, sentence: &Range<usize>, outside: &dyn Fn(CleanSpan) -> bool) -> Option<CleanSpan> {
    let list = text.lexicon.list("occasion");
    sentence.clone().find_map(|at| {
        let start = text.start(at);
        let end = list.longest_at(text.words, start as usize)?;
        let span = CleanSpan::new(start, u32::try_from(end).ok()?);
        outside(span).then_some(span)
    })
}

/// How a frame is named in a rule.
fn frame_name(frame: Frame) -> &'static str {
    match frame {
        Frame::That => "that",
        Frame::Quote => "quote",
        Frame::To => "to",
        Frame::NounTo => "N to",
        Frame::Noun => "N",
        Frame::NounAs => "N as",
        Frame::NounThat => "N that",
        Frame::NounOf => "N of",
        Frame::NounFor => "N for",
        Frame::NounAt => "N at",
        Frame::Preposition(word) => word,
        Frame::Wh => "wh",
        Frame::Ing => "ing",
        Frame::Is => "is",
    }
}
