//! How long to wait before an address is asked again.

use std::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Most pages are put right within hours of their publication, if at all: the first visits are close together, the later ones rare.
const LONGEST_REVISIT: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// Longest that a server can ask to wait.
const LONGEST_WISH: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// Before a page is asked for another version, when the last `same` visits found none: an hour, then twice as long each time.
pub(super) fn revisit(same: usize) -> Duration {
    doubled(HOUR, same).min(LONGEST_REVISIT)
}

/// Before an address is asked again that failed `failures` times on end: five minutes, then twice as long each time up to a day, and not
/// before the time that the server asked for.
pub(super) fn retry(failures: usize, wished: Option<Duration>) -> Duration {
    let own = doubled(5 * MINUTE, failures.saturating_sub(1)).min(DAY);
    own.max(wished.unwrap_or_default().min(LONGEST_WISH))
}

fn doubled(first: Duration, times: usize) -> Duration {
    let times = u32::try_from(times).unwrap_or(u32::MAX);
    first.saturating_mul(2_u32.checked_pow(times).unwrap_or(u32::MAX))
}

/// "20 minutes", "3 hours", "2 days": the largest unit that says it nearly.
pub(super) fn in_words(wait: Duration) -> String {
    let told = |unit: Duration, name: &str| {
        let number = wait.as_secs() / unit.as_secs();
        format!("{number} {name}{}", if number == 1 { "" } else { "s" })
    };
    match wait {
        wait if wait >= 2 * DAY => told(DAY, "day"),
        wait if wait >= 2 * HOUR => told(HOUR, "hour"),
        wait if wait >= MINUTE => told(MINUTE, "minute"),
        _ => told(Duration::from_secs(1), "second"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn visits_grow_rare() {
        let hours: Vec<u64> = (0..12).map(|same| revisit(same).as_secs() / 3600).collect();
        assert_eq!(hours, [1, 2, 4, 8, 16, 32, 64, 128, 168, 168, 168, 168]);
        assert_eq!(revisit(usize::MAX), LONGEST_REVISIT);
    }

    #[test]
    fn failures_are_answered_with_patience() {
        let minutes: Vec<u64> = (1..12).map(|failures| retry(failures, None).as_secs() / 60).collect();
        assert_eq!(minutes, [5, 10, 20, 40, 80, 160, 320, 640, 1280, 1440, 1440]);
        assert_eq!(retry(1, Some(HOUR)), HOUR);
        assert_eq!(retry(3, Some(MINUTE)), 20 * MINUTE);
        assert_eq!(retry(1, Some(Duration::MAX)), LONGEST_WISH);
    }

    #[test]
    fn waiting_is_told_in_the_unit_that_fits() {
        let told: Vec<String> = [30, 60, 300, 7200, 90_000, 172_800].map(Duration::from_secs).map(in_words).to_vec();
        assert_eq!(told, ["30 seconds", "1 minute", "5 minutes", "2 hours", "25 hours", "2 days"]);
    }
}
