//! Writes the packed file.

use std::collections::BTreeMap;

use fst::raw::Builder;

use crate::format::{self, LAST_OF_NAME, LAST_POSTING, NO_AREA};
use crate::place::{CountryCode, PlaceKind};

/// A place to be packed.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its names, the canonical one first.
    pub names: Vec<String>,
    /// What it is.
    pub kind: PlaceKind,
    /// Where it lies.
    pub country: CountryCode,
    /// Latitude in degrees.
    pub lat: f64,
    /// Longitude in degrees.
    pub lon: f64,
    /// People living there.
    pub population: u32,
    /// Position among the entries of the first-level division it lies in.
    pub region: Option<usize>,
    /// Position among the entries of the second-level division it lies in.
    pub district: Option<usize>,
}

/// The packed file of these places. The same places in the same order give the same bytes.
///
/// # Panics
/// With more than 255 countries, 65,535 divisions or eight million places, which the format has no room for.
#[must_use]
pub fn pack(entries: &[Entry]) -> Vec<u8> {
    let mut order: Vec<usize> = (0..entries.len()).filter(|entry| !entries[*entry].names.is_empty()).collect();
    order.sort_by(|a, b| entries[*a].names[0].as_bytes().cmp(entries[*b].names[0].as_bytes()).then(a.cmp(b)));
    assert!(order.len() < LAST_POSTING as usize, "more places than postings can number");
    let mut number_of = vec![0_u32; entries.len()];
    (0..).zip(&order).for_each(|(number, entry)| number_of[*entry] = number);

    let mut countries: Vec<CountryCode> = entries.iter().map(|entry| entry.country).collect();
    countries.sort_unstable();
    countries.dedup();
    assert!(countries.len() <= usize::from(u8::MAX), "more countries than a byte can number");
    let mut areas: Vec<usize> = entries.iter().flat_map(|entry| [entry.region, entry.district]).flatten().collect();
    areas.sort_unstable();
    areas.dedup();
    assert!(areas.len() < usize::from(NO_AREA), "more divisions than two bytes can number");

    let area = |entry: Option<usize>| entry.and_then(|entry| areas.binary_search(&entry).ok()).map_or(NO_AREA, |n| n as u16);
    let mut records = Vec::with_capacity(order.len() * format::RECORD);
    let mut names = Builder::memory();
    for (number, entry) in order.iter().enumerate() {
        let is_named = |other: Option<&usize>| other.is_some_and(|other| entries[*other].names[0] == entries[*entry].names[0]);
        let is_first = number == 0 || !is_named(order.get(number - 1));
        if is_first {
            insert(&mut names, &entries[*entry].names[0], number as u64);
        }
        let last = if is_named(order.get(number + 1)) { 0 } else { LAST_OF_NAME };
        let entry = &entries[*entry];
        records.extend_from_slice(&hundredths(entry.lat).to_le_bytes());
        records.extend_from_slice(&hundredths(entry.lon).to_le_bytes());
        records.push(countries.binary_search(&entry.country).unwrap_or_default() as u8);
        records.push(entry.kind as u8 | last);
        records.push(format::population_step(entry.population));
        records.extend_from_slice(&area(entry.region).to_le_bytes());
        records.extend_from_slice(&area(entry.district).to_le_bytes());
    }
    let (aliases, postings) = aliases(entries, &number_of);
    format::write(&[
        countries.into_iter().flat_map(CountryCode::bytes).collect(),
        areas.iter().flat_map(|entry| number_of[*entry].to_le_bytes()).collect(),
        records,
        finished(names),
        aliases,
        postings,
    ])
}

fn aliases(entries: &[Entry], number_of: &[u32]) -> (Vec<u8>, Vec<u8>) {
    let mut by_alias: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for (entry, number) in entries.iter().zip(number_of) {
        for alias in entry.names.iter().skip(1).filter(|alias| **alias != entry.names[0]) {
            by_alias.entry(alias).or_default().push(*number);
        }
    }
    let (mut map, mut postings) = (Builder::memory(), Vec::new());
    for (alias, mut numbers) in by_alias {
        insert(&mut map, alias, postings.len() as u64 / 3);
        numbers.sort_unstable();
        numbers.dedup();
        let last = numbers.len() - 1;
        for (place, number) in numbers.into_iter().enumerate() {
            let posting = if place == last { number | LAST_POSTING } else { number };
            postings.extend_from_slice(&posting.to_le_bytes()[..3]);
        }
    }
    (finished(map), postings)
}

fn insert(map: &mut Builder<Vec<u8>>, name: &str, value: u64) {
    if let Err(error) = map.insert(name, value) {
        unreachable!("names come sorted and once: {error}");
    }
}

fn finished(map: Builder<Vec<u8>>) -> Vec<u8> {
    match map.into_inner() {
        Ok(bytes) => bytes,
        Err(error) => unreachable!("memory takes what is written: {error}"),
    }
}

fn hundredths(degrees: f64) -> i16 {
    (degrees * 100.0).round() as i16
}
