use onrecord_lexicon::Act;
use onrecord_record::Standing;

use crate::draft::{Draft, author, document, office, organisation, person, unnamed};
use crate::{claim, record_of};

const SHELLED: &str = "Ostrava gunners shelled the customs post near Kell bridge";

/// An outlet that quotes `who` with `content` in sentences of its own.
fn quoting(outlet: &str, lead: &str, who: onrecord_read::Speaker, act: Act, content: &str) -> Draft {
    let text = format!("{lead} that {content}.");
    Draft::new(&format!("{outlet}.txt"), &text).site(outlet).state("ost", "Ostrava").says(who, act, content)
}

fn brecht() -> onrecord_read::Speaker {
    person("Ana Brecht", "vel")
}

/// Velmar and Ostrava at odds, so that both are parties.
fn quarrel() -> Draft {
    Draft::new("quarrel.txt", "Velmar told Ostrava to leave the river. Ostrava warned of a long winter.")
        .site("Quarrel Daily")
        .says(office("vel.army", "vel"), Act::Demand, "to leave the river")
        .to("ost")
        .says(office("ost.army", "ost"), Act::Warn, "a long winter")
        .to("vel")
}

#[test]
fn ten_outlets_at_one_briefing_are_one_origin() {
    let outlets: Vec<Draft> = (0..10)
        .map(|n| {
            let lead = format!("Reader number {n} of the paper heard spokeswoman Ana Brecht tell a room full of cameras");
            quoting(&format!("Outlet {n}"), &lead, brecht(), Act::Accuse, SHELLED).said_on("2031-05-02")
        })
        .collect();
    let record = record_of(&outlets.iter().collect::<Vec<_>>());
    let claim = claim(&record, SHELLED);
    assert_eq!((claim.assertions.len(), claim.origins.len(), claim.outlets.len()), (10, 1, 10));
    assert_eq!(claim.standing, Standing::Repeated);
    assert_eq!(claim.reasons.len(), 9);
    assert!(claim.reasons[0].contains("same speaker"), "{}", claim.reasons[0]);
}

#[test]
fn an_outsider_who_says_so_too_corroborates() {
    let one = quoting("One", "The spokeswoman told us", brecht(), Act::Accuse, SHELLED);
    let two = quoting("Two", "Observers of the Council wrote", organisation("org.lc"), Act::State, SHELLED);
    let record = record_of(&[&one, &two, &quarrel()]);
    let claim = claim(&record, SHELLED);
    assert_eq!(claim.standing, Standing::Corroborated);
    assert_eq!(claim.origins.iter().map(|origin| origin.party_to_dispute).collect::<Vec<_>>(), [true, false]);
}

#[test]
fn two_voices_of_one_side_do_not_corroborate() {
    let one = quoting("One", "The spokeswoman told us", brecht(), Act::Accuse, SHELLED).said_on("2031-05-02");
    let two = quoting("Two", "A general added later", person("Jon Marek", "vel"), Act::State, SHELLED).said_on("2031-05-04");
    let record = record_of(&[&one, &two, &quarrel()]);
    let claim = claim(&record, SHELLED);
    assert_eq!((claim.origins.len(), claim.standing), (2, Standing::Repeated));
}

#[test]
fn officials_in_two_articles_are_two_origins_but_corroborate_nothing() {
    let one = quoting("One", "In the harbour town some officials told reporters", unnamed("officials"), Act::State, SHELLED);
    let two = quoting("Two", "It was known to officials on the other shore", unnamed("officials"), Act::State, SHELLED);
    let record = record_of(&[&one, &two]);
    let claim = claim(&record, SHELLED);
    assert_eq!((claim.origins.len(), claim.standing), (2, Standing::Repeated));
}

#[test]
fn an_outlets_own_voice_is_an_echo_where_somebody_is_quoted() {
    let one = quoting("One", "The spokeswoman told us", brecht(), Act::Accuse, SHELLED);
    let two = quoting("Two", "It is now plain to everybody in town", author(), Act::State, SHELLED);
    let record = record_of(&[&one, &two, &quarrel()]);
    let claim = claim(&record, SHELLED);
    assert_eq!((claim.origins.len(), claim.standing), (2, Standing::Repeated));
}

