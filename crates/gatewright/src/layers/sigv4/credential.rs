//! An AWS signature as a credential: whose it is, its time, and what a response says about it.

use std::fmt;
use std::sync::Arc;

use aws_credential_types::provider::ProvideCredentials;
use bytes::Bytes;
use gatewright_core::kit::error_type::error_code;
use http::request::Parts;

use super::credentials::{CachedCredentials, SigningCredentials};
use super::date::Second;
use super::key_cache::KeyCache;
use super::payload::{Payload, PayloadHash};
use super::settings::Settings;
use super::sign::{SIGNATURE, prepare, sign};
use super::skew::{Sign, SigningTime, Skews, took_long};
use super::target::Target;
use super::unsignable::unsignable;
use crate::cache::Clocks;
use crate::epoch::Epoch;
use crate::layers::credential::{
    Attempted, Credential, HttpResponse, InMemory, Location, ResponseHead, Verdict, WaitFor, Whose,
};
use crate::{Auth, AuthorizeError};

/// An AWS signature as a [`Credential`].
pub struct SigV4Credential<P> {
    pub(super) settings: Settings,
    pub(super) shared: Arc<Shared<P>>,
}

/// What all clones of a layer share, also if their settings differ.
pub(super) struct Shared<P> {
    pub(super) credentials: CachedCredentials<P>,
    keys: KeyCache,
    skews: Skews,
}

/// What was signed, until the response comes.
pub struct Signed {
    time: SigningTime,
    target: Target,
}

impl fmt::Debug for Signed {
    /// Without the target, which may have a password in it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signed").finish_non_exhaustive()
    }
}

impl<P> Shared<P> {
    pub(super) fn new(credentials: CachedCredentials<P>) -> Self {
        Self {
            credentials,
            keys: KeyCache::default(),
            skews: Skews::default(),
        }
    }
}

impl<P: ProvideCredentials + 'static> SigV4Credential<P> {
    /// The time to sign at.
    fn time(&self, skew: i64) -> SigningTime {
        let at = self.settings.clock.now();
        SigningTime { at, skew }
    }

    /// What is known of the clock where a request goes.
    #[inline]
    fn skew(&self, request: &Parts) -> i64 {
        let skews = &self.shared.skews;
        if self.settings.corrects_clock && skews.are_any() {
            skews.of(&Target::of(request))
        } else {
            0
        }
    }

    /// What the signature covers of a body that is not read before it is sent.
    fn known_payload(&self, request: &Parts) -> Option<Payload> {
        if self.settings.is_payload_unsigned() {
            return Some(Payload::Unsigned);
        }
        let hash = request.extensions.get::<PayloadHash>()?;
        Some(Payload::from(*hash))
    }

    fn payload(&self, request: &Parts, body: Option<&Bytes>) -> Payload {
        self.known_payload(request)
            .unwrap_or_else(|| Payload::of(body.map_or(&[], |body| body)))
    }
}

impl<P: ProvideCredentials + 'static> Credential for SigV4Credential<P> {
    type Value = Arc<SigningCredentials>;
    type Mark = Signed;
    type Body = InMemory;
    type Response = HttpResponse;
    const WHAT: &'static str = "a signature";

    fn is_wanted(&self, auth: Auth) -> bool {
        auth.wants_iam()
    }

    fn locations(&self) -> Vec<Location> {
        SIGNATURE.map(Location::Header).to_vec()
    }

    fn prepare(&self, request: &mut Parts) -> Result<(), AuthorizeError> {
        prepare(request, &self.settings)
    }

    fn reads_body(&self, request: &Parts) -> bool {
        self.known_payload(request).is_none()
    }

    #[inline]
    fn at_hand(&self, request: &Parts) -> Option<Arc<SigningCredentials>> {
        let time = self.time(self.skew(request));
        self.shared.credentials.fresh(time.at, time.skew)
    }

    fn fetch(&self, request: &Parts) -> WaitFor<Arc<SigningCredentials>> {
        let skew = self.skew(request);
        let clocks = Clocks::of(&self.settings.clock).corrected(skew);
        let credentials = self.shared.credentials.clone();
        Box::pin(async move { credentials.get(clocks).value().await })
    }

    fn put(
        &self,
        credentials: &Arc<SigningCredentials>,
        request: &mut Parts,
        body: Option<&Bytes>,
    ) -> Result<Signed, AuthorizeError> {
        let target = Target::of(request);
        let time = self.time(self.skew(request));
        let second = Second::of(time.corrected())
            .ok_or_else(|| unsignable("the clock is not in the years 1970 to 9999"))?;
        let scope = &self.settings.scope;
        let context = self.shared.keys.get(credentials, scope, second)?;
        let payload = self.payload(request, body);
        sign(request, body, &payload, &self.settings, context)?;
        Ok(Signed { time, target })
    }

    fn judge(&self, attempt: &Attempted<'_, Self>, response: &ResponseHead<'_>) -> Verdict {
        let refusal = Refusal::of(response);
        let sign = refusal.sign();
        let may_fare_better = self.learns(attempt, response, sign);
        match refusal {
            Refusal::Credentials => {
                self.shared.credentials.refuse(attempt.value);
                Verdict::Renew
            }
            _ if may_fare_better => {
                if self.have_ended(attempt) {
                    self.shared.credentials.refuse(attempt.value);
                }
                Verdict::Repeat
            }
            _ => Verdict::Final,
        }
    }

    fn are_same(&self, one: &Arc<SigningCredentials>, other: &Arc<SigningCredentials>) -> bool {
        one.are_same(other)
    }

    fn epoch(&self) -> Option<Epoch> {
        Some(self.shared.credentials.epoch())
    }

    fn whose(&self, credentials: &Arc<SigningCredentials>) -> Whose {
        Whose::Epoch(credentials.epoch.clone())
    }
}

