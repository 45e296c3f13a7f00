//! An independent judge of signatures: botocore, in a Python process that is asked over its standard streams.
//!
//! Its packages are pinned by hash in `requirements.txt` and installed once below `target/peers`.

use std::env;
use std::error::Error;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::OnceLock;

use http::Request;
use serde_json::{Value, json};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

pub(crate) struct Judge {
    process: Child,
    requests: Option<ChildStdin>,
    verdicts: BufReader<ChildStdout>,
}

impl Judge {
    /// Starts the judge. Where that is not possible, `None` after a line that says so; on CI, or with
    /// `GATEWRIGHT_REQUIRE_PEERS`, the test fails instead.
    pub(crate) fn start(test: &str, setup: &Value) -> Option<Self> {
        match Self::try_start(setup) {
            Ok(judge) => Some(judge),
            Err(why)
                if env::var_os("CI").is_some()
                    || env::var_os("GATEWRIGHT_REQUIRE_PEERS").is_some() =>
            {
                panic!("cannot start the judge: {why}")
            }
            Err(why) => {
                // Not `println!`, which the test harness swallows when a test passes.
                let mut output = io::stdout();
                writeln!(output, "skipped: {test}: {why}").expect("standard output is open");
                None
            }
        }
    }

    fn try_start(setup: &Value) -> Result<Self> {
        let mut process = Command::new("python3")
            .arg(here("judge.py"))
            .arg(setup.to_string())
            .env("PYTHONPATH", packages()?)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("python3 does not run: {error}"))?;
        let requests = process.stdin.take();
        let verdicts = BufReader::new(process.stdout.take().ok_or("the judge has no output")?);
        Ok(Self {
            process,
            requests,
            verdicts,
        })
    }

    /// `Err` with the reason if the judge refuses the request.
    pub(crate) fn judge(&mut self, request: &Request<Vec<u8>>) -> std::result::Result<(), String> {
        let mut requests = self
            .requests
            .as_ref()
            .expect("open until the judge is dropped");
        writeln!(requests, "{}", as_json(request)).expect("the judge takes a request");
        let mut line = String::new();
        self.verdicts
            .read_line(&mut line)
            .expect("the judge prints a line");
        let verdict: Value = serde_json::from_str(&line).expect("the judge prints JSON");
        verdict["refused"]
            .as_str()
            .map_or(Ok(()), |reason| Err(reason.to_owned()))
    }
}

impl Drop for Judge {
    fn drop(&mut self) {
        // The end of its input ends the judge.
        self.requests = None;
        let _ = self.process.wait();
    }
}

fn as_json(request: &Request<Vec<u8>>) -> Value {
    // A header that is not signed may be anything; in one that is, the judge would notice the difference.
    let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
    let headers = request.headers().iter();
    let headers: Vec<_> = headers
        .map(|(name, value)| json!([name.as_str(), text(value.as_bytes())]))
        .collect();
    let body: String = request
        .body()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    json!({
        "method": request.method().as_str(),
        "target": request.uri().path_and_query().expect("a target").as_str(),
        "headers": headers,
        "body": body,
    })
}

fn here(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/judge")
        .join(name)
}

/// The folder of the judge's packages, installed by the first test that needs it.
fn packages() -> Result<PathBuf> {
    static FOLDER: OnceLock<std::result::Result<PathBuf, String>> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| find_or_install().map_err(|error| error.to_string()));
    Ok(folder.clone()?)
}

/// Another process may install at the same time: each into a separate folder, which gets its name, and with it
/// becomes the one that counts, when it is complete.
fn find_or_install() -> Result<PathBuf> {
    let mut hasher = DefaultHasher::new();
    fs::read(here("requirements.txt"))?.hash(&mut hasher);
    let peers = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("peers");
    let folder = peers.join(format!("sigv4-judge-{:016x}", hasher.finish()));
    if folder.is_dir() {
        return Ok(folder);
    }
    let unfinished = folder.with_extension(std::process::id().to_string());
    install(&unfinished)?;
    match fs::rename(&unfinished, &folder) {
        Err(_) if folder.is_dir() => fs::remove_dir_all(&unfinished)?,
        renamed => renamed?,
    }
    Ok(folder)
}

fn install(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    let output = Command::new("python3")
        .args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--only-binary",
            ":all:",
        ])
        .args(["--require-hashes", "--no-deps", "--target"])
        .arg(folder)
        .arg("--requirement")
        .arg(here("requirements.txt"))
        .output()
        .map_err(|error| format!("python3 does not run: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let _ = fs::remove_dir_all(folder);
    let complaint = String::from_utf8_lossy(&output.stderr);
    Err(format!(
        "pip cannot install botocore: {}",
        complaint.trim().lines().last().unwrap_or("no reason given")
    )
    .into())
}
