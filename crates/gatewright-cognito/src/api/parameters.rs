//! `AuthParameters` and `ChallengeResponses`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

use crate::Secret;

/// Named texts of a request. `Debug` shows the names.
#[derive(Clone, Default)]
pub(crate) struct Parameters(BTreeMap<Cow<'static, str>, Secret>);

impl Parameters {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    #[must_use]
    pub(crate) fn with(
        mut self,
        name: impl Into<Cow<'static, str>>,
        value: impl Into<Secret>,
    ) -> Self {
        self.0.insert(name.into(), value.into());
        self
    }

    pub(super) fn get(&self, name: &str) -> Option<&Secret> {
        self.0.get(name)
    }

    pub(super) fn to_json(&self) -> Value {
        let members = self.0.iter();
        members
            .map(|(name, value)| (&**name, value.expose()))
            .collect()
    }
}

impl fmt::Debug for Parameters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Parameters")
            .field(&self.0.keys().collect::<Vec<_>>())
            .finish()
    }
}
