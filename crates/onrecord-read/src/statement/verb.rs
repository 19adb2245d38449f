//! Statements introduced by a verb of saying.

use std::ops::Range;

use onrecord_lang::Tag;
use onrecord_lexicon::{Act, Frame, Saying, SayingKind};

use super::cue::{self, Cue, Usage};
use super::{Statement, act, frame, frame_name, subject, tree};
use crate::reading::{Speaker, SpeakerKind};
use crate::text::{NounClass, Text, is_time_noun};
use crate::who::{Head, Names, NounPhrase, Resolver};

/// Tokens of a subject that stands between "and" and its verb.
const MOST_OF_SUBJECT: usize = 8;

/// Tokens of an adverbial between a word of saying and a comma.
const LONGEST_ADVERBIAL: usize = 8;

/// One sentence with the statements found in it so far.
pub(crate) struct SentenceReader<'r, 'a> {
    pub(crate) text: &'r Text<'a>,
    pub(crate) names: &'r Names,
    pub(crate) sentence: &'r Range<usize>,
    pub(crate) found: &'r [Statement],
}

/// Where the subject of a cue comes from.
enum Subject {
    /// Its own noun phrase.
    Own(NounPhrase),
    /// The phrase behind an inverted verb.
    Inverted(NounPhrase),
    /// That of the verb before it.
    Shared(Speaker),
}

/// The words asserted with the entry and frame that found them.
struct Said<'l> {
    content: Vec<Range<usize>>,
    entry: &'l Saying,
    frame: Frame,
    /// Tokens that name hearers or the object of the charge.
    addressed: Option<Range<usize>>,
}

impl Subject {
    fn is_unlisted(&self) -> bool {
        matches!(
            self,
            Self::Own(NounPhrase { head: Head::Unlisted(_), .. }) | Self::Inverted(NounPhrase { head: Head::Unlisted(_), .. })
        )
    }
}

/// The statement that `cue` introduces, if somebody speaks and something is said.
pub(crate) fn find(reader: &SentenceReader<'_, '_>, resolver: &mut Resolver<'_, '_>, cue: &Cue<'_>) -> Option<Statement> {
    let outer = reader.found.iter().rev().find(|statement| statement.asserts(cue.tokens.start));
    let from = outer
        .and_then(|outer| outer.content.iter().find(|part| part.contains(&cue.tokens.start)))
        .map_or(reader.sentence.start, |part| part.start);
    let subject = reader.subject(cue, from, outer.is_some())?;
    // "Veldmar, *accused by Oro* of theft, left": the participle is passive, and what stands around it is not what was said.
    let is_active = cue.usage == Usage::Finite && !matches!(subject, Subject::Inverted(_));
    if !is_active && reader.text.lower(cue.tokens.end) == "by" {
        return None;
    }
    let limit = reader.limit(cue, outer);
    let Said { content, entry, frame, addressed } = reader.content(cue, &subject, limit)?;
    if outer.is_some() && !matches!(frame, Frame::That | Frame::Quote | Frame::NounThat) {
        return None;
    }
    if subject.is_unlisted() && matches!(frame, Frame::Noun) && entry.act == Act::State {
        return None;
    }
    let speaker = match subject {
        Subject::Own(phrase) | Subject::Inverted(phrase) => resolver.resolve(&phrase),
        Subject::Shared(speaker) => speaker,
    };
    if frame == Frame::Noun && is_standing_offer(reader.text, cue, entry, &speaker)
        || entry.act == Act::Demand && asks_for_anonymity(reader.text, &content)
    {
        return None;
    }
    let via =
        outer.map(|outer| std::iter::once(outer.speaker.clone()).chain(outer.via.iter().cloned()).collect()).unwrap_or_default();
    let act = act::of_cue(reader.text, reader.names, (cue, entry), &speaker, addressed.as_ref(), &content)?;
    let rule = format!("{}: {}", entry.lemma, frame_name(frame));
    Some(Statement { content, cue: Some(cue.tokens.clone()), speaker, via, act, addressed, direct: false, rule })
}

/// "The firm offers loans to farmers": what a body that speaks for no side has on offer as a rule commits it to nothing. A state that "offers a
/// venue" may do so in a headline, and what was offered was offered once.
fn is_standing_offer(text: &Text<'_>, cue: &Cue<'_>, entry: &Saying, speaker: &Speaker) -> bool {
    let last = cue.tokens.end.saturating_sub(1);
    entry.act == Act::Offer
        && matches!(text.penn(last), "VBZ" | "VBP")
        && matches!(speaker.kind, SpeakerKind::Organisation | SpeakerKind::Unnamed)
        && speaker.party.is_none()
}

