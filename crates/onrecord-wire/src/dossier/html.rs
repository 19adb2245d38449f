//! A dossier as an HTML page, in the style of the brief.

use super::{FOOTNOTES, MARKS, NOTHING};
use crate::html::{Escaped, head, put};
use crate::view::WHAT_IT_IS;
use crate::view::dossier::{Dossier, Footnote, Line};

pub(super) fn page(dossier: &Dossier) -> String {
    let mut html = String::new();
    head(&mut html, &format!("On record: {}", dossier.title));
    html.push_str("<a class=\"skip\" href=\"#main\">Skip to the record</a>\n<div class=\"frame\">\n<header>\n");
    put(&mut html, format_args!("<h1 dir=\"auto\">{}</h1>\n", Escaped(&dossier.title)));
    put(&mut html, format_args!("<p class=\"lead\">{}</p>\n", Escaped(&dossier.facts.join(" · "))));
    put(
        &mut html,
        format_args!("<p><strong>{WHAT_IT_IS}</strong> {FOOTNOTES}</p>\n<p class=\"legend\">{MARKS}</p>\n</header>\n"),
    );
    contents(&mut html, dossier);
    html.push_str("<main id=\"main\">\n");
    // A footnote leads back to the first line that has it.
    let mut seen = vec![false; dossier.footnotes.len()];
    for (number, section) in dossier.sections.iter().enumerate() {
        open_section(&mut html, number + 1, section.title);
        if section.lines.is_empty() {
            put(&mut html, format_args!("<p class=\"note\">{NOTHING}</p>\n"));
        } else {
            lines(&mut html, &section.lines, &mut seen);
        }
        html.push_str("</section>\n");
    }
    open_section(&mut html, dossier.sections.len() + 1, "Articles cited");
    sources(&mut html, dossier);
    html.push_str("</section>\n");
    open_section(&mut html, dossier.sections.len() + 2, "Footnotes");
    html.push_str("<ol class=\"notes\">\n");
    for (number, note) in dossier.footnotes.iter().enumerate() {
        footnote(&mut html, number + 1, note);
    }
    html.push_str("</ol>\n</section>\n</main>\n<footer class=\"note\"><p>Written by onrecord. The same pages give the same bytes.</p></footer>\n");
    html.push_str("</div>\n</body>\n</html>\n");
    html
}

fn contents(html: &mut String, dossier: &Dossier) {
    html.push_str("<nav class=\"contents\" aria-labelledby=\"contents-title\">\n<h2 id=\"contents-title\">Contents</h2>\n<ol>\n");
    let sections = dossier.sections.iter().map(|section| (section.title, section.lines.len()));
    let last = [("Articles cited", dossier.sources.len()), ("Footnotes", dossier.footnotes.len())];
    for (number, (title, count)) in sections.chain(last).enumerate() {
        let number = number + 1;
        put(
            html,
            format_args!("<li><a href=\"#s{number}\">{number}&ensp;{title}</a> <span class=\"count\">{count}</span></li>\n"),
        );
    }
    html.push_str("</ol>\n</nav>\n");
}

fn open_section(html: &mut String, number: usize, title: &str) {
    put(html, format_args!("<section id=\"s{number}\" aria-labelledby=\"s{number}-title\">\n"));
    put(html, format_args!("<h2 id=\"s{number}-title\"><span class=\"number\">{number}</span>{title}</h2>\n"));
}

fn lines(html: &mut String, lines: &[Line], seen: &mut [bool]) {
    html.push_str("<ul>\n");
    for line in lines {
        put(html, format_args!("<li>{} ", Escaped(&line.lead)));
        if let Some(words) = &line.words {
            put(html, format_args!("<q dir=\"auto\">{}</q>", Escaped(words)));
        }
        for note in &line.notes {
            reference(html, *note, seen);
        }
        if let Some(aside) = &line.aside {
            put(html, format_args!(" <span class=\"aside\">— {}</span>", Escaped(aside)));
        }
        if !line.parts.is_empty() {
            html.push('\n');
            self::lines(html, &line.parts, seen);
        }
        html.push_str("</li>\n");
    }
    html.push_str("</ul>\n");
}

fn reference(html: &mut String, note: usize, seen: &mut [bool]) {
    let first = note.checked_sub(1).and_then(|place| seen.get_mut(place)).is_some_and(|seen| !std::mem::replace(seen, true));
    let id = if first { format!(" id=\"r{note}\"") } else { String::new() };
    put(html, format_args!("<sup><a href=\"#n{note}\"{id}>{note}</a></sup>"));
}

fn sources(html: &mut String, dossier: &Dossier) {
    html.push_str("<ol>\n");
    for (number, source) in dossier.sources.iter().enumerate() {
        put(html, format_args!("<li id=\"a{}\" dir=\"auto\">{}</li>\n", number + 1, Escaped(&source.parts().join(" · "))));
    }
    html.push_str("</ol>\n");
}

fn footnote(html: &mut String, number: usize, note: &Footnote) {
    put(html, format_args!("<li id=\"n{number}\"><span class=\"aside\">{}; ", Escaped(&note.place())));
    put(html, format_args!("<a href=\"#a{0}\">article {0}</a>:</span> ", note.source));
    put(
        html,
        format_args!(
            "<span dir=\"auto\">{} <mark class=\"said\">{}</mark> {}</span>",
            Escaped(&note.opening()),
            Escaped(&note.exact),
            Escaped(&note.closing())
        ),
    );
    put(html, format_args!(" <a href=\"#r{number}\" aria-label=\"back to the line\">↩</a></li>\n"));
}
