//! The code of the page "On your own transport" of gatewright's documentation, with a file for each neighbour. The tests run it
//! over loopback, and hold the page against these files.

pub mod axum;
pub mod hyper;
pub mod in_process;
pub mod reqwest;
pub mod tonic;
pub mod typed;
