//! Search: words and phrases in the articles, narrowed by who speaks, how, when and where. What is found is a span of the source with
//! what stands around it.

use onrecord_page::Article;
use onrecord_text::{CleanSpan, CleanText, Edit, Source, SourceSpan};
use rusqlite::types::Value as Sql;
use rusqlite::{Row, params, params_from_iter};
use serde_json::{Value, json};

use crate::StoreError;
use crate::packed::{pack, unpack};
use crate::store::{Store, Writing, as_i64, as_usize};

/// What is looked for. Whatever is not given narrows nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// Words that must all be in an article; those between quotation marks stand in this order.
    pub words: String,
    /// Id of an actor who speaks in it.
    pub actor: Option<String>,
    /// Id of the side for which somebody speaks in it.
    pub party: Option<String>,
    /// Act of an assertion in it (`deny`). With actor or party: of one of theirs.
    pub act: Option<String>,
    /// Ids of assertions, one of which must stand in it. With actor, party or act: one that fits those.
    pub among: Option<Vec<String>>,
    /// First day of publication, or month or year (`2025-03-01`, `2025-03`, `2025`).
    pub from: Option<String>,
    /// Last day, month or year of publication, included.
    pub to: Option<String>,
    /// Name of the site.
    pub site: Option<String>,
    /// How many articles at most; 20 unless given.
    pub limit: Option<usize>,
    /// What reviewers say of assertions: it counts instead of what the reader found.
    pub overruled: Vec<Overruled>,
    /// Actors who are others, reviewers say.
    pub merged: Vec<Merged>,
}

/// An actor who is another one: what it said, the other one said, for that one's side.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Merged {
    /// Its id.
    pub actor: String,
    /// Id of the other one.
    pub into: String,
    /// Side of the other one where it is known; else the one that it speaks for in the record.
    pub party: Option<String>,
}

impl Merged {
    fn json(&self) -> Value {
        json!({ "actor": self.actor, "into": self.into, "party": self.party })
    }
}

/// An assertion of which reviewers say something else than the reader.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overruled {
    /// Its id.
    pub assertion: String,
    /// Whether it is none.
    pub rejected: bool,
    /// Actor in place of the reader's, who may be nobody known; nothing where the speaker stands as found.
    pub actor: Option<Option<String>>,
    /// The same for the side.
    pub party: Option<Option<String>>,
    /// Act in place of the reader's.
    pub act: Option<String>,
}

impl Overruled {
    fn json(&self) -> Value {
        json!({
            "id": self.assertion, "rejected": self.rejected, "has_actor": self.actor.is_some(), "actor": self.actor.clone().flatten(),
            "has_party": self.party.is_some(), "party": self.party.clone().flatten(), "act": self.act,
        })
    }
}

/// Assertions as reviewers left them, for lists of [`Overruled`] and [`Merged`] as JSON.
const REVIEWED: &str = "
    WITH overruled AS MATERIALIZED (
        SELECT value ->> 'id' AS id, value ->> 'rejected' AS rejected, value ->> 'has_actor' AS has_actor, value ->> 'actor' AS actor,
               value ->> 'has_party' AS has_party, value ->> 'party' AS party, value ->> 'act' AS act
        FROM json_each(?)
    ), merged AS MATERIALIZED (
        SELECT value ->> 'actor' AS actor, value ->> 'into' AS other,
               coalesce(value ->> 'party', (SELECT min(party) FROM assertion WHERE assertion.actor = value ->> 'into')) AS party
        FROM json_each(?)
    ), corrected AS NOT MATERIALIZED (
        SELECT assertion.id, assertion.article, coalesce(overruled.act, assertion.act) AS act,
               CASE WHEN overruled.has_actor THEN overruled.actor ELSE assertion.actor END AS actor,
               CASE WHEN overruled.has_party THEN overruled.party ELSE assertion.party END AS party
        FROM assertion LEFT JOIN overruled ON overruled.id = assertion.id WHERE coalesce(overruled.rejected, 0) = 0
    ), reviewed AS NOT MATERIALIZED (
        SELECT corrected.id, corrected.article, corrected.act, coalesce(speaker.other, corrected.actor) AS actor,
               coalesce(speaker.party, side.other, corrected.party) AS party
        FROM corrected LEFT JOIN merged AS speaker ON speaker.actor = corrected.actor LEFT JOIN merged AS side ON side.actor = corrected.party
    )";

