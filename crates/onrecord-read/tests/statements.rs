//! Who says what in short passages, by the shipped model and lexicon.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use onrecord_lang::Model;
use onrecord_lexicon::Lexicon;
use onrecord_page::Article;
use onrecord_read::{SpeakerKind, read};

/// "act, speaker (those it came through): words" of each statement that the text ascribes to somebody.
fn statements(text: &str) -> Vec<String> {
    let article = Article::of_paragraphs(text).unwrap();
    let reading = read(&article, Lexicon::embedded(), Model::embedded());
    let ascribed = reading.assertions.iter().filter(|assertion| assertion.cue.is_some());
    ascribed
        .map(|assertion| {
            let through: Vec<&str> = assertion.via.iter().map(|speaker| speaker.name.as_str()).collect();
            let words: Vec<&str> = assertion.content.iter().map(|span| span.cut(text)).collect();
            let (act, speaker) = (assertion.act.name(), &assertion.speaker.name);
            format!("{act}, {speaker} ({}): {}", through.join(", "), words.join(" … "))
        })
        .collect()
}

#[test]
fn labels_in_capitals_open_the_turns_of_a_transcript() {
    let text = "MODERATOR: Good evening. Is the border open?\nMR ORO: We will not leave the valley.\nTHE CHAIR: Order, please.\nQUESTION: Until when?";
    assert_eq!(
        statements(text),
        [
            "state, MODERATOR (): Good evening. Is the border open?",
            "refuse, ORO (): We will not leave the valley",
            "state, CHAIR (): Order, please",
            "state, QUESTION (): Until when?",
        ]
    );
}

#[test]
fn one_label_in_capitals_makes_no_transcript() {
    assert_eq!(statements("WATCH: The convoy leaves the harbour at dawn.\nThe convoy left on Monday."), [""; 0]);
}

#[test]
fn who_quotes_passes_on() {
    assert_eq!(
        statements("Local media quoted the governor as saying that schools would stay shut."),
        ["state, governor (Local media): schools would stay shut"]
    );
    assert_eq!(
        statements("The minister was quoted by Interfax on Monday as saying the deal was dead."),
        ["state, minister (Interfax): the deal was dead"]
    );
    assert_eq!(
        statements("The report, citing two intelligence officials, said that the convoy was hit by a drone."),
        ["state, two intelligence officials (report): the convoy was hit by a drone"]
    );
}

#[test]
fn what_stands_before_and_or_a_semicolon_is_no_subject() {
    let text = "The delegates welcomed the return of the refugees; deplored the burning of the customs house; and warned that the camp was full.";
    let speakers: Vec<String> = statements(text).iter().map(|line| line.split_once(" (").unwrap().0.to_owned()).collect();
    assert!(speakers.len() > 1 && speakers.iter().all(|speaker| speaker.ends_with(", delegates")), "{speakers:?}");
}

#[test]
fn a_statement_speaks_for_the_side_that_issued_it() {
    let text = "“Nobody was hurt,” France’s Defence Ministry said in a statement. The statement rejected the story of a second strike as an invention.";
    let article = Article::of_paragraphs(text).unwrap();
    let reading = read(&article, Lexicon::embedded(), Model::embedded());
    let last = reading.assertions.iter().rfind(|said| said.speaker.kind == SpeakerKind::Document).unwrap();
    assert_eq!(last.speaker.party.as_ref().map(|party| party.as_str()), Some("fr"));
}

#[test]
fn a_rank_may_stand_before_the_name_behind_the_comma() {
    let read =
        statements("France’s General Staff reopened the road. Its spokesman, Col. Pierre Dumont, said that the bridge was safe.");
    assert!(read.iter().any(|line| line == "state, Pierre Dumont (): the bridge was safe"), "{read:?}");
}

#[test]
fn what_a_firm_has_on_offer_is_no_statement() {
    let offers = |text: &str| statements(text).iter().any(|said| said.starts_with("offer,"));
    for text in ["The bank offers loans to fishermen.", "The Northern Shipping Company offers free passage to children."] {
        assert!(!offers(text), "{text}");
    }
    for text in [
        "The bank offered loans to the rebels.",
        "Qatar offers a venue for the talks.",
        "The bank offers to reopen the accounts.",
    ] {
        assert!(offers(text), "{text}");
    }
}

