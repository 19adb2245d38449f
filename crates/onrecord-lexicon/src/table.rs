//! Reads TOML tables key by key, collecting every problem with its place instead of stopping at the first.

use std::collections::BTreeSet;

use onrecord_text::LineIndex;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::problem::Problem;
use crate::saying::Example;

/// A text from a file, with the byte where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Placed {
    pub(crate) text: String,
    pub(crate) at: usize,
}

/// One file being read.
pub(crate) struct FileReader<'a> {
    name: &'a str,
    text: &'a str,
    lines: LineIndex,
    pub(crate) problems: Vec<Problem>,
}

impl<'a> FileReader<'a> {
    pub(crate) fn new(name: &'a str, text: &'a str) -> Self {
        Self { name, text, lines: LineIndex::new(text), problems: Vec::new() }
    }

    /// The file's top table; syntax errors become problems.
    pub(crate) fn parse(&mut self) -> DeTable<'a> {
        let (table, errors) = DeTable::parse_recoverable(self.text);
        for error in errors {
            self.problem(error.span().map_or(0, |span| span.start), error.message().to_owned());
        }
        table.into_inner()
    }

    pub(crate) fn problem(&mut self, at: usize, message: String) {
        self.problems.push(self.problem_at(at, message));
    }

    pub(crate) fn problem_at(&self, at: usize, message: String) -> Problem {
        let place = self.lines.line_column(self.text, at);
        Problem { file: self.name.to_owned(), line: place.line, column: place.column, message }
    }

    pub(crate) fn place(&self, at: usize) -> String {
        let place = self.lines.line_column(self.text, at);
        format!("{}:{}:{}", self.name, place.line, place.column)
    }

    pub(crate) fn example(&self, placed: Placed) -> Example {
        let place = self.lines.line_column(self.text, placed.at);
        Example { text: placed.text, file: self.name.to_owned(), line: place.line, column: place.column }
    }
}

/// One table of a file. Each `take` consumes a key; [`TableReader::finish`] reports the keys nobody asked for.
pub(crate) struct TableReader<'f, 'a> {
    pub(crate) file: &'f mut FileReader<'a>,
    table: &'f DeTable<'a>,
    at: usize,
    known: BTreeSet<&'static str>,
}

impl<'f, 'a> TableReader<'f, 'a> {
    pub(crate) fn new(file: &'f mut FileReader<'a>, table: &'f DeTable<'a>, at: usize) -> Self {
        Self { file, table, at, known: BTreeSet::new() }
    }

    fn take(&mut self, key: &'static str) -> Option<&'f Spanned<DeValue<'a>>> {
        self.known.insert(key);
        self.table.get(key)
    }

    fn wrong_type(&mut self, key: &str, value: &Spanned<DeValue<'a>>, expected: &str) {
        let found = value.get_ref().type_str();
        self.file.problem(value.span().start, format!("`{key}` must be {expected}, found {found}"));
    }

    /// A text, if the key is there.
    pub(crate) fn text(&mut self, key: &'static str) -> Option<Placed> {
        let value = self.take(key)?;
        match value.get_ref().as_str() {
            Some(text) if !text.trim().is_empty() => Some(Placed { text: text.to_owned(), at: value.span().start }),
            Some(_) => {
                self.file.problem(value.span().start, format!("`{key}` is empty"));
                None
            }
            None => {
                self.wrong_type(key, value, "a text");
                None
            }
        }
    }

    /// A text that must be there.
    pub(crate) fn required(&mut self, key: &'static str) -> Option<Placed> {
        if !self.table.contains_key(key) {
            self.known.insert(key);
            self.file.problem(self.at, format!("`{key}` is missing"));
            return None;
        }
        self.text(key)
    }

    /// A list of texts; empty when the key is not there. A text listed twice is a problem.
    pub(crate) fn texts(&mut self, key: &'static str) -> Vec<Placed> {
        let Some(value) = self.take(key) else { return Vec::new() };
        let Some(array) = value.get_ref().as_array() else {
            self.wrong_type(key, value, "a list of texts");
            return Vec::new();
        };
        let (mut texts, mut seen) = (Vec::<Placed>::new(), BTreeSet::new());
        for item in array.iter() {
            match item.get_ref().as_str() {
                Some(text) if !seen.insert(text.to_owned()) => {
                    self.file.problem(item.span().start, format!("`{text}` is listed twice in `{key}`"));
                }
                Some(text) => texts.push(Placed { text: text.to_owned(), at: item.span().start }),
                None => self.wrong_type(key, item, "a list of texts"),
            }
        }
        texts
    }

    /// A list of texts with at least one in it.
    pub(crate) fn some_texts(&mut self, key: &'static str) -> Vec<Placed> {
        let texts = self.texts(key);
        if texts.is_empty() {
            self.file.problem(self.at, format!("`{key}` needs at least one entry"));
        }
        texts
    }

    /// A number, if the key is there.
    pub(crate) fn number(&mut self, key: &'static str) -> Option<f64> {
        let value = self.take(key)?;
        let number = match value.get_ref() {
            DeValue::Float(number) => number.as_str().parse().ok(),
            DeValue::Integer(number) => number.as_str().parse().ok(),
            _ => None,
        };
        if number.is_none() {
            self.wrong_type(key, value, "a number");
        }
        number
    }

    /// The tables in a list of tables; none when the key is not there.
    pub(crate) fn tables(&mut self, key: &'static str) -> Vec<(usize, &'f DeTable<'a>)> {
        let Some(value) = self.take(key) else { return Vec::new() };
        let Some(array) = value.get_ref().as_array() else {
            self.wrong_type(key, value, "a list of tables");
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in array.iter() {
            match item.get_ref().as_table() {
                Some(table) => tables.push((item.span().start, table)),
                None => self.wrong_type(key, item, "a list of tables"),
            }
        }
        tables
    }

    /// Reports every key that was not asked for.
    pub(crate) fn finish(self) {
        for (key, _) in self.table {
            if !self.known.contains(key.get_ref().as_ref()) {
                let expected = self.known.iter().copied().collect::<Vec<_>>().join(", ");
                self.file.problem(key.span().start, format!("unknown key `{}`; known here: {expected}", key.get_ref()));
            }
        }
    }
}
