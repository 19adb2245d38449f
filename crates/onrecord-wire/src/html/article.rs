//! Section 7: every article's text as the source spells it, with the words of the items marked.

use onrecord_page::{Article, Block, BlockKind};
use onrecord_record::{Entry, Record};

use super::escape::Escaped;
use super::mark::{Part, Piece, class, pieces};
use super::put;
use crate::view::{Mark, MarkKind, human_date, label};
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
    let agencies: Vec<String> = article.provenance.agencies.iter().map(|span| cut(*span)).collect();
    facts.extend((!agencies.is_empty()).then(|| format!("credited to {}", agencies.join(", "))));
    facts.extend(article.published.as_ref().map(|date| format!("published {}", human_date(&date.value))));
    facts.extend(article.modified.as_ref().map(|date| format!("changed {}", human_date(&date.value))));
    facts.extend(article.labels.iter().map(|label| format!("marked by others, {}: {}", label.name, label.value)));
    put(
        html,
        format_args!(
            "{}<br>\n{} <span class=\"hash\">sha256 {}</span></p>\n</header>\n",
            Escaped(&facts.join(" · ")),
            Escaped(&entry.name),
            entry.source_id()
        ),
    );
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
    let pieces = pieces(block.span, &stretches, marks);
    // Labels of marks that end at the same place stand together, after the last of them; a mark around them may say the same.
    let mut labels: Vec<&str> = Vec::new();
    let mut inside: Vec<&Mark> = Vec::new();
    for (place, piece) in pieces.iter().enumerate() {
        if !matches!(piece, Piece::Close(_)) {
            back_links(html, &mut labels);
        }
        match piece {
            Piece::Text(words) => put(html, format_args!("{}", Escaped(words))),
            Piece::Bent(words, range) => {
                let ordinary = article.clean.text().get(range.clone()).unwrap_or("");
                put(html, format_args!("<span class=\"bent\" title=\"read as {}\">{}</span>", Escaped(ordinary), Escaped(words)));
            }
            Piece::Open(part) => {
                inside.push(part.mark);
                open_mark(html, part, is_link(part, pieces.get(place + 2)));
            }
            Piece::Close(part) => {
                let is_link =
                    place.checked_sub(2).is_some_and(|open| is_link(part, Some(piece)) && opens(pieces.get(open), part));
                html.push_str(if is_link { "</a></mark>" } else { "</mark>" });
                inside.pop();
                if part.last && !is_link {
                    let around = |id: &str| inside.iter().any(|mark| items(mark).any(|other| other == id));
                    let new: Vec<&str> = items(part.mark).filter(|id| !labels.contains(id) && !around(id)).collect();
                    labels.extend(new);
                }
            }
        }
    }
    back_links(html, &mut labels);
}

/// A name with nothing marked in it is itself the link back; `after` is the piece after its words.
fn is_link(part: &Part<'_>, after: Option<&Piece<'_>>) -> bool {
    part.mark.kind == MarkKind::Name && matches!(after, Some(Piece::Close(closed)) if std::ptr::eq(closed.mark, part.mark))
}

fn opens(piece: Option<&Piece<'_>>, part: &Part<'_>) -> bool {
    matches!(piece, Some(Piece::Open(opened)) if std::ptr::eq(opened.mark, part.mark))
}

fn open_mark(html: &mut String, part: &Part<'_>, is_link: bool) {
    put(html, format_args!("<mark class=\"{}\"", class(part.mark.kind)));
    if part.first {
        put(html, format_args!(" id=\"{}\"", Escaped(&part.mark.anchor)));
    }
    html.push('>');
    if let (true, Some(item)) = (is_link, part.mark.items.first()) {
        put(html, format_args!("<a href=\"#{item}\">"));
    }
}

/// Writes the links gathered and forgets them.
fn back_links(html: &mut String, ids: &mut Vec<&str>) {
    if ids.is_empty() {
        return;
    }
    let link = |id: &str| format!("<a href=\"#{id}\" aria-label=\"back to {label}\">{label}</a>", label = label(id));
    let links: Vec<String> = ids.drain(..).map(link).collect();
    put(html, format_args!("<span class=\"back\" lang=\"en\">{}</span>", links.join(" ")));
}

/// The items to link back to: a line of the timeline only when nothing else shows the words.
fn items(mark: &Mark) -> impl Iterator<Item = &str> {
    let dated = |id: &str| id.starts_with('t');
    let only_dated = mark.items.iter().all(|id| dated(id));
    mark.items.iter().map(String::as_str).filter(move |id| only_dated || !dated(id))
}
