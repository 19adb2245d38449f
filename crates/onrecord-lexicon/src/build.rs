//! Makes a lexicon of files: reads every table, then links the entries and checks them against each other.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use toml::de::DeTable;

use crate::actor::{Actor, ActorId, ActorKind, Name, NameKind, Role, RoleKind, Tenure};
use crate::affair::{Affair, Axis, Turn, TurnKind};
use crate::event::{EventFrame, EventKind, EventWord, Plover, inflections};
use crate::lexicon::Lexicon;
use crate::outlet::{Outlet, OutletKind};
use crate::party::{inherit_parties, own_party};
use crate::phrase::PhraseIndex;
use crate::place::Place;
use crate::problem::{Problem, Problems};
use crate::question::{About, Question};
use crate::saying::{Act, Frame, Saying, SayingKind};
use crate::table::{FileReader, Placed, TableReader};
use crate::time_word::{TimeWord, TimeWordKind};
use crate::unit::{Bound, Qualifier, Unit, UnitKind, Vague};
use crate::word_list::WordList;

/// A file of a pack: its name for messages, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackFile {
    /// Name as the user knows it.
    pub name: String,
    /// The whole text.
    pub text: String,
}

/// An id that must be defined somewhere, and where it is used.
struct Reference {
    id: String,
    problem: Problem,
}

/// Names of one actor on their way into the index.
struct ActorEntry {
    actor: Actor,
    names: Vec<(String, NameKind, bool)>,
    state_offices: Vec<(String, String)>,
}

#[derive(Default)]
struct Draft {
    actors: Vec<ActorEntry>,
    defined_at: BTreeMap<String, String>,
    roles: Vec<(Role, Vec<String>)>,
    sayings: Vec<Saying>,
    event_words: Vec<EventWord>,
    event_codes: BTreeMap<(Plover, Plover), String>,
    saying_places: BTreeMap<(SayingKind, String, Frame), String>,
    places: Vec<(Place, Vec<String>)>,
    units: Vec<(Unit, Vec<String>, Vec<String>)>,
    qualifiers: Vec<(Qualifier, Vec<String>)>,
    vagues: Vec<(Vague, Vec<String>)>,
    affairs: Vec<(Affair, Vec<String>)>,
    turns: Vec<Turn>,
    outlets: Vec<(Outlet, Vec<String>)>,
    time_words: Vec<(TimeWord, Vec<String>)>,
    questions: BTreeMap<About, Question>,
    alike: BTreeMap<String, Vec<String>>,
    lists: BTreeMap<String, Vec<String>>,
    references: Vec<Reference>,
    problems: Vec<Problem>,
}

/// The lexicon of `base` with `pack` laid over it.
pub(crate) fn lexicon(base: &[(&str, &str)], pack: &[PackFile]) -> Result<Lexicon, Problems> {
    let mut draft = Draft::default();
    for (name, text) in base {
        draft.read_file(name, text);
    }
    // From here on an id that is known already is added to, not refused.
    let base_ids: BTreeSet<String> = std::mem::take(&mut draft.defined_at).into_keys().collect();
    for file in pack {
        draft.read_file(&file.name, &file.text);
    }
    draft.merge_entries();
    draft.check_references(&base_ids);
    if draft.problems.is_empty() {
        let texts = base.iter().map(|(_, text)| *text).chain(pack.iter().map(|file| file.text.as_str()));
        return Ok(Lexicon { fingerprint: fingerprint(texts), ..draft.link() });
    }
    draft.problems.sort();
    draft.problems.dedup();
    Err(Problems(draft.problems))
}