impl<P: ProvideCredentials + 'static> SigV4Credential<P> {
    /// Whether the credentials have ended by the service's clock, as it is known now: a request is sent once more only, and
    /// must not be refused for them then. The machine has slept, perhaps, and its clock has too.
    fn have_ended(&self, attempt: &Attempted<'_, Self>) -> bool {
        let skew = self.shared.skews.of(&attempt.mark.target);
        let now = self.time(skew).corrected();
        let end = attempt.value.credentials.expiry();
        end.is_some_and(|end| end <= now)
    }

    /// Updates the clock skew from the response. Anything but `Final` if a new signature could succeed.
    fn learns(
        &self,
        attempt: &Attempted<'_, Self>,
        response: &ResponseHead<'_>,
        sign: Sign,
    ) -> bool {
        let (mark, headers) = (attempt.mark, response.headers);
        let received = self.settings.clock.now();
        if !self.settings.corrects_clock {
            return sign != Sign::None && took_long(mark.time.at, received);
        }
        self.shared
            .skews
            .learn(&mark.target, mark.time, headers, sign, received)
    }
}

/// Why a request was refused, as far as a new signature can change it. It is read from `x-amzn-errortype` alone, since the
/// body is the caller's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Refusal {
    /// The service says that it does not know the credentials (any more).
    Credentials,
    /// The time of the signature is wrong.
    Clock,
    /// The signature does not match, or is of another time.
    Signature,
    /// The caller may not do this, or the signature is of another time.
    Access,
    /// A new signature does not change the result.
    Other,
}

impl Refusal {
    fn of(response: &ResponseHead<'_>) -> Self {
        if !response.status.is_client_error() {
            return Self::Other;
        }
        match error_code(response.headers).unwrap_or_default() {
            "ExpiredTokenException" | "UnrecognizedClientException" => Self::Credentials,
            // The list of aws-runtime 1.10.2.
            "RequestTimeTooSkewed" => Self::Clock,
            "AuthFailure" | "InvalidSignatureException" | "SignatureDoesNotMatch" => {
                Self::Signature
            }
            "AccessDeniedException" => Self::Access,
            _ => Self::Other,
        }
    }

    fn sign(self) -> Sign {
        match self {
            Self::Clock => Sign::WrongTime,
            Self::Signature => Sign::Refused,
            Self::Access => Sign::Denied,
            Self::Credentials | Self::Other => Sign::None,
        }
    }
}

impl<P> Clone for SigV4Credential<P> {
    fn clone(&self) -> Self {
        Self {
            settings: self.settings.clone(),
            shared: Arc::clone(&self.shared),
        }
    }
}

impl<P> fmt::Debug for SigV4Credential<P> {
    /// Without the provider, which may hold a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigV4Credential")
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::{HeaderMap, HeaderValue, StatusCode};

    fn refusal(status: u16, code: &'static str) -> Refusal {
        let code = HeaderValue::from_static(code);
        let headers = HeaderMap::from_iter([("x-amzn-errortype".parse().unwrap(), code)]);
        Refusal::of(&ResponseHead {
            status: StatusCode::from_u16(status).unwrap(),
            headers: &headers,
        })
    }

    #[test]
    fn expired_and_unknown_credentials() {
        for code in [
            "ExpiredTokenException",
            "UnrecognizedClientException:http://internal.test/",
            "com.amazon.coral#ExpiredTokenException",
        ] {
            assert_eq!(refusal(403, code), Refusal::Credentials, "{code}");
            assert_eq!(refusal(401, code), Refusal::Credentials, "{code}");
        }
    }

    #[test]
    fn refusals_that_a_wrong_clock_causes() {
        for (code, expected) in [
            ("InvalidSignatureException", Refusal::Signature),
            ("SignatureDoesNotMatch", Refusal::Signature),
            ("RequestTimeTooSkewed", Refusal::Clock),
            ("AccessDeniedException", Refusal::Access),
        ] {
            assert_eq!(refusal(403, code), expected, "{code}");
            assert_ne!(refusal(403, code).sign(), Sign::None, "{code}");
        }
    }

    #[test]
    fn refusals_that_no_new_signature_changes() {
        for code in [
            "ForbiddenException",
            "MissingAuthenticationTokenException",
            "LimitExceededException",
            "",
        ] {
            assert_eq!(refusal(403, code), Refusal::Other, "{code}");
        }
        assert_eq!(refusal(200, "ExpiredTokenException"), Refusal::Other);
    }
}
