//! What a signature says about the body.

use sha2::{Digest, Sha256};

/// The SHA-256 of a request's body, for a caller that already has it.
///
/// Put it into the extensions of a request, and [`SigV4`](super::SigV4) signs it as it is. The body is then neither read nor
/// held in memory, and [`body_limit`](super::SigV4Layer::body_limit) does not apply. If the hash is not that of the body, API
/// Gateway refuses the request.
///
/// ```
/// use aws_credential_types::Credentials;
/// use bytes::Bytes;
/// use gatewright::layers::SigV4Layer;
/// use gatewright::layers::sigv4::PayloadHash;
/// use http::{Request, Response};
/// use http_body_util::Full;
/// use tower::{ServiceBuilder, ServiceExt, service_fn};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
/// let credentials = Credentials::new("AKIDEXAMPLE", "secret", None, None, "example");
/// let echo = service_fn(async |request: Request<Full<Bytes>>| Ok::<_, std::convert::Infallible>(Response::new(request)));
/// let mut service = ServiceBuilder::new().layer(SigV4Layer::new("eu-central-1", credentials)).service(echo);
///
/// let photo = Bytes::from_static(b"the bytes of a photo");
/// let request = Request::put("https://api.test/photos/1")
///     .extension(PayloadHash::of(&photo))
///     .body(Full::new(photo))?;
/// assert!(service.oneshot(request).await?.into_body().headers().contains_key("authorization"));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PayloadHash([u8; 32]);

impl PayloadHash {
    /// Hashes a body.
    pub fn of(body: &[u8]) -> Self {
        Self(Sha256::digest(body).into())
    }

    /// A hash that was computed elsewhere.
    pub const fn from_sha256(digest: [u8; 32]) -> Self {
        Self(digest)
    }
}

/// What a canonical request says in the place of the body.
#[derive(Clone, Copy, Debug)]
pub(super) enum Payload {
    Hashed([u8; 64]),
    /// The body is not covered. Only some services accept that.
    Unsigned,
}

/// The hash of no bytes.
const EMPTY: &[u8; 64] = b"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// The text in place of a hash, and in the header of the services that accept it.
pub(super) const UNSIGNED_PAYLOAD: &str = "UNSIGNED-PAYLOAD";

impl Payload {
    pub(super) fn of(body: &[u8]) -> Self {
        if body.is_empty() {
            Self::Hashed(*EMPTY)
        } else {
            PayloadHash::of(body).into()
        }
    }

    /// ASCII text.
    pub(super) fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Hashed(digits) => digits,
            Self::Unsigned => UNSIGNED_PAYLOAD.as_bytes(),
        }
    }
}

impl From<PayloadHash> for Payload {
    fn from(hash: PayloadHash) -> Self {
        Self::Hashed(hex(&hash.0))
    }
}

/// `hash` in lower-case hex digits. Computed rather than looked up, which takes a few instructions for all of them.
pub(super) fn hex(hash: &[u8; 32]) -> [u8; 64] {
    // Digits first and pairs then: the compiler makes a few vector instructions of each loop.
    let high = hash.map(|byte| digit(byte >> 4));
    let low = hash.map(|byte| digit(byte & 15));
    let mut text = [0; 64];
    for (pair, (high, low)) in text.as_chunks_mut().0.iter_mut().zip(high.iter().zip(&low)) {
        *pair = [*high, *low];
    }
    text
}

fn digit(value: u8) -> u8 {
    let letters = if value > 9 { b'a' - b'9' - 1 } else { 0 };
    b'0' + value + letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_of_no_bytes_is_known() {
        let computed = Payload::from(PayloadHash::of(b""));
        assert_eq!(Payload::of(b"").as_bytes(), computed.as_bytes());
    }

    #[test]
    fn a_hash_is_written_in_lower_case() {
        let payload = Payload::of(b"abc");
        assert_eq!(
            payload.as_bytes(),
            b"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