/// FNV-1a of the texts one after the other: tells whether a file was changed, and protects against nothing.
fn fingerprint<'t>(texts: impl Iterator<Item = &'t str>) -> u64 {
    let bytes = texts.flat_map(|text| text.bytes().chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

impl Draft {
    fn read_file(&mut self, name: &str, text: &str) {
        let mut file = FileReader::new(name, text);
        let top = file.parse();
        let mut reader = TableReader::new(&mut file, &top, 0);
        if reader.required("meaning").is_some() {
            self.read_tables(&mut reader);
        }
        reader.finish();
        self.problems.append(&mut file.problems);
    }

    fn read_tables(&mut self, top: &mut TableReader<'_, '_>) {
        let file_act = top.text("act");
        for (key, kind) in [
            ("state", ActorKind::State),
            ("office", ActorKind::Office),
            ("person", ActorKind::Person),
            ("armed-group", ActorKind::ArmedGroup),
            ("organisation", ActorKind::Organisation),
            ("people", ActorKind::People),
        ] {
            self.each(top, key, |draft, table| draft.read_actor(table, kind));
        }
        self.each(top, "role", Self::read_role);
        for (key, kind) in [("verb", SayingKind::Verb), ("noun", SayingKind::Noun)] {
            self.each(top, key, |draft, table| draft.read_saying(table, kind, file_act.as_ref()));
        }
        self.read_events(top);
        self.each(top, "list", Self::read_list);
        self.each(top, "place", Self::read_place);
        self.each(top, "unit", Self::read_unit);
        self.each(top, "qualifier", Self::read_qualifier);
        self.each(top, "vague", Self::read_vague);
        self.each(top, "affair", Self::read_affair);
        self.each(top, "turn", Self::read_turn);
        self.each(top, "outlet", Self::read_outlet);
        self.each(top, "time", Self::read_time_word);
        self.each(top, "question", Self::read_question);
        self.each(top, "alike", Self::read_alike);
    }

    fn each(
        &mut self,
        top: &mut TableReader<'_, '_>,
        key: &'static str,
        mut read: impl FnMut(&mut Self, &mut TableReader<'_, '_>) -> Option<()>,
    ) {
        for (at, table) in top.tables(key) {
            self.one(top, at, table, &mut read);
        }
    }

    fn one<'a>(
        &mut self,
        parent: &mut TableReader<'_, 'a>,
        at: usize,
        table: &DeTable<'a>,
        read: &mut impl FnMut(&mut Self, &mut TableReader<'_, '_>) -> Option<()>,
    ) {
        let mut reader = TableReader::new(parent.file, table, at);
        // `None` means that a required key was missing, which has been reported.
        let _ = read(self, &mut reader);
        reader.finish();
    }

    fn read_actor(&mut self, table: &mut TableReader<'_, '_>, kind: ActorKind) -> Option<()> {
        let id = table.required("id");
        let name = table.required("name");
        let mut names: Vec<(Placed, NameKind, bool)> = Vec::new();
        for (key, name_kind) in [("aliases", NameKind::Proper), ("demonyms", NameKind::Demonym)] {
            names.extend(table.texts(key).into_iter().map(|text| (text, name_kind.clone(), false)));
        }
        names.extend(table.texts("common").into_iter().map(|text| (text, NameKind::Proper, true)));
        for (at, loaded) in table.tables("loaded") {
            names.extend(self.read_loaded(table, at, loaded));
        }
        let party = self.reference(table, "party");
        let parent = self.reference(table, "parent");
        let mut state_offices = Vec::new();
        let mut tenures = Vec::new();
        if kind == ActorKind::State {
            names.extend(table.text("capital").map(|text| (text, NameKind::Capital, false)));
            names.extend(table.texts("seats").into_iter().map(|text| (text, NameKind::Seat, false)));
            names.extend(table.texts("government").into_iter().map(|text| (text, NameKind::Proper, false)));
            state_offices = self.read_own_office_names(table);
        }
        if kind == ActorKind::Person {
            tenures = self.read_tenures(table);
        }
        let (id, name) = (id?, name?);
        let Some(actor_id) = ActorId::parse(&id.text) else {
            table.file.problem(id.at, format!("`{}` is no id: lower-case letters, digits, `-` and `.` only", id.text));
            return None;
        };
        self.define(table, &id);
        report_same_names(table, &name, &names);
        let proper = (name.text.clone(), NameKind::Proper, false);
        let names = std::iter::once(proper).chain(names.into_iter().map(|(text, kind, common)| (text.text, kind, common)));
        let actor = Actor { id: actor_id, name: name.text.clone(), kind, party, offices: tenures, parent };
        self.actors.push(ActorEntry { actor, names: names.collect(), state_offices });
        Some(())
    }

    fn read_loaded<'a>(
        &mut self,
        table: &mut TableReader<'_, 'a>,
        at: usize,
        loaded: &DeTable<'a>,
    ) -> Option<(Placed, NameKind, bool)> {
        let mut found = None;
        let mut reader = TableReader::new(table.file, loaded, at);
        let name = reader.required("name");
        reader.required("whose").into_iter().for_each(|whose| {
            self.refer(&mut reader, &whose);
            found = ActorId::parse(&whose.text);
        });
        reader.finish();
        Some((name?, NameKind::Loaded(found?), false))
    }

    fn read_own_office_names(&mut self, table: &mut TableReader<'_, '_>) -> Vec<(String, String)> {
        let mut names = Vec::new();
        for (at, office) in table.tables("offices") {
            let mut reader = TableReader::new(table.file, office, at);
            let role = reader.required("role");
            let own = reader.some_texts("names");
            if let Some(role) = role {
                let problem = reader.file.problem_at(role.at, format!("no role `{}` in roles.toml", role.text));
                self.references.push(Reference { id: format!("role:{}", role.text), problem });
                names.extend(own.into_iter().map(|name| (role.text.clone(), name.text)));
            }
            reader.finish();
        }
        names
    }

    fn read_tenures(&mut self, table: &mut TableReader<'_, '_>) -> Vec<Tenure> {
        let mut tenures = Vec::new();
        for (at, tenure) in table.tables("offices") {
            let mut reader = TableReader::new(table.file, tenure, at);
            let office = reader.required("office");
            let from = read_date(&mut reader, "from");
            let to = read_date(&mut reader, "to");
            if let Some(office) = office {
                self.refer(&mut reader, &office);
                tenures.extend(ActorId::parse(&office.text).map(|office| Tenure { office, from, to }));
            }
            reader.finish();
        }
        tenures
    }

    fn reference(&mut self, table: &mut TableReader<'_, '_>, key: &'static str) -> Option<ActorId> {
        let placed = table.text(key)?;
        self.refer(table, &placed);
        ActorId::parse(&placed.text)
    }

    fn refer(&mut self, table: &mut TableReader<'_, '_>, placed: &Placed) {
        let problem = table.file.problem_at(placed.at, format!("nobody has defined the actor `{}`", placed.text));
        self.references.push(Reference { id: placed.text.clone(), problem });
    }

    fn define(&mut self, table: &mut TableReader<'_, '_>, id: &Placed) {
        let here = table.file.place(id.at);
        if let Some(before) = self.defined_at.get(&id.text) {
            table.file.problem(id.at, format!("`{}` is already defined at {before}", id.text));
        } else {
            self.defined_at.insert(id.text.clone(), here);
        }
    }

    fn read_role(&mut self, table: &mut TableReader<'_, '_>) -> Option<()> {
        let id = table.required("id");
        let name = table.required("name");
        let forms = table.some_texts("forms");
        let kind = choice(table, "kind", &[("office", RoleKind::Body), ("person", RoleKind::Post)]);
        let (id, name) = (id?, name?);
        if !name.text.contains("{state}") {
            table.file.problem(name.at, "`name` must contain `{state}`".to_owned());
        }
        self.define(table, &Placed { text: format!("role:{}", id.text), at: id.at });
        let role = Role { id: id.text, name: name.text, kind: kind? };
        self.roles.push((role, forms.into_iter().map(|form| form.text).collect()));
        Some(())
    }

    fn read_saying(&mut self, table: &mut TableReader<'_, '_>, kind: SayingKind, file_act: Option<&Placed>) -> Option<()> {
        let lemma = table.required("lemma");
        let forms = table.some_texts("forms");
        let frames = table.some_texts("frames");
        let plover = table.text("plover").map(|code| code.text);
        let finds = table.some_texts("finds");
        let leaves = table.some_texts("leaves");
        let act = self.act(table, file_act);
        let mut parsed = Vec::new();
        for frame in &frames {
            match Frame::parse(&frame.text) {
                Some(known) => parsed.push(known),
                None => table.file.problem(frame.at, format!("`{}` is no frame; docs/lexicon.md lists them", frame.text)),
            }
        }
        self.check_same_forms(table, kind, &forms, &parsed);
        let finds = finds.into_iter().map(|example| table.file.example(example)).collect();
        let leaves = leaves.into_iter().map(|example| table.file.example(example)).collect();
        let forms = forms.into_iter().map(|form| form.text).collect();
        self.sayings.push(Saying { kind, lemma: lemma?.text, forms, act: act?, frames: parsed, plover, finds, leaves });
        Some(())
    }

    fn act(&mut self, table: &mut TableReader<'_, '_>, file_act: Option<&Placed>) -> Option<Act> {
        let Some(placed) = file_act else {
            table.file.problem(0, "a file with words of saying needs `act` at its top".to_owned());
            return None;
        };
        let act = Act::ALL.into_iter().find(|act| act.name() == placed.text);
        if act.is_none() {
            let known = Act::ALL.map(Act::name).join(", ");
            table.file.problem(placed.at, format!("`{}` is no act; there are {known}", placed.text));
        }
        act
    }

    fn check_same_forms(&mut self, table: &mut TableReader<'_, '_>, kind: SayingKind, forms: &[Placed], frames: &[Frame]) {
        for form in forms {
            for frame in frames {
                let key = (kind, form.text.to_lowercase(), *frame);
                if let Some(before) = self.saying_places.get(&key) {
                    table.file.problem(form.at, format!("`{}` is already listed with this frame at {before}", form.text));
                } else {
                    self.saying_places.insert(key, table.file.place(form.at));
                }
            }
        }
    }

    fn read_events(&mut self, top: &mut TableReader<'_, '_>) {
        let placed = top.text("plover");
        let plover = placed.as_ref().and_then(|placed| Plover::parse(&placed.text));
        if let (Some(placed), None) = (&placed, plover) {
            let known = Plover::ALL.map(Plover::name).join(", ");
            top.file.problem(placed.at, format!("`{}` is no type of event; there are {known}", placed.text));
        }
        for (key, kind) in [("event-verb", EventKind::Verb), ("event-noun", EventKind::Noun)] {
            self.each(top, key, |draft, table| draft.read_event_word(table, kind, plover));
        }
        self.each(top, "over", |draft, table| {
            let (over, cameo) = (table.required("plover")?, table.required("cameo")?);
            let known = Plover::parse(&over.text);
            if known.is_none() {
                table.file.problem(over.at, format!("`{}` is no type of event", over.text));
            }
            draft.event_codes.insert((plover?, known?), cameo.text);
            Some(())
        });
    }

    fn read_event_word(&mut self, table: &mut TableReader<'_, '_>, kind: EventKind, plover: Option<Plover>) -> Option<()> {
        let lemma = table.required("lemma");
        let also = table.texts("also").into_iter().map(|word| word.text).collect();
        let written = table.some_texts("frames");
        let objects = table.texts("objects");
        let mode = table.text("mode").map(|mode| mode.text);
        let cameo = table.text("cameo").map(|cameo| cameo.text);
        let contexts = table.texts("contexts").into_iter().map(|context| context.text).collect();
        let finds = table.some_texts("finds");
        let leaves = table.some_texts("leaves");
        let finds = finds.into_iter().map(|example| table.file.example(example)).collect();
        let leaves = leaves.into_iter().map(|example| table.file.example(example)).collect();
        let mut frames = Vec::new();
        for frame in &written {
            match EventFrame::parse(&frame.text) {
                Some(known) => frames.push(known),
                None => table.file.problem(frame.at, format!("`{}` is no frame; docs/lexicon.md lists them", frame.text)),
            }
        }
        for named in objects.iter().filter(|object| !matches!(object.text.as_str(), "@actor" | "@place")) {
            if let Some(list) = named.text.strip_prefix('@') {
                let problem = table.file.problem_at(named.at, format!("no list `event-{list}` under words/"));
                self.references.push(Reference { id: format!("list:event-{list}"), problem });
            }
        }
        let objects = objects.into_iter().map(|object| object.text).collect();
        if plover.is_none() {
            table.file.problem(0, "a file with words for events needs `plover` at its top".to_owned());
        }
        let (lemma, plover) = (lemma?.text, plover?);
        self.event_words.push(EventWord { kind, lemma, also, plover, frames, objects, mode, cameo, contexts, finds, leaves });
        Some(())
    }

    fn read_list(&mut self, table: &mut TableReader<'_, '_>) -> Option<()> {
        let name = table.required("name");
        let words = table.some_texts("words");
        let name = name?;
        self.define(table, &Placed { text: format!("list:{}", name.text), at: name.at });
        self.lists.entry(name.text).or_default().extend(words.into_iter().map(|word| word.text));
        Some(())
    }

    fn read_question(&mut self, table: &mut TableReader<'_, '_>) -> Option<()> {
        let about = choice(table, "id", &About::ALL.map(|about| (about.name(), about)));
        let help = table.text("help");
        let words = table.some_texts("words").into_iter().map(|word| word.text.to_lowercase());
        let beside = table.texts("beside").into_iter().map(|word| word.text.to_lowercase());
        let finds = table.some_texts("finds").into_iter().map(|example| table.file.example(example)).collect::<Vec<_>>();
        let leaves = table.some_texts("leaves").into_iter().map(|example| table.file.example(example)).collect::<Vec<_>>();
        let about = about?;
        // A pack adds words to a question; its sentence of help stays.
        let question = self.questions.entry(about).or_insert_with(|| Question {
            about,
            help: String::new(),
            words: Vec::new(),
            beside: Vec::new(),
            finds: Vec::new(),
            leaves: Vec::new(),
        });
        question.words.extend(words);
        question.beside.extend(beside);
        question.finds.extend(finds);
        question.leaves.extend(leaves);
        if question.help.is_empty() {
            match help {
                Some(help) => question.help = help.text,
                None => table.file.problem(0, format!("the question `{}` needs `help`", about.name())),
            }
        }
        Some(())
    }

    fn read_alike(&mut self, table: &mut TableReader<'_, '_>) -> Option<()> {
        let name = table.required("name");
        let words = table.some_texts("words").into_iter().map(|word| word.text.to_lowercase());
        self.alike.entry(name?.text).or_default().extend(words);
        Some(())
    }

    fn read_place(&mut self, table: &mut TableReader<'_, '_>) -> Option<()> {
        let name = table.required("name");
        let aliases = table.texts("aliases");
        let kind = table.required("kind");
        let countries = table.texts("countries");
        let (lat, lon) = (table.number("lat"), table.number("lon"));
        countries.iter().for_each(|country| self.refer(table, country));
        let name = name?;
        let names = std::iter::once(name.text.clone()).chain(aliases.into_iter().map(|alias| alias.text));
        let countries = countries.into_iter().map(|country| country.text).collect();
        self.places.push((Place { name: name.text, kind: kind?.text, countries, lat, lon }, names.collect()));
        Some(())
    }

    fn read_unit(&mut self, table: &mut TableReader<'_, '_>) -> Option<()> {
        let id = table.required("id");
        let kind = choice(
            table,
            "kind",
            &[
                ("count", UnitKind::Count),
                ("currency", UnitKind::Currency),
                ("percent", UnitKind::Percent),
                ("length", UnitKind::Measure),
                ("area", UnitKind::Measure),
                ("mass", UnitKind::Measure),
                ("volume", UnitKind::Measure),
                ("energy", UnitKind::Measure),
                ("duration", UnitKind::Measure),
                ("speed", UnitKind::Measure),
            ],
        );
        let forms = table.texts("forms").into_iter().map(|form| form.text).collect();
        let symbols = table.texts("symbols").into_iter().map(|symbol| symbol.text).collect();
        self.units.push((Unit { id: id?.text, kind: kind? }, forms, symbols));
        Some(())
    }

    fn read_time_word(&mut self, table: &mut TableReader<'_, '_>) -> Option<()> {
        let forms = table.some_texts("forms").into_iter().map(|form| form.text).collect();
        let kind = choice(table, "kind", &TimeWordKind::NAMES);
        // Words that say that there is a time and not which have no value.
        let value = table.text("value").map_or_else(String::new, |value| value.text);
        self.time_words.push((TimeWord { kind: kind?, value }, forms));
        Some(())
    }

    fn read_qualifier(&mut self, table: &mut TableReader<'_, '_>) -> Option<()> {
        let forms = table.some_texts("forms").into_iter().map(|form| form.text).collect();
        let bound = choice(
            table,
            "bound",
            &[
                ("about", Bound::About),
                ("at-least", Bound::AtLeast),
                ("at-most", Bound::AtMost),
                ("over", Bound::Over),
                ("under", Bound::Under),
                ("nearly", Bound::Nearly),
            ],
        );
        self.qualifiers.push((Qualifier { bound: bound? }, forms));
        Some(())
    }

    fn read_affair(&mut self, table: &mut TableReader<'_, '_>) -> Option<()> {
        let id = table.required("id");
        let axis = choice(table, "axis", &AXES);
        let forms = table.some_texts("forms").into_iter().map(|form| form.text).collect();
        let places = table.texts("places").into_iter().map(|kind| kind.text).collect();
        let id = id?;
        self.define(table, &Placed { text: format!("affair:{}", id.text), at: id.at });
        self.affairs.push((Affair { id: id.text, axis: axis?, places }, forms));
        Some(())
    }

    fn read_turn(&mut self, table: &mut TableReader<'_, '_>) -> Option<()> {
        let lemma = table.required("lemma");
        let also = table.texts("also").into_iter().map(|word| word.text).collect();
        let kinds = [
            ("verb", TurnKind::Verb),
            ("transitive", TurnKind::Transitive),
            ("adjective", TurnKind::Adjective),
            ("noun", TurnKind::Noun),
            ("phrase", TurnKind::Phrase),
        ];
        let kind = choice(table, "word", &kinds);
        let axis = choice(table, "axis", &AXES);
        let state = table.required("state");
        let of = table.texts("of");
        for id in &of {
            let problem = table.file.problem_at(id.at, format!("nobody has defined the thing `{}`", id.text));
            self.references.push(Reference { id: format!("affair:{}", id.text), problem });
        }
        let of = of.into_iter().map(|id| id.text).collect();
        let finds = table.some_texts("finds");
        let leaves = table.some_texts("leaves");
        let finds = finds.into_iter().map(|example| table.file.example(example)).collect();
        let leaves = leaves.into_iter().map(|example| table.file.example(example)).collect();
        let (lemma, state) = (lemma?.text, state?.text);
        self.turns.push(Turn { lemma, also, kind: kind?, axis: axis?, of, state, finds, leaves });
        Some(())
    }

    fn read_vague(&mut self, table: &mut TableReader<'_, '_>) -> Option<()> {
        let id = table.required("id");
        let forms = table.some_texts("forms").into_iter().map(|form| form.text).collect();
        let (low, high) = (table.number("low"), table.number("high"));
        let id = id?;
        let (Some(low), Some(high)) = (low, high.filter(|high| low.is_some_and(|low| low <= *high))) else {
            table.file.problem(id.at, format!("`{}` needs `low` and a `high` that is not below it", id.text));
            return None;
        };
        self.vagues.push((Vague { id: id.text, low, high }, forms));
        Some(())
    }

    fn read_outlet(&mut self, table: &mut TableReader<'_, '_>) -> Option<()> {
        let name = table.required("name");
        let kind = choice(
            table,
            "kind",
            &[
                ("agency", OutletKind::Agency),
                ("newspaper", OutletKind::Newspaper),
                ("broadcaster", OutletKind::Broadcaster),
                ("magazine", OutletKind::Magazine),
                ("website", OutletKind::Website),
                ("aggregator", OutletKind::Aggregator),
                ("government", OutletKind::Government),
            ],
        );
        let aliases = table.texts("aliases");
        let domains: Vec<String> = table.texts("domains").into_iter().map(|domain| domain.text).collect();
        let country = table.text("country");
        country.iter().for_each(|country| self.refer(table, country));
        let publisher = table.text("publisher").map(|publisher| publisher.text);
        let name = name?;
        let names = std::iter::once(name.text.clone()).chain(aliases.into_iter().map(|alias| alias.text));
        let names = names.chain(domains.iter().cloned()).collect();
        let country = country.map(|country| country.text);
        self.outlets.push((Outlet { name: name.text, kind: kind?, domains, country, publisher }, names));
        Some(())
    }

    /// Joins entries that a pack adds to with those they add to.
    fn merge_entries(&mut self) {
        let mut merged: Vec<ActorEntry> = Vec::new();
        let mut place_of: BTreeMap<ActorId, usize> = BTreeMap::new();
        for entry in std::mem::take(&mut self.actors) {
            match place_of.get(&entry.actor.id).and_then(|place| merged.get_mut(*place)) {
                Some(known) => {
                    known.names.extend(entry.names);
                    known.state_offices.extend(entry.state_offices);
                    known.actor.offices.extend(entry.actor.offices);
                }
                None => {
                    place_of.insert(entry.actor.id.clone(), merged.len());
                    merged.push(entry);
                }
            }
        }
        self.actors = merged;
    }

    fn check_references(&mut self, base_ids: &BTreeSet<String>) {
        let roles: Vec<&str> = self.roles.iter().map(|(role, _)| role.id.as_str()).collect();
        let states: BTreeSet<&str> =
            self.actors.iter().filter(|e| e.actor.kind == ActorKind::State).map(|e| e.actor.id.as_str()).collect();
        let is_state_office =
            |id: &str| id.rsplit_once('.').is_some_and(|(state, role)| states.contains(state) && roles.contains(&role));
        for reference in std::mem::take(&mut self.references) {
            let id = &reference.id;
            if !self.defined_at.contains_key(id) && !base_ids.contains(id) && !is_state_office(id) {
                self.problems.push(reference.problem);
            }
        }
    }

    fn link(self) -> Lexicon {
        let mut lexicon = Lexicon {
            fingerprint: 0,
            actors: BTreeMap::new(),
            roles: Vec::new(),
            sayings: self.sayings,
            event_words: self.event_words,
            event_verb_forms: HashMap::new(),
            event_noun_forms: HashMap::new(),
            event_codes: self.event_codes,
            affairs: Vec::new(),
            turns: self.turns,
            turn_forms: HashMap::new(),
            places: Vec::new(),
            units: Vec::new(),
            qualifiers: Vec::new(),
            vagues: Vec::new(),
            outlets: Vec::new(),
            time_words: Vec::new(),
            questions: self.questions.into_values().collect(),
            alike: self.alike.into_values().collect(),
            lists: self.lists.into_iter().map(|(name, words)| (name, WordList::new(words))).collect(),
            no_words: WordList::new(Vec::new()),
            names: PhraseIndex::keeping_case(),
            last_names: BTreeMap::new(),
            role_forms: PhraseIndex::folding_case(),
            saying_forms: PhraseIndex::folding_case(),
            affair_forms: PhraseIndex::folding_case(),
            turn_phrases: PhraseIndex::folding_case(),
            place_names: PhraseIndex::keeping_case(),
            unit_forms: PhraseIndex::folding_case(),
            unit_symbols: PhraseIndex::folding_case(),
            qualifier_forms: PhraseIndex::folding_case(),
            vague_forms: PhraseIndex::folding_case(),
            outlet_names: PhraseIndex::folding_case(),
            time_forms: PhraseIndex::folding_case(),
        };
        for (n, saying) in lexicon.sayings.iter().enumerate() {
            saying.forms.iter().for_each(|form| lexicon.saying_forms.insert(form, n));
        }
        for (n, word) in lexicon.event_words.iter().enumerate() {
            for form in std::iter::once(&word.lemma).chain(&word.also).flat_map(|lemma| inflections(word.kind, lemma)) {
                let forms = match word.kind {
                    EventKind::Verb => &mut lexicon.event_verb_forms,
                    EventKind::Noun => &mut lexicon.event_noun_forms,
                };
                forms.entry(form).or_default().push(n);
            }
        }
        for (n, turn) in lexicon.turns.iter().enumerate() {
            let words = std::iter::once(&turn.lemma).chain(&turn.also);
            match turn.kind {
                TurnKind::Phrase => words.for_each(|phrase| lexicon.turn_phrases.insert(phrase, n)),
                TurnKind::Adjective => {
                    words.for_each(|word| lexicon.turn_forms.entry(word.clone()).or_default().push(n));
                }
                TurnKind::Verb | TurnKind::Transitive | TurnKind::Noun => {
                    let kind = if turn.kind == TurnKind::Noun { EventKind::Noun } else { EventKind::Verb };
                    for form in words.flat_map(|word| inflections(kind, word)) {
                        lexicon.turn_forms.entry(form).or_default().push(n);
                    }
                }
            }
        }
        index(self.affairs, &mut lexicon.affairs, &mut lexicon.affair_forms);
        index(self.roles, &mut lexicon.roles, &mut lexicon.role_forms);
        index(self.places, &mut lexicon.places, &mut lexicon.place_names);
        index(self.qualifiers, &mut lexicon.qualifiers, &mut lexicon.qualifier_forms);
        index(self.vagues, &mut lexicon.vagues, &mut lexicon.vague_forms);
        index(self.outlets, &mut lexicon.outlets, &mut lexicon.outlet_names);
        index(self.time_words, &mut lexicon.time_words, &mut lexicon.time_forms);
        for (unit, forms, symbols) in self.units {
            forms.iter().for_each(|form| lexicon.unit_forms.insert(form, lexicon.units.len()));
            symbols.iter().for_each(|symbol| lexicon.unit_symbols.insert(symbol, lexicon.units.len()));
            lexicon.units.push(unit);
        }
        link_actors(self.actors, &mut lexicon);
        lexicon
    }
}

