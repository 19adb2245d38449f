//! Pages a second on one core, all readers included.
//!
//! `cargo bench -p onrecord-page` prints elements a second; an element is a page. `written` are HTML pages of the project's own with menus
//! and lists around the text; `measured` are those in `../shared/data/measure/pages` (or in the folder that `ONRECORD_PAGES` names),
//! where they are at hand.

#![allow(missing_docs, clippy::unwrap_used, reason = "macros of the bench harness; a bench may stop")]

use std::hint::black_box;
use std::io::Read;
use std::path::PathBuf;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use onrecord_lexicon::Lexicon;
use onrecord_page::read_page;

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A page of the size that news sites have: the text in a few paragraphs, and twenty times as much around it.
fn written() -> Vec<u8> {
    let page = include_str!("../tests/pages/page.html");
    let menu: String = (0..400)
        .map(|n| {
            format!("<li class=\"menu-item item-{n}\"><a href=\"/harbour/{n}\"><span>Harbour news, part {n}</span><svg><path d=\"M0 0h24v24H0z\"/></svg></a></li>")
        })
        .collect();
    let script = format!("<script>var settings = [{}];</script>", "{\"slot\": \"top\", \"sizes\": [300, 250]},".repeat(1500));
    page.replacen("<body>", &format!("<body>{script}<nav><ul>{menu}</ul></nav>"), 1).into_bytes()
}

fn measured() -> Vec<Vec<u8>> {
    let folder = std::env::var_os("ONRECORD_PAGES")
        .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/measure/pages")), PathBuf::from);
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "gz"));
    files.sort();
    let unpacked = |path: &PathBuf| {
        let mut raw = Vec::new();
        flate2::read::GzDecoder::new(std::fs::File::open(path).unwrap()).read_to_end(&mut raw).unwrap();
        raw
    };
    files.iter().map(unpacked).collect()
}

fn pages(criterion: &mut Criterion) {
    let lexicon = Lexicon::embedded();
    let mut group = criterion.benchmark_group("pages");
    group.sample_size(10);
    for (name, pages) in [("written", vec![written()]), ("measured", measured())] {
        if pages.is_empty() {
            continue;
        }
        group.throughput(Throughput::Elements(pages.len() as u64));
        group.bench_function(name, |bencher| {
            bencher.iter(|| pages.iter().for_each(|raw| drop(black_box(read_page(raw, "page.html", lexicon).unwrap()))));
        });
    }
    group.finish();
}

criterion_group!(benches, pages);
criterion_main!(benches);
