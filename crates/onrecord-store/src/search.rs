//! Search: words and phrases in the articles, narrowed by who speaks, how, when and where. What is found is a span of the source with
//! what stands around it.

use onrecord_page::Article;
use onrecord_text::{CleanSpan, CleanText, Edit, Source, SourceSpan};
use rusqlite::types::Value as Sql;
use rusqlite::{OptionalExtension, Row, params, params_from_iter};
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

/// An assertion of which reviewers say something else than the reader.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overruled {
    /// Its id.
    pub assertion: String,
    /// Hash of the capture that it stands in, 64 hex digits.
    pub capture: String,
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
            "id": self.assertion, "capture": self.capture, "rejected": self.rejected, "has_actor": self.actor.is_some(), "actor": self.actor.clone().flatten(),
            "has_party": self.party.is_some(), "party": self.party.clone().flatten(), "act": self.act,
        })
    }
}

/// Assertions of which reviewers say something else than the reader, as they left them, for a list of [`Overruled`] as JSON.
const OVERRULED: &str = "
    WITH overruled AS MATERIALIZED (
        SELECT assertion.article, assertion.id, value ->> 'rejected' AS rejected,
               coalesce(value ->> 'act', assertion.act) AS act,
               CASE WHEN value ->> 'has_actor' THEN value ->> 'actor' ELSE assertion.actor END AS actor,
               CASE WHEN value ->> 'has_party' THEN value ->> 'party' ELSE assertion.party END AS party
        FROM json_each(?) CROSS JOIN capture ON capture.sha256 = unhex(value ->> 'capture')
             CROSS JOIN article ON article.capture = capture.id
             CROSS JOIN assertion ON assertion.article = article.row AND assertion.id = value ->> 'id'
    )";

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
const FEW: i64 = 10_000;

/// Assertions of an actor that are looked at for its side.
const LOOKED_AT: i64 = 1_000;

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
        let narrowing = self.narrowing(query)?;
        let order = self.order(&phrases, many)?;
        let by_rank = order == Order::BestFirst;
        let mut tests = Vec::new();
        let mut values: Vec<Sql> = narrowing.overruled.iter().cloned().collect();
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
        if !narrowing.tests.is_empty() {
            tests.push(self.narrowed(&narrowing, if by_rank { "words.rowid" } else { "article.row" }, few)?);
            values.extend(narrowing.values());
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
            narrowing.with()
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
        if narrowing.is_indexed {
            let sql = format!("{} SELECT count(*) FROM ({} LIMIT ?)", narrowing.with(), narrowing.fitting());
            let given = narrowing.overruled.iter().cloned().chain(narrowing.values()).chain([Sql::Integer(few + 1)]);
            let found: i64 = self.db.prepare_cached(&sql)?.query_row(params_from_iter(given), |row| row.get(0))?;
            if found <= few {
                // The plus keeps the index of words from being asked for each of these articles alone.
                return Ok(format!("+{row} IN ({})", narrowing.fitting()));
            }
        }
        Ok(format!("EXISTS ({})", narrowing.fitting_in(row)))
    }

    fn narrowing(&self, query: &Query) -> Result<Narrowing, StoreError> {
        let mut narrowing = Narrowing { is_indexed: query.actor.is_some() || query.party.is_some(), ..Narrowing::default() };
        // Who counts as somebody: all who were merged into that one, and that one unless merged away.
        let known_as = |id: &str| -> Vec<String> {
            let others = query.merged.iter().filter(|merged| merged.into == id).map(|merged| merged.actor.clone());
            let is_another = query.merged.iter().any(|merged| merged.actor == id);
            others.chain((!is_another).then(|| id.to_owned())).collect()
        };
        if let Some(actor) = &query.actor {
            let actors = known_as(actor);
            narrowing.test(&format!("one.actor IN ({})", marks(&actors)), actors);
        }
        if let Some(party) = &query.party {
            let (mut for_it, mut for_others) = (Vec::new(), Vec::new());
            for merged in &query.merged {
                match self.side_of(merged)? {
                    Some(side) if side == *party => for_it.push(merged.actor.clone()),
                    Some(_) => for_others.push(merged.actor.clone()),
                    None => {}
                }
            }
            let parties = known_as(party);
            let by_party =
                format!("one.party IN ({}) AND coalesce(one.actor, '') NOT IN ({})", marks(&parties), marks(&for_others));
            let test = if for_it.is_empty() { by_party } else { format!("({by_party} OR one.actor IN ({}))", marks(&for_it)) };
            narrowing.test(&test, parties.into_iter().chain(for_others).chain(for_it));
        }
        if let Some(act) = &query.act {
            narrowing.test("one.act = ?", [act.clone()]);
        }
        if let Some(ids) = &query.among {
            narrowing.test("one.id IN (SELECT value FROM json_each(?))", [json!(ids).to_string()]);
        }
        if !narrowing.tests.is_empty() && !query.overruled.is_empty() {
            let overruled: Value = query.overruled.iter().map(Overruled::json).collect();
            narrowing.overruled = Some(Sql::Text(overruled.to_string()));
        }
        Ok(narrowing)
    }

    /// The side for which an actor speaks who is another one, as the first of that one's assertions have it.
    fn side_of(&self, merged: &Merged) -> Result<Option<String>, StoreError> {
        if merged.party.is_some() {
            return Ok(merged.party.clone());
        }
        let sql = "SELECT party FROM (SELECT party FROM assertion WHERE actor = ? LIMIT ?) WHERE party IS NOT NULL LIMIT 1";
        Ok(self.db.prepare_cached(sql)?.query_row(params![merged.into, LOOKED_AT], |row| row.get(0)).optional()?)
    }
}

