//! `onrecord search`: words in the articles of a record.

use std::fmt::Write as _;

use anyhow::Result;
use onrecord_store::{Access, Hit, Query, Store};
use serde_json::json;

use crate::flags::{AnswerFormat, SearchFlags};
use crate::{Outcome, output};

pub(super) fn run(flags: &SearchFlags) -> Result<Outcome> {
    let store = Store::open(&flags.record, Access::Read)?;
    let query = Query {
        words: flags.words.clone(),
        actor: flags.actor.clone(),
        party: flags.party.clone(),
        act: flags.act.clone(),
        from: flags.from.clone(),
        to: flags.to.clone(),
        site: flags.site.clone(),
        limit: Some(flags.limit),
    };
    let hits = store.search(&query)?;
    output::print(&match flags.format {
        AnswerFormat::Text => for_people(&hits)?,
        AnswerFormat::Jsonl => hits.iter().map(|hit| line(hit).to_string() + "\n").collect(),
    })?;
    Ok(Outcome::Done)
}

fn for_people(hits: &[Hit]) -> Result<String> {
    let mut text = String::new();
    for hit in hits {
        let facts: Vec<&str> = [&hit.site, &hit.published].into_iter().filter_map(|fact| fact.as_deref()).collect();
        let title = hit.title.as_deref().unwrap_or("(without a headline)");
        writeln!(text, "{title}{}{}", if facts.is_empty() { "" } else { " · " }, facts.join(" · "))?;
        let at = hit.span.map_or(String::new(), |span| format!(" bytes {} to {}", span.start(), span.end()));
        writeln!(text, "    {}", hit.context.split_whitespace().collect::<Vec<_>>().join(" "))?;
        writeln!(text, "    [{}{at}]\n", hit.capture)?;
    }
    writeln!(text, "{} article{} found", hits.len(), if hits.len() == 1 { "" } else { "s" })?;
    Ok(output::harmless(&text))
}

fn line(hit: &Hit) -> serde_json::Value {
    json!({
        "article": hit.article,
        "capture": hit.capture,
        "title": hit.title,
        "site": hit.site,
        "published": hit.published,
        "span": hit.span.map(|span| [span.start(), span.end()]),
        "context": hit.context,
    })
}
