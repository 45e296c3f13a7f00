//! What `Auth` of an API, and of the events of functions, makes operations demand.
//!
//! | `Auth` | what operations demand |
//! | --- | --- |
//! | `DefaultAuthorizer` of an API | the authorizer, unless the operation names one of the API's; of an HTTP API none of `OPTIONS` |
//! | `ApiKeyRequired` of an API | an API key |
//! | `Authorizer` of an event | this authorizer; `NONE` none, `AWS_IAM` a signature |
//! | `ApiKeyRequired` of an event | an API key, or none |
//! | `AddDefaultAuthorizerToCorsPreflight`, `AddApiKeyRequiredToCorsPreflight` | false: neither of `OPTIONS` of a REST API |

use std::collections::HashMap;

use super::events::Event;
use super::layered::{Layered, flag};
use super::paths::{has_integration, is_method};
use super::{Draft, authorizer, object};
use crate::error::Problem;
use crate::value::{Object, Value};
use crate::{ApiKind, Pointer};

const IAM: &str = "AWS_IAM";

/// What stands for no authorizer.
const NONE: &str = "NONE";

/// The scheme of API keys.
const KEY: &str = "api_key";

/// What stands for no API key until all is settled; the translator has the same name.
const NO_KEY: &str = "api_key_false";

/// How many scopes operations may demand, all together. API Gateway takes ten for a method.
const MAX_SCOPES: usize = 250_000;

/// What an API demands by default, and what its operations can name.
pub(super) struct Auth {
    kind: ApiKind,
    authorizers: HashMap<String, Authorizer>,
    schemes: Vec<(String, Value, Pointer)>,
    default: Option<(String, Pointer)>,
    key: Option<Pointer>,
    /// Whether `OPTIONS` demands the default too.
    of_preflight: bool,
    /// Whether `OPTIONS` demands an API key too.
    key_of_preflight: bool,
    scopes_left: usize,
}

struct Authorizer {
    scopes: Vec<String>,
}

/// A demand in the `security` of an operation, and where it stands in the template.
struct Demand {
    name: String,
    scopes: Vec<String>,
    at: Pointer,
}

impl Auth {
    pub(super) fn of(properties: &Layered<'_>, kind: ApiKind) -> Self {
        let auth = properties.get("Auth");
        let declared = auth.get("Authorizers");
        let mut authorizers = HashMap::new();
        let mut schemes = Vec::new();
        for name in declared.keys() {
            let authorizer = declared.get(name);
            let Some((_, at)) = authorizer.value() else {
                continue;
            };
            let scopes = authorizer.get("AuthorizationScopes").items();
            let scopes = scopes.filter_map(Value::as_str).map(str::to_owned);
            let scopes = scopes.collect();
            schemes.push((name.to_owned(), authorizer::scheme(&authorizer, kind), at));
            authorizers.insert(name.to_owned(), Authorizer { scopes });
        }
        let default = auth.get("DefaultAuthorizer").text();
        let default = default.map(|(name, at)| (name.to_owned(), at));
        let key = auth.get("ApiKeyRequired");
        let key = key.value().filter(|(value, _)| flag(value) == Some(true));
        let is_rest = kind == ApiKind::Rest;
        let flag = |key| auth.get(key).flag();
        Self {
            kind,
            authorizers,
            schemes,
            default,
            key: key.filter(|_| is_rest).map(|(_, at)| at),
            of_preflight: is_rest && flag("AddDefaultAuthorizerToCorsPreflight") != Some(false),
            key_of_preflight: flag("AddApiKeyRequiredToCorsPreflight") != Some(false),
            scopes_left: MAX_SCOPES,
        }
    }

