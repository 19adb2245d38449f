//! Sets words in lines: wraps them, indents them, colours them.

/// How a run of words looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    /// Headings, labels.
    Strong,
    /// Words of a source.
    Words,
    /// Places and side remarks.
    Faint,
    /// What is disputed.
    Alert,
}

impl Style {
    /// The parameters of the ANSI sequence that turns it on (ECMA-48, SGR).
    const fn sgr(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Strong => Some("1"),
            Self::Words => Some("36"),
            Self::Faint => Some("2"),
            Self::Alert => Some("1;33"),
        }
    }
}

/// Narrower than this, words no longer make lines.
const MIN_WIDTH: usize = 30;

/// The text set so far.
pub(super) struct Paint {
    width: usize,
    color: bool,
    text: String,
}

impl Paint {
    pub(super) fn new(width: usize, color: bool) -> Self {
        Self { width: width.max(MIN_WIDTH), color, text: String::new() }
    }

    pub(super) fn finish(self) -> String {
        self.text
    }

    pub(super) fn blank(&mut self) {
        self.text.push('\n');
    }

    /// A heading with a rule under it.
    pub(super) fn heading(&mut self, title: &str) {
        self.blank();
        self.line(0, 0, &[(Style::Strong, title)]);
        let rule = "─".repeat(title.chars().count().min(self.width));
        self.line(0, 0, &[(Style::Faint, &rule)]);
    }

    /// Runs of words as one paragraph: its first line starts at column `first`, the others at `rest`.
    pub(super) fn line(&mut self, first: usize, rest: usize, runs: &[(Style, &str)]) {
        let mut column = first;
        let mut fresh = true;
        self.text.push_str(&" ".repeat(first));
        for (style, words) in runs {
            let mut open = false;
            for word in words.split(breaks_line).filter(|word| !word.is_empty()) {
                let size = word.chars().count();
                if !fresh && column + 1 + size > self.width {
                    self.style_off(&mut open);
                    self.text.push('\n');
                    self.text.push_str(&" ".repeat(rest));
                    column = rest;
                    fresh = true;
                }
                if !fresh {
                    self.text.push(' ');
                    column += 1;
                }
                self.style_on(&mut open, *style);
                self.text.extend(word.chars().map(shown));
                column += size;
                fresh = false;
            }
            self.style_off(&mut open);
        }
        self.text.push('\n');
    }

    fn style_on(&mut self, open: &mut bool, style: Style) {
        if let (true, false, Some(sgr)) = (self.color, *open, style.sgr()) {
            self.text.push_str("\x1b[");
            self.text.push_str(sgr);
            self.text.push('m');
            *open = true;
        }
    }

    fn style_off(&mut self, open: &mut bool) {
        if *open {
            self.text.push_str("\x1b[0m");
            *open = false;
        }
    }
}

/// White space but the no-break space, which holds labels to their column.
fn breaks_line(letter: char) -> bool {
    letter.is_whitespace() && letter != '\u{a0}'
}

/// A source may hold characters that steer a terminal or turn the direction of what follows; they are shown as U+FFFD.
fn shown(letter: char) -> char {
    let turns = matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if letter.is_control() || turns { '\u{fffd}' } else { letter }
}

#[cfg(test)]
mod tests {
    use super::{Paint, Style};

    #[test]
    fn wraps_at_words_and_never_cuts_one() {
        let mut paint = Paint::new(30, false);
        paint.line(
            2,
            4,
            &[(Style::Plain, "one two three four five six seven"), (Style::Faint, "a-file-name-longer-than-a-line.html:1")],
        );
        assert_eq!(paint.finish(), "  one two three four five six\n    seven\n    a-file-name-longer-than-a-line.html:1\n");
    }

    #[test]
    fn colour_never_runs_over_a_line_end() {
        let mut paint = Paint::new(30, true);
        paint.line(0, 0, &[(Style::Strong, "one two three four five six seven eight")]);
        for line in paint.finish().lines() {
            assert!(line.starts_with("\x1b[1m") && line.ends_with("\x1b[0m"), "{line:?}");
        }
    }

    #[test]
    fn a_source_cannot_steer_the_terminal() {
        let mut paint = Paint::new(80, false);
        paint.line(0, 0, &[(Style::Words, "a\u{1b}[31mred\u{202e}der\r\nnext")]);
        assert_eq!(paint.finish(), "a\u{fffd}[31mred\u{fffd}der next\n");
    }
}
