//! The smallest programs that make one signed call, typed, over TLS: with our client and with those of peers.

use std::error::Error;
use std::fs;
use std::path::Path;

use crate::compile_cost::package::{self, Package};

/// A program, without what only one benchmark asks of it.
#[derive(Clone)]
pub(super) struct Program {
    pub(super) name: &'static str,
    /// The rest of the manifest, from the dependencies on.
    pub(super) dependencies: String,
    pub(super) source: String,
    pub(super) build_script: Option<&'static str>,
}

impl Program {
    /// Writes its package below `place`, with the versions that the benchmarks are locked to.
    pub(super) fn write(&self, root: &Path, place: &Path) -> Result<Package, Box<dyn Error>> {
        let package =
            package::package(place, self.name, "call", "src/main.rs", &self.dependencies)?;
        let (folder, benches) = (&package.folder, root.join("benches"));
        fs::write(folder.join(package.source), &self.source)?;
        if let Some(script) = self.build_script {
            fs::write(folder.join("build.rs"), script)?;
        }
        for file in ["Cargo.lock", "pets.json"] {
            fs::copy(benches.join(file), folder.join(file))?;
        }
        Ok(package)
    }
}

/// Ours. `features` are those of gatewright, as a manifest has them after a comma.
pub(super) fn gatewright(root: &Path, name: &'static str, features: &str) -> Program {
    let [runtime, build] =
        ["gatewright", "gatewright-build"].map(|name| root.join("crates").join(name));
    Program {
        name,
        dependencies: format!(
            r#"gatewright = {{ path = {runtime:?}{features} }}
{AWS}{TOKIO}
[build-dependencies]
gatewright-build = {{ path = {build:?} }}
"#
        ),
        source: GATEWRIGHT.to_owned(),
        build_script: Some(
            "fn main() -> Result<(), gatewright_build::Error> {\n    gatewright_build::configure().compile(\"pets.json\")\n}\n",
        ),
    }
}

/// reqwest, a type by serde's derive, and a signature by hand. With ring as our own transport has it, or as reqwest comes.
pub(super) fn reqwest(is_with_ring: bool) -> Program {
    let (features, rustls, install) = if is_with_ring {
        (RING_FEATURES, RUSTLS, INSTALL_RING)
    } else {
        (DEFAULT_FEATURES, "", "")
    };
    Program {
        name: "reqwest",
        dependencies: format!(
            r#"{REQWEST}{features} }}
{AWS}{TOKIO}{rustls}
aws-sigv4 = {{ version = "1.6", default-features = false, features = ["http1", "sign-http"] }}
http = "1"
serde = {{ version = "1", features = ["derive"] }}
"#
        ),
        source: format!("{SIGNED}{MAIN_BEGINS}{install}{MAIN_ENDS}"),
        build_script: None,
    }
}

/// The client that progenitor generates, which signs nothing, on reqwest as it comes.
pub(super) fn progenitor() -> Program {
    Program {
        name: "progenitor",
        dependencies: format!(
            r#"{REQWEST}features = ["json", "query", "stream"] }}
{TOKIO}progenitor-client = "=0.15.1"
serde = {{ version = "1", features = ["derive"] }}

[build-dependencies]
prettyplease = "0.2"
progenitor = "=0.15.1"
serde_json = "1"
syn = "2"
"#
        ),
        source: PROGENITOR.to_owned(),
        build_script: Some(PROGENITOR_BUILD),
    }
}

const REQWEST: &str = r#"reqwest = { version = "=0.13.5", "#;
const DEFAULT_FEATURES: &str = r#"features = ["json"]"#;
const RING_FEATURES: &str =
    r#"default-features = false, features = ["http2", "json", "rustls-no-provider"]"#;
const RUSTLS: &str = r#"rustls = { version = "0.23", default-features = false, features = ["ring", "std", "tls12"] }"#;
const INSTALL_RING: &str =
    "    let _ = rustls::crypto::ring::default_provider().install_default();\n";
const MAIN_BEGINS: &str = "\nfn main() -> Result<(), Error> {\n";
const MAIN_ENDS: &str = r#"    let base = std::env::args().nth(1).ok_or("no address")?;
    let pet = tokio::runtime::Runtime::new()?.block_on(call(format!("{base}/mine/1")))?;
    println!("{}", pet.name);
    Ok(())
}
"#;
const TOKIO: &str = "tokio = { version = \"1\", features = [\"rt-multi-thread\"] }\n";
const AWS: &str = "aws-credential-types = { version = \"1.3\", default-features = false, features = [\"hardcoded-credentials\"] }\n";

const GATEWRIGHT: &str = include_str!("program/gatewright.rs.txt");
const SIGNED: &str = include_str!("program/reqwest.rs.txt");
const PROGENITOR: &str = include_str!("program/progenitor.rs.txt");
const PROGENITOR_BUILD: &str = include_str!("program/progenitor_build.rs.txt");
