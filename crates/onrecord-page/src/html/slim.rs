//! A page written anew for readers that build a whole tree of it: well-formed, and without all that holds no text.

use super::dom::{Dom, Node};
use super::element::Tag;
use super::token::Attributes;
use crate::run::Run;

/// Attributes that the readers look at.
const ATTRIBUTES: [&str; 11] =
    ["class", "id", "role", "itemprop", "itemtype", "hidden", "aria-hidden", "style", "rel", "data-testid", "href"];

/// Longest attribute that says something of an element.
const ATTRIBUTE_LIMIT: usize = 400;

/// Elements that change how words look and not what they are.
const LOOKS: [&str; 20] = [
    "abbr", "b", "bdi", "bdo", "big", "cite", "data", "dfn", "em", "font", "i", "ins", "mark", "nobr", "small", "strong", "sub",
    "sup", "tt", "u",
];

/// The page `text`, whose elements and blocks are in `dom`, without the elements that are `left_out`.
pub(crate) fn slim(text: &str, dom: &Dom, left_out: &[bool]) -> String {
    let mut writer = Writer { text, out: String::with_capacity(text.len() / 4), open: Vec::new(), after_text: false };
    let mut runs = dom.blocks.iter().enumerate().flat_map(|(at, block)| block.runs.iter().map(move |run| (at, run))).peekable();
    let mut block = None;
    writer.out.push_str("<body>");
    let mut skipped_to = 0;
    let mut drain = |writer: &mut Writer<'_>, until: usize, skipped_to: usize| {
        while let Some((at, run)) = runs.next_if(|(_, run)| run.range.start < until) {
            writer.close_before(run.range.start);
            if run.range.start >= skipped_to {
                writer.run(run, block.replace(at) != Some(at));
            }
        }
        runs.peek().map_or(usize::MAX, |(_, run)| run.range.start)
    };
    for (at, node) in dom.nodes.iter().enumerate().skip(1) {
        let next = drain(&mut writer, node.content.start, skipped_to);
        writer.close_before(node.content.start);
        let is_empty = next >= node.content.end;
        if is_empty || node.content.start < skipped_to {
            continue;
        }
        if left_out[at] {
            skipped_to = node.content.end;
        } else {
            writer.element(node);
        }
    }
    drain(&mut writer, usize::MAX, skipped_to);
    writer.close_before(usize::MAX);
    writer.out.push_str("</body>");
    writer.out
}

struct Writer<'t> {
    text: &'t str,
    out: String,
    /// Elements that are open: where they end, and their names.
    open: Vec<(usize, &'t str)>,
    /// Text was written last.
    after_text: bool,
}

impl<'t> Writer<'t> {
    fn close_before(&mut self, at: usize) {
        while let Some((_, name)) = self.open.pop_if(|(end, _)| *end <= at) {
            self.out.extend(["</", name, ">"]);
            self.after_text = false;
        }
    }

    fn run(&mut self, run: &Run, starts_block: bool) {
        if starts_block && self.after_text {
            self.out.push_str("<br><br>");
        }
        let shown = run.with.as_deref().unwrap_or_else(|| self.text.get(run.range.clone()).unwrap_or(""));
        for letter in shown.chars() {
            match letter {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                _ => self.out.push(letter),
            }
        }
        self.after_text = true;
    }

    fn element(&mut self, node: &Node) {
        let name = self.name(node);
        if name.is_empty() || node.tag == Tag::Page || LOOKS.iter().any(|look| name.eq_ignore_ascii_case(look)) {
            return;
        }
        let start = self.out.len();
        self.out.extend(["<", name]);
        let bare = self.out.len();
        for (attribute, value) in Attributes::new(self.text, node.attributes.clone()) {
            let value = self.text.get(value).unwrap_or("");
            let is_known = ATTRIBUTES.iter().any(|known| attribute.eq_ignore_ascii_case(known));
            if is_known && value.len() <= ATTRIBUTE_LIMIT && !value.contains('"') {
                self.out.extend([" ", attribute, "=\"", value, "\""]);
            }
        }
        if node.tag == Tag::Inline && self.out.len() == bare {
            self.out.truncate(start);
            return;
        }
        self.out.push('>');
        self.open.push((node.content.end, name));
        self.after_text = false;
    }

    /// The name of an element as it is written.
    fn name(&self, node: &Node) -> &'t str {
        let before = self.text.get(..node.attributes.start).unwrap_or("");
        before.rfind('<').and_then(|at| before.get(at + 1..)).unwrap_or("")
    }
}

#[cfg(test)]
mod tests {
    use super::super::dom;
    use super::slim;

    #[test]
    fn keeps_text_and_what_tells_of_it() {
        let page = "<html><head><title>x</title></head><body><div><img src=a><svg><path d=1></svg></div><nav><a href=/>Home</a></nav>\
                    <div class='text' onclick=\"go()\"><p>One <b>two</b> &amp; <a href=/three>three</a><p>Four<br><br>five</div>";
        let dom = dom::read(page);
        assert_eq!(
            slim(page, &dom, &vec![false; dom.nodes.len()]),
            "<body><nav><a href=\"/\">Home</a></nav><div class=\"text\"><p>One two &amp; <a href=\"/three\">three</a></p>\
             <p>Four<br><br>five</p></div></body>"
        );
        let nav: Vec<bool> = dom.nodes.iter().map(|node| page[..node.attributes.start].ends_with("<nav")).collect();
        assert!(slim(page, &dom, &nav).starts_with("<body><div class=\"text\">"));
    }
}
