//! The workspace's own tasks: `cargo xtask <task>`.

mod bench;
mod compile_cost;
mod corpus;
mod expansion_cost;
mod features;
mod integration;
mod scale;
mod stranger;
mod tidy;

use std::error::Error;
use std::path::Path;
use std::process::{Command, ExitCode};

const USAGE: &str = "usage: cargo xtask <task>

tasks:
  bench [NAME]    measures: signing, request, call, http2, nagle, in_flight, startup, idle, token_hit, codec, binary,
                  signer-differential; all of them without a name; and check-cost, for some minutes, only by its name
  compile-cost    measures what a generated client costs to compile; with --peer, beside progenitor's and oas3-gen's
  corpus DIR      generates a client for each document of a folder and compiles all of them; with --call, also calls
                  every operation against the local gateway of its document
  expansion-cost  measures what a `#[rest_endpoint]` trait costs to compile beside the same client by hand; with --peer, beside
                  two other macros too
  features        compiles each crate with each feature alone, with none and with all
  integration     runs the end-to-end tests against a local AWS and an OpenID Connect provider; with NAME, those whose names
                  contain it; with --signin, the example `signin` instead
  scale           measures what it costs to generate clients of 100, 1,000 and 10,000 operations; with --document FILE, the
                  client of that document
  stranger        builds the README's crate and runs it against a local API Gateway
  tidy            checks the edges of the architecture and the house rules";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments.as_slice() {
        ["bench"] => bench::run(root(), None),
        ["bench", name] => bench::run(root(), Some(name)),
        ["compile-cost"] => compile_cost::run(root(), false),
        ["compile-cost", "--peer"] => compile_cost::run(root(), true),
        ["expansion-cost"] => expansion_cost::run(root(), false),
        ["expansion-cost", "--peer"] => expansion_cost::run(root(), true),
        ["tidy"] => tidy::run(root()),
        ["features"] => features::run(root()),
        ["integration"] => integration::run(root(), None),
        ["integration", "--signin"] => integration::sign_in(root()),
        ["integration", name] => integration::run(root(), Some(name)),
        ["scale"] => scale::sizes(root()),
        ["scale", "--document", file] => scale::document(Path::new(file)),
        ["scale", "--here", file, times] => scale::generate(Path::new(file), times),
        ["stranger"] => stranger::run(root()),
        ["corpus", folder] => corpus::run(root(), Path::new(folder), false),
        ["corpus", folder, "--call"] => corpus::run(root(), Path::new(folder), true),
        ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            Ok(ExitCode::SUCCESS)
        }
        _ => Err(USAGE.into()),
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("{error}");
        ExitCode::from(2)
    })
}

/// What a task gives back: whether the workspace passed, or why the task could not be done.
type Outcome = Result<ExitCode, Box<dyn Error>>;

/// The workspace's folder, which holds this crate's.
fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here)
}

/// The cargo that runs this task.
fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    // What cargo says about this crate. Build scripts that listen, such as ring's, would run again, and with them half of the
    // dependencies, whenever cargo is called by a task after it was called by hand.
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command
}
