//! Title, authors, dates and site of an HTML page.

use std::ops::Range;

use onrecord_lexicon::Lexicon;
use onrecord_text::SourceSpan;

use super::body::Body;
use super::dom::{Dom, Node, TextBlock};
use super::element::Tag;
use super::json::{self, Json};
use super::token::{Attributes, Syntax, Token, Tokens};
use crate::article::{DateBasis, Label, PageDate, PageNote};
use crate::run::{References, Run, RunBuilder, View, cover, words};
use crate::{byline, date, line};

/// What the page says of the article. Ranges are bytes of the markup.
pub(crate) struct Head<'t> {
    text: &'t str,
    dom: &'t Dom,
    data: Vec<Json>,
}

/// A headline: where it stands, and its folded words.
#[derive(Debug, Clone)]
pub(crate) struct Title {
    pub(crate) range: Range<usize>,
    pub(crate) key: String,
}

/// `meta` names for the day of first publication, best first.
const PUBLISHED: [&str; 19] = [
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "og:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date.created",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "parsely-pub-date",
    "sailthru.date",
    "citation_publication_date",
    "published",
];

const MODIFIED: [&str; 7] = [
    "article:modified_time",
    "og:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "last-modified",
    "lastmod",
];

const AUTHOR: [&str; 9] = [
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "sailthru.author",
    "parsely-author",
    "citation_author",
    "article:author_name",
];

/// What parts a name from the date behind it.
const BYLINE_EDGE: [char; 9] = [' ', ',', '|', '-', '–', '—', '·', '•', '('];

/// Elements around a `time` among which one holds what it is the time of.
const LIST_REACH: usize = 3;

/// `time` elements that are looked at in this way.
const LISTED_TIMES: usize = 64;

/// Blocks above and below the headline in which a line with the date is looked for.
const NEAR: usize = 12;

impl<'t> Head<'t> {
    pub(crate) fn new(text: &'t str, dom: &'t Dom) -> Self {
        let data = dom.linked_data.iter().filter_map(|range| json::read(text, range.clone())).collect();
        Self { text, dom, data }
    }

