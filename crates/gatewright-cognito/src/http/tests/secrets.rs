//! No secret of a request or a response is shown.

use std::error::Error as StdError;

use super::*;
use crate::testing::{Reply, broken_off, html, recorder, refusal, reply, reset};

/// Everything that can be printed of an error.
fn shown(error: &Error) -> String {
    let mut text = format!("{error} {error:?} {error:#?}");
    let mut source = error.source();
    while let Some(error) = source {
        text += &format!(" {error} {error:?}");
        source = error.source();
    }
    text
}

fn replies() -> [Reply; 7] {
    [
        refusal(
            "InvalidParameterException",
            "Value 'planted-password' at 'password' is wrong",
        ),
        refusal(
            "NotAuthorizedException",
            "planted-token, planted-hash and planted-secret",
        ),
        reply(200, r#"{"AccessToken": "planted-response", "#),
        reply(200, r#"["planted-response"]"#),
        html(500),
        broken_off(),
        reset(),
    ]
}

#[tokio::test]
async fn neither_errors_nor_events_show_what_was_sent_or_received() {
    recorder::start();
    let input = json!({
        "AuthParameters": {"PASSWORD": "planted-password", "SECRET_HASH": "planted-hash"},
        "ClientSecret": "planted-secret",
        "Logins": {"accounts.test": "planted-token"},
    });
    for reply in replies() {
        let server = Server::that([reply]);
        let client = client_at(&server, "https://cognito.test");
        let error = client.call(&SPENDS, &input).await.err().unwrap();
        let text = shown(&error);
        assert!(!text.contains("planted"), "{text}");
        assert!(!format!("{client:?}").contains("planted"));
    }
    tracing::trace!(alive = true);
    let recorded = recorder::recorded();
    assert!(recorded.contains("alive=true"));
    assert!(!recorded.contains("planted"), "{recorded}");
}
