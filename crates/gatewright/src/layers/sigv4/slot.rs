//! What was made for the last request, kept for the next one.

use std::sync::{Arc, PoisonError, RwLock};

use http::HeaderValue;

use super::credentials::Cached;
use super::date::Second;
use super::key::Key;
use super::settings::Scope;
use super::unsignable::unsignable;
use crate::AuthorizeError;

/// The key of the last request, and the date that it had. Most requests of a signer have the same key, and busy ones
/// the same date.
#[derive(Clone, Debug)]
pub(super) struct Ready {
    pub(super) key: Arc<Key>,
    pub(super) second: Second,
    /// `x-amz-date`.
    pub(super) date: HeaderValue,
}

impl Ready {
    fn new(
        source: &Arc<Cached>,
        scope: &Scope,
        second: Second,
        last: Option<Self>,
    ) -> Result<Self, AuthorizeError> {
        let stamp = second.stamp();
        let day = *stamp.first_chunk().expect("a stamp begins with its day");
        let last = last.filter(|last| last.key.is_of(source, scope, &day));
        let key = match last {
            Some(last) => last.key,
            None => Arc::new(Key::derive(source, scope, day)?),
        };
        let date =
            HeaderValue::from_bytes(&stamp).map_err(|_| unsignable("its date is no text"))?;
        Ok(Self { key, second, date })
    }

    fn is_of(&self, source: &Arc<Cached>, scope: &Scope, second: Second) -> bool {
        // The day is that of the second.
        self.second == second && self.key.is_of(source, scope, &self.key.day)
    }
}

/// One slot, shared by the clones of a signer: at a time there is one credential, and as a rule one scope.
#[derive(Debug, Default)]
pub(super) struct Slot(RwLock<Option<Ready>>);

impl Slot {
    pub(super) fn get(
        &self,
        source: &Arc<Cached>,
        scope: &Scope,
        second: Second,
    ) -> Result<Ready, AuthorizeError> {
        let last = self
            .0
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        if let Some(ready) = last
            .as_ref()
            .filter(|last| last.is_of(source, scope, second))
        {
            return Ok(ready.clone());
        }
        let ready = Ready::new(source, scope, second, last)?;
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some(ready.clone());
        Ok(ready)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_credential_types::Credentials;
    use std::time::{Duration, SystemTime};

    fn cached(secret: &str) -> Arc<Cached> {
        let credentials = Credentials::new("AKID", secret, None, None, "test");
        Arc::new(Cached {
            credentials,
            generation: 0,
        })
    }

    fn second(seconds: u64) -> Second {
        Second::of(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)).unwrap()
    }

    #[test]
    fn a_key_is_never_used_for_another_secret_scope_or_day() {
        // The same generation and the same key id: only the secret tells them apart.
        let secrets = ["one", "two"].map(cached);
        let scopes = ["eu-west-1", "us-east-1"].map(|region| Scope {
            region: region.into(),
            service: "execute-api".into(),
        });
        let slot = Slot::default();
        let mut signatures = std::collections::HashSet::new();
        for _ in 0..2 {
            for (secret, scope) in secrets
                .iter()
                .flat_map(|it| scopes.iter().map(move |scope| (it, scope)))
            {
                for second in [0, 1, 86_400].map(second) {
                    let ready = slot.get(secret, scope, second).unwrap();
                    let fresh = Slot::default().get(secret, scope, second).unwrap();
                    assert_eq!(ready.key.sign(b"text"), fresh.key.sign(b"text"));
                    assert_eq!(ready.date, fresh.date);
                    signatures.insert(ready.key.sign(b"text"));
                }
            }
        }
        assert_eq!(signatures.len(), 8);
    }

    #[test]
    fn the_key_of_a_day_is_derived_once() {
        let (slot, source) = (Slot::default(), cached("one"));
        let scope = Scope {
            region: "eu-west-1".into(),
            service: "execute-api".into(),
        };
        let first = slot.get(&source, &scope, second(0)).unwrap();
        let later = slot.get(&source, &scope, second(86_399)).unwrap();
        assert!(Arc::ptr_eq(&first.key, &later.key));
    }
}
