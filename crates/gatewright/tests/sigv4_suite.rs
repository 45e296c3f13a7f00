//! The test suite that `aws-sigv4` ships: AWS's own vectors for Signature Version 4.
#![cfg(feature = "sigv4")]
#![allow(clippy::unwrap_used, reason = "the functions here are parts of tests")]

mod oracle;

use std::convert::Infallible;
use std::env;
use std::error::Error;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use bytes::Bytes;
use gatewright::layers::SigV4Layer;
use gatewright::{AuthorizeError, AuthorizeErrorKind, BoxError};
use http::header::AUTHORIZATION;
use http::{Request, Response, Uri};
use http_body_util::Full;
use oracle::Signing;
use serde_json::Value;
use tower::{ServiceBuilder, ServiceExt, service_fn};

/// The keys of the suite. That of the one case which was once sent to API Gateway is only in the tests of `aws-sigv4`.
const KEYS: [(&str, &str); 2] = [
    ("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
    ("ANOTREAL", "notrealrnrELgWzOk3IfjzDKtFBhDby"),
];
/// The layer refuses these, since it would send something else than it signs.
const REFUSED: [&str; 12] = [
    "get-relative-normalized",
    "get-relative-relative-normalized",
    "get-relative-relative-unnormalized",
    "get-relative-unnormalized",
    "get-slash-dot-slash-normalized",
    "get-slash-dot-slash-unnormalized",
    "get-slash-normalized",
    "get-slash-pointless-dot-normalized",
    "get-slash-pointless-dot-unnormalized",
    "get-slash-unnormalized",
    "get-slashes-normalized",
    "get-slashes-unnormalized",
];
/// A raw space, which `http::Uri` refuses.
const NO_URI: [&str; 1] = ["get-space-unnormalized"];
/// The signatures of these are for a path that is encoded once in all. API Gateway wants the path as it is sent (encoded)
/// encoded once more, as the cases `double-encode-path` and `double-url-encode` have it. Judge is `aws-sigv4`.
const ENCODED_ONCE: [&str; 2] = ["get-space-normalized", "get-utf8"];

/// One folder of the suite: a request, and the headers that it is sent with.
struct Case {
    request: Message,
    signed: Message,
}

#[derive(Default)]
struct Message {
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: String,
}

impl Message {
    fn read(path: &Path) -> Result<Self, Box<dyn Error>> {
        let text = fs::read_to_string(path)?.replace("\r\n", "\n");
        let (head, body) = text.split_once("\n\n").unwrap_or((&text, ""));
        // A line that begins with a space continues the one before it.
        let head = head.replace("\n ", " ");
        let mut lines = head.lines();
        let start = lines
            .next()
            .ok_or("no first line")?
            .trim_end_matches(" HTTP/1.1");
        let (method, target) = start.split_once(' ').ok_or("no target")?;
        let headers = lines.filter_map(|line| line.split_once(':'));
        Ok(Self {
            method: method.to_owned(),
            target: target.to_owned(),
            headers: headers
                .map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()))
                .collect(),
            body: body.to_owned(),
        })
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

impl Case {
    fn read(folder: &Path) -> Result<Self, Box<dyn Error>> {
        Ok(Self {
            request: Message::read(&folder.join("request.txt"))?,
            signed: Message::read(&folder.join("header-signed-request.txt"))?,
        })
    }

    fn uri(&self) -> Result<Uri, http::uri::InvalidUri> {
        let host = self.request.header("host").unwrap_or_default();
        Uri::try_from(format!("https://{host}{}", self.request.target))
    }

    /// The request, with the headers that belong to other settings than those of API Gateway (the body's hash).
    fn request(&self) -> Request<Full<Bytes>> {
        let mut request = Request::builder()
            .method(self.request.method.as_str())
            .uri(self.uri().unwrap());
        for (name, value) in self
            .request
            .headers
            .iter()
            .filter(|(name, _)| name != "host")
        {
            request = request.header(name, value);
        }
        if let Some(hash) = self.signed.header("x-amz-content-sha256") {
            request = request.header("x-amz-content-sha256", hash);
        }
        request.body(Full::from(self.request.body.clone())).unwrap()
    }

    fn authorization(&self) -> &str {
        self.signed.header("authorization").unwrap()
    }

    /// Region and service.
    fn scope(&self) -> (&str, &str) {
        let parts: Vec<&str> = self.authorization().split('/').collect();
        (parts[2], parts[3])
    }

    fn credentials(&self) -> Credentials {
        let is_signed = self.authorization().contains("x-amz-security-token");
        let token = self
            .signed
            .header("x-amz-security-token")
            .filter(|_| is_signed);
        let is_used = |(id, _): &&(&str, &str)| self.authorization().contains(&format!("={id}/"));
        let (id, secret) = KEYS.iter().find(is_used).expect("a known key");
        Credentials::new(*id, *secret, token.map(str::to_owned), None, "suite")
    }

    /// The two times of the suite.
    fn time(&self) -> SystemTime {
        let seconds = match self.signed.header("x-amz-date") {
            Some("20150830T123600Z") => 1_440_938_160,
            Some("20210511T154045Z") => 1_620_747_645,
            other => panic!("unknown time {other:?}"),
        };
        SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
    }

    async fn sign(&self) -> Result<Request<Full<Bytes>>, BoxError> {
        let ((region, service), time) = (self.scope(), self.time());
        let layer = SigV4Layer::new(region, self.credentials())
            .service(service)
            .clock(move || time);
        let echo =
            service_fn(async |sent: Request<Full<Bytes>>| Ok::<_, Infallible>(Response::new(sent)));
        let service = ServiceBuilder::new().layer(layer).service(echo);
        Ok(service.oneshot(self.request()).await?.into_body())
    }

    /// What `aws-sigv4` says of the request as it was sent.
    fn judged(&self, sent: &Request<Full<Bytes>>) -> String {
        let (credentials, (region, service)) = (self.credentials(), self.scope());
        let signing = Signing {
            credentials: &credentials,
            region,
            service,
            time: self.time(),
        };
        let added = oracle::added(sent, self.request.body.as_bytes(), &signing);
        added[AUTHORIZATION].to_str().unwrap().to_owned()
    }
}

async fn check(name: &str, case: &Case) {
    if NO_URI.contains(&name) {
        assert!(case.uri().is_err(), "{name}");
        return;
    }
    let outcome = case.sign().await;
    if REFUSED.contains(&name) {
        let error = outcome.unwrap_err().downcast::<AuthorizeError>().unwrap();
        assert_eq!(error.kind(), AuthorizeErrorKind::Unsignable, "{name}");
        return;
    }
    let sent = outcome.unwrap_or_else(|error| panic!("{name}: {error}"));
    let expected = if ENCODED_ONCE.contains(&name) {
        case.judged(&sent)
    } else {
        case.authorization().to_owned()
    };
    assert_eq!(sent.headers()[AUTHORIZATION], expected, "{name}");
}

/// The folder of the suite, in the sources that Cargo has fetched.
fn suite() -> Result<PathBuf, Box<dyn Error>> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()?;
    let metadata: Value = serde_json::from_slice(&output.stdout)?;
    let packages = metadata["packages"].as_array().ok_or("no packages")?;
    let signer = packages
        .iter()
        .find(|package| package["name"] == "aws-sigv4");
    let manifest = signer
        .and_then(|package| package["manifest_path"].as_str())
        .ok_or("no aws-sigv4")?;
    let folder = Path::new(manifest)
        .with_file_name("aws-signing-test-suite")
        .join("v4");
    if folder.is_dir() {
        Ok(folder)
    } else {
        Err(format!("{} is not there", folder.display()).into())
    }
}

fn cases(folder: &Path) -> Result<Vec<(String, Case)>, Box<dyn Error>> {
    let mut cases = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        cases.push((
            entry.file_name().to_string_lossy().into_owned(),
            Case::read(&entry.path())?,
        ));
    }
    Ok(cases)
}

#[tokio::test]
async fn the_published_vectors_are_met_or_refused() {
    let cases = match suite().and_then(|folder| cases(&folder)) {
        Ok(cases) => cases,
        Err(why)
            if env::var_os("CI").is_some() || env::var_os("GATEWRIGHT_REQUIRE_PEERS").is_some() =>
        {
            panic!("the suite of aws-sigv4 cannot be read: {why}")
        }
        Err(why) => {
            // Not `println!`, which the test harness swallows when a test passes.
            return writeln!(io::stdout(), "skipped: the published vectors: {why}").unwrap();
        }
    };
    for (name, case) in &cases {
        check(name, case).await;
    }
    assert_eq!(
        cases.len(),
        40,
        "the suite has changed: look at the new cases"
    );
}
