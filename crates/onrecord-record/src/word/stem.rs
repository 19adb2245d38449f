//! A light stemmer for English: enough to find "shelters" in "sheltering", no more.

/// Inflections that no rule reaches, and the word they belong to.
const IRREGULAR: [(&str, &str); 62] = [
    ("began", "begin"),
    ("begun", "begin"),
    ("bore", "bear"),
    ("bought", "buy"),
    ("broke", "break"),
    ("broken", "break"),
    ("brought", "bring"),
    ("built", "build"),
    ("came", "come"),
    ("caught", "catch"),
    ("children", "child"),
    ("chose", "choose"),
    ("dead", "die"),
    ("death", "die"),
    ("deaths", "die"),
    ("drew", "draw"),
    ("drove", "drive"),
    ("dying", "die"),
    ("fallen", "fall"),
    ("fell", "fall"),
    ("felt", "feel"),
    ("fled", "flee"),
    ("flew", "fly"),
    ("fought", "fight"),
    ("found", "find"),
    ("gave", "give"),
    ("given", "give"),
    ("gone", "go"),
    ("grew", "grow"),
    ("grown", "grow"),
    ("held", "hold"),
    ("kept", "keep"),
    ("knew", "know"),
    ("known", "know"),
    ("led", "lead"),
    ("left", "leave"),
    ("lost", "lose"),
    ("made", "make"),
    ("meant", "mean"),
    ("men", "man"),
    ("met", "meet"),
    ("paid", "pay"),
    ("risen", "rise"),
    ("rose", "rise"),
    ("sent", "send"),
    ("shown", "show"),
    ("slain", "kill"),
    ("sold", "sell"),
    ("sought", "seek"),
    ("spoke", "speak"),
    ("stood", "stand"),
    ("struck", "strike"),
    ("taken", "take"),
    ("taught", "teach"),
    ("thought", "think"),
    ("took", "take"),
    ("went", "go"),
    ("withdrawn", "withdraw"),
    ("withdrew", "withdraw"),
    ("women", "woman"),
    ("won", "win"),
    ("written", "write"),
];

/// The stem of a word in lower case. A key for comparing, not a word to show: "promise" and "promising" both give "promiz".
pub(crate) fn stem(word: &str) -> String {
    if !word.is_ascii() {
        return word.to_owned();
    }
    let known = IRREGULAR.binary_search_by_key(&word, |(form, _)| form).ok().and_then(|at| IRREGULAR.get(at));
    let word = known.map_or(word, |(_, base)| base);
    one_spelling(without_tense(without_plural(word)))
}

fn without_plural(word: &str) -> String {
    match word {
        _ if word.len() <= 3 => word.to_owned(),
        _ if word.len() > 4 && word.ends_with("ies") => format!("{}y", word.trim_end_matches("ies")),
        _ if ["sses", "shes", "ches", "xes", "zes"].iter().any(|end| word.ends_with(end)) => cut(word, 2),
        _ if ["ss", "us", "is"].iter().any(|end| word.ends_with(end)) => word.to_owned(),
        _ => word.strip_suffix('s').unwrap_or(word).to_owned(),
    }
}

fn without_tense(word: String) -> String {
    if word.len() > 4 && word.ends_with("ied") {
        return format!("{}y", cut(&word, 3));
    }
    if word.ends_with("eed") {
        return if word.len() > 5 && !word.ends_with("ceed") { cut(&word, 1) } else { word };
    }
    let rest = ["ing", "ed"].iter().find_map(|end| word.strip_suffix(end));
    // "bring" and "red" are no inflections: what stays must look like a word.
    match rest.filter(|rest| rest.len() >= 3 && rest.contains(['a', 'e', 'i', 'o', 'u', 'y'])) {
        Some(rest) => rest.to_owned(),
        None => word,
    }
}

/// Drops a last "e" and the doubling of a last consonant; British spelling becomes American.
fn one_spelling(mut word: String) -> String {
    if word.len() > 3 && word.ends_with('e') {
        word.pop();
    }
    let last_two: Vec<char> = word.chars().rev().take(2).collect();
    if word.len() > 3 && last_two.first() == last_two.last() && !word.ends_with(['a', 'e', 'i', 'o', 'u']) {
        word.pop();
    }
    for (british, american, least) in [("our", "or", 5), ("is", "iz", 6), ("fenc", "fens", 6), ("centr", "center", 5)] {
        if word.len() >= least && word.ends_with(british) {
            return format!("{}{american}", cut(&word, british.len()));
        }
    }
    word
}

/// `word`, which is ASCII, without its last `bytes`.
fn cut(word: &str, bytes: usize) -> String {
    word.get(..word.len().saturating_sub(bytes)).unwrap_or(word).to_owned()
}

#[cfg(test)]
mod tests {
    use super::{IRREGULAR, stem};

    #[test]
    fn inflections_share_a_stem() {
        for group in [
            &["shelter", "shelters", "sheltered", "sheltering"][..],
            &["deny", "denies", "denied", "denying"],
            &["strike", "struck", "striking", "strikes"],
            &["kill", "killed", "killing", "slain"],
            &["harbour", "harbor", "harbouring", "harbors"],
            &["agree", "agreed", "agrees"],
            &["promise", "promised", "promising"],
            &["organise", "organized", "organising"],
            &["attack", "attacks", "attacked"],
            &["process", "processes"],
        ] {
            let stems: Vec<String> = group.iter().map(|word| stem(word)).collect();
            assert!(stems.windows(2).all(|pair| pair[0] == pair[1]), "{group:?} gave {stems:?}");
        }
    }

    #[test]
    fn other_words_keep_their_own() {
        for (one, other) in
            [("bring", "brand"), ("red", "rod"), ("thing", "theme"), ("crisis", "cry"), ("us", "use"), ("news", "newly")]
        {
            assert_ne!(stem(one), stem(other));
        }
    }

    #[test]
    fn the_irregular_forms_are_sorted() {
        assert!(IRREGULAR.is_sorted_by_key(|(form, _)| form));
    }
}
