//! Reports in PDF: the text of their pages, parted by form feeds. Spans of it are spans of that text, not of the file.

use std::io::{Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use flate2::read::ZlibDecoder;
use onrecord_page::CaptureData;

use crate::Opener;

/// What parts the pages in the extracted text, as `pdftotext` does it too; `onrecord-page` knows a report by it.
const PAGE_BREAK: char = '\u{c}';

/// Bytes before the content of a stream in which its dictionary stands.
const DICTIONARY: usize = 1024;

/// Filters one upon the other; nobody writes three.
const FILTERS: usize = 2;

/// Whether each compressed stream unpacks to no more than `one` bytes, and all together to no more than `all`. The extractor knows no
/// limit. Pictures are not counted, for it leaves them packed.
fn unpacks_within(bytes: &[u8], one: u64, all: u64) -> bool {
    let mut left = all;
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| rest.windows(6).position(|word| word == b"stream")) {
        let start = at + found;
        at = start + 6;
        let dictionary = bytes.get(start.saturating_sub(DICTIONARY)..start).unwrap_or(&[]);
        let own = dictionary.windows(4).rposition(|word| word == b" obj").map_or(dictionary, |from| &dictionary[from..]);
        let count = |word: &[u8]| own.windows(word.len()).filter(|part| *part == word).count();
        let filters = count(b"FlateDecode") + count(b"/Fl ");
        if own.ends_with(b"end") || filters == 0 || count(b"/Image") > 0 {
            continue;
        }
        let content = bytes.get(at..).unwrap_or(&[]).trim_ascii_start();
        let mut reader: Box<dyn Read + '_> = Box::new(content);
        for _ in 0..filters.min(FILTERS) {
            reader = Box::new(ZlibDecoder::new(reader));
        }
        // A damaged stream gives what it holds up to the damage.
        let mut counted = Counted(0);
        let _ = std::io::copy(&mut reader.take(one.min(left).saturating_add(1)), &mut counted);
        if filters > FILTERS || counted.0 > one || counted.0 > left {
            return false;
        }
        left -= counted.0;
    }
    true
}

/// Counts what is written to it.
struct Counted(u64);

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Opener {
    pub(crate) fn pdf(&mut self, bytes: &[u8], name: &str, mut data: CaptureData) {
        if !unpacks_within(bytes, self.limits.capture, self.left) {
            return self.note(name, "unpacks to more than is read".to_owned());
        }
        // The extractor gives up on odd files by a panic.
        let pages = catch_unwind(AssertUnwindSafe(|| pdf_extract::extract_text_from_mem_by_pages(bytes)));
        let pages = match pages {
            Ok(Ok(pages)) => pages,
            Ok(Err(error)) => return self.note(name, format!("cannot be read as PDF: {error}")),
            Err(_) => return self.note(name, "cannot be read as PDF: it is damaged or uses what is not known".to_owned()),
        };
        let mut text = String::new();
        for page in &pages {
            data.pages.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
            // A form feed inside of a page would count as another page.
            text.extend(page.chars().map(|letter| if letter == PAGE_BREAK { '\n' } else { letter }));
            text.push(PAGE_BREAK);
        }
        if !text.contains(char::is_alphanumeric) {
            return self.note(name, "holds no text: perhaps its pages are pictures".to_owned());
        }
        data.unpacked_from = Some("application/pdf");
        if self.spend(text.len()) {
            self.capture(&format!("{name}!text"), text.into_bytes(), data);
        }
    }
}
