//! Figures of single sentences: bounds by rule, what is counted, what befell them, over what time.

use onrecord_lang::Model;
use onrecord_lexicon::Lexicon;
use onrecord_page::Article;
use onrecord_read::{Fate, Figure, Reading, Scope, Stated, Toll};

#[allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]
fn read(text: &str) -> Reading {
    let article = Article::of_paragraphs(text).unwrap();
    onrecord_read::read(&article, Lexicon::embedded(), Model::embedded())
}

/// The only figure of `text`.
fn only(text: &str) -> Figure {
    let figures = read(text).figures;
    let [figure] = figures.as_slice() else { panic!("{} figures in {text:?}: {figures:?}", figures.len()) };
    figure.clone()
}

#[track_caller]
fn check(text: &str, bounds: (Option<f64>, Option<f64>, Option<f64>), rule: &str) {
    let figure = only(text);
    assert_eq!((figure.low, figure.best, figure.high), bounds, "{text}");
    assert_eq!(figure.rule, rule, "{text}");
}

#[test]
fn qualifiers_move_the_bounds_by_their_rule() {
    check("The camp holds 420 fighters.", (None, Some(420.0), None), "number");
    check("Over 6,000 fighters live there.", (Some(6000.0), None, None), "over");
    check("At least 40 trucks were stopped.", (Some(40.0), None, None), "at-least");
    check("Up to 300 families live there.", (None, None, Some(300.0)), "at-most");
    check("Fewer than 20 ships sailed.", (None, None, Some(20.0)), "under");
    check("Nearly 900 miners live there.", (None, Some(900.0), Some(900.0)), "nearly");
    check("About 15 villages lie there.", (None, Some(15.0), None), "about");
    check("Some 700 soldiers are based there.", (None, Some(700.0), None), "about");
    check("Between 20 and 30 rebels hid there.", (Some(20.0), None, Some(30.0)), "range");
    check("Two or three policemen stood there.", (Some(2.0), None, Some(3.0)), "range");
}

#[test]
fn numbers_that_are_not_counted_out_have_an_interval_and_its_rule() {
    check("Dozens of houses were burned.", (Some(24.0), None, Some(199.0)), "vague:dozens");
    check("Several soldiers stood there.", (Some(3.0), None, Some(9.0)), "vague:several");
    check("Several hundred soldiers stood there.", (Some(300.0), None, Some(999.0)), "vague:several");
    check("Tens of thousands of people marched.", (Some(20_000.0), None, Some(199_999.0)), "vague:tens-of-thousands");
    check("More than a dozen villages were burned.", (Some(12.0), None, None), "over");
}

#[test]
fn numbers_in_words_are_added_up() {
    check("Two hundred and fifty miners live there.", (None, Some(250.0), None), "number");
    check("Half a million people live there.", (None, Some(500_000.0), None), "number");
    check("Twenty-one people live there.", (None, Some(21.0), None), "number");
}

#[test]
fn ordinals_years_and_names_are_no_figures() {
    for text in [
        "The third round began.",
        "He was born in 1968.",
        "The 4th Brigade left.",
        "The talks ended on 7 November.",
        "The post is guarded 24/7 by soldiers.",
        "The budget of 2024/25 was passed.",
    ] {
        assert_eq!(read(text).figures, [], "{text}");
    }
}

#[test]
fn money_and_shares_have_their_unit() {
    assert_eq!(only("It cost $4.5 billion.").unit.as_deref(), Some("USD"));
    assert_eq!(only("Prices rose by 18 percent.").unit.as_deref(), Some("percent"));
    let share = only("A third of the schools are closed.");
    assert_eq!((share.unit.as_deref(), share.rule.as_str()), (Some("percent"), "share"));
    assert_eq!(only("Exports were cut sharply by a third.").unit.as_deref(), Some("percent"));
    assert_eq!(read("One promise was broken by its maker, the other has been kept by a third.").figures.len(), 0);
}

#[test]
fn a_figure_runs_over_the_time_that_is_said() {
    assert_eq!(only("About 60 lorries a day cross the river.").period, Some("P1D"));
    assert_eq!(only("Some 2,000 refugees arrive every month.").period, None, "the period stands behind a verb");
    assert_eq!(only("It cost $3 million a year.").period, Some("P1Y"));
}

