//! What a name may mean.

use onrecord_gazetteer::{CountryCode, Gazetteer, Place, PlaceId, PlaceKind};
use onrecord_lexicon::{ActorKind, Lexicon, Name, NameKind};

use super::sphere::kilometres;
use super::{ResolvedPlace, WherePrecision};

/// Places of the lexicon and of the gazetteer nearer to one another than this, with one name, are one.
const SAME_PLACE: f64 = 40.0;
/// News names the places of the lexicon as often as cities of this size.
const PEOPLE_OF_LISTED: u32 = 1_000_000;

/// What is known of places.
pub(super) struct Known<'a> {
    pub(super) lexicon: &'a Lexicon,
    pub(super) gazetteer: &'a Gazetteer,
}

/// A meaning of a name.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Candidate {
    pub(super) name: String,
    pub(super) countries: Vec<String>,
    pub(super) point: Option<(f64, f64)>,
    pub(super) population: u32,
    pub(super) kind: Kind,
    /// Its number in the gazetteer, and those of its region and district.
    pub(super) id: Option<PlaceId>,
    pub(super) region: Option<PlaceId>,
    pub(super) district: Option<PlaceId>,
    /// Whether the name is its canonical one.
    pub(super) is_canonical: bool,
    /// Whether the lexicon lists it, as news of disputes names it.
    pub(super) is_listed: bool,
}

/// What a candidate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Of the gazetteer.
    Filed(PlaceKind),
    /// A city, town, base, camp or crossing of the lexicon.
    ListedPoint,
    /// A region or island of the lexicon.
    ListedArea,
    /// A river or border of the lexicon.
    ListedLine,
    /// A sea, strait or a part of the world of the lexicon.
    ListedBeyond,
}

impl Candidate {
    pub(super) fn is_country(&self) -> bool {
        self.kind == Kind::Filed(PlaceKind::Country)
    }

    /// Whether it is a country, a region or a district.
    pub(super) fn is_area(&self) -> bool {
        matches!(self.kind, Kind::ListedArea) || matches!(self.kind, Kind::Filed(kind) if kind.is_area())
    }

    /// Whether it holds `other`, by what the gazetteer files.
    pub(super) fn holds(&self, other: &Candidate) -> bool {
        match self.kind {
            Kind::Filed(PlaceKind::Country) => {
                !other.is_country() && self.countries.iter().any(|code| other.countries.contains(code))
            }
            Kind::Filed(PlaceKind::Region) => self.id.is_some() && other.region == self.id,
            Kind::Filed(PlaceKind::District) => self.id.is_some() && other.district == self.id,
            _ => false,
        }
    }

    /// Whether everybody has heard of it: a country, a region, a capital, a city of a hundred thousand.
    pub(super) fn is_widely_known(&self) -> bool {
        let is_great = matches!(self.kind, Kind::Filed(PlaceKind::Country | PlaceKind::Region | PlaceKind::Capital));
        is_great || self.population >= 100_000
    }

    /// Kilometres to `other`, where both have a point.
    pub(super) fn distance(&self, other: &Candidate) -> Option<f64> {
        Some(kilometres(self.point?, other.point?))
    }

    pub(super) fn precision(&self) -> WherePrecision {
        match self.kind {
            Kind::Filed(PlaceKind::Country) => WherePrecision::Country,
            Kind::Filed(PlaceKind::Region) => WherePrecision::Region,
            Kind::Filed(PlaceKind::District) => WherePrecision::District,
            Kind::Filed(_) | Kind::ListedPoint => WherePrecision::Exact,
            Kind::ListedArea | Kind::ListedLine => WherePrecision::Stretch,
            Kind::ListedBeyond => WherePrecision::Beyond,
        }
    }

    pub(super) fn resolved(&self) -> Option<ResolvedPlace> {
        let (lat, lon) = self.point?;
        Some(ResolvedPlace { name: self.name.clone(), countries: self.countries.clone(), lat, lon, precision: self.precision() })
    }
}

