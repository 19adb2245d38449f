//! Files of every kind, made here, give their pages back byte for byte.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use std::io::Write;

use onrecord_container::{Kind, Limits, Opened, find, kind, open};

const PAGE: &str = "<html><head><title>Talks fail again</title></head><body><article><h1>Talks fail again</h1>\
    <p>Varda said on Monday that the talks with its neighbour had failed for a third time.</p></article></body></html>";

fn opened(bytes: &[u8], name: &str) -> Opened {
    let opened = open(bytes.to_vec(), name, &Limits::default());
    for capture in &opened.captures {
        if let Some((_, part)) = capture.name.split_once('!') {
            assert_eq!(find(bytes.to_vec(), name, part, &Limits::default()).as_deref(), Some(&capture.bytes[..]), "{part}");
        }
    }
    opened
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn warc_record(kind: &str, url: &str, content_type: &str, content: &str) -> Vec<u8> {
    format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2025-11-14T09:30:00Z\r\n\
         WARC-Payload-Digest: sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n{content}\r\n\r\n",
        content.len()
    )
    .into_bytes()
}

fn warc() -> Vec<Vec<u8>> {
    let answer = |status: &str| format!("HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{PAGE}");
    vec![
        warc_record("warcinfo", "", "application/warc-fields", "software: none\r\n"),
        warc_record("request", "https://paper.example/one", "application/http;msgtype=request", "GET /one HTTP/1.1\r\n\r\n"),
        warc_record("response", "https://paper.example/one", "application/http;msgtype=response", &answer("200 OK")),
        warc_record("response", "https://paper.example/two", "application/http;msgtype=response", &answer("404 Not Found")),
    ]
}

#[test]
fn a_page_is_itself() {
    let opened = opened(PAGE.as_bytes(), "one.html");
    assert_eq!((opened.captures.len(), opened.captures[0].name.as_str()), (1, "one.html"));
    assert_eq!(opened.captures[0].bytes, PAGE.as_bytes());
}

#[test]
fn web_archives_keep_time_and_digest() {
    let plain = warc().concat();
    let packed: Vec<u8> = warc().iter().flat_map(|record| gzipped(record)).collect();
    for (bytes, name) in [(plain, "crawl.warc"), (packed, "crawl.warc.gz")] {
        let opened = opened(&bytes, name);
        let [capture] = &opened.captures[..] else { panic!("{} captures", opened.captures.len()) };
        assert_eq!(capture.bytes, PAGE.as_bytes());
        assert_eq!(capture.data.url.as_deref(), Some("https://paper.example/one"));
        assert_eq!(capture.data.captured_at.as_deref(), Some("2025-11-14T09:30:00Z"));
        assert_eq!(capture.data.digest.as_deref(), Some("sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"));
        assert!(capture.name.ends_with("!2!https://paper.example/one"), "{}", capture.name);
    }
}

#[test]
fn archives_hold_pages_and_archives() {
    let inner = zipped(&[("two.html", PAGE.as_bytes())]);
    let bytes = zipped(&[
        ("one.html", PAGE.as_bytes()),
        ("old/more.zip", &inner),
        ("__MACOSX/x.html", b"junk"),
        ("three.html.gz", &gzipped(PAGE.as_bytes())),
    ]);
    let opened = opened(&bytes, "pages.zip");
    let names: Vec<&str> = opened.captures.iter().map(|capture| capture.name.as_str()).collect();
    assert_eq!(names, ["pages.zip!one.html", "pages.zip!old/more.zip!two.html", "pages.zip!three.html.gz!three.html"]);
    assert!(opened.captures.iter().all(|capture| capture.bytes == PAGE.as_bytes()));
}

#[test]
fn saved_pages_lose_their_transfer_encoding_only() {
    let encoded = PAGE.replace('=', "=3D").replace("neighbour", "neigh=\r\nbour");
    let saved = format!(
        "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://paper.example/one\r\nSubject: Talks fail again\r\n\
         Date: Fri, 14 Nov 2025 09:30:00 +0500\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"--edge--1\"\r\n\r\n\
         ----edge--1\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://paper.example/one\r\n\r\n{encoded}\r\n\
         ----edge--1\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n----edge--1--\r\n"
    );
    let opened = opened(saved.as_bytes(), "saved.mhtml");
    let capture = &opened.captures[0];
    assert_eq!(String::from_utf8_lossy(&capture.bytes).trim_end(), PAGE);
    assert_eq!(capture.data.url.as_deref(), Some("https://paper.example/one"));
    assert_eq!(capture.data.captured_at.as_deref(), Some("Fri, 14 Nov 2025 09:30:00 +0500"));
    assert_eq!(capture.data.unpacked_from, Some("message/rfc822"));
}

