//! Section 8: stories, shared text, versions.

use super::escape::Escaped;
use super::phrase::{nothing_if, open_item, quote};
use super::put;
use crate::view::AmongItem;

pub(super) fn among(html: &mut String, items: &[AmongItem]) {
    nothing_if(html, items.is_empty(), "No two articles were found to share a story or text.");
    html.push_str("<ul class=\"items\">\n");
    for item in items {
        open_item(html, &item.id);
        put(html, format_args!("<p class=\"head\">{}</p>\n", Escaped(&item.head)));
        for (name, words) in &item.lines {
            put(html, format_args!("<p>{name} "));
            quote(html, words);
            html.push_str("</p>\n");
        }
        html.push_str("</li>\n");
    }
    html.push_str("</ul>\n");
}
