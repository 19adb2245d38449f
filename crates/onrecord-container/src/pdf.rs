//! Reports in PDF: the text of their pages, parted by form feeds. Spans of it are spans of that text, not of the file.

use std::panic::{AssertUnwindSafe, catch_unwind};

use onrecord_page::CaptureData;

use crate::Opener;

/// What parts the pages in the extracted text, as `pdftotext` does it too; `onrecord-page` knows a report by it.
const PAGE_BREAK: char = '\u{c}';

impl Opener {
    pub(crate) fn pdf(&mut self, bytes: &[u8], name: &str, mut data: CaptureData) {
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
