//! Sections 2, 4, 6 and 7: claims, timeline, who is who, what could not be settled.

use super::escape::Escaped;
use super::phrase::{comma, nothing_if, open_item, place, places, quote};
use super::put;
use crate::view::{ActorLine, ClaimItem, Claims, Dated, OpenGroup, PartyNames, counted};

/// A list longer than this is folded.
pub(super) const FOLD: usize = 25;

pub(super) fn claims(html: &mut String, claims: &Claims) {
    html.push_str(
        "<p class=\"intro\">Outlets, their publishers and the origins behind them are counted apart: ten outlets at one briefing \
are one origin.</p>\n",
    );
    nothing_if(html, claims.standing.is_empty(), "No claim is contested, corroborated or repeated.");
    html.push_str("<ul class=\"items\">\n");
    for claim in &claims.standing {
        standing_claim(html, claim);
    }
    html.push_str("</ul>\n");
    single_claims(html, "Said by one, carried by one outlet", &claims.single, FOLD);
    single_claims(html, "In one article’s own voice", &claims.own_voice, 0);
}

fn standing_claim(html: &mut String, claim: &ClaimItem) {
    open_item(html, &claim.id);
    let class = claim.standing_name();
    put(
        html,
        format_args!(
            "<p class=\"head\"><span class=\"chip {class}\">{class}</span> <span title=\"{}\">{}</span></p>\n",
            Escaped(&claim.outlets.join(", ")),
            claim.counts()
        ),
    );
    put(html, format_args!("<p class=\"words\">{}: ", Escaped(&claim.who)));
    quote(html, &claim.words);
    html.push_str("</p>\n");
    for denial in &claim.denials {
        put(html, format_args!("<p class=\"denial\"><span class=\"by\">denied by {}:</span> ", Escaped(&denial.who)));
        quote(html, &denial.words);
        html.push_str("</p>\n");
    }
    html.push_str("<div class=\"aside\"><ul>\n");
    for origin in &claim.origins {
        let party = if origin.is_party { ", party to the dispute" } else { "" };
        put(html, format_args!("<li>origin: {}{party}{}", Escaped(&origin.who), Escaped(&comma(origin.when.as_ref()))));
        places(html, &origin.places);
        html.push_str("</li>\n");
    }
    if !claim.outlets.is_empty() {
        put(html, format_args!("<li>carried by {}</li>\n", Escaped(&claim.outlets.join(", "))));
    }
    if let Some(rating) = &claim.rating {
        put(html, format_args!("<li>{}</li>\n", Escaped(rating)));
    }
    html.push_str("</ul></div>\n");
    if !claim.reasons.is_empty() {
        html.push_str("<details class=\"aside\"><summary>Why these were joined</summary><ul>\n");
        for reason in &claim.reasons {
            put(html, format_args!("<li>{}</li>\n", Escaped(reason)));
        }
        html.push_str("</ul></details>\n");
    }
    html.push_str("</li>\n");
}

fn single_claims(html: &mut String, title: &str, claims: &[ClaimItem], fold: usize) {
    folded(html, title, claims, fold, |html, claim| {
        open_item(html, &claim.id);
        put(html, format_args!("<p class=\"words\">{}: ", Escaped(&claim.who)));
        quote(html, &claim.words);
        html.push_str("</p>\n</li>\n");
    });
}

/// A titled list of close items, folded when it has more than `fold`.
pub(super) fn folded<T>(html: &mut String, title: &str, items: &[T], fold: usize, set: fn(&mut String, &T)) {
    if items.is_empty() {
        return;
    }
    let fold = items.len() > fold;
    put(html, format_args!("<h3>{title}</h3>\n"));
    if fold {
        put(html, format_args!("<details><summary>Show {}</summary>\n", counted(items.len(), "line", "lines")));
    }
    html.push_str("<ul class=\"items close\">\n");
    for item in items {
        set(html, item);
    }
    html.push_str(if fold { "</ul>\n</details>\n" } else { "</ul>\n" });
}

pub(super) fn timeline(html: &mut String, dated: &[Dated]) {
    nothing_if(html, dated.is_empty(), "Nothing dated was found.");
    let mut last = "";
    for entry in dated {
        if entry.date != last {
            html.push_str(if last.is_empty() { "" } else { "</ul>\n" });
            put(html, format_args!("<h3>{}</h3>\n<ul class=\"items close\">\n", Escaped(&entry.date)));
            last = &entry.date;
        }
        open_item(html, &entry.id);
        put(html, format_args!("<p class=\"words\">{} ", Escaped(&entry.lead())));
        quote(html, &entry.words);
        html.push_str("</p>\n");
        for event in &entry.events {
            put(html, format_args!("<p class=\"aside\">event: {}</p>\n", Escaped(event)));
        }
        html.push_str("</li>\n");
    }
    html.push_str(if dated.is_empty() { "" } else { "</ul>\n" });
}

pub(super) fn who(html: &mut String, parties: &[PartyNames]) {
    nothing_if(html, parties.is_empty(), "Nobody is named.");
    for party in parties {
        put(html, format_args!("<h3>{}</h3>\n<ul class=\"items close\">\n", Escaped(&party.party)));
        for actor in &party.actors {
            actor_line(html, actor);
        }
        html.push_str("</ul>\n");
    }
}

fn actor_line(html: &mut String, actor: &ActorLine) {
    open_item(html, &actor.id);
    put(html, format_args!("<p class=\"words\">{} <span class=\"aside\">{}</span></p>\n", Escaped(&actor.name), actor.kind));
    html.push_str("<div class=\"aside\"><ul>\n");
    for name in &actor.names {
        let times = if name.times == 1 { String::new() } else { format!(" ×{}", name.times) };
        match &name.loaded {
            Some(whose) => {
                put(
                    html,
                    format_args!("<li class=\"loaded\">“{}”{times}, {}’s word for it ", Escaped(&name.name), Escaped(whose)),
                );
            }
            None => put(html, format_args!("<li>{}{times} ", Escaped(&name.name))),
        }
        place(html, &name.place);
        html.push_str("</li>\n");
    }
    html.push_str("</ul></div>\n</li>\n");
}

pub(super) fn open(html: &mut String, groups: &[OpenGroup]) {
    nothing_if(html, groups.is_empty(), "Nothing was left open.");
    for group in groups {
        folded(html, &Escaped(&group.name).to_string(), &group.questions, FOLD, |html, question| {
            open_item(html, &question.id);
            put(html, format_args!("<p>{} ", Escaped(&question.text)));
            if let Some(words) = &question.words {
                quote(html, words);
            }
            html.push_str("</p>\n</li>\n");
        });
    }
}
