//! Fetches pages from the web: one request at a time to a host, as `robots.txt` allows, within limits, and never from an address that
//! is not public unless that is asked for.
//!
//! The check of addresses sits where names are resolved, so that a name that resolves anew, or a redirect, cannot lead around it.

mod address;
mod later;
mod robots;

use std::collections::BTreeMap;
use std::io::Read;
use std::thread::sleep;
use std::time::{Duration, Instant};

use onrecord_page::CaptureData;
use ureq::Agent;
use ureq::config::Config;
use ureq::unversioned::transport::DefaultConnector;
use url::Url;

use address::PublicOnly;
pub use address::is_public;
use robots::Robots;

/// How to fetch.
#[derive(Debug, Clone)]
pub struct Options {
    /// What the program calls itself to servers; its first word is looked for in `robots.txt`.
    pub user_agent: String,
    /// Bytes of one page.
    pub limit: u64,
    /// Redirects that are followed.
    pub redirects: usize,
    /// Time for one request.
    pub timeout: Duration,
    /// Time between two requests to a host, when `robots.txt` asks for no more.
    pub pause: Duration,
    /// Whether private, loopback and link-local addresses may be asked.
    pub allow_private: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            user_agent: concat!("onrecord/", env!("CARGO_PKG_VERSION")).to_owned(),
            limit: 64 << 20,
            redirects: 5,
            timeout: Duration::from_secs(30),
            pause: Duration::from_secs(1),
            allow_private: false,
        }
    }
}

/// A page as fetched.
#[derive(Debug, Clone)]
pub struct Fetched {
    /// The bytes of the body, content encoding undone, nothing else changed.
    pub bytes: Vec<u8>,
    /// Address that answered, after redirects, and the fields of the answer that matter.
    pub data: CaptureData,
}

/// What a server told of a version of a page, by which it can say that there is no newer one (RFC 9110, 13.1).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Version {
    /// The field `ETag` of its answer.
    pub etag: Option<String>,
    /// The field `Last-Modified`.
    pub last_modified: Option<String>,
}

impl Version {
    /// What the fields of an answer tell.
    #[must_use]
    pub fn of(data: &CaptureData) -> Self {
        let field = |wanted: &str| data.headers.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.clone());
        Self { etag: field("etag"), last_modified: field("last-modified") }
    }
}

/// Why a page was not fetched.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// Not an address of the web.
    #[error("`{0}` is no http or https address")]
    Address(String),
    /// The host's rules for programs.
    #[error("the robots.txt of {0} asks programs not to fetch this page")]
    Robots(String),
    /// Too many redirects.
    #[error("more than {0} redirects")]
    Redirects(usize),
    /// An answer that is no page.
    #[error("the server answered with status {0}")]
    Status(u16),
    /// An answer that asks to come back later (`Retry-After`, RFC 9110, 10.2.3).
    #[error("the server answered with status {status} and asks to wait {} seconds", wait.as_secs())]
    Later {
        /// The status, such as 429 or 503.
        status: u16,
        /// For how long.
        wait: Duration,
    },
    /// A page larger than the limit.
    #[error("has more bytes than the limit of {0}")]
    TooLarge(u64),
    /// The request failed; also when a name resolves to no public address.
    #[error("{0}")]
    Request(String),
}

/// Status of an answer that there is no newer version (RFC 9110, 15.4.5).
const NOT_MODIFIED: u16 = 304;

/// Fields of an answer that are kept.
const KEPT_HEADERS: [&str; 6] = ["content-type", "content-language", "date", "etag", "last-modified", "link"];

/// Time for which the rules of a host are kept (RFC 9309, 2.4: no longer than a day).
const ROBOTS_KEPT: Duration = Duration::from_secs(24 * 60 * 60);

/// Fetches pages one after the other.
pub struct Fetcher {
    options: Options,
    agent: Agent,
    /// The rules of each host, and when they were asked for.
    robots: BTreeMap<String, (Instant, Robots)>,
    /// When each host was asked last.
    asked: BTreeMap<String, Instant>,
}

impl Fetcher {
    /// A fetcher that has asked nobody yet.
    #[must_use]
    pub fn new(options: Options) -> Self {
        let config = Config::builder()
            .user_agent(options.user_agent.clone())
            .timeout_global(Some(options.timeout))
            .timeout_connect(Some(options.timeout / 2))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            // A proxy would resolve names itself, unchecked.
            .proxy(None)
            .build();
        let resolver = PublicOnly { allow_private: options.allow_private };
        let agent = Agent::with_parts(config, DefaultConnector::default(), resolver);
        Self { options, agent, robots: BTreeMap::new(), asked: BTreeMap::new() }
    }

    /// Fetches the page at `address`.
    ///
    /// # Errors
    /// When the address is none of the web, the host does not want it fetched, the server does not answer with a page, or a limit is
    /// reached.
    pub fn fetch(&mut self, address: &str) -> Result<Fetched, FetchError> {
        // Only somebody who was told of a version answers that it is the newest.
        self.fetch_newer(address, &Version::default())?.ok_or(FetchError::Status(NOT_MODIFIED))
    }

    /// Fetches the page at `address` where it has another version than `known`; `None` where the server says that it has not.
    ///
    /// # Errors
    /// As [`Self::fetch`].
    pub fn fetch_newer(&mut self, address: &str, known: &Version) -> Result<Option<Fetched>, FetchError> {
        let mut url = web_address(address)?;
        for _ in 0..=self.options.redirects {
            self.check_robots(&url)?;
            let answer = self.ask(&url, self.options.limit, known)?;
            match answer {
                Answer::NotModified => return Ok(None),
                Answer::Redirect(target) => {
                    let next = url.join(&target).map_err(|_| FetchError::Address(target.clone()))?;
                    url = web_address(next.as_str())?;
                }
                Answer::Page { bytes, headers } => {
                    let data = CaptureData { url: Some(url.to_string()), headers, ..CaptureData::default() };
                    return Ok(Some(Fetched { bytes, data }));
                }
            }
        }
        Err(FetchError::Redirects(self.options.redirects))
    }