#[test]
fn a_body_that_no_list_knows_is_no_person() {
    let kinds = |text: &str| -> Vec<(String, SpeakerKind)> {
        let article = Article::of_paragraphs(text).unwrap();
        let reading = read(&article, Lexicon::embedded(), Model::embedded());
        reading.assertions.into_iter().map(|said| (said.speaker.name, said.speaker.kind)).collect()
    };
    let bank = kinds("The loan was repaid last year, the Halden Times said. Yusuf Khan said that no payment had been made.");
    assert_eq!(bank[0], ("Halden Times".to_owned(), SpeakerKind::Organisation));
    assert_eq!(bank[1], ("Yusuf Khan".to_owned(), SpeakerKind::Person));
}

#[test]
fn a_condition_makes_an_offer_and_unless_a_threat() {
    let act = |text: &str| statements(text)[0].split(',').next().unwrap().to_owned();
    assert_eq!(act("Iran would return to the talks if the sanctions were lifted, its foreign minister said."), "offer");
    assert_eq!(act("“We will close the strait unless the tankers leave,” Iran’s foreign minister said."), "warn");
    assert_eq!(act("“We will return to the talks,” Iran’s foreign minister said."), "assure");
    assert_eq!(act("“We ask for a list and a date by which it will be complete,” Iran’s foreign minister said."), "demand");
    assert_eq!(act("“We promise that the gate stays open,” Iran’s foreign minister said."), "assure");
}

#[test]
fn a_name_in_ly_is_no_adverb() {
    assert_eq!(statements("“I have nothing to add,” Pelly said in the lobby."), ["state, Pelly (): “I have nothing to add,”"]);
}

#[test]
fn what_is_demanded_has_not_been_given() {
    let demanded = "Oro's foreign minister demanded written guarantees from Veld that the bridge would stay open.";
    assert_eq!(
        statements(demanded),
        ["demand, Oro's foreign minister (): written guarantees from Veld that the bridge would stay open"]
    );
}

#[test]
fn an_agreement_alone_puts_nothing_in_writing_and_a_promised_deed_is_not_done() {
    let answers = |text: &str| {
        let article = Article::of_paragraphs(text).unwrap();
        let reading = read(&article, Lexicon::embedded(), Model::embedded());
        let tests = |given: &onrecord_read::Commitment| (given.tests.written, given.tests.acted);
        reading.commitments.iter().map(tests).collect::<Vec<_>>()
    };
    let unsaid = onrecord_read::Stated::Unsaid;
    let signed = "The two sides signed an agreement in Doha in October. The Taliban spokesman promised that Afghan territory would not be used against any country.";
    assert_eq!(answers(signed), [(unsaid, unsaid)]);
    let waited_for =
        "Pakistan said that Kabul had given assurances and that trade would stay shut until it puts its promises on paper.";
    assert!(answers(waited_for).iter().all(|(written, _)| *written == unsaid), "{:?}", answers(waited_for));
    let given = "Pakistan said that Kabul had given assurances in writing that the fighters would be disarmed.";
    assert!(answers(given).iter().any(|(written, _)| matches!(written, onrecord_read::Stated::Yes(_))), "{:?}", answers(given));
    let verbal =
        "The defence minister of Pakistan said that Kabul had given only verbal assurances that the fighters would be disarmed.";
    assert!(answers(verbal).iter().all(|(written, acted)| matches!(written, onrecord_read::Stated::No(_)) && *acted == unsaid));
}

#[test]
fn who_has_not_reacted_is_noted() {
    let text = "The army of Pakistan shelled the pass. The Afghan foreign ministry did not immediately respond to a request for comment. There was no immediate reaction from Iran.";
    let article = Article::of_paragraphs(text).unwrap();
    let reading = read(&article, Lexicon::embedded(), Model::embedded());
    let silent = reading.notes.iter().filter(|note| note.name == "has-not-reacted").map(|note| note.span.cut(text));
    assert_eq!(
        silent.collect::<Vec<_>>(),
        ["Afghan foreign ministry did not immediately respond", "no immediate reaction from Iran"]
    );
}

