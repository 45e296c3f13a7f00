//! The request of all benchmarks, and who signs it.

use aws_credential_types::Credentials;
use bytes::Bytes;
use http::Request;
use http_body_util::Full;

pub(crate) const REGION: &str = "us-west-2";
pub(crate) const SERVICE: &str = "execute-api";
pub(crate) const KEY_ID: &str = "ASIAEXAMPLEEXAMPLE12";
pub(crate) const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

/// Of 900 bytes, as STS gives them.
pub(crate) fn token() -> String {
    "IQoJb3JpZ2luX2VjEXAMPLE/+=="
        .chars()
        .cycle()
        .take(900)
        .collect()
}

pub(crate) fn credentials() -> Credentials {
    Credentials::new(KEY_ID, SECRET, Some(token()), None, "benchmark")
}

/// A request with six headers.
pub(crate) fn request(origin: &str, body: Bytes) -> Request<Full<Bytes>> {
    Request::post(format!("{origin}/prod/pets?limit=10"))
        .header("content-type", "application/json")
        .header("accept", "application/json")
        .header("user-agent", "gatewright-benches/1.0")
        .header("x-request-id", "0f8fad5b-d9cb-469f-a165-70867728950e")
        .header("idempotency-key", "7c9e6679-7425-40de-944b-e07fc1f90ae7")
        .header("x-tenant-id", "blue")
        .body(Full::new(body))
        .expect("a valid request")
}
