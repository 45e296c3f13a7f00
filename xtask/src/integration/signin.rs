//! `cargo xtask integration --signin`: the example `signin`, for somebody at a terminal.

use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use serde_json::Value;

use super::Result;
use super::folder::Folder;
use super::peers::Peers;
use crate::{Outcome, cargo};

/// Who signs in: `tests/integration/peers/people.py` makes them.
const USER: &str = "terminal";

/// Starts the peers, and runs the example on this terminal until it ends.
pub(crate) fn sign_in(root: &Path) -> Outcome {
    let folder = Folder::create(root)?;
    let peers = Peers::start(root, &folder)?;
    let description: Value = serde_json::from_slice(&fs::read(peers.description())?)?;
    let cloud = &description["cloud"];
    let config = folder.file("amplifyconfiguration.json");
    fs::write(&config, serde_json::to_vec_pretty(&cloud["amplify"])?)?;
    let password = text(cloud, "/user_pool/password")?;
    println!("sign in as `{USER}` with the password `{password}`");
    let mut example = example(&config, text(cloud, "/endpoint")?);
    Ok(if example.current_dir(root).status()?.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// It gets what guests may not, and users may.
fn example(config: &Path, endpoint: &str) -> Command {
    let mut command = cargo();
    command
        .args(["run", "--quiet", "--package", "signin", "--", "--config"])
        .arg(config)
        .args(["--api", "iam", "--path", "/iam/7"])
        .args(["--endpoint", endpoint]);
    command
}

fn text<'a>(value: &'a Value, pointer: &str) -> Result<&'a str> {
    let text = value.pointer(pointer).and_then(Value::as_str);
    text.ok_or_else(|| format!("setup.py printed no text at {pointer}").into())
}
