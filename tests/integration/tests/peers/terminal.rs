//! The example `signin`, with answers that a script gives.

use std::path::Path;
use std::process::Stdio;

use gatewright_integration::peers::Cloud;
use gatewright_integration::{clock::OurClock, totp};
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

use crate::support::folder;

/// What it prints when it gets `/iam/7`, which guests may not, and is given these lines.
async fn sign_in(test: &str, answers: &[&str]) -> Vec<String> {
    let cloud = Cloud::steady();
    let config = folder(test).join("amplifyconfiguration.json");
    std::fs::write(&config, cloud.amplify()).unwrap();
    // `cargo xtask integration` built it beside our own.
    let example = Path::new(env!("CARGO_BIN_EXE_caller")).with_file_name("signin");
    let mut process = Command::new(example)
        .arg("--config")
        .arg(config)
        .args(["--api", "iam", "--path", "/iam/7"])
        .args(["--endpoint", cloud.text("/endpoint")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = process.stdin.take().unwrap();
    let answers = answers.join("\n") + "\n";
    input.write_all(answers.as_bytes()).await.unwrap();
    drop(input);
    let output = process.wait_with_output().await.unwrap();
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(str::to_owned).collect()
}

fn assert_guest_then_user(lines: &[String], user: &str) {
    let [guest, signed_in, identity, answer, signed_out] = lines else {
        panic!("{lines:?}");
    };
    assert!(guest.starts_with("as guest: GET /iam/7: API Gateway responded with 403"));
    assert_eq!(*signed_in, format!("signed in as {user}"));
    assert!(identity.starts_with("with the identity eu-central-1:"));
    assert_eq!(answer, "as user: GET /iam/7: 200 OK {}");
    assert_eq!(signed_out, "signed out");
}

#[tokio::test]
async fn the_example_calls_as_guest_and_as_user() {
    let cloud = Cloud::steady();
    let answers = ["terminal", cloud.text("/user_pool/password")];
    let lines = sign_in("the_example_calls_as_guest_and_as_user", &answers).await;
    assert_guest_then_user(&lines, "terminal");
}

#[tokio::test]
async fn the_example_asks_for_a_code_until_it_is_right() {
    let cloud = Cloud::steady();
    let text = |name: &str| cloud.text(&format!("/user_pool/{name}"));
    let code = totp::code(text("totp/secret"), OurClock::default().now());
    let answers = [text("totp/user"), text("password"), "000000", &code];
    let lines = sign_in("the_example_asks_for_a_code_until_it_is_right", &answers).await;
    assert_guest_then_user(&lines, "careful");
}