/// Assertions as the reader found them, where reviewers say nothing else.
const AS_READ: &str = "WITH reviewed AS NOT MATERIALIZED (SELECT * FROM assertion)";

/// An article that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Id of the article.
    pub article: String,
    /// Name of its capture.
    pub capture: String,
    /// Headline.
    pub title: Option<String>,
    /// Site.
    pub site: Option<String>,
    /// Date of publication.
    pub published: Option<String>,
    /// Where the first of the words stand in the source; none where no word was asked for.
    pub span: Option<SourceSpan>,
    /// The words there, with those around them.
    pub context: String,
}

/// Articles shown unless the query says how many.
const SHOWN: usize = 20;

/// Articles that hold the words asked for from which they are not weighed: what so many hold tells little of each, and weighing takes a
/// microsecond for each.
const MANY: i64 = 20_000;

/// Assertions that fit up to which their articles are looked up before any other.
const FEW: i64 = 50_000;

/// Bytes shown before and behind what was found.
const AROUND: usize = 120;

impl Store {
    /// The articles that fit, best first; the newest first where no words are asked for, or none that tell articles apart: those that more than
    /// 20,000 articles hold.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn search(&self, query: &Query) -> Result<Vec<Hit>, StoreError> {
        self.search_within(query, MANY, FEW)
    }

    /// As [`Self::search`]; `many` and `few` in place of [`MANY`] and [`FEW`].
    fn search_within(&self, query: &Query, many: i64, few: i64) -> Result<Vec<Hit>, StoreError> {
        let phrases = phrases(&query.words);
        let narrowing = Narrowing::of(query);
        let order = self.order(&phrases, many)?;
        let by_rank = order == Order::BestFirst;
        let mut tests = Vec::new();
        let mut values = narrowing.lists.clone();
        let mut test = |sql: &str, value: Option<&String>| {
            if let Some(value) = value {
                tests.push(sql.to_owned());
                values.push(Sql::Text(value.clone()));
            }
        };
        let matched = (!phrases.is_empty()).then(|| fts(&phrases));
        test("words MATCH ?", matched.as_ref());
        test("article.site = ? COLLATE NOCASE", query.site.as_ref());
        test("article.published >= ?", query.from.as_ref());
        // A day is a prefix of its moments, and a month of its days: the last of them stand before the month with the last of all letters.
        test("article.published <= ? || char(1114111)", query.to.as_ref());
        if !narrowing.values.is_empty() {
            tests.push(self.narrowed(&narrowing, if by_rank { "words.rowid" } else { "article.row" }, few)?);
            values.extend(narrowing.values.iter().cloned());
        }
        // The first table leads: it gives the articles in their order, and those behind the last one shown are not looked at.
        let (from, order) = match order {
            Order::BestFirst => ("words CROSS JOIN article ON article.row = words.rowid", "words.rank"),
            Order::NewestOfMany => {
                ("article CROSS JOIN words ON words.rowid = article.row", "article.published DESC, article.row")
            }
            Order::Newest => ("article", "article.published DESC, article.row"),
        };
        let tests = if tests.is_empty() { "1".to_owned() } else { tests.join(" AND ") };
        values.push(Sql::Integer(as_i64(query.limit.unwrap_or(SHOWN))));
        let sql = format!(
            "{} SELECT article.id, article.title, article.site, article.published, article.edits, article.edit_bytes, capture.name, \
             capture.bytes, capture.body, capture.headers FROM {from} CROSS JOIN capture ON capture.id = article.capture WHERE {tests} \
             ORDER BY {order} LIMIT ?",
            narrowing.with
        );
        let mut rows = self.db.prepare_cached(&sql)?;
        let mut rows = rows.query(params_from_iter(values))?;
        let mut hits = Vec::new();
        while let Some(row) = rows.next()? {
            hits.push(hit(row, &phrases)?);
        }
        Ok(hits)
    }

    /// In which order articles are shown.
    fn order(&self, phrases: &[String], many: i64) -> Result<Order, StoreError> {
        if phrases.is_empty() {
            return Ok(Order::Newest);
        }
        let sql = "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)";
        let found: i64 = self.db.prepare_cached(sql)?.query_row(params![fts(phrases), many + 1], |row| row.get(0))?;
        // Records of older layouts have no way to the newest.
        let is_indexed = || self.db.prepare_cached("SELECT 1 FROM sqlite_schema WHERE name = 'article_published'")?.exists([]);
        Ok(if found > many && is_indexed()? { Order::NewestOfMany } else { Order::BestFirst })
    }

    /// The test that one of the assertions of the article with this `row` fits. Where few assertions of the record do, their articles are
    /// looked up first; where many do, each article is asked when it is its turn, and few are asked.
    fn narrowed(&self, narrowing: &Narrowing, row: &str, few: i64) -> Result<String, StoreError> {
        let Narrowing { with, lists, tests, values, is_indexed } = narrowing;
        if *is_indexed {
            let sql = format!("{with} SELECT count(*) FROM (SELECT 1 FROM reviewed WHERE {tests} LIMIT ?)");
            let limit = Sql::Integer(few + 1);
            let given = lists.iter().chain(values).cloned().chain([limit]);
            let found: i64 = self.db.prepare_cached(&sql)?.query_row(params_from_iter(given), |row| row.get(0))?;
            if found <= few {
                // The plus keeps the index of words from being asked for each of these articles alone.
                return Ok(format!("+{row} IN (SELECT article FROM reviewed WHERE {tests})"));
            }
        }
        Ok(format!("EXISTS (SELECT 1 FROM reviewed WHERE reviewed.article = {row} AND {tests})"))
    }
}