    fn cut(&self, range: &Range<usize>) -> &'t str {
        self.text.get(range.clone()).unwrap_or("")
    }

    /// The folded words at `range`, escapes of markup and of JSON undone.
    fn key(&self, range: &Range<usize>) -> String {
        line::key(&htmlize::unescape(json::unescape(self.cut(range))))
    }

    fn meta(&self, names: &[&str]) -> Option<Range<usize>> {
        names.iter().find_map(|name| {
            let mut found =
                self.dom.metas.iter().filter(|meta| meta.name == *name).map(|meta| trimmed(self.text, meta.content.clone()));
            found.find(|content| !content.is_empty())
        })
    }

    /// The object of the JSON-LD that describes the article.
    fn article(&self) -> Option<&Json> {
        let objects = || self.data.iter().flat_map(Json::objects);
        let has_type = |object: &&Json, wanted: &[&str]| {
            let types = match object.get(self.text, "@type") {
                Some(Json::Text(range)) => vec![range.clone()],
                Some(Json::Array(values)) => values.iter().filter_map(|value| value.name(self.text)).collect(),
                _ => Vec::new(),
            };
            types.iter().any(|range| wanted.iter().any(|wanted| self.cut(range).ends_with(wanted)))
        };
        objects().find(|object| has_type(object, &["Article", "BlogPosting", "Posting", "Report"])).or_else(|| {
            objects().find(|object| {
                has_type(object, &["WebPage", "Review", "CreativeWork"]) && object.get(self.text, "datePublished").is_some()
            })
        })
    }

    fn linked(&self, key: &str) -> Option<Range<usize>> {
        let value = self.article()?.get(self.text, key)?.name(self.text)?;
        Some(trimmed(self.text, value)).filter(|value| !value.is_empty())
    }

    /// Whether the page says that it is one article.
    pub(crate) fn states_article(&self) -> bool {
        let kind = self.meta(&["og:type"]).map(|range| self.cut(&range).to_ascii_lowercase());
        kind.as_deref() == Some("article") || self.article().is_some()
    }

    /// Where JSON-LD calls the piece an opinion.
    pub(crate) fn opinion(&self) -> Option<Range<usize>> {
        let kind = self.article()?.get(self.text, "@type")?;
        let kinds = if let Json::Array(kinds) = kind { kinds.iter().collect() } else { vec![kind] };
        kinds.into_iter().filter_map(|kind| kind.name(self.text)).find(|kind| self.cut(kind).contains("Opinion"))
    }

    /// The headline: the `h1` that agrees with what the page's head says, else what the head says.
    pub(crate) fn title(&self) -> Option<Title> {
        let said = self.said_titles();
        let site = self.site_name().map(|range| self.key(&range));
        let mut headings = self.headings();
        headings.retain(|heading| site.as_deref() != Some(&heading.key));
        let agrees = |heading: &&Title| said.iter().any(|title| same_title(&heading.key, &title.key));
        // What is written for search engines may differ; it still shares words with the headline.
        let shares = |heading: &&Title| said.iter().any(|title| shares_words(&heading.key, &title.key));
        let chosen =
            headings.iter().find(agrees).or_else(|| headings.iter().find(shares)).or(said.first()).or(headings.first())?.clone();
        // Of two places with the same words, the one without markup between them reads as it is cut.
        let is_plain = |title: &&Title| {
            let written = self.cut(&title.range);
            !written.contains(['<', '\\', '\n']) && htmlize::unescape(written) == written
        };
        let same = || std::iter::once(&chosen).chain(&said).filter(|title| title.key == chosen.key);
        let plain =
            same().find(is_plain).or_else(|| said.iter().filter(|title| same_title(&title.key, &chosen.key)).find(is_plain));
        Some(plain.cloned().unwrap_or(chosen))
    }

    /// Headlines in the head of the page: `og:title`, JSON-LD, `title`; the name of the site cut off.
    fn said_titles(&self) -> Vec<Title> {
        let site = self.site_name().map(|range| self.key(&range));
        let places = [self.meta(&["og:title"]), self.linked("headline"), self.meta(&["twitter:title"]), self.dom.title.clone()];
        let mut titles = Vec::new();
        for range in places.into_iter().flatten() {
            let range = without_site(self.text, trimmed(self.text, range), site.as_deref());
            let key = self.key(&range);
            if !key.is_empty() {
                titles.push(Title { range, key });
            }
        }
        titles
    }

    /// Headings of the first level, and of the second where there is none of the first.
    fn headings(&self) -> Vec<Title> {
        let of_level = |wanted: u8| -> Vec<Title> {
            let blocks = self.dom.blocks.iter().filter(|block| self.heading_level(block.node) == Some(wanted));
            blocks
                .filter_map(|block| Some(Title { range: cover(&block.runs)?, key: line::key(&words(self.text, &block.runs)) }))
                .filter(|title| !title.key.is_empty())
                .collect()
        };
        let first = of_level(1);
        if first.is_empty() { of_level(2) } else { first }
    }

    fn heading_level(&self, node: usize) -> Option<u8> {
        let mut at = node;
        for _ in 0..3 {
            if let Tag::Heading(level) = self.dom.nodes[at].tag {
                return Some(level);
            }
            at = self.dom.nodes[at].parent;
        }
        None
    }

    fn site_name(&self) -> Option<Range<usize>> {
        let publisher = || self.article()?.get(self.text, "publisher")?.name(self.text);
        self.meta(&["og:site_name"]).or_else(publisher).or_else(|| self.marked_publisher()).or_else(|| {
            self.meta(&["dc.publisher", "dcterms.publisher", "citation_publisher", "application-name", "al:android:app_name"])
        })
    }

    /// The name inside of an element marked as the publisher (HTML microdata): `content` of what carries it, or its text.
    fn marked_publisher(&self) -> Option<Range<usize>> {
        let is = |node: &Node, value: &str| self.attribute(node, "itemprop").is_some_and(|found| self.cut(&found) == value);
        let publisher = self.dom.nodes.iter().find(|node| is(node, "publisher"))?;
        let part = self.text.get(publisher.content.clone())?;
        let shift = |range: Range<usize>| range.start + publisher.content.start..range.end + publisher.content.start;
        let mut named = false;
        for token in Tokens::new(part, Syntax::Html) {
            match token {
                Token::Open { attributes, .. } => {
                    let all = || Attributes::new(part, attributes.clone());
                    named = all().any(|(name, value)| name == "itemprop" && part.get(value).is_some_and(|value| value == "name"));
                    let content = all().find(|(name, _)| *name == "content").map(|(_, value)| value);
                    if let Some(content) = content.filter(|content| named && !content.is_empty()) {
                        return Some(shift(content));
                    }
                }
                Token::Text(range) if named && part.get(range.clone()).is_some_and(|text| !text.trim().is_empty()) => {
                    return Some(trimmed(self.text, shift(range)));
                }
                _ => {}
            }
        }
        None
    }

    /// The name of the site.
    pub(crate) fn site(&self) -> Option<Range<usize>> {
        self.site_name().filter(|range| !range.is_empty() && range.len() < 80)
    }

    /// The authors: JSON-LD, then `meta`, then what the page shows.
    pub(crate) fn authors(&self, title: Option<&Title>, body: &Body, lexicon: &Lexicon) -> Vec<Range<usize>> {
        let site = self.site_name().map(|range| self.key(&range));
        let persons = self.persons();
        let is_site = |range: &Range<usize>| {
            site.as_deref().is_some_and(|site| site == self.key(range) && !persons.iter().any(|person| line::key(person) == site))
        };
        let (people, organisations) = self.linked_authors();
        let meta: Vec<Range<usize>> = AUTHOR
            .iter()
            .flat_map(|name| self.dom.metas.iter().filter(move |meta| meta.name == *name))
            .chain(self.dom.metas.iter().filter(|meta| meta.name.ends_with(":author") && !AUTHOR.contains(&&*meta.name)))
            .filter(|meta| meta.name != "twitter:author")
            .map(|meta| meta.content.clone())
            .chain(self.written_by())
            .collect();
        let named = |places: Vec<Range<usize>>| -> Vec<Range<usize>> {
            let names = places.iter().flat_map(|place| {
                byline::names(self.cut(place), lexicon).into_iter().map(|name| name.start + place.start..name.end + place.start)
            });
            let mut found: Vec<Range<usize>> = Vec::new();
            for name in names.filter(|name| !is_site(name)) {
                if !found.iter().any(|known| line::key(self.cut(known)) == line::key(self.cut(&name))) {
                    found.push(name);
                }
            }
            found
        };
        let shown = || named(self.shown_authors(title, body, lexicon));
        let found = [named(people), named(meta)].into_iter().find(|names| !names.is_empty());
        // Who is named as an organisation is often the site; a person whom the page shows is nearer to the author.
        found.or_else(|| Some(shown()).filter(|names| !names.is_empty())).unwrap_or_else(|| named(organisations))
    }

    /// `twitter:data1` where `twitter:label1` says "Written by".
    fn written_by(&self) -> Option<Range<usize>> {
        let label = self.meta(&["twitter:label1"]).filter(|label| self.cut(label).eq_ignore_ascii_case("written by"));
        label.and_then(|_| self.meta(&["twitter:data1"]))
    }

    /// The authors that JSON-LD names: people and those whose type is not said, and organisations.
    fn linked_authors(&self) -> (Vec<Range<usize>>, Vec<Range<usize>>) {
        let Some(author) =
            self.article().and_then(|article| article.get(self.text, "author").or_else(|| article.get(self.text, "creator")))
        else {
            return (Vec::new(), Vec::new());
        };
        let people: Vec<&Json> = if let Json::Array(people) = author { people.iter().collect() } else { vec![author] };
        let (mut persons, mut organisations) = (Vec::new(), Vec::new());
        for person in people {
            let kind = person.get(self.text, "@type").and_then(|kind| kind.name(self.text));
            let is_organisation = kind.is_some_and(|kind| self.cut(&kind).ends_with("Organization"));
            let list = if is_organisation { &mut organisations } else { &mut persons };
            list.extend(person.name(self.text).or_else(|| self.named_by_id(person)));
        }
        (persons, organisations)
    }

    /// Names that JSON-LD gives to persons: a site may be called by its author's name.
    fn persons(&self) -> Vec<&'t str> {
        let objects = self.data.iter().flat_map(Json::objects);
        let is_person = |object: &&Json| {
            object.get(self.text, "@type").and_then(|kind| kind.name(self.text)).is_some_and(|kind| self.cut(&kind) == "Person")
        };
        objects.filter(is_person).filter_map(|object| Some(self.cut(&object.get(self.text, "name")?.name(self.text)?))).collect()
    }

    /// The name of the object that `{"@id": …}` points to.
    fn named_by_id(&self, reference: &Json) -> Option<Range<usize>> {
        let id = self.cut(&reference.get(self.text, "@id")?.name(self.text)?);
        let mut objects = self.data.iter().flat_map(Json::objects);
        objects.find_map(|object| {
            let own = object.get(self.text, "@id")?.name(self.text)?;
            (self.cut(&own) == id).then(|| object.get(self.text, "name")?.name(self.text)).flatten()
        })
    }

    /// Texts of the elements marked as bylines; the first one behind the headline that holds a name decides.
    fn shown_authors(&self, title: Option<&Title>, body: &Body, lexicon: &Lexicon) -> Vec<Range<usize>> {
        let from = title.map_or(0, |title| title.range.start);
        let marked = |after: bool| {
            let mut nodes = self
                .dom
                .nodes
                .iter()
                .filter(|node| node.hint.byline && (node.content.start >= from) == after && node.content.len() < 4000);
            nodes.find_map(|node| {
                let names = self.names_in(node, lexicon);
                (!names.is_empty()).then_some(names)
            })
        };
        marked(true).or_else(|| marked(false)).unwrap_or_else(|| self.visible_authors(title, body, lexicon))
    }

    /// Names in a line around the headline that starts as a byline does ("By …"), or in a line beside such a start or a date.
    fn visible_authors(&self, title: Option<&Title>, body: &Body, lexicon: &Lexicon) -> Vec<Range<usize>> {
        let lines: Vec<View> = self
            .near_title(title, body)
            .filter(|block| block.len < 240)
            .map(|block| View::of_runs(self.text, &block.runs))
            .collect();
        let ranges = |view: &View, names: Vec<Range<usize>>| -> Vec<Range<usize>> {
            names.iter().map(|name| view.span(name).range()).filter(|range| !self.cut(range).contains('<')).collect()
        };
        let behind_lead = lines.iter().map(|view| {
            let until = date::find(&view.text).map_or(view.text.len(), |found| found.range.start);
            let shown = view.text.get(..until).unwrap_or("").trim_end_matches(BYLINE_EDGE);
            ranges(view, byline::after_lead(shown, lexicon))
        });
        let below_lead = lines
            .windows(2)
            .filter(|pair| lexicon.list("byline-lead").contains(&pair[0].text))
            .map(|pair| ranges(&pair[1], byline::names(&pair[1].text, lexicon)));
        let beside_date =
            lines.windows(2).flat_map(|pair| [(&pair[0], &pair[1]), (&pair[1], &pair[0])]).filter(|(name, dated)| {
                byline::is_lone_name(&name.text, lexicon)
                    && !title.is_some_and(|title| title.key.contains(&line::key(&name.text)))
                    && date::find(&dated.text).is_some_and(|found| dated.text.len() < found.range.len() + 24)
            });
        let beside_date = beside_date.map(|(name, _)| ranges(name, byline::names(&name.text, lexicon)));
        let behind_date = lines.iter().map(|view| ranges(view, byline::after_date(&view.text, lexicon)));
        behind_lead.chain(below_lead).chain(behind_date).chain(beside_date).find(|names| !names.is_empty()).unwrap_or_default()
    }

    /// The blocks around the headline and down to the first paragraphs.
    fn near_title<'s>(&'s self, title: Option<&Title>, body: &Body) -> impl Iterator<Item = &'s TextBlock> + use<'s, 't> {
        let blocks = &self.dom.blocks;
        let start = title.map_or(0, |title| {
            blocks.partition_point(|block| cover(&block.runs).is_some_and(|range| range.start < title.range.start))
        });
        let first = body.kept.first().copied().unwrap_or(blocks.len());
        // The headline may have been read in the page's head; where it is shown is what counts.
        let is_title = |at: &usize| title.is_some_and(|title| line::key(&words(self.text, &blocks[*at].runs)) == title.key);
        let shown = (start == 0).then(|| (0..first.min(blocks.len())).rev().take(3 * NEAR).find(is_title)).flatten();
        let start = shown.unwrap_or(start);
        let from = if start <= first { start.saturating_sub(3) } else { first.saturating_sub(NEAR) };
        blocks.iter().skip(from).take(NEAR.max(first.saturating_sub(from).min(3 * NEAR)))
    }

    /// The parts of a node's text that are names. Names that markup runs through are left out.
    pub(super) fn names_in(&self, node: &Node, lexicon: &Lexicon) -> Vec<Range<usize>> {
        let runs = text_of(self.text, &node.content);
        let view = View::of_runs(self.text, &runs);
        let lead = byline::lead(&view.text, 0, lexicon);
        let start = lead.unwrap_or(0);
        let shown = view.text.get(start..).unwrap_or("");
        let len = shown.find(['|', '·', '•', '—', '–']).unwrap_or(shown.len());
        let len = date::find(&shown[..len]).filter(|found| found.range.start > 0).map_or(len, |found| found.range.start);
        let names = byline::names(shown.get(..len).unwrap_or("").trim_end(), lexicon);
        if names.is_empty() && lead.is_none() {
            let names = byline::after_date(&view.text, lexicon);
            return names.iter().map(|name| view.span(name).range()).filter(|range| !self.cut(range).contains('<')).collect();
        }
        // One word in an element called `author` is as often a heading or a section.
        let names =
            names.into_iter().filter(|name| lead.is_some() || shown.get(name.clone()).is_some_and(|name| name.contains(' ')));
        let spans = names.map(|name| view.span(&(name.start + start..name.end + start)).range());
        spans.filter(|range| !self.cut(range).contains('<')).collect()
    }

    /// When the piece was published and changed, best evidence first.
    pub(crate) fn dates(
        &self,
        title: Option<&Title>,
        body: &Body,
        notes: &mut Vec<PageNote>,
    ) -> (Option<PageDate>, Option<PageDate>) {
        let from_data = |key: &str| self.stamp(self.linked(key)?, DateBasis::JsonLd);
        let from_meta = |names: &[&str]| names.iter().find_map(|name| self.stamp(self.meta(&[name])?, DateBasis::Meta));
        let modified =
            from_data("dateModified").or_else(|| from_meta(&MODIFIED)).or_else(|| self.time_element(title, body, true));
        let published = from_data("datePublished").or_else(|| from_data("dateCreated")).or_else(|| from_meta(&PUBLISHED));
        let published = published
            .or_else(|| self.time_element(title, body, false))
            .or_else(|| self.address_date())
            .or_else(|| self.marked_date(title, body))
            .or_else(|| self.visible_date(title, body, notes))
            .or_else(|| self.listed_time(title))
            .or_else(|| self.only_time())
            .map(|published| self.on_the_sites_day(published));
        let published = match (published, &modified) {
            (Some(published), Some(modified)) if is_later(&published.value, &modified.value) => {
                Some(self.shown_instead(published, title, body, notes))
            }
            (published, _) => published,
        };
        (published, modified)
    }

    /// What was published after its last change was put out anew, and its stamp tells when: an earlier day that the page shows beside
    /// its headline is then the better evidence.
    fn shown_instead(&self, stated: PageDate, title: Option<&Title>, body: &Body, notes: &mut Vec<PageNote>) -> PageDate {
        let shown = self.marked_date(title, body).or_else(|| self.visible_date(title, body, notes));
        shown.filter(|shown| shown.value.get(..10) < stated.value.get(..10)).unwrap_or(stated)
    }

    /// The time that a list of the site's pieces gives for this one: it stands alone beside a link with the words of the headline.
    fn listed_time(&self, title: Option<&Title>) -> Option<PageDate> {
        let title = title?;
        let own: Vec<usize> = self
            .dom
            .blocks
            .iter()
            .filter(|block| block.linked > 0 && line::key(&words(self.text, &block.runs)) == title.key)
            .filter_map(|block| cover(&block.runs).map(|range| range.start))
            .collect();
        let times = || self.dom.nodes.iter().filter(|node| node.tag == Tag::Time).take(LISTED_TIMES);
        times().find_map(|time| {
            let mut around = time.parent;
            for _ in 0..LIST_REACH {
                let node = self.dom.nodes.get(around).filter(|node| node.tag != Tag::Page)?;
                if times().filter(|other| node.content.contains(&other.content.start)).count() > 1 {
                    return None;
                }
                if own.iter().any(|at| node.content.contains(at)) {
                    return self.time(time);
                }
                around = node.parent;
            }
            None
        })
    }

    fn attribute(&self, node: &Node, wanted: &str) -> Option<Range<usize>> {
        let mut attributes = Attributes::new(self.text, node.attributes.clone());
        attributes.find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value)
    }

    fn stamp(&self, range: Range<usize>, basis: DateBasis) -> Option<PageDate> {
        let value = date::parse_stamp(self.cut(&range))?;
        Some(PageDate { value, span: source_span(&range), basis })
    }

    /// The first `time` element in or near the article.
    fn time_element(&self, title: Option<&Title>, body: &Body, changed: bool) -> Option<PageDate> {
        let from = title.map_or(0, |title| title.range.start.saturating_sub(2000));
        let until = self.dom.nodes.get(body.node).map_or(self.text.len(), |node| node.content.end);
        let mut times = self
            .dom
            .nodes
            .iter()
            .filter(|node| node.tag == Tag::Time && node.content.start >= from && node.content.start < until);
        times.find_map(|node| {
            let attributes = || Attributes::new(self.text, node.attributes.clone());
            let is_changed =
                attributes().any(|(name, value)| (name == "class" || name == "itemprop") && says_changed(self.cut(&value)));
            if is_changed != changed {
                return None;
            }
            self.time(node)
        })
    }

    /// What a `time` element says.
    pub(super) fn time(&self, node: &Node) -> Option<PageDate> {
        let stated = self.attribute(node, "datetime").and_then(|value| self.stamp(value, DateBasis::TimeElement));
        stated.or_else(|| self.date_in(&node.content, DateBasis::TimeElement))
    }

    /// The day in the path of the page's own address.
    fn address_date(&self) -> Option<PageDate> {
        let address = self.address()?;
        let path = self.cut(&address);
        let start = path.find("://").map_or(0, |at| at + "://".len());
        let (range, value) = date::in_path(path.get(start..)?)?;
        let at = address.start + start;
        Some(PageDate { value, span: source_span(&(at + range.start..at + range.end)), basis: DateBasis::Address })
    }

    /// The address that the page gives as its own.
    pub(crate) fn address(&self) -> Option<Range<usize>> {
        self.dom.canonical.clone().or_else(|| self.meta(&["og:url"])).map(|range| trimmed(self.text, range))
    }

    /// A stamp in universal time may name the day before or after; where the page's address gives that one, it is the day on which the
    /// site says that it published.
    fn on_the_sites_day(&self, published: PageDate) -> PageDate {
        let is_universal = published.value.len() > 10 && (published.value.ends_with('Z') || published.value.ends_with("+00:00"));
        let address = self.address_date().filter(|_| is_universal);
        match address {
            Some(address) if date::days_apart(&address.value, &published.value) == Some(1) => address,
            _ => published,
        }
    }

    /// The day of all `time` elements of the page, where they name one only.
    fn only_time(&self) -> Option<PageDate> {
        let mut only: Option<PageDate> = None;
        for node in self.dom.nodes.iter().filter(|node| node.tag == Tag::Time) {
            let Some(found) = self.time(node) else { continue };
            match &only {
                Some(known) if known.value.get(..10) != found.value.get(..10) => return None,
                Some(_) => {}
                None => only = Some(found),
            }
        }
        only
    }

    /// A date in an element whose class says that it holds one.
    fn marked_date(&self, title: Option<&Title>, body: &Body) -> Option<PageDate> {
        let from = title.map_or(0, |title| title.range.start.saturating_sub(2000));
        let first = body.kept.first().and_then(|at| cover(&self.dom.blocks.get(*at)?.runs)).map_or(0, |range| range.end);
        let is_dated = |node: &&Node| node.hint.dated || (node.hint.maybe_dated && node.content.start < first);
        let mut nodes =
            self.dom.nodes.iter().filter(|node| is_dated(node) && node.content.start >= from && node.content.len() < 600);
        nodes.find_map(|node| {
            let content =
                Attributes::new(self.text, node.attributes.clone()).find(|(name, _)| *name == "content" || *name == "datetime");
            let stated = content.and_then(|(_, value)| self.stamp(value, DateBasis::VisibleLine));
            stated.or_else(|| self.date_in(&node.content, DateBasis::VisibleLine))
        })
    }

    fn date_in(&self, range: &Range<usize>, basis: DateBasis) -> Option<PageDate> {
        let runs = text_of(self.text, range);
        let view = View::of_runs(self.text, &runs);
        let found = date::find(&view.text)?;
        Some(PageDate { value: found.value?, span: view.span(&found.range), basis })
    }

    /// A date in one of the short lines around the headline.
    fn visible_date(&self, title: Option<&Title>, body: &Body, notes: &mut Vec<PageNote>) -> Option<PageDate> {
        for block in self.near_title(title, body).filter(|block| block.len < 300) {
            let view = View::of_runs(self.text, &block.runs);
            let Some(found) = date::find(&view.text) else { continue };
            let span = view.span(&found.range);
            match found.value {
                Some(value) => return Some(PageDate { value, span, basis: DateBasis::VisibleLine }),
                None => notes.push(ambiguous_date(span)),
            }
        }
        None
    }

    /// The section that the page files the piece under.
    pub(crate) fn section(&self) -> Option<Label> {
        let range = self.meta(&["article:section", "og:section", "section"]).or_else(|| self.linked("articleSection"))?;
        let value = htmlize::unescape(json::unescape(self.cut(&range))).to_lowercase();
        (value.len() < 60).then(|| Label { name: "section", value, span: source_span(&range) })
    }
}

