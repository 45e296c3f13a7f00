//! Processes that share a file store.

use std::path::Path;
use std::process::Stdio;

use gatewright_integration::app::App;
use gatewright_integration::peers::Cloud;
use tokio::process::{Child, Command};

use crate::support::folder;

/// Five minutes after the tokens have ended.
const LATER: i64 = 3_900;

fn caller(store: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_caller"))
        .arg(store)
        .arg(LATER.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// How often it asked for new tokens.
async fn refreshes(caller: Child) -> usize {
    let output = caller.wait_with_output().await.unwrap();
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    text.trim().parse().unwrap()
}

#[tokio::test]
async fn two_processes_with_one_store_refresh_once() {
    let test = "two_processes_with_one_store_refresh_once";
    let Some((cloud, server)) = Cloud::moved(test).await else {
        return;
    };
    let store = folder(test).join("session.json");
    let app = App::kept_in(&store, &cloud);
    app.sign_in("shared").await;
    server.set(LATER);
    let callers = [caller(&store), caller(&store)];
    let mut sum = 0;
    for caller in callers {
        sum += refreshes(caller).await;
    }
    assert_eq!(sum, 1);
}
