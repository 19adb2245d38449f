//! Text made safe for HTML.

use std::fmt;

/// Displays its text so that it reads as text in elements and in quoted attributes.
pub(crate) struct Escaped<'a>(pub(crate) &'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for letter in self.0.chars() {
            match letter {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                // HTML allows no control characters but white space, not even as references.
                '\t' | '\n' => write!(f, "{letter}")?,
                control if control.is_control() => f.write_str("\u{fffd}")?,
                // Non-characters are a parse error too (HTML standard, 13.2.3.5).
                '\u{fdd0}'..='\u{fdef}' => f.write_str("\u{fffd}")?,
                other if (other as u32) & 0xfffe == 0xfffe => f.write_str("\u{fffd}")?,
                other => write!(f, "{other}")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Escaped;

    #[test]
    fn nothing_can_open_a_tag_or_close_an_attribute() {
        assert_eq!(Escaped("<b a=\"x\" b='y'>&\0").to_string(), "&lt;b a=&quot;x&quot; b=&#39;y&#39;&gt;&amp;\u{fffd}");
    }
}
