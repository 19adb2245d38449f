//! Look-ups.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use fst::raw::{CompiledAddr, Fst, Output};

use crate::format::{self, Damaged, LAST_OF_NAME, LAST_POSTING, NO_AREA, RECORD};
use crate::place::{CountryCode, Place, PlaceId, PlaceKind};

type Names = Fst<Cow<'static, [u8]>>;

/// Places by name.
pub struct Gazetteer {
    countries: Cow<'static, [u8]>,
    areas: Cow<'static, [u8]>,
    records: Cow<'static, [u8]>,
    names: Names,
    aliases: Names,
    postings: Cow<'static, [u8]>,
    /// Found on first use.
    areas_at_hand: OnceLock<AreasAtHand>,
}

#[derive(Default)]
struct AreasAtHand {
    countries: BTreeMap<CountryCode, PlaceId>,
    regions_by_initials: BTreeMap<String, Vec<PlaceId>>,
}

static FILE: &[u8] = include_bytes!("../../../data/gazetteer/places.bin");

static EMBEDDED: LazyLock<Gazetteer> = LazyLock::new(|| match Gazetteer::read(Cow::Borrowed(FILE)) {
    Ok(gazetteer) => gazetteer,
    Err(damaged) => unreachable!("a test reads this file: {damaged}"),
});

impl Gazetteer {
    /// The gazetteer of `data/gazetteer`.
    #[must_use]
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// The gazetteer in these bytes, as [`crate::pack`] writes them.
    ///
    /// # Errors
    /// What is [`Damaged`].
    pub fn from_bytes(file: Vec<u8>) -> Result<Self, Damaged> {
        let checked = format::check(&file);
        let gazetteer = Self::read(Cow::Owned(file))?;
        checked.map(|()| gazetteer)
    }

    fn read(file: Cow<'static, [u8]>) -> Result<Self, Damaged> {
        let [countries, areas, records, names, aliases, postings] = format::cut(file)?;
        let map = |bytes, section| Fst::new(bytes).map_err(|_| Damaged::Section(section));
        if records.len() % RECORD != 0 {
            return Err(Damaged::Section("records"));
        }
        Ok(Self {
            countries,
            areas,
            records,
            names: map(names, "names")?,
            aliases: map(aliases, "aliases")?,
            postings,
            areas_at_hand: OnceLock::new(),
        })
    }

    /// How many places there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len() / RECORD
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// The longest name that starts at byte `at` of `text` and ends where a word ends: its end in `text`, and the places of that name,
    /// those with most people first. Nothing when `at` is inside a word.
    ///
    /// Hyphens match blanks and each other, curly apostrophes straight ones; nothing else is bent.
    #[must_use]
    pub fn longest_at(&self, text: &str, at: usize) -> Option<(usize, Vec<Place>)> {
        let found = self.names_at(text, at);
        let longest = found.iter().map(|name| name.end).max()?;
        Some((longest, self.places_of(found.iter().filter(|name| name.end == longest))))
    }

    /// All names that start at byte `at`, longest first, as [`Gazetteer::longest_at`] gives one.
    #[must_use]
    pub fn all_at(&self, text: &str, at: usize) -> Vec<(usize, Vec<Place>)> {
        let mut found = self.names_at(text, at);
        found.sort_by_key(|name| std::cmp::Reverse(name.end));
        found.chunk_by(|a, b| a.end == b.end).map(|names| (names[0].end, self.places_of(names.iter()))).collect()
    }

    /// The names that start at byte `at`, in no order.
    fn names_at(&self, text: &str, at: usize) -> Vec<Found> {
        let mut found = Vec::new();
        let starts_inside = |before: &str| before.chars().next_back().is_some_and(char::is_alphanumeric);
        if !text.get(..at).is_none_or(starts_inside) {
            walk(&self.names, text, at, &mut |end, first| found.push(Found { end, is_alias: false, first }));
            walk(&self.aliases, text, at, &mut |end, first| found.push(Found { end, is_alias: true, first }));
        }
        found
    }

