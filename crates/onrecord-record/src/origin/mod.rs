//! What stands behind assertions: utterances and documents, and who is a party.

mod behind;
mod copies;
mod dispute;
mod outlet;
mod revisions;
mod runs;

pub(crate) use behind::{key, origins};
pub(crate) use copies::copies;
pub(crate) use dispute::parties;
pub(crate) use outlet::{OutletName, outlet_name};
pub(crate) use revisions::revisions;
