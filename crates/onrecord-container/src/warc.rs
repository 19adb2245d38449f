//! Web archives (ISO 28500): records of what servers answered, with the time and the digest that the crawler wrote down.

use std::io::Read;

use onrecord_page::CaptureData;

use crate::Opener;

/// Longest head of a record or of an HTTP answer.
const HEAD_LIMIT: usize = 64 * 1024;

/// Fields of an answer that are kept, as when a page is fetched.
const KEPT_HEADERS: [&str; 6] = ["content-type", "content-language", "date", "etag", "last-modified", "link"];

/// A body and fields of the head before it.
type Answer = (Vec<u8>, Vec<(String, String)>);

impl Opener {
    pub(crate) fn warc(&mut self, bytes: &[u8], name: &str, depth: usize) {
        let mut at = 0;
        let mut number = 0usize;
        while let Some(start) = record_start(bytes, at) {
            let Some((head, body)) = head(bytes, start) else { break };
            let length = field(head, "content-length").and_then(|length| length.parse::<usize>().ok());
            let Some(content) = length.and_then(|length| bytes.get(body..body.checked_add(length)?)) else {
                self.note(&format!("{name}!{number}"), "the record is cut off and was not read".to_owned());
                number += 1;
                break;
            };
            at = body + content.len();
            self.record(head, content, name, number, depth);
            number += 1;
        }
        if number == 0 {
            self.note(name, "holds no record of a web archive".to_owned());
        }
    }

    fn record(&mut self, head: &str, content: &[u8], name: &str, number: usize, depth: usize) {
        let url = field(head, "warc-target-uri").map(|url| url.trim_matches(['<', '>']).to_owned());
        let part = format!("{name}!{number}!{}", url.as_deref().unwrap_or(""));
        let kind = field(head, "warc-type").unwrap_or("").to_ascii_lowercase();
        let content_type = field(head, "content-type").unwrap_or("").to_ascii_lowercase();
        let own_type = || vec![("content-type".to_owned(), content_type.clone())];
        let payload = match &*kind {
            "response" if content_type.starts_with("application/http") || content.starts_with(b"HTTP/") => {
                self.answer(content, &part)
            }
            "response" | "resource" => is_page(&content_type).then(|| (content.to_vec(), own_type())),
            "conversion" => content_type.starts_with("text/plain").then(|| (content.to_vec(), own_type())),
            _ => None,
        };
        let Some((payload, headers)) = payload else { return };
        let digest = field(head, "warc-payload-digest").or_else(|| field(head, "warc-block-digest")).map(str::to_owned);
        let captured_at = field(head, "warc-date").map(str::to_owned);
        let data = CaptureData { captured_at, url, digest, headers, ..CaptureData::default() };
        self.open(payload, &part, data, depth + 1);
    }

    /// The body of an HTTP answer and the fields that matter, when it is a page that was found.
    fn answer(&mut self, content: &[u8], part: &str) -> Option<Answer> {
        let (head, body) = head(content, 0)?;
        let status = head.split_whitespace().nth(1)?;
        let content_type = field(head, "content-type").unwrap_or("text/html").to_ascii_lowercase();
        if !status.starts_with('2') || !is_page(&content_type) {
            return None;
        }
        let body = content.get(body..)?;
        let chunked = field(head, "transfer-encoding").is_some_and(|coding| coding.to_ascii_lowercase().contains("chunked"));
        // Some crawlers store the body as it was sent, others without its chunks.
        let body = if chunked { unchunked(body).unwrap_or_else(|| body.to_vec()) } else { body.to_vec() };
        let headers = KEPT_HEADERS.iter().filter_map(|name| Some(((*name).to_owned(), field(head, name)?.to_owned()))).collect();
        let body = match field(head, "content-encoding").map(str::to_ascii_lowercase).as_deref() {
            Some("gzip" | "x-gzip") if body.starts_with(b"\x1f\x8b") => {
                self.inflate(flate2::read::MultiGzDecoder::new(&body[..]), part)
            }
            Some("deflate") if body.first().is_some_and(|first| first & 0x0f == 8) => {
                self.inflate(flate2::read::ZlibDecoder::new(&body[..]), part)
            }
            Some("br" | "zstd") => {
                self.note(part, "is compressed in a way that is not read".to_owned());
                None
            }
            _ => Some(body),
        };
        Some((body?, headers))
    }

    fn inflate(&mut self, reader: impl Read, part: &str) -> Option<Vec<u8>> {
        let mut body = Vec::new();
        let read = reader.take(self.limits.capture.min(self.left).saturating_add(1)).read_to_end(&mut body);
        if !self.spend(body.len()) || body.len() as u64 > self.limits.capture {
            self.note(part, "unpacks to more than is read".to_owned());
            return None;
        }
        (read.is_ok() || !body.is_empty()).then_some(body)
    }
}

/// Whether a media type is one that pages have.
fn is_page(content_type: &str) -> bool {
    [
        "text/html",
        "application/xhtml",
        "text/plain",
        "application/pdf",
        "application/rss",
        "application/atom",
        "application/xml",
        "text/xml",
    ]
    .iter()
    .any(|known| content_type.starts_with(known))
}

/// Where the next record starts.
fn record_start(bytes: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let skip = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let start = from + skip;
    bytes.get(start..)?.starts_with(b"WARC/").then_some(start)
}

/// The head that starts at `from` and where the body behind it starts.
fn head(bytes: &[u8], from: usize) -> Option<(&str, usize)> {
    let window = bytes.get(from..bytes.len().min(from + HEAD_LIMIT))?;
    let end = |mark: &[u8]| window.windows(mark.len()).position(|part| part == mark).map(|at| (at, at + mark.len()));
    let (end, body) = [end(b"\r\n\r\n"), end(b"\n\n")].into_iter().flatten().min()?;
    // Heads are ASCII; a stray byte in one ends what is read of it.
    let valid = match std::str::from_utf8(window.get(..end)?) {
        Ok(head) => head,
        Err(error) => std::str::from_utf8(window.get(..error.valid_up_to())?).ok()?,
    };
    Some((valid, from + body))
}

/// The value of a field of a head.
pub(crate) fn field<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    head.lines().skip(1).find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

/// A body without the lengths of its chunks (RFC 9112, 7.1); `None` when it has none.
fn unchunked(body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let line = rest.windows(2).position(|pair| pair == b"\r\n")?;
        let digits = std::str::from_utf8(rest.get(..line)?).ok()?.split(';').next()?.trim();
        let length = usize::from_str_radix(digits, 16).ok()?;
        let start = line + 2;
        if length == 0 {
            return Some(out);
        }
        let end = start.checked_add(length)?;
        // The last chunk may have been cut off.
        let Some(chunk) = rest.get(start..end) else {
            out.extend_from_slice(rest.get(start..)?);
            return Some(out);
        };
        out.extend_from_slice(chunk);
        rest = rest.get(end..)?.strip_prefix(b"\r\n").unwrap_or(rest.get(end..)?);
        if rest.is_empty() {
            return Some(out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{field, unchunked};

    #[test]
    fn joins_chunks() {
        assert_eq!(unchunked(b"4\r\nport\r\n7;x=1\r\n closed\r\n0\r\n\r\n").as_deref(), Some(&b"port closed"[..]));
        assert_eq!(unchunked(b"<html>"), None);
        assert_eq!(field("WARC/1.0\r\nWARC-Type: response\r\n", "warc-type"), Some("response"));
    }
}
