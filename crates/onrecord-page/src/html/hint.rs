//! What an element's class, id, role and other attributes say about its content.

use std::collections::HashMap;
use std::ops::Range;

use super::token::Attributes;

/// Hints of one element.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Hint {
    /// Not part of an article: menus, share bars, related pieces, comments, captions, …
    pub(crate) beside: bool,
    /// The article's text, as the page itself marks it.
    pub(crate) body: bool,
    /// Holds an author's name.
    pub(crate) byline: bool,
    /// Holds a date.
    pub(crate) dated: bool,
    /// Its name ends in `date`: of this piece or of another that the page lists.
    pub(crate) maybe_dated: bool,
    /// Readers' comments.
    pub(crate) comments: bool,
    /// Not shown.
    pub(crate) hidden: bool,
}

impl Hint {
    fn join(&mut self, other: Self) {
        self.beside |= other.beside;
        self.body |= other.body;
        self.byline |= other.byline;
        self.dated |= other.dated;
        self.maybe_dated |= other.maybe_dated;
        self.comments |= other.comments;
        self.hidden |= other.hidden;
    }
}

/// Words in a class or id that name what stands beside an article. Whole words only: `headline` is no `head`.
/// This list and those below are sorted, for each word of each class of a page is looked up in them.
const BESIDE: [&str; 122] = [
    "ad",
    "addtoany",
    "ads",
    "adsbygoogle",
    "advert",
    "advertisement",
    "advertising",
    "also-read",
    "author-box",
    "author-info",
    "authorbox",
    "banner",
    "bio",
    "blogroll",
    "breadcrumb",
    "breadcrumbs",
    "byline",
    "caption",
    "comment",
    "commentlist",
    "comments",
    "consent",
    "cookie",
    "cookies",
    "copyright",
    "credit",
    "credits",
    "cta",
    "disclaimer",
    "disclosure",
    "disqus",
    "dropdown",
    "figcaption",
    "figure",
    "flyout",
    "footer",
    "footer-widget",
    "footnotes",
    "gallery",
    "gdpr",
    "hreview",
    "inline-related",
    "jetpack-likes",
    "jp-relatedposts",
    "lightbox",
    "login",
    "masthead",
    "menu",
    "meta",
    "metadata",
    "modal",
    "more-stories",
    "most-popular",
    "most-read",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "offcanvas",
    "outbrain",
    "overlay",
    "page-header",
    "pager",
    "pagination",
    "paywall",
    "popular",
    "popup",
    "post-navigation",
    "postmeta",
    "print-only",
    "promo",
    "promoted",
    "promotion",
    "read-more",
    "readmore",
    "readtime",
    "recirc",
    "recirculation",
    "recommendations",
    "recommended",
    "related",
    "relatedposts",
    "respond",
    "screen-reader",
    "search-form",
    "searchform",
    "share",
    "sharebar",
    "sharedaddy",
    "sharing",
    "sidebar",
    "sidebar-widget",
    "signup",
    "site-footer",
    "site-header",
    "skip-link",
    "social",
    "socials",
    "sponsor",
    "sponsored",
    "sr-only",
    "subheader-menu",
    "subscribe",
    "subscription",
    "table-of-contents",
    "taboola",
    "tagcloud",
    "taglist",
    "tags",
    "teaser",
    "teasers",
    "toc",
    "toolbar",
    "tooltip",
    "topbar",
    "trending",
    "upsell",
    "visually-hidden",
    "visuallyhidden",
    "whatsapp",
    "widgets-area",
    "you-may-like",
];

/// Names of classes and ids that hold readers' comments.
const COMMENTS: [&str; 16] = [
    "article-comments",
    "comment",
    "comment-list",
    "comment-thread",
    "commentlist",
    "commentlisting",
    "comments",
    "comments-area",
    "comments-container",
    "comments-list",
    "comments-section",
    "comments-wrapper",
    "disqus-thread",
    "post-comments",
    "replies",
    "respond",
];

/// Class names (words joined by `-`) with which pages mark the text of an article.
const BODY: [&str; 30] = [
    "article-body",
    "article-content",
    "article-copy",
    "article-main",
    "article-page-content",
    "article-text",
    "article__body",
    "articlebody",
    "blog-content",
    "blog-post-content",
    "body-content",
    "body-copy",
    "content-body",
    "e-content",
    "entry-body",
    "entry-content",
    "main-content",
    "news-body",
    "news-content",
    "page-content",
    "post-body",
    "post-content",
    "post-entry",
    "post-text",
    "rich-text-content",
    "single-content",
    "story-body",
    "story-content",
    "story-text",
    "storytext",
];

/// Words of a class or id that names an author.
const BYLINE: [&str; 8] = ["auther", "author", "authorname", "authors", "byline", "bylines", "contributor", "reporter"];

/// Folders of addresses that are pages of authors.
const AUTHOR_FOLDERS: [&str; 8] =
    ["/author/", "/authors/", "/contributor/", "/contributors/", "/byline/", "/reporter/", "/journalist/", "/columnist/"];

const DATED: [&str; 16] = [
    "article-date",
    "date",
    "dateline",
    "datetime",
    "entry-date",
    "post-date",
    "postdate",
    "posted-on",
    "pubdate",
    "publication-date",
    "publish-date",
    "published",
    "published-date",
    "time",
    "timestamp",
    "updated",
];