    /// Adds what an event demands to the `security` of its operation, which stands at `way` in the document.
    pub(super) fn demand_of(
        &mut self,
        event: &Event,
        way: &[&str],
        operation: &mut Value,
        draft: &mut Draft,
    ) -> Result<(), Problem> {
        let Some(auth) = event.properties().get("Auth") else {
            return Ok(());
        };
        let at = event.property_at("Auth");
        let mut demands = Vec::new();
        let named = auth.get("Authorizer").and_then(Value::as_str);
        let default = self.default.as_ref().map(|(name, _)| name.as_str());
        let default = default.filter(|_| self.kind == ApiKind::Http);
        if let Some(name) = named.or(default) {
            let scopes = auth.get("AuthorizationScopes").and_then(Value::as_array);
            // An empty list is one in a REST API alone.
            let is_list = |scopes: &&[Value]| !scopes.is_empty() || self.kind == ApiKind::Rest;
            let scopes = scopes.filter(is_list).map(|scopes| {
                let scopes = scopes.iter().filter_map(Value::as_str);
                scopes.map(str::to_owned).collect()
            });
            let is_own = self.kind == ApiKind::Http && matches!(name, NONE | IAM);
            let scopes = if is_own { Some(Vec::new()) } else { scopes };
            let name = name.to_owned();
            demands.push(self.demand(name, scopes, at.key("Authorizer"))?);
        }
        let key = auth.get("ApiKeyRequired").and_then(flag);
        if let Some(is_required) = key.filter(|_| self.kind == ApiKind::Rest) {
            let name = if is_required { KEY } else { NO_KEY };
            let at = at.key("ApiKeyRequired");
            demands.push(self.demand(name.to_owned(), None, at)?);
        }
        if !demands.is_empty() {
            let written = security(operation).unwrap_or_default();
            set(operation, written, demands, way, draft);
        }
        Ok(())
    }

    /// A demand of this authorizer; without scopes of its own it has those of the authorizer.
    fn demand(
        &mut self,
        name: String,
        scopes: Option<Vec<String>>,
        at: Pointer,
    ) -> Result<Demand, Problem> {
        let declared = self.authorizers.get(&name);
        let declared = declared.map(|authorizer| &authorizer.scopes);
        let scopes = scopes.or_else(|| declared.cloned()).unwrap_or_default();
        match self.scopes_left.checked_sub(scopes.len()) {
            Some(left) => self.scopes_left = left,
            None => {
                let text =
                    format!("is one scope too many: operations may demand {MAX_SCOPES} in all");
                return Err(Problem::pointer(at, text));
            }
        }
        Ok(Demand { name, scopes, at })
    }

    /// Adds what the API demands to all operations that say nothing else, and the schemes that are named.
    pub(super) fn apply(mut self, draft: &mut Draft) -> Result<(), Problem> {
        let mut paths = match draft.document.take("paths") {
            Some(Value::Object(paths)) => paths,
            Some(other) => {
                draft.document.set("paths", other);
                return Ok(());
            }
            None => return Ok(()),
        };
        let mut names = Names::default();
        for (path, item) in paths.iter_mut() {
            let Value::Object(item) = item else { continue };
            for (method, operation) in item.iter_mut().filter(|(key, _)| is_method(key)) {
                if has_integration(Some(operation)) {
                    self.complete(operation, &["paths", path, method], draft)?;
                }
                names.note(operation);
            }
        }
        draft.document.set("paths", Value::Object(paths));
        self.add_schemes(&names, draft);
        Ok(())
    }

