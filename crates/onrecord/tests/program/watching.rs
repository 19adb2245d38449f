//! Watching feeds of a server of our own on the loopback address.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use crate::run::{Run, folder_with, onrecord};

/// What the server gives at each path (status and fields, body), and which requests it got: path, and the version that it was told of.
#[derive(Default)]
struct Site {
    pages: BTreeMap<String, (String, String)>,
    asked: Vec<(String, Option<String>)>,
}

type Shared = Arc<Mutex<Site>>;

/// Starts a server; its address and what it gives. It answers that a page is not newer where it is told of its `ETag`.
fn server() -> (String, Shared) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let site = Shared::default();
    let shared = Arc::clone(&site);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let reader = BufReader::new(stream.try_clone().unwrap());
            let lines: Vec<String> = reader.lines().map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
            let Some(path) = lines.first().and_then(|line| line.split(' ').nth(1)) else { continue };
            let lower: Vec<String> = lines.iter().map(|line| line.to_lowercase()).collect();
            let known = lower.iter().find_map(|line| line.strip_prefix("if-none-match: ").map(str::to_owned));
            let mut site = shared.lock().unwrap();
            site.asked.push((path.to_owned(), known.clone()));
            let (head, body) = site.pages.get(path).cloned().unwrap_or_else(|| ("404 Not Found".to_owned(), String::new()));
            let is_known = known.is_some_and(|known| head.to_lowercase().contains(&format!("etag: {known}")));
            let (head, body) = if is_known { ("304 Not Modified".to_owned(), String::new()) } else { (head, body) };
            let length = body.len();
            let _ = stream
                .write_all(format!("HTTP/1.1 {head}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}").as_bytes());
        }
    });
    (address, site)
}

fn put(site: &Shared, path: &str, head: &str, body: &str) {
    site.lock().unwrap().pages.insert(path.to_owned(), (head.to_owned(), body.to_owned()));
}

/// The paths that were asked for since, robots.txt left out.
fn asked(site: &Shared) -> Vec<String> {
    let asked = std::mem::take(&mut site.lock().unwrap().asked);
    asked.into_iter().map(|(path, _)| path).filter(|path| path != "/robots.txt").collect()
}

fn page(words: &str, advertisement: &str) -> String {
    format!(
        "<!DOCTYPE html><html><head><title>Port of Varda</title></head><body><nav><a href=\"/\">{advertisement}</a></nav>\
        <article><h1>Port of Varda</h1><p>The ministry of ports said on Monday that {words}.</p>\
        <p>Ships waited in the roads for a third day, and the pilots’ union said that it had been told nothing.</p></article></body></html>"
    )
}

fn feed(links: &[&str]) -> String {
    let items: String = links.iter().map(|link| format!("<item><title>Port</title><link>{link}</link></item>")).collect();
    format!("<?xml version=\"1.0\"?><rss><channel><title>Varda Post</title>{items}</channel></rss>")
}

fn watch(folder: &Path) -> Run {
    onrecord(folder, &["watch", "feeds.toml", "--record", "dispute.onrecord", "--once", "--allow-private"])
}

/// Makes everything due at once, as if days had passed.
fn later(folder: &Path) {
    let db = rusqlite::Connection::open(folder.join("dispute.onrecord")).unwrap();
    db.execute("UPDATE poll SET next_at = 0", []).unwrap();
}

const HTML: &str = "200 OK\r\nContent-Type: text/html";

#[test]
fn new_pages_and_new_versions_are_kept_and_nothing_else() {
    let (address, site) = server();
    put(&site, "/feed", "200 OK\r\nETag: \"f1\"", &feed(&["/one", &format!("{address}/two#top"), "mailto:desk@varda.example"]));
    put(&site, "/one", HTML, &page("the port was closed", "Buy boots"));
    put(&site, "/two", "200 OK\r\nContent-Type: text/html\r\nETag: \"p1\"", &page("the ferry would run again", "Buy boots"));
    let folder =
        folder_with(&[("feeds.toml", format!("[[feed]]\nurl = \"{address}/feed\"\nname = \"Varda Post\"\n").as_bytes())]);
    let folder = folder.path();
    let first = watch(folder).ended(0).out;
    assert!(first.contains("2 pages added, 0 new versions"), "{first}");
    assert_eq!(asked(&site), ["/feed", "/one", "/two"]);
    // Nothing is due yet.
    assert!(watch(folder).ended(0).out.contains("asked 0 times"));
    assert_eq!(asked(&site), Vec::<String>::new());

    // Another advertisement is no other version; the feed and the second page are not sent again.
    put(&site, "/one", HTML, &page("the port was closed", "Buy coats"));
    later(folder);
    assert!(watch(folder).ended(0).out.contains("0 pages added, 0 new versions, 3 with nothing new"));
    let told: Vec<Option<String>> = site.lock().unwrap().asked.iter().map(|(_, known)| known.clone()).collect();
    assert_eq!(told.iter().flatten().collect::<Vec<_>>(), ["\"f1\"", "\"p1\""]);

    // Other words are; what the feed does not list any more is not asked for.
    put(&site, "/one", HTML, &page("the port was open again", "Buy coats"));
    put(&site, "/feed", "200 OK\r\nETag: \"f2\"", &feed(&["/one"]));
    later(folder);
    asked(&site);
    let third = watch(folder).ended(0).out;
    assert!(third.contains(&format!("new version of {address}/one")) && third.contains("1 new versions"), "{third}");
    assert_eq!(asked(&site), ["/feed", "/one"]);
    let jsonl = onrecord(folder, &["read", "dispute.onrecord"]).ended(0).out;
    let captures = jsonl.lines().filter(|line| line.starts_with("{\"type\":\"capture\""));
    assert!(captures.clone().all(|line| line.contains("\"captured_at\":\"20")), "{jsonl}");
    assert_eq!(captures.count(), 3);
    assert!(jsonl.contains("\"revision_of\":{"), "{jsonl}");
    onrecord(folder, &["verify", "dispute.onrecord"]).ended(0);
}