/// What is asked of assertions.
struct Narrowing {
    /// What `reviewed` is …
    with: &'static str,
    /// … and the lists that it is made of.
    lists: Vec<Sql>,
    /// Tests of one of `reviewed`.
    tests: String,
    values: Vec<Sql>,
    /// Whether an index leads to those that fit.
    is_indexed: bool,
}

impl Narrowing {
    fn of(query: &Query) -> Self {
        let said = [("actor", &query.actor), ("party", &query.party), ("act", &query.act)];
        let mut tests: Vec<String> =
            said.iter().filter(|(_, value)| value.is_some()).map(|(column, _)| format!("reviewed.{column} = ?")).collect();
        let among = query.among.as_ref().map(|ids| json!(ids).to_string());
        tests.extend(among.as_ref().map(|_| "reviewed.id IN (SELECT value FROM json_each(?))".to_owned()));
        let values: Vec<Sql> = said.iter().filter_map(|(_, value)| (*value).clone()).chain(among).map(Sql::Text).collect();
        let is_overruled = !query.overruled.is_empty() || !query.merged.is_empty();
        let (with, lists) = if tests.is_empty() {
            ("", Vec::new())
        } else if is_overruled {
            let overruled: Value = query.overruled.iter().map(Overruled::json).collect();
            let merged: Value = query.merged.iter().map(Merged::json).collect();
            (REVIEWED, vec![Sql::Text(overruled.to_string()), Sql::Text(merged.to_string())])
        } else {
            (AS_READ, Vec::new())
        };
        let is_indexed = !is_overruled && (query.actor.is_some() || query.party.is_some());
        Self { with, lists, tests: tests.join(" AND "), values, is_indexed }
    }
}

