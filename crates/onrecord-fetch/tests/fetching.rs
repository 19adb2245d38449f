//! Fetching from a server of our own on the loopback address.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use onrecord_fetch::{FetchError, Fetcher, Options};

/// What was asked of the server: path and user agent.
type Asked = Arc<Mutex<Vec<(String, String)>>>;

/// Starts a server that gives `answer` of each path; its address, and what it was asked.
fn server(answer: fn(&str) -> String) -> (String, Asked) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let asked = Asked::default();
    let noted = Arc::clone(&asked);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let lines: Vec<String> = BufReader::new(stream.try_clone().unwrap())
                .lines()
                .map_while(Result::ok)
                .take_while(|line| !line.is_empty())
                .collect();
            let Some(path) = lines.first().and_then(|line| line.split(' ').nth(1)) else { continue };
            let agent =
                lines.iter().find_map(|line| line.strip_prefix("user-agent: ").or_else(|| line.strip_prefix("User-Agent: ")));
            noted.lock().unwrap().push((path.to_owned(), agent.unwrap_or("").to_owned()));
            let _ = stream.write_all(answer(path).as_bytes());
        }
    });
    (address, asked)
}

fn page(body: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nETag: \"7\"\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

fn empty(status: &str, more: &str) -> String {
    format!("HTTP/1.1 {status}\r\n{more}Content-Length: 0\r\nConnection: close\r\n\r\n")
}

fn fetcher() -> Fetcher {
    let options = Options {
        user_agent: "onrecord-test/1.0".to_owned(),
        limit: 1000,
        pause: Duration::from_millis(50),
        timeout: Duration::from_secs(2),
        allow_private: true,
        ..Options::default()
    };
    Fetcher::new(options)
}

fn site(path: &str) -> String {
    match path {
        "/robots.txt" => page("User-agent: *\nDisallow: /closed\n"),
        "/one" => page("<p>Varda said no.</p>"),
        "/moved" => empty("301 Moved Permanently", "Location: /one\r\n"),
        "/away" => empty("302 Found", "Location: file:///etc/passwd\r\n"),
        "/circle" => empty("302 Found", "Location: /circle\r\n"),
        "/large" => page(&"a".repeat(5000)),
        "/slow" => {
            thread::sleep(Duration::from_secs(4));
            page("late")
        }
        _ => empty("404 Not Found", ""),
    }
}

#[test]
fn pages_are_kept_as_they_are_fetched() {
    let (address, asked) = server(site);
    let fetched = fetcher().fetch(&format!("{address}/moved")).unwrap();
    assert_eq!(fetched.bytes, b"<p>Varda said no.</p>");
    assert_eq!(fetched.data.url, Some(format!("{address}/one")));
    assert!(fetched.data.headers.contains(&("etag".to_owned(), "\"7\"".to_owned())));
    let asked = asked.lock().unwrap();
    let paths: Vec<&str> = asked.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(paths, ["/robots.txt", "/moved", "/one"]);
    assert!(asked.iter().all(|(_, agent)| agent == "onrecord-test/1.0"));
}

#[test]
fn what_a_host_does_not_want_is_not_fetched() {
    let (address, asked) = server(site);
    assert!(matches!(fetcher().fetch(&format!("{address}/closed/one")), Err(FetchError::Robots(_))));
    assert_eq!(asked.lock().unwrap().len(), 1);
    let (address, _) = server(|_| empty("503 Service Unavailable", ""));
    assert!(matches!(fetcher().fetch(&format!("{address}/one")), Err(FetchError::Robots(_))));
}

#[test]
fn limits_hold() {
    let (address, _) = server(site);
    let mut fetcher = fetcher();
    let mut error = |path: &str| fetcher.fetch(&format!("{address}{path}")).unwrap_err();
    assert!(matches!(error("/large"), FetchError::TooLarge(1000)));
    assert!(matches!(error("/circle"), FetchError::Redirects(5)));
    assert!(matches!(error("/away"), FetchError::Address(_)));
    assert!(matches!(error("/none"), FetchError::Status(404)));
    let start = Instant::now();
    assert!(matches!(error("/slow"), FetchError::Request(_)));
    assert!(start.elapsed() < Duration::from_millis(3500));
    assert!(matches!(fetcher.fetch("file:///etc/passwd"), Err(FetchError::Address(_))));
}

#[test]
fn private_addresses_are_asked_nothing() {
    let (address, asked) = server(site);
    let mut fetcher = Fetcher::new(Options { pause: Duration::ZERO, ..Options::default() });
    let port = address.rsplit(':').next().unwrap();
    for host in ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"] {
        let refused = fetcher.fetch(&format!("http://{host}:{port}/one")).unwrap_err();
        assert!(matches!(refused, FetchError::Request(_)), "{host}: {refused}");
    }
    assert!(asked.lock().unwrap().is_empty());
}

#[test]
fn a_host_gets_its_pause() {
    let (address, _) = server(site);
    let mut fetcher = fetcher();
    let start = Instant::now();
    (0..3).for_each(|_| drop(fetcher.fetch(&format!("{address}/one")).unwrap()));
    assert!(start.elapsed() >= Duration::from_millis(150));
}
