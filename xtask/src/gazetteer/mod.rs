//! `gazetteer`: packs GeoNames' cities and divisions and the points of countries into one file.

mod land;

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, bail};
use onrecord_gazetteer::{CountryCode, Entry, PlaceKind, pack};
use serde_json::Value;

use self::land::Land;

const COUNTRIES: &str = "data/gazetteer/countries.tsv";
const PACKED: &str = "data/gazetteer/places.bin";

/// A place that is no seat of a division must have this many people.
const SMALLEST_TOWN: u32 = 1000;
/// A division of the second level must have this many people in the places we know.
const SMALLEST_DISTRICT: u32 = 5000;
/// From this size on, English news may write a place in ways of its own, and all ways that GeoNames knows are taken.
const WIDELY_KNOWN: u32 = 20_000;

/// What divisions are called beside their name ("Nyanza Province"): the bare name is an alias.
const DIVISION_WORDS: [&str; 14] = [
    "Autonomous Region",
    "Department",
    "District",
    "Division",
    "Governorate",
    "Krai",
    "Municipality",
    "Oblast",
    "Prefecture",
    "Province",
    "Region",
    "Republic",
    "State",
    "Voivodeship",
];

/// Letters with accents by the letter without.
const ACCENTED: [(char, &str); 34] = [
    ('A', "ÀÁÂÄÅĀẢ"),
    ('a', "àáâãäåāăąạảấầẩẫậắằặ"),
    ('C', "ÇČ"),
    ('c', "çćċč"),
    ('D', "ḌḎḐĐ"),
    ('d', "ďḏḑđð"),
    ('E', "ÉĒ"),
    ('e', "èéêëēĕėęěẻẽếềểễệəǝ"),
    ('G', "Ģ"),
    ('g', "ğġģ"),
    ('H', "ḨĦ"),
    ('h', "ḩẖħ"),
    ('I', "ÍÎĪİ"),
    ('i', "ìíîïĩīĭḯỉịı"),
    ('K', "Ķ"),
    ('k', "ķ"),
    ('L', "ĹĻŁ"),
    ('l', "ĺļľł"),
    ('N', "ÑŅ"),
    ('n', "ñńņňṉ"),
    ('O', "ÓÔÖŌŎØ"),
    ('o', "òóôõöōŏőơọỏốồổộớờợø"),
    ('R', "Ṟ"),
    ('r', "řṟ"),
    ('S', "ŚŞŠ"),
    ('s', "śşšș"),
    ('T', "ŢȚ"),
    ('t', "ţťțṯ"),
    ('U', "ÚÜŪŬỨ"),
    ('u', "ùúûüũūŭůųưụủứừửữự"),
    ('Y', "Ý"),
    ('y', "ýỳỷỹ"),
    ('Z', "ŻŽ"),
    ('z', "źżžẕ"),
];

/// A line of cities500, the columns that we use.
struct City<'a> {
    name: &'a str,
    ascii: &'a str,
    alternates: &'a str,
    lat: f64,
    lon: f64,
    feature: &'a str,
    country: &'a str,
    region: &'a str,
    district: &'a str,
    population: u32,
}

/// Writes the packed file from `cities500.txt`, `admin1.json`, `admin2.json` and `countries-50m.json` of `folder`.
pub(crate) fn write(folder: &Path) -> Result<()> {
    let text = read(&folder.join("cities500.txt"))?;
    let cities: Vec<City<'_>> = text.lines().filter(|line| !line.is_empty()).map(city).collect::<Result<_>>()?;
    let land = Land::parse(&read(&folder.join("countries-50m.json"))?)?;
    let (mut entries, numbers) = countries(&read(Path::new(COUNTRIES))?, &land)?;
    let regions = divisions(&folder.join("admin1.json"), &cities, PlaceKind::Region, &BTreeMap::new(), &mut entries)?;
    place_regions(&cities, &regions, &numbers, &land, &mut entries);
    let districts = divisions(&folder.join("admin2.json"), &cities, PlaceKind::District, &regions, &mut entries)?;
    for city in cities.iter().filter(|city| is_kept(city)) {
        let Some(country) = CountryCode::parse(city.country) else { bail!("{} is no code of a country", city.country) };
        entries.push(Entry {
            names: names(city),
            kind: kind(city.feature),
            country,
            lat: city.lat,
            lon: city.lon,
            population: city.population,
            region: regions.get(&region_code(city)).copied(),
            district: districts.get(&district_code(city)).copied(),
        });
    }
    let packed = pack(&entries);
    std::fs::write(PACKED, &packed)?;
    println!("{} places, {} bytes in {PACKED}", entries.len(), packed.len());
    Ok(())
}

fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| path.display().to_string())
}

fn city(line: &str) -> Result<City<'_>> {
    let columns: Vec<&str> = line.split('\t').collect();
    let [_, name, ascii, alternates, lat, lon, _, feature, country, _, region, district, _, _, population, ..] = columns[..]
    else {
        bail!("expected the columns of GeoNames, found {line}")
    };
    let (lat, lon, population) = (lat.parse()?, lon.parse()?, population.parse()?);
    Ok(City { name, ascii, alternates, lat, lon, feature, country, region, district, population })
}

fn region_code(city: &City<'_>) -> String {
    format!("{}.{}", city.country, city.region)
}

fn district_code(city: &City<'_>) -> String {
    format!("{}.{}.{}", city.country, city.region, city.district)
}

/// The lines of `countries.tsv`, and the ISO number of each country. The map's middle goes before the point given there.
fn countries(text: &str, land: &Land) -> Result<(Vec<Entry>, BTreeMap<CountryCode, u32>)> {
    let (mut entries, mut numbers) = (Vec::new(), BTreeMap::new());
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [code, number, lat, lon, population, names] = columns[..] else { bail!("{COUNTRIES}: expected six columns: {line}") };
        let country = CountryCode::parse(code).with_context(|| format!("{COUNTRIES}: {code} is no code"))?;
        let number = number.parse()?;
        let (lat, lon) = land.middle(number).unwrap_or((lat.parse()?, lon.parse()?));
        let (names, population) = (names.split('|').map(plain).collect(), population.parse()?);
        entries.push(Entry { names, kind: PlaceKind::Country, country, lat, lon, population, region: None, district: None });
        numbers.insert(country, number);
    }
    Ok((entries, numbers))
}

/// Puts the regions that have a shape on the map where their middle is.
fn place_regions(
    cities: &[City<'_>],
    regions: &BTreeMap<String, usize>,
    numbers: &BTreeMap<CountryCode, u32>,
    land: &Land,
    entries: &mut [Entry],
) {
    let mut towns: BTreeMap<CountryCode, Vec<(land::Point, usize)>> = BTreeMap::new();
    for city in cities {
        if let Some((country, region)) = CountryCode::parse(city.country).zip(regions.get(&region_code(city))) {
            towns.entry(country).or_default().push(((city.lat, city.lon), *region));
        }
    }
    for (country, towns) in towns {
        let Some(number) = numbers.get(&country) else { continue };
        for (region, (lat, lon)) in land.regions(*number, &towns) {
            (entries[region].lat, entries[region].lon) = (lat, lon);
        }
    }
}

/// Adds the divisions of a level that have places, and tells where each stands by its code.
fn divisions(
    path: &Path,
    cities: &[City<'_>],
    kind: PlaceKind,
    regions: &BTreeMap<String, usize>,
    entries: &mut Vec<Entry>,
) -> Result<BTreeMap<String, usize>> {
    let code_of = if kind == PlaceKind::Region { region_code } else { district_code };
    let mut extents: BTreeMap<String, Extent> = BTreeMap::new();
    for city in cities {
        extents.entry(code_of(city)).or_default().add(city);
    }
    let mut places = BTreeMap::new();
    let listed: Vec<Value> = serde_json::from_str(&read(path)?)?;
    for division in &listed {
        let (Some(code), Some(name)) = (division["code"].as_str(), division["name"].as_str()) else {
            bail!("{}: a division without code or name: {division}", path.display())
        };
        let Some(extent) = extents.get(code) else { continue };
        if kind == PlaceKind::District && extent.population < SMALLEST_DISTRICT {
            continue;
        }
        let (lat, lon) = extent.middle();
        let country = CountryCode::parse(&code[..2]).with_context(|| format!("{code} begins with no code of a country"))?;
        let region = code.rsplit_once('.').and_then(|(region, _)| regions.get(region)).copied();
        places.insert(code.to_owned(), entries.len());
        let names = division_names(name);
        entries.push(Entry { names, kind, country, lat, lon, population: extent.population, region, district: None });
    }
    Ok(places)
}

/// What the places of a division span.
#[derive(Default)]
struct Extent {
    lats: Vec<f64>,
    lons: Vec<f64>,
    population: u32,
}

impl Extent {
    fn add(&mut self, city: &City<'_>) {
        self.lats.push(city.lat);
        self.lons.push(city.lon);
        // Quarters are counted with their city.
        if city.feature != "PPLX" {
            self.population = self.population.saturating_add(city.population);
        }
    }

    /// The middle of the smallest box around the places. It is nearer to what people take for the middle of a division than the mean of its
    /// places, which lies where most towns are.
    fn middle(&self) -> (f64, f64) {
        let crosses_date_line = self.lons.iter().any(|lon| *lon > 150.0) && self.lons.iter().any(|lon| *lon < -120.0);
        let unwrapped = self.lons.iter().map(|lon| if crosses_date_line && *lon < 0.0 { lon + 360.0 } else { *lon });
        let lon = halfway(unwrapped);
        (halfway(self.lats.iter().copied()), if lon > 180.0 { lon - 360.0 } else { lon })
    }
}

fn halfway(values: impl Iterator<Item = f64>) -> f64 {
    let (least, most) =
        values.fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), value| (least.min(value), most.max(value)));
    f64::midpoint(least, most)
}