fn index<T>(drafts: Vec<(T, Vec<String>)>, entries: &mut Vec<T>, phrases: &mut PhraseIndex<usize>) {
    for (entry, forms) in drafts {
        forms.iter().for_each(|form| phrases.insert(form, entries.len()));
        entries.push(entry);
    }
}

fn link_actors(drafts: Vec<ActorEntry>, lexicon: &mut Lexicon) {
    for mut entry in drafts {
        let id = entry.actor.id.clone();
        if entry.actor.kind == ActorKind::State {
            add_offices(&entry, lexicon);
        }
        if entry.actor.party.is_none() {
            entry.actor.party = own_party(&entry.actor);
        }
        if entry.actor.kind == ActorKind::Person {
            let names = std::iter::once(entry.actor.name.as_str()).chain(entry.names.iter().map(|(name, ..)| name.as_str()));
            let last: BTreeSet<&str> = names.filter_map(|name| Some(name.rsplit_once(' ')?.1)).collect();
            for last in last {
                lexicon.last_names.entry(last.to_owned()).or_default().push(id.clone());
            }
        }
        for (name, kind, common) in entry.names {
            if kind == NameKind::Demonym && !name.ends_with('s') {
                lexicon.names.insert(&format!("{name}s"), Name { actor: id.clone(), kind: kind.clone(), common });
            }
            lexicon.names.insert(&name, Name { actor: id.clone(), kind, common });
        }
        lexicon.actors.insert(id, entry.actor);
    }
    inherit_parties(lexicon);
}

