//! The document in a store: its format, version 1.
//!
//! ```json
//! {
//!   "version": 1,
//!   "app": { "user_pool": "…", "client": "…", "identity_pool": "…" },
//!   "user": {
//!     "name": "…", "access": "…", "id": "…", "refresh": "…", "expires_at": 1790000000,
//!     "device": { "key": "…", "unconfirmed": "…" }
//!   },
//!   "identities": { "guest": "eu-west-1:…" }
//! }
//! ```

use std::collections::BTreeMap;
use std::fmt;
use std::time::{Duration, SystemTime};

use serde_json::{Map, Value, json};

use super::token_store::MAX_DOCUMENT_BYTES;
use crate::{Secret, text};

const VERSION: u64 = 1;

/// The app that a session belongs to. None of it is secret.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct App {
    pub(crate) user_pool: Option<String>,
    pub(crate) client: Option<String>,
    pub(crate) identity_pool: Option<String>,
}

/// The content of a store for an app.
#[derive(Clone, Debug, Default)]
pub(crate) struct Record {
    /// Who is signed in.
    pub(crate) user: Option<StoredUser>,
    /// The ids of the identity pool, by the logins that they are for.
    pub(crate) identities: BTreeMap<String, String>,
}

/// The user who is signed in, with the tokens.
#[derive(Clone, Debug)]
pub(crate) struct StoredUser {
    pub(crate) name: String,
    pub(crate) access: Secret,
    pub(crate) id: Option<Secret>,
    pub(crate) refresh: Option<Secret>,
    /// The first of access and ID token to expire, by this machine's clock.
    pub(crate) expires_at: Option<SystemTime>,
    /// In a user pool that remembers devices.
    pub(crate) device: Option<Device>,
}

/// The device of a sign-in, as the user pool knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Device {
    pub(crate) key: String,
    /// Why Cognito did not confirm it. The error of a refused renewal shows this.
    pub(crate) unconfirmed: Option<String>,
}

/// Why a document is not the record of an app.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unreadable {
    TooLarge,
    NotJson,
    Version,
    OtherApp(Box<App>),
    /// This member is missing or has the wrong type.
    Member(&'static str),
}

type Read<T> = Result<T, Unreadable>;

impl Record {
    pub(super) fn to_document(&self, app: &App) -> Secret {
        let document = json!({
            "version": VERSION,
            "app": app.to_json(),
            "user": self.user.as_ref().map(StoredUser::to_json),
            "identities": self.identities,
        });
        Secret::from(document.to_string())
    }

    pub(super) fn from_document(document: &Secret, app: &App) -> Read<Self> {
        if document.expose().len() > MAX_DOCUMENT_BYTES {
            return Err(Unreadable::TooLarge);
        }
        let json: Value =
            serde_json::from_str(document.expose()).map_err(|_| Unreadable::NotJson)?;
        // This check comes first: another version may have another form.
        if json["version"] != VERSION {
            return Err(Unreadable::Version);
        }
        let owner = App::from_json(object(&json["app"], "app")?)?;
        if owner != *app {
            return Err(Unreadable::OtherApp(Box::new(owner)));
        }
        Ok(Self {
            user: match &json["user"] {
                Value::Null => None,
                user => Some(StoredUser::from_json(object(user, "user")?)?),
            },
            identities: identities(object(&json["identities"], "identities")?)?,
        })
    }
}

impl App {
    fn to_json(&self) -> Value {
        json!({ "user_pool": self.user_pool, "client": self.client, "identity_pool": self.identity_pool })
    }

    fn from_json(json: &Map<String, Value>) -> Read<Self> {
        Ok(Self {
            user_pool: optional(json, "user_pool")?,
            client: optional(json, "client")?,
            identity_pool: optional(json, "identity_pool")?,
        })
    }
}

impl fmt::Display for App {
    /// The ids may come from a document that somebody else wrote.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let or_none = |id: &Option<String>| id.as_deref().map_or("none".to_owned(), text::shown);
        write!(
            f,
            "user pool {}, app client {}, identity pool {}",
            or_none(&self.user_pool),
            or_none(&self.client),
            or_none(&self.identity_pool)
        )
    }
}

impl StoredUser {
    fn to_json(&self) -> Value {
        let expose = |secret: &Option<Secret>| secret.as_ref().map(|it| it.expose().to_owned());
        json!({
            "name": self.name,
            "access": self.access.expose(),
            "id": expose(&self.id),
            "refresh": expose(&self.refresh),
            "expires_at": self.expires_at.map(seconds),
            "device": self.device.as_ref().map(Device::to_json),
        })
    }

    fn from_json(json: &Map<String, Value>) -> Read<Self> {
        Ok(Self {
            name: required(json, "name")?,
            access: Secret::from(required(json, "access")?),
            id: optional(json, "id")?.map(Secret::from),
            refresh: optional(json, "refresh")?.map(Secret::from),
            expires_at: time(json, "expires_at")?,
            device: match json.get("device") {
                None | Some(Value::Null) => None,
                Some(device) => Some(Device::from_json(object(device, "device")?)?),
            },
        })
    }
}

impl Device {
    fn to_json(&self) -> Value {
        json!({ "key": self.key, "unconfirmed": self.unconfirmed })
    }

    fn from_json(json: &Map<String, Value>) -> Read<Self> {
        Ok(Self {
            key: required(json, "key")?,
            // It becomes a part of a message.
            unconfirmed: optional(json, "unconfirmed")?.map(|reason| text::shown(&reason)),
        })
    }
}

fn identities(json: &Map<String, Value>) -> Read<BTreeMap<String, String>> {
    let identity = |(key, value): (&String, &Value)| {
        let id = value.as_str().ok_or(Unreadable::Member("identities"))?;
        Ok((key.clone(), id.to_owned()))
    };
    json.iter().map(identity).collect()
}

fn object<'a>(json: &'a Value, name: &'static str) -> Read<&'a Map<String, Value>> {
    json.as_object().ok_or(Unreadable::Member(name))
}

fn required(json: &Map<String, Value>, name: &'static str) -> Read<String> {
    optional(json, name)?.ok_or(Unreadable::Member(name))
}

fn optional(json: &Map<String, Value>, name: &'static str) -> Read<Option<String>> {
    match json.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(Unreadable::Member(name)),
    }
}

fn time(json: &Map<String, Value>, name: &'static str) -> Read<Option<SystemTime>> {
    let Some(value) = json.get(name).filter(|value| !value.is_null()) else {
        return Ok(None);
    };
    let seconds = value.as_u64().map(Duration::from_secs);
    let time = seconds.and_then(|since| SystemTime::UNIX_EPOCH.checked_add(since));
    time.map(Some).ok_or(Unreadable::Member(name))
}

/// Since 1970, rounded down: sooner is safe.
fn seconds(time: SystemTime) -> u64 {
    let since = time.duration_since(SystemTime::UNIX_EPOCH);
    since.unwrap_or_default().as_secs()
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge => write!(
                f,
                "it is larger than {MAX_DOCUMENT_BYTES} bytes, so that no session wrote it"
            ),
            Self::NotJson => f.write_str("it is not a document that a session wrote"),
            Self::Version => write!(
                f,
                "it is not in version {VERSION} of the format, the one that this version of gatewright-cognito knows"
            ),
            Self::OtherApp(app) => write!(
                f,
                "it belongs to another app ({app}): give each app its own store"
            ),
            Self::Member(name) => write!(f, "its `{name}` is missing or not of the right type"),
        }
    }
}

impl std::error::Error for Unreadable {}

#[cfg(test)]
mod tests;
