//! A call is not sent again as somebody else: the first response stands.

use gatewright::layers::RetryLayer;
use gatewright::{AuthorizeError, HttpService};
use gatewright_cognito::SignOut;
use http::{Method, StatusCode};
use tower::Layer;

use super::clients::{CLOSURE, Client, SIGNING, WITH_TOKENS, call, is_for_nobody_else};
use super::*;
use crate::support::Api;

/// What happens between the two attempts of a call.
#[derive(Clone, Copy, Debug)]
enum Meanwhile {
    SignOut(SignOut),
    /// Alice signs out, and bob signs in.
    Bob(SignOut),
    /// Bob signs in over alice.
    BobAtOnce,
    /// Bob signs in over alice in another process, and this one finds him.
    BobElsewhere,
}

const MEANWHILE: [Meanwhile; 6] = [
    Meanwhile::SignOut(SignOut::Local),
    Meanwhile::SignOut(SignOut::Global),
    Meanwhile::Bob(SignOut::Local),
    Meanwhile::Bob(SignOut::Global),
    Meanwhile::BobAtOnce,
    Meanwhile::BobElsewhere,
];

impl Meanwhile {
    async fn happens(self, session: Session, elsewhere: Session, cognito: Cognito) {
        match self {
            Self::SignOut(how) => assert!(session.sign_out(how).await.is_complete()),
            Self::Bob(how) => {
                assert!(session.sign_out(how).await.is_complete());
                sign_in(&session, "bob").await;
            }
            Self::BobAtOnce => sign_in(&session, "bob").await,
            Self::BobElsewhere => {
                sign_in(&elsewhere, "bob").await;
                cognito.advance(OVER_AN_HOUR);
                session.fetch().await.unwrap();
            }
        }
    }
}

/// A refusal that a client repeats a call for.
struct Refusal {
    method: Method,
    status: u16,
    code: Option<&'static str>,
    is_retried: bool,
}

async fn outcome(
    client: Client,
    refusal: &Refusal,
    meanwhile: Option<Meanwhile>,
) -> (Result<StatusCode, AuthorizeError>, Vec<String>) {
    let cognito = cognito(Settings::default());
    let store = gatewright_cognito::MemoryStore::default();
    let [session, elsewhere] =
        [(); 2].map(|()| builder(&cognito).store(store.clone()).build().unwrap());
    let api = Api::new(&cognito);
    let client = client(&session, api.service(), &cognito.clock().shared());
    let client = if refusal.is_retried {
        RetryLayer::new().jitter(|| 0.0).layer(client).boxed()
    } else {
        client
    };
    sign_in(&session, "alice").await;
    let happens = async move {
        if let Some(meanwhile) = meanwhile {
            meanwhile.happens(session, elsewhere, cognito).await;
        }
    };
    api.refuse_once(refusal.status, refusal.code, happens);
    let outcome = call(client, refusal.method.clone()).await;
    (outcome, api.callers())
}

async fn alice_is_not_repeated_as_somebody_else(
    clients: impl IntoIterator<Item = (&'static str, Client)>,
    refusal: Refusal,
) {
    for (name, client) in clients {
        let (undisturbed, callers) = outcome(client, &refusal, None).await;
        if refusal.is_retried || name != CLOSURE {
            assert_eq!(undisturbed.unwrap(), StatusCode::OK, "{name}");
            assert_eq!(callers, ["alice", "alice"], "{name}");
        }
        for meanwhile in MEANWHILE {
            let (outcome, callers) = outcome(client, &refusal, Some(meanwhile)).await;
            assert_eq!(callers, ["alice"], "{name}, {meanwhile:?}");
            let is_first = matches!(&outcome, Ok(status) if *status == refusal.status);
            assert!(
                is_first || is_for_nobody_else(&outcome),
                "{name}, {meanwhile:?}: {outcome:?}"
            );
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_retry_of_alices_signed_put_after_a_503_goes_out_as_alice_or_not_at_all() {
    let refusal = Refusal {
        method: Method::PUT,
        status: 503,
        code: None,
        is_retried: true,
    };
    alice_is_not_repeated_as_somebody_else(SIGNING, refusal).await;
}

#[tokio::test(start_paused = true)]
async fn a_retry_of_alices_put_with_a_token_after_a_503_goes_out_as_alice_or_not_at_all() {
    let refusal = Refusal {
        method: Method::PUT,
        status: 503,
        code: None,
        is_retried: true,
    };
    alice_is_not_repeated_as_somebody_else(WITH_TOKENS, refusal).await;
}

#[tokio::test]
async fn alices_post_is_signed_again_after_expired_credentials_as_alice_or_not_at_all() {
    for code in ["ExpiredTokenException", "UnrecognizedClientException"] {
        let refusal = Refusal {
            method: Method::POST,
            status: 403,
            code: Some(code),
            is_retried: false,
        };
        alice_is_not_repeated_as_somebody_else(SIGNING, refusal).await;
    }
}

#[tokio::test]
async fn alices_post_is_replayed_after_a_refused_token_as_alice_or_not_at_all() {
    for code in [None, Some("UnauthorizedException")] {
        let refusal = Refusal {
            method: Method::POST,
            status: 401,
            code,
            is_retried: false,
        };
        alice_is_not_repeated_as_somebody_else(WITH_TOKENS, refusal).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_guests_call_is_not_repeated_as_the_user_who_signs_in() {
    for (name, client) in SIGNING {
        let cognito = cognito(Settings::default());
        let session = session(&cognito);
        let api = Api::new(&cognito);
        let client = client(&session, api.service(), &cognito.clock().shared());
        let client = RetryLayer::new().jitter(|| 0.0).layer(client).boxed();
        api.refuse_once(503, None, async move { sign_in(&session, "alice").await });
        let outcome = call(client, Method::PUT).await;
        assert_eq!(api.callers(), ["guest"], "{name}");
        assert!(outcome.is_err() || outcome.unwrap() == 503, "{name}");
    }
}

#[tokio::test(start_paused = true)]
async fn alices_call_is_not_repeated_as_the_guest_that_an_ended_session_may_be() {
    for (name, client) in SIGNING {
        let cognito = cognito(Settings::default());
        let session = builder(&cognito)
            .allow_guest_after_expiry()
            .build()
            .unwrap();
        let api = Api::new(&cognito);
        let client = client(&session, api.service(), &cognito.clock().shared());
        let client = RetryLayer::new().jitter(|| 0.0).layer(client).boxed();
        sign_in(&session, "alice").await;
        let ends = {
            let (session, cognito) = (session.clone(), cognito.clone());
            async move {
                cognito.revoke_all();
                cognito.advance(OVER_AN_HOUR);
                session.fetch().await.ok();
            }
        };
        api.refuse_once(503, None, ends);
        let outcome = call(client.clone(), Method::PUT).await;
        assert_eq!(api.callers(), ["alice"], "{name}: {outcome:?}");
        // Another call is the guest's.
        assert_eq!(
            call(client, Method::PUT).await.unwrap(),
            StatusCode::OK,
            "{name}"
        );
        assert_eq!(api.callers().len(), 2, "{name}");
    }
}