#[test]
fn a_json_feed_lists_pages_too() {
    let (address, site) = server();
    let feed = format!(
        "{{\"version\": \"https://jsonfeed.org/version/1\", \"title\": \"Varda Post\", \"items\": [\
        {{\"id\": \"1\", \"url\": \"/one\", \"content_text\": \"Short.\"}}, {{\"id\": \"{address}/two\"}}, {{\"id\": \"3\"}}]}}"
    );
    put(&site, "/feed", "200 OK\r\nContent-Type: application/feed+json", &feed);
    put(&site, "/one", HTML, &page("the port was closed", "Buy boots"));
    put(&site, "/two", HTML, &page("the ferry would run again", "Buy boots"));
    let folder = folder_with(&[("feeds.toml", format!("[[feed]]\nurl = \"{address}/feed\"\n").as_bytes())]);
    let run = watch(folder.path()).ended(0).out;
    assert!(run.contains("2 pages added"), "{run}");
    assert_eq!(asked(&site), ["/feed", "/one", "/two"]);
}

#[test]
fn a_feed_that_fails_is_told_and_left_in_peace() {
    let (address, site) = server();
    put(&site, "/busy", "503 Service Unavailable\r\nRetry-After: 7200", "");
    put(&site, "/page", HTML, "<p>No feed.</p>");
    put(&site, "/robots.txt", "200 OK", "User-agent: *\nDisallow: /closed\n");
    let list = ["busy", "gone", "page", "closed"].map(|path| format!("[[feed]]\nurl = \"{address}/{path}\"\n")).concat();
    let folder = folder_with(&[("feeds.toml", list.as_bytes())]);
    let run = watch(folder.path()).ended(2);
    for told in [
        "/busy: the server answered with status 503 and asks to wait 7200 seconds; it is asked again in 2 hours",
        "/gone: the server answered with status 404; it is asked again in 5 minutes",
        "/page: this is no feed (RSS, Atom or JSON Feed); it is asked again in 5 minutes",
        "asks programs not to fetch this page; it is asked again in 5 minutes",
    ] {
        assert!(run.err.contains(told), "{}", run.err);
    }
    assert_eq!(asked(&site), ["/busy", "/gone", "/page"]);
    later(folder.path());
    assert!(
        watch(folder.path()).ended(2).err.contains("/gone: the server answered with status 404; it is asked again in 10 minutes")
    );
}

#[test]
fn private_addresses_and_odd_lists_are_refused() {
    let (address, site) = server();
    let folder = folder_with(&[
        ("feeds.toml", format!("[[feed]]\nurl = \"{address}/feed\"\n").as_bytes()),
        ("odd.toml", b"[[feed]]\nurl = \"https://a.example/\"\nhours = 2\n"),
    ]);
    let run = onrecord(folder.path(), &["watch", "feeds.toml", "--record", "r.onrecord", "--once"]).ended(2);
    run.says(&["is no public address"]);
    assert!(site.lock().unwrap().asked.is_empty());
    let run = onrecord(folder.path(), &["watch", "odd.toml", "--record", "r.onrecord", "--once"]).ended(2);
    run.says(&["odd.toml: feed 1: `hours` is no key"]);
}

#[test]
#[cfg(unix)]
fn a_watch_that_is_stopped_leaves_a_whole_record() {
    let (address, site) = server();
    let links: Vec<String> = (0..40).map(|number| format!("/page-{number}")).collect();
    put(&site, "/feed", "200 OK", &feed(&links.iter().map(String::as_str).collect::<Vec<_>>()));
    for (number, link) in links.iter().enumerate() {
        put(&site, link, HTML, &page(&format!("berth {number} was closed"), "Buy boots"));
    }
    let folder = folder_with(&[("feeds.toml", format!("[[feed]]\nurl = \"{address}/feed\"\n").as_bytes())]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .args(["watch", "feeds.toml", "--record", "dispute.onrecord", "--allow-private"])
        .current_dir(folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let start = Instant::now();
    while site.lock().unwrap().asked.len() < 5 && start.elapsed() < Duration::from_secs(60) {
        thread::sleep(Duration::from_millis(50));
    }
    let stopped = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(stopped.success());
    child.wait().unwrap();
    let checked = onrecord(folder.path(), &["verify", "dispute.onrecord"]).ended(0);
    assert!(!checked.out.is_empty());
    // What was kept is not asked for again.
    let kept = onrecord(folder.path(), &["read", "dispute.onrecord"]).ended(0).out.matches("{\"type\":\"capture\"").count();
    assert!(kept >= 1, "{kept} pages");
}