/// "asked that his name be withheld": on which terms somebody spoke is no demand of the dispute.
fn asks_for_anonymity(text: &Text<'_>, content: &[Range<usize>]) -> bool {
    let list = text.lexicon.list("anonymity");
    content.iter().flat_map(Clone::clone).any(|at| list.longest_at(text.words, text.start(at) as usize).is_some())
}

/// Who is said to say what stands in the next paragraph.
pub(crate) struct Announced {
    pub(crate) cue: Range<usize>,
    pub(crate) speaker: Speaker,
    pub(crate) act: Act,
    pub(crate) rule: String,
}

/// "He added:", "The envoy said in a statement on Monday:" at the end of a sentence.
pub(crate) fn announces(
    text: &Text<'_>,
    names: &Names,
    resolver: &mut Resolver<'_, '_>,
    sentence: &Range<usize>,
) -> Option<Announced> {
    let colon = sentence.end.checked_sub(1).filter(|at| text.word(*at) == ":")?;
    let reader = SentenceReader { text, names, sentence, found: &[] };
    let quoting = |at: usize| {
        let mut cues =
            cue::at(text, sentence, at).into_iter().filter(|cue| matches!(cue.usage, Usage::Finite | Usage::Participle));
        let cue = cues.find(|cue| cue.entries.iter().any(|entry| entry.frames.contains(&Frame::Quote)))?;
        let between = cue.tokens.end..colon;
        (between.is_empty() || frame::adverbial(text, between)).then_some(cue)
    };
    let cue = sentence.clone().rev().find_map(quoting)?;
    let (Subject::Own(phrase) | Subject::Inverted(phrase)) = reader.subject(&cue, sentence.start, false)? else { return None };
    let entry = cue.entries.iter().find(|entry| entry.frames.contains(&Frame::Quote))?;
    let speaker = resolver.resolve(&phrase);
    resolver.spoke(cue.tokens.start, &speaker);
    let rule = format!("{}: {}", entry.lemma, frame_name(Frame::Quote));
    Some(Announced { cue: cue.tokens.clone(), speaker, act: entry.act, rule })
}

impl SentenceReader<'_, '_> {
    fn subject(&self, cue: &Cue<'_>, from: usize, nested: bool) -> Option<Subject> {
        let text = self.text;
        let before = cue.group.checked_sub(1).filter(|at| *at >= from);
        let word = before.map_or("", |at| text.lower(at));
        let shared_by_mark =
            matches!(word, "," | "while" | "and" | "but" | "by" | "after" | "before" | "when" | "in" | "then" | "—" | "–");
        if cue.usage == Usage::Participle && (shared_by_mark || before.is_none()) {
            return if nested { None } else { self.shared(cue) };
        }
        if before.is_none() && text.penn(cue.tokens.start) == "VBD" && text.tag(cue.tokens.end) == Tag::Propn {
            return subject::behind(text, self.names, cue, self.sentence.end).map(Subject::Inverted);
        }
        // "The envoy left the hall and vowed …", "welcomed the return; deplored …": what stands before "and" is no subject.
        if matches!(word, "and" | "but" | "or" | ";") && cue.usage == Usage::Finite {
            // What "and" was found to cut off from what somebody says is said or done by the same one, not by a word of what is said.
            let is_said = |phrase: &NounPhrase| self.found.iter().any(|statement| statement.asserts(phrase.tokens.start));
            let of_verb_before = tree::shared_subject(text, self.names, cue, &(from..cue.group));
            let of_verb_before = of_verb_before.filter(|phrase| nested || !is_said(phrase)).map(Subject::Own);
            return of_verb_before.or_else(|| if nested { None } else { self.shared(cue) });
        }
        let own = subject::before(text, self.names, cue, from);
        // "an ad this week showing …": only a noun that is known to speak can stand right before a participle.
        let own = own.filter(|phrase| cue.usage == Usage::Finite || !matches!(phrase.head, Head::Unlisted(_)));
        let by_tree = tree::own_subject(text, self.names, cue, &(from..cue.group)).filter(|_| cue.usage == Usage::Finite);
        // Where the tree shows another subject than the nearest phrase, the nearest phrase belongs to something else.
        let own = match (own, by_tree) {
            (Some(own), Some(tree)) if own.tokens.end <= tree.tokens.start || tree.tokens.end <= own.tokens.start => Some(tree),
            // "Diplomats familiar with the talks, who …": what stands behind a preposition within the subject is not its head.
            (Some(own), Some(tree))
                if tree.tokens.contains(&own.tokens.start.saturating_sub(1))
                    && (tree.tokens.start..own.tokens.start).any(|at| text.tag(at) == Tag::Adp)
                    && !matches!(tree.head, Head::Unlisted(_)) =>
            {
                Some(tree)
            }
            (own, tree) => own.or(tree),
        };
        if let Some(phrase) = own {
            let about = subject::before_relative(text, self.names, self.sentence, &phrase, from);
            let phrase = about.filter(|_| cue.usage == Usage::Finite).unwrap_or(phrase);
            // "The rebels issued *a statement* blaming …": they speak in it.
            let issuer = match phrase.head {
                Head::Noun(NounClass::Document, at) if cue.usage == Usage::Participle => tree::holder(text, self.names, at),
                _ => None,
            };
            let phrase = issuer.filter(|issuer| !matches!(issuer.head, Head::Unlisted(_))).unwrap_or(phrase);
            return Some(Subject::Own(self.joined(cue, from, phrase)));
        }
        if nested {
            return None;
        }
        let after_content =
            before.is_some_and(|at| text.is_closing_mark(at) || matches!(text.word(at), "," | "’" | "?" | "!" | "—" | "–"));
        let inverted = || subject::behind(text, self.names, cue, self.sentence.end);
        if let Some(phrase) = (after_content && cue.usage == Usage::Finite).then(inverted).flatten() {
            return Some(Subject::Inverted(phrase));
        }
        let coordinated = matches!(word, "and" | "but" | "," | "also" | "then" | "or" | "to" | "while") || after_content;
        let shared = if coordinated { self.shared(cue) } else { None };
        shared.or_else(|| self.by_tree(cue, from))
    }

