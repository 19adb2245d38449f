//! `onrecord search`: words in the articles of a record.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::Result;
use onrecord_lexicon::{ActorId, Lexicon};
use onrecord_record::review::{Anchor, FindingKind, Ruling, in_force, letters, merged, settled};
use onrecord_store::{Access, Hit, Merged, Overruled, Query, Store};
use onrecord_wire::exchange::{self, Object};
use onrecord_wire::terminal::letters_given;
use serde_json::json;

use crate::flags::{AnswerFormat, OverlayFlags, SearchFlags};
use crate::pages::decisions_of;
use crate::{Outcome, output, pages};

pub(super) fn run(flags: &SearchFlags) -> Result<Outcome> {
    let store = Store::open(&flags.record, Access::Read)?;
    let decisions = decisions_of(&store)?;
    // Only who asks for what is said asks for what reviewers say of it.
    let of_speakers = flags.actor.is_some() || flags.party.is_some();
    let merged = if of_speakers { merged(&decisions) } else { BTreeMap::new() };
    let of_assertions = of_speakers || flags.act.is_some() || flags.standing.is_some();
    let settled = if of_assertions { settled(&decisions) } else { Vec::new() };
    let query = Query {
        words: flags.words.clone(),
        actor: flags.actor.clone(),
        party: flags.party.clone(),
        act: flags.act.clone(),
        among: flags.standing.as_deref().map(|standing| of_standing(standing, flags)).transpose()?,
        from: flags.from.clone(),
        to: flags.to.clone(),
        site: flags.site.clone(),
        limit: Some(flags.limit),
        merged: merged.iter().map(|(actor, into)| same(actor, into, flags.party.is_some())).collect(),
        overruled: settled.into_iter().filter_map(|(anchor, ruling)| overruled(anchor, &ruling)).collect(),
    };
    let hits = store.search(&query)?;
    let letters = letters(&in_force(&decisions));
    let letter = |hit: &Hit| {
        let site = hit.site.as_ref()?.to_lowercase();
        letters.iter().find(|(outlet, _)| outlet.to_lowercase() == site).map(|(_, given)| letters_given(given))
    };
    output::print(&match flags.format {
        AnswerFormat::Text => for_people(&hits, &letter)?,
        AnswerFormat::Jsonl => hits.iter().map(|hit| line(hit, letter(hit)).to_string() + "\n").collect(),
    })?;
    Ok(Outcome::Done)
}

/// Ids of the assertions whose claims stand so. How a claim stands depends on all pages, so all are read and joined.
fn of_standing(standing: &str, flags: &SearchFlags) -> Result<Vec<String>> {
    let gathered = pages::gather(std::slice::from_ref(&flags.record), &flags.how, OverlayFlags::default())?;
    let assertions = |object| match object {
        Object::Claim(claim) if claim.standing.name() == standing => claim.assertions,
        _ => Vec::new(),
    };
    Ok(exchange::objects(&gathered.record, gathered.lexicon).into_iter().flat_map(assertions).collect())
}

/// That an actor is another one, with that one's side where sides are asked for: looking it up takes longer than most searches.
fn same(actor: &ActorId, into: &ActorId, with_side: bool) -> Merged {
    let known = with_side.then(|| Lexicon::embedded().actor(into)).flatten();
    let party = known.and_then(|known| known.party.as_ref());
    Merged { actor: actor.to_string(), into: into.to_string(), party: party.map(ActorId::to_string) }
}

/// What reviewers say of an assertion, where it is something else than the reader found.
fn overruled(anchor: &Anchor, ruling: &Ruling) -> Option<Overruled> {
    let of_assertion = (anchor.kind == FindingKind::Assertion).then(|| anchor.item.clone())?;
    let none = Overruled { assertion: of_assertion, capture: anchor.capture.clone(), ..Overruled::default() };
    match ruling {
        Ruling::Accept => None,
        Ruling::Reject => Some(Overruled { rejected: true, ..none }),
        Ruling::Correct(correction) => {
            let speaker = correction.speaker.as_ref();
            let id = |id: &ActorId| id.to_string();
            let given = correction.party.as_ref().map(|party| Some(id(party)));
            Some(Overruled {
                actor: speaker.map(|speaker| speaker.actor.as_ref().map(id)),
                party: given.or_else(|| speaker.map(|speaker| speaker.party.as_ref().map(id))),
                act: correction.act.map(|act| act.name().to_owned()),
                ..none
            })
        }
    }
}

fn for_people(hits: &[Hit], letter: &dyn Fn(&Hit) -> Option<String>) -> Result<String> {
    let mut text = String::new();
    for hit in hits {
        let site = hit.site.as_ref().map(|site| letter(hit).map_or_else(|| site.clone(), |letter| format!("{site} {letter}")));
        let facts: Vec<String> = [site, hit.published.clone()].into_iter().flatten().collect();
        let title = hit.title.as_deref().unwrap_or("(without a headline)");
        writeln!(text, "{title}{}{}", if facts.is_empty() { "" } else { " · " }, facts.join(" · "))?;
        let at = hit.span.map_or(String::new(), |span| format!(" bytes {} to {}", span.start(), span.end()));
        writeln!(text, "    {}", hit.context.split_whitespace().collect::<Vec<_>>().join(" "))?;
        writeln!(text, "    [{}{at}]\n", hit.capture)?;
    }
    writeln!(text, "{} article{} found", hits.len(), if hits.len() == 1 { "" } else { "s" })?;
    Ok(output::harmless(&text))
}

fn line(hit: &Hit, letter: Option<String>) -> serde_json::Value {
    json!({
        "article": hit.article,
        "capture": hit.capture,
        "title": hit.title,
        "site": hit.site,
        "reliability": letter,
        "published": hit.published,
        "span": hit.span.map(|span| [span.start(), span.end()]),
        "context": hit.context,
    })
}
