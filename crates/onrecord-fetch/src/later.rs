//! For how long a server asks to wait (`Retry-After`, RFC 9110, 10.2.3).

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822;

/// The time that a value of `Retry-After` asks for: a number of seconds, or a date, of which what is left of it counts. A date that has
/// passed asks for nothing.
pub(crate) fn wait(value: &str) -> Option<Duration> {
    wait_from(value.trim(), Timestamp::now())
}

fn wait_from(value: &str, now: Timestamp) -> Option<Duration> {
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let date = rfc2822::DateTimeParser::new().parse_timestamp(value).ok()?;
    Some(Duration::try_from(date.duration_since(now)).unwrap_or(Duration::ZERO))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::wait_from;

    #[test]
    fn seconds_and_dates_are_read() {
        let now = "2031-03-06T10:00:00Z".parse().expect("a time");
        let wait = |value: &str| wait_from(value, now);
        assert_eq!(wait("120"), Some(Duration::from_secs(120)));
        assert_eq!(wait("Thu, 06 Mar 2031 10:01:30 GMT"), Some(Duration::from_secs(90)));
        assert_eq!(wait("Thu, 06 Mar 2031 09:00:00 GMT"), Some(Duration::ZERO));
        assert_eq!(wait("99999999999999999999999"), Some(Duration::from_secs(u64::MAX)));
        assert_eq!([wait(""), wait("soon"), wait("-5")], [None, None, None]);
    }
}