    /// "*The army and the rebels* accused one another": with what "and" joins to the phrase before the verb, where the tree takes both for the subject or nothing
    /// else can be meant.
    fn joined(&self, cue: &Cue<'_>, from: usize, phrase: NounPhrase) -> NounPhrase {
        let text = self.text;
        let other = || {
            let and = phrase.tokens.start.checked_sub(1).filter(|at| *at > from && text.lower(*at) == "and")?;
            let from = from.max(self.names.dateline_end.min(and));
            let other = subject::phrase_ending_at(text, self.names, and, from)?;
            let can_join = |phrase: &NounPhrase| !matches!(phrase.head, Head::Unlisted(_) | Head::Pronoun(_));
            let by_tree = || {
                let whole = tree::subject_tokens(text, cue);
                whole.is_some_and(|whole| whole.start == other.tokens.start && whole.end >= phrase.tokens.end)
            };
            // Without a verb before "and", or right behind the words said ("…, two officials and a lawyer said"), there is nothing else that it could join.
            let is_first = || !(from..and).any(|at| text.looks_finite(at) || text.tag(at) == Tag::Adp);
            let is_behind = || other.tokens.start > from && text.word(other.tokens.start - 1) == ",";
            let joins = by_tree() || is_first() || is_behind();
            (can_join(&other) && can_join(&phrase) && joins).then_some(other.tokens.start..phrase.tokens.end)
        };
        let joint = match &phrase.head {
            Head::Joint(tokens) => Some(tokens.clone()),
            _ => other(),
        };
        let Some(joint) = joint else { return phrase };
        let whole = self.listed_before(from, joint.start)..joint.end;
        NounPhrase { head: Head::Joint(whole.clone()), tokens: whole, affiliation: None, definite: true, roles: Vec::new() }
    }

    /// "*Iran*, Russia and China": where a list of names begins that goes on at the token `start`.
    fn listed_before(&self, from: usize, start: usize) -> usize {
        let name_before = |at: usize| {
            let comma = at.checked_sub(1).filter(|comma| *comma > from && self.text.word(*comma) == ",")?;
            let mention = self.names.at(comma - 1).filter(|mention| mention.tokens.end == comma && !mention.is_demonym())?;
            (mention.tokens.start >= from).then_some(mention.tokens.start)
        };
        let first = std::iter::successors(Some(start), |at| name_before(*at)).last().unwrap_or(start);
        // "In Iran, Russia and China said": what stands behind a preposition is no part of the list.
        let is_governed = first.checked_sub(1).is_some_and(|before| before >= from && self.text.tag(before) == Tag::Adp);
        if is_governed { start } else { first }
    }

