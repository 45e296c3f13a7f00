//! Serves an exported document on this machine, for calling it by hand or from a program in any language:
//!
//! `cargo run -p gatewright-local --example serve -- bookshop.json --api-key a-key`
//!
//! The first line that it prints is the URL of the API. Then come the routes with what each demands, and then a line for
//! each request.

use std::error::Error;
use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
use std::mem::take;
use std::net::SocketAddr;
use std::process::ExitCode;

use gatewright_document::{Kind, Operation, Place, ReadOptions, Requirement};
use gatewright_local::{LocalGateway, TokenClaims};

const USAGE: &str = "usage: serve EXPORT [option..]

EXPORT is an exported document or a template, JSON or YAML. Its protected routes refuse everything that no option lets in:
  --resource ID                the logical id of the API, of a template with several
  --root FOLDER                the folder of all files that the document refers to, if it is not its own
  --api-key KEY                an API key that is taken
  --lambda-allows SCHEME       lets a Lambda authorizer allow that reads nothing a caller sends
  --credentials ID:SECRET      an access key whose signatures are taken
  --token \"SUBJECT [SCOPE..]\"  prints a token of an hour for a subject, with these scopes
  --bind ADDRESS:PORT          where to listen; 127.0.0.1 and a free port if not given

It serves until Ctrl-C, or until its standard input ends if that is no terminal.";

type Result<T> = std::result::Result<T, Box<dyn Error>>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match serve(&arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            report(error.as_ref());
            ExitCode::FAILURE
        }
    }
}

/// The error and what caused it, a line each.
fn report(error: &dyn Error) {
    eprintln!("{error}");
    if let Some(cause) = error.source() {
        report(cause);
    }
}

async fn serve(arguments: &[String]) -> Result<()> {
    let (export, options) = match arguments {
        [export, options @ ..] if !export.starts_with('-') => (export, Options::parse(options)?),
        _ => return Err(USAGE.into()),
    };
    let bytes = std::fs::read(export).map_err(|error| format!("cannot read {export}: {error}"))?;
    let mut files = options.read.folder(export);
    let document = options.read.read_with(export, &bytes, &mut files)?;
    let routes: Vec<String> = document.operations.iter().map(route).collect();

    let mut builder = LocalGateway::builder(document).on_request(|request| print(request));
    for key in options.api_keys {
        builder = builder.api_key(key);
    }
    for scheme in options.lambda_allows {
        builder = builder.lambda_allows(scheme);
    }
    for (id, secret) in options.credentials {
        builder = builder.credentials(id, secret, None);
    }
    if let Some(address) = options.address {
        builder = builder.bind(address);
    }
    let gateway = builder.start().await?;
    print(gateway.url());
    routes.iter().for_each(print);
    for claims in options.tokens {
        print(gateway.mint_token(claims));
    }
    end_of_input().await
}

#[derive(Default)]
struct Options {
    read: ReadOptions,
    api_keys: Vec<String>,
    lambda_allows: Vec<String>,
    credentials: Vec<(String, String)>,
    tokens: Vec<TokenClaims>,
    address: Option<SocketAddr>,
}

impl Options {
    fn parse(arguments: &[String]) -> Result<Self> {
        let mut options = Self::default();
        for argument in arguments.chunks(2) {
            let name = &argument[0];
            let value = argument.get(1).map(String::as_str);
            // The value may be a secret, so the message does not show it.
            let complaint =
                || format!("{name}: no such option, or no value that it takes\n\n{USAGE}");
            value
                .and_then(|value| options.set(name, value))
                .ok_or_else(complaint)?;
        }
        Ok(options)
    }

    /// `None` if there is no such option, or if this is no value for it.
    fn set(&mut self, name: &str, value: &str) -> Option<()> {
        match name {
            "--resource" => self.read = take(&mut self.read).resource(value),
            "--root" => self.read = take(&mut self.read).root(value),
            "--lambda-allows" => self.lambda_allows.push(value.to_owned()),
            "--api-key" => self.api_keys.push(value.to_owned()),
            "--credentials" => {
                let (id, secret) = value.split_once(':')?;
                self.credentials.push((id.to_owned(), secret.to_owned()));
            }
            "--token" => self.tokens.push(claims(value)?),
            "--bind" => self.address = Some(value.parse().ok()?),
            _ => return None,
        }
        Some(())
    }
}

/// The claims of `SUBJECT SCOPE..`.
fn claims(text: &str) -> Option<TokenClaims> {
    let mut words = text.split_whitespace();
    let claims = TokenClaims::new().subject(words.next()?);
    Some(words.fold(claims, TokenClaims::scope))
}

/// `GET /pets/{petId}: signature, API key`.
fn route(operation: &Operation) -> String {
    let mut demands: Vec<_> = operation.security.all_of.iter().map(demand).collect();
    let silent = operation.security.silent.iter();
    demands.extend(silent.map(|it| format!("Lambda authorizer {}, not called", it.scheme)));
    if demands.is_empty() {
        demands.push("open".to_owned());
    }
    let (method, path) = (operation.method.as_str(), &operation.path);
    format!("{method} {path}: {}", demands.join(", "))
}

fn demand(demand: &Requirement) -> String {
    let place = |place: &Place| match place {
        Place::Header(name) => format!("header {name}"),
        Place::Query(name) => format!("query parameter {name}"),
    };
    match &demand.kind {
        Kind::Iam => "signature".to_owned(),
        Kind::ApiKey => "API key".to_owned(),
        Kind::Token { places, .. } => {
            let places: Vec<_> = places.iter().map(place).collect();
            let scopes: Vec<_> = demand
                .scopes
                .iter()
                .map(|scope| format!(" {scope}"))
                .collect();
            format!("token{} in {}", scopes.join(" or"), places.join(" and "))
        }
        _ => format!("what `{}` describes", demand.scheme),
    }
}

/// That nobody reads along is no reason to stop.
fn print(line: impl Display) {
    let _ = writeln!(io::stdout(), "{line}");
}

/// A parent process stops us by closing the input. Who sits at a terminal has Ctrl-C, and may put us into the background,
/// where reading would halt us.
async fn end_of_input() -> Result<()> {
    if io::stdin().is_terminal() {
        std::future::pending::<()>().await;
    }
    let read = || io::copy(&mut io::stdin(), &mut io::sink());
    tokio::task::spawn_blocking(read).await??;
    Ok(())
}
