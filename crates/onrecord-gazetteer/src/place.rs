//! What the gazetteer knows of a place.

/// Number of a place in one gazetteer. It changes with the file and must not leave the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceId(pub(crate) u32);

/// Code of a country: ISO 3166-1 alpha-2 in lower case, `xk` for Kosovo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountryCode([u8; 2]);

impl CountryCode {
    /// The code of these two letters, whatever their case; `None` for anything else.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        match code.as_bytes() {
            [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                Some(Self([a.to_ascii_lowercase(), b.to_ascii_lowercase()]))
            }
            _ => None,
        }
    }

    /// As text, in lower case.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    pub(crate) fn bytes(self) -> [u8; 2] {
        self.0
    }
}

/// What kind of place it is. Cities stand from the capital down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum PlaceKind {
    /// A country or a territory with a code of its own; its point is a convention.
    Country,
    /// A division of the first level: state, province, oblast. Its point is about the middle of its area.
    Region,
    /// A division of the second level: county, district. Its point is the middle of its places.
    District,
    /// The capital of a country.
    Capital,
    /// The seat of a region.
    RegionSeat,
    /// The seat of a district or of a smaller division.
    Seat,
    /// Any other city, town or village.
    Town,
    /// A part of a city.
    Quarter,
    /// A place that is no more.
    Former,
}

impl PlaceKind {
    pub(crate) const ALL: [Self; 9] = [
        Self::Country,
        Self::Region,
        Self::District,
        Self::Capital,
        Self::RegionSeat,
        Self::Seat,
        Self::Town,
        Self::Quarter,
        Self::Former,
    ];

    /// Whether it is an area with other places in it: a country, a region, a district.
    #[must_use]
    pub fn is_area(self) -> bool {
        self <= Self::District
    }
}

/// A place. Coordinates are WGS 84 degrees, rounded to 0.01.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Its number.
    pub id: PlaceId,
    /// What it is.
    pub kind: PlaceKind,
    /// Where it lies, as GeoNames files it; no statement on whose it is.
    pub country: CountryCode,
    /// Latitude.
    pub lat: f64,
    /// Longitude.
    pub lon: f64,
    /// People living there, to a sixteenth of the number; 0 when not known.
    pub population: u32,
    /// The first-level division it lies in, where given.
    pub region: Option<PlaceId>,
    /// The second-level division it lies in, where given.
    pub district: Option<PlaceId>,
}
