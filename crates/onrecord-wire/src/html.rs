//! The brief as one HTML page that needs nothing else: the eight sections, then every article with the words marked.

mod affair;
mod among;
mod article;
mod escape;
mod figure;
mod ledger;
mod list;
mod mark;
mod phrase;

use std::fmt::Write as _;

use onrecord_lexicon::Lexicon;
use onrecord_record::Record;

use crate::view::{self, Brief, counted};
pub(crate) use escape::Escaped;

const STYLE: &str = include_str!("html/style.css");

/// Id, title and number of items of a section.
struct Section {
    id: &'static str,
    title: &'static str,
    count: usize,
}

/// The brief of a record as an HTML page: style inside, no script, nothing fetched. The same bytes for the same record.
///
/// Every item links to its words in the articles below and the words link back.
#[must_use]
pub fn page(record: &Record, lexicon: &Lexicon) -> String {
    let brief = view::brief(record, lexicon);
    let sections = sections(&brief, record);
    let mut html = String::new();
    open(&mut html, &brief);
    contents(&mut html, &sections);
    html.push_str("<main id=\"main\">\n");
    let bodies: [&dyn Fn(&mut String); 9] = [
        &|html| ledger::ledger(html, &brief.ledger),
        &|html| list::claims(html, &brief.claims),
        &|html| figure::figures(html, &brief.figures),
        &|html| list::timeline(html, &brief.timeline),
        &|html| affair::affairs(html, &brief.affairs, brief.affairs_left),
        &|html| list::who(html, &brief.who),
        &|html| list::open(html, &brief.open),
        &|html| among::among(html, &brief.among),
        &|html| article::articles(html, record, &brief.marks),
    ];
    for (number, (section, body)) in sections.iter().zip(bodies).enumerate() {
        let Section { id, title, .. } = section;
        put(&mut html, format_args!("<section id=\"{id}\" aria-labelledby=\"{id}-title\">\n"));
        put(&mut html, format_args!("<h2 id=\"{id}-title\"><span class=\"number\">{}</span>{title}</h2>\n", number + 1));
        body(&mut html);
        html.push_str("</section>\n");
    }
    html.push_str("</main>\n<footer class=\"note\"><p>Written by onrecord. The same pages give the same bytes.</p></footer>\n");
    html.push_str("</div>\n</body>\n</html>\n");
    html
}

fn sections(brief: &Brief, record: &Record) -> [Section; 9] {
    let section = |id, title, count| Section { id, title, count };
    let claims = brief.claims.standing.len() + brief.claims.single.len() + brief.claims.own_voice.len();
    let figures = brief.figures.alone.len() + brief.figures.groups.iter().map(|group| group.figures.len()).sum::<usize>();
    [
        section("ledger", "Demands and assurances", brief.ledger.iter().map(|party| party.items.len()).sum()),
        section("claims", "Claims and how they stand", claims),
        section("figures", "Figures", figures),
        section("timeline", "Timeline", brief.timeline.len()),
        section("affairs", "What is open, in force, under way", brief.affairs.len()),
        section("who", "Who is who", brief.who.iter().map(|party| party.actors.len()).sum()),
        section("open", "What could not be settled", brief.open.iter().map(|group| group.questions.len()).sum()),
        section("among", "What articles share", brief.among.len()),
        section("articles", "The articles", record.entries.iter().map(|entry| entry.page.articles.len()).sum()),
    ]
}

/// Everything up to the body of a page: style inside, no script, nothing fetched.
pub(crate) fn head(html: &mut String, title: &str) {
    html.push_str("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    // The page shows words of strangers: whatever they contain, nothing runs and nothing is fetched.
    html.push_str("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n");
    html.push_str("<meta name=\"referrer\" content=\"no-referrer\">\n");
    put(html, format_args!("<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n", Escaped(title)));
}

fn open(html: &mut String, brief: &Brief) {
    head(html, &format!("On record: {}", counted(brief.head.articles, "article", "articles")));
    html.push_str("<a class=\"skip\" href=\"#main\">Skip to the record</a>\n<div class=\"frame\">\n<header>\n");
    html.push_str("<h1>What is on record</h1>\n");
    put(html, format_args!("<p class=\"lead\">{}</p>\n", Escaped(&brief.head.sentence())));
    put(html, format_args!("<p><strong>{}</strong></p>\n", view::WHAT_IT_IS));
    put(html, format_args!("<p class=\"legend\">{}</p>\n", view::LEGEND));
    brief.review.iter().for_each(|sentence| put(html, format_args!("<p>{}</p>\n", Escaped(sentence))));
    html.push_str("</header>\n");
}

fn contents(html: &mut String, sections: &[Section]) {
    html.push_str("<nav class=\"contents\" aria-labelledby=\"contents-title\">\n<h2 id=\"contents-title\">Contents</h2>\n<ol>\n");
    for (number, Section { id, title, count }) in sections.iter().enumerate() {
        let number = number + 1;
        put(html, format_args!("<li><a href=\"#{id}\">{number}&ensp;{title}</a> <span class=\"count\">{count}</span></li>\n"));
    }
    html.push_str("</ol>\n</nav>\n");
}

/// Appends formatted text; writing to a `String` cannot fail.
pub(crate) fn put(html: &mut String, text: std::fmt::Arguments<'_>) {
    let _ = html.write_fmt(text);
}
