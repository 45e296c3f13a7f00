//! The API key of a usage plan.

use std::fmt;

use crate::call::Call;
use crate::gateway_error::GatewayError;
use crate::refusal::Refusal;
use crate::secret::equal;

pub(super) const HEADER: &str = "x-api-key";

/// The keys that are taken.
#[derive(Default)]
pub(crate) struct ApiKeys(pub(crate) Vec<String>);

impl ApiKeys {
    pub(crate) fn check(&self, call: Call<'_>) -> Result<(), Refusal> {
        let Some(sent) = call.header(HEADER) else {
            let reason = "the operation asks for an API key, and no x-api-key header was sent";
            return Err(Refusal::because(GatewayError::Forbidden, reason));
        };
        // Every key is compared, so that the time does not tell which one was nearly right.
        let known = self
            .0
            .iter()
            .filter(|key| equal(key.as_bytes(), sent.as_bytes()));
        if known.count() == 0 {
            let reason = "the value of the x-api-key header is not one of the gateway's API keys";
            return Err(Refusal::because(GatewayError::Forbidden, reason));
        }
        Ok(())
    }
}

impl fmt::Debug for ApiKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ApiKeys({} redacted)", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{call, get};

    fn check(key: Option<&str>) -> Result<(), Refusal> {
        let mut request = get("/");
        if let Some(key) = key {
            request.headers.insert(HEADER, key.parse().unwrap());
        }
        ApiKeys(vec!["one-key".to_owned(), "other-key".to_owned()]).check(call(&request, b""))
    }

    #[test]
    fn any_of_the_keys_passes_and_nothing_else() {
        assert_eq!(check(Some("one-key")), Ok(()));
        assert_eq!(check(Some("other-key")), Ok(()));
        for wrong in [None, Some(""), Some("one-ke"), Some("One-key")] {
            assert_eq!(
                check(wrong).unwrap_err().error,
                GatewayError::Forbidden,
                "{wrong:?}"
            );
        }
    }

    #[test]
    fn keys_stay_out_of_debug_output() {
        assert_eq!(
            format!("{:?}", ApiKeys(vec!["hush".to_owned()])),
            "ApiKeys(1 redacted)"
        );
    }
}
