//! Section 3: figures in tables, rival values side by side.

use super::escape::Escaped;
use super::list::{FOLD, folded};
use super::phrase::{nothing_if, open_item, place, quote, words};
use super::put;
use crate::view::{FigureGroup, FigureLine, Figures};

pub(super) fn figures(html: &mut String, figures: &Figures) {
    nothing_if(html, figures.groups.is_empty() && figures.alone.is_empty(), "No figure was found.");
    html.push_str("<ul class=\"items\">\n");
    for group in &figures.groups {
        figure_group(html, group);
    }
    html.push_str("</ul>\n");
    folded(html, "Figures that stand alone", &figures.alone, FOLD, |html, figure| {
        open_item(html, &figure.id);
        html.push_str("<p class=\"words\">");
        quote(html, &figure.quote);
        put(html, format_args!(" <span class=\"aside\">{}</span></p>\n</li>\n", source(figure)));
    });
}

fn figure_group(html: &mut String, group: &FigureGroup) {
    open_item(html, &group.id);
    let (class, words) = if group.rival_values { ("rival", "rival values") } else { ("same", "same value") };
    put(
        html,
        format_args!(
            "<p class=\"head\"><strong>{}</strong> <span class=\"chip {class}\">{words}</span></p>\n",
            Escaped(&group.counted)
        ),
    );
    html.push_str("<table>\n<thead><tr><th class=\"value\" scope=\"col\">value</th><th scope=\"col\">words</th>");
    html.push_str("<th scope=\"col\">according to</th><th scope=\"col\">place</th></tr></thead>\n<tbody>\n");
    for figure in &group.figures {
        row(html, figure);
    }
    html.push_str("</tbody>\n</table>\n</li>\n");
}

fn row(html: &mut String, figure: &FigureLine) {
    put(html, format_args!("<tr><td class=\"value\">{}</td><td>", Escaped(&figure.value)));
    words(html, &figure.quote);
    put(html, format_args!("</td><td>{}</td><td>", source(figure)));
    place(html, &figure.quote.place);
    html.push_str("</td></tr>\n");
}

/// Who gives the figure, and for when.
fn source(figure: &FigureLine) -> String {
    Escaped(format!("{} {}", figure.who, figure.aside()).trim_end()).to_string()
}