fn division_names(name: &str) -> Vec<String> {
    let name = plain(name);
    let mut names = vec![name.clone()];
    names.extend(unaccented(&name));
    for word in DIVISION_WORDS {
        let bare = name.strip_suffix(word).map(str::trim_end).filter(|bare| !bare.is_empty());
        names.extend(bare.map(str::to_owned));
        names.extend(bare.and_then(unaccented));
    }
    names
}

/// The name with the accents of its letters taken off; `None` when it has none, or letters that are not in [`ACCENTED`].
fn unaccented(name: &str) -> Option<String> {
    let bare =
        |c: char| if c.is_ascii() { Some(c) } else { ACCENTED.iter().find(|(_, all)| all.contains(c)).map(|(bare, _)| *bare) };
    name.chars().map(bare).collect::<Option<String>>().filter(|_| !name.is_ascii())
}

/// With straight apostrophes.
fn plain(name: &str) -> String {
    name.trim().replace(['’', '‘', 'ʼ', '`'], "'")
}

fn kind(feature: &str) -> PlaceKind {
    match feature {
        "PPLC" => PlaceKind::Capital,
        "PPLA" => PlaceKind::RegionSeat,
        "PPLA2" | "PPLA3" | "PPLA4" | "PPLA5" | "PPLG" => PlaceKind::Seat,
        "PPLX" => PlaceKind::Quarter,
        "PPLH" | "PPLCH" | "PPLQ" | "PPLW" => PlaceKind::Former,
        _ => PlaceKind::Town,
    }
}

fn is_kept(city: &City<'_>) -> bool {
    match city.feature {
        "PPLC" | "PPLG" | "PPLA" | "PPLA2" | "PPLA3" | "PPLA4" | "PPLA5" => true,
        _ => city.population >= SMALLEST_TOWN,
    }
}

/// The names that English news would use.
fn names(city: &City<'_>) -> Vec<String> {
    let mut names = vec![plain(city.name), plain(city.ascii)];
    let is_known = city.population >= WIDELY_KNOWN || matches!(city.feature, "PPLC" | "PPLA");
    if is_known {
        names.extend(city.alternates.split(',').map(plain).filter(|name| is_english_spelling(name)));
    }
    names.retain(|name| !name.is_empty());
    names
}

/// Whether a name is written as English writes one: Latin letters without accents, a capital first, and no code ("KBL").
fn is_english_spelling(name: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphabetic() || matches!(c, ' ' | '-' | '\'' | '.' | ',');
    let is_code = name.chars().all(|c| c.is_ascii_uppercase());
    name.len() >= 3 && name.starts_with(|c: char| c.is_ascii_uppercase()) && name.chars().all(allowed) && !is_code
}
