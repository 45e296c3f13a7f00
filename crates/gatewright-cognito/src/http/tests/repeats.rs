//! What is sent again, and when.

use http::Response;

use super::*;
use crate::testing::{Reply, broken_off, html, refusal, refused, reply, reset};

fn throttled() -> Reply {
    refusal("TooManyRequestsException", "Rate exceeded")
}

fn asking_for(seconds: &str) -> Reply {
    let response = Response::builder()
        .status(429)
        .header("retry-after", seconds);
    Reply::Response(response.body(Body::empty()).unwrap())
}

/// What may have been served.
fn unclear() -> [Reply; 6] {
    [
        html(500),
        html(503),
        refusal("InternalErrorException", "Something went wrong"),
        reply(200, r#"{"AuthenticationRe"#),
        broken_off(),
        reset(),
    ]
}

#[tokio::test(start_paused = true)]
async fn what_was_throttled_or_never_connected_is_sent_again_whatever_it_is() {
    for reply in [throttled, refused, || asking_for("1")] {
        for operation in [READS, SPENDS] {
            let server = Server::that([reply(), reply(), ok(&json!({}))]);
            assert!(call(&server, &operation).await.is_ok());
            assert_eq!(server.calls().len(), 3);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn what_may_have_been_served_is_sent_again_only_if_that_is_harmless() {
    for reply in unclear() {
        let server = Server::that([reply, ok(&json!({}))]);
        assert!(call(&server, &READS).await.is_ok());
        assert_eq!(server.calls().len(), 2);
    }
    for reply in unclear() {
        let server = Server::that([reply, ok(&json!({}))]);
        assert!(error(&server, &SPENDS).await.is_retryable());
        assert_eq!(server.calls().len(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn a_failure_that_lasts_ends_after_three_attempts_with_the_last_error() {
    let server = Server::that([html(500), reset(), throttled(), ok(&json!({}))]);
    let error = error(&server, &READS).await;
    assert_eq!(error.kind(), ErrorKind::Throttled);
    assert_eq!(error.to_string(), "Rate exceeded");
    assert_eq!(server.calls().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_refusal_and_a_quota_are_not_asked_again() {
    for (code, kind) in [
        ("NotAuthorizedException", ErrorKind::NotAuthorized),
        ("LimitExceededException", ErrorKind::Throttled),
        ("SomethingNewException", ErrorKind::Other),
    ] {
        let server = Server::that([refusal(code, "no"), ok(&json!({}))]);
        assert_eq!(error(&server, &READS).await.kind(), kind);
        assert_eq!(server.calls().len(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn the_pauses_double_up_to_what_was_drawn() {
    let server = Server::that([throttled(), throttled(), throttled()]);
    error(&server, &READS).await;
    let times: Vec<u128> = server
        .calls()
        .iter()
        .map(|call| call.at.as_millis())
        .collect();
    // The random source of these tests draws the most there is.
    assert_eq!(times, [0, 200, 600]);

    let server = Server::that([throttled(), ok(&json!({}))]);
    let random = Random::new(|bytes| bytes.fill(0));
    let endpoint = "https://cognito.test".parse().unwrap();
    let eager = JsonClient::new(server.service(), random, &endpoint).unwrap();
    eager.call(&READS, &Value::Null).await.unwrap();
    assert_eq!(server.calls()[1].at, Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn retry_after_is_waited_for_unless_it_is_too_long() {
    let server = Server::that([asking_for("3"), ok(&json!({}))]);
    assert!(call(&server, &SPENDS).await.is_ok());
    assert_eq!(server.calls()[1].at, Duration::from_secs(3));

    let server = Server::that([asking_for("6"), ok(&json!({}))]);
    assert_eq!(error(&server, &SPENDS).await.kind(), ErrorKind::Throttled);
    assert_eq!(server.calls().len(), 1);

    let server = Server::that([asking_for("soon"), ok(&json!({}))]);
    assert!(call(&server, &SPENDS).await.is_ok());
    assert_eq!(server.calls()[1].at, Duration::from_millis(200));
}
