//! Names of headers: which are not signed, and which are not just signed.

/// The first eight bytes of a name, as a number that is ordered as they are.
#[inline]
pub(super) const fn start(name: &str) -> u64 {
    match name.as_bytes().first_chunk() {
        Some(start) => u64::from_be_bytes(*start),
        None => start_of_short(name.as_bytes()),
    }
}

const fn start_of_short(name: &[u8]) -> u64 {
    let mut start = 0;
    let mut at = 0;
    while at < 8 {
        let byte = if at < name.len() { name[at] } else { 0 };
        start = start << 8 | byte as u64;
        at += 1;
    }
    start
}

/// Two functions of one list of names, so that no name is in one of them only.
macro_rules! names {
    ($($never:literal)*; $($special:literal)*) => {
        /// Headers that clients, proxies and tracers set or change after the request is signed: the lists of `aws-sigv4` and
        /// botocore together, and what HTTP/2 removes.
        pub(super) fn is_never_signed(name: &str) -> bool {
            matches!(name, $($never)|*)
        }

        /// Whether a name that begins so may be one that is not just signed. Few names are, and the others are not looked at
        /// any further.
        #[inline]
        pub(super) fn may_be_special(start: u64) -> bool {
            $(start == const { self::start($never) })||* || $(start == const { self::start($special) })||*
        }

        #[cfg(test)]
        const SPECIAL: &[&str] = &[$($never,)* $($special),*];
    };
}

names! {
    "authorization" "baggage" "connection" "expect" "keep-alive" "proxy-authenticate" "proxy-authorization"
    "proxy-connection" "te" "traceparent" "tracestate" "trailer" "transfer-encoding" "upgrade" "user-agent"
    "x-amzn-trace-id";
    // Signed, but checked or replaced as well.
    "content-length" "host" "x-amz-content-sha256" "x-amz-date" "x-amz-security-token"
}

/// What AWS requires to be signed ("Elements of an AWS API request signature", IAM user guide).
pub(super) fn is_always_signed(name: &str) -> bool {
    name == "host" || name.starts_with("x-amz-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_that_is_not_just_signed_is_looked_at() {
        for name in SPECIAL {
            assert!(may_be_special(start(name)), "{name}");
        }
        for name in ["accept", "content", "hosts", "t", "x-tenant-id"] {
            assert!(!may_be_special(start(name)), "{name}");
        }
    }
}