#[test]
fn a_quotation_may_open_with_the_word_that_does_what_it_says() {
    let of = |text: &str| {
        let article = Article::of_paragraphs(text).unwrap();
        let reading = read(&article, Lexicon::embedded(), Model::embedded());
        let ascribed = reading.assertions.iter().filter(|assertion| assertion.speaker.kind != SpeakerKind::Author);
        ascribed
            .map(|said| format!("{}, {}: {}", said.act.name(), said.speaker.name, said.content[0].cut(text)))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        of("In the second paragraph of the treaty, Norway \"undertakes to return the longships by May 2031\"."),
        ["assure, Norway: \"undertakes to return the longships by May 2031\""]
    );
    assert!(of("The road to Oslo \"ends at the sea\".").is_empty());
}

#[test]
fn the_minister_is_the_one_whom_the_article_calls_so() {
    assert_eq!(
        statements("Culture Minister Ana Brecht opened the museum. \"The ships stay here,\" the minister told reporters."),
        ["state, Ana Brecht (): \"The ships stay here,\""]
    );
}

#[test]
fn several_sides_are_none_of_them() {
    let text =
        "Norway said that it was ready. The two sides acknowledged that the ferry was late. They pledged to publish the tables.";
    assert_eq!(
        statements(text),
        [
            "state, Norway (): it was ready",
            "acknowledge, two sides (): the ferry was late",
            "assure, two sides (): to publish the tables",
        ]
    );
}

#[test]
fn who_calls_a_claim_false_denies_it() {
    assert_eq!(
        statements("The ministry called the claim \"a fabrication from first to last\"."),
        ["deny, ministry (): the claim \"a fabrication from first to last\""]
    );
    assert_eq!(statements("The ministry called the floor false."), ["state, ministry (): the floor false"]);
}

#[test]
fn a_former_officer_speaks_for_no_state() {
    let text = "A former Norwegian officer claimed that the chart was old. A Norwegian officer claimed that it was new.";
    let article = Article::of_paragraphs(text).unwrap();
    let reading = read(&article, Lexicon::embedded(), Model::embedded());
    let parties: Vec<Option<&str>> =
        reading.assertions.iter().map(|said| said.speaker.party.as_ref().map(|party| party.as_str())).collect();
    assert_eq!(parties, [None, Some("no")]);
}

#[test]
fn who_did_not_say_something_is_not_quoted_for_it() {
    let silent = [
        "The army never said that it would withdraw.",
        "The ministry did not say whether the envoy would be invited.",
        "Officials have not said how many died.",
        "The governor did not accuse the union of arson.",
        "The official offered no evidence.",
        "Did the council promise to open the road?",
        "The clerk demanded not to be identified.",
        "The mayor neither confirmed nor denied the report.",
    ];
    for text in silent {
        assert_eq!(statements(text), [""; 0], "{text}");
    }
    let said = [
        ("The spokesman would not say whether troops had moved.", "refuse, spokesman (): whether troops had moved"),
        ("The envoy does not believe that the bridge is safe.", "deny, envoy (): the bridge is safe"),
        ("The envoy not only said that talks would go on.", "state, envoy (): talks would go on"),
    ];
    for (text, expected) in said {
        assert_eq!(statements(text), [expected]);
    }
}

#[test]
fn what_is_promised_not_to_be_done_keeps_its_not() {
    assert_eq!(statements("Kenya promised not to close the border."), ["assure, Kenya (): not to close the border"]);
    assert_eq!(statements("The ministry pledged never to use mines."), ["assure, ministry (): never to use mines"]);
    assert_eq!(
        statements("The group threatened in a video to \"burn every truck\" that enters the town."),
        ["warn, group (): to \"burn every truck\" that enters the town"]
    );
    assert_eq!(statements("Kenya promised publicly to open the border."), ["assure, Kenya (): to open the border"]);
}

