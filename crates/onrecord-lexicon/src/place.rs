//! Places that news of disputes names.

/// A place. Coordinates are WGS 84 degrees.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Canonical name.
    pub name: String,
    /// `crossing`, `base`, `strait`, `sea`, `river`, `region`, `city`, `town`, `camp`, `border`, `island`.
    pub kind: String,
    /// Ids of the states it lies in.
    pub countries: Vec<String>,
    /// Latitude, where known.
    pub lat: Option<f64>,
    /// Longitude, where known.
    pub lon: Option<f64>,
}
