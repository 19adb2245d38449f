//! A request for a timestamp (RFC 3161) over a checkpoint: whoever stamps it sees a hash and nothing else.

use sha2::{Digest, Sha256};

/// `AlgorithmIdentifier` of SHA-256, 2.16.840.1.101.3.4.2.1 with absent parameters written as NULL, as stampers expect (RFC 5754, 2).
const SHA256: [u8; 15] = [0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00];

const BOOLEAN: u8 = 0x01;
const INTEGER: u8 = 0x02;
const OCTET_STRING: u8 = 0x04;
const SEQUENCE: u8 = 0x30;

/// A `TimeStampReq` in DER (RFC 3161, 2.4.1) for these bytes: version 1, their SHA-256, the `nonce` where there is one, and that the
/// stamper's certificate is to come with the answer, so that it can be checked when the stamper is gone.
#[must_use]
pub fn timestamp_request(bytes: &[u8], nonce: Option<u64>) -> Vec<u8> {
    let imprint = element(SEQUENCE, &[SHA256.as_slice(), &element(OCTET_STRING, &Sha256::digest(bytes))].concat());
    let nonce = nonce.map(|number| element(INTEGER, &integer(number))).unwrap_or_default();
    element(SEQUENCE, &[element(INTEGER, &integer(1)), imprint, nonce, element(BOOLEAN, &[0xff])].concat())
}

/// The fewest bytes that hold a number, with a zero before one that would read as negative (X.690, 8.3).
fn integer(number: u64) -> Vec<u8> {
    let bytes = number.to_be_bytes();
    let significant = bytes.iter().position(|byte| *byte != 0).unwrap_or(bytes.len() - 1);
    let digits = bytes.get(significant..).unwrap_or_default();
    let is_high = digits.first().is_some_and(|first| first & 0x80 != 0);
    let sign: &[u8] = if is_high { &[0] } else { &[] };
    [sign, digits].concat()
}

/// Tag, length in its short form, content. Nothing here reaches the 128 bytes from which on another form is needed.
fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    debug_assert!(content.len() < 128, "the short form of a length");
    let length = u8::try_from(content.len()).unwrap_or(u8::MAX);
    [&[tag, length], content].concat()
}

#[cfg(test)]
mod tests {
    use onrecord_text::hex;

    use super::{integer, timestamp_request};

    #[test]
    fn numbers_are_as_short_as_they_can_be() {
        let written = [0, 1, 127, 128, 256, u64::MAX].map(integer);
        let highest = [[0].as_slice(), &[0xff; 8]].concat();
        assert_eq!(written, [vec![0], vec![1], vec![127], vec![0, 128], vec![1, 0], highest]);
    }

    #[test]
    fn a_request_has_the_bytes_that_the_standard_asks_for() {
        // SHA-256 of "abc" (FIPS 180-4, B.1).
        let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let imprint = format!("3031300d060960864801650304020105000420{digest}");
        assert_eq!(hex(&timestamp_request(b"abc", None)), format!("3039020101{imprint}0101ff"));
        assert_eq!(hex(&timestamp_request(b"abc", Some(0x80))), format!("303d020101{imprint}020200800101ff"));
    }
}
