//! ZIP archives and gzip, with an end to what comes out of them.

use std::io::{Cursor, Read};

use onrecord_page::CaptureData;

use crate::{Opener, last_part};

impl Opener {
    pub(crate) fn gzip(&mut self, bytes: &[u8], name: &str, data: CaptureData, depth: usize) {
        let inner = last_part(name);
        let inner = inner.strip_suffix(".gz").or_else(|| inner.strip_suffix(".GZ")).unwrap_or(inner);
        let part = format!("{name}!{inner}");
        if let Some(unpacked) = self.read_limited(flate2::read::MultiGzDecoder::new(bytes), name) {
            self.open(unpacked, &part, data, depth + 1);
        }
    }

    pub(crate) fn zip(&mut self, bytes: Vec<u8>, name: &str, depth: usize) {
        let mut archive = match zip::ZipArchive::new(Cursor::new(bytes)) {
            Ok(archive) => archive,
            Err(error) => return self.note(name, format!("cannot be opened as a ZIP archive: {error}")),
        };
        for number in 0..archive.len().min(self.limits.captures) {
            let file = match archive.by_index(number) {
                Ok(file) => file,
                Err(error) => {
                    self.note(&format!("{name}!{number}"), format!("cannot be unpacked: {error}"));
                    continue;
                }
            };
            let inner = file.name().map_or_else(|_| number.to_string(), |name| name.into_owned());
            // Names of folders end in a slash; what programs put beside the files is no page.
            let is_page = !inner.ends_with('/') && !inner.split('/').any(|part| part.starts_with('.') || part == "__MACOSX");
            if is_page {
                let part = format!("{name}!{inner}");
                if let Some(unpacked) = self.read_limited(file, &part) {
                    self.open(unpacked, &part, CaptureData::default(), depth + 1);
                }
            }
            if self.left == 0 {
                break;
            }
        }
    }

    /// All that `reader` gives, when it is not too much.
    fn read_limited(&mut self, reader: impl Read, part: &str) -> Option<Vec<u8>> {
        let mut unpacked = Vec::new();
        let result = reader.take(self.left.saturating_add(1)).read_to_end(&mut unpacked);
        if !self.spend(unpacked.len()) {
            self.note(part, format!("unpacks to more than {} bytes and was not read", self.limits.unpacked));
            return None;
        }
        match result {
            Ok(_) => Some(unpacked),
            Err(error) if unpacked.is_empty() => {
                self.note(part, format!("cannot be unpacked: {error}"));
                None
            }
            // A download that was cut off still holds its first part.
            Err(error) => {
                self.note(part, format!("is damaged behind byte {} of its content: {error}", unpacked.len()));
                Some(unpacked)
            }
        }
    }
}
