//! What a host asks of programs (RFC 9309).

use std::time::Duration;

use texting_robots::Robot;

/// Bytes of a `robots.txt` that are read; RFC 9309 asks for 500 kibibytes at least.
pub(crate) const LIMIT: u64 = 512 * 1024;

/// Longest pause that a host can ask for.
const LONGEST_PAUSE: f32 = 60.0;

/// The rules of one host.
pub(crate) enum Robots {
    /// There are none.
    Everything,
    /// The server failed to say.
    Nothing,
    /// The server did not answer at all: the page's own request will tell why.
    Unreachable,
    /// As its file says.
    Rules(Box<Robot>),
}

impl Robots {
    pub(crate) fn of(user_agent: &str, file: &[u8]) -> Self {
        let agent = user_agent.split(['/', ' ']).next().unwrap_or(user_agent);
        Robot::new(agent, file).map_or(Self::Everything, |robot| Self::Rules(Box::new(robot)))
    }

    pub(crate) fn allows(&self, url: &str) -> bool {
        match self {
            Self::Everything | Self::Unreachable => true,
            Self::Nothing => false,
            Self::Rules(robot) => robot.allowed(url),
        }
    }

    pub(crate) fn pause(&self) -> Option<Duration> {
        let Self::Rules(robot) = self else { return None };
        robot.delay.filter(|delay| *delay > 0.0).map(|delay| Duration::from_secs_f32(delay.min(LONGEST_PAUSE)))
    }
}
