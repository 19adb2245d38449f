//! The state of the parser: a stack of words, the words to come, and the arcs so far.

/// Kinds of transition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Action {
    /// The next word goes on the stack.
    Shift,
    /// The top of the stack becomes a dependent of the next word.
    Left,
    /// The top of the stack becomes a dependent of the word below it.
    Right,
}

impl Action {
    /// All of them.
    pub(crate) const ALL: [Self; 3] = [Self::Shift, Self::Left, Self::Right];
}

/// A dependent: its word and label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Child {
    pub(crate) word: u16,
    pub(crate) label: u8,
}

/// No dependent.
const NO_CHILD: Child = Child { word: u16::MAX, label: 63 };

/// What hangs on a word.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Node {
    /// Number of dependents on each side.
    pub(crate) lefts: u8,
    pub(crate) rights: u8,
    /// Outermost dependents on each side, and the ones next to them.
    pub(crate) left: [Child; 2],
    pub(crate) right: [Child; 2],
    /// Labels of the dependents on each side, one bit each.
    pub(crate) left_labels: u64,
    pub(crate) right_labels: u64,
}

/// A word without dependents, and a place where no word is.
pub(crate) static BARE: Node =
    Node { lefts: 0, rights: 0, left: [NO_CHILD; 2], right: [NO_CHILD; 2], left_labels: 0, right_labels: 0 };

/// The state of the parser within one sentence.
#[derive(Debug, Clone)]
pub(crate) struct State {
    stack: Vec<u16>,
    next: usize,
    nodes: Vec<Node>,
    heads: Vec<Option<u16>>,
}

impl State {
    /// The state before the first of `count` words.
    pub(crate) fn new(count: usize) -> Self {
        Self { stack: Vec::with_capacity(count), next: 0, nodes: vec![BARE; count], heads: vec![None; count] }
    }

    /// The word `depth` below the top of the stack.
    pub(crate) fn stacked(&self, depth: usize) -> Option<usize> {
        let at = self.stack.len().checked_sub(depth + 1)?;
        Some(usize::from(self.stack[at]))
    }

    /// All words on the stack, the top last.
    pub(crate) fn stack(&self) -> &[u16] {
        &self.stack
    }

    /// The next word; the number of words when none is left.
    pub(crate) fn next(&self) -> usize {
        self.next
    }

    /// Number of words of the sentence.
    pub(crate) fn count(&self) -> usize {
        self.nodes.len()
    }

    /// What hangs on a word.
    pub(crate) fn node(&self, word: Option<usize>) -> &Node {
        word.and_then(|word| self.nodes.get(word)).unwrap_or(&BARE)
    }

    /// Whether a kind of transition is possible.
    pub(crate) fn allows(&self, action: Action) -> bool {
        let words_left = self.next < self.count();
        match action {
            Action::Shift => words_left,
            Action::Left => words_left && !self.stack.is_empty(),
            Action::Right => self.stack.len() > 1,
        }
    }

    /// `None` when the tree is done; else the only possible kind of transition whose label does not matter, if there is one.
    pub(crate) fn choices(&self) -> Option<Option<Action>> {
        match (self.next < self.count(), self.stack.len()) {
            (false, 0 | 1) => None,
            (true, 0) => Some(Some(Action::Shift)),
            _ => Some(None),
        }
    }

    /// Makes a transition, which must be allowed.
    pub(crate) fn follow(&mut self, action: Action, label: u8) {
        if action == Action::Shift {
            self.stack.push(u16::try_from(self.next).unwrap_or(u16::MAX));
            self.next += 1;
            return;
        }
        let Some(word) = self.stack.pop() else { return };
        let head = match action {
            Action::Left => self.next,
            _ => self.stacked(0).unwrap_or(0),
        };
        self.heads[usize::from(word)] = u16::try_from(head).ok();
        let child = Child { word, label };
        let node = &mut self.nodes[head];
        if action == Action::Left {
            node.left = [child, node.left[0]];
            node.lefts = node.lefts.saturating_add(1);
            node.left_labels |= 1 << (label & 63);
        } else {
            node.right = [child, node.right[0]];
            node.rights = node.rights.saturating_add(1);
            node.right_labels |= 1 << (label & 63);
        }
    }

    /// The heads found.
    pub(crate) fn into_heads(self) -> Vec<Option<u16>> {
        self.heads
    }
}
