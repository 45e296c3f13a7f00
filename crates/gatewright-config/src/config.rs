//! The whole file, and the choice of an API from it.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;

use crate::findings::Findings;
use crate::form::Form;
use crate::json::Json;
use crate::node::Node;
use crate::printable::{MAX_NAME, printable};
use crate::problem::write_warnings;
use crate::suggest::did_you_mean;
use crate::{Api, CognitoAuth, Problem, Report, flat, gen1, gen2};

/// An Amplify configuration file that was read without a problem.
///
/// ```
/// use gatewright_config::Config;
///
/// let file = br#"{"api": {"plugins": {"awsAPIPlugin": {"status": {
///     "endpointType": "REST", "endpoint": "https://status.shop.example", "authorizationType": "NONE"
/// }}}}}"#;
/// let config = Config::from_slice("amplifyconfiguration.json", file)?;
///
/// assert_eq!(config.api(None)?.name, "status");
/// assert_eq!(
///     config.api(Some("statsu")).unwrap_err().to_string(),
///     "amplifyconfiguration.json has no REST API `statsu`; did you mean `status`? It has: status",
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Config {
    /// The file's name, for messages.
    pub file: String,
    /// The REST APIs by name. GraphQL entries are left out with a warning.
    pub apis: BTreeMap<String, Api>,
    /// The Cognito section, if the file has one.
    pub auth: Option<CognitoAuth>,
    /// What is odd in the file but does not stand in the way.
    pub warnings: Vec<Problem>,
}

impl Config {
    /// Reads a file; `name` is what messages call it.
    ///
    /// # Errors
    ///
    /// A [`Report`] of everything that is wrong: broken JSON (with line and column), a file of another kind, a
    /// missing or wrong setting.
    pub fn from_slice(name: &str, bytes: &[u8]) -> Result<Self, Report> {
        let json = Json::parse(bytes).map_err(|error| broken(name, &error))?;
        let root = Node::root(&json);
        let mut findings = Findings::new(name);
        let (apis, auth) = read(&root, &mut findings);
        let warnings = findings.finish()?;
        let file = name.to_owned();
        Ok(Self {
            file,
            apis,
            auth,
            warnings,
        })
    }

    /// The API called `name`, or without a name the only one of the file.
    ///
    /// # Errors
    ///
    /// There is no such API, or several and no name: the message lists those there are.
    pub fn api(&self, name: Option<&str>) -> Result<&Api, NoSuchApi> {
        let api = match name {
            Some(name) => self.apis.get(name),
            None => self.apis.values().next().filter(|_| self.apis.len() == 1),
        };
        api.ok_or_else(|| self.no_such(name))
    }

    fn no_such(&self, name: Option<&str>) -> NoSuchApi {
        let message = match name {
            _ if self.apis.is_empty() => "has no REST API".to_owned(),
            None => format!("has several REST APIs: name one of {}", self.list()),
            Some(name) => self.no_such_name(name),
        };
        let warnings = match self.apis.len() {
            // A section that is not spelled right is only among the warnings.
            0 => self.warnings.clone(),
            _ => Vec::new(),
        };
        NoSuchApi {
            message: format!("{} {message}", printable(&self.file, MAX_FILE)),
            warnings,
        }
    }

    fn no_such_name(&self, name: &str) -> String {
        let hint = did_you_mean(name, self.apis.keys().map(String::as_str));
        let hint = if hint.is_empty() { "." } else { &hint };
        let (name, hint) = (printable(name, MAX_NAME), printable(hint, MAX_NAME));
        format!("has no REST API `{name}`{hint} It has: {}", self.list())
    }

    /// The names of the first APIs, and how many more there are.
    fn list(&self) -> String {
        let names = self.apis.keys().take(LISTED);
        let names: Vec<String> = names.map(|name| printable(name, MAX_NAME)).collect();
        let list = names.join(", ");
        match self.apis.len().checked_sub(LISTED) {
            None | Some(0) => list,
            Some(more) => format!("{list} and {more} more"),
        }
    }
}

/// The most of the file's name that is shown, in characters.
const MAX_FILE: usize = 400;

/// How many APIs a message lists.
const LISTED: usize = 30;

/// What every form of the file is read into.
pub(crate) type Sections = (BTreeMap<String, Api>, Option<CognitoAuth>);

fn read(root: &Node<'_>, findings: &mut Findings) -> Sections {
    if !findings.object(root) {
        return Sections::default();
    }
    findings.repeated_keys(root);
    match Form::detect(root) {
        Some(Form::Gen1) => gen1::read(root, findings),
        Some(Form::Flat) => flat::read(root, findings),
        Some(Form::Outputs) => gen2::read(root, findings),
        None => {
            gen1::unknown_keys(root, findings);
            findings.problem(root, NOT_AMPLIFY);
            Sections::default()
        }
    }
}

const NOT_AMPLIFY: &str = "this is no Amplify configuration: it has neither `api` nor `auth`, none of the short form's \
    `awsAPIPlugin`, `CognitoUserPool` and `CredentialsProvider`, no `aws_…` key of the JavaScript form, and no \
    `version` of Gen 2 outputs";

/// `serde_json` says what its grammar expected, and where; it quotes nothing of the text.
fn broken(name: &str, error: &serde_json::Error) -> Report {
    let message = format!("this is not JSON: {error}");
    Report::new(vec![Problem::new(name, "", &message)], Vec::new())
}

/// The API that was asked for is not in the file, or it is not clear which is meant.
///
/// It prints one line of at most 4,000 characters with the first 30 APIs of the file. If the file has none, a line for each of
/// its first 50 warnings follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoSuchApi {
    message: String,
    warnings: Vec<Problem>,
}

impl fmt::Display for NoSuchApi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        write_warnings(f, &self.warnings)
    }
}

impl Error for NoSuchApi {}
