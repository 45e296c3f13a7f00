//! Renewing a session, and ending it.

use std::error::Error as _;

use super::*;
use crate::testing::{html, refusal, refused, reset};

async fn refresh(server: &Server) -> Result<NewTokens, Error> {
    let api = users(server, user_pool().client_secret("secret"));
    api.refresh(&"refresh".into(), Some("alice"), None).await
}

#[tokio::test]
async fn a_refresh_sends_the_secret_itself_and_returns_a_rotated_token() {
    let server = Server::that([tokens(json!({ "RefreshToken": "next" }))]);
    let tokens = refresh(&server).await.unwrap();
    assert_eq!(tokens.refresh.unwrap().expose(), "next");
    assert_eq!(
        server.input(),
        json!({ "RefreshToken": "refresh", "ClientId": "client", "ClientSecret": "secret" })
    );
}

#[tokio::test]
async fn where_the_operation_is_unknown_the_older_one_is_called() {
    for code in ["UnknownOperationException", "InvalidAction"] {
        let server = Server::that([refusal(code, "unknown"), tokens(json!({}))]);
        refresh(&server).await.unwrap();
        assert_eq!(
            server.targets(),
            ["GetTokensFromRefreshToken", "InitiateAuth"]
        );
        let input = &server.calls()[1].input;
        assert_eq!(input["AuthFlow"], "REFRESH_TOKEN_AUTH");
        let hash = crate::hash::secret_hash("alice", "client", &"secret".into());
        let parameters = json!({ "REFRESH_TOKEN": "refresh", "SECRET_HASH": hash.expose() });
        assert_eq!(input["AuthParameters"], parameters);
    }
}

#[tokio::test]
async fn a_refresh_names_the_device_of_the_sign_in_whichever_operation_it_is() {
    let unknown = refusal("UnknownOperationException", "unknown");
    let server = Server::that([unknown, tokens(json!({}))]);
    let api = users(&server, user_pool());
    let key = Some("eu-west-1_device");
    api.refresh(&"refresh".into(), None, key).await.unwrap();
    let calls = server.calls();
    assert_eq!(
        calls[0].input,
        json!({ "RefreshToken": "refresh", "ClientId": "client", "DeviceKey": "eu-west-1_device" })
    );
    assert_eq!(
        calls[1].input["AuthParameters"],
        json!({ "REFRESH_TOKEN": "refresh", "DEVICE_KEY": "eu-west-1_device" })
    );
}

#[tokio::test(start_paused = true)]
async fn a_refresh_that_may_have_been_served_is_neither_repeated_nor_tried_the_older_way() {
    for reply in [html(500), reset(), refusal("InternalErrorException", "x")] {
        let server = Server::that([reply, tokens(json!({}))]);
        assert!(refresh(&server).await.unwrap_err().is_retryable());
        assert_eq!(server.targets(), ["GetTokensFromRefreshToken"]);
    }
}

#[tokio::test(start_paused = true)]
async fn a_refresh_that_was_throttled_or_never_connected_is_repeated() {
    let throttled = refusal("TooManyRequestsException", "Rate exceeded");
    let server = Server::that([throttled, refused(), tokens(json!({}))]);
    assert!(refresh(&server).await.is_ok());
    assert_eq!(server.calls().len(), 3);
}

#[tokio::test]
async fn a_refresh_token_that_is_refused_is_the_end_of_the_session() {
    for (code, text) in [
        ("NotAuthorizedException", "Refresh Token has been revoked"),
        ("NotAuthorizedException", "Refresh Token has expired"),
        ("RefreshTokenReuseException", "Refresh token was reused"),
        ("UserNotFoundException", "User does not exist"),
    ] {
        let error = refresh(&Server::that([refusal(code, text)]))
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::SessionExpired);
        assert!(!error.is_retryable());
        assert!(error.to_string().ends_with("sign in again"));
        assert_eq!(error.source().unwrap().to_string(), text);
        assert_eq!(error.code(), Some(code));
    }
}

#[tokio::test]
async fn a_refresh_token_is_revoked_with_client_and_secret() {
    let server = Server::that([ok(&json!({}))]);
    let api = users(&server, user_pool().client_secret("secret"));
    api.revoke(&"refresh".into()).await.unwrap();
    assert_eq!(
        server.input(),
        json!({ "Token": "refresh", "ClientId": "client", "ClientSecret": "secret" })
    );
}

#[tokio::test(start_paused = true)]
async fn signing_out_is_repeated_until_there_is_a_response() {
    let server = Server::that([reset(), html(503), ok(&json!({}))]);
    users(&server, user_pool())
        .global_sign_out(&"access".into())
        .await
        .unwrap();
    assert_eq!(server.targets(), ["GlobalSignOut"; 3]);
    assert_eq!(server.calls()[2].input, json!({ "AccessToken": "access" }));
}
