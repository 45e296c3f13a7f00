//! Logins with other providers than the user pool.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use gatewright::{BoxError, Token};
use gatewright_cognito::ErrorKind;

use super::*;

const PROVIDER: &str = "accounts.google.com";

/// Tokens `<name>-1`, `<name>-2` and so on, which the identity pool trusts; a new one each time it is asked.
#[derive(Clone)]
struct Provider {
    cognito: Cognito,
    name: &'static str,
    asked: Arc<AtomicUsize>,
    refused: Arc<Mutex<Vec<String>>>,
}

impl Provider {
    fn new(cognito: &Cognito, name: &'static str) -> Self {
        Self {
            cognito: cognito.clone(),
            name,
            asked: Arc::default(),
            refused: Arc::default(),
        }
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::Relaxed)
    }
}

impl ProvideToken for Provider {
    async fn provide_token(&self) -> Result<Token, BoxError> {
        let number = self.asked.fetch_add(1, Ordering::Relaxed) + 1;
        let token = format!("{}-{number}", self.name);
        self.cognito.trust_login(PROVIDER, &token);
        Ok(Token::new(token))
    }

    fn refused(&self, token: &Token) {
        self.refused.lock().unwrap().push(token.secret().to_owned());
    }
}

fn federated(cognito: &Cognito, provider: impl ProvideToken) -> Session {
    let builder = at(cognito).identity_pool(identity_pool());
    builder.login(PROVIDER, provider).build().unwrap()
}

#[tokio::test]
async fn a_login_is_asked_for_a_token_at_every_renewal() {
    let cognito = cognito(Settings::default());
    let provider = Provider::new(&cognito, "planted-google");
    let session = federated(&cognito, provider.clone());
    for renewal in 1..=3 {
        assert!(is_user(&key(&session).await.unwrap()));
        key(&session).await.unwrap();
        assert_eq!(provider.asked(), renewal);
        let input = cognito.inputs("GetCredentialsForIdentity").pop().unwrap();
        let expected = format!("planted-google-{renewal}");
        assert_eq!(input["Logins"][PROVIDER], *expected);
        cognito.advance(OVER_AN_HOUR);
    }
}

#[tokio::test]
async fn a_login_that_fails_is_an_error_and_never_makes_a_guest() {
    let cognito = cognito(Settings::default());
    let failing = || async { Err::<Token, BoxError>("the cookie has expired".into()) };
    let session = federated(&cognito, failing);
    let error = key(&session).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::SignInRequired);
    assert!(error.to_string().contains(PROVIDER), "{error}");
    assert_eq!(cognito.total(), 0);
}

#[tokio::test]
async fn a_provider_whose_token_is_refused_is_told_and_asked_once_more() {
    let cognito = cognito(Settings::default());
    let told = Provider::new(&cognito, "stale");
    let provider = told.clone();
    // Another name than the one that the token is trusted for.
    let builder = at(&cognito).identity_pool(identity_pool());
    let session = builder.login("login.test", provider).build().unwrap();
    let error = key(&session).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotAuthorized);
    assert_eq!(told.asked(), 2);
    assert_eq!(*told.refused.lock().unwrap(), ["stale-1"]);
    assert_eq!(cognito.count("GetId"), 2);
}

#[tokio::test]
async fn two_tenants_of_one_store_never_share_keys() {
    let cognito = cognito(Settings::default());
    let store = gatewright_cognito::MemoryStore::default();
    let session = |name| {
        let token = Token::new(name);
        cognito.trust_login(PROVIDER, name);
        let builder = at(&cognito).identity_pool(identity_pool());
        let builder = builder.login(PROVIDER, token).store(store.clone());
        builder.build().unwrap()
    };
    let (blue, red) = (session("token-of-blue"), session("token-of-red"));
    let keys = (key(&blue).await.unwrap(), key(&red).await.unwrap());
    assert_ne!(keys.0, keys.1);
    // Neither takes the identity that the other one got.
    assert_eq!(cognito.count("GetId"), 2);
}

#[tokio::test]
async fn a_user_of_the_user_pool_can_have_other_logins_too() {
    let cognito = cognito(Settings::default());
    let provider = Provider::new(&cognito, "google");
    let session = builder(&cognito).login(PROVIDER, provider).build().unwrap();
    sign_in(&session, "alice").await;
    // The service in memory looks at the first login only.
    key(&session).await.unwrap();
    let input = cognito.inputs("GetId").pop().unwrap();
    assert_eq!(input["Logins"].as_object().unwrap().len(), 2);
}

#[test]
fn a_login_without_an_identity_pool_is_refused() {
    let cognito = cognito(Settings::default());
    let builder = at(&cognito).user_pool(user_pool());
    let error = builder
        .login(PROVIDER, Token::new("x"))
        .build()
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
}
