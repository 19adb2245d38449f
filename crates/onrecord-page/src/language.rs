//! Which language a text is in.

use whatlang::Lang;

/// Letters below which a text is too short to tell.
const ENOUGH_LETTERS: usize = 100;

/// Bytes that the detector sees.
const WINDOW: usize = 8192;

/// ISO 639-1 code of the language of `text`, when it can be told.
pub(crate) fn of(text: &str) -> Option<String> {
    let window = text.get(..text.floor_char_boundary(WINDOW))?;
    if window.chars().filter(|letter| letter.is_alphabetic()).count() < ENOUGH_LETTERS {
        return None;
    }
    let info = whatlang::detect(window)?;
    info.is_reliable().then(|| two_letters(info.lang()).to_owned())
}

/// The language that a page declares (`en-GB`, `pt_BR`) as its ISO 639-1 code.
pub(crate) fn declared(tag: Option<&str>) -> Option<String> {
    let code = tag?.trim().split(['-', '_']).next()?.to_ascii_lowercase();
    (code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_lowercase())).then_some(code)
}

/// ISO 639-1 where there is a code, else ISO 639-3.
fn two_letters(language: Lang) -> &'static str {
    match language {
        Lang::Afr => "af",
        Lang::Aka => "ak",
        Lang::Amh => "am",
        Lang::Ara => "ar",
        Lang::Aze => "az",
        Lang::Bel => "be",
        Lang::Ben => "bn",
        Lang::Bul => "bg",
        Lang::Cat => "ca",
        Lang::Ces => "cs",
        Lang::Cmn => "zh",
        Lang::Dan => "da",
        Lang::Deu => "de",
        Lang::Ell => "el",
        Lang::Eng => "en",
        Lang::Epo => "eo",
        Lang::Est => "et",
        Lang::Fin => "fi",
        Lang::Fra => "fr",
        Lang::Guj => "gu",
        Lang::Heb => "he",
        Lang::Hin => "hi",
        Lang::Hrv => "hr",
        Lang::Hun => "hu",
        Lang::Hye => "hy",
        Lang::Ind => "id",
        Lang::Ita => "it",
        Lang::Jav => "jv",
        Lang::Jpn => "ja",
        Lang::Kan => "kn",
        Lang::Kat => "ka",
        Lang::Khm => "km",
        Lang::Kor => "ko",
        Lang::Lat => "la",
        Lang::Lav => "lv",
        Lang::Lit => "lt",
        Lang::Mal => "ml",
        Lang::Mar => "mr",
        Lang::Mkd => "mk",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Nld => "nl",
        Lang::Nob => "nb",
        Lang::Ori => "or",
        Lang::Pan => "pa",
        Lang::Pes => "fa",
        Lang::Pol => "pl",
        Lang::Por => "pt",
        Lang::Ron => "ro",
        Lang::Rus => "ru",
        Lang::Sin => "si",
        Lang::Slk => "sk",
        Lang::Slv => "sl",
        Lang::Sna => "sn",
        Lang::Spa => "es",
        Lang::Srp => "sr",
        Lang::Swe => "sv",
        Lang::Tam => "ta",
        Lang::Tel => "te",
        Lang::Tgl => "tl",
        Lang::Tha => "th",
        Lang::Tuk => "tk",
        Lang::Tur => "tr",
        Lang::Ukr => "uk",
        Lang::Urd => "ur",
        Lang::Uzb => "uz",
        Lang::Vie => "vi",
        Lang::Yid => "yi",
        Lang::Zul => "zu",
        other => other.code(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn tells_the_language_of_enough_text() {
        let text = "The two governments agreed to meet again in the spring, but neither side would say where the talks are to be held or who will lead them.";
        assert_eq!(super::of(text).as_deref(), Some("en"));
        assert_eq!(super::of("Too short."), None);
        assert_eq!(super::declared(Some("pt-BR")).as_deref(), Some("pt"));
    }
}