/// The note on a date that can be read two ways.
pub(crate) fn ambiguous_date(span: SourceSpan) -> PageNote {
    PageNote { span: Some(span), name: "ambiguous-date", text: "the date can be read two ways, so it was not read".to_owned() }
}

/// Whether one moment is later than another, where both are given to the second and in the same zone.
fn is_later(one: &str, other: &str) -> bool {
    one.len() > 16 && one.len() == other.len() && one.get(19..) == other.get(19..) && one > other
}

fn says_changed(value: &str) -> bool {
    let value = value.to_ascii_lowercase();
    value.contains("updated") || value.contains("modified")
}

fn source_span(range: &Range<usize>) -> SourceSpan {
    crate::run::span(range)
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = text.get(range.clone()).unwrap_or("");
    let start = range.start + (part.len() - part.trim_start().len());
    start..start + part.trim().len()
}

/// What the text at `range` reads as, tags and code left out.
fn text_of(text: &str, range: &Range<usize>) -> Vec<Run> {
    let part = text.get(range.clone()).unwrap_or("");
    let mut builder = RunBuilder::new(part);
    for token in Tokens::new(part, Syntax::Html) {
        match token {
            Token::Text(at) => builder.push(at, References::Decode),
            Token::Open { name, whole, .. } | Token::Close { name, whole } => {
                if Tag::of(part.get(name).unwrap_or("")).breaks_line() {
                    builder.space(whole);
                }
            }
            Token::Raw(_) | Token::Other(_) => {}
        }
    }
    let shift = |run: Run| Run { range: run.range.start + range.start..run.range.end + range.start, with: run.with };
    builder.take().into_iter().map(shift).collect()
}

