//! What was made for the last request, kept for the next one.

use std::sync::{Arc, PoisonError, RwLock};

use http::HeaderValue;

use super::credentials::SigningCredentials;
use super::date::Second;
use super::key::Key;
use super::settings::Scope;
use super::unsignable::unsignable;
use crate::AuthorizeError;

/// The key of the last request, and the date that it had. Most requests of a signer have the same key, and busy ones
/// the same date.
#[derive(Clone, Debug)]
pub(super) struct SigningContext {
    pub(super) key: Arc<Key>,
    pub(super) second: Second,
    /// `x-amz-date`.
    pub(super) date: HeaderValue,
}

impl SigningContext {
    fn new(
        source: &Arc<SigningCredentials>,
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

    fn is_of(&self, source: &Arc<SigningCredentials>, scope: &Scope, second: Second) -> bool {
        // The day is that of the second.
        self.second == second && self.key.is_of(source, scope, &self.key.day)
    }
}

/// One key, shared by the clones of a signer: at a time there is one credential, and as a rule one scope.
#[derive(Debug, Default)]
pub(super) struct KeyCache(RwLock<Option<SigningContext>>);

impl KeyCache {
    pub(super) fn get(
        &self,
        source: &Arc<SigningCredentials>,
        scope: &Scope,
        second: Second,
    ) -> Result<SigningContext, AuthorizeError> {
        let last = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let is_same = |last: &&SigningContext| last.is_of(source, scope, second);
        if let Some(context) = last.as_ref().filter(is_same) {
            return Ok(context.clone());
        }
        let older = last.clone();
        drop(last);
        let context = SigningContext::new(source, scope, second, older)?;
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some(context.clone());
        Ok(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::epoch::{Epochs, Holder};
    use aws_credential_types::Credentials;
    use std::time::{Duration, SystemTime};

    fn cached(secret: &str) -> Arc<SigningCredentials> {
        let credentials = Credentials::new("AKID", secret, None, None, "test");
        Arc::new(SigningCredentials {
            credentials,
            epoch: Epochs::new(Holder::Unknown).now(),
        })
    }

    fn second(seconds: u64) -> Second {
        Second::of(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)).unwrap()
    }

    #[test]
    fn a_key_is_never_used_for_another_secret_scope_or_day() {
        // The same key id: only the secret tells them apart.
        let secrets = ["one", "two"].map(cached);
        let scopes = ["eu-west-1", "us-east-1"].map(|region| Scope {
            region: region.into(),
            service: "execute-api".into(),
        });
        let cache = KeyCache::default();
        let mut signatures = std::collections::HashSet::new();
        for _ in 0..2 {
            for (secret, scope) in secrets
                .iter()
                .flat_map(|it| scopes.iter().map(move |scope| (it, scope)))
            {
                for second in [0, 1, 86_400].map(second) {
                    let context = cache.get(secret, scope, second).unwrap();
                    let fresh = KeyCache::default().get(secret, scope, second).unwrap();
                    assert_eq!(context.key.sign(b"text"), fresh.key.sign(b"text"));
                    assert_eq!(context.date, fresh.date);
                    signatures.insert(context.key.sign(b"text"));
                }
            }
        }
        assert_eq!(signatures.len(), 8);
    }

    #[test]
    fn the_key_of_a_day_is_derived_once() {
        let (cache, source) = (KeyCache::default(), cached("one"));
        let scope = Scope {
            region: "eu-west-1".into(),
            service: "execute-api".into(),
        };
        let first = cache.get(&source, &scope, second(0)).unwrap();
        let later = cache.get(&source, &scope, second(86_399)).unwrap();
        assert!(Arc::ptr_eq(&first.key, &later.key));
    }
}