#[test]
fn lists_give_the_pages_that_are_in_them() {
    let lines = "{\"url\":\"https://paper.example/1\",\"text\":\"Varda said no.\",\"date\":\"2025-11-14\"}\n\nnonsense\n{\"url\":\"https://paper.example/2\"}\n";
    let of_lines = opened(lines.as_bytes(), "pages.jsonl");
    assert_eq!(of_lines.captures.len(), 1);
    assert_eq!(of_lines.captures[0].data.listed_date.as_deref(), Some("2025-11-14"));
    assert_eq!(of_lines.notes.len(), 2);
    let table = "id,url,title,publish_date\n1,https://paper.example/1,Talks fail,2025-11-14\n2,https://paper.example/2,Ferry runs,2025-11-15\n";
    let of_table = opened(table.as_bytes(), "cloud.csv");
    assert!(of_table.captures.is_empty());
    assert_eq!(of_table.notes[0].text, "2 lines are addresses without their pages; nothing was fetched");
}

#[test]
fn tables_with_texts_give_a_page_a_row() {
    let table = "\u{feff}id,publish_date,title,url,text\r\n1,2025-11-14,Talks fail,https://paper.example/1,\"Varda said, \"\"no\"\".\nNothing else.\"\r\n\
        2,2025-11-15,Ferry runs,https://paper.example/2,\r\n3,2025-11-16,Mill sold,https://paper.example/3,Mill sold on Monday.\r\n";
    let opened = opened(table.as_bytes(), "cloud.csv");
    let texts: Vec<&str> = opened.captures.iter().map(|capture| std::str::from_utf8(&capture.bytes).unwrap()).collect();
    assert_eq!(texts, ["Talks fail\n\nVarda said, \"no\".\nNothing else.", "Mill sold on Monday."]);
    let first = &opened.captures[0].data;
    assert_eq!((first.url.as_deref(), first.listed_date.as_deref()), (Some("https://paper.example/1"), Some("2025-11-14")));
    assert_eq!(opened.notes[0].text, "1 line is an address without its page; nothing was fetched");
}

#[test]
fn event_tables_without_a_header_are_lists_of_addresses() {
    let row = |number: usize| {
        let cells: Vec<String> = (0..60).map(|cell| (number + cell).to_string()).collect();
        format!("{}\thttps://paper.example/{number}\n", cells.join("\t"))
    };
    let table: String = (0..3).map(row).collect();
    let opened = opened(table.as_bytes(), "20251114.export.CSV");
    assert!(opened.captures.is_empty());
    assert_eq!(opened.notes[0].text, "3 lines are addresses without their pages; nothing was fetched");
}

#[test]
fn a_json_feed_gives_its_items() {
    let feed = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "The Paper", "items": [
        {"id": "1", "url": "https://paper.example/1", "title": "Talks & ferries", "content_html": "<p>Varda said no.</p>", "date_published": "2025-11-14T09:00:00Z"},
        {"id": "2", "content_text": "The ferry ran again."},
        {"id": "3", "title": "Without content"}]}"#;
    let opened = opened(feed.as_bytes(), "feed.json");
    let texts: Vec<&str> = opened.captures.iter().map(|capture| std::str::from_utf8(&capture.bytes).unwrap()).collect();
    assert_eq!(texts, ["<h1>Talks &amp; ferries</h1>\n<p>Varda said no.</p>", "\n\nThe ferry ran again."]);
    assert_eq!(opened.captures[0].data.url.as_deref(), Some("https://paper.example/1"));
    assert_eq!(opened.captures[0].data.listed_date.as_deref(), Some("2025-11-14T09:00:00Z"));
    assert_eq!(opened.notes.len(), 1);
}

/// A PDF of one page with one line of text.
fn pdf(words: &str) -> Vec<u8> {
    let stream = format!("BT /F1 12 Tf 72 720 Td ({words}) Tj ET");
    pdf_with("", stream.as_bytes())
}

/// A PDF of one page with this content and what its dictionary says of it.
fn pdf_with(filter: &str, stream: &[u8]) -> Vec<u8> {
    pdf_of(filter, &[stream])
}

/// A PDF with one page for each content.
fn pdf_of(filter: &str, pages: &[&[u8]]) -> Vec<u8> {
    let font = 3 + 2 * pages.len();
    let kids: Vec<String> = (0..pages.len()).map(|page| format!("{} 0 R", 3 + 2 * page)).collect();
    let mut objects: Vec<Vec<u8>> = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), pages.len()).into_bytes(),
    ];
    for (page, stream) in pages.iter().enumerate() {
        let content = 4 + 2 * page;
        let dictionary = format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {content} 0 R /Resources << /Font << /F1 {font} 0 R >> >> >>"
        );
        objects.push(dictionary.into_bytes());
        let head = format!("<< /Length {} {filter} >>\nstream\n", stream.len());
        objects.push([head.as_bytes(), stream, b"\nendstream"].concat());
    }
    objects.push(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec());
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n", number + 1).bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let table = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    places.iter().for_each(|place| out.extend(format!("{place:010} 00000 n \n").bytes()));
    out.extend(format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1).bytes());
    out
}

