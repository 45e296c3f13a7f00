//! Settings, credentials, key and clock together: what the services and their requests share.

use std::sync::Arc;
use std::time::SystemTime;

use aws_credential_types::provider::ProvideCredentials;
use http::request::Parts;
use http::{HeaderMap, Request};

use super::credentials::{Cached, CachedCredentials, Fetch};
use super::date::Second;
use super::payload::Payload;
use super::refusal::Refusal;
use super::settings::Settings;
use super::sign::{SIGNATURE, sign};
use super::skew::{self, Skew, shift};
use super::slot::Slot;
use super::unsignable::unsignable;
use crate::layers::OnConflict;
use crate::layers::guard::{Spot, acts};
use crate::{AuthorizeError, AuthorizeErrorKind, RefreshPolicy};

pub(super) struct Signer<P> {
    pub(super) settings: Settings,
    pub(super) shared: Arc<Shared<P>>,
}

/// What all clones of a layer have in common, whatever their settings.
pub(super) struct Shared<P> {
    credentials: CachedCredentials<P>,
    slot: Slot,
    skew: Skew,
}

/// A time by this machine's clock, and the correction that was known then.
#[derive(Clone, Copy, Debug)]
pub(super) struct Now {
    at: SystemTime,
    skew: i64,
}

impl<P: ProvideCredentials + 'static> Shared<P> {
    pub(super) fn new(credentials: CachedCredentials<P>) -> Self {
        Self {
            credentials,
            slot: Slot::default(),
            skew: Skew::default(),
        }
    }

    /// The same provider, and nothing yet of what was learned.
    pub(super) fn with_policy(&self, policy: RefreshPolicy) -> Self {
        Self::new(self.credentials.reset(policy))
    }
}

impl<P: ProvideCredentials + 'static> Signer<P> {
    /// Whether to sign the request. If not, it is to be passed on as it is.
    pub(super) fn admits<B>(&self, request: &mut Request<B>) -> Result<bool, AuthorizeError> {
        if !acts(request, |auth| auth.wants_iam()) || !self.replaces(request.headers())? {
            return Ok(false);
        }
        let spots = SIGNATURE.into_iter().map(Spot::Header);
        self.settings.guard.admit(request, "a signature", spots)?;
        Ok(true)
    }

    /// Whether the signature on a request, if there is one, may be replaced.
    fn replaces(&self, headers: &HeaderMap) -> Result<bool, AuthorizeError> {
        if self.settings.on_conflict == OnConflict::Replace {
            return Ok(true);
        }
        let Some(name) = SIGNATURE
            .into_iter()
            .find(|name| headers.contains_key(name))
        else {
            return Ok(true);
        };
        if self.settings.on_conflict == OnConflict::Keep {
            return Ok(false);
        }
        let message = format!(
            "the request to be signed has the header `{name}` already: leave it to the layer, or tell the layer to keep \
             what it finds with `OnConflict::Keep`"
        );
        Err(AuthorizeError::new(AuthorizeErrorKind::Conflict, message))
    }

    /// The time to sign at.
    pub(super) fn now(&self) -> Now {
        let skew = if self.settings.corrects_clock {
            self.shared.skew.seconds()
        } else {
            0
        };
        Now {
            at: self.settings.clock.now(),
            skew,
        }
    }

    pub(super) fn credentials(&self, now: Now) -> Fetch {
        self.shared.credentials.get(now.corrected())
    }

    pub(super) fn sign(
        &self,
        request: &mut Parts,
        payload: &Payload,
        cached: &Arc<Cached>,
        now: Now,
    ) -> Result<(), AuthorizeError> {
        let second = Second::of(now.corrected())
            .ok_or_else(|| unsignable("the clock is not in the years 1970 to 9999"))?;
        let ready = self.shared.slot.get(cached, &self.settings.scope, second)?;
        sign(request, payload, &self.settings, ready)
    }

    /// Learns from the answer to a request that was signed `then` with these credentials, and says whether another
    /// signature may fare better.
    pub(super) fn learn(
        &self,
        then: Now,
        generation: u64,
        answer: &HeaderMap,
        refusal: Option<Refusal>,
    ) -> bool {
        let measured = self.measure(then, answer);
        if let Some(seconds) = measured {
            self.shared.skew.learn(seconds);
        }
        match refusal {
            Some(Refusal::Credentials) => {
                self.shared.credentials.invalidate(generation);
                true
            }
            Some(Refusal::PerhapsClock) => {
                measured.is_some_and(|seconds| skew::is_blamed(then.skew, seconds))
            }
            None => false,
        }
    }

    fn measure(&self, then: Now, answer: &HeaderMap) -> Option<i64> {
        let corrects = self.settings.corrects_clock;
        corrects
            .then(|| skew::measured(answer, then.at, || self.settings.clock.now()))
            .flatten()
    }
}

impl Now {
    fn corrected(self) -> SystemTime {
        shift(self.at, self.skew)
    }
}