#[test]
fn those_who_speak_together_are_nobody_alone() {
    let text =
        "France and Germany said they would send monitors. The army and the rebels accused one another of shelling the market.";
    let article = Article::of_paragraphs(text).unwrap();
    let reading = read(&article, Lexicon::embedded(), Model::embedded());
    let speakers: Vec<_> = reading
        .assertions
        .iter()
        .map(|said| (said.speaker.name.as_str(), said.speaker.actor.is_some(), said.addressee.is_some()))
        .collect();
    assert_eq!(speakers, [("France and Germany", false, false), ("The army and the rebels", false, false)]);
    assert_eq!(
        statements("The bridge was blown up, two officials and a lawyer told reporters."),
        ["state, two officials and a lawyer (): The bridge was blown up"]
    );
    assert_eq!(
        statements("Iran, Russia and China warned that sanctions would fail."),
        ["warn, Iran, Russia and China (): sanctions would fail"]
    );
    assert_eq!(statements("In Iran, Russia and China said the deal was dead.").len(), 1);
    let minister = statements("The Trade and Industry Minister, Piyush Goyal, said exports had grown.");
    assert_eq!(minister, ["state, Piyush Goyal (): exports had grown"]);
}

#[test]
fn what_stands_beside_the_words_said_is_no_part_of_them() {
    let beside = [
        (
            "The governor claimed that forty men had surrendered, but he offered no proof.",
            "state, governor (): forty men had surrendered",
        ),
        ("The mayor said the bridge was safe, without giving details.", "state, mayor (): the bridge was safe"),
        (
            "The colonel said his men had left, but they had not seen the town.",
            "state, colonel (): his men had left, but they had not seen the town",
        ),
    ];
    for (text, expected) in beside {
        assert_eq!(statements(text), [expected]);
    }
    assert_eq!(
        statements("According to two diplomats, who were granted anonymity, the text was ready."),
        ["state, two diplomats (): the text was ready"]
    );
    let charge = statements("Greece accused Turkey of sending a warship, a charge that Ankara rejected.");
    assert_eq!(charge.first().unwrap(), "accuse, Greece (): Turkey of sending a warship");
    assert_eq!(
        statements("A Turkish source countered that the ship had left. “We were there first,” the source said."),
        ["state, Turkish source (): the ship had left", "state, Turkish source (): “We were there first,”"]
    );
    assert_eq!(
        statements("The spokesman welcomed the offer of talks, Interfax reported."),
        [
            "state, Interfax (): The spokesman welcomed the offer of talks",
            "acknowledge, spokesman (Interfax): the offer of talks"
        ]
    );
    assert_eq!(
        statements("Kenya accused Uganda of shelling a market, hours after the envoy said the truce would hold."),
        ["accuse, Kenya (): Uganda of shelling a market", "state, envoy (): the truce would hold"]
    );
    assert_eq!(
        statements("Serbia said in a statement that it had accepted the plan and accused Kosovo of delays."),
        ["state, Serbia (): it had accepted the plan", "accuse, Serbia (): Kosovo of delays"]
    );
    assert_eq!(
        statements("Ethiopia pledged to restore services and Kenya agreed to send doctors."),
        ["assure, Ethiopia (): to restore services", "assure, Kenya (): to send doctors"]
    );
}

#[test]
fn persons_are_known_by_parts_of_their_names() {
    let text = "General Tesfa Okbay met reporters. Tesfa told them that the road was open.\n\
        Petar Šolić, the mayor, disagreed. Solic said the road was shut.\n\
        Army spokesman al-Hadi Qurun said both were wrong.";
    let speakers: Vec<String> =
        statements(text).iter().map(|line| line.split([',', '(']).nth(1).unwrap().trim().to_owned()).collect();
    assert_eq!(speakers, ["Tesfa Okbay", "Petar Šolić", "al-Hadi Qurun"]);
    let text = "Kenya's army on Tuesday denied that it had fired.";
    let article = Article::of_paragraphs(text).unwrap();
    let reading = read(&article, Lexicon::embedded(), Model::embedded());
    let span = reading.assertions.first().and_then(|said| said.speaker.span).unwrap();
    assert_eq!(span.cut(text), "Kenya's army");
}

