//! Time, size and place.

use http::Response;
use tokio::time::Instant;

use super::*;
use crate::testing::{Reply, html, reply};

#[tokio::test(start_paused = true)]
async fn a_server_that_says_nothing_is_given_up_after_15_seconds_in_all() {
    for replies in [
        vec![Reply::Silence],
        vec![html(503), html(503), Reply::Silence],
    ] {
        let server = Server::that(replies);
        let begun = Instant::now();
        let error = error(&server, &READS).await;
        assert_eq!(begun.elapsed(), Duration::from_secs(15));
        assert_eq!(error.kind(), ErrorKind::Timeout);
        assert_eq!(
            error.to_string(),
            "Cognito did not respond to Operation within 15s"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_response_of_more_than_a_mebibyte_is_not_kept() {
    let padded = |bytes: usize| format!("{{}}{}", " ".repeat(bytes - 2));
    let server = Server::that([reply(200, padded(MAX_RESPONSE_BYTES))]);
    assert!(call(&server, &SPENDS).await.is_ok());
    let server = Server::that([reply(200, padded(MAX_RESPONSE_BYTES + 1))]);
    let error = error(&server, &SPENDS).await;
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(
        error.to_string(),
        "the response of Cognito to Operation did not arrive whole"
    );
}

#[tokio::test]
async fn a_redirect_is_an_error_and_nobody_else_is_called() {
    for status in [301, 302, 303, 307, 308] {
        let redirect = Response::builder()
            .status(status)
            .header("location", "https://evil.test/");
        let server = Server::that([Reply::Response(redirect.body(Body::empty()).unwrap())]);
        let error = error(&server, &READS).await;
        assert_eq!(error.kind(), ErrorKind::Service);
        assert!(error.to_string().contains("a redirect"), "{error}");
        assert_eq!(server.calls().len(), 1);
    }
}