#[test]
fn own_voices_of_two_publishers_corroborate_and_of_one_do_not() {
    let voice = |outlet: &str, lead: &str| quoting(outlet, lead, author(), Act::State, SHELLED);
    let (one, two) =
        (voice("Velmar Post", "Our reporter saw from the hill"), voice("Harbour Wire", "Smoke over the valley showed"));
    let three = voice("Evening Post", "People in the market said nothing but everybody knew");
    assert_eq!(claim(&record_of(&[&one, &two]), SHELLED).standing, Standing::Corroborated);
    let record = record_of(&[&one, &three]);
    let claim = claim(&record, SHELLED);
    assert_eq!((claim.publishers.as_slice(), claim.standing), (["Post Group".to_owned()].as_slice(), Standing::SingleOrigin));
}

#[test]
fn what_one_outlet_says_in_its_own_voice_is_no_claim() {
    let one = quoting("One", "It is plain", author(), Act::State, SHELLED);
    assert!(record_of(&[&one]).claims.is_empty());
}

#[test]
fn a_report_is_one_origin_however_many_quote_it() {
    let quoted = |outlet: &str, name: &str| {
        quoting(outlet, &format!("{outlet} read it and found"), document(name, None), Act::State, SHELLED)
    };
    let record = record_of(&[&quoted("One", "Council report"), &quoted("Two", "report"), &quoted("Three", "Council report")]);
    let claim = claim(&record, SHELLED);
    assert_eq!((claim.assertions.len(), claim.origins.len()), (3, 1));
}

#[test]
fn the_ministry_of_one_outlet_is_the_spokeswoman_of_the_other() {
    let one = quoting("One", "The spokeswoman told us", brecht(), Act::Accuse, SHELLED);
    let two = quoting("Two", "The foreign ministry announced", office("vel.foreign-office", "vel"), Act::State, SHELLED);
    let record = record_of(&[&two, &one]);
    let claim = claim(&record, SHELLED);
    assert_eq!(claim.origins.len(), 1);
    assert_eq!(claim.origins[0].speaker.name, "Ana Brecht");
}

#[test]
fn a_denial_elsewhere_contests() {
    let one = quoting("One", "The spokeswoman told us", brecht(), Act::Accuse, SHELLED);
    let two = quoting(
        "Two",
        "The other army denied",
        office("ost.army", "ost"),
        Act::Deny,
        "its gunners shelled the customs post near Kell bridge",
    );
    let record = record_of(&[&one, &two]);
    let contested = claim(&record, SHELLED);
    assert_eq!((contested.denied_by.len(), contested.standing), (1, Standing::Contested));
}

#[test]
fn the_contrary_said_by_the_other_side_contests() {
    let one = quoting("One", "The spokeswoman told us", brecht(), Act::State, SHELLED);
    let two = quoting(
        "Two",
        "The other army put it",
        office("ost.army", "ost"),
        Act::State,
        "Ostrava gunners never shelled the customs post near Kell bridge",
    );
    let record = record_of(&[&one, &two]);
    assert_eq!(claim(&record, SHELLED).standing, Standing::Contested);
    assert_eq!(record.claims.len(), 2);
}

#[test]
fn a_denial_in_the_article_contests() {
    let one = Draft::new("one.txt", "She said the bridge was mined. He denied it.")
        .says(person("Ana Brecht", "vel"), Act::State, "the bridge was mined")
        .says(person("Jon Marek", "ost"), Act::Deny, "it")
        .denies(1, 0);
    let record = record_of(&[&one]);
    assert_eq!(claim(&record, "the bridge was mined").standing, Standing::Contested);
}

/// An article in which Velmar speaks first and Ostrava denies something.
fn denied(said: &str, act: Act, denial: &str) -> bool {
    let draft = Draft::new("one.txt", &format!("She said {said}. In reply the army denied {denial}."))
        .state("ost", "Ostrava")
        .says(brecht(), act, said)
        .says(office("ost.army", "ost"), Act::Deny, denial);
    !claim(&record_of(&[&draft]), said).denied_by.is_empty()
}

#[test]
fn a_denial_takes_up_what_was_said_before() {
    assert!(denied("Ostrava had armed smugglers at the ferry", Act::Accuse, "the accusation"));
    assert!(denied("the ferry had been sunk on purpose", Act::State, "that account"));
    assert!(denied("drones had made nine flights over the dam", Act::State, "the flight figures"));
    assert!(!denied("the ferry had been sunk on purpose", Act::State, "the flight figures"));
    assert!(!denied("the ferry had been sunk on purpose", Act::State, "the accusation"));
    assert!(denied("Ostrava had let its units help smugglers", Act::Accuse, "that any unit had gone near the river"));
    assert!(!denied("Ostrava had let its units help smugglers", Act::Accuse, "that a tax on flour was planned"));
    assert!(!denied("the ferry had been sunk on purpose", Act::State, "that a ferry was planned"));
}

