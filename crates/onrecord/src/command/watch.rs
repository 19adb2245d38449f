//! `onrecord watch`: asks feeds for new pages and for versions of pages, and puts them into a record.
//!
//! A page is written in a transaction of its own, and only then what is to be asked next: whenever the program is stopped, nothing that was
//! acknowledged is lost, and at worst a page is asked for again.

mod feeds;
mod schedule;

use std::time::Duration;

use anyhow::Result;
use jiff::Timestamp;
use onrecord_container::{Capture, json_feed_links};
use onrecord_fetch::{FetchError, Fetched, Fetcher, Version, joined};
use onrecord_page::{CaptureData, Page, feed_links};
use onrecord_store::log::Hash;
use onrecord_store::{Access, Added, Poll, Store, StoreError};
use onrecord_text::SourceId;

use crate::flags::WatchFlags;
use crate::pages::Reader;
use crate::{Outcome, output, stop};
use feeds::Feed;

/// Between two rounds at least, so that a clock that was set back or a record that is busy keeps nobody busy.
const SHORTEST_SLEEP: Duration = Duration::from_secs(1);

/// Between two rounds at most: a machine that slept asks soon after it wakes.
const LONGEST_SLEEP: Duration = Duration::from_secs(60);

pub(super) fn run(flags: &WatchFlags) -> Result<Outcome> {
    stop::listen()?;
    let feeds = feeds::read(&flags.feeds)?;
    let reader = Reader::without_files(&flags.how)?;
    let store = Store::open(&flags.record, Access::Create)?;
    let mut watch = Watch { fetcher: reader.fetcher(), reader, store, round: Round::default() };
    loop {
        for feed in feeds.iter().take_while(|_| !stop::asked()) {
            watch.visit(feed)?;
        }
        let round = std::mem::take(&mut watch.round);
        if round.asked > 0 || flags.once {
            output::print(&round.summary())?;
        }
        if flags.once {
            return Ok(match round.failed {
                _ if stop::asked() => Outcome::Stopped,
                0 => Outcome::Done,
                _ => Outcome::Unreadable,
            });
        }
        stop::sleep(watch.until_next(&feeds)?.clamp(SHORTEST_SLEEP, LONGEST_SLEEP));
        // Without --once it has no other end.
        if stop::asked() {
            return Ok(Outcome::Done);
        }
    }
}

/// What was done in one round.
#[derive(Default)]
struct Round {
    asked: usize,
    added: usize,
    changed: usize,
    same: usize,
    failed: usize,
}

impl Round {
    fn summary(&self) -> String {
        let Self { asked, added, changed, same, failed } = self;
        format!("asked {asked} times: {added} pages added, {changed} new versions, {same} with nothing new, {failed} failed\n")
    }
}

struct Watch {
    reader: Reader,
    fetcher: Fetcher,
    store: Store,
    round: Round,
}

impl Watch {
    /// Asks for a feed and the pages that it lists, as far as they are due.
    fn visit(&mut self, feed: &Feed) -> Result<()> {
        let known = self.store.poll(&feed.url)?;
        let known = known.unwrap_or_else(|| Poll { url: feed.url.clone(), ..Poll::default() });
        if known.next_at <= now() {
            let done = self.ask_feed(feed, known);
            self.unless_busy(done)?;
        }
        for page in self.store.listed(&feed.url)? {
            if page.next_at <= now() && !stop::asked() {
                let done = self.ask_page(page);
                self.unless_busy(done)?;
            }
        }
        Ok(())
    }

    fn ask_feed(&mut self, feed: &Feed, known: Poll) -> Result<()> {
        let name = feed.name.as_deref().unwrap_or(&feed.url);
        let Some(fetched) = self.fetch(name, &known)? else { return Ok(()) };
        let Some(fetched) = fetched else {
            let next_at = now() + seconds(feed.every);
            return self.nothing_new(Poll { next_at, ..known });
        };
        let base = fetched.data.url.as_deref().unwrap_or(&feed.url);
        let text = onrecord_page::source(&fetched.bytes, fetched.data.charset())?;
        let Some(links) = feed_links(text.text()).or_else(|| json_feed_links(&fetched.bytes)) else {
            return self.failed(name, known, "this is no feed (RSS, Atom or JSON Feed)", None);
        };
        let pages: Vec<String> = links.iter().filter_map(|link| joined(base, link)).collect();
        let answered = answered(known, &fetched.data);
        Ok(self.store.keep_list(&Poll { next_at: now() + seconds(feed.every), ..answered }, &pages)?)
    }

