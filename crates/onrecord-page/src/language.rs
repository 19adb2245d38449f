//! Which language a text is in.

use whatlang::Lang;

/// Letters below which a text is too short to tell.
const ENOUGH_LETTERS: usize = 100;

/// Bytes that the detector sees.
const WINDOW: usize = 4096;

/// Words of English grammar that hardly any other language writes alike, sorted: from one in seven to one in four words of the articles in
/// `examples`.
const ENGLISH: [&str; 27] = [
    "about", "after", "and", "been", "before", "but", "from", "had", "has", "have", "its", "said", "that", "the", "their",
    "there", "these", "they", "this", "were", "which", "who", "will", "with", "would", "you", "your",
];

/// Of a thousand words as many must be among those, and as many of them "the", for a text to be English without further questions.
const MOSTLY_ENGLISH: (usize, usize) = (100, 25);

/// Whether a text is English beyond doubt. Most texts are, and the detector compares each with all languages that it knows.
fn is_english(text: &str) -> bool {
    let (mut all, mut english, mut the) = (0, 0, 0);
    for word in text.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty()) {
        all += 1;
        let mut small = [0; 8];
        let Some(small) = small.get_mut(..word.len()) else { continue };
        small.copy_from_slice(word.as_bytes());
        small.make_ascii_lowercase();
        the += usize::from(*small == *b"the");
        english += usize::from(ENGLISH.binary_search_by(|known| known.as_bytes().cmp(small)).is_ok());
    }
    english * 1000 >= all * MOSTLY_ENGLISH.0 && the * 1000 >= all * MOSTLY_ENGLISH.1
}

/// ISO 639-1 code of the language of `text`, when it can be told, and how many bytes of the text tell it.
pub(crate) fn of(text: &str) -> Option<(String, usize)> {
    let window = text.get(..text.floor_char_boundary(WINDOW))?;
    if window.chars().filter(|letter| letter.is_alphabetic()).count() < ENOUGH_LETTERS {
        return None;
    }
    if is_english(window) {
        return Some(("en".to_owned(), window.len()));
    }
    let info = whatlang::detect(window)?;
    info.is_reliable().then(|| (two_letters(info.lang()).to_owned(), window.len()))
}

/// The language that a page declares (`en-GB`, `pt_BR`) as its ISO 639-1 code.
pub(crate) fn declared(tag: &str) -> Option<String> {
    let code = tag.trim().split(['-', '_']).next()?.to_ascii_lowercase();
    (code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_lowercase())).then_some(code)
}

/// ISO 639-3 and ISO 639-1 codes of the languages that can be told.
const CODES: &str = "\
    afr:af aka:ak amh:am ara:ar aze:az bel:be ben:bn bul:bg cat:ca ces:cs cmn:zh dan:da deu:de ell:el eng:en \
    epo:eo est:et fin:fi fra:fr guj:gu heb:he hin:hi hrv:hr hun:hu hye:hy ind:id ita:it jav:jv jpn:ja kan:kn \
    kat:ka khm:km kor:ko lat:la lav:lv lit:lt mal:ml mar:mr mkd:mk mya:my nep:ne nld:nl nob:nb ori:or pan:pa \
    pes:fa pol:pl por:pt ron:ro rus:ru sin:si slk:sk slv:sl sna:sn spa:es srp:sr swe:sv tam:ta tel:te tgl:tl \
    tha:th tuk:tk tur:tr ukr:uk urd:ur uzb:uz vie:vi yid:yi zul:zu";

/// ISO 639-1 where there is a code, else ISO 639-3.
fn two_letters(language: Lang) -> &'static str {
    let mut codes = CODES.split_whitespace().filter_map(|pair| pair.split_once(':'));
    codes.find(|(three, _)| *three == language.code()).map_or(language.code(), |(_, two)| two)
}

#[cfg(test)]
mod tests {
    #[test]
    fn tells_the_language_of_enough_text() {
        let text = "The two governments agreed to meet again in the spring, but neither side would say where the talks are to be held or who will lead them.";
        assert_eq!(super::of(text), Some(("en".to_owned(), text.len())));
        assert!(super::is_english(text));
        let german = "Die beiden Regierungen wollen sich im Frühjahr wieder treffen. „The talks will go on“, sagte der Minister, doch wo und mit wem, wollte niemand sagen.";
        assert_eq!(super::of(german), Some(("de".to_owned(), german.len())));
        assert!(!super::is_english(german));
        assert_eq!(super::of("Too short."), None);
        assert_eq!(super::declared("pt-BR").as_deref(), Some("pt"));
    }
}