#[test]
fn what_befell_those_counted_is_read_around_them() {
    let fates = |text: &str| read(text).figures.iter().map(|figure| figure.fate).collect::<Vec<_>>();
    assert_eq!(fates("At least 12 people were killed and 30 others injured."), [Some(Fate::Killed), Some(Fate::Injured)]);
    assert_eq!(fates("Police arrested 14 protesters."), [Some(Fate::Arrested)]);
    assert_eq!(fates("Some 300 families have fled."), [Some(Fate::Displaced)]);
    assert_eq!(fates("The death toll has risen to 45."), [Some(Fate::Killed)]);
    assert_eq!(fates("The camp holds 420 fighters."), [None]);
}

#[test]
fn additions_and_parts_are_told_from_totals() {
    assert_eq!(only("A further 40 migrants were deported.").scope, Some(Scope::Added));
    let figures = read("Shelling killed nine people, including two children.").figures;
    assert_eq!(figures.iter().map(|figure| figure.scope).collect::<Vec<_>>(), [None, Some(Scope::Part)]);
}

#[test]
fn tolls_go_to_the_event_that_caused_them() {
    let tolls = |text: &str| read(text).events.into_iter().flat_map(|event| event.tolls).collect::<Vec<Toll>>();
    let best = |text: &str| tolls(text).iter().map(|toll| (toll.fate, toll.low, toll.best, toll.high)).collect::<Vec<_>>();
    assert_eq!(best("Soldiers killed nine rebels near the river."), [(Fate::Killed, None, Some(9.0), None)]);
    assert_eq!(best("Rebels killed at least three soldiers."), [(Fate::Killed, Some(3.0), None, None)]);
    assert_eq!(best("A gunman killed a farmer."), [(Fate::Killed, None, Some(1.0), None)]);
    assert_eq!(best("Rebels killed three soldiers and two civilians."), [(Fate::Killed, None, Some(5.0), None)]);
    assert_eq!(best("Police will arrest 20 traders."), []);
}

#[test]
fn a_figure_makes_a_demand_concrete_with_all_of_its_words() {
    let concrete = |text: &str| {
        let reading = read(text);
        match reading.commitments.first().map(|given| given.tests.concrete) {
            Some(Stated::Yes(evidence)) => Some(evidence.span.cut(text).to_owned()),
            _ => None,
        }
    };
    let levy = "The ministry of ports demanded that the levy be set between 5 and 10 percent of the price.";
    assert_eq!(concrete(levy).as_deref(), Some("between 5 and 10 percent"));
    let guard = "The ministry of ports demanded that the gate be guarded 24/7 by the harbour police.";
    assert_eq!(concrete(guard), None);
}

#[test]
fn a_people_and_a_fate_are_counted_and_a_clock_is_not() {
    let unit = |text: &str| only(text).unit;
    assert_eq!(unit("Police arrested eight Serbs.").as_deref(), Some("person"));
    assert_eq!(unit("The rebels released 23 Sudanese.").as_deref(), Some("person"));
    let arrested = read("More than 6,400 civilians have been killed and 29,000 arrested.").figures;
    assert_eq!(arrested.iter().map(|figure| figure.unit.as_deref()).collect::<Vec<_>>(), [Some("person"), Some("person")]);
    assert!(read("The jet dropped its load at about 7 p.m. on the camp.").figures.is_empty());
    assert!(read("The cutter rammed a boat and fired at two others.").figures.is_empty());
    assert_eq!(unit("The blast wounded two others.").as_deref(), Some("person"));
}

#[test]
fn what_is_counted_ends_with_its_phrase() {
    let text = "The union froze 14 million euros of assets last week.";
    assert_eq!(only(text).span.cut(text), "14 million euros of assets");
    let figures = read("Police detained 11 of them. Kenya asked for calm.").figures;
    assert_eq!(figures.iter().map(|figure| figure.of.clone()).collect::<Vec<_>>(), [None]);
}
