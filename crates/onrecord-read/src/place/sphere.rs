//! Distances. They are near enough for weighing meanings, and the same on every machine: no function of the platform's mathematics is called.

/// Kilometres in a degree of latitude.
const DEGREE: f64 = 111.2;

/// Kilometres between two points, a hundredth too long or short below 3,000 km, and worse beyond.
pub(super) fn kilometres((lat, lon): (f64, f64), (other_lat, other_lon): (f64, f64)) -> f64 {
    let turn = (lon - other_lon).abs();
    let east = if turn > 180.0 { 360.0 - turn } else { turn } * cosine(f64::midpoint(lat, other_lat));
    let north = lat - other_lat;
    DEGREE * (north * north + east * east).sqrt()
}

/// The cosine of an angle between -90 and 90 degrees, to four digits.
fn cosine(degrees: f64) -> f64 {
    let square = (degrees.to_radians()) * (degrees.to_radians());
    (1.0 - square / 2.0 * (1.0 - square / 12.0 * (1.0 - square / 30.0 * (1.0 - square / 56.0)))).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::kilometres;

    #[test]
    fn distances_are_near_enough() {
        let about = |a, b, expected: f64| (kilometres(a, b) - expected).abs() < expected / 50.0;
        assert!(about((0.0, 0.0), (0.0, 10.0), 1112.0));
        assert!(about((48.86, 2.35), (52.52, 13.40), 878.0));
        assert!(about((-17.0, 179.5), (-17.0, -179.5), 106.0));
    }
}