    fn check_robots(&mut self, url: &Url) -> Result<(), FetchError> {
        let origin = url.origin().ascii_serialization();
        if self.robots.get(&origin).is_none_or(|(asked, _)| asked.elapsed() > ROBOTS_KEPT) {
            let robots = self.ask_for_robots(url);
            self.robots.insert(origin.clone(), (Instant::now(), robots));
        }
        match self.robots.get(&origin) {
            Some((_, robots)) if !robots.allows(url.as_str()) => Err(FetchError::Robots(origin)),
            _ => Ok(()),
        }
    }

    /// The rules of a host. RFC 9309, 2.3.1: without a file everything is allowed; when the server fails, nothing is.
    fn ask_for_robots(&mut self, url: &Url) -> Robots {
        let Ok(mut place) = url.join("/robots.txt") else { return Robots::Everything };
        for _ in 0..=self.options.redirects {
            match self.ask(&place, robots::LIMIT, &Version::default()) {
                Ok(Answer::Page { bytes, .. }) => return Robots::of(&self.options.user_agent, &bytes),
                Ok(Answer::Redirect(target)) => {
                    match place.join(&target).map_err(|_| ()).and_then(|next| web_address(next.as_str()).map_err(|_| ())) {
                        Ok(next) => place = next,
                        Err(()) => return Robots::Everything,
                    }
                }
                Err(FetchError::Status(status)) if status >= 500 => return Robots::Nothing,
                Err(FetchError::Later { .. }) => return Robots::Nothing,
                Err(FetchError::Request(_) | FetchError::TooLarge(_)) => return Robots::Unreachable,
                // Nobody was told of a version before, so nobody says that it is the newest.
                Ok(Answer::NotModified) | Err(_) => return Robots::Everything,
            }
        }
        Robots::Everything
    }

    /// Asks once, when the host has had its pause.
    fn ask(&mut self, url: &Url, limit: u64, known: &Version) -> Result<Answer, FetchError> {
        self.wait_for(url);
        let mut request = self.agent.get(url.as_str());
        for (name, value) in [("if-none-match", &known.etag), ("if-modified-since", &known.last_modified)] {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        let answer = request.call().map_err(|error| FetchError::Request(error.to_string()));
        self.asked.insert(host(url), Instant::now());
        let mut answer = answer?;
        let status = answer.status().as_u16();
        let headers = answer.headers();
        if (300..400).contains(&status)
            && let Some(target) = headers.get("location").and_then(|target| target.to_str().ok())
        {
            return Ok(Answer::Redirect(target.to_owned()));
        }
        if status == NOT_MODIFIED && *known != Version::default() {
            return Ok(Answer::NotModified);
        }
        if let Some(wait) = headers.get("retry-after").and_then(|value| later::wait(value.to_str().ok()?))
            && (status == 429 || status >= 500)
        {
            return Err(FetchError::Later { status, wait });
        }
        if !(200..300).contains(&status) {
            return Err(FetchError::Status(status));
        }
        let kept =
            KEPT_HEADERS.iter().filter_map(|name| Some(((*name).to_owned(), headers.get(*name)?.to_str().ok()?.to_owned())));
        let headers = kept.collect();
        let mut bytes = Vec::new();
        let reader = answer.body_mut().as_reader();
        reader.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| FetchError::Request(error.to_string()))?;
        if bytes.len() as u64 > limit {
            return Err(FetchError::TooLarge(limit));
        }
        Ok(Answer::Page { bytes, headers })
    }

    fn wait_for(&self, url: &Url) {
        let wanted = self.robots.get(&url.origin().ascii_serialization()).and_then(|(_, robots)| robots.pause());
        let pause = wanted.map_or(self.options.pause, |wanted| wanted.max(self.options.pause));
        if let Some(asked) = self.asked.get(&host(url)) {
            sleep(pause.saturating_sub(asked.elapsed()));
        }
    }
}

enum Answer {
    NotModified,
    Page { bytes: Vec<u8>, headers: Vec<(String, String)> },
    Redirect(String),
}

/// Whether an input is an address to be fetched.
#[must_use]
pub fn is_address(input: &str) -> bool {
    web_address(input).is_ok()
}

/// The address that a page at `base` means by `target`, without the part that names a place in the page; `None` where it is none of the web.
///
/// ```
/// assert_eq!(onrecord_fetch::joined("https://a.example/feed", "/1#top"), Some("https://a.example/1".to_owned()));
/// assert_eq!(onrecord_fetch::joined("https://a.example/feed", "mailto:desk@a.example"), None);
/// ```
#[must_use]
pub fn joined(base: &str, target: &str) -> Option<String> {
    let mut url = Url::parse(base).ok()?.join(target.trim()).ok()?;
    url.set_fragment(None);
    web_address(url.as_str()).ok().map(String::from)
}

fn web_address(address: &str) -> Result<Url, FetchError> {
    let refused = || FetchError::Address(address.to_owned());
    let url = Url::parse(address).map_err(|_| refused())?;
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then_some(url).ok_or_else(refused)
}

fn host(url: &Url) -> String {
    url.host_str().unwrap_or("").to_owned()
}
