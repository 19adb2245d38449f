//! `many-pages FROM DIR COUNT`: pages by the thousand to measure a record with, made of the paragraphs of those in `FROM`, each with numbers
//! and months of its own; every other one an HTML page with a menu around the text. The same count gives the same pages.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

/// Paragraphs of a page.
const LEAST: usize = 8;
const MORE: usize = 8;

/// Shortest line, in bytes, that is a paragraph.
const PROSE: usize = 120;

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// Random numbers that are the same everywhere (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap_or(0) % limit
    }
}

pub(crate) fn write(from: &Path, to: &Path, count: usize) -> Result<()> {
    let mut files: Vec<_> = fs::read_dir(from)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    files.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    files.sort();
    let (mut headlines, mut paragraphs) = (Vec::new(), Vec::new());
    for path in &files {
        let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
        headlines.extend(text.lines().next().map(str::to_owned));
        paragraphs.extend(text.lines().filter(|line| line.len() >= PROSE && line.ends_with(['.', '"', '”'])).map(str::to_owned));
    }
    if paragraphs.is_empty() {
        bail!("{}: no text pages with paragraphs", from.display());
    }
    fs::create_dir_all(to)?;
    for number in 0..count {
        let mut random = Random((number as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let page: Vec<String> =
            (0..LEAST + random.below(MORE)).map(|_| varied(&paragraphs[random.below(paragraphs.len())], &mut random)).collect();
        let title = varied(&headlines[random.below(headlines.len())], &mut random);
        let day = format!("2025-{:02}-{:02}", 1 + random.below(12), 1 + random.below(28));
        let (name, text) = if number % 2 == 0 {
            (format!("{number:06}.txt"), format!("{title}\n{day}\n\n{}\n", page.join("\n\n")))
        } else {
            (format!("{number:06}.html"), html(&title, &day, &page))
        };
        fs::write(to.join(name), text)?;
    }
    Ok(())
}

fn html(title: &str, day: &str, paragraphs: &[String]) -> String {
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    let menu: String =
        (0..60).map(|at| format!("<li class=\"menu-item\"><a href=\"/section/{at}\">Section {at}</a></li>\n")).collect();
    let body: String = paragraphs.iter().map(|text| format!("<p>{}</p>\n", escaped(text))).collect();
    let title = escaped(title);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><title>{title} | Strait Times</title>\
         <meta property=\"article:published_time\" content=\"{day}\"><meta property=\"og:site_name\" content=\"Strait Times\"></head>\n\
         <body><nav><ul>{menu}</ul></nav><article><h1>{title}</h1>\n{body}</article></body></html>\n"
    )
}

/// The words with other numbers of as many digits, and other months.
fn varied(text: &str, random: &mut Random) -> String {
    let mut out = String::with_capacity(text.len());
    for part in text.split_inclusive(' ') {
        let word = part.trim_end_matches(|letter: char| !letter.is_alphanumeric());
        if MONTHS.contains(&word) {
            out.push_str(MONTHS[random.below(MONTHS.len())]);
            out.push_str(&part[word.len()..]);
        } else if part.starts_with(|first: char| first.is_ascii_digit()) {
            // A first digit stays: a year is a year, and a day of the month may be one.
            let digit = |(at, letter): (usize, char)| {
                if at > 1 && letter.is_ascii_digit() { char::from(b'0' + random.below(10) as u8) } else { letter }
            };
            out.extend(part.chars().enumerate().map(digit));
        } else {
            out.push_str(part);
        }
    }
    out
}