/// The order in which articles are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    /// By the weight of the words (BM25).
    BestFirst,
    /// The words are common: the newest of those that hold them.
    NewestOfMany,
    /// No words are asked for.
    Newest,
}

fn hit(row: &Row<'_>, phrases: &[String]) -> Result<Hit, StoreError> {
    let name: String = row.get("name")?;
    let blob = |column: &str| row.get_ref(column)?.as_blob().map_err(|error| StoreError::Damaged(error.to_string()));
    let headers: String = row.get("headers")?;
    let bytes = unpack(blob("body")?, as_usize(row.get("bytes")?), &|| name.clone())?;
    let edits = (blob("edits")?, as_usize(row.get("edit_bytes")?));
    let (_, clean) = clean_text(&name, &bytes, charset(&headers).as_deref(), edits.0, edits.1)?;
    let found = phrases.first().and_then(|phrase| find(clean.text(), phrase));
    let at = found.clone().unwrap_or(0..0);
    let text = clean.text();
    let start = text.floor_char_boundary(at.start.saturating_sub(AROUND));
    let end = text.ceil_char_boundary((at.end + AROUND).min(text.len()));
    let offset = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
    Ok(Hit {
        article: row.get("id")?,
        title: row.get("title")?,
        site: row.get("site")?,
        published: row.get("published")?,
        span: found.map(|at| clean.source_of(CleanSpan::new(offset(at.start), offset(at.end)))),
        context: text.get(start..end).unwrap_or("").to_owned(),
        capture: name,
    })
}

/// The decoded text of a capture and the clean text of one of its articles, made again from the stored edits, which are `edit_bytes` unpacked.
pub(crate) fn clean_text(
    name: &str,
    bytes: &[u8],
    charset: Option<&str>,
    packed_edits: &[u8],
    edit_bytes: usize,
) -> Result<(Source, CleanText), StoreError> {
    let damaged = |what: &str| StoreError::Damaged(format!("{name}: {what}"));
    let source = onrecord_page::source(bytes, charset).map_err(|_| damaged("the text is too long"))?;
    let unpacked = unpack(packed_edits, edit_bytes, &|| name.to_owned())?;
    let edits = edits(&unpacked).ok_or_else(|| damaged("its edits cannot be read"))?;
    let clean = CleanText::apply(&source, &edits).map_err(|_| damaged("its edits do not fit its text"))?;
    Ok((source, clean))
}

/// The encoding that the server named, from the stored headers.
fn charset(headers: &str) -> Option<String> {
    let list: Vec<(String, String)> = serde_json::from_str(headers).ok()?;
    let data = onrecord_page::CaptureData { headers: list, ..onrecord_page::CaptureData::default() };
    data.charset().map(str::to_owned)
}

