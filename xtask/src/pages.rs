//! Reads the pages of a gold file and prints what was found, for `score_pages.py`.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;

use anyhow::Context;
use onrecord_lexicon::Lexicon;
use onrecord_page::{Article, Page};
use onrecord_text::SourceSpan;
use serde_json::{Value, json};

/// Prints one object a line, `{id, title, author, published, body}`, for each page that `gold` lists.
/// The pages lie beside it as `ID.html.gz`.
///
/// # Errors
/// When a file cannot be read or standard output cannot be written.
pub(crate) fn pages(gold: &Path, lexicon: &Lexicon) -> anyhow::Result<()> {
    let folder = gold.parent().unwrap_or(Path::new("."));
    let lines = BufReader::new(File::open(gold).with_context(|| format!("cannot open {}", gold.display()))?);
    let mut out = std::io::stdout().lock();
    for line in lines.lines() {
        let entry: Value = serde_json::from_str(&line?)?;
        let id = entry["id"].as_str().context("an entry without `id`")?;
        let path = folder.join(format!("{id}.html.gz"));
        let file = File::open(&path).with_context(|| format!("cannot open {}", path.display()))?;
        let mut raw = Vec::new();
        flate2::read::GzDecoder::new(file).read_to_end(&mut raw)?;
        let page = onrecord_page::read_page(&raw, &format!("{id}.html"), lexicon)?;
        writeln!(out, "{}", prediction(id, &page))?;
    }
    Ok(())
}

fn prediction(id: &str, page: &Page) -> Value {
    let Some(article) = page.articles.first() else { return json!({ "id": id }) };
    let cut = |span: &SourceSpan| shown(page.source.cut(*span));
    json!({
        "id": id,
        "title": article.title.as_ref().map(cut),
        "author": article.byline.iter().map(cut).collect::<Vec<_>>(),
        "published": article.published.as_ref().map(|date| date.value.clone()),
        "body": body(article),
    })
}

fn body(article: &Article) -> String {
    article.clean.text().to_owned()
}

/// The words of a span of markup: tags dropped, character references and JSON escapes decoded.
fn shown(words: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for letter in words.chars() {
        match letter {
            '<' => inside = true,
            '>' if inside => inside = false,
            letter if !inside => text.push(letter),
            _ => {}
        }
    }
    let text = htmlize::unescape(&text).into_owned();
    let quoted = format!("\"{text}\"");
    serde_json::from_str(&quoted).unwrap_or(text)
}