/// Every state has every office of the roles; its own names for them are indexed.
fn add_offices(state: &ActorEntry, lexicon: &mut Lexicon) {
    for role in &lexicon.roles {
        let id = state.actor.id.office(&role.id);
        let actor = Actor {
            id: id.clone(),
            name: role.name.replace("{state}", &state.actor.name),
            kind: ActorKind::Office,
            party: Some(state.actor.id.clone()),
            offices: Vec::new(),
            parent: Some(state.actor.id.clone()),
        };
        for (_, name) in state.state_offices.iter().filter(|(of, _)| *of == role.id) {
            lexicon.names.insert(name, Name { actor: id.clone(), kind: NameKind::Proper, common: false });
        }
        lexicon.actors.entry(id).or_insert(actor);
    }
}

fn report_same_names(table: &mut TableReader<'_, '_>, name: &Placed, names: &[(Placed, NameKind, bool)]) {
    let mut seen = BTreeMap::from([(name.text.as_str(), &NameKind::Proper)]);
    for (text, kind, _) in names {
        // A city state's capital bears its own name ("Singapore"); that is no slip.
        let also_capital = matches!(kind, NameKind::Capital | NameKind::Demonym);
        if seen.insert(&text.text, kind).is_some() && !also_capital {
            table.file.problem(text.at, format!("`{}` is listed twice for one actor", text.text));
        }
    }
}