/// The words of a query: those between quotation marks together, each other one alone.
fn phrases(words: &str) -> Vec<String> {
    let mut phrases = Vec::new();
    for (number, part) in words.split(['"', '“', '”']).enumerate() {
        if number % 2 == 1 {
            phrases.push(part.trim().to_owned());
        } else {
            phrases.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    phrases.retain(|phrase| phrase.contains(char::is_alphanumeric));
    phrases
}

/// The query of SQLite's FTS5: every phrase in quotation marks, so that none of its words is an operator.
fn fts(phrases: &[String]) -> String {
    let quoted: Vec<String> = phrases.iter().map(|phrase| format!("\"{}\"", phrase.replace('"', " "))).collect();
    quoted.join(" ")
}

/// Where the words of a phrase stand one after the other, whatever their case and whatever parts them.
fn find(text: &str, phrase: &str) -> Option<std::ops::Range<usize>> {
    let wanted: Vec<String> = tokens(phrase).map(|(_, word)| word.to_lowercase()).collect();
    let found: Vec<(usize, &str)> = tokens(text).collect();
    let same = |window: &[(usize, &str)]| window.iter().zip(&wanted).all(|((_, word), wanted)| word.to_lowercase() == *wanted);
    let window = found.windows(wanted.len().max(1)).find(|window| same(window))?;
    let (first, last) = (window.first()?, window.last()?);
    Some(first.0..last.0 + last.1.len())
}

fn tokens(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(move |word| (word.as_ptr().addr() - text.as_ptr().addr(), word))
}

/// Edits as they are kept: `[[start, end, "with"], …]`.
fn edits(bytes: &[u8]) -> Option<Vec<Edit>> {
    let list: Vec<(u32, u32, String)> = serde_json::from_slice(bytes).ok()?;
    let edit = |(start, end, with)| (start <= end).then(|| Edit::replace(SourceSpan::new(start, end), with));
    list.into_iter().map(edit).collect()
}

impl Writing<'_> {
    /// Forgets the articles that an earlier reading found in a capture.
    pub(crate) fn unindex(&mut self, capture: i64) -> Result<(), StoreError> {
        for sql in [
            "DELETE FROM words WHERE rowid IN (SELECT row FROM article WHERE capture = ?)",
            "DELETE FROM assertion WHERE article IN (SELECT row FROM article WHERE capture = ?)",
            "DELETE FROM article WHERE capture = ?",
        ] {
            self.db.prepare_cached(sql)?.execute([capture])?;
        }
        Ok(())
    }

    /// Makes the articles of a capture findable.
    pub(crate) fn index(&mut self, capture: i64, jsonl: &str, articles: &[Article]) -> Result<(), StoreError> {
        // Reading a line as JSON is the dear part, and most lines are of other types.
        let of_type = |kind: &'static str| {
            let named = format!("\"type\":\"{kind}\"");
            let lines = jsonl.lines().filter(move |line| line.contains(&named));
            lines.filter_map(|line| serde_json::from_str::<Value>(line).ok()).filter(move |object| object["type"] == kind)
        };
        let mut rows: Vec<(String, i64, usize)> = Vec::new();
        for (object, article) in of_type("article").zip(articles) {
            rows.push((text(&object, "id").unwrap_or_default().to_owned(), self.article(capture, &object, article)?, 0));
        }
        for object in of_type("assertion") {
            let Some((_, row, count)) = rows.iter_mut().find(|(id, ..)| text(&object, "article") == Some(id)) else { continue };
            self.assertion(*row, *count, &object)?;
            *count += 1;
        }
        Ok(())
    }

    fn article(&self, capture: i64, object: &Value, article: &Article) -> Result<i64, StoreError> {
        let edits: Vec<(u32, u32, String)> =
            article.clean.edits().into_iter().map(|edit| (edit.range.start(), edit.range.end(), edit.with)).collect();
        let edits = serde_json::to_vec(&edits).unwrap_or_default();
        let title = object["title"]["text"].as_str();
        let mut insert = self.db.prepare_cached(
            "INSERT INTO article (id, capture, title, site, published, language, genre, edits, edit_bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        insert.execute(params![
            text(object, "id"),
            capture,
            title,
            text(object, "site"),
            object["published"]["value"].as_str(),
            text(object, "language"),
            text(object, "genre"),
            pack(&edits),
            as_i64(edits.len()),
        ])?;
        let row = self.db.last_insert_rowid();
        let mut words = self.db.prepare_cached("INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)")?;
        words.execute(params![row, title, article.clean.text()])?;
        Ok(row)
    }

    fn assertion(&self, article: i64, number: usize, object: &Value) -> Result<(), StoreError> {
        let (speaker, spans) = (&object["speaker"], &object["spans"]);
        let edge = |at: Option<&Value>, side: usize| at.and_then(|span| span.get(side)).and_then(Value::as_i64).unwrap_or(0);
        let spans = spans.as_array();
        let mut insert = self.db.prepare_cached(
            "INSERT INTO assertion (article, number, id, act, speaker, actor, party, said, first, last) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        insert.execute(params![
            article,
            as_i64(number),
            text(object, "id"),
            text(object, "act"),
            text(speaker, "name").unwrap_or(""),
            text(speaker, "actor"),
            text(speaker, "party"),
            object["said"]["value"].as_str(),
            edge(spans.and_then(|spans| spans.first()), 0),
            edge(spans.and_then(|spans| spans.last()), 1),
        ])?;
        Ok(())
    }
}

