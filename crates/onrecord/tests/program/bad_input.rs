//! Input that is broken, huge or strange: a clear message that names the file, the rest read, no panic.

use std::fmt::Write as _;
use std::fs;

use crate::run::{Run, folder_with, onrecord};

const GOOD: &str = "Talks resume at the border\n\nThe ministry said on Monday that the talks had resumed.\n";

/// Reads `bytes` beside a good page, which must be read whatever becomes of the other.
fn read_beside_good(name: &str, bytes: &[u8]) -> Run {
    let folder = folder_with(&[("good.txt", GOOD.as_bytes()), (name, bytes)]);
    let run = onrecord(folder.path(), &["read", ".", "--format", "jsonl"]);
    assert!(run.out.contains("the talks had resumed"), "the good page was lost:\n{}{}", run.err, run.out);
    run
}

#[test]
fn an_empty_file_is_named() {
    read_beside_good("empty.txt", b"").ended(0).says(&["empty.txt"]);
}

#[test]
fn a_binary_file_is_named_and_counts_as_unreadable() {
    let bytes: Vec<u8> = (0..4096u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    read_beside_good("binary.html", &bytes).ended(2).says(&["binary.html"]);
}

#[test]
fn a_file_over_the_limit_is_named_with_its_size_and_the_limit() {
    let folder = folder_with(&[("good.txt", GOOD.as_bytes())]);
    // A sparse file: 200 MB by its length, nothing on the disk.
    fs::File::create(folder.path().join("huge.txt")).unwrap().set_len(200_000_000).unwrap();
    let run = onrecord(folder.path(), &["read", "."]).ended(2);
    run.says(&["huge.txt", "200000000", "67108864", "--max-size"]);
    assert!(run.out.contains("the talks had resumed"));
}

#[test]
fn a_folder_without_pages_is_named() {
    let folder = folder_with(&[("nothing/picture.png", b"\x89PNG")]);
    onrecord(folder.path(), &["brief", "nothing"]).ended(2).says(&["no pages in nothing", "skipped 1 file"]);
}

#[test]
fn a_file_that_is_not_there_is_named_and_the_others_are_read() {
    let folder = folder_with(&[("good.txt", GOOD.as_bytes())]);
    let run = onrecord(folder.path(), &["read", "missing.txt", "good.txt"]).ended(2);
    run.says(&["missing.txt"]);
    assert!(run.out.contains("the talks had resumed"));
}

#[test]
#[cfg(unix)]
fn an_unreadable_file_is_named_and_the_others_are_read() {
    let folder = folder_with(&[("good.txt", GOOD.as_bytes())]);
    // Permissions do not stop every user; a link to nothing does.
    std::os::unix::fs::symlink("nowhere.txt", folder.path().join("locked.txt")).unwrap();
    let run = onrecord(folder.path(), &["read", "."]).ended(2);
    run.says(&["locked.txt"]);
    assert!(run.out.contains("the talks had resumed"));
}

#[test]
fn broken_utf8_is_named_with_its_place() {
    let mut bytes = "Cafés\n\nThe minister said that cafés, “crêperies” and pâtisseries were open".as_bytes().to_vec();
    bytes.extend_from_slice(b" and that schools \xff were shut on Monday.\n");
    let run = read_beside_good("broken.txt", &bytes).ended(0);
    run.says(&["broken.txt:3:86: "]);
    assert!(run.out.contains("pâtisseries"), "what is not broken is kept");
}

#[test]
fn nul_bytes_are_named() {
    read_beside_good("nul.txt", b"Nul\n\nThe minister said that\0 talks\0 had failed.\n").says(&["nul.txt"]);
}

#[test]
fn html_cut_in_the_middle_is_read_up_to_the_cut() {
    let page = "<html><body><article><h1>Talks end</h1><p>The minister said that the bridge was closed.</p><p>He add<span cla";
    let run = read_beside_good("cut.html", page.as_bytes()).ended(0);
    assert!(run.out.contains("the bridge was closed"), "{}", run.out);
}

#[test]
fn ten_thousand_levels_of_nesting_are_survived() {
    let page = format!(
        "<html><body>{}<p>The minister said that the bridge was closed.</p>{}</body></html>",
        "<div>".repeat(10_000),
        "</div>".repeat(10_000)
    );
    read_beside_good("deep.html", page.as_bytes()).ended(0);
    let quotes = format!("Deep\n\nThe minister said: {}stop{}\n", "“‘".repeat(10_000), "’”".repeat(10_000));
    read_beside_good("quotes.txt", quotes.as_bytes()).ended(0);
}

#[test]
fn one_line_of_twenty_megabytes_is_read() {
    let picture = "QUJD".repeat(5_000_000);
    let page = format!(
        "<html><body><article><h1>Talks end</h1><img src=\"data:image/png;base64,{picture}\">\
         <p>The minister said that the bridge was closed.</p></article></body></html>"
    );
    let run = read_beside_good("long.html", page.as_bytes()).ended(0);
    assert!(run.out.contains("the bridge was closed"), "{}", run.err);
    read_beside_good("long.txt", &vec![b'a'; 20_000_000]).ended(0);
}

#[test]
fn one_line_of_prose_without_an_end_is_read() {
    let prose = "the lorries crossed the old bridge in the rain and nobody counted them while ".repeat(13_000);
    read_beside_good("endless.txt", format!("Lorries\n\nThe minister said that {prose}\n").as_bytes()).ended(0);
}

#[test]
fn ten_thousand_statements_in_one_file_are_read() {
    let mut page = String::from("Lorries at the bridge\n");
    for n in 0..10_000 {
        write!(page, "\nThe minister said that lorry {n} had crossed the bridge.\n").unwrap();
    }
    read_beside_good("many.txt", page.as_bytes()).ended(0);
}

#[test]
fn a_right_to_left_page_is_read() {
    let page = "<html lang=\"ar\" dir=\"rtl\"><body><article><h1>محادثات على الحدود</h1>\
                <p>قال الوزير إن الجسر مغلق، وأضاف: «لن نفتح البوابة».</p></article></body></html>";
    let run = read_beside_good("arabic.html", page.as_bytes()).ended(0);
    assert!(run.out.contains("محادثات على الحدود"), "{}", run.out);
    let folder = folder_with(&[("arabic.html", page.as_bytes())]);
    onrecord(folder.path(), &["brief", "arabic.html"]).ended(0);
}

#[test]
fn control_characters_of_names_and_pages_do_not_reach_the_terminal() {
    let page = "Talks\n\nThe minister said that \u{1b}[31mred\u{1b}[0m lines \u{202e}had been crossed.\n";
    let folder = folder_with(&[("evil\u{1b}[2J.txt", page.as_bytes())]);
    let run = onrecord(folder.path(), &["brief", ".", "missing\u{1b}[2J.txt"]).ended(2);
    assert!(!run.out.contains('\u{1b}') && !run.err.contains('\u{1b}'), "{}{}", run.out, run.err);
}
