//! Signed notes (<https://c2sp.org/signed-note>): a text, a blank line, and a line for each signature. Ed25519 only.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};

/// First byte of an encoded Ed25519 key.
const ED25519: u8 = 1;

/// What a line with a signature starts with: an em dash and a space.
const MARK: &str = "— ";

/// A key that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not of the form `NAME+HASH+KEY` or `PRIVATE+KEY+NAME+HASH+KEY`.
    #[error("the key is not written as NAME+HASH+KEY (c2sp.org/signed-note)")]
    Form,
    /// A name with a space, a plus sign or nothing.
    #[error("the name of a key holds neither spaces nor plus signs, and something")]
    Name,
    /// Not an Ed25519 key.
    #[error("the key is no Ed25519 key")]
    Algorithm,
    /// The hash in the key is that of another key.
    #[error("the key does not fit the hash written in it")]
    Hash,
}

/// A note that cannot be believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// Not a text, a blank line, and lines of signatures.
    #[error("this is no signed note: {0}")]
    Form(&'static str),
    /// No signature is by this key.
    #[error("the note is not signed by {0}")]
    Unsigned(String),
    /// A signature names this key and was made by another one, or the text was changed after it was signed.
    #[error("the signature in the name of {0} does not fit the text")]
    Broken(String),
}

/// Name and public key of somebody who signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verifier {
    name: String,
    key: VerifyingKey,
}

impl Verifier {
    /// Reads `NAME+HASH+KEY`.
    ///
    /// # Errors
    /// [`KeyError`] where it is no such key.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let mut parts = text.trim().splitn(3, '+');
        let (Some(name), Some(hash), Some(key)) = (parts.next(), parts.next(), parts.next()) else { return Err(KeyError::Form) };
        let verifier = Self { name: checked_name(name)?, key: public_key(key)? };
        if u32::from_str_radix(hash, 16) != Ok(verifier.id()) {
            return Err(KeyError::Hash);
        }
        Ok(verifier)
    }

    /// `NAME+HASH+KEY`, to be given to others.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}+{:08x}+{}", self.name, self.id(), BASE64.encode(encoded(self.key.as_bytes())))
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// First four bytes of the SHA-256 of name, line end and key.
    fn id(&self) -> u32 {
        let hash =
            Sha256::new().chain_update(&self.name).chain_update(b"\n").chain_update(encoded(self.key.as_bytes())).finalize();
        hash.iter().take(4).fold(0, |id, byte| id << 8 | u32::from(*byte))
    }
}

/// A key to sign with.
pub struct Signer {
    name: String,
    key: SigningKey,
}

impl Signer {
    /// A key made of 32 bytes that nobody else knows.
    ///
    /// # Errors
    /// [`KeyError::Name`].
    pub fn new(name: &str, secret: [u8; 32]) -> Result<Self, KeyError> {
        Ok(Self { name: checked_name(name)?, key: SigningKey::from_bytes(&secret) })
    }

    /// Reads `PRIVATE+KEY+NAME+HASH+KEY`.
    ///
    /// # Errors
    /// [`KeyError`] where it is no such key.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let mut parts = text.trim().strip_prefix("PRIVATE+KEY+").ok_or(KeyError::Form)?.splitn(3, '+');
        let (Some(name), Some(hash), Some(key)) = (parts.next(), parts.next(), parts.next()) else { return Err(KeyError::Form) };
        let bytes = BASE64.decode(key).map_err(|_| KeyError::Form)?;
        let secret = bytes.strip_prefix(&[ED25519]).and_then(|secret| secret.try_into().ok()).ok_or(KeyError::Algorithm)?;
        let signer = Self::new(name, secret)?;
        if u32::from_str_radix(hash, 16) != Ok(signer.verifier().id()) {
            return Err(KeyError::Hash);
        }
        Ok(signer)
    }

    /// `PRIVATE+KEY+NAME+HASH+KEY`, to be kept secret.
    #[must_use]
    pub fn text(&self) -> String {
        format!("PRIVATE+KEY+{}+{:08x}+{}", self.name, self.verifier().id(), BASE64.encode(encoded(self.key.as_bytes())))
    }

    /// The public half.
    #[must_use]
    pub fn verifier(&self) -> Verifier {
        Verifier { name: self.name.clone(), key: self.key.verifying_key() }
    }

    /// `text`, which ends with a line end, as a note signed by this key.
    ///
    /// # Errors
    /// [`NoteError::Form`] where the text does not end with a line end.
    pub fn sign(&self, text: &str) -> Result<String, NoteError> {
        if !text.ends_with('\n') {
            return Err(NoteError::Form("its text does not end with a line end"));
        }
        let mut signature = self.verifier().id().to_be_bytes().to_vec();
        signature.extend(self.key.sign(text.as_bytes()).to_bytes());
        Ok(format!("{text}\n{MARK}{} {}\n", self.name, BASE64.encode(signature)))
    }
}

/// A note, its signatures not yet looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedNote<'n> {
    /// The text that was signed, its last line end included.
    pub text: &'n str,
    /// Names and signatures, each with the id of its key before it.
    signatures: Vec<(&'n str, Vec<u8>)>,
}

