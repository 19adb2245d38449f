//! The world's places by name: countries, their regions and districts, cities and towns.
//!
//! The places are those of GeoNames (CC BY 4.0) and the points of countries those of the World Factbook (public domain); `data/gazetteer/README.md`
//! says how the packed file is made. It is compiled in and read where it lies: [`Gazetteer::embedded`] unpacks nothing.
//!
//! A name is found as it is written, upper and lower case kept. Many a town is called like a common word ("Of", "Nice", "Most") and
//! most names have many places: who asks decides what is meant.
//!
//! ```
//! let gazetteer = onrecord_gazetteer::Gazetteer::embedded();
//! let (end, places) = gazetteer.longest_at("They met in Port-au-Prince on Monday", 12).expect("a capital");
//! assert_eq!(end, 26);
//! assert_eq!(gazetteer.name(places[0].id), "Port-au-Prince");
//! assert_eq!(places[0].country.as_str(), "ht");
//! ```

mod format;
mod gazetteer;
mod pack;
mod place;

pub use format::Damaged;
pub use gazetteer::Gazetteer;
pub use pack::{Entry, pack};
pub use place::{CountryCode, Place, PlaceId, PlaceKind};
