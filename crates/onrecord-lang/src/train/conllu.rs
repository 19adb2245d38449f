//! Treebanks in CoNLL-U.

/// One sentence of a treebank.
#[derive(Debug, Clone, Default)]
pub struct Sentence {
    /// Its syntactic words.
    pub words: Vec<Word>,
    /// The text as the treebank gives it.
    pub text: String,
    /// Whether a new document starts here.
    pub starts_document: bool,
    /// Whether a new paragraph starts here.
    pub starts_paragraph: bool,
}

/// One syntactic word.
#[derive(Debug, Clone)]
pub struct Word {
    /// As written.
    pub form: String,
    /// Dictionary form.
    pub lemma: String,
    /// Universal tag.
    pub universal: String,
    /// Penn tag.
    pub penn: String,
    /// Position of the head counted from 1; 0 for the root.
    pub head: usize,
    /// Relation to the head, with subtype.
    pub relation: String,
    /// Whether a blank follows. Within a multiword token none does.
    pub space_after: bool,
}

/// The sentences of `text`. Words of multiword tokens are kept apart; empty nodes are left out.
#[must_use]
pub fn parse(text: &str) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let mut sentence = Sentence::default();
    // Last word of the multiword token under way, and whether a blank follows that token.
    let mut multiword: Option<(usize, bool)> = None;
    for line in text.lines() {
        if line.is_empty() {
            if !sentence.words.is_empty() {
                sentences.push(std::mem::take(&mut sentence));
            }
            sentence = Sentence::default();
            multiword = None;
        } else if let Some(comment) = line.strip_prefix("# ") {
            if let Some(text) = comment.strip_prefix("text = ") {
                text.clone_into(&mut sentence.text);
            }
            sentence.starts_document |= comment.starts_with("newdoc");
            sentence.starts_paragraph |= comment == "newpar" || comment.starts_with("newpar id") || comment.starts_with("newdoc");
        } else {
            let columns: Vec<&str> = line.split('\t').collect();
            let [id, form, lemma, universal, penn, _, head, relation, _, rest] = columns[..] else { continue };
            let space_after = !rest.split('|').any(|item| item == "SpaceAfter=No");
            if let Some((_, last)) = id.split_once('-') {
                multiword = last.parse().ok().map(|last| (last, space_after));
                continue;
            }
            let Ok(number) = id.parse::<usize>() else { continue };
            let space_after = match multiword {
                Some((last, space)) if number <= last => space && number == last,
                _ => space_after,
            };
            sentence.words.push(Word {
                form: form.to_owned(),
                lemma: lemma.to_owned(),
                universal: universal.to_owned(),
                penn: penn.to_owned(),
                head: head.parse().unwrap_or(0),
                relation: relation.to_owned(),
                space_after,
            });
        }
    }
    if !sentence.words.is_empty() {
        sentences.push(sentence);
    }
    sentences
}
