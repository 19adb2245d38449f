//! A dossier as Markdown.

use std::fmt::{self, Write as _};

use super::{FOOTNOTES, MARKS, NOTHING};
use crate::view::WHAT_IT_IS;
use crate::view::dossier::{Dossier, Footnote, Line, SourceLine};

pub(super) fn text(dossier: &Dossier) -> String {
    let mut text = String::new();
    put(
        &mut text,
        format_args!("# {}\n\n{}\n\n{WHAT_IT_IS} {FOOTNOTES}\n\n", Plain(&dossier.title), Plain(&dossier.facts.join(" · "))),
    );
    put(&mut text, format_args!("{}\n", Plain(MARKS)));
    for section in &dossier.sections {
        put(&mut text, format_args!("\n## {}\n\n", section.title));
        section.lines.iter().for_each(|one| line(&mut text, one, 0));
        if section.lines.is_empty() {
            put(&mut text, format_args!("{NOTHING}\n"));
        }
    }
    text.push_str("\n## Articles cited\n\n");
    for (number, source) in dossier.sources.iter().enumerate() {
        put(&mut text, format_args!("{}. {}\n", number + 1, Plain(&article(source))));
    }
    text.push('\n');
    for (number, note) in dossier.footnotes.iter().enumerate() {
        footnote(&mut text, number + 1, note);
    }
    text
}

fn line(text: &mut String, line: &Line, depth: usize) {
    let lead = if line.lead.is_empty() { String::new() } else { format!("{} ", Plain(&line.lead)) };
    let words = line.words.as_ref().map(|words| Plain(words).to_string()).unwrap_or_default();
    let notes: String = line.notes.iter().map(|note| format!("[^{note}]")).collect();
    let aside = line.aside.as_ref().map(|aside| format!(" — {}", Plain(aside))).unwrap_or_default();
    let said = format!("{lead}{words}");
    put(text, format_args!("{}- {}{notes}{aside}\n", "  ".repeat(depth), said.trim_end()));
    line_parts(text, &line.parts, depth + 1);
}

fn line_parts(text: &mut String, parts: &[Line], depth: usize) {
    parts.iter().for_each(|part| line(text, part, depth));
}

fn footnote(text: &mut String, number: usize, note: &Footnote) {
    put(
        text,
        format_args!(
            "[^{number}]: {}; article {}: {} **{}** {}\n",
            Plain(&note.place()),
            note.source,
            Plain(&note.opening()),
            Plain(&note.exact),
            Plain(&note.closing()),
        ),
    );
}

fn article(source: &SourceLine) -> String {
    source.parts().join(" · ")
}

fn put(text: &mut String, words: fmt::Arguments<'_>) {
    let _ = text.write_fmt(words);
}

/// Displays its text, on one line, so that Markdown and the HTML in it read it as text.
struct Plain<'a>(&'a str);

impl fmt::Display for Plain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for letter in self.0.chars() {
            match letter {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '^' | '$' => write!(f, "\\{letter}")?,
                space if space.is_whitespace() => f.write_char(' ')?,
                control if control.is_control() => f.write_char('\u{fffd}')?,
                other => f.write_char(other)?,
            }
        }
        Ok(())
    }
}
