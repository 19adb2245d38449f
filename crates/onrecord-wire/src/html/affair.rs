//! Section 5: a timeline for each thing that is open or closed, in force or not, and for talks.

use super::escape::Escaped;
use super::phrase::{nothing_if, open_item, place, words};
use super::put;
use crate::view::{AffairItem, affairs_left};

pub(super) fn affairs(html: &mut String, affairs: &[AffairItem], left: usize) {
    nothing_if(html, affairs.is_empty(), "No crossing, ceasefire, agreement or round of talks was found whose state is told.");
    html.push_str("<ul class=\"items\">\n");
    for affair in affairs {
        open_item(html, &affair.id);
        let disputed = if affair.disputed { " <span class=\"chip rival\">disputed</span>" } else { "" };
        put(html, format_args!("<p class=\"head\"><strong>{}</strong>{disputed}</p>\n", Escaped(&affair.thing)));
        html.push_str("<table>\n<thead><tr><th scope=\"col\">when</th><th scope=\"col\">state</th><th scope=\"col\">words</th>");
        html.push_str("<th scope=\"col\">according to</th><th scope=\"col\">place</th></tr></thead>\n<tbody>\n");
        for state in &affair.states {
            let when = state.when.as_deref().unwrap_or("not said");
            put(html, format_args!("<tr><td>{}</td><td>{}</td><td>", Escaped(when), Escaped(&state.what)));
            words(html, &state.words);
            put(html, format_args!("</td><td>{}</td><td>", Escaped(&state.who)));
            place(html, &state.words.place);
            html.push_str("</td></tr>\n");
        }
        html.push_str("</tbody>\n</table>\n</li>\n");
    }
    html.push_str("</ul>\n");
    nothing_if(html, left > 0, &affairs_left(left));
}