#[test]
fn words_of_a_report_lead_to_their_page() {
    let line = |at: usize, words: &str| format!("BT /F1 12 Tf 72 {at} Td ({words}) Tj ET ");
    let page = |number: usize, first: &str, second: &str| {
        [line(760, "Monitors of the Strait"), line(700, first), line(680, second), line(40, &number.to_string())].concat()
    };
    let one = page(
        1,
        "1. The mission saw four boats in the strait on 3 March and",
        "counted them again on the next day from the northern shore.",
    );
    let two = page(
        2,
        "2. The ministry of ports told the mission that no boat had been",
        "sent, and that it would answer in writing within ten days.",
    );
    let three =
        page(3, "3. No answer had been received when this report was closed, and", "the mission has asked for one again.");
    let opened = opened(&pdf_of("", &[one.as_bytes(), two.as_bytes(), three.as_bytes()]), "report.pdf");
    let capture = &opened.captures[0];
    let page = onrecord_page::read_page(&capture.bytes, &capture.name, onrecord_lexicon::Lexicon::embedded()).unwrap();
    let article = &page.articles[0];
    let text = article.clean.text();
    assert!(!text.contains("Monitors of the Strait"), "running heads are dropped: {text}");
    let page_of = |words: &str| {
        let at = u32::try_from(text.find(words).unwrap_or_else(|| panic!("{words:?} is missing in {text}"))).unwrap();
        let span = article.clean.source_of(onrecord_text::CleanSpan::new(at, at + 4));
        capture.data.page_at(span.start())
    };
    assert_eq!([page_of("The mission saw"), page_of("told the mission"), page_of("No answer")], [Some(1), Some(2), Some(3)]);
}

#[test]
fn reports_say_that_their_text_was_taken_out() {
    let opened = opened(&pdf("The mission saw four boats in the strait."), "report.pdf");
    let capture = &opened.captures[0];
    assert!(String::from_utf8_lossy(&capture.bytes).contains("The mission saw four boats in the strait."));
    assert_eq!(
        (capture.data.unpacked_from, &capture.data.pages[..], capture.data.page_at(5)),
        (Some("application/pdf"), &[0][..], Some(1))
    );
    assert_eq!(capture.name, "report.pdf!text");
}

#[test]
fn bombs_and_rubble_end_in_notes() {
    let limits = Limits { unpacked: 1 << 20, ..Limits::default() };
    let bomb = gzipped(&vec![b'a'; 64 << 20]);
    for (bytes, name) in
        [(bomb.clone(), "a.gz"), (zipped(&[("a.txt", &vec![b'a'; 8 << 20])]), "a.zip"), (zipped(&[("a.gz", &bomb)]), "b.zip")]
    {
        let opened = open(bytes, name, &limits);
        assert!(opened.captures.is_empty() && opened.notes.len() == 1, "{name}: {:?}", opened.notes);
    }
    for bytes in [
        &b"PK\x03\x04 no archive"[..],
        b"%PDF-1.7 no report",
        b"WARC/1.0\r\nContent-Length: 99999999999\r\n\r\n",
        b"\x1f\x8b\x08",
    ] {
        assert_eq!(open(bytes.to_vec(), "x", &limits).notes.len(), 1);
    }
    let mut nested = PAGE.as_bytes().to_vec();
    (0..8).for_each(|_| nested = gzipped(&nested));
    assert!(open(nested, "x.gz", &limits).captures.is_empty());
    assert_eq!(kind(b"Varda said no.", "a.txt"), Kind::Page);
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn reports_that_unpack_to_too_much_are_not_read() {
    let limits = Limits { capture: 1 << 20, ..Limits::default() };
    let words = b"BT /F1 12 Tf 72 720 Td (The mission saw four boats.) Tj ET";
    let once = "/Filter /FlateDecode";
    let twice = "/Filter [/FlateDecode /FlateDecode]";
    let good = open(pdf_with(once, &deflated(words)), "a.pdf", &limits);
    assert!(String::from_utf8_lossy(&good.captures[0].bytes).contains("four boats"));
    let blanks = vec![b' '; 8 << 20];
    for (filter, stream) in [(once, deflated(&blanks)), (twice, deflated(&deflated(&blanks)))] {
        let opened = open(pdf_with(filter, &stream), "b.pdf", &limits);
        assert!(opened.captures.is_empty(), "{filter}");
        assert_eq!(opened.notes[0].text, "unpacks to more than is read");
    }
}

#[test]
fn the_encoding_that_a_server_or_a_mail_names_is_kept() {
    let answer =
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=\"windows-1251\"\r\nETag: \"7\"\r\nSet-Cookie: a=b\r\n\r\n<p>x";
    let archived = opened(&warc_record("response", "https://paper.example/", "application/http", answer), "a.warc");
    let data = &archived.captures[0].data;
    assert_eq!(data.charset(), Some("windows-1251"));
    assert_eq!(data.headers.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["content-type", "etag"]);
    let mail = b"From: a@paper.example\r\nMIME-Version: 1.0\r\nSubject: Talks\r\nContent-Type: text/plain; charset=koi8-r\r\n\r\n\xf0\xd2\xc9\xd7\xc5\xd4";
    assert_eq!(opened(mail, "a.eml").captures[0].data.charset(), Some("koi8-r"));
}