#[test]
fn an_acronym_stands_for_the_body_that_it_was_given_for() {
    let text = "SEOUL (Agency) -- South Korea's navy fired warning shots, the Joint Chiefs of Staff (JCS) said. “They turned back,” the JCS said.";
    let article = Article::of_paragraphs(text).unwrap();
    let reading = read(&article, Lexicon::embedded(), Model::embedded());
    let said: Vec<_> = reading.assertions.iter().map(|said| said.speaker.actor.as_ref().map(|actor| actor.as_str())).collect();
    assert_eq!(said, [Some("kr.army"), Some("kr.army")]);
    let first = reading.assertions.first().and_then(|said| said.content.first()).unwrap();
    assert_eq!(first.cut(text), "South Korea's navy fired warning shots");
    assert_eq!(
        statements("The People Power Party accused the mayor of theft."),
        ["accuse, People Power Party (): the mayor of theft"]
    );
}

#[test]
fn namesakes_and_names_of_states_make_nobody_else() {
    let actors = |text: &str| -> Vec<(String, Option<String>)> {
        let article = Article::of_paragraphs(text).unwrap();
        let reading = read(&article, Lexicon::embedded(), Model::embedded());
        let ascribed = reading.assertions.into_iter().filter(|said| said.cue.is_some());
        ascribed.map(|said| (said.speaker.name, said.speaker.party.map(|party| party.to_string()))).collect()
    };
    let known = actors("Spain's prime minister, Pedro Sánchez, said the road was open.");
    assert_eq!(known, [("Pedro Sánchez".to_owned(), Some("es".to_owned()))]);
    let namesake = actors("Colombia was shocked. The defence minister, Pedro Sánchez, said the road was open.");
    assert_eq!(namesake, [("Pedro Sánchez".to_owned(), None)]);
    let negotiator = actors(
        "The group's negotiator, Pablo Ude, speaking from Havana, said the talks were over. A diplomat in Tbilisi said so, too.",
    );
    assert!(negotiator.iter().all(|(_, party)| party.is_none()), "{negotiator:?}");
    let bishop = actors("Bishop Israel Bravo said that the letter was lost.");
    assert!(bishop.iter().all(|(_, party)| party.is_none()), "{bishop:?}");
    let army =
        actors("The National Liberation Army (ELN) said it would stop. The army put the figure at 14,200, blaming others.");
    assert_ne!(army.last().unwrap().0, army.first().unwrap().0);
}

#[test]
fn a_heading_is_no_part_of_a_name() {
    let text = "Talks fail, says Oro\n\nVeldmar and its neighbours met again. Oro said the road was shut.\n\nHalden\n\nHalden said the bridge was shut.";
    for line in statements(text) {
        assert!(!line.split(" (").next().unwrap().contains('\n'), "{line}");
    }
}

#[test]
fn what_was_signed_in_a_capital_is_not_asked_of_its_state() {
    let text = "The African Union called on the parties to implement the Pretoria agreement.";
    let article = Article::of_paragraphs(text).unwrap();
    let reading = read(&article, Lexicon::embedded(), Model::embedded());
    assert_eq!(reading.assertions.iter().map(|said| said.addressee.clone()).collect::<Vec<_>>(), [None]);
}

#[test]
fn a_toll_that_is_put_at_a_number_is_said() {
    assert_eq!(statements("Police put the figure at twelve."), ["state, Police (): the figure at twelve"]);
    assert_eq!(statements("Police put the lamp at the window."), [""; 0]);
}

#[test]
fn what_is_agreed_not_to_be_done_keeps_its_not_behind_place_and_time() {
    assert_eq!(
        statements("Veldmar agreed in Oro in May not to use its gunboats."),
        ["assure, Veldmar (): not to use its gunboats"]
    );
}

#[test]
fn what_is_to_come_is_not_denied() {
    let said = statements("The envoy told him that there would be no new strikes this week.");
    assert_eq!(said, ["state, envoy (): there would be no new strikes this week"]);
    assert_eq!(statements("“There were no strikes,” the envoy said."), ["deny, envoy (): “There were no strikes,”"]);
}

