//! Calls an API as a guest, signs a user in, calls it again as the user, and signs out.
//!
//! `README.md` says how to run it.

mod apis;
mod arguments;
mod challenges;
mod terminal;

use std::process::ExitCode;

use gatewright::{BoxError, RawResponse};
use gatewright_amplify::Apis;
use gatewright_cognito::{Session, SignOut, Step};

use arguments::Arguments;
use terminal::Terminal;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("signin: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), BoxError> {
    let arguments = Arguments::parse(std::env::args().skip(1))?;
    let apis = apis::build(&arguments)?;
    let session = apis
        .session()
        .ok_or("the configuration has no API that Cognito authorizes: nobody needs to sign in")?;
    // What a guest may do is the API's business: a refusal is shown, and the program goes on.
    report("guest", &arguments, call(&apis, &arguments).await);

    sign_in(session, &arguments).await?;
    let response = call(&apis, &arguments).await;
    let is_ok = response.is_ok();
    report("user", &arguments, response);

    sign_out(session).await?;
    if is_ok {
        Ok(())
    } else {
        Err("the API did not respond to the user's call with success".into())
    }
}

async fn call(apis: &Apis, arguments: &Arguments) -> Result<RawResponse, BoxError> {
    let request = apis.get(arguments.api.as_deref(), &arguments.path)?;
    Ok(request.send().await?)
}

fn report(who: &str, arguments: &Arguments, response: Result<RawResponse, BoxError>) {
    let path = &arguments.path;
    match response {
        Ok(content) => {
            let text = String::from_utf8_lossy(content.bytes());
            println!("as {who}: GET {path}: {} {text}", content.status());
        }
        Err(error) => println!("as {who}: GET {path}: {error:#}"),
    }
}

async fn sign_in(session: &Session, arguments: &Arguments) -> Result<(), BoxError> {
    let terminal = Terminal::new();
    let user = match &arguments.user {
        Some(user) => user.clone(),
        None => terminal.ask("User name")?,
    };
    let password = terminal.ask_hidden("Password")?;
    let mut step = session.sign_in(user, password).await?;
    while let Step::Challenge(challenge) = step {
        step = challenges::respond(challenge, &terminal).await?;
    }
    print_who(session).await
}

async fn print_who(session: &Session) -> Result<(), BoxError> {
    let now = session.fetch().await?;
    println!("signed in as {}", now.username().unwrap_or("nobody"));
    match now.identity() {
        Ok(identity) => println!("with the identity {}", identity.id()),
        Err(error) => println!("without AWS credentials: {error}"),
    }
    Ok(())
}

async fn sign_out(session: &Session) -> Result<(), BoxError> {
    let report = session.sign_out(SignOut::Revoke).await;
    if let Some(Err(error)) = report.remote() {
        println!("the refresh token may still be valid: {error}");
    }
    report.local().map_err(Clone::clone)?;
    println!("signed out");
    Ok(())
}
