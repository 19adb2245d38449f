//! Mangled pages: no panic, no hang, memory within a bound, and every kept word still leads to its bytes. `HOSTILE=100000 cargo test --release -p onrecord-page
//! --test hostile` reads that many.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

mod words;

use std::time::{Duration, Instant};

use onrecord_lexicon::Lexicon;
use onrecord_page::read_page;

/// Pages that are mangled without being asked for more.
const USUAL: u64 = 400;

/// Longest time that one page may take. A busy machine is a few times slower than an idle one.
const LONGEST: Duration = Duration::from_secs(5);

/// A generator of numbers that are the same every time (xorshift64*).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(number).unwrap() % sides.max(1)
    }
}

/// A piece of a list, its element never closed.
const CARD: &[u8] =
    b"<article><h3><a href=/n>The ferry runs again</a></h3><time>18 November 2025</time><span class=author>By Mara Lind</span>\
    <p>The ferry between the two shores resumed on Tuesday after a week of storms, the ministry of ports said.</p>";

fn mangled(dice: &mut Dice) -> Vec<u8> {
    let seeds: [&[u8]; 3] =
        [include_bytes!("pages/page.html"), include_bytes!("pages/copied.txt"), include_bytes!("pages/aggregator.txt")];
    let mut page = seeds[dice.roll(3)].to_vec();
    for _ in 0..=dice.roll(4) {
        let at = dice.roll(page.len());
        match dice.roll(11) {
            0 => page.truncate(at),
            1 => (0..=dice.roll(40)).for_each(|_| {
                let at = dice.roll(page.len());
                if let Some(byte) = page.get_mut(at) {
                    *byte ^= u8::try_from(1 + dice.roll(255)).unwrap();
                }
            }),
            2 => insert(&mut page, at, &b"<div><b><table><a href=x>".repeat(dice.roll(2000))),
            3 => insert(&mut page, at, &b"&amp;&#x41;&bogus;&#99999999;&".repeat(dice.roll(3000))),
            4 => insert(&mut page, at, &[&b"<p class=\""[..], &b"nav share body ".repeat(dice.roll(5000)), b"\">"].concat()),
            5 => insert(&mut page, at, &b"</p></div></article>".repeat(dice.roll(2000))),
            6 => insert(&mut page, at, &b"<!--<script><![CDATA[".repeat(dice.roll(1000))),
            7 => {
                insert(&mut page, at, &[&b"<script type=application/ld+json>"[..], &b"[{\"a\":".repeat(dice.roll(4000))].concat())
            }
            8 => insert(&mut page, at, &CARD.repeat(dice.roll(500))),
            9 => insert(&mut page, at, &"p\u{200b}\u{301}\u{202e}ør\n".as_bytes().repeat(dice.roll(2000))),
            _ => {
                let other = page.clone();
                insert(&mut page, at, &other);
            }
        }
    }
    page
}

fn insert(page: &mut Vec<u8>, at: usize, bytes: &[u8]) {
    page.splice(at..at, bytes.iter().copied());
}

/// Most memory that the whole run may have held, in KiB.
const MOST_MEMORY: u64 = 1 << 20;

/// Most memory that this process has held, in KiB, where the system says so.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().trim_end_matches("kB").trim().parse().ok()
}

#[test]
fn mangled_pages_are_read() {
    let count = std::env::var("HOSTILE").ok().and_then(|count| count.parse().ok()).unwrap_or(USUAL);
    let lexicon = Lexicon::embedded();
    let mut slowest = (Duration::ZERO, 0);
    for number in 0..count {
        let bytes = mangled(&mut Dice(0x9e37_79b9_7f4a_7c15 ^ (number + 1)));
        let start = Instant::now();
        let page = read_page(&bytes, "page", lexicon).unwrap();
        slowest = slowest.max((start.elapsed(), number));
        words::lead_to_the_source(&page);
    }
    assert!(slowest.0 < LONGEST, "page {} took {:?}", slowest.1, slowest.0);
    let peak = peak_memory();
    assert!(peak.is_none_or(|peak| peak < MOST_MEMORY), "{peak:?} KiB were held");
    report(count, slowest, peak);
}

#[allow(clippy::print_stderr, reason = "the figures are what a long run is for")]
fn report(count: u64, slowest: (Duration, u64), peak: Option<u64>) {
    eprintln!("{count} pages; the slowest, {}, took {:?}; {} MiB at most", slowest.1, slowest.0, peak.unwrap_or(0) / 1024);
}
