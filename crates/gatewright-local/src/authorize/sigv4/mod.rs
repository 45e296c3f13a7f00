//! AWS Signature Version 4, judged as Amazon API Gateway judges it.
//!
//! Source of the rules: "Create a signed AWS API request" in the IAM user guide. The canonical request is written here and
//! not taken from `aws-sigv4`, for three reasons: the signer of that crate decides by itself which headers it signs, it does
//! not show the canonical request that the refusal quotes, and a client that signs with the same code would be its own judge.

mod authorization;
mod canonical;
mod why;

use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use aws_sigv4::sign::v4::{calculate_signature, generate_signing_key};

use self::authorization::Authorization;
use self::canonical::{Secrets, canonical_request};
use crate::call::Call;
use crate::date;
use crate::gateway_error::GatewayError as E;
use crate::refusal::Refusal;
use crate::secret::{equal, sha256_hex};

const SERVICE: &str = "execute-api";
const WINDOW: Duration = Duration::from_secs(5 * 60);

/// An access key.
pub(crate) struct Credential {
    pub(crate) secret: String,
    pub(crate) session_token: Option<String>,
    pub(crate) expires: Option<SystemTime>,
}

/// The access keys that are known, by their ids, and the region they are to be used in.
#[derive(Debug)]
pub(crate) struct Keys {
    pub(crate) region: String,
    pub(crate) credentials: HashMap<String, Credential>,
    /// The stage, and the hosts of the deployed API: what a signer may have mistaken for something else.
    pub(crate) stage: String,
    pub(crate) hosts: Vec<String>,
    pub(crate) derived: Derived,
}

/// The keys that were derived of secrets, by access key id and day: a key is good for a day, and to derive it takes four hashes.
#[derive(Default)]
pub(crate) struct Derived(Mutex<HashMap<(String, String), Vec<u8>>>);

/// How many keys are kept. A test that signs for more days derives them anew.
const MOST_DERIVED: usize = 1_000;

impl Derived {
    fn key(&self, id: &str, day: &str, derive: impl FnOnce() -> Vec<u8>) -> Vec<u8> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST_DERIVED {
            kept.clear();
        }
        let name = (id.to_owned(), day.to_owned());
        kept.entry(name).or_insert_with(derive).clone()
    }
}

impl fmt::Debug for Derived {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Derived")
    }
}

/// What is said of a signature that no known mistake gives.
const UNEXPLAINED: &str =
    "no known mistake of a signer gives this signature; the secret is probably another one";

/// What is wrong with the form of the `Authorization` header as a signature.
pub(super) fn misread(call: Call<'_>) -> Option<Refusal> {
    Authorization::read(call).err()
}

impl Keys {
    /// The access key id of the caller.
    pub(crate) fn check(&self, call: Call<'_>) -> Result<String, Refusal> {
        let authorization = Authorization::read(call)?;
        let credential = self.credential(&authorization, call)?;
        self.check_scope(&authorization)?;
        check_signed_headers(&authorization, call)?;
        let time = check_time(&authorization, call)?;
        let payload = check_payload(call)?;
        let derive = || {
            let key = generate_signing_key(&credential.secret, time, &self.region, SERVICE);
            key.as_ref().to_vec()
        };
        let (id, day) = (&authorization.access_key_id, &authorization.date);
        let key = self.derived.key(id, day, derive);
        check_signature(&authorization, call, &payload, &key).map_err(|refusal| {
            let mistake = why::explain(self, &authorization, call, &payload, time);
            refusal.explained(mistake.unwrap_or_else(|| UNEXPLAINED.to_owned()))
        })?;
        Ok(authorization.access_key_id.into_owned())
    }

    fn credential(&self, sent: &Authorization<'_>, call: Call<'_>) -> Result<&Credential, Refusal> {
        let known = self.credentials.get(&*sent.access_key_id);
        let presigned = sent.presigned.as_ref();
        let token = presigned.and_then(|presigned| presigned.token.as_deref());
        let token = token.or(call.header("x-amz-security-token"));
        let Some(credential) = known.filter(|known| known.takes(token)) else {
            let message = E::UnrecognizedClient.message().unwrap_or_default();
            return Err(Refusal::saying(E::UnrecognizedClient, message));
        };
        if credential.expires.is_some_and(|end| end <= call.now) {
            let message = E::ExpiredToken.message().unwrap_or_default();
            return Err(Refusal::saying(E::ExpiredToken, message));
        }
        Ok(credential)
    }

    fn check_scope(&self, sent: &Authorization<'_>) -> Result<(), Refusal> {
        if sent.region != self.region {
            return invalid("Credential should be scoped to a valid region.");
        }
        if sent.service != SERVICE {
            return invalid(format!(
                "Credential should be scoped to correct service: '{SERVICE}'."
            ));
        }
        Ok(())
    }
}

