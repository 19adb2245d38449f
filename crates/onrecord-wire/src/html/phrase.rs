//! Small pieces that all sections set alike.

use super::escape::Escaped;
use super::put;
use crate::view::{Place, Quote, Voice, label};

/// The words in their marks, then their place.
pub(super) fn quote(html: &mut String, quote: &Quote) {
    words(html, quote);
    html.push(' ');
    place(html, &quote.place);
}

/// The words in the marks that tell whose they are.
pub(super) fn words(html: &mut String, quote: &Quote) {
    let class = match quote.voice {
        Voice::Own => "own",
        Voice::Article => "article",
    };
    put(html, format_args!("<q class=\"{class}\" dir=\"auto\">{}</q>", Escaped(&quote.in_marks())));
}

/// A link to words in an article.
pub(super) fn place(html: &mut String, place: &Place) {
    put(html, format_args!("<a class=\"place\" href=\"#{}\">{}</a>", Escaped(&place.anchor), Escaped(&place.label)));
}

/// Links to several places.
pub(super) fn places(html: &mut String, places: &[Place]) {
    for (number, at) in places.iter().enumerate() {
        html.push_str(if number == 0 { " " } else { ", " });
        place(html, at);
    }
}

/// Opens an item; the caller closes it with `</li>`.
pub(super) fn open_item(html: &mut String, id: &str) {
    put(html, format_args!("<li class=\"item\" id=\"{id}\"><span class=\"label\">{}</span>\n", label(id)));
}

/// A line with links to other items of the brief.
pub(super) fn item_links(html: &mut String, words: &str, ids: &[String]) {
    let links: Vec<String> = ids.iter().map(|id| format!("<a href=\"#{id}\">{}</a>", label(id))).collect();
    if !links.is_empty() {
        put(html, format_args!("<p class=\"aside\">{words} {}</p>\n", links.join(", ")));
    }
}

/// A sentence for a section that has nothing.
pub(super) fn nothing_if(html: &mut String, nothing: bool, sentence: &str) {
    if nothing {
        put(html, format_args!("<p class=\"note\">{sentence}</p>\n"));
    }
}

/// "`, when`" if it is known.
pub(super) fn comma(when: Option<&String>) -> String {
    when.map(|when| format!(", {when}")).unwrap_or_default()
}