#[test]
fn what_had_been_done_before_is_a_part_of_what_is_said() {
    for text in [
        "Dara Oro said that a patrol boat had entered the bay and approached a drilling ship.",
        "Dara Oro said the army had deployed its jets and had summoned the envoy.",
    ] {
        let words = text.split_once("said ").unwrap().1.trim_start_matches("that ").trim_end_matches('.');
        assert_eq!(statements(text), [format!("state, Dara Oro (): {words}")]);
    }
}

#[test]
fn what_a_noun_of_saying_tells_is_told_once() {
    assert_eq!(statements("Halden reiterated its call for a longer truce."), ["demand, Halden (): a longer truce"]);
}

#[test]
fn a_relative_clause_has_a_time_of_its_own() {
    let said = |text: &str| {
        let article = Article::of_paragraphs(&format!("Oro, 3 March 2026\n\n{text}")).unwrap();
        let mut reading = read(&article, Lexicon::embedded(), Model::embedded());
        reading.assertions.pop().and_then(|said| said.said).map(|date| date.value)
    };
    assert_eq!(said("Halden, which took the chair in May 2025, said it would raise the matter."), None);
    assert_eq!(said("Halden urged both sides to return to the talks, which ended in May 2025."), None);
    assert_eq!(said("The envoy, who spoke on 2 March 2026, said it would raise the matter.").as_deref(), Some("2026-03-02"));
    assert_eq!(said("Halden said on 2 March 2026 it would raise the matter, which was old.").as_deref(), Some("2026-03-02"));
}

#[test]
fn a_compound_before_the_name_of_a_body_is_no_part_of_it() {
    assert_eq!(
        statements("State-run MRTV said that the camp was empty. It put the toll at 30."),
        ["state, MRTV (): the camp was empty", "state, MRTV (): the toll at 30"]
    );
}

#[test]
fn a_dateline_may_name_its_day_and_is_not_said() {
    let text = "TARN, 14 May 2026 (Agence Oro) - Fighters took the town, officials said.";
    assert_eq!(statements(text), ["state, officials (): Fighters took the town"]);
}

#[test]
fn a_relative_clause_holds_no_subject_of_the_verb_behind_it() {
    assert_eq!(
        statements("A coalition of gangs that controls most of Haiti's capital offered on Monday to lay down arms."),
        ["offer, coalition of gangs (): to lay down arms"]
    );
    assert_eq!(
        statements("The officer who led the Oro brigade said that the road was open."),
        ["state, officer (): the road was open"]
    );
}

#[test]
fn an_addition_behind_who_said_it_is_not_all_that_is_said() {
    assert_eq!(
        statements("Troops exchanged fire near the temple, the two sides said, each blaming the other for the violence."),
        ["state, two sides (): Troops exchanged fire near the temple"]
    );
    let cleft = statements("The convoy was never touched; it was soldiers, the mayor said, who had fouled the wells.");
    assert_eq!(cleft, ["state, mayor (): it was soldiers … who had fouled the wells"]);
}

#[test]
fn another_ministry_is_not_the_one_that_spoke() {
    let said = statements(
        "Cambodia's defence ministry said the bridge was shut. More than 100 people were moved to shelters, the interior ministry said.",
    );
    assert!(said.last().unwrap().starts_with("state, interior ministry ("), "{said:?}");
}

#[test]
fn one_of_them_is_none_of_those_named() {
    let said = statements(
        "Egypt has threatened to leave. Two diplomats said a draft that was shown last week would oblige it to pay; one of them said that it had agreed.",
    );
    assert!(said.last().unwrap().starts_with("state, one of them ("), "{said:?}");
}

#[test]
fn words_are_said_once() {
    assert_eq!(
        statements("The minister said in a social media post that both had agreed."),
        ["state, minister (): both had agreed"]
    );
}

#[test]
fn a_name_in_marks_speaks() {
    let said = statements(
        "Army commander General Luis Ude thanked the Church. “We have handed over all those we had,” commander “Pablo Veldt” said in an audio message. “Let the general count his deserters.”",
    );
    assert_eq!(
        said.last().unwrap(),
        "state, Pablo Veldt (): “We have handed over all those we had,” … “Let the general count his deserters.”"
    );
}

