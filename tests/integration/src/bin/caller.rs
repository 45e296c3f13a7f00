//! One of several processes that share a session: calls an API a few times at once, and prints how often it asked Cognito
//! for new tokens.
//!
//! usage: `caller STORE SECONDS`, where its clock goes so many seconds before the system's

use std::error::Error;
use std::path::Path;

use gatewright_integration::app::App;
use gatewright_integration::peers::Cloud;
use tokio::task::JoinSet;

const CALLS: usize = 20;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [store, seconds] = arguments.as_slice() else {
        return Err("usage: caller STORE SECONDS".into());
    };
    let app = App::kept_in(Path::new(store), &Cloud::moved_by_another());
    app.clock.set(seconds.parse()?);
    let calls = (0..CALLS).map(|_| {
        let app = app.clone();
        async move { app.with_token().await }
    });
    for outcome in calls.collect::<JoinSet<_>>().join_all().await {
        outcome?;
    }
    println!("{}", app.sent.of("GetTokensFromRefreshToken"));
    Ok(())
}
