//! Trains the model and writes it with its manifest.

use std::fmt::Write as _;

use anyhow::Result;
use onrecord_lexicon::Lexicon;
use sha2::{Digest, Sha256};

use crate::corpora;

const MODEL: &str = "models/english.model";
const MANIFEST: &str = "models/english.toml";

pub(crate) fn train(lexicon: &Lexicon) -> Result<()> {
    let corpora = corpora::load()?;
    let mut log = String::new();
    let started = std::time::Instant::now();
    let file = onrecord_lang::train::train(&corpora, lexicon, &mut |line| {
        println!("{:6.1} s  {line}", started.elapsed().as_secs_f64());
        log.push_str(&line);
        log.push('\n');
    });
    let model = onrecord_lang::Model::from_bytes(&file)?;
    std::fs::write(MODEL, &file)?;
    let scores = crate::scores::table(&model, lexicon)?;
    println!("{scores}");
    std::fs::write(MANIFEST, manifest(&file, &log, &scores)?)?;
    println!("{MODEL}: {} bytes, {}", file.len(), model.fingerprint());
    Ok(())
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn manifest(file: &[u8], log: &str, scores: &str) -> Result<String> {
    let mut text = String::from(
        "# Written by `cargo xtask train`. What the model was made from, what training said, and what it scores.\n\n",
    );
    writeln!(text, "sha256 = \"{}\"\nbytes = {}", hash(file), file.len())?;
    writeln!(text, "licence = \"CC-BY-SA-4.0: trained on texts under CC BY-SA; see models/README.md\"")?;
    writeln!(text, "training = '''\n{log}'''\nscores = '''\n{scores}'''")?;
    for path in corpora::files()? {
        let bytes = std::fs::read(&path)?;
        let name = path.strip_prefix(corpora::SHARED).map_or(path.as_str(), |name| name.trim_start_matches('/'));
        writeln!(text, "\n[[source]]\nfile = \"{name}\"\nsha256 = \"{}\"\nlicence = \"{}\"", hash(&bytes), licence(name))?;
    }
    Ok(text)
}

fn licence(file: &str) -> &'static str {
    const LICENCES: [(&str, &str); 11] = [
        ("en_ewt", "CC BY-SA 4.0, Universal Dependencies English EWT"),
        ("en_gum-ccby-", "CC BY 4.0, GUM"),
        ("en_gum-ccbysa", "CC BY-SA 4.0, GUM"),
        ("ecbplus", "CC BY 3.0, ECB+"),
        ("plover", "CC BY-SA 4.0, Open Event Data Alliance"),
        ("re3d", "OGL-3, CC BY, CC BY-SA and public domain by line, re3d"),
        ("wikiwars", "CC BY-SA 3.0, WikiWars"),
        ("wikigold", "CC BY 4.0, WikiGold; text of Wikipedia CC BY-SA"),
        ("crossner", "MIT, CrossNER; text of Wikipedia CC BY-SA"),
        ("btc", "CC BY 4.0, Broad Twitter Corpus"),
        ("wnut", "CC BY 4.0, WNUT 2017"),
    ];
    LICENCES.iter().find(|(start, _)| file.starts_with(start)).map_or("MIT OR Apache-2.0, this project", |(_, licence)| licence)
}
