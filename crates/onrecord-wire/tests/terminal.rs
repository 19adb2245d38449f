//! The brief of a hand-made record on a terminal.

mod sample;

use onrecord_wire::terminal::brief;

#[test]
fn no_line_is_wider_than_asked() {
    for width in [40, 80, 120] {
        for line in brief(&sample::record(), &sample::lexicon(), width, false).lines() {
            assert!(line.chars().count() <= width, "{width}: {line}");
        }
    }
}

#[test]
fn show() {
    println!("{}", brief(&sample::record(), &sample::lexicon(), 80, false));
}
