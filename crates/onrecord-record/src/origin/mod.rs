//! What stands behind assertions: utterances and documents, and who is a party.

mod behind;
mod bounds;
mod copies;
mod dispute;
mod outlet;
mod revisions;
mod runs;

pub(crate) use behind::{key, origins};
pub(crate) use bounds::persons;
pub(crate) use copies::copies;
pub(crate) use dispute::{counterparts, parties};
pub(crate) use outlet::{OutletName, outlet_name};
pub(crate) use revisions::revisions;
