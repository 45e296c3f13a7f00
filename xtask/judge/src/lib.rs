//! Calls every operation of generated clients against the local gateway of their own document, over loopback HTTP, and
//! judges each answer strictly.
//!
//! `cargo xtask corpus DIR --call` writes a program of [`Calls`] and runs it. For each operation it makes
//!
//! - one call with right credentials through `connect`, which the gateway has to route to that very operation, to let
//!   through and to answer with what decodes as the operation's type;
//! - for each thing that the document demands a call where that alone is wrong (an access key also with a wrong secret);
//! - a call without credentials through the default transport, which has to refuse it and send nothing;
//! - the same call without that guard, which the gateway has to refuse.
//!
//! ```no_run
//! use corpus_judge::{Call, Caller, Calls, Outcome};
//! # struct Client;
//! # impl Client { async fn get_pets(&self) -> gatewright::Result<()> { Ok(()) } }
//! # fn client(_: Caller) -> Client { Client }
//!
//! async fn get_pets(client: Client) -> Outcome {
//!     client.get_pets().await.into()
//! }
//! const CALLS: &[Call] = &[Call {
//!     operation: "GET /pets",
//!     make: |caller| Box::pin(get_pets(client(caller))),
//! }];
//! corpus_judge::run(&[Calls { file: "exports/pets.json", calls: CALLS }]);
//! ```

mod call;
mod credentials;
mod demand;
mod report;
mod site;
mod trial;

pub use call::{Call, Caller, Calls, Outcome};
pub use credentials::Given;

use std::io;
use std::process::ExitCode;

pub use report::Report;

/// The value of a JSON text.
///
/// # Panics
///
/// If it is none; the generated program writes only what is.
pub fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).expect("a JSON text")
}

/// Makes all calls and prints the report. Fails if anything went wrong.
pub fn run(documents: &[Calls]) -> ExitCode {
    match judge(documents) {
        Ok(report) => {
            print!("{report}");
            if report.passed() {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            }
        }
        Err(error) => {
            eprintln!("cannot start: {error}");
            ExitCode::from(2)
        }
    }
}

/// Makes all calls.
///
/// # Errors
///
/// If the system has no sockets to give.
pub fn judge(documents: &[Calls]) -> io::Result<Report> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let judged = documents.iter().map(|calls| {
        let tally = runtime.block_on(trial::document(calls));
        (calls.name().to_owned(), tally)
    });
    Ok(Report(judged.collect()))
}
