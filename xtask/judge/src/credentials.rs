//! The credentials of a call.

use std::collections::BTreeMap;

use aws_credential_types::Credentials;
use gatewright::Token;
use gatewright::layers::{ApiKeyLayer, BearerTokenLayer, SigV4Layer};

/// The region of every gateway here.
pub(crate) const REGION: &str = "eu-west-1";
pub(crate) const ACCESS_KEY_ID: &str = "AKIDEXAMPLE";
pub(crate) const SECRET: &str = "the-secret-of-the-access-key";
pub(crate) const API_KEY: &str = "an-api-key-of-a-usage-plan";
/// Nothing that any gateway here knows.
pub(crate) const WRONG: &str = "a-credential-that-nobody-knows";

/// What a caller proves itself with: an access key, an API key and a token for each authorizer.
#[derive(Clone)]
pub struct Given {
    pub(crate) access_key_id: &'static str,
    pub(crate) secret: &'static str,
    pub(crate) api_key: &'static str,
    /// By the name of the security scheme.
    pub(crate) tokens: BTreeMap<String, String>,
}

impl Given {
    /// The keys that are right everywhere, with these tokens.
    pub(crate) fn right(tokens: BTreeMap<String, String>) -> Self {
        Self {
            access_key_id: ACCESS_KEY_ID,
            secret: SECRET,
            api_key: API_KEY,
            tokens,
        }
    }

    /// The layer that signs.
    pub fn iam(&self) -> SigV4Layer<Credentials> {
        let credentials = Credentials::from_keys(self.access_key_id, self.secret, None);
        SigV4Layer::execute_api(REGION, credentials)
    }

    /// The layer of the API key.
    ///
    /// # Panics
    ///
    /// Never: the keys are known.
    pub fn api_key(&self) -> ApiKeyLayer {
        ApiKeyLayer::new(self.api_key).expect("plain text is an API key")
    }

    /// The layer of the authorizers with these names, of which an operation asks for one at most; an unknown token if it asks for
    /// none of them.
    pub fn token(&self, schemes: &[&str]) -> BearerTokenLayer<Token> {
        let mut tokens = schemes.iter().filter_map(|scheme| self.tokens.get(*scheme));
        let token = tokens.next().map_or(WRONG, String::as_str);
        BearerTokenLayer::new(Token::new(token))
    }
}

impl std::fmt::Debug for Given {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Given").finish_non_exhaustive()
    }
}