    /// The noun phrase that is the subject of `cue`, if it has one of its own.
    pub(crate) fn own_subject(&self, cue: &Cue<'_>) -> Option<NounPhrase> {
        match self.subject(cue, self.sentence.start, false)? {
            Subject::Own(phrase) | Subject::Inverted(phrase) => Some(phrase),
            Subject::Shared(_) => None,
        }
    }

    /// A subject that only the tree shows. What cannot speak for certain is left alone: the tree errs too often to make a speaker of a thing.
    fn by_tree(&self, cue: &Cue<'_>, from: usize) -> Option<Subject> {
        let subject = tree::subject(self.text, self.names, cue, &(from..cue.group))?;
        (cue.usage == Usage::Finite && !matches!(subject.head, Head::Unlisted(_))).then_some(Subject::Own(subject))
    }

    /// The speaker of the verb before, or the subject of the main clause.
    fn shared(&self, cue: &Cue<'_>) -> Option<Subject> {
        if let Some(before) =
            self.found.iter().rev().find(|statement| statement.cue.as_ref().is_some_and(|other| other.end <= cue.tokens.start))
        {
            return Some(Subject::Shared(before.speaker.clone()));
        }
        let main = subject::main(self.text, self.names, self.sentence);
        main.filter(|phrase| phrase.tokens.end <= cue.group).map(Subject::Own)
    }

    /// Where the content behind `cue` must end: at the end of the sentence or before the next verb of saying with the same subject.
    pub(crate) fn limit(&self, cue: &Cue<'_>, outer: Option<&Statement>) -> usize {
        let text = self.text;
        let end = outer
            .and_then(|outer| outer.content.iter().find(|part| part.contains(&cue.tokens.start)))
            .map_or(self.sentence.end, |part| part.end);
        let mut stop = end;
        for at in cue.tokens.end..end {
            if text.quotation_of(at).is_some() {
                continue;
            }
            if text.word(at) == ";" || text.reads(at, &["according", "to"]) || text.word(at) == "," && self.withholds(at + 1, end)
            {
                stop = at;
                break;
            }
            if matches!(text.lower(at - 1), "and" | "but" | "or" | "then")
                && tree::coordinated(text, cue.tokens.start, self.main_verb(at, end))
                && !self.was_before(cue, at, end)
            {
                stop = at - 1;
                break;
            }
            let next = cue::at(text, self.sentence, at).into_iter().find(|next| next.usage != Usage::Noun);
            if let Some(boundary) = next.and_then(|next| self.shared_boundary(cue, &next)) {
                stop = boundary;
                break;
            }
        }
        self.without_marks(cue.tokens.end, stop)
    }

    /// "Said the army *had left and had burnt* the bridge", "*had entered the bay and approached* the rig": what was done before it was said is a part of
    /// what was said, though the tree may join it to the verb of saying.
    fn was_before(&self, cue: &Cue<'_>, at: usize, end: usize) -> bool {
        let text = self.text;
        let verb = self.main_verb(at, end);
        let had = |at: usize| text.lower(at) == "had" && text.tag(at) == Tag::Aux;
        let is_told = (cue.tokens.end..at).any(|at| had(at) && text.quotation_of(at).is_none());
        let goes_on = (at..verb).any(had) || matches!(text.penn(verb), "VBN" | "VBD") && text.lower(verb).ends_with("ed");
        is_past(text, cue.tokens.start) && is_told && goes_on && cue::at(text, self.sentence, verb).is_empty()
    }

    /// Whether the article itself goes on at this token: "…, *but she would not share a copy*", "…, *without giving details*".
    fn withholds(&self, at: usize, end: usize) -> bool {
        let text = self.text;
        let list = text.lexicon.list("withheld");
        let listed = |verb: usize| verb < end && list.contains(text.lower(verb));
        if text.lower(at) == "without" {
            return listed(at + 1);
        }
        if !matches!(text.lower(at), "but" | "and" | "though" | "although") || text.tag(at + 1) != Tag::Pron {
            return false;
        }
        let turned = matches!(text.lower(at + 2), "did" | "would" | "could" | "does" | "has" | "have" | "had")
            && text.lower(at + 3) == "not"
            || text.lower(at + 2).ends_with("n't") && text.lower(at + 3) != "not";
        let verb = at + 3 + usize::from(text.lower(at + 3) == "not");
        let refused = matches!(text.lower(at + 2), "declined" | "refused") && text.lower(at + 3) == "to";
        turned && listed(verb) || refused && listed(at + 4) || listed(at + 2) && text.lower(at + 3) == "no"
    }

