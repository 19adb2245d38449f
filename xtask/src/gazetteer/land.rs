//! The middles of countries and of their regions, from a map of countries and the towns in them.
//!
//! A country's middle is that of its area, parts smaller than a quarter of the largest left out. Open maps of the world's regions are large;
//! ours are made of the squares of a grid, each of which belongs to the region of the nearest town of its country.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde_json::Value;

/// Squares of the grid have sides of this many degrees.
const STEP: f64 = 0.25;
/// Areas of fewer squares have no shape on the grid.
const FEWEST: usize = 6;
/// Parts of a country smaller than this share of the largest are left out.
const LEAST_PART: f64 = 0.25;

/// Latitude and longitude.
pub(super) type Point = (f64, f64);

/// The squares of each country by its ISO number, part by part.
pub(super) struct Land(BTreeMap<u32, Vec<Vec<Point>>>);

impl Land {
    /// Reads `countries-50m.json` of the npm package `world-atlas`, a TopoJSON of Natural Earth.
    pub(super) fn parse(text: &str) -> Result<Self> {
        let map: Value = serde_json::from_str(text)?;
        let arcs = arcs(&map).context("the map has no arcs")?;
        let mut land = BTreeMap::<u32, Vec<Vec<Point>>>::new();
        for country in map["objects"]["countries"]["geometries"].as_array().context("the map has no countries")? {
            let Some(number) = country["id"].as_str().and_then(|id| id.parse().ok()) else { continue };
            let one = [country["arcs"].clone()];
            let parts = if country["type"] == "Polygon" {
                &one[..]
            } else {
                country["arcs"].as_array().context("a country has no parts")?
            };
            for part in parts {
                let rings: Vec<Vec<Point>> = part.as_array().into_iter().flatten().map(|ring| joined(ring, &arcs)).collect();
                land.entry(number).or_default().push(squares(&rings));
            }
        }
        Ok(Self(land))
    }

    /// The middle of a country.
    pub(super) fn middle(&self, number: u32) -> Option<Point> {
        let parts = self.0.get(&number)?;
        let size = |part: &Vec<Point>| part.iter().map(|square| square.0.to_radians().cos()).sum::<f64>();
        let largest = parts.iter().map(size).fold(0.0, f64::max);
        let large: Vec<Point> = parts.iter().filter(|part| size(part) >= largest * LEAST_PART).flatten().copied().collect();
        middle(&large)
    }

    /// The middles of the regions of a country, by the number of the region of each of its `towns`.
    pub(super) fn regions(&self, number: u32, towns: &[(Point, usize)]) -> BTreeMap<usize, Point> {
        let mut squares: BTreeMap<usize, Vec<Point>> = BTreeMap::new();
        let mut towns = towns.to_vec();
        towns.sort_by(|(a, _), (b, _)| a.0.total_cmp(&b.0));
        for square in self.0.get(&number).into_iter().flatten().flatten() {
            if let Some(region) = nearest(*square, &towns) {
                squares.entry(region).or_default().push(*square);
            }
        }
        squares.into_iter().filter_map(|(region, squares)| Some((region, middle(&squares)?))).collect()
    }
}

/// The region of the nearest of `towns`, which are sorted by latitude.
fn nearest(square: Point, towns: &[(Point, usize)]) -> Option<usize> {
    let north = towns.partition_point(|(town, _)| town.0 < square.0);
    let mut best: Option<(f64, usize)> = None;
    let mut look = |(town, region): &(Point, usize)| {
        let found = distance(square, *town);
        if best.is_none_or(|(least, _)| found < least) {
            best = Some((found, *region));
        }
        best.is_some_and(|(least, _)| (town.0 - square.0) * (town.0 - square.0) <= least)
    };
    let _ = towns[north..].iter().all(&mut look);
    let _ = towns[..north].iter().rev().all(&mut look);
    best.map(|(_, region)| region)
}

/// The middle of squares, where there are enough of them; they grow smaller towards the poles.
fn middle(squares: &[Point]) -> Option<Point> {
    let first = squares.first()?;
    let (mut lat, mut lon, mut all) = (0.0, 0.0, 0.0);
    for square in squares {
        let size = square.0.to_radians().cos();
        lat += size * square.0;
        lon += size * turned(square.1 - first.1);
        all += size;
    }
    (squares.len() >= FEWEST).then(|| (lat / all, turned(first.1 + lon / all)))
}

