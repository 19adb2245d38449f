//! Section 7: every article's text as the source spells it, with the words of the items marked.

use onrecord_page::{Article, Block, BlockKind};
use onrecord_record::{Entry, Record};

use super::escape::Escaped;
use super::mark::{Part, Piece, class, pieces};
use super::put;
use crate::view::{Mark, human_date, label};
use crate::words::{self, stretches};

pub(super) fn articles(html: &mut String, record: &Record, marks: &[Mark]) {
    html.push_str("<p class=\"intro\">Each article as the source spells it. Words on a tint are in the record; the small labels after them lead \
back to the lines above. Wavy lines mark words whose spelling was bent.</p>\n");
    for (number, entry) in record.entries.iter().enumerate() {
        for (place, article) in entry.page.articles.iter().enumerate() {
            let own = |mark: &&Mark| (mark.words.entry, mark.words.article) == (number, place);
            let marks: Vec<&Mark> = marks.iter().filter(own).collect();
            let id = format!("article-{}-{}", number + 1, place + 1);
            put(html, format_args!("<article class=\"piece\" aria-labelledby=\"{id}\""));
            if let Some(language) = &article.language {
                put(html, format_args!(" lang=\"{}\"", Escaped(language)));
            }
            html.push_str(">\n");
            header(html, entry, article, &id);
            html.push_str("<div class=\"text\" dir=\"auto\">\n");
            blocks(html, entry, article, &marks);
            html.push_str("</div>\n</article>\n");
        }
    }
}

fn header(html: &mut String, entry: &Entry, article: &Article, id: &str) {
    let page = &entry.page;
    let cut = |span| words::plain_cut(page, span);
    let title = article.title.map_or_else(|| entry.name.clone(), cut);
    put(html, format_args!("<header>\n<h3 id=\"{id}\" dir=\"auto\">{}</h3>\n<p class=\"note\" lang=\"en\">", Escaped(&title)));
    let byline: Vec<String> = article.byline.iter().map(|span| cut(*span)).collect();
    let mut facts: Vec<String> = article.site.map(cut).into_iter().collect();
    facts.extend((!byline.is_empty()).then(|| byline.join(", ")));
    facts.extend(article.agency.map(|span| format!("credited to {}", cut(span))));
    facts.extend(article.published.as_ref().map(|date| format!("published {}", human_date(&date.value))));
    facts.extend(article.modified.as_ref().map(|date| format!("changed {}", human_date(&date.value))));
    facts.extend(article.labels.iter().map(|label| format!("marked by others, {}: {}", label.name, label.value)));
    put(html, format_args!("{}<br>\n{} <span class=\"hash\">sha256 {}</span></p>\n</header>\n",
        Escaped(&facts.join(" · ")), Escaped(&entry.name), entry.source_id()));
}

fn blocks(html: &mut String, entry: &Entry, article: &Article, marks: &[&Mark]) {
    let mut in_list = false;
    for block in &article.blocks {
        let is_item = block.kind == BlockKind::ListItem;
        if is_item != in_list {
            html.push_str(if is_item { "<ul>\n" } else { "</ul>\n" });
            in_list = is_item;
        }
        let (open, close) = match block.kind {
            BlockKind::Paragraph => ("<p>", "</p>"),
            BlockKind::Heading => ("<h4>", "</h4>"),
            BlockKind::ListItem => ("<li>", "</li>"),
            BlockKind::Quotation => ("<blockquote><p>", "</p></blockquote>"),
        };
        html.push_str(open);
        block_text(html, entry, article, *block, marks);
        html.push_str(close);
        html.push('\n');
    }
    html.push_str(if in_list { "</ul>\n" } else { "" });
}

fn block_text(html: &mut String, entry: &Entry, article: &Article, block: Block, marks: &[&Mark]) {
    let stretches = stretches(article, &entry.page.source, block.span);
    for piece in pieces(block.span, &stretches, marks) {
        match piece {
            Piece::Text(words) => put(html, format_args!("{}", Escaped(words))),
            Piece::Bent(words, range) => {
                let ordinary = article.clean.text().get(range).unwrap_or("");
                put(html, format_args!("<span class=\"bent\" title=\"read as {}\">{}</span>", Escaped(ordinary), Escaped(words)));
            }
            Piece::Open(part) => open_mark(html, &part),
            Piece::Close(part) => close_mark(html, &part),
        }
    }
}

fn open_mark(html: &mut String, part: &Part<'_>) {
    let class = class(part.mark.kind);
    if part.first {
        put(html, format_args!("<mark class=\"{class}\" id=\"{}\">", Escaped(&part.mark.anchor)));
    } else {
        put(html, format_args!("<mark class=\"{class}\">"));
    }
}

/// Closes a mark; after its last part stand the links back.
fn close_mark(html: &mut String, part: &Part<'_>) {
    html.push_str("</mark>");
    if !part.last {
        return;
    }
    html.push_str("<span class=\"back\" lang=\"en\">");
    for (number, id) in back_links(&part.mark.items).into_iter().enumerate() {
        let space = if number == 0 { "" } else { " " };
        put(html, format_args!("{space}<a href=\"#{id}\" aria-label=\"back to {label}\">{label}</a>", label = label(id)));
    }
    html.push_str("</span>");
}

/// The items to link back to: a line of the timeline only when nothing else shows the words.
fn back_links(items: &[String]) -> Vec<&str> {
    let others: Vec<&str> = items.iter().map(String::as_str).filter(|id| !id.starts_with('t')).collect();
    if others.is_empty() { items.iter().map(String::as_str).take(1).collect() } else { others }
}
