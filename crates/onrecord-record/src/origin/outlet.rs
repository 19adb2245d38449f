//! Under which name an outlet counts.

use onrecord_lexicon::{Lexicon, Outlet};
use onrecord_page::{Article, Genre};

use crate::Entry;

/// Name and publisher of the outlet of an article.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct OutletName {
    pub(crate) name: String,
    /// The outlet itself where no other publisher is known.
    pub(crate) publisher: String,
}

/// The longest name of a publisher in an imprint, in bytes.
const LONGEST_PUBLISHER: usize = 60;

/// The outlet of `article`: the site it names, else the host of the page's address, else for a summary on a list the site that another article
/// of the page names, else the agency credited, else the file. Its publisher is that of the lexicon, else that of the page's imprint.
pub(crate) fn outlet_name(entry: &Entry, article: &Article, lexicon: &Lexicon) -> OutletName {
    let cut = |span| entry.page.source.cut(span).trim().to_owned();
    let site = article.site.map(cut).filter(|site| !site.is_empty());
    let site_of_page = || entry.page.articles.iter().find_map(|other| other.site).map(cut).filter(|site| !site.is_empty());
    let agency = || article.agency.map(cut).filter(|agency| !agency.is_empty());
    let name = site
        .or_else(|| entry.capture.url.as_deref().and_then(host))
        .or_else(|| host(&entry.name))
        .or_else(|| if article.genre == Genre::Summary { site_of_page() } else { None })
        .or_else(agency)
        .unwrap_or_else(|| file_name(&entry.name));
    let known = known_outlet(&name, lexicon);
    let in_imprint = || imprint(entry.page.source.text(), &name, lexicon);
    let publisher = known.and_then(|outlet| outlet.publisher.clone()).or_else(in_imprint);
    OutletName {
        publisher: publisher.unwrap_or_else(|| known.map_or(&name, |outlet| &outlet.name).clone()),
        name: known.map_or(&name, |outlet| &outlet.name).clone(),
    }
}

/// Whose the outlet is by the page's own words: "The Oro Gazette is a project of the Oro Press Fund."
fn imprint(text: &str, outlet: &str, lexicon: &Lexicon) -> Option<String> {
    if outlet.is_empty() {
        return None;
    }
    let phrases = lexicon.list("imprint");
    // "The North Fjord Gazette is owned by" tells nothing of the Fjord Gazette.
    let is_whole_name = |at: usize| {
        let before = text.get(..at).unwrap_or_default();
        let word = before.strip_suffix(' ').map(|before| before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or(before));
        word.map_or_else(
            || !before.ends_with(char::is_alphanumeric),
            |word| !word.starts_with(char::is_uppercase) || word == "The",
        )
    };
    text.match_indices(outlet).filter(|(at, _)| is_whole_name(*at)).find_map(|(at, _)| {
        let behind = at + outlet.len();
        let end = phrases.longest_at(text, behind + text.get(behind..)?.strip_prefix(' ').map(|_| 1)?)?;
        let named = text.get(end..)?.strip_prefix(' ')?;
        let named = named.strip_prefix("the ").unwrap_or(named);
        let stop = named.find(['.', ',', ';', '\n', '(', '|', '<', '©'])?;
        let named = named.get(..stop)?.trim();
        (named.starts_with(char::is_uppercase) && named.len() <= LONGEST_PUBLISHER).then(|| named.to_owned())
    })
}

/// The outlet of this name or domain; `en.example.org` is also looked up as `example.org`.
fn known_outlet<'a>(name: &str, lexicon: &'a Lexicon) -> Option<&'a Outlet> {
    let parents =
        name.match_indices('.').filter_map(|(at, dot)| name.get(at + dot.len()..)).filter(|parent| parent.contains('.'));
    let is_domain = !name.contains(char::is_whitespace);
    lexicon.outlet_named(name).or_else(|| parents.filter(|_| is_domain).find_map(|parent| lexicon.outlet_named(parent)))
}

fn host(address: &str) -> Option<String> {
    let (_, rest) = address.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?.to_lowercase();
    let bare = host.strip_prefix("www.").unwrap_or(&host);
    (!bare.is_empty()).then(|| bare.to_owned())
}

fn file_name(path: &str) -> String {
    path.rsplit(['/', '\\']).find(|part| !part.is_empty()).unwrap_or(path).to_owned()
}

#[cfg(test)]
mod tests {
    use onrecord_lexicon::Lexicon;

    use super::{file_name, host, imprint};

    #[test]
    fn the_publisher_in_an_imprint() {
        let of = |text: &str| imprint(text, "Fjord Gazette", Lexicon::embedded());
        let page = "Fjord Gazette\nFish is dear.\nFjord Gazette is a project of the Herring Press Fund.";
        assert_eq!(of(page).as_deref(), Some("Herring Press Fund"));
        assert_eq!(of("The Fjord Gazette is published by two brothers."), None);
        assert_eq!(of("The Fjord Gazette is a joy."), None);
        assert_eq!(of("The Fjord Gazette is owned by Cod House.").as_deref(), Some("Cod House"));
        assert_eq!(of("The North Fjord Gazette is owned by Cod House."), None);
    }

    #[test]
    fn the_host_of_an_address() {
        assert_eq!(host("https://www.Example.org:8080/a/b?c").as_deref(), Some("example.org"));
        assert_eq!(host("news/one.html"), None);
    }

    #[test]
    fn the_last_part_of_a_path() {
        assert_eq!(file_name("news/one.html"), "one.html");
        assert_eq!(file_name("C:\\news\\two.txt"), "two.txt");
    }
}