    /// The places under these names, those with most people first.
    fn places_of<'n>(&self, names: impl Iterator<Item = &'n Found>) -> Vec<Place> {
        let ids = names.flat_map(|name| if name.is_alias { self.posted_from(name.first) } else { self.named_from(name.first) });
        let mut places: Vec<Place> = ids.filter_map(|id| self.place(id)).collect();
        places.sort_by_key(|place| (std::cmp::Reverse(place.population), place.id));
        places.dedup_by_key(|place| place.id);
        places
    }

    /// The places of exactly this name, those with most people first.
    #[must_use]
    pub fn exact(&self, name: &str) -> Vec<Place> {
        self.longest_at(name, 0).filter(|(end, _)| *end == name.len()).map(|(_, places)| places).unwrap_or_default()
    }

    /// The place with this number.
    #[must_use]
    pub fn place(&self, id: PlaceId) -> Option<Place> {
        let record = self.record(id)?;
        let short = |at: usize| Some(i16::from_le_bytes(record.get(at..at + 2)?.try_into().ok()?));
        let area = |at: usize| Some(u16::from_le_bytes(record.get(at..at + 2)?.try_into().ok()?));
        let code = self.countries.get(usize::from(record[4]) * 2..)?.get(..2)?;
        Some(Place {
            id,
            kind: *PlaceKind::ALL.get(usize::from(record[5] & !LAST_OF_NAME))?,
            country: CountryCode::parse(std::str::from_utf8(code).ok()?)?,
            lat: f64::from(short(0)?) / 100.0,
            lon: f64::from(short(2)?) / 100.0,
            population: format::population_of(record[6]),
            region: self.area(area(7)?),
            district: self.area(area(9)?),
        })
    }

    /// The canonical name of a place of this gazetteer; empty for any other number.
    #[must_use]
    pub fn name(&self, id: PlaceId) -> String {
        let is_last = |id: u32| self.record(PlaceId(id)).is_none_or(|record| record[5] & LAST_OF_NAME != 0);
        let mut first = id.0;
        while first > 0 && !is_last(first - 1) {
            first -= 1;
        }
        // Records stand in the order of their names, so the map can be gone through backwards.
        self.names.get_key(u64::from(first)).and_then(|name| String::from_utf8(name).ok()).unwrap_or_default()
    }

    /// The country with this code.
    #[must_use]
    pub fn country(&self, code: CountryCode) -> Option<Place> {
        self.place(*self.areas_at_hand().countries.get(&code)?)
    }

    /// The regions of several words whose names have these initials: "NSW", "NY".
    #[must_use]
    pub fn regions_with_initials(&self, initials: &str) -> Vec<Place> {
        let regions = self.areas_at_hand().regions_by_initials.get(initials).map_or(&[] as &[PlaceId], Vec::as_slice);
        regions.iter().filter_map(|id| self.place(*id)).collect()
    }

    fn areas_at_hand(&self) -> &AreasAtHand {
        self.areas_at_hand.get_or_init(|| {
            let mut found = AreasAtHand::default();
            let kind = |kind: PlaceKind| move |record: &[u8]| record[5] & !LAST_OF_NAME == kind as u8;
            let (is_country, is_region) = (kind(PlaceKind::Country), kind(PlaceKind::Region));
            let areas = (0..).map(PlaceId).zip(self.records.chunks_exact(RECORD));
            for (id, record) in areas.filter(|(_, record)| is_country(record) || is_region(record)) {
                let name = self.name(id);
                if is_country(record) {
                    found.countries.extend(self.place(id).map(|place| (place.country, id)));
                } else if name.contains(' ') {
                    let initials = name.split([' ', '-']).filter_map(|word| word.chars().next()).filter(|c| c.is_uppercase());
                    found.regions_by_initials.entry(initials.collect()).or_default().push(id);
                }
            }
            found
        })
    }

    fn record(&self, id: PlaceId) -> Option<&[u8]> {
        let at = id.0 as usize * RECORD;
        self.records.get(at..at + RECORD)
    }

    fn area(&self, number: u16) -> Option<PlaceId> {
        let at = usize::from(number) * 4;
        let bytes = self.areas.get(at..at + 4).filter(|_| number != NO_AREA)?;
        Some(PlaceId(u32::from_le_bytes(bytes.try_into().ok()?)))
    }

    fn named_from(&self, first: u64) -> Vec<PlaceId> {
        let mut ids = Vec::new();
        for id in (u32::try_from(first).unwrap_or(u32::MAX)..).map(PlaceId) {
            let Some(record) = self.record(id) else { break };
            ids.push(id);
            if record[5] & LAST_OF_NAME != 0 {
                break;
            }
        }
        ids
    }

    fn posted_from(&self, first: u64) -> Vec<PlaceId> {
        let mut ids = Vec::new();
        for posting in self.postings.chunks_exact(3).skip(usize::try_from(first).unwrap_or(usize::MAX)) {
            let number = u32::from_le_bytes([posting[0], posting[1], posting[2], 0]);
            ids.push(PlaceId(number & !LAST_POSTING));
            if number & LAST_POSTING != 0 {
                break;
            }
        }
        ids
    }
}

impl std::fmt::Debug for Gazetteer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Gazetteer").field("len", &self.len()).finish_non_exhaustive()
    }
}

/// A name met in a text.
struct Found {
    end: usize,
    is_alias: bool,
    /// Where its places start, among the records or among the postings of aliases.
    first: u64,
}

/// Tells `found` the end and the value of each name that starts at byte `at` and ends where a word ends.
fn walk(names: &Names, text: &str, at: usize, found: &mut dyn FnMut(usize, u64)) {
    let mut open: Vec<(usize, CompiledAddr, Output)> = vec![(at, names.root().addr(), Output::zero())];
    while let Some((at, address, value)) = open.pop() {
        let node = names.node(address);
        let rest = &text[at..];
        let next = rest.chars().next();
        let ended = text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
        if node.is_final() && !(ended && next.is_some_and(char::is_alphanumeric)) {
            found(at, value.cat(node.final_output()).value());
        }
        let Some(next) = next else { continue };
        for spelling in spellings(next).into_iter().flatten() {
            let mut buffer = [0; 4];
            let step = spelling.encode_utf8(&mut buffer).bytes().try_fold((address, value), |(address, value), byte| {
                let node = names.node(address);
                let transition = node.transition(node.find_input(byte)?);
                Some((transition.addr, value.cat(transition.out)))
            });
            open.extend(step.map(|(address, value)| (at + next.len_utf8(), address, value)));
        }
    }
}

