//! The list of feeds to watch.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use toml::{Table, Value};

use crate::files;

/// Between two times of asking a feed, unless the list says otherwise.
const USUAL_MINUTES: i64 = 30;

/// A feed is never asked more often than this.
const FEWEST_MINUTES: i64 = 1;

/// A feed to watch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Feed {
    pub(super) url: String,
    /// What messages call it.
    pub(super) name: Option<String>,
    pub(super) every: Duration,
}

/// Reads a list of feeds: a table `[[feed]]` for each, with `url` and perhaps `name` and `minutes`.
///
/// # Errors
/// Where it cannot be read or used; says which feed and why.
pub(super) fn read(path: &Path) -> Result<Vec<Feed>> {
    parse(&files::text(path)?).with_context(|| path.display().to_string())
}

fn parse(text: &str) -> Result<Vec<Feed>> {
    let table: Table = text.parse()?;
    if let Some(key) = table.keys().find(|key| *key != "feed") {
        bail!("`{key}` is no key of a list of feeds; each feed is a table [[feed]]");
    }
    let feeds = table.get("feed").and_then(Value::as_array).context("no feed: each is a table [[feed]] with a `url`")?;
    let mut found: Vec<Feed> = Vec::new();
    for (number, feed) in feeds.iter().enumerate() {
        let feed =
            feed.as_table().context("`feed` must be a table").and_then(one).with_context(|| format!("feed {}", number + 1))?;
        ensure!(!found.iter().any(|known| known.url == feed.url), "feed {}: `{}` stands there already", number + 1, feed.url);
        found.push(feed);
    }
    Ok(found)
}

fn one(table: &Table) -> Result<Feed> {
    if let Some(key) = table.keys().find(|key| !["url", "name", "minutes"].contains(&key.as_str())) {
        bail!("`{key}` is no key of a feed; there are url, name and minutes");
    }
    let text = |key: &str| match table.get(key) {
        None => Ok(None),
        Some(value) => value.as_str().map(|text| Some(text.to_owned())).with_context(|| format!("`{key}` must be a text")),
    };
    let url = text("url")?.context("has no `url`")?;
    let url = onrecord_fetch::joined(&url, "").with_context(|| format!("`{url}` is no http or https address"))?;
    let minutes = match table.get("minutes") {
        None => USUAL_MINUTES,
        Some(value) => value.as_integer().context("`minutes` must be a whole number")?,
    };
    ensure!(minutes >= FEWEST_MINUTES, "`minutes` must be {FEWEST_MINUTES} at least");
    let every = Duration::from_secs(u64::try_from(minutes)?.saturating_mul(60));
    Ok(Feed { url, name: text("name")?, every })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails where a value is missing")]
mod tests {
    use super::parse;

    #[test]
    fn feeds_are_read_with_what_is_usual() {
        let feeds = parse(
            "[[feed]]\nurl = \"https://a.example/rss\"\n[[feed]]\nurl = \"https://b.example/\"\nname = \"B\"\nminutes = 5\n",
        )
        .unwrap();
        let told: Vec<(&str, Option<&str>, u64)> =
            feeds.iter().map(|feed| (feed.url.as_str(), feed.name.as_deref(), feed.every.as_secs())).collect();
        assert_eq!(told, [("https://a.example/rss", None, 1800), ("https://b.example/", Some("B"), 300)]);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_feed() {
        let wrong = |text: &str| format!("{:#}", parse(text).unwrap_err());
        let good = "[[feed]]\nurl = \"https://a.example/\"\n";
        assert!(wrong("").contains("no feed"));
        assert!(wrong("[[feeds]]\n").contains("`feeds` is no key"));
        assert!(wrong("[[feed]]\nname = \"A\"\n").contains("feed 1: has no `url`"));
        assert!(
            wrong(&format!("{good}[[feed]]\nurl = \"ftp://a.example/\"\n")).contains("feed 2: `ftp://a.example/` is no http")
        );
        assert!(wrong(&format!("{good}{good}")).contains("feed 2: `https://a.example/` stands there already"));
        assert!(wrong(&format!("{good}minutes = 0\n")).contains("1 at least"));
        assert!(wrong(&format!("{good}hours = 1\n")).contains("`hours` is no key"));
        assert!(wrong("[[feed]]\nurl = 7\n").contains("`url` must be a text"));
        assert!(wrong("[[feed\n").contains("line 1"));
    }
}
