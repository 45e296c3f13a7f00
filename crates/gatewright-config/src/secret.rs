//! A value that must not be printed.

use std::fmt;

/// A secret of the file, such as an API key.
///
/// It has no `Display`, and its `Debug` shows nothing of the value, so it cannot reach a log by accident.
///
/// ```
/// use gatewright_config::Config;
///
/// let file = br#"{"awsAPIPlugin": {"catalog": {
///     "endpointType": "REST", "endpoint": "https://catalog.shop.example",
///     "authorizationType": "API_KEY", "apiKey": "EXAMPLE-key"
/// }}}"#;
/// let config = Config::from_slice("amplifyconfiguration.json", file)?;
/// let key = config.api(None)?.api_key.as_ref().expect("an API_KEY entry always has one");
///
/// assert_eq!(format!("{key:?}"), "Secret([redacted])");
/// assert_eq!(key.expose(), "EXAMPLE-key");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    pub(crate) fn new(value: &str) -> Self {
        Self(value.to_owned())
    }

    /// The value itself. Keep it out of logs and messages.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret([redacted])")
    }
}