fn text<'o>(object: &'o Value, field: &str) -> Option<&'o str> {
    object.get(field)?.as_str()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use onrecord_page::{Article, CaptureData};
    use serde_json::json;

    use super::{Query, find, fts, phrases};
    use crate::{Access, NewCapture, NewReading, Store};

    /// A record of articles of one sentence each; in every third the union speaks, in the others the ministry.
    fn record(path: &std::path::Path) -> Store {
        let mut store = Store::open(path, Access::Create).unwrap();
        for number in 0..12 {
            let text = format!("The port is open on day {number}, somebody said.");
            let actor = if number % 3 == 0 { "x-port.union" } else { "x-port.ministry" };
            let id = format!("a{number}");
            let published = json!({ "value": format!("2025-03-{:02}", 1 + number) });
            let article = json!({ "type": "article", "id": id, "site": "Paper", "published": published, "genre": "report" });
            let said = json!({
                "type": "assertion", "id": format!("s{number}"), "article": id, "act": "state",
                "speaker": { "name": "somebody", "actor": actor, "party": "x-port" }, "spans": [[0, 8]],
            });
            let (jsonl, articles) = (format!("{article}\n{said}\n"), [Article::of_paragraphs(&text).unwrap()]);
            let reading = Some(NewReading { reader: "reader", jsonl: &jsonl, articles: &articles });
            let data = CaptureData::default();
            store.add(&[NewCapture { name: &id, bytes: text.as_bytes(), data: &data, reading }]).unwrap();
        }
        store
    }

    #[test]
    fn all_ways_of_looking_find_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let store = record(&folder.path().join("dispute.onrecord"));
        let of = |words: &str, actor: Option<&str>| Query {
            words: words.to_owned(),
            actor: actor.map(str::to_owned),
            ..Query::default()
        };
        for (query, count) in [
            (of("port", None), 12),
            (of("port", Some("x-port.union")), 4),
            (of("", Some("x-port.ministry")), 8),
            (of("\"day 7\"", Some("x-port.ministry")), 1),
            (of("\"day 7\"", Some("x-port.union")), 0),
        ] {
            let found = |many, few| -> Vec<String> {
                store.search_within(&query, many, few).unwrap().into_iter().map(|hit| hit.article).collect()
            };
            let all: BTreeSet<String> = found(100, 100).into_iter().collect();
            assert_eq!(all.len(), count, "{query:?}");
            for (many, few) in [(0, 0), (0, 100), (100, 0)] {
                assert_eq!(found(many, few).into_iter().collect::<BTreeSet<_>>(), all, "{query:?} {many} {few}");
            }
        }
        let newest = store.search_within(&Query { limit: Some(2), ..of("port", None) }, 3, 100).unwrap();
        assert_eq!(
            newest.iter().map(|hit| hit.article.as_str()).collect::<Vec<_>>(),
            ["a11", "a10"],
            "common words show the newest"
        );
    }

    #[test]
    fn queries_are_words_and_phrases() {
        let asked = phrases("ceasefire \"in writing\" OR");
        assert_eq!(asked, ["ceasefire", "in writing", "OR"]);
        assert_eq!(fts(&asked), "\"ceasefire\" \"in writing\" \"OR\"");
        assert!(phrases("\" \" —").is_empty());
    }

    #[test]
    fn words_are_found_where_they_stand() {
        let text = "Nothing was put — in\u{a0}Writing, he said.";
        assert_eq!(find(text, "in writing").map(|at| &text[at]), Some("in\u{a0}Writing"));
        assert_eq!(find(text, "writ"), None);
    }
}
