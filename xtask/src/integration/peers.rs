//! The peers: two ministacks, one of them with a clock that the tests move, and an OpenID Connect provider.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};

use super::folder::Folder;
use super::process::Process;
use super::{Result, faketime, output, packages, port, sources};

/// Names the file that describes the peers to the tests.
pub(super) const VARIABLE: &str = "GATEWRIGHT_PEERS";

/// How often a peer is asked whether it is ready before it counts as broken: for half a minute.
const QUESTIONS: usize = 600;
const PAUSE: Duration = Duration::from_millis(50);

/// Seconds that an access token of the OpenID Connect provider lives.
const TOKEN_LIFETIME: &str = "5";

/// Running peers; they end with this value.
pub(super) struct Peers {
    /// What the tests are told, as JSON.
    description: PathBuf,
    _running: Vec<Peer>,
}

impl Peers {
    /// Starts the peers and makes in them what the tests call. On an error their logs are printed.
    pub(super) fn start(root: &Path, folder: &Folder) -> Result<Self> {
        let started = Starter { root, folder }.start();
        if started.is_err() {
            folder.show_logs();
        }
        started
    }

    pub(super) fn description(&self) -> &Path {
        &self.description
    }
}

struct Peer {
    url: String,
    _process: Process,
}

#[derive(Clone, Copy)]
struct Starter<'a> {
    root: &'a Path,
    folder: &'a Folder,
}

impl Starter<'_> {
    fn start(self) -> Result<Peers> {
        let packages = packages::ministack(self.root)?;
        let issuer = self.provider()?;
        let cloud = self.ministack("ministack", &packages, None)?;
        let mut description = json!({
            "issuer": issuer.url,
            "cloud": self.setup(&packages, &cloud, &issuer)?,
        });
        let mut running = vec![issuer, cloud];
        description["moved"] = match faketime::library(self.root) {
            Ok(library) => {
                let clock = Clock::create(library, self.folder)?;
                let cloud = self.ministack("moved-ministack", &packages, Some(&clock))?;
                let made = self.setup(&packages, &cloud, &running[0])?;
                running.push(cloud);
                json!({ "cloud": made, "clock": clock.file })
            }
            // The tests that need it say so, each by its name.
            Err(why) => json!({ "missing": why.to_string() }),
        };
        let file = self.folder.file("peers.json");
        fs::write(&file, serde_json::to_vec_pretty(&description)?)?;
        Ok(Peers {
            description: file,
            _running: running,
        })
    }

    fn provider(self) -> Result<Peer> {
        let port = port::free()?;
        let mut command = Command::new("node");
        command
            .arg("provider.mjs")
            .env("PORT", port.to_string())
            .env("TTL", TOKEN_LIFETIME)
            .current_dir(packages::provider(self.root)?);
        self.run(
            "oidc-provider",
            &command,
            port,
            "/.well-known/openid-configuration",
        )
    }

    fn ministack(self, name: &str, packages: &Path, clock: Option<&Clock>) -> Result<Peer> {
        let port = port::free()?;
        let mut command = clock.map_or_else(ministack, |clock| clock.ministack(self.root));
        command
            .env("PYTHONPATH", packages)
            .env("AUTH", "true")
            // Without these it listens to everybody, and at another port too.
            .env("BIND_HOST", "127.0.0.1")
            .env("IOT_MTLS_ENABLED", "0")
            .env("GATEWAY_PORT", port.to_string())
            .env("TMPDIR", self.folder.temporary());
        self.run(name, &command, port, "/_ministack/health")
    }

    /// Starts a peer and waits until it answers `path`.
    fn run(self, name: &str, command: &Command, port: u16, path: &str) -> Result<Peer> {
        let log = self.folder.log(name)?;
        let mut process = Process::start_logged(self.root, command, &log)?;
        for _ in 0..QUESTIONS {
            if port::is_ready(port, path) {
                return Ok(Peer {
                    url: format!("http://127.0.0.1:{port}"),
                    _process: process,
                });
            }
            if process.has_ended() {
                return Err(format!("{name} has ended").into());
            }
            std::thread::sleep(PAUSE);
        }
        Err(format!("{name} does not answer").into())
    }

    fn setup(self, packages: &Path, cloud: &Peer, issuer: &Peer) -> Result<Value> {
        let mut command = Command::new("python3");
        command
            .arg(sources(self.root).join("setup.py"))
            .args([&cloud.url, &issuer.url])
            .env("PYTHONPATH", packages);
        Ok(serde_json::from_str(&output(&mut command)?)?)
    }
}

fn ministack() -> Command {
    let mut command = Command::new("python3");
    command.args(["-m", "ministack"]);
    command
}

/// A clock that a file moves.
struct Clock {
    library: PathBuf,
    /// Holds the distance to the system's clock in seconds: `+600`.
    file: PathBuf,
}

impl Clock {
    fn create(library: PathBuf, folder: &Folder) -> Result<Self> {
        let file = folder.file("clock");
        fs::write(&file, "+0")?;
        Ok(Self { library, file })
    }

    /// A ministack that lives by this clock. `env`, because what starts it lives by the system's.
    fn ministack(&self, root: &Path) -> Command {
        let mut command = Command::new("env");
        command
            .arg(format!("LD_PRELOAD={}", self.library.display()))
            .arg(format!("FAKETIME_TIMESTAMP_FILE={}", self.file.display()))
            .args(["FAKETIME_NO_CACHE=1", "FAKETIME_DONT_FAKE_MONOTONIC=1"])
            .arg("python3")
            .arg(sources(root).join("moved.py"));
        command
    }
}