/// What states things can be in, as data files write it.
const AXES: [(&str, Axis); 3] = [("passage", Axis::Passage), ("force", Axis::Force), ("talks", Axis::Talks)];

/// One of a fixed set of words.
fn choice<T: Copy>(table: &mut TableReader<'_, '_>, key: &'static str, options: &[(&str, T)]) -> Option<T> {
    let placed = table.required(key)?;
    let found = options.iter().find(|(name, _)| *name == placed.text).map(|(_, value)| *value);
    if found.is_none() {
        let known = options.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
        table.file.problem(placed.at, format!("`{key}` is `{}`; it must be one of {known}", placed.text));
    }
    found
}

/// An ISO date prefix: `2024`, `2024-03` or `2024-03-11`.
fn read_date(table: &mut TableReader<'_, '_>, key: &'static str) -> Option<String> {
    let placed = table.text(key)?;
    let parts: Vec<&str> = placed.text.split('-').collect();
    let widths_fit = parts.iter().zip([4, 2, 2]).all(|(part, width)| part.len() == width);
    let digits = parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    if parts.len() > 3 || !widths_fit || !digits {
        table
            .file
            .problem(placed.at, format!("`{key}` is `{}`; it must be a date such as 2024, 2024-03 or 2024-03-11", placed.text));
        return None;
    }
    Some(placed.text)
}