/// Two sentences of two outlets that must stay apart.
fn stay_apart(one: &str, two: &str) {
    let draft = |name: &str, text: &str| {
        Draft::new(name, &format!("Here is what {name} heard: that {text}."))
            .site(name)
            .state("ost", "Ostrava")
            .state("vel", "Velmar")
    };
    let first = draft("One", one).says(brecht(), Act::State, one);
    let second = draft("Two", two).says(organisation("org.lc"), Act::State, two);
    let record = record_of(&[&first, &second]);
    assert_eq!(record.claims.len(), 2, "`{one}` and `{two}` were joined: {:?}", record.claims[0].reasons);
    assert!(record.claims.iter().all(|claim| claim.denied_by.is_empty()));
}

#[test]
fn different_claims_in_like_words_stay_apart() {
    stay_apart(
        "on Monday Ostrava attacked villages along the border of Velmar",
        "on Monday Velmar attacked villages along the border of Ostrava",
    );
    stay_apart("the villages of Velmar were attacked again by Ostrava", "the villages of Velmar attacked Ostrava again");
    stay_apart(
        "at least 30 soldiers were killed in the raid on the depot",
        "at least 40 soldiers were killed in the raid on the depot",
    );
    stay_apart("the main crossing over the river was closed at dawn", "the main crossing over the river was opened at dawn");
    stay_apart("the raid killed many farmers in the northern valley", "the raid wounded many farmers in the northern valley");
    stay_apart("troops moved into the valley near the town of Kell", "troops moved into the valley near the town of Sarn");
}

#[test]
fn active_and_passive_are_joined() {
    let one = quoting("One", "She said", brecht(), Act::State, "Ostrava attacked the villages along the northern border");
    let two = quoting(
        "Two",
        "They wrote",
        organisation("org.lc"),
        Act::State,
        "the villages along the northern border were attacked by Ostrava",
    );
    assert_eq!(record_of(&[&one, &two]).claims.len(), 1);
}

#[test]
fn promises_of_two_sides_in_the_same_words_are_two() {
    let content = "to answer every attack on the river with full force";
    let one = quoting("One", "She vowed, noting", brecht(), Act::Assure, content);
    let two = quoting("Two", "He vowed, noting", office("ost.army", "ost"), Act::Assure, content);
    assert_eq!(record_of(&[&one, &two]).claims.len(), 2);
}

#[test]
fn we_is_the_side_that_speaks() {
    let content = "we hold all the bridges over the lower river now";
    let one = quoting("One", "She said", brecht(), Act::State, content);
    let two = quoting("Two", "He said", office("ost.army", "ost"), Act::State, content);
    let three = quoting("Three", "A colleague of hers said", person("Jon Marek", "vel"), Act::State, content);
    assert_eq!(record_of(&[&one, &two, &three]).claims.iter().map(|claim| claim.assertions.len()).collect::<Vec<_>>(), [2, 1]);
}

#[test]
fn officials_of_copies_are_one_origin() {
    let words = "The market of the old harbour town stayed shut for a second day while families waited for news of the boats. Some officials said";
    let text = format!("{words} that {SHELLED}.");
    let copy = |outlet: &str, end: &str| {
        Draft::new(&format!("{outlet}.txt"), &format!("{text} {end}")).site(outlet).state("ost", "Ostrava").says(
            unnamed("officials"),
            Act::State,
            SHELLED,
        )
    };
    let (one, two) = (copy("One", "It rained."), copy("Two", "Our desk added a line of its own here."));
    let record = record_of(&[&one, &two]);
    let only = claim(&record, SHELLED);
    assert_eq!((only.origins.len(), only.standing), (1, Standing::Repeated));
    assert!(only.reasons[0].ends_with("the articles are copies."), "{}", only.reasons[0]);
}

#[test]
fn a_tenth_of_a_copy_is_one_where_both_credit_the_same_agency() {
    let shared = "The market of the old harbour town stayed shut for a second day while families waited for news of the boats at the pier.";
    let own = |n: usize| (0..200).map(|word| format!("w{n}x{word}")).collect::<Vec<_>>().join(" ");
    let draft = |n: usize| {
        let text = format!("{shared} {}. Some officials said that {SHELLED}.", own(n));
        Draft::new(&format!("{n}.txt"), &text).site(&format!("Outlet {n}")).state("ost", "Ostrava").says(
            unnamed("officials"),
            Act::State,
            SHELLED,
        )
    };
    assert_eq!(claim(&record_of(&[&draft(1), &draft(2)]), SHELLED).origins.len(), 2);
    let credited = |n: usize| draft(n).agency("Harbour Wire");
    assert_eq!(claim(&record_of(&[&credited(1), &credited(2)]), SHELLED).origins.len(), 1);
}