/// As many question marks as there are values.
fn marks(values: &[String]) -> String {
    vec!["?"; values.len()].join(", ")
}

/// What is asked of assertions.
#[derive(Default)]
struct Narrowing {
    /// Those of which reviewers say something else, as JSON.
    overruled: Option<Sql>,
    /// Tests of `one` assertion; none where nothing is asked.
    tests: String,
    /// What they ask for.
    asked: Vec<Sql>,
    /// Whether an index leads to those that fit.
    is_indexed: bool,
}

impl Narrowing {
    fn test(&mut self, test: &str, asked: impl IntoIterator<Item = String>) {
        let and = if self.tests.is_empty() { "" } else { " AND " };
        self.tests += &format!("{and}{test}");
        self.asked.extend(asked.into_iter().map(Sql::Text));
    }

    /// What a query that asks for [`Self::fitting`] begins with.
    fn with(&self) -> &'static str {
        if self.overruled.is_some() { OVERRULED } else { "" }
    }

    /// The articles of the assertions that fit.
    fn fitting(&self) -> String {
        self.those("", &self.tests)
    }

    /// The same, of the article with this row alone. The pluses keep the indexes from being asked, which would give all that the speaker says.
    fn fitting_in(&self, row: &str) -> String {
        self.those(&format!("one.article = {row} AND "), &self.tests.replace("one.", "+one."))
    }

    /// Those that nobody overruled come by the indexes of the table, so the others stand beside them and not in one table with them.
    fn those(&self, of_article: &str, tests: &str) -> String {
        let as_read = format!("SELECT one.article FROM assertion AS one WHERE {of_article}{tests}");
        if self.overruled.is_none() {
            return as_read;
        }
        format!(
            "{as_read} AND NOT EXISTS (SELECT 1 FROM overruled WHERE overruled.article = one.article AND overruled.id = one.id) \
             UNION ALL SELECT one.article FROM overruled AS one WHERE {of_article}{tests} AND NOT one.rejected"
        )
    }

    /// The values for [`Self::fitting`].
    fn values(&self) -> impl Iterator<Item = Sql> {
        let times = if self.overruled.is_some() { 2 } else { 1 };
        std::iter::repeat_n(&self.asked, times).flatten().cloned()
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

    use super::{Merged, Overruled, Query, find, fts, phrases};
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
        let capture = |number: usize| {
            let sha256 = "SELECT lower(hex(sha256)) FROM capture WHERE name = ?";
            store.db.query_row(sha256, [format!("a{number}")], |row| row.get(0)).unwrap()
        };
        let on = |number: usize| Overruled { assertion: format!("s{number}"), capture: capture(number), ..Overruled::default() };
        let reviewed = |query: Query| Query {
            overruled: vec![
                Overruled { rejected: true, ..on(3) },
                Overruled { actor: Some(Some("x-port.union".to_owned())), party: Some(Some("x-dock".to_owned())), ..on(1) },
                Overruled { actor: Some(None), ..on(0) },
                Overruled { rejected: true, capture: capture(5), ..on(4) },
            ],
            ..query
        };
        let joined = |party: Option<&str>, query: Query| Query {
            merged: vec![Merged {
                actor: "x-port.union".to_owned(),
                into: "x-dock.crew".to_owned(),
                party: party.map(str::to_owned),
            }],
            ..query
        };
        let side = |party: &str| Query { party: Some(party.to_owned()), ..Query::default() };
        for (query, count) in [
            (reviewed(of("port", Some("x-port.union"))), 3),
            (reviewed(of("", Some("x-port.ministry"))), 7),
            (reviewed(Query { act: Some("state".to_owned()), ..of("port", None) }), 11),
            (reviewed(side("x-port")), 10),
            (reviewed(side("x-dock")), 1),
            (joined(None, of("port", Some("x-port.union"))), 0),
            (joined(None, of("port", Some("x-dock.crew"))), 4),
            (joined(Some("x-dock"), side("x-port")), 8),
            (joined(Some("x-dock"), side("x-dock")), 4),
            (reviewed(joined(Some("x-dock"), side("x-dock"))), 3),
            (reviewed(joined(Some("x-pier"), side("x-dock"))), 0),
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