impl Credential {
    fn takes(&self, token: Option<&str>) -> bool {
        let (ours, theirs) = (self.session_token.as_deref(), token);
        ours.is_some() == theirs.is_some()
            && equal(
                ours.unwrap_or_default().as_bytes(),
                theirs.unwrap_or_default().as_bytes(),
            )
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let temporary = self.session_token.is_some();
        f.debug_struct("Credential")
            .field("temporary", &temporary)
            .field("expires", &self.expires)
            .finish_non_exhaustive()
    }
}

fn invalid<T>(message: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal::saying(E::InvalidSignature, message))
}

/// What could be changed on the way has to be signed: the host, and every header of AWS's own.
fn check_signed_headers(sent: &Authorization<'_>, call: Call<'_>) -> Result<(), Refusal> {
    let amz = call.parts.headers.keys().map(http::HeaderName::as_str);
    let needed = std::iter::once("host").chain(amz.filter(|name| name.starts_with("x-amz-")));
    let mut missing =
        needed.filter(|name| !sent.signed_headers.iter().any(|signed| signed == name));
    match missing.next() {
        Some("host") => {
            invalid("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.")
        }
        Some(name) => invalid(format!(
            "'{name}' must be a 'SignedHeader' in the AWS Authorization."
        )),
        None => Ok(()),
    }
}

/// The time of signing, which is at most five minutes away from now.
fn check_time(sent: &Authorization<'_>, call: Call<'_>) -> Result<SystemTime, Refusal> {
    let Some(time) = signing_time(sent, call) else {
        return Err(Refusal::saying(
            E::IncompleteSignature,
            authorization::NO_DATE,
        ));
    };
    let stamp = date::amz(time);
    let (scope, day) = (&*sent.date, &stamp[..8]);
    if scope != day {
        return invalid(format!(
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{scope}' != \
             '{day}', from '{stamp}'."
        ));
    }
    // A presigned URL is good for as long as it says, and a signature in a header for five minutes.
    let lifetime = sent.presigned.as_ref().map(|it| it.lifetime);
    let oldest = call.now.checked_sub(lifetime.unwrap_or(WINDOW));
    let low = oldest.unwrap_or(SystemTime::UNIX_EPOCH);
    let (now, high) = (call.now, call.now + WINDOW);
    if date::unix(time) < date::unix(low) {
        let (low, now) = (date::amz(low), date::amz(now));
        let allowed = match lifetime {
            Some(lifetime) => format!("{} sec.", lifetime.as_secs()),
            None => "5 min.".to_owned(),
        };
        return invalid(format!(
            "Signature expired: {stamp} is now earlier than {low} ({now} - {allowed})"
        ));
    }
    if date::unix(time) > date::unix(high) {
        let (high, now) = (date::amz(high), date::amz(now));
        return invalid(format!(
            "Signature not yet current: {stamp} is still later than {high} ({now} + 5 min.)"
        ));
    }
    Ok(time)
}

/// `X-Amz-Date`, or else `Date` in either form ("Elements of an AWS API request signature": one of the two).
fn signing_time(sent: &Authorization<'_>, call: Call<'_>) -> Option<SystemTime> {
    if let Some(presigned) = &sent.presigned {
        return date::parse_amz(&presigned.stamp);
    }
    match call.header("x-amz-date") {
        Some(stamp) => date::parse_amz(stamp),
        None => {
            let stamp = call.header("date")?;
            date::parse_amz(stamp).or_else(|| date::parse_http(stamp))
        }
    }
}

/// The hash of the body. A client may send it too, but it has to be the right one: `UNSIGNED-PAYLOAD` is for S3.
fn check_payload(call: Call<'_>) -> Result<String, Refusal> {
    let hash = sha256_hex(call.body);
    match call.header("x-amz-content-sha256") {
        Some(sent) if sent != hash => invalid(
            "The value of the 'x-amz-content-sha256' header is not the SHA-256 of the body.",
        ),
        _ => Ok(hash),
    }
}

fn check_signature(
    sent: &Authorization<'_>,
    call: Call<'_>,
    payload: &str,
    key: &[u8],
) -> Result<(), Refusal> {
    let canonical = canonical_request(call, &sent.signed_headers, payload, Secrets::Kept);
    let to_sign = string_to_sign(sent, call, &canonical);
    let signature = calculate_signature(key, to_sign.as_bytes());
    if equal(signature.as_bytes(), sent.signature.as_bytes()) {
        return Ok(());
    }
    let shown = canonical_request(call, &sent.signed_headers, payload, Secrets::Hidden);
    let words = E::InvalidSignature.message().unwrap_or_default();
    invalid(format!(
        "{words}\n\nThe Canonical String for this request should have been\n'{shown}'\n\n\
         The String-to-Sign should have been\n'{to_sign}'\n"
    ))
}

fn string_to_sign(sent: &Authorization<'_>, call: Call<'_>, canonical: &str) -> String {
    let stamp = signing_time(sent, call).map(date::amz).unwrap_or_default();
    let Authorization {
        date,
        region,
        service,
        ..
    } = sent;
    let hash = sha256_hex(canonical.as_bytes());
    format!("AWS4-HMAC-SHA256\n{stamp}\n{date}/{region}/{service}/aws4_request\n{hash}")
}

#[cfg(test)]
mod tests;
