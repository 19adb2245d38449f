//! How much of what was expected is there.

/// Hits among so many, and what was missed.
#[derive(Debug)]
pub(crate) struct Score {
    pub(crate) name: &'static str,
    hits: usize,
    of: usize,
    missed: Vec<String>,
}

impl Score {
    /// Nothing counted yet.
    pub(crate) fn new(name: &'static str) -> Self {
        Self { name, hits: 0, of: 0, missed: Vec::new() }
    }

    /// Counts one: a hit, or a miss that `miss` describes.
    pub(crate) fn count(&mut self, hit: bool, miss: impl FnOnce() -> String) {
        self.of += 1;
        if hit {
            self.hits += 1;
        } else {
            self.missed.push(miss());
        }
    }

    /// Hits in percent; nothing expected counts as all found.
    pub(crate) fn percent(&self) -> f64 {
        if self.of == 0 { 100.0 } else { 100.0 * self.hits as f64 / self.of as f64 }
    }

    /// Prints the figures beside the floor, and the misses.
    pub(crate) fn print(&self, floor: Option<f64>) {
        let floor = floor.map_or("no floor".to_owned(), |floor| format!("floor {floor}"));
        println!("{:28} {:5.1} %  {:3} of {:3}  ({floor})", self.name, self.percent(), self.hits, self.of);
        for missed in &self.missed {
            println!("    - {missed}");
        }
    }
}
