//! From raw bytes to text: which encoding, whether it is text at all.

use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

/// Bytes looked at for a declaration of the encoding. HTML asks for it in the first 1024; pages in the wild put it later.
const DECLARATION_WINDOW: usize = 4096;

/// Bytes looked at to tell text from other things.
const BINARY_WINDOW: usize = 4096;

/// Bytes that the statistical detector sees: enough to be sure, and the time stays small on long files.
const DETECTOR_WINDOW: usize = 256 * 1024;

/// Signatures of common formats that are not text.
const SIGNATURES: [&[u8]; 16] = [
    b"%PDF-",
    b"\x89PNG\r\n\x1a\n",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\xff\xd8\xff",
    b"GIF87a",
    b"GIF89a",
    b"\x1f\x8b",
    b"\x7fELF",
    b"RIFF",
    b"OggS",
    b"ID3",
    b"\xd0\xcf\x11\xe0",
    b"7z\xbc\xaf\x27\x1c",
    b"SQLite format 3\0",
    b"PAR1",
];

/// The text of a capture.
pub(crate) struct Decoded {
    /// The text; sequences that the encoding does not know read as U+FFFD.
    pub(crate) text: String,
    /// WHATWG name of the encoding.
    pub(crate) encoding: &'static str,
    /// Whether such sequences were there.
    pub(crate) broken: bool,
}

/// Whether the bytes are a picture, an archive or another thing that is no text.
pub(crate) fn is_binary(raw: &[u8]) -> bool {
    if SIGNATURES.iter().any(|signature| raw.starts_with(signature)) {
        return true;
    }
    if Encoding::for_bom(raw).is_some() || utf16_without_mark(raw).is_some() {
        return false;
    }
    let window = &raw[..raw.len().min(BINARY_WINDOW)];
    let control = window.iter().filter(|byte| matches!(byte, 0..=8 | 14..=26 | 28..=31)).count();
    // A few stray control bytes occur in real pages; one in ten does not.
    control * 10 > window.len()
}

/// Decodes by byte order mark, as UTF-8 when the bytes are, as `stated` by whoever handed the bytes over (HTTP, MIME), by the page's own
/// declaration, else by statistics.
pub(crate) fn decode(raw: &[u8], stated: Option<&str>) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(raw) {
        // The mark of UTF-8 stays in the text, where it reads as nothing: offsets are then those of the file.
        return if encoding == UTF_8 { with(UTF_8, raw) } else { with(encoding, &raw[mark..]) };
    }
    if let Some(wide) = utf16_without_mark(raw) {
        return with(wide, raw);
    }
    let stated = stated.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    // It writes everything in ASCII bytes, so that it cannot be told from UTF-8.
    if stated == Some(ISO_2022_JP) {
        return with(ISO_2022_JP, raw);
    }
    if std::str::from_utf8(raw).is_ok() || mostly_utf8(raw) {
        return with(UTF_8, raw);
    }
    // What is stated may be the server's habit: bytes that are not UTF-8 are not read as UTF-8 on its word.
    let stated = stated.filter(|encoding| *encoding != UTF_8);
    with(stated.or_else(|| declared(raw)).unwrap_or_else(|| detected(raw)), raw)
}

fn with(encoding: &'static Encoding, raw: &[u8]) -> Decoded {
    let (text, broken) = encoding.decode_without_bom_handling(raw);
    Decoded { text: text.into_owned(), encoding: encoding.name(), broken }
}

/// The encoding that a `meta` element or an XML declaration names.
fn declared(raw: &[u8]) -> Option<&'static Encoding> {
    let window = &raw[..raw.len().min(DECLARATION_WINDOW)];
    let lower = window.to_ascii_lowercase();
    ["charset", "encoding"].iter().find_map(|word| {
        let at = lower.windows(word.len()).position(|part| part == word.as_bytes())?;
        let rest = &lower[at + word.len()..];
        let rest = rest.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
        let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
        let len = rest.iter().position(|byte| !(byte.is_ascii_alphanumeric() || b"-_:.".contains(byte))).unwrap_or(rest.len());
        // The declaration was readable as ASCII, so it cannot be UTF-16 (WHATWG, "prescan a byte stream").
        Encoding::for_label(&rest[..len]).map(|named| if named == UTF_16LE || named == UTF_16BE { UTF_8 } else { named })
    })
}

fn detected(raw: &[u8]) -> &'static Encoding {
    let window = &raw[..raw.len().min(DETECTOR_WINDOW)];
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    let last = window.len() == raw.len();
    let non_ascii = detector.feed(window, last);
    if !non_ascii { UTF_8 } else { detector.guess(None, chardetng::Utf8Detection::Allow) }
}

/// A UTF-8 file with a few broken bytes is still a UTF-8 file.
fn mostly_utf8(raw: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in raw.utf8_chunks() {
        good += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad * 4
}

/// Latin text in UTF-16 without a mark has a zero in every second byte.
fn utf16_without_mark(raw: &[u8]) -> Option<&'static Encoding> {
    let window = &raw[..raw.len().min(BINARY_WINDOW) & !1];
    if window.len() < 32 {
        return None;
    }
    let zeros = |odd: usize| window.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let half = window.len() / 2;
    match () {
        () if odd * 10 > half * 7 && even * 20 < half => Some(UTF_16LE),
        () if even * 10 > half * 7 && odd * 20 < half => Some(UTF_16BE),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{decode, is_binary};

    #[test]
    fn reads_utf8_and_declared_and_undeclared_encodings() {
        assert_eq!(decode("Grüße".as_bytes(), None).encoding, "UTF-8");
        let declared = decode(b"<meta charset=windows-1251><p>\xcf\xf0\xe8\xe2\xe5\xf2", None);
        assert_eq!((declared.encoding, declared.text.ends_with("Привет")), ("windows-1251", true));
        let cafe = decode(b"Les deux pr\xe9sidents se sont rencontr\xe9s \xe0 la fronti\xe8re.", None);
        assert_eq!(cafe.text, "Les deux présidents se sont rencontrés à la frontière.");
        let wide: Vec<u8> = "A short line of plain text.".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&wide, None).text, "A short line of plain text.");
    }

    #[test]
    fn what_is_stated_counts_where_the_bytes_leave_it_open() {
        let russian = b"\xcf\xf0\xe8\xe2\xe5\xf2";
        assert_eq!(decode(russian, Some("windows-1251")).text, "Привет");
        assert_eq!(decode(russian, Some(" KOI8-R ")).encoding, "KOI8-R");
        assert_eq!(decode("Привет".as_bytes(), Some("windows-1251")).text, "Привет");
        assert_ne!(decode(b"<meta charset=windows-1251>\xcf\xf0\xe8\xe2\xe5\xf2", Some("utf-8")).encoding, "UTF-8");
        assert_eq!(decode(b"\x1b$B%F%9%H\x1b(B", Some("iso-2022-jp")).text, "テスト");
        assert_eq!(decode(b"plain", Some("no-such-thing")).text, "plain");
    }

    #[test]
    fn a_broken_byte_in_utf8_is_marked() {
        let mut raw = "Die Gespräche über die Brücke führen zu nichts, sagte der Außenminister.".as_bytes().to_vec();
        raw.push(0xff);
        let decoded = decode(&raw, None);
        assert_eq!((decoded.encoding, decoded.broken), ("UTF-8", true));
    }

    #[test]
    fn tells_binary_from_text() {
        assert!(is_binary(b"%PDF-1.7 \n"));
        assert!(is_binary(&[0u8; 64]));
        assert!(!is_binary(b"one stray \0 byte in a line of text"));
        assert!(!is_binary(b""));
    }
}