/// The same angle between -180 and 180 degrees.
fn turned(degrees: f64) -> f64 {
    (degrees + 540.0).rem_euclid(360.0) - 180.0
}

fn distance(a: Point, b: Point) -> f64 {
    let east = turned(a.1 - b.1) * a.0.to_radians().cos();
    (a.0 - b.0) * (a.0 - b.0) + east * east
}

/// The arcs of a TopoJSON in degrees.
fn arcs(map: &Value) -> Option<Vec<Vec<Point>>> {
    let pair = |value: &Value| Some((value[0].as_f64()?, value[1].as_f64()?));
    let (scale, shift) = (pair(&map["transform"]["scale"])?, pair(&map["transform"]["translate"])?);
    let arc = |steps: &Value| {
        let (mut x, mut y) = (0.0, 0.0);
        let points = steps.as_array()?.iter().map(|step| {
            let (right, up) = pair(step)?;
            (x, y) = (x + right, y + up);
            Some((y * scale.1 + shift.1, x * scale.0 + shift.0))
        });
        points.collect::<Option<Vec<Point>>>()
    };
    map["arcs"].as_array()?.iter().map(arc).collect()
}

/// A ring of arcs; a negative number is an arc backwards. Longitudes go on beyond 180 where it crosses the date line.
fn joined(ring: &Value, arcs: &[Vec<Point>]) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::new();
    for number in ring.as_array().into_iter().flatten().filter_map(Value::as_i64) {
        let backwards = number < 0;
        let Some(arc) = usize::try_from(if backwards { !number } else { number }).ok().and_then(|number| arcs.get(number)) else {
            continue;
        };
        let arc: Vec<Point> = if backwards { arc.iter().rev().copied().collect() } else { arc.clone() };
        for (lat, lon) in arc {
            let last = points.last().map_or(lon, |(_, lon)| *lon);
            points.push((lat, last + turned(lon - last)));
        }
    }
    points
}

/// The middles of the grid's squares within rings: the first is the outer one, the others are holes.
fn squares(rings: &[Vec<Point>]) -> Vec<Point> {
    let mut squares = Vec::new();
    let rows = (180.0 / STEP) as i32;
    for lat in (0..rows).map(|row| -90.0 + (f64::from(row) + 0.5) * STEP) {
        let mut crossings: Vec<f64> = rings.iter().flat_map(|ring| crossings(ring, lat)).collect();
        crossings.sort_by(f64::total_cmp);
        for pair in crossings.chunks_exact(2) {
            let first = (pair[0] / STEP - 0.5).ceil() as i32;
            let columns = (first..).map(|column| (f64::from(column) + 0.5) * STEP).take_while(|lon| *lon < pair[1]);
            squares.extend(columns.map(|lon| (lat, turned(lon))));
        }
    }
    squares
}

/// Longitudes where a ring crosses a parallel.
fn crossings(ring: &[Point], lat: f64) -> Vec<f64> {
    let crossing = |two: &[Point]| {
        let ((from, left), (to, right)) = (two[0], two[1]);
        ((from <= lat) != (to <= lat)).then(|| left + (lat - from) / (to - from) * (right - left))
    };
    ring.windows(2).filter_map(crossing).collect()
}

#[cfg(test)]
mod tests {
    use super::Land;

    #[test]
    fn a_country_across_the_date_line_has_its_middle_in_it() {
        let map = r#"{"transform":{"scale":[1,1],"translate":[0,0]},"arcs":[[[170,10],[20,0],[0,4],[-20,0],[0,-4]]],
            "objects":{"countries":{"geometries":[{"id":"004","type":"Polygon","arcs":[[0]]}]}}}"#;
        let land = Land::parse(map).unwrap();
        let (lat, lon) = land.middle(4).unwrap();
        assert!((lat - 12.0).abs() < 0.1 && (lon.abs() - 180.0).abs() < 0.2, "{lat} {lon}");
        let regions = land.regions(4, &[((12.0, 171.0), 1), ((12.0, -171.0), 2)]);
        assert!((regions[&1].1 - 175.0).abs() < 0.2 && (regions[&2].1 + 175.0).abs() < 0.2, "{regions:?}");
    }
}
