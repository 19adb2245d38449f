//! Words that name events, in the vocabulary of PLOVER.

use crate::saying::Example;

/// Types of events, as the PLOVER manual lists them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Plover {
    /// Agrees to do something, or offers or promises it.
    Agree,
    /// Meets, visits, negotiates, mediates.
    Consult,
    /// Praises, recognises, signs.
    Support,
    /// Yields to demands, eases restrictions.
    Concede,
    /// Works together in material things.
    Cooperate,
    /// Gives material help.
    Aid,
    /// Withdraws, releases, disarms.
    Retreat,
    /// Asks or demands.
    Request,
    /// Criticises, accuses, investigates.
    Accuse,
    /// Refuses.
    Reject,
    /// Threatens.
    Threaten,
    /// Demonstrates, strikes, riots.
    Protest,
    /// Reduces relations or aid.
    Sanction,
    /// Raises or moves forces.
    Mobilize,
    /// Arrests, seizes, bans.
    Coerce,
    /// Uses violence.
    Assault,
}

impl Plover {
    /// All sixteen.
    pub const ALL: [Self; 16] = [
        Self::Agree,
        Self::Consult,
        Self::Support,
        Self::Concede,
        Self::Cooperate,
        Self::Aid,
        Self::Retreat,
        Self::Request,
        Self::Accuse,
        Self::Reject,
        Self::Threaten,
        Self::Protest,
        Self::Sanction,
        Self::Mobilize,
        Self::Coerce,
        Self::Assault,
    ];

    /// Its name in data files and output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Agree => "AGREE",
            Self::Consult => "CONSULT",
            Self::Support => "SUPPORT",
            Self::Concede => "CONCEDE",
            Self::Cooperate => "COOPERATE",
            Self::Aid => "AID",
            Self::Retreat => "RETREAT",
            Self::Request => "REQUEST",
            Self::Accuse => "ACCUSE",
            Self::Reject => "REJECT",
            Self::Threaten => "THREATEN",
            Self::Protest => "PROTEST",
            Self::Sanction => "SANCTION",
            Self::Mobilize => "MOBILIZE",
            Self::Coerce => "COERCE",
            Self::Assault => "ASSAULT",
        }
    }

    /// The type of this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|plover| plover.name() == name)
    }

    /// Whether it harms, refuses or defies.
    #[must_use]
    pub const fn is_hostile(self) -> bool {
        matches!(
            self,
            Self::Reject | Self::Threaten | Self::Protest | Self::Sanction | Self::Mobilize | Self::Coerce | Self::Assault
        )
    }
}

/// Verb or noun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventKind {
    /// A verb, with or without particle; its subject acts.
    Verb,
    /// A noun; its possessor or "by" acts.
    Noun,
}

/// What must stand beside the word; it is also where the recipient is looked for. `docs/lexicon.md` has the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventFrame {
    /// Nothing.
    Bare,
    /// An object, or the subject of the passive.
    Object,
    /// "to VERB".
    Infinitive,
    /// A clause.
    Clause,
    /// An object and "to VERB".
    ObjectInfinitive,
    /// An object and a clause.
    ObjectClause,
    /// An object and a phrase with this preposition.
    ObjectPreposition(String),
    /// "X and Y" as subject, or a subject in the plural.
    Joined,
    /// For nouns: object of a verb that only carries it ("launch"), or subject of one that says it took place.
    Light,
    /// For nouns: a possessive.
    Possessive,
    /// A phrase with this preposition.
    Preposition(String),
}

impl EventFrame {
    /// The frame that data files write as `text`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "-" => Self::Bare,
            "N" => Self::Object,
            "to V" => Self::Infinitive,
            "that" => Self::Clause,
            "N to V" => Self::ObjectInfinitive,
            "N that" => Self::ObjectClause,
            "conj" => Self::Joined,
            "light" => Self::Light,
            "poss" => Self::Possessive,
            _ => match text.strip_prefix("N ") {
                Some(preposition) => Self::ObjectPreposition(preposition.to_owned()),
                None if text.chars().all(|c| c.is_ascii_lowercase()) => Self::Preposition(text.to_owned()),
                None => return None,
            },
        })
    }
}

/// An entry: words that name events of one type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventWord {
    /// Verb or noun.
    pub kind: EventKind,
    /// Base form, a particle behind it ("blow up"); names the rule in output.
    pub lemma: String,
    /// Other words of the same meaning and frames.
    pub also: Vec<String>,
    /// Type of event.
    pub plover: Plover,
    /// What may stand beside it; one must.
    pub frames: Vec<EventFrame>,
    /// Words of which one must stand in the object or what else the frame asks for; `@NAME` stands for the list `event-NAME`, `@actor` for
    /// anything that names somebody, `@place` for a town, a district or a province. Empty: any.
    pub objects: Vec<String>,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// CAMEO code.
    pub cameo: Option<String>,
    /// PLOVER contexts.
    pub contexts: Vec<String>,
    /// Sentences in which it must be found.
    pub finds: Vec<Example>,
    /// Sentences in which it must be left alone.
    pub leaves: Vec<Example>,
}

/// The word and its regular forms: a tagger that does not know a rare verb cannot be relied on for its lemma.
pub(crate) fn inflections(kind: EventKind, lemma: &str) -> Vec<String> {
    let (word, rest) = lemma.split_once(' ').map_or((lemma, String::new()), |(word, rest)| (word, format!(" {rest}")));
    let is_vowel = |c: char| "aeiou".contains(c);
    let letters: Vec<char> = word.chars().collect();
    let [.., before, last] = letters.as_slice() else { return Vec::from([lemma.to_owned()]) };
    let sibilant = matches!(last, 's' | 'x' | 'z') || *last == 'h' && matches!(before, 's' | 'c');
    let stem = &word[..word.len() - last.len_utf8()];
    let mut forms = Vec::from([word.to_owned()]);
    let short_y = *last == 'y' && !is_vowel(*before);
    forms.push(if short_y {
        format!("{stem}ies")
    } else if sibilant {
        format!("{word}es")
    } else {
        format!("{word}s")
    });
    if kind == EventKind::Verb {
        match last {
            'e' => forms.extend([format!("{word}d"), format!("{stem}ing")]),
            'y' if short_y => forms.extend([format!("{stem}ied"), format!("{word}ing")]),
            _ => {
                forms.extend([format!("{word}ed"), format!("{word}ing")]);
                if is_vowel(*before) && !is_vowel(*last) && !matches!(last, 'w' | 'x' | 'y') {
                    forms.extend([format!("{word}{last}ed"), format!("{word}{last}ing")]);
                }
            }
        }
    }
    forms.into_iter().map(|form| form + &rest).collect()
}

#[cfg(test)]
mod tests {
    use super::{EventKind, inflections};

    #[test]
    fn regular_forms_are_made_of_the_base_form() {
        let forms = |lemma: &str| inflections(EventKind::Verb, lemma).join(" ");
        assert_eq!(forms("shell"), "shell shells shelled shelling");
        assert_eq!(forms("extradite"), "extradite extradites extradited extraditing");
        assert_eq!(forms("occupy"), "occupy occupies occupied occupying");
        assert_eq!(forms("expel"), "expel expels expeled expeling expelled expelling");
        assert_eq!(inflections(EventKind::Verb, "call off"), ["call off", "calls off", "called off", "calling off"]);
        assert_eq!(inflections(EventKind::Noun, "clash"), ["clash", "clashes"]);
    }
}
