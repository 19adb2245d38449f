//! The program from outside: arguments and files in; output, messages and exit code out.

#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

mod bad_input;
mod dossiers;
mod exports;
mod inputs;
mod mirror;
mod model;
mod own_output;
mod packs;
mod questions;
mod records;
mod review;
mod run;
mod same_bytes;
mod verify;
mod watching;