    fn complete(
        &mut self,
        operation: &mut Value,
        way: &[&str],
        draft: &mut Draft,
    ) -> Result<(), Problem> {
        let written = match operation.get("security") {
            None => Some(Vec::new()),
            Some(_) => security(operation),
        };
        // What is no list is left as it is, for the reader to say so.
        let Some(written) = written else {
            return Ok(());
        };
        let was_written = operation.get("security").is_some();
        let is_preflight = way.last() == Some(&"options");
        let count = written.len();
        let has_default = self.has_default(&written, is_preflight);
        let mut kept: Vec<_> = written;
        kept.retain(|entry| !has(entry, NONE));
        let mut demands = Vec::new();
        if has_default && let Some((name, at)) = self.default.clone() {
            demands.push(self.demand(name, None, at)?);
        }
        let has_no_key = names(&kept, NO_KEY);
        kept.retain(|entry| !has(entry, NO_KEY));
        if let Some(at) = self.key.clone() {
            let wants_key = !is_preflight || self.key_of_preflight;
            if wants_key && !has_no_key && !names(&kept, KEY) {
                demands.push(self.demand(KEY.to_owned(), None, at)?);
            }
            if !wants_key {
                kept.retain(|entry| !has(entry, KEY));
            }
        }
        let is_changed = kept.len() != count || !demands.is_empty();
        if was_written || is_changed {
            set(operation, kept, demands, way, draft);
        }
        Ok(())
    }

    /// Whether the default authorizer counts for an operation with these entries.
    fn has_default(&self, written: &[Value], is_preflight: bool) -> bool {
        let is_named = |entry: &Value| {
            let mut names = entry.as_object().into_iter().flat_map(Object::iter);
            names
                .any(|(name, _)| name == IAM || name == NONE || self.authorizers.contains_key(name))
        };
        let is_free = match self.kind {
            ApiKind::Rest => !written.iter().any(is_named),
            ApiKind::Http => written.is_empty(),
        };
        is_free && (!is_preflight || self.of_preflight)
    }

    /// Declares the schemes of the API, and those of AWS credentials and API keys where an operation names them.
    fn add_schemes(self, names: &Names, draft: &mut Draft) {
        let section = draft.security_schemes();
        let mut schemes = self.schemes;
        let is_declared = |name: &str| {
            let mut all = section.iter();
            let first = all.next().and_then(|key| draft.document.get(key));
            let found = all.try_fold(first, |value, key| Some(value?.get(key)));
            found
                .flatten()
                .is_some_and(|section| section.get(name).is_some())
        };
        let at = draft.places.base.clone();
        let own = [
            (IAM, names.has_iam, authorizer::iam()),
            (KEY, names.has_key, authorizer::key()),
        ];
        for (name, is_named, scheme) in own {
            let is_known = self.authorizers.contains_key(name) || is_declared(name);
            if is_named && !is_known {
                schemes.push((name.to_owned(), scheme, at.clone()));
            }
        }
        draft.put_all(section, schemes);
    }
}

/// Which schemes that nobody declares are named.
#[derive(Default)]
struct Names {
    has_iam: bool,
    has_key: bool,
}

impl Names {
    fn note(&mut self, operation: &Value) {
        let security = operation.get("security").and_then(Value::as_array);
        let security = security.unwrap_or_default();
        self.has_iam |= names(security, IAM);
        self.has_key |= names(security, KEY);
    }
}

/// Takes the entries out of the `security` of an operation; `None` if they are no list.
fn security(operation: &mut Value) -> Option<Vec<Value>> {
    let Value::Object(operation) = operation else {
        return None;
    };
    match operation.get_mut("security")? {
        Value::Array(items) => Some(std::mem::take(items).into_vec()),
        _ => None,
    }
}

fn set(
    operation: &mut Value,
    mut entries: Vec<Value>,
    demands: Vec<Demand>,
    way: &[&str],
    draft: &mut Draft,
) {
    for Demand { name, scopes, at } in demands {
        let index = entries.len().to_string();
        draft.moved(&[way, &["security", &index, &name]].concat(), at);
        let scopes = scopes.into_iter().map(|scope| Value::String(scope.into()));
        entries.push(object([(name.as_str(), Value::Array(scopes.collect()))]));
    }
    if let Value::Object(operation) = operation {
        operation.set("security", Value::Array(entries.into()));
    }
}

fn names(entries: &[Value], name: &str) -> bool {
    entries.iter().any(|entry| has(entry, name))
}

fn has(entry: &Value, name: &str) -> bool {
    entry.get(name).is_some()
}
