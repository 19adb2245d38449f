//! Mails and pages saved as MHTML: the part that is the page, its transfer encoding undone (RFC 2045, RFC 2557).

use onrecord_page::CaptureData;

use crate::Opener;

/// Most parts that are looked at, and how deep they may lie in each other.
const PART_LIMIT: usize = 2000;
const DEPTH_LIMIT: usize = 12;

/// Fields of which a file has two when it starts as a mail does.
const FIELDS: [&str; 9] =
    ["from", "to", "subject", "date", "mime-version", "content-type", "message-id", "received", "snapshot-content-location"];

/// Whether the first bytes of a file are the head of a mail.
pub(crate) fn is_mail(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head);
    let mut found = 0;
    for (at, line) in text.lines().enumerate() {
        if line.starts_with([' ', '\t']) && at > 0 {
            continue;
        }
        let Some((key, _)) = line.split_once(':') else { break };
        if key.is_empty() || !key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
            return false;
        }
        found += usize::from(FIELDS.iter().any(|field| key.eq_ignore_ascii_case(field)));
    }
    // A copied article may start with "From: …" lines; a mail that is to be read says how it is written.
    found >= 2 && (text.to_ascii_lowercase().contains("mime-version:") || text.to_ascii_lowercase().contains("\nreceived:"))
}

impl Opener {
    pub(crate) fn mail(&mut self, bytes: &[u8], name: &str, mut data: CaptureData) {
        let mut parts = Vec::new();
        collect(bytes, 0, &mut parts);
        let top = Head::of(bytes);
        // The page is the first part of HTML, or the text where there is none.
        let page =
            parts.iter().find(|part| part.kind == "text/html").or_else(|| parts.iter().find(|part| part.kind == "text/plain"));
        let Some(page) = page else { return self.note(name, "holds no part that is a page or a text".to_owned()) };
        data.url = data.url.or_else(|| page.location.clone()).or_else(|| top.value("snapshot-content-location"));
        data.captured_at = data.captured_at.or_else(|| top.value("date"));
        data.unpacked_from = Some("message/rfc822");
        data.headers = vec![("content-type".to_owned(), page.content_type.clone())];
        if self.spend(page.bytes.len()) {
            let part = format!("{name}!{}", if page.kind == "text/html" { "page.html" } else { "page.txt" });
            self.capture(&part, page.bytes.clone(), data);
        }
    }
}

struct Part {
    kind: String,
    /// The whole field, with the encoding of the text.
    content_type: String,
    location: Option<String>,
    bytes: Vec<u8>,
}

/// The fields of a head, folded lines joined, and where the body starts.
struct Head {
    fields: Vec<(String, String)>,
    body: usize,
}

impl Head {
    fn of(bytes: &[u8]) -> Self {
        let mut fields: Vec<(String, String)> = Vec::new();
        let mut at = 0;
        while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
            let len = rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |end| end + 1);
            let line = String::from_utf8_lossy(rest.get(..len).unwrap_or(rest)).into_owned();
            at += len;
            let shown = line.trim_end();
            if shown.is_empty() {
                break;
            }
            if shown.starts_with([' ', '\t']) {
                if let Some((_, value)) = fields.last_mut() {
                    value.push(' ');
                    value.push_str(shown.trim());
                }
            } else if let Some((key, value)) = shown.split_once(':') {
                fields.push((key.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
            if fields.len() > PART_LIMIT {
                break;
            }
        }
        Self { fields, body: at }
    }

    fn value(&self, name: &str) -> Option<String> {
        self.fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone())
    }
}

/// All parts that hold text, in order.
fn collect(bytes: &[u8], depth: usize, parts: &mut Vec<Part>) {
    if depth > DEPTH_LIMIT || parts.len() >= PART_LIMIT {
        return;
    }
    let head = Head::of(bytes);
    let body = bytes.get(head.body..).unwrap_or(&[]);
    let content_type = head.value("content-type").unwrap_or_else(|| "text/plain".to_owned());
    let kind = content_type.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    if kind.starts_with("multipart/") {
        if let Some(boundary) = parameter(&content_type, "boundary") {
            between(body, &boundary).for_each(|part| collect(part, depth + 1, parts));
        }
    } else if kind == "message/rfc822" {
        collect(body, depth + 1, parts);
    } else if kind == "text/html" || kind == "text/plain" {
        let bytes = match head.value("content-transfer-encoding").unwrap_or_default().to_ascii_lowercase().as_str() {
            "quoted-printable" => unquoted(body),
            "base64" => from_base64(body),
            _ => body.to_vec(),
        };
        parts.push(Part { kind, content_type, location: head.value("content-location"), bytes });
    }
}

fn parameter(value: &str, name: &str) -> Option<String> {
    value.split(';').skip(1).find_map(|part| {
        let (key, value) = part.split_once('=')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"').to_owned())
    })
}

/// What stands between the lines `--boundary`.
fn between<'b>(body: &'b [u8], boundary: &str) -> impl Iterator<Item = &'b [u8]> {
    let mark = format!("--{boundary}").into_bytes();
    let mut edges: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while let Some(rest) = body.get(at..).filter(|rest| !rest.is_empty()) {
        let len = rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |end| end + 1);
        if rest.starts_with(&mark) && edges.len() < PART_LIMIT {
            edges.push((at, at + len));
        }
        at += len;
    }
    let ends: Vec<usize> = edges.iter().skip(1).map(|(start, _)| *start).chain([body.len()]).collect();
    edges.into_iter().zip(ends).filter_map(|((_, start), end)| body.get(start..end))
}

/// Quoted-printable undone: `=E2=80=93`, and `=` at the end of a line.
fn unquoted(body: &[u8]) -> Vec<u8> {
    let digit =
        |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16)).and_then(|digit| u8::try_from(digit).ok());
    let mut out = Vec::with_capacity(body.len());
    let mut at = 0;
    while let Some(&byte) = body.get(at) {
        if byte != b'=' {
            out.push(byte);
            at += 1;
            continue;
        }
        match (digit(body.get(at + 1)), digit(body.get(at + 2))) {
            (Some(high), Some(low)) => {
                out.push(high << 4 | low);
                at += 3;
            }
            _ if body.get(at + 1) == Some(&b'\n') => at += 2,
            _ if body.get(at + 1..at + 3) == Some(b"\r\n") => at += 3,
            _ => {
                out.push(byte);
                at += 1;
            }
        }
    }
    out
}

/// Base64 undone; signs that do not belong to it are passed over.
fn from_base64(body: &[u8]) -> Vec<u8> {
    let value = |byte: u8| match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    };
    let mut out = Vec::with_capacity(body.len() / 4 * 3);
    let (mut bits, mut held) = (0u32, 0u32);
    for six in body.iter().take_while(|byte| **byte != b'=').filter_map(|byte| value(*byte)) {
        bits = bits << 6 | u32::from(six);
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held & 0xff) as u8);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{from_base64, is_mail, unquoted};

    #[test]
    fn undoes_transfer_encodings() {
        assert_eq!(unquoted(b"a =E2=80=93 b=\r\nc =zz"), "a – bc =zz".as_bytes());
        assert_eq!(from_base64(b"cG9y\r\ndCBjbG9zZWQ="), b"port closed");
    }

    #[test]
    fn tells_mails_from_articles() {
        assert!(is_mail(b"From: <Saved>\r\nSubject: Talks\r\nMIME-Version: 1.0\r\n\r\n"));
        assert!(!is_mail(b"Talks fail again: a report\n\nVarda said"));
        assert!(!is_mail(b"From: Selmora\nTo: Varda\n\nA letter"));
    }
}