#[test]
fn outlets_carry_the_name_that_the_lexicon_gives_them() {
    let draft = |name: &str, site: Option<&str>| {
        let text = format!("In {name} she said that {SHELLED}.");
        let draft = Draft::new(name, &text).says(brecht(), Act::State, SHELLED);
        site.map(|site| draft.clone().site(site)).unwrap_or(draft)
    };
    let drafts = [
        draft("a.txt", Some("The Velmar Post")),
        draft("https://www.velmarpost.example/1", None),
        draft("b.txt", None).agency("Harbour Wire"),
        draft("news/c.txt", None),
    ];
    let record = record_of(&drafts.iter().collect::<Vec<_>>());
    let only = claim(&record, SHELLED);
    assert_eq!(only.outlets, ["Harbour Wire", "Velmar Post", "c.txt"]);
    assert_eq!(only.publishers, ["Harbour Wire", "Post Group", "c.txt"]);
}

#[test]
fn whoever_only_passes_it_on_is_an_echo() {
    let council = organisation("org.lc");
    let other = onrecord_read::Speaker {
        name: "Relief Union".to_owned(),
        actor: None,
        party: Some(crate::draft::id("org.ru")),
        ..council.clone()
    };
    let one = quoting("One", "Citing the union, the Council said", other, Act::State, SHELLED)
        .with(|_, said| said.via.push(council.clone()));
    let two = quoting("Two", "The Council told the press", council.clone(), Act::State, SHELLED);
    let record = record_of(&[&one, &two, &quarrel()]);
    assert_eq!(claim(&record, SHELLED).standing, Standing::Repeated);
}

#[test]
fn a_claim_keeps_its_id_when_newer_articles_join() {
    let one = quoting("One", "The spokeswoman told us", brecht(), Act::Accuse, SHELLED).published("2031-05-02");
    let two = quoting("A Two", "Later the Council wrote", organisation("org.lc"), Act::State, SHELLED).published("2031-05-03");
    let (before, after) = (record_of(&[&one]), record_of(&[&one, &two]));
    let id = before.claim_id(claim(&before, SHELLED));
    assert_eq!((id.len(), id.clone()), (17, after.claim_id(claim(&after, SHELLED))));
}

#[test]
fn a_denial_takes_up_the_tale_that_it_names_before_its_own_words() {
    let text = "The guard was accused of hiding a tunnel under the mill. It was accused of selling salt. \
        The army rejected the story of a tunnel as a poor novel.";
    let draft = Draft::new("one.txt", text)
        .state("ost", "Ostrava")
        .says(brecht(), Act::Accuse, "hiding a tunnel under the mill")
        .says(brecht(), Act::Accuse, "selling salt")
        .says(office("ost.army", "ost"), Act::Deny, "a poor novel")
        .with(|draft, said| said.cue = Some(draft.span("rejected")));
    let record = record_of(&[&draft]);
    assert_eq!(claim(&record, "hiding a tunnel under the mill").denied_by.len(), 1);
    assert!(claim(&record, "selling salt").denied_by.is_empty());
}

#[test]
fn disputed_figures_are_those_that_are_counted_and_the_denier_may_go_on() {
    let text = "Observers counted 12 of 30 recorded sailings at night. The sailings went up to nine miles out. \
        The army disputed the sailing figures. Five of the 12 were trawlers, its captain said.";
    let (counted, far) = ("12 of 30 recorded sailings at night", "The sailings went up to nine miles out");
    let army = || office("ost.army", "ost");
    let draft = Draft::new("one.txt", text)
        .says(organisation("org.lc"), Act::State, counted)
        .says(organisation("org.lc"), Act::State, far)
        .says(army(), Act::Deny, "the sailing figures")
        .says(army(), Act::State, "Five of the 12 were trawlers");
    let record = record_of(&[&draft]);
    assert_eq!(claim(&record, counted).denied_by.len(), 2);
    assert!(claim(&record, far).denied_by.is_empty());
}

#[test]
fn the_claim_is_the_one_right_before_it() {
    let text =
        "A former keeper claimed that the lamp was never lit. The army called the claim \u{201c}invented from A to Z\u{201d}.";
    let draft = Draft::new("one.txt", text).says(unnamed("former keeper"), Act::State, "the lamp was never lit").says(
        office("ost.army", "ost"),
        Act::Deny,
        "the claim \u{201c}invented from A to Z\u{201d}",
    );
    assert_eq!(claim(&record_of(&[&draft]), "the lamp was never lit").denied_by.len(), 1);
}