impl<'n> SignedNote<'n> {
    /// Parts a note into text and signatures.
    ///
    /// # Errors
    /// [`NoteError::Form`].
    pub fn parse(note: &'n str) -> Result<Self, NoteError> {
        let (text, signed) = note.rsplit_once("\n\n").ok_or(NoteError::Form("it has no blank line before its signatures"))?;
        let text = note.get(..=text.len()).ok_or(NoteError::Form("it has no text"))?;
        let lines = signed.strip_suffix('\n').ok_or(NoteError::Form("its last line has no end"))?.split('\n');
        let signature = |line: &'n str| {
            let (name, signature) = line.strip_prefix(MARK)?.split_once(' ')?;
            let bytes = BASE64.decode(signature).ok().filter(|bytes| bytes.len() > 4)?;
            Some((name, bytes))
        };
        let signatures: Option<Vec<_>> = lines.map(signature).collect();
        Ok(Self { text, signatures: signatures.ok_or(NoteError::Form("a line below the blank one is no signature"))? })
    }

    /// Whether `verifier` signed this text.
    ///
    /// # Errors
    /// [`NoteError::Unsigned`] or [`NoteError::Broken`] where that is not so.
    pub fn verify(&self, verifier: &Verifier) -> Result<(), NoteError> {
        let id = verifier.id().to_be_bytes();
        let mut own = self.signatures.iter().filter(|(name, bytes)| *name == verifier.name && bytes.starts_with(&id));
        let (_, bytes) = own.next().ok_or_else(|| NoteError::Unsigned(verifier.name.clone()))?;
        let signature = bytes.get(4..).and_then(|bytes| Signature::from_slice(bytes).ok());
        let holds = signature.is_some_and(|signature| verifier.key.verify_strict(self.text.as_bytes(), &signature).is_ok());
        if holds { Ok(()) } else { Err(NoteError::Broken(verifier.name.clone())) }
    }

    /// Names that signatures are made in; nothing is checked.
    pub fn names(&self) -> impl Iterator<Item = &'n str> {
        self.signatures.iter().map(|(name, _)| *name)
    }
}

fn checked_name(name: &str) -> Result<String, KeyError> {
    let is_good = !name.is_empty() && !name.contains(|letter: char| letter.is_whitespace() || letter == '+');
    if is_good { Ok(name.to_owned()) } else { Err(KeyError::Name) }
}

fn public_key(text: &str) -> Result<VerifyingKey, KeyError> {
    let bytes = BASE64.decode(text).map_err(|_| KeyError::Form)?;
    let key = bytes.strip_prefix(&[ED25519]).and_then(|key| key.try_into().ok()).ok_or(KeyError::Algorithm)?;
    VerifyingKey::from_bytes(key).map_err(|_| KeyError::Algorithm)
}

fn encoded(key: &[u8; 32]) -> Vec<u8> {
    [&[ED25519], key.as_slice()].concat()
}

#[cfg(test)]
mod tests {
    use super::{KeyError, NoteError, SignedNote, Signer, Verifier};

    #[test]
    fn a_note_is_believed_only_as_it_was_signed() {
        let signer = Signer::new("archive.example/record", [7; 32]).unwrap();
        let note = signer.sign("first\n\nsecond\n").unwrap();
        let read = SignedNote::parse(&note).unwrap();
        assert_eq!((read.text, read.names().collect::<Vec<_>>()), ("first\n\nsecond\n", vec!["archive.example/record"]));
        assert_eq!(read.verify(&signer.verifier()), Ok(()));
        let changed = note.replace("second", "third");
        let name = || "archive.example/record".to_owned();
        assert_eq!(SignedNote::parse(&changed).unwrap().verify(&signer.verifier()), Err(NoteError::Broken(name())));
        let other = Signer::new("archive.example/record", [8; 32]).unwrap().verifier();
        assert_eq!(read.verify(&other), Err(NoteError::Unsigned(name())));
        assert!(signer.sign("no line end").is_err() && SignedNote::parse("no signature\n").is_err());
    }

    #[test]
    fn keys_are_read_as_they_are_written() {
        let signer = Signer::new("archive.example/record", [7; 32]).unwrap();
        assert_eq!(Signer::parse(&signer.text()).unwrap().verifier(), signer.verifier());
        assert_eq!(Verifier::parse(&signer.verifier().text()), Ok(signer.verifier()));
        assert_eq!(Verifier::parse(&signer.verifier().text().replace("archive", "other")), Err(KeyError::Hash));
        assert_eq!(Verifier::parse("archive"), Err(KeyError::Form));
        assert_eq!(Signer::new("two words", [7; 32]).err(), Some(KeyError::Name));
    }

    /// Key and note of the Go implementation's documentation (golang.org/x/mod/sumdb/note).
    #[test]
    fn notes_of_another_implementation_are_believed() {
        let verifier = Verifier::parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW").unwrap();
        let note = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n\
            — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
        assert_eq!(SignedNote::parse(note).unwrap().verify(&verifier), Ok(()));
    }
}