/// How the names may write what the text writes so.
fn spellings(c: char) -> [Option<char>; 2] {
    match c {
        '’' | '‘' | 'ʼ' | '`' | '\'' => [Some('\''), None],
        '-' | '‐' | '‑' | '–' | ' ' | '\u{a0}' | '\n' | '\t' => [Some(' '), Some('-')],
        _ => [Some(c), None],
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
mod tests {
    use super::{FILE, Gazetteer};
    use crate::format::{self, Damaged};
    use crate::pack::{Entry, pack};
    use crate::place::{CountryCode, PlaceKind};

    fn entry(names: &[&str], kind: PlaceKind, population: u32) -> Entry {
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        let country = CountryCode::parse("AR").unwrap();
        Entry { names, kind, country, lat: -3.25, lon: 17.5, population, region: None, district: None }
    }

    fn small() -> Gazetteer {
        let mut veld = entry(&["Veld", "Velt"], PlaceKind::Town, 900);
        veld.region = Some(2);
        let region = entry(&["Nor Ost", "Nor"], PlaceKind::Region, 90_000);
        let entries = [
            entry(&["Port Vane"], PlaceKind::Capital, 70_000),
            veld,
            region,
            entry(&["Veld-i-Nor", "Veld"], PlaceKind::Town, 5000),
        ];
        Gazetteer::from_bytes(pack(&entries)).unwrap()
    }

    #[test]
    fn finds_the_longest_name_at_word_boundaries() {
        let gazetteer = small();
        let found = |text, at| gazetteer.longest_at(text, at).map(|(end, places)| (end, places.len()));
        assert_eq!(found("to Port Vane", 3), Some((12, 1)));
        assert_eq!(found("Port-Vane's", 0), Some((9, 1)));
        assert_eq!(found("Veld’s", 0), Some((4, 2)));
        assert_eq!(found("Veld i Nor", 0), Some((10, 1)));
        assert_eq!(found("Velden", 0), None);
        assert_eq!(found("Neveld", 2), None);
        assert_eq!(found("veld", 0), None);
        assert_eq!(found("ä", 1), None);
    }

    #[test]
    fn the_place_with_most_people_comes_first_and_keeps_its_name() {
        let gazetteer = small();
        let places = gazetteer.exact("Veld");
        let names: Vec<String> = places.iter().map(|place| gazetteer.name(place.id)).collect();
        assert_eq!(names, ["Veld-i-Nor", "Veld"]);
        let region = places[1].region.unwrap();
        assert_eq!(gazetteer.name(region), "Nor Ost");
        assert_eq!((places[1].lat, places[1].lon, places[1].country.as_str()), (-3.25, 17.5, "ar"));
    }

    #[test]
    fn packing_again_gives_the_same_bytes() {
        let entries = [entry(&["Veld"], PlaceKind::Town, 900), entry(&["Abe", "Veld"], PlaceKind::Town, 5)];
        assert_eq!(pack(&entries), pack(&entries));
    }

    #[test]
    fn a_damaged_file_is_refused() {
        let file = pack(&[entry(&["Veld"], PlaceKind::Town, 900)]);
        let mut bent = file.clone();
        *bent.last_mut().unwrap() ^= 1;
        assert_eq!(Gazetteer::from_bytes(bent).unwrap_err(), Damaged::Checksum);
        let cut = Gazetteer::from_bytes(file[..file.len() - 1].to_vec()).unwrap_err();
        assert_eq!(cut, Damaged::Length { expected: file.len(), found: file.len() - 1 });
        assert_eq!(Gazetteer::from_bytes(b"<html>".to_vec()).unwrap_err(), Damaged::NoGazetteer);
        let mut newer = file;
        newer[8] = 9;
        assert_eq!(Gazetteer::from_bytes(newer).unwrap_err(), Damaged::OtherVersion(9));
    }

    #[test]
    fn the_shipped_file_is_whole() {
        format::check(FILE).unwrap();
        let gazetteer = Gazetteer::embedded();
        assert!(gazetteer.len() > 100_000, "only {} places", gazetteer.len());
        let country_of = |name: &str, kind| {
            let places = gazetteer.exact(name);
            places.iter().find(|place| place.kind == kind).map(|place| place.country.as_str().to_owned())
        };
        assert_eq!(country_of("Vienna", PlaceKind::Capital).as_deref(), Some("at"));
        assert_eq!(country_of("Kenya", PlaceKind::Country).as_deref(), Some("ke"));
        assert_eq!(country_of("Queensland", PlaceKind::Region).as_deref(), Some("au"));
        assert_eq!(country_of("Cornwall", PlaceKind::District).as_deref(), Some("gb"));
        assert!(gazetteer.exact("Springfield").len() > 10);
    }
}