impl Known<'_> {
    /// All that `name` may mean; with the words taken off that tell what sort of place it is ("Nyanza Province"), where nothing is called
    /// exactly so.
    pub(super) fn candidates(&self, name: &str) -> Vec<Candidate> {
        let exact = self.exactly(name);
        if !exact.is_empty() {
            return exact;
        }
        let initials = name.replace('.', "");
        if initials.len() >= 2 && initials.chars().all(|c| c.is_ascii_uppercase()) {
            return self.gazetteer.regions_with_initials(&initials).into_iter().map(|place| self.filed(place, name)).collect();
        }
        let bare = self.without_sort(name);
        let spellings = [bare.to_owned(), without_article(bare).to_owned(), bare.replacen("St. ", "Saint ", 1)];
        let other = spellings.iter().filter(|spelling| !spelling.is_empty() && *spelling != name);
        other.map(|spelling| self.exactly(spelling)).find(|found| !found.is_empty()).unwrap_or_default()
    }

    /// "Nyanza Province": without the word for the sort, and without an article.
    fn without_sort<'n>(&self, name: &'n str) -> &'n str {
        let bare = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
        let is_sort = |word: &str| self.lexicon.list("place-noun").contains(word);
        bare.rsplit_once(' ').filter(|(_, last)| is_sort(last)).map_or(bare, |(rest, _)| rest)
    }

    /// What is called exactly so.
    pub(super) fn exactly(&self, name: &str) -> Vec<Candidate> {
        let mut found: Vec<Candidate> = self.gazetteer.exact(name).into_iter().map(|place| self.filed(place, name)).collect();
        if let Some((_, names)) = self.lexicon.names_at(name, 0).filter(|(end, _)| *end == name.len()) {
            for place in names.iter().filter_map(|name| self.country_named(name)) {
                if !found.iter().any(|known| known.id == Some(place.id)) {
                    found.push(self.filed(place, name));
                }
            }
        }
        if let Some((_, places)) = self.lexicon.places_at(name, 0).filter(|(end, _)| *end == name.len()) {
            for place in places {
                let listed = listed(place, name);
                let is_same = |known: &&mut Candidate| {
                    known.is_area() == listed.is_area() && known.distance(&listed).is_some_and(|distance| distance < SAME_PLACE)
                };
                match found.iter_mut().find(is_same) {
                    Some(known) => known.is_listed = true,
                    None => found.push(listed),
                }
            }
        }
        found
    }

    /// The country whose proper name this is.
    fn country_named(&self, name: &Name) -> Option<Place> {
        let is_state = self.lexicon.actor(&name.actor).is_some_and(|actor| actor.kind == ActorKind::State);
        (is_state && name.kind == NameKind::Proper)
            .then(|| self.gazetteer.country(CountryCode::parse(name.actor.as_str())?))
            .flatten()
    }

    fn filed(&self, place: Place, as_named: &str) -> Candidate {
        let name = self.gazetteer.name(place.id);
        let is_country = place.kind == PlaceKind::Country;
        Candidate {
            is_canonical: is_country || name == as_named,
            name,
            countries: vec![place.country.as_str().to_owned()],
            point: Some((place.lat, place.lon)),
            population: place.population,
            kind: Kind::Filed(place.kind),
            id: Some(place.id),
            region: place.region,
            district: place.district,
            is_listed: false,
        }
    }
}

/// "Al-Raqqa" without the article of Arabic, which English news writes or leaves out.
fn without_article(name: &str) -> &str {
    ["Al-", "Al ", "al-", "al ", "El-", "El ", "el-", "el "].iter().find_map(|article| name.strip_prefix(article)).unwrap_or(name)
}

fn listed(place: &onrecord_lexicon::Place, as_named: &str) -> Candidate {
    let kind = match place.kind.as_str() {
        "region" if place.countries.is_empty() => Kind::ListedBeyond,
        "sea" | "strait" => Kind::ListedBeyond,
        "region" | "island" => Kind::ListedArea,
        "river" | "border" => Kind::ListedLine,
        _ => Kind::ListedPoint,
    };
    Candidate {
        name: place.name.clone(),
        countries: place.countries.clone(),
        point: place.lat.zip(place.lon),
        population: PEOPLE_OF_LISTED,
        kind,
        id: None,
        region: None,
        district: None,
        is_canonical: place.name == as_named,
        is_listed: true,
    }
}
