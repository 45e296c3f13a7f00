//! What kind of error a response is.

use http::Response;

use super::*;
use crate::testing::{Reply, html, refusal, reply};

async fn error_of(reply: Reply) -> Error {
    error(&Server::that([reply]), &SPENDS).await
}

#[tokio::test]
async fn every_exception_has_its_kind() {
    use ErrorKind::*;
    for (code, kind) in [
        ("NotAuthorizedException", NotAuthorized),
        ("UserNotFoundException", UserNotFound),
        ("UserNotConfirmedException", UserNotConfirmed),
        ("PasswordResetRequiredException", PasswordResetRequired),
        ("CodeMismatchException", CodeMismatch),
        ("EnableSoftwareTokenMFAException", CodeMismatch),
        ("ExpiredCodeException", ExpiredCode),
        ("InvalidPasswordException", InvalidPassword),
        ("InvalidParameterException", InvalidParameter),
        ("RefreshTokenReuseException", SessionExpired),
        ("ResourceNotFoundException", Configuration),
        ("InvalidIdentityPoolConfigurationException", Configuration),
        ("LimitExceededException", Throttled),
        ("ResourceConflictException", Other),
        ("UserLambdaValidationException", Other),
    ] {
        let error = error_of(refusal(code, "because")).await;
        assert_eq!((error.kind(), error.code()), (kind, Some(code)));
        assert_eq!(error.to_string(), "because");
    }
}

#[tokio::test]
async fn the_name_is_read_from_the_header_or_the_body_without_what_surrounds_it() {
    let body = r#"{"__type": "com.amazonaws.cognito#UserNotFoundException", "Message": "no user"}"#;
    let error = error_of(reply(400, body)).await;
    assert_eq!(error.code(), Some("UserNotFoundException"));
    assert_eq!(error.to_string(), "no user");

    let header = "NotAuthorizedException:http://internal.amazon.com/coral/#x";
    let response = Response::builder()
        .status(400)
        .header("x-amzn-errortype", header);
    let error = error_of(Reply::Response(response.body(body.into()).unwrap())).await;
    assert_eq!(error.code(), Some("NotAuthorizedException"));
}

#[tokio::test]
async fn an_error_without_a_text_says_what_there_is() {
    let error = error_of(reply(
        400,
        r#"{"__type": "ExpiredCodeException", "message": ""}"#,
    ))
    .await;
    assert_eq!(
        error.to_string(),
        "Cognito responded to Operation with ExpiredCodeException"
    );
    let error = error_of(html(403)).await;
    assert_eq!(
        error.to_string(),
        "Cognito responded to Operation with status 403 Forbidden"
    );
    assert_eq!((error.kind(), error.code()), (ErrorKind::Service, None));
}

#[tokio::test]
async fn a_name_that_is_none_is_not_repeated() {
    for name in ["", "#", ":", "<script>", "a b", &"x".repeat(200)] {
        let body = json!({ "__type": name }).to_string();
        let error = error_of(reply(400, body)).await;
        assert_eq!(
            (error.code(), error.kind()),
            (None, ErrorKind::Service),
            "{name}"
        );
    }
}

#[tokio::test]
async fn a_body_that_is_not_an_object_is_a_failure_of_the_service() {
    for body in ["<html>", "{\"a\":", "[]", "null", "\"text\"", "\u{feff}{}"] {
        let error = error_of(reply(200, body)).await;
        assert_eq!(error.kind(), ErrorKind::Service, "{body}");
        assert_eq!(
            error.to_string(),
            "the response of Cognito to Operation is not JSON"
        );
    }
}

#[tokio::test]
async fn an_empty_body_is_a_success_without_results() {
    let server = Server::that([reply(200, "")]);
    let mut response = call(&server, &SPENDS).await.unwrap();
    assert!(response.text("Anything").is_none());
}
