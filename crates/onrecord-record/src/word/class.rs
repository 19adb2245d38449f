//! Words that grammar needs: they say how a sentence is built, not what it is about.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use rustc_hash::FxBuildHasher;

/// Looked up only: its order never reaches output.
type Words = LazyLock<HashSet<&'static str, FxBuildHasher>>;

/// Words that carry no content of their own.
const EMPTY: &str = "\
    a about above according across after again against all almost along already also although am amid among an and \
    another any are around as at away back be because been before being below between beyond both but by can come \
    could did do does doing done down during each either else even ever every few for from further get go goes \
    going had has have having he her here hers herself him himself his how however i if in indeed instead into is \
    it its itself just let like made make makes making many may me might mine more most much must my myself non \
    now of off on once one only onto or other others ought our ours ourselves out over own per put rather said \
    same say saying says several shall she should since so some still such than that the their theirs them \
    themselves then there these they this those though through thus to too toward towards under until up upon us \
    very via was we well were what when where whether which while who whom whose why will with within would yet \
    you your";

/// Words of the speaker for its own side.
const OWN_SIDE: &str = "i me mine my myself our ours ourselves us we";

/// Words that turn a sentence round.
const TURNING: &str = "\
    cannot deny denied denies denying fail failed failing fails failure lack lacked lacking lacks neither never no \
    nobody none nor not nothing nowhere refusal refuse refused refuses refusing reject rejected rejecting rejects \
    without";

/// Pairs of sides that exclude each other. A word stands on one line only.
const CONTRARY: [(&str, &str); 22] = [
    ("open opened reopen reopened", "close closed shut closure"),
    ("kill killed die died dead death", "wound wounded injure injured hurt"),
    ("accept accepted approve approved", "dismiss dismissed veto"),
    ("rise rose increase increased", "fall fell decrease decreased decline drop"),
    ("start started begin began resume resumed", "stop stopped end ended halt suspend suspended"),
    ("enter entered", "leave left exit"),
    ("honour honoured comply complied", "violate violated breach breached break broke"),
    ("deploy deployed", "withdraw withdrew pull"),
    ("release released free freed", "detain detained arrest arrested capture captured"),
    ("support supported back backed", "oppose opposed"),
    ("condemn condemned", "praise praised welcome welcomed"),
    ("victory win won", "defeat defeated lose lost"),
    ("true", "false"),
    ("possible", "impossible"),
    ("legal lawful", "illegal unlawful"),
    ("import imports", "export exports"),
    ("strengthen strengthened", "weaken weakened"),
    ("allow allowed permit permitted", "ban banned bar barred prohibit prohibited block blocked"),
    ("success succeeded", "collapse collapsed"),
    ("north northern", "south southern"),
    ("east eastern", "west western"),
    ("first", "last second third"),
];

/// Number words worth a figure, "one" excepted: it is mostly a pronoun.
const NUMBERS: [(&str, &str); 20] = [
    ("eight", "8"),
    ("eighteen", "18"),
    ("eighty", "80"),
    ("eleven", "11"),
    ("fifteen", "15"),
    ("fifty", "50"),
    ("five", "5"),
    ("forty", "40"),
    ("four", "4"),
    ("fourteen", "14"),
    ("hundred", "100"),
    ("nine", "9"),
    ("seven", "7"),
    ("six", "6"),
    ("sixty", "60"),
    ("ten", "10"),
    ("thirty", "30"),
    ("three", "3"),
    ("twelve", "12"),
    ("twenty", "20"),
];

pub(crate) fn is_empty_word(word: &str) -> bool {
    static WORDS: Words = LazyLock::new(|| EMPTY.split_whitespace().collect());
    WORDS.contains(word)
}

pub(crate) fn is_own_side(word: &str) -> bool {
    static WORDS: Words = LazyLock::new(|| OWN_SIDE.split_whitespace().collect());
    WORDS.contains(word)
}

/// Whether it turns the sentence round; "don't" and its like do.
pub(crate) fn is_turning(word: &str) -> bool {
    static WORDS: Words = LazyLock::new(|| TURNING.split_whitespace().collect());
    word.ends_with("n't") || WORDS.contains(word)
}

/// The digits of a number word or of a number in digits, without separators: "1,200" gives "1200".
pub(crate) fn number(word: &str) -> Option<String> {
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return Some(word.replace(',', ""));
    }
    if word == "two" {
        return Some("2".to_owned());
    }
    let at = NUMBERS.binary_search_by_key(&word, |(name, _)| name).ok()?;
    NUMBERS.get(at).map(|(_, digits)| (*digits).to_owned())
}

/// Every word that excludes others: the number of its pair, and its side.
pub(crate) fn contrary_words() -> impl Iterator<Item = (&'static str, (usize, bool))> {
    let sides = CONTRARY.iter().enumerate().flat_map(|(pair, (one, other))| [(*one, (pair, false)), (*other, (pair, true))]);
    sides.flat_map(|(words, side)| words.split_whitespace().map(move |word| (word, side)))
}

/// The pair and the side of a stem that excludes others.
pub(crate) fn contrary_stem(stem: &str) -> Option<(usize, bool)> {
    static STEMS: LazyLock<HashMap<String, (usize, bool), FxBuildHasher>> =
        LazyLock::new(|| contrary_words().map(|(word, side)| (super::stem(word), side)).collect());
    STEMS.get(stem).copied()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{EMPTY, NUMBERS, OWN_SIDE, contrary_words, is_turning, number};
    use crate::word::stem;

    #[test]
    fn numbers_are_read() {
        assert_eq!(number("1,200").as_deref(), Some("1200"));
        assert_eq!(number("thirty").as_deref(), Some("30"));
        assert_eq!(number("one"), None);
        assert!(NUMBERS.is_sorted_by_key(|(name, _)| name));
    }

    #[test]
    fn contracted_negations_turn() {
        assert!(is_turning("won't") && is_turning("failed") && !is_turning("wont"));
    }

    #[test]
    fn own_side_words_are_empty_too() {
        assert!(OWN_SIDE.split(' ').all(|own| EMPTY.split_whitespace().any(|word| word == own)));
    }

    #[test]
    fn no_stem_stands_on_two_sides() {
        let mut sides = BTreeMap::new();
        for (word, side) in contrary_words() {
            assert_eq!(*sides.entry(stem(word)).or_insert(side), side, "{word}");
        }
    }
}