    /// The verb of a group that may open with adverbs and auxiliaries at the token `at`.
    fn main_verb(&self, at: usize, end: usize) -> usize {
        (at..end).find(|at| !matches!(self.text.tag(*at), Tag::Adv | Tag::Aux) && self.text.lower(*at) != "to").unwrap_or(at)
    }

    /// The token at which a co-ordinated or participial verb of saying cuts the content before it off.
    fn shared_boundary(&self, cue: &Cue<'_>, next: &Cue<'_>) -> Option<usize> {
        let text = self.text;
        let before = next.group.checked_sub(1)?;
        if before <= cue.tokens.end {
            return None;
        }
        let comma_before = text.word(before - 1) == ",";
        match (text.lower(before), next.usage) {
            (",", Usage::Participle) => Some(before),
            // "…, who fled because she hoped to return, *said* the market was shut": the main clause goes on.
            (",", Usage::Finite) if self.resumes(cue, next) => Some(before),
            ("while", Usage::Participle) => Some(before - usize::from(comma_before)),
            ("but" | "and", Usage::Finite) if comma_before => Some(before - 1),
            ("but" | "and", Usage::Participle) if comma_before => Some(before - 1),
            ("and" | "but" | "," | "then", Usage::Finite) if tree::coordinated(text, cue.tokens.start, next.tokens.start) => {
                Some(before)
            }
            ("and" | "but", Usage::Finite) => {
                let both_past = is_past(text, cue.tokens.start) && is_past(text, next.tokens.start);
                let explicit = frame::behind(text, next, self.sentence.end).is_some_and(|content| {
                    matches!(content.frame, Frame::That | Frame::Quote | Frame::NounTo | Frame::NounThat | Frame::NounOf)
                });
                (both_past && explicit).then_some(before)
            }
            _ => None,
        }
    }

    /// Whether the verb of `next`, right behind a comma, is that of the main clause, and `cue` stands in a relative clause of its subject.
    fn resumes(&self, cue: &Cue<'_>, next: &Cue<'_>) -> bool {
        let text = self.text;
        let start = self.sentence.start;
        let relative =
            (start + 1..cue.group).find(|at| matches!(text.penn(*at), "WP" | "WDT") && text.quotation_of(*at).is_none());
        let has_main_verb = |relative: usize| (start..relative).any(|at| text.looks_finite(at) || text.tag(at) == Tag::Aux);
        relative.is_some_and(|relative| !has_main_verb(relative))
            && next.tokens.start == next.group
            && is_past(text, next.tokens.start)
    }

    /// `stop` moved before full stops and commas that are not part of a quotation.
    pub(crate) fn without_marks(&self, from: usize, mut stop: usize) -> usize {
        while stop > from
            && self.text.tag(stop - 1) == Tag::Punct
            && self.text.quotation_of(stop - 1).is_none()
            && !matches!(self.text.word(stop - 1), ")" | "%")
        {
            stop -= 1;
        }
        stop
    }