/// What classes and ids say, kept while a page is read: most elements of a page have the class of another one.
#[derive(Default)]
pub(crate) struct Names<'t> {
    known: HashMap<&'t str, Hint>,
}

impl<'t> Names<'t> {
    fn of(&mut self, value: &'t str) -> Hint {
        *self.known.entry(value).or_insert_with(|| of_names(value))
    }
}

/// Reads the attributes at `range` of `text`.
pub(crate) fn of<'t>(text: &'t str, range: Range<usize>, names: &mut Names<'t>) -> Hint {
    let mut hint = Hint::default();
    for (name, value) in Attributes::new(text, range) {
        let value = text.get(value).unwrap_or("");
        match () {
            () if name.eq_ignore_ascii_case("class") || name.eq_ignore_ascii_case("id") => hint.join(names.of(value)),
            () if name.eq_ignore_ascii_case("role") => {
                let role = value.to_ascii_lowercase();
                hint.beside |= matches!(
                    &*role,
                    "navigation"
                        | "banner"
                        | "complementary"
                        | "contentinfo"
                        | "search"
                        | "dialog"
                        | "alert"
                        | "menu"
                        | "menubar"
                        | "tablist"
                        | "toolbar"
                );
                hint.body |= role == "main";
            }
            () if name.eq_ignore_ascii_case("itemprop") => {
                hint.body |= value.eq_ignore_ascii_case("articleBody");
                hint.byline |= value.split_whitespace().any(|word| word == "author");
                hint.dated |= value.starts_with("date");
            }
            () if name.eq_ignore_ascii_case("rel") => {
                hint.byline |= value.split_whitespace().any(|word| word.eq_ignore_ascii_case("author"))
            }
            () if name.eq_ignore_ascii_case("href") => hint.byline |= AUTHOR_FOLDERS.iter().any(|folder| value.contains(folder)),
            () if name.eq_ignore_ascii_case("hidden") => hint.hidden |= !value.eq_ignore_ascii_case("false"),
            () if name.eq_ignore_ascii_case("aria-hidden") => hint.hidden |= value.eq_ignore_ascii_case("true"),
            () if name.eq_ignore_ascii_case("style") => hint.hidden |= is_hiding(value),
            () => {}
        }
    }
    hint
}

fn is_hiding(style: &str) -> bool {
    let style: String = style.chars().filter(|letter| !letter.is_whitespace()).collect();
    style.contains("display:none") || style.contains("visibility:hidden")
}

/// Longest class name that is looked at; longer ones are machine-made.
const NAME_LIMIT: usize = 64;

fn of_names(value: &str) -> Hint {
    let mut hint = Hint::default();
    for name in value.split_ascii_whitespace().filter(|name| name.len() <= NAME_LIMIT).take(24) {
        let name = hyphenated(name);
        let is_in = |list: &[&str], name: &str| list.binary_search(&name).is_ok();
        hint.body |= is_in(&BODY, &name);
        hint.byline |= name.split('-').any(|word| is_in(&BYLINE, word)) || name == "by-line";
        hint.dated |= is_in(&DATED, &name);
        hint.maybe_dated |= name.ends_with("-date");
        hint.comments |= is_in(&COMMENTS, &name);
        hint.beside |= is_beside(&name);
    }
    hint
}

/// Whether one word, or two that follow each other, of a hyphenated name stand for something beside the article.
fn is_beside(name: &str) -> bool {
    // Utility classes say where something goes (`has-sidebar`, `no-comments`, `md:hidden`), not what it is.
    if ["has-", "no-", "is-", "with-", "without-", "js-"].iter().any(|prefix| name.starts_with(prefix)) || name.contains(':') {
        return false;
    }
    let listed = |part: &str| BESIDE.binary_search(&part).is_ok();
    let mut before: Option<usize> = None;
    let mut start = 0;
    for word in name.split('-') {
        let end = start + word.len();
        if !word.is_empty() {
            if listed(word) || before.is_some_and(|first| listed(&name[first..end])) {
                return true;
            }
            before = Some(start);
        }
        start = end + 1;
    }
    listed(name)
}

/// A class name in lower case with its words parted by hyphens: `postMeta`, `post_meta` and `post__meta` are all `post-meta`.
fn hyphenated(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    let mut before_lower = false;
    for letter in name.chars() {
        if letter == '_' || letter == '-' {
            if !out.ends_with('-') {
                out.push('-');
            }
        } else {
            if letter.is_ascii_uppercase() && before_lower {
                out.push('-');
            }
            out.push(letter.to_ascii_lowercase());
        }
        before_lower = letter.is_ascii_lowercase();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{BESIDE, BODY, BYLINE, COMMENTS, DATED, of};

    fn hint(attributes: &str) -> super::Hint {
        of(attributes, 0..attributes.len(), &mut super::Names::default())
    }

    #[test]
    fn lists_are_sorted() {
        assert!(BESIDE.is_sorted() && BODY.is_sorted() && BYLINE.is_sorted() && COMMENTS.is_sorted() && DATED.is_sorted());
    }

    #[test]
    fn whole_words_count() {
        assert!(hint("class='relatedPosts'").beside && hint("id=post_share").beside && hint("class='x most-read'").beside);
        assert!(!hint("class='headline shadow has-sidebar'").beside);
        assert!(hint("class='entry__content'").body && hint("itemprop=articleBody").body);
        assert!(hint("style='display: none'").hidden && hint("hidden").hidden);
    }
}
