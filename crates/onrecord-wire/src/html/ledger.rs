//! Section 1: demands and assurances with their tests.

use super::escape::Escaped;
use super::phrase::{comma, item_links, nothing_if, open_item, places, quote};
use super::put;
use crate::view::{LedgerItem, PartyLedger, TestLine};

pub(super) fn ledger(html: &mut String, parties: &[PartyLedger]) {
    html.push_str(
        "<p class=\"intro\">Who demands what of whom, who assures whom of what, and what somebody reports of it: whether it was \
written, can be verified, is concrete, was acted upon.</p>\n",
    );
    nothing_if(html, parties.is_empty(), "No demand and no assurance was found.");
    for party in parties {
        put(html, format_args!("<h3>{}</h3>\n<ul class=\"items\">\n", Escaped(&party.party)));
        for item in &party.items {
            ledger_item(html, item);
        }
        html.push_str("</ul>\n");
    }
}

fn ledger_item(html: &mut String, item: &LedgerItem) {
    open_item(html, &item.id);
    let (verb, of) = if item.is_demand { ("demands", "of") } else { ("assures", "") };
    put(html, format_args!("<p class=\"head\"><strong>{}</strong> {verb}", Escaped(&item.by)));
    if let Some(to) = &item.to {
        put(html, format_args!(" {of} <strong>{}</strong>", Escaped(to)));
    }
    html.push_str("</p>\n<p class=\"words\">");
    quote(html, &item.what);
    html.push_str("</p>\n");
    for said in &item.said {
        put(html, format_args!("<p class=\"aside\">said by {}{}", Escaped(&said.who), Escaped(&comma(said.when.as_ref()))));
        places(html, &said.places);
        html.push_str("</p>\n");
    }
    tests(html, item);
    if let Some(decided) = &item.decided {
        put(html, format_args!("<p class=\"state\">{}</p>\n", Escaped(decided)));
    }
    if let Some(state) = item.state {
        put(html, format_args!("<p class=\"state\">{state}</p>\n"));
    }
    item_links(html, "answers", item.answers.as_slice());
    item_links(html, "answered by", &item.answered_by);
    html.push_str("</li>\n");
}

fn tests(html: &mut String, item: &LedgerItem) {
    if item.tests.is_empty() && item.unreported.is_empty() {
        return;
    }
    html.push_str("<dl class=\"tests\">\n");
    for test in &item.tests {
        test_line(html, test);
    }
    if !item.unreported.is_empty() {
        put(html, format_args!("<dt>not reported</dt><dd class=\"aside\">{}</dd>\n", item.unreported.join(", ")));
    }
    html.push_str("</dl>\n");
}

fn test_line(html: &mut String, test: &TestLine) {
    let TestLine { name, answer, .. } = test;
    put(html, format_args!("<dt>{name}</dt><dd><span class=\"{answer}\">{answer}</span> "));
    if test.disputed {
        html.push_str("<span class=\"rival\">(answered otherwise elsewhere)</span> ");
    }
    if let Some(evidence) = &test.evidence {
        quote(html, evidence);
    }
    if let Some(by) = &test.according_to {
        put(html, format_args!(" <span class=\"aside\">according to {}</span>", Escaped(by)));
    }
    html.push_str("</dd>\n");
}