#[test]
fn who_was_accused_has_not_said_what_follows() {
    let said = statements("Veldmar, accused by Bogotá of sheltering rebels, has denied the charge again and again.");
    assert!(said.iter().all(|line| !line.starts_with("accuse") && !line.contains("Colombia")), "{said:?}");
}

#[test]
fn a_semicolon_ends_a_source_and_a_time() {
    let said = statements("Some 56,000 people have fled according to the UN; the governor of Tarn, Dara Ude, estimates 64,000.");
    assert_eq!(said.first().unwrap(), "state, United Nations (): Some 56,000 people have fled");
    let article =
        Article::of_paragraphs("Kenya has pledged to send a liaison officer; Uganda made the same pledge in 2023.").unwrap();
    let reading = read(&article, Lexicon::embedded(), Model::embedded());
    assert!(reading.assertions.first().unwrap().said.is_none());
}

#[test]
fn who_issues_a_statement_speaks_in_it() {
    assert_eq!(
        statements("The Arakan Army issued a statement blaming the junta for the fire."),
        ["accuse, Arakan Army (): the junta for the fire"]
    );
}

#[test]
fn she_is_the_unnamed_one_with_whom_her_sentence_opens() {
    let text = "The front's spokesman, Mohamed Ramadane, repeated the charge. “We have the names,” he said.\n\nAn aid worker who left Kidal last week, and who fled because she hopes to return, said the market was half empty.";
    let said = statements(text);
    assert_eq!(
        said[1..],
        [
            "state, aid worker (): to return".to_owned(),
            "state, aid worker who left Kidal last week (): the market was half empty".to_owned()
        ]
    );
}

#[test]
fn behind_an_agency_that_reports_it_speaks_who_was_reported() {
    let said = statements(
        "Azerbaijan's defence ministry has denied moving troops, state news agency Azertac reports. “Disinformation about our road,” it said.",
    );
    assert!(said.last().unwrap().starts_with("state, Ministry of Defence (Azerbaijan) ("), "{said:?}");
}

#[test]
fn each_of_two_may_have_promised_and_who_speaks_last_relays_it() {
    assert_eq!(
        statements("Kenya and Uganda have each promised in writing to open the road, the United Nations said on Thursday."),
        [
            "state, United Nations (): Kenya and Uganda have each promised in writing to open the road",
            "assure, Kenya and Uganda (United Nations): to open the road",
        ]
    );
}

#[test]
fn a_body_may_be_named_after_those_who_make_it() {
    for mark in ["'", "’"] {
        assert_eq!(
            statements(&format!("At least five people were killed, a doctors{mark} network said.")),
            [format!("state, doctors{mark} network (): At least five people were killed")]
        );
    }
}

#[test]
fn who_is_responsible_for_a_country_does_not_speak_for_it() {
    let text = "The fund's director for Sudan warned that trucks were few.";
    let article = Article::of_paragraphs(text).unwrap();
    let reading = read(&article, Lexicon::embedded(), Model::embedded());
    assert_eq!(reading.assertions.iter().map(|said| said.speaker.party.clone()).collect::<Vec<_>>(), [None]);
}

#[test]
fn not_one_denies() {
    assert_eq!(statements("“Not one bullet,” the envoy said."), ["deny, envoy (): “Not one bullet,”"]);
}

#[test]
fn who_speaks_within_a_sentence_does_not_relay_what_stands_before() {
    let said = statements("Dara Oro urged Veldmar to disarm the men who, she said, used its soil as a waiting room.");
    assert_eq!(said.iter().filter(|line| line.starts_with("demand, Dara Oro ():")).count(), 1, "{said:?}");
}

#[test]
fn who_is_inserted_into_a_clause_speaks_of_that_clause() {
    assert_eq!(
        statements(
            "The gate has been shut since a raid on an army post at Corbel Ridge in which, Veldmar says, nine soldiers died."
        ),
        ["state, Veldmar (): nine soldiers died"]
    );
}