/// Whether two folded headlines are the same, or one the start of the other: heads and pages cut them differently.
fn same_title(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    short == long || (short.len() >= 15 && short.len() * 2 >= long.len() && long.starts_with(short))
}

/// Whether two folded headlines share a good part of their words.
fn shares_words(one: &str, other: &str) -> bool {
    let words: Vec<&str> = one.split(' ').filter(|word| word.len() > 2).collect();
    let others: Vec<&str> = other.split(' ').filter(|word| word.len() > 2).collect();
    let shared = words.iter().filter(|word| others.contains(word)).count();
    shared >= 2 && shared * 2 >= words.len().min(others.len())
}

/// Marks between a headline and the name of the site.
const TITLE_MARKS: [&str; 13] =
    [" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • ", " &#8211; ", " &mdash; ", " &ndash; ", " &raquo; ", ": "];

/// A title without the name of the site behind or before it.
fn without_site(text: &str, range: Range<usize>, site: Option<&str>) -> Range<usize> {
    let title = text.get(range.clone()).unwrap_or("");
    let key = |part: &str| line::key(&htmlize::unescape(part));
    let is_site = |part: &str| {
        site.is_some_and(|site| !site.is_empty() && (key(part) == site || (part.len() < 40 && key(part).contains(site))))
    };
    for mark in TITLE_MARKS {
        if let Some(at) = title.rfind(mark) {
            let tail = &title[at + mark.len()..];
            let head_words = line::word_count(&title[..at]);
            if is_site(tail)
                || (site.is_none() && ![" - ", ": "].contains(&mark) && line::word_count(tail) <= 4 && head_words >= 3)
                || (mark == " | " && line::word_count(tail) <= 3 && head_words >= 5)
            {
                return range.start..range.start + title[..at].trim_end().len();
            }
        }
        if let Some(at) = title.find(mark).filter(|at| is_site(&title[..*at])) {
            return trimmed(text, range.start + at + mark.len()..range.end);
        }
    }
    range
}

#[cfg(test)]
mod tests {
    use super::{same_title, without_site};

    #[test]
    fn cuts_the_site_off_a_title() {
        let cut = |title: &'static str, site| &title[without_site(title, 0..title.len(), site)];
        assert_eq!(cut("Talks fail again - The Varda Post", Some("the varda post")), "Talks fail again");
        assert_eq!(cut("Varda Post | Talks fail again", Some("varda post")), "Talks fail again");
        assert_eq!(cut("Talks fail - again", None), "Talks fail - again");
        assert!(
            same_title("talks fail again in selmora", "talks fail again in selmora the post")
                && !same_title("talks", "talks fail")
        );
    }
}