    fn ask_page(&mut self, known: Poll) -> Result<()> {
        let url = known.url.clone();
        let Some(fetched) = self.fetch(&url, &known)? else { return Ok(()) };
        let revisit = |same: usize| now() + seconds(schedule::revisit(same));
        let Some(Fetched { bytes, mut data }) = fetched else {
            return self.nothing_new(Poll { next_at: revisit(known.same + 1), ..known });
        };
        data.captured_at = Some(Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
        let is_new = known.bytes.is_none();
        let hash = Hash(*SourceId::of(&bytes).as_bytes());
        let capture = Capture { name: url.clone(), bytes, data: data.clone() };
        let words = if known.bytes == Some(hash) { known.words } else { Some(words(&self.reader.page(capture.clone())?)) };
        let answered = Poll { bytes: Some(hash), words, ..answered(known.clone(), &data) };
        if !is_new && known.words == words {
            return self.nothing_new(Poll { next_at: revisit(known.same + 1), ..answered });
        }
        let (_, added) = super::add::keep(&self.reader, &mut self.store, capture)?;
        match added {
            Added::New(_) if is_new => self.told(&mut |round| &mut round.added, "added", &url)?,
            Added::New(_) => self.told(&mut |round| &mut round.changed, "new version of", &url)?,
            Added::Reread(_) | Added::Known => self.round.same += 1,
        }
        Ok(self.store.keep_poll(&Poll { next_at: revisit(0), same: 0, ..answered })?)
    }

    /// What an address answers, nothing newer than what is known among it; or nothing, where it failed and that was written down.
    fn fetch(&mut self, name: &str, known: &Poll) -> Result<Option<Option<Fetched>>> {
        self.round.asked += 1;
        let version = Version { etag: known.etag.clone(), last_modified: known.last_modified.clone() };
        match self.fetcher.fetch_newer(&known.url, &version) {
            Ok(fetched) => Ok(Some(fetched)),
            Err(error) => {
                let wait = if let FetchError::Later { wait, .. } = error { Some(wait) } else { None };
                self.failed(name, known.clone(), &error.to_string(), wait)?;
                Ok(None)
            }
        }
    }

    fn nothing_new(&mut self, poll: Poll) -> Result<()> {
        self.round.same += 1;
        Ok(self.store.keep_poll(&Poll { same: poll.same + 1, failures: 0, ..poll })?)
    }

    fn failed(&mut self, name: &str, poll: Poll, why: &str, wait: Option<Duration>) -> Result<()> {
        self.round.failed += 1;
        let wait = schedule::retry(poll.failures + 1, wait);
        output::complain(&format!("{name}: {why}; it is asked again in {}", schedule::in_words(wait)));
        Ok(self.store.keep_poll(&Poll { failures: poll.failures + 1, next_at: now() + seconds(wait), ..poll })?)
    }

    fn told(&mut self, count: &mut dyn FnMut(&mut Round) -> &mut usize, what: &str, url: &str) -> Result<()> {
        *count(&mut self.round) += 1;
        output::print(&output::harmless(&format!("{what} {url}\n")))
    }

    /// Whoever else writes to the record is not disturbed: what could not be written is asked for again in the next round.
    fn unless_busy(&mut self, done: Result<()>) -> Result<()> {
        match done {
            Err(error) if matches!(error.downcast_ref::<StoreError>(), Some(StoreError::Busy)) => {
                self.round.failed += 1;
                output::complain(&format!("{error:#}"));
                Ok(())
            }
            done => done,
        }
    }

    /// Time until something is due.
    fn until_next(&self, feeds: &[Feed]) -> Result<Duration> {
        let mut next = i64::MAX;
        for feed in feeds {
            next = next.min(self.store.poll(&feed.url)?.map_or(0, |poll| poll.next_at));
            next = next.min(self.store.listed(&feed.url)?.first().map_or(i64::MAX, |page| page.next_at));
        }
        Ok(Duration::from_secs(u64::try_from(next.saturating_sub(now())).unwrap_or(0)))
    }
}

/// What is known of an address after it answered.
fn answered(known: Poll, data: &CaptureData) -> Poll {
    let Version { etag, last_modified } = Version::of(data);
    Poll { etag, last_modified, failures: 0, ..known }
}

/// Hash of the headlines and texts of a page's articles: two versions that differ in menus and advertisements alone have the same.
fn words(page: &Page) -> Hash {
    let mut words = String::new();
    for article in &page.articles {
        words.push_str(article.title.map_or("", |title| page.source.cut(title)));
        words.push('\0');
        words.push_str(article.clean.text());
        words.push('\0');
    }
    Hash(*SourceId::of(words.as_bytes()).as_bytes())
}

/// Seconds since 1970.
fn now() -> i64 {
    Timestamp::now().as_second()
}

fn seconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_secs()).unwrap_or(i64::MAX / 2)
}
