//! Which words name places, and which places they name.
//!
//! [`find`] goes in three steps: `mention` finds the words, `candidate` lists what each may mean, `resolve` weighs the meanings against one another.
//! What it cannot settle has no point: a place is never guessed from its name alone where nothing in the text speaks for it.

mod candidate;
mod mention;
mod resolve;
mod sphere;

use onrecord_gazetteer::Gazetteer;
use onrecord_lang::Analysis;
use onrecord_lexicon::Lexicon;
use onrecord_text::CleanSpan;

/// Words that name a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Toponym {
    /// Where they stand.
    pub span: CleanSpan,
    /// What they mean; `None` where that could not be settled.
    pub place: Option<ResolvedPlace>,
    /// Whether they stand for a government: a capital that says, denies or negotiates is no place where something happens.
    pub is_government: bool,
}

/// The place that words mean. Coordinates are WGS 84 degrees.
#[derive(Debug, Clone, PartialEq)]
pub struct ResolvedPlace {
    /// Canonical name.
    pub name: String,
    /// Ids of the states it lies in, as the lexicon or the gazetteer files it.
    pub countries: Vec<String>,
    /// Latitude.
    pub lat: f64,
    /// Longitude.
    pub lon: f64,
    /// How exactly the point tells where it is.
    pub precision: WherePrecision,
}

/// How exactly a point tells where something is: `where_prec` of UCDP GED.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum WherePrecision {
    /// The place itself: a town, a base, a crossing.
    Exact = 1,
    /// A known place near to it ("outside Veld"): where something happened, never what a name alone means.
    Near = 2,
    /// A point that stands for a district.
    District = 3,
    /// A point that stands for a first-level division.
    Region = 4,
    /// A point that stands for a line or an area across divisions: a border, a river, a region with a name of its own.
    Stretch = 5,
    /// A point that stands for a country.
    Country = 6,
    /// A point at sea, or one for several countries.
    Beyond = 7,
}

impl WherePrecision {
    /// The number that UCDP gives it.
    #[must_use]
    pub const fn ucdp(self) -> u8 {
        self as u8
    }
}

/// The names of places in `text`, in order, with what they mean. None lies within another.
#[must_use]
pub fn find(text: &str, analysis: &Analysis, lexicon: &Lexicon, gazetteer: &Gazetteer) -> Vec<Toponym> {
    let known = candidate::Known { lexicon, gazetteer };
    let mentions = mention::find(text, analysis, &known);
    resolve::resolve(text, analysis, &known, mentions)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
mod tests {
    use onrecord_gazetteer::Gazetteer;
    use onrecord_lang::Model;
    use onrecord_lexicon::Lexicon;
    use onrecord_page::{Block, BlockKind};
    use onrecord_text::CleanSpan;

    use super::{Toponym, WherePrecision, find};

    fn toponyms(text: &str) -> Vec<Toponym> {
        let blocks = [Block { span: CleanSpan::new(0, u32::try_from(text.len()).unwrap()), kind: BlockKind::Paragraph }];
        let lexicon = Lexicon::embedded();
        let analysis = onrecord_lang::analyse(text, &blocks, lexicon, Model::embedded());
        find(text, &analysis, lexicon, Gazetteer::embedded())
    }

    /// Checks that `text` names these places, each in this country ("" where it is left open).
    fn check(text: &str, expected: &[(&str, &str)]) {
        let toponyms = toponyms(text);
        let country =
            |toponym: &Toponym| toponym.place.as_ref().and_then(|place| place.countries.first()).cloned().unwrap_or_default();
        let found: Vec<(&str, String)> = toponyms.iter().map(|toponym| (toponym.span.cut(text), country(toponym))).collect();
        let found: Vec<(&str, &str)> = found.iter().map(|(name, country)| (*name, country.as_str())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn an_area_right_behind_a_name_tells_which_place_it_is() {
        check("The envoys met in Birmingham, Alabama, on Monday.", &[("Birmingham", "us"), ("Alabama", "us")]);
        check("The envoys met in Birmingham, England, on Monday.", &[("Birmingham", "gb"), ("England", "gb")]);
    }

    #[test]
    fn the_countries_of_a_text_tell_which_place_it_is() {
        check("Pakistan closed the road. Trucks waited in Hyderabad.", &[("Pakistan", "pk"), ("Hyderabad", "pk")]);
        check("India closed the road. Trucks waited in Hyderabad.", &[("India", "in"), ("Hyderabad", "in")]);
    }

    #[test]
    fn a_name_between_its_like_is_of_their_sort() {
        check("It rained in Alabama, Georgia and Florida.", &[("Alabama", "us"), ("Georgia", "us"), ("Florida", "us")]);
        check("It rained in Armenia, Georgia and Turkey.", &[("Armenia", "am"), ("Georgia", "ge"), ("Turkey", "tr")]);
    }

    #[test]
    fn places_of_the_lexicon_are_found_too() {
        check("Two soldiers were shot near the Torkham crossing.", &[("Torkham", "pk")]);
    }

    #[test]
    fn a_village_in_no_list_lies_in_the_area_named_with_it() {
        let toponyms = toponyms("A bridge fell in the village of Qorbanzai in Helmand.");
        let place = toponyms[0].place.as_ref().unwrap();
        assert_eq!((place.countries.as_slice(), place.precision), (["af".to_owned()].as_slice(), WherePrecision::Region));
    }

    #[test]
    fn a_name_that_nothing_speaks_for_is_left_open() {
        check("The farm in Arlenvik was sold.", &[("Arlenvik", "")]);
    }

    #[test]
    fn odd_text_gives_no_panic() {
        for text in [
            "",
            "the The, (",
            "in É’s, Łódź–İstanbul/Örebro (ß)",
            "In In In, in NSW, in the, in U.S.",
            "’sParis’s\u{a0}Rome\nin\tOslo",
        ] {
            let _ = toponyms(text);
        }
    }

    #[test]
    fn a_capital_that_speaks_is_a_government() {
        let is_government = |text| toponyms(text).iter().map(|toponym| toponym.is_government).collect::<Vec<_>>();
        assert_eq!(is_government("Moscow said on Monday that the talks had failed."), [true]);
        assert_eq!(is_government("Shells fell on Kyiv on Monday."), [false]);
        assert_eq!(is_government("The talks between Moscow and Kyiv were held in Geneva."), [true, true, false]);
    }
}