    /// The words asserted: behind the cue, or before its subject, or both.
    fn content<'l>(&self, cue: &Cue<'l>, subject: &Subject, limit: usize) -> Option<Said<'l>> {
        let start = match subject {
            Subject::Own(phrase) => phrase.tokens.start.min(cue.group),
            Subject::Inverted(_) | Subject::Shared(_) => cue.group,
        };
        let end = match subject {
            Subject::Inverted(phrase) => phrase.tokens.end.max(cue.tokens.end),
            _ => cue.tokens.end,
        };
        let quoting = cue.entries.iter().copied().find(|entry| entry.frames.contains(&Frame::Quote));
        let stating = cue.entries.iter().copied().find(|entry| entry.frames.contains(&Frame::That));
        if let (Some(entry), Some(mut content)) = (quoting, self.quotation_before(start)) {
            let unfinished = content
                .last()
                .is_some_and(|part| self.text.cut(self.text.span(part)).trim_end_matches(['”', '"', '\'']).ends_with(','));
            content.extend(self.quotation_after(end, self.sentence.end.max(limit), unfinished));
            return Some(Said { content, entry, frame: Frame::Quote, addressed: None });
        }
        if let (Some(entry), Subject::Inverted(phrase), true) = (quoting, subject, start == self.sentence.start) {
            // "Said Oro: “We waited.”"
            let colon = Some(phrase.tokens.end).filter(|at| self.text.word(*at) == ":")?;
            let quotation = self.text.is_opening_mark(colon + 1).then(|| self.text.quotation_of(colon + 1)).flatten()?;
            let content = vec![self.text.tokens_in(self.text.analysis.quotations[quotation].span)];
            return Some(Said { content, entry, frame: Frame::Quote, addressed: None });
        }
        let behind = if matches!(subject, Subject::Inverted(_)) { None } else { frame::behind(self.text, cue, limit) };
        if let Some(found) = behind {
            let between = Some(found.between).filter(|between| !between.is_empty());
            let addressed = between.or_else(|| self.object_of(&found.tokens, found.frame));
            // "…, its agency said, a record for a month": what stands behind the comma is an addition to what stands before.
            if found.frame == Frame::That
                && self.text.word(found.tokens.start) == ","
                && let Some(content) = self.clause_before(cue, start, end, limit)
            {
                return Some(Said { content, entry: stating.or(quoting)?, frame: Frame::That, addressed: None });
            }
            let tokens = self.content_end(found.tokens, found.frame);
            let tokens = tokens.start..self.end_by_tree(cue, &tokens, found.frame);
            let content = vec![tokens];
            return Some(Said { content, entry: found.entry, frame: found.frame, addressed });
        }
        let content = self.clause_before(cue, start, end, limit)?;
        Some(Said { content, entry: stating.or(quoting)?, frame: Frame::That, addressed: None })
    }

    /// "accused *Kabul* of …", "urged *the rebels* to …": whom the cue is about, where the content begins with it.
    fn object_of(&self, content: &Range<usize>, frame: Frame) -> Option<Range<usize>> {
        let ends = match frame {
            Frame::NounTo => "to",
            Frame::NounOf => "of",
            Frame::NounFor => "for",
            _ => return None,
        };
        let end = content.clone().skip(1).find(|at| self.text.lower(*at) == ends)?;
        Some(content.start..end)
    }

    /// A clause ends where the tree says that its verb's words end, if an addition begins there. What "and" joins is more often said too.
    fn end_by_tree(&self, cue: &Cue<'_>, tokens: &Range<usize>, frame: Frame) -> usize {
        let text = self.text;
        if !matches!(frame, Frame::That | Frame::NounThat) {
            return tokens.end;
        }
        let Some(clause) = tree::complement(text, cue.tokens.end).filter(|clause| clause.len() > 2) else { return tokens.end };
        let end = clause.end;
        if end <= tokens.start + 2 || end >= tokens.end || text.quotation_of(end).is_some() {
            return tokens.end;
        }
        let after = end + usize::from(text.word(end) == ",");
        let begins = matches!(text.lower(after), "as" | "amid" | "while" | "after" | "before");
        let begins = begins && (tokens.start..end).any(|at| text.looks_finite(at));
        if begins { self.without_marks(tokens.start, end) } else { tokens.end }
    }

    /// An object ends at a comma that opens a participle or a relative clause; a clause runs on.
    fn content_end(&self, tokens: Range<usize>, frame: Frame) -> Range<usize> {
        let ends = [self.before_absolute(&tokens), self.before_reporter(&tokens), self.before_remark(&tokens)];
        let tokens = tokens.start..ends.into_iter().min().unwrap_or(tokens.end);
        let text = self.text;
        if matches!(frame, Frame::NounTo | Frame::NounOf | Frame::NounFor | Frame::To) {
            let cut =
                tokens.clone().skip(2).find(|at| text.quotation_of(*at).is_none() && self.turns_to_another(*at, tokens.end));
            return tokens.start..cut.unwrap_or(tokens.end);
        }
        if frame == Frame::NounAt {
            // "put the figure at 14,200, blames …"
            let comma = tokens.clone().find(|at| text.word(*at) == "," && text.looks_finite(at + 1));
            return tokens.start..comma.unwrap_or(tokens.end);
        }
        if !matches!(frame, Frame::Noun | Frame::NounAs | Frame::Preposition(_)) {
            return tokens;
        }
        if let Some(quotation) = text.quotation_of(tokens.start).map(|n| text.tokens_in(text.analysis.quotations[n].span)) {
            // "“an invoice dressed up as a plan”, a reference to …": the words in marks are what was said.
            if text.is_opening_mark(tokens.start) && text.word(quotation.end) == "," && quotation.end < tokens.end {
                return quotation;
            }
        }
        let cut = tokens.clone().find(|at| {
            text.word(*at) == ","
                && text.quotation_of(*at).is_none()
                && (text.lower(at + 1).ends_with("ing") && text.tag(at + 1) == Tag::X
                    || matches!(text.lower(at + 1), "while" | "but" | "which" | "after")
                    || text.lower(at + 1) == "and" && text.tag(at + 2) == Tag::Pron)
        });
        tokens.start..cut.unwrap_or(tokens.end)
    }

    /// "…, *Interfax reported*" at the end: whoever reports all of it is no part of what is said.
    fn before_reporter(&self, tokens: &Range<usize>) -> usize {
        let text = self.text;
        let last = tokens.clone().rev().find(|at| text.word(*at) == "," && text.quotation_of(*at).is_none());
        let reports = |comma: usize| {
            let mut cues = (comma + 2..tokens.end).flat_map(|at| cue::at(text, self.sentence, at));
            let cue = cues
                .find(|cue| cue.usage == Usage::Finite && cue.entries.iter().any(|entry| entry.frames.contains(&Frame::Quote)))?;
            let subject = subject::before(text, self.names, &cue, comma + 1)?;
            let ends = cue.tokens.end == tokens.end || frame::adverbial(text, cue.tokens.end..tokens.end);
            (subject.tokens.start == comma + 1 && ends && !matches!(subject.head, Head::Pronoun(_))).then_some(comma)
        };
        last.filter(|comma| *comma > tokens.start + 1).and_then(reports).unwrap_or(tokens.end)
    }

    /// "…, *a charge that Kabul rejected*", "…, *a commitment it made in 2020*": what the article calls the words said is no part of them.
    fn before_remark(&self, tokens: &Range<usize>) -> usize {
        let text = self.text;
        let is_said = |at: usize| {
            let found = text.lexicon.sayings_at(text.words, text.start(at) as usize);
            found.flat_map(|(_, entries)| entries).any(|entry| entry.kind == SayingKind::Noun)
        };
        let opens = |at: &usize| {
            text.word(*at) == ","
                && text.quotation_of(*at).is_none()
                && matches!(text.lower(at + 1), "a" | "an")
                && is_said(at + 2)
                && (matches!(text.lower(at + 3), "that" | "which")
                    || text.tag(at + 3) == Tag::Pron
                    || self.names.at(at + 3).is_some())
        };
        tokens.clone().skip(2).find(opens).unwrap_or(tokens.end)
    }

    /// Whether at this token the sentence turns from what is said to something beside it: ", hours after …", "and the rebels agreed to …".
    fn turns_to_another(&self, at: usize, end: usize) -> bool {
        let text = self.text;
        match text.word(at) {
            "," => {
                let unit = (at + 1..end.min(at + 4)).find(|at| is_time_noun(text.lower(*at)));
                unit.is_some_and(|unit| matches!(text.lower(unit + 1), "after" | "before"))
                    || matches!(text.lower(at + 1), "while" | "after" | "as" | "which")
                        && (at + 2..end).any(|at| text.looks_finite(at))
            }
            "and" | "but" => {
                let saying = |verb: usize| cue::at(text, self.sentence, verb).into_iter().find(|cue| cue.usage == Usage::Finite);
                let Some(next) = (at + 2..end.min(at + MOST_OF_SUBJECT)).find_map(saying) else { return false };
                subject::before(text, self.names, &next, at + 1).is_some_and(|subject| {
                    subject.tokens.start == at + 1 && !matches!(subject.head, Head::Unlisted(_) | Head::Pronoun(_))
                })
            }
            _ => false,
        }
    }

    /// "…, with talks continuing": an absolute "with" behind a comma is the article's own addition.
    fn before_absolute(&self, tokens: &Range<usize>) -> usize {
        let text = self.text;
        let opens = |at: &usize| text.word(*at) == "," && text.lower(at + 1) == "with" && text.quotation_of(*at).is_none();
        let verbal = |at: usize| {
            text.tag(at) == Tag::X && (text.lower(at).ends_with("ing") || text.looks_finite(at)) || text.lower(at) == "having"
        };
        let comma = tokens.clone().skip(2).find(|at| opens(at) && (at + 3..tokens.end.min(at + 12)).any(verbal));
        comma.unwrap_or(tokens.end)
    }

    /// The quotations that end right before the token `at` (marks and a comma between do not matter).
    fn quotation_before(&self, at: usize) -> Option<Vec<Range<usize>>> {
        let text = self.text;
        let last = (self.sentence.start..at).rev().find(|token| !matches!(text.word(*token), "," | "—" | "–"))?;
        let quotation = &text.analysis.quotations[text.quotation_of(last)?];
        let tokens = text.tokens_in(quotation.span);
        let whole = tokens.start == self.sentence.start || tokens.len() > 6;
        let ends_as_speech =
            matches!(quotation.inner.cut(text.words).chars().next_back(), Some(',' | '.' | '!' | '?' | '…' | '—'));
        let taken = self.found.iter().any(|statement| statement.asserts(tokens.start));
        let title = frame::is_title(text, tokens.clone()) && !whole;
        ((whole || ends_as_speech) && tokens.end == last + 1 && !taken && !title).then(|| vec![tokens])
    }

    /// "…,” he said, “…": the quotation goes on behind the cue.
    fn quotation_after(&self, end: usize, limit: usize, unfinished: bool) -> Option<Range<usize>> {
        let text = self.text;
        let open = (end..limit.min(end + 24)).find(|at| text.is_opening_mark(*at))?;
        let mark = open.checked_sub(1).map_or("", |at| text.word(at));
        let quotation = &text.analysis.quotations[text.quotation_of(open)?];
        let between = (end..open).any(|at| text.tag(at) == Tag::Aux || text.lower(at).ends_with("ing"));
        // A small letter behind "…,”" shows that the quotation was only interrupted.
        let resumes = unfinished && mark == "," && quotation.inner.cut(text.words).starts_with(char::is_lowercase);
        (resumes || matches!(mark, "," | "." | ":" | ";" | "—" | "–") && !between).then(|| text.tokens_in(quotation.span))
    }

    /// "Talks had failed, he said" and "The talks, he said, had failed".
    fn clause_before(&self, cue: &Cue<'_>, start: usize, end: usize, limit: usize) -> Option<Vec<Range<usize>>> {
        let text = self.text;
        let comma = start.checked_sub(1).filter(|at| *at > self.sentence.start && matches!(text.word(*at), "," | "—" | "–"))?;
        let is_verb = |before: &&Statement| before.cue.as_ref().is_some_and(|cue| text.universal(cue.start) != "NOUN");
        let from = self
            .found
            .iter()
            .rfind(is_verb)
            .map_or(self.sentence.start, |before| before.cue.as_ref().map_or(self.sentence.start, |cue| cue.end.min(comma)));
        let front_tokens = self.sentence.start..comma;
        // "Both have promised to leave, the union said on Monday.": who speaks last in a sentence relays all of it.
        let behind = end..self.without_marks(end, self.sentence.end);
        let is_last =
            || start < cue.group && frame::adverbial(text, behind.clone()) && !behind.clone().any(|at| text.word(at) == ",");
        if from > self.sentence.start && !tree::governs(text, cue.tokens.start, &front_tokens) && !is_last() {
            return None;
        }
        let opening = text.between_semicolons(self.sentence, comma).start;
        let front = opening..self.without_marks(opening, comma);
        // "A raid in which, she said, nine men died": she speaks of the clause that she is inserted into, and of nothing before it.
        if front.clone().next_back().is_some_and(|last| matches!(text.penn(last), "WDT" | "WP")) {
            let clause = end + 1..limit.max(end + 1);
            return (text.word(end) == "," && clause.len() > 1).then(|| vec![clause]);
        }
        let adjunct = (matches!(text.tag(front.start), Tag::Adp | Tag::Sconj | Tag::Adv)
            || text.universal(front.start) == "SCONJ")
            && !front.clone().any(|at| text.word(at) == ",")
            || text.lower(front.start).ends_with("ing")
            || text.looks_finite(front.start) && text.tag(front.start) == Tag::X;
        let finite = front.clone().any(|at| text.looks_finite(at) || text.is_be(at));
        // "The convoy, the ministry said late on Thursday, was never near".
        let end = (end..limit.min(end + LONGEST_ADVERBIAL))
            .find(|at| text.word(*at) == ",")
            .filter(|comma| *comma > end && frame::adverbial(text, end..*comma))
            .unwrap_or(end);
        let rest = end + 1..limit.max(end + 1);
        let split = text.word(end) == "," && rest.len() > 1 && !text.lower(rest.start).ends_with("ing");
        // "It was soldiers, they said, who had fouled the wells"
        let is_cleft = text.lower(front.start) == "it" && matches!(text.lower(rest.start), "who" | "that" | "which");
        if split && (!finite || adjunct || is_cleft) {
            return Some(vec![front, rest]);
        }
        let is_phrase = || opening == self.sentence.start && !adjunct && front.len() > 4;
        (front.len() > 2 && (finite && !text.looks_finite(front.start) || is_phrase())).then(|| vec![front.clone()])
    }
}

fn is_past(text: &Text<'_>, at: usize) -> bool {
    text.lower(at).ends_with("ed")
        || matches!(text.lower(at), "said" | "told" | "wrote" | "made" | "called" | "thought" | "found")
}
