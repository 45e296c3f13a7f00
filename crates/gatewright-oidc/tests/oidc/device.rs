//! Device flows, on a clock that the tests move.

use std::time::Duration;

use gatewright_oidc::{DeviceGrant, Error, ErrorKind, TokenSet};

use crate::issuer::{Issuer, Seen};
use crate::reply::{Reply, html, json, refusal, reply, token};

fn codes(more: &str) -> Reply {
    let answer = format!(
        r#"{{"device_code":"dc-hunter2","user_code":"WDJB-MJHT","verification_uri":"https://login.test/go",
            "expires_in":600{more}}}"#
    );
    json(200, answer)
}

/// What a flow comes to, and after how many seconds each poll came.
async fn run(
    codes: Reply,
    polls: impl IntoIterator<Item = Reply>,
) -> (Result<TokenSet, Error>, Vec<u64>) {
    let issuer = Issuer::replying([codes].into_iter().chain(polls));
    let flow = issuer.client().device_code().await.unwrap();
    let begun = tokio::time::Instant::now();
    let outcome = flow.wait().await;
    let polls = issuer.seen().into_iter().filter(Seen::is_for_tokens);
    let times = polls.map(|seen| (seen.at - begun).as_secs()).collect();
    (outcome, times)
}

/// The kind of its error, and after how many seconds each poll came.
async fn fails(codes: Reply, polls: impl IntoIterator<Item = Reply>) -> (ErrorKind, Vec<u64>) {
    let (outcome, times) = run(codes, polls).await;
    (outcome.unwrap_err().kind(), times)
}

fn pending() -> Reply {
    refusal("authorization_pending")
}

#[tokio::test(start_paused = true)]
async fn a_user_sees_the_code_and_the_app_gets_tokens() {
    let shown = codes(r#","verification_uri_complete":"https://login.test/go?code=WDJB-MJHT""#);
    let answer = r#"{"access_token":"at-1","token_type":"Bearer","expires_in":60,"refresh_token":"rt-1","id_token":"it-1"}"#;
    let issuer = Issuer::replying([shown, pending(), json(200, answer)]);
    let client = issuer
        .client()
        .scope("openid")
        .scope("offline_access")
        .parameter("tenant", "a");
    let flow = client.device_code().await.unwrap();
    assert_eq!(flow.user_code(), "WDJB-MJHT");
    assert_eq!(flow.verification_uri(), "https://login.test/go");
    assert_eq!(
        flow.verification_uri_complete(),
        Some("https://login.test/go?code=WDJB-MJHT")
    );
    assert_eq!(flow.expires_in(), Duration::from_secs(600));

    let tokens = flow.wait().await.unwrap();
    assert_eq!(tokens.access_token().secret(), "at-1");
    assert_eq!(tokens.id_token().unwrap().secret(), "it-1");
    assert_eq!(tokens.refresh_token(), Some("rt-1"));

    let seen = issuer.seen();
    assert_eq!(seen[0].uri, "https://login.test/device");
    assert_eq!(
        (&*seen[0].form["scope"], &*seen[0].form["tenant"]),
        ("openid offline_access", "a")
    );
    let form = &seen[2].form;
    assert_eq!(
        form["grant_type"],
        "urn:ietf:params:oauth:grant-type:device_code"
    );
    assert_eq!(
        (&*form["device_code"], &*form["client_id"], &*form["tenant"]),
        ("dc-hunter2", "cli", "a")
    );
}

#[tokio::test(start_paused = true)]
async fn polls_keep_the_interval_and_slow_down_by_five_seconds_each_time() {
    let polls = || {
        let slow_down = || refusal("slow_down");
        [
            pending(),
            slow_down(),
            pending(),
            slow_down(),
            pending(),
            token("at-1"),
        ]
    };
    let (outcome, times) = run(codes(""), polls()).await;
    assert!(outcome.is_ok());
    assert_eq!(times, [0, 5, 15, 25, 40, 55]);
    let (_, times) = run(codes(r#","interval":2"#), polls()).await;
    assert_eq!(times, [0, 2, 9, 16, 28, 40]);
}

#[tokio::test(start_paused = true)]
async fn an_interval_of_nothing_is_a_second() {
    let (_, times) = run(
        codes(r#","interval":0"#),
        [pending(), pending(), token("at-1")],
    )
    .await;
    assert_eq!(times, [0, 1, 2]);
}

#[tokio::test(start_paused = true)]
async fn a_user_who_says_no_ends_the_flow() {
    let denied = fails(codes(""), [pending(), refusal("access_denied")]).await;
    assert_eq!(denied, (ErrorKind::AccessDenied, vec![0, 5]));
}

#[tokio::test(start_paused = true)]
async fn codes_that_the_provider_calls_expired_end_the_flow() {
    let expired = fails(codes(""), [pending(), refusal("expired_token")]).await;
    assert_eq!(expired, (ErrorKind::CodeExpired, vec![0, 5]));
}

#[tokio::test(start_paused = true)]
async fn codes_expire_even_if_the_provider_does_not_say_so() {
    let issuer = Issuer::new(|seen| {
        if seen.is_for_tokens() {
            pending()
        } else {
            codes("")
        }
    });
    let begun = tokio::time::Instant::now();
    let flow = issuer.client().device_code().await.unwrap();
    tokio::time::sleep(Duration::from_secs(501)).await;
    assert_eq!(
        flow.wait().await.unwrap_err().kind(),
        ErrorKind::CodeExpired
    );
    assert_eq!(begun.elapsed().as_secs(), 600);
    assert_eq!(issuer.seen().len(), 1 + 20);
}

#[tokio::test(start_paused = true)]
async fn failures_that_pass_make_polling_slower_and_do_not_end_it() {
    let polls = [Reply::Broken, html(503), pending(), token("at-1")];
    let (outcome, times) = run(codes(""), polls).await;
    assert!(outcome.is_ok());
    assert_eq!(times, [0, 10, 30, 50]);

    let polls = [html(429).with("retry-after", "100"), token("at-1")];
    let (outcome, times) = run(codes(""), polls).await;
    assert!(outcome.is_ok());
    assert_eq!(times, [0, 110]);
}

#[tokio::test(start_paused = true)]
async fn no_failure_makes_polling_faster_than_the_provider_wants_it() {
    let polls = [Reply::Broken, pending(), token("at-1")];
    let (_, times) = run(codes(r#","interval":90"#), polls).await;
    assert_eq!(times, [0, 90, 180]);
}

#[tokio::test(start_paused = true)]
async fn failures_that_last_end_the_flow() {
    let redirect = reply(302, "").with("location", "https://evil.test/");
    for (poll, kind) in [
        (redirect, ErrorKind::Redirected),
        (html(200), ErrorKind::InvalidAnswer),
        (html(404), ErrorKind::InvalidAnswer),
        (json(200, "{}"), ErrorKind::InvalidAnswer),
        (refusal("invalid_grant"), ErrorKind::SignInRequired),
        (refusal("invalid_client"), ErrorKind::InvalidClient),
        (refusal("unsupported_grant_type"), ErrorKind::Refused),
    ] {
        assert_eq!(
            fails(codes(""), [pending(), poll]).await,
            (kind, vec![0, 5])
        );
    }
}

async fn begin(reply: Reply) -> Result<DeviceGrant, Error> {
    Issuer::replying([reply]).client().device_code().await
}

#[tokio::test]
async fn codes_that_are_unfit_to_be_shown_are_refused() {
    for (name, value) in [
        ("verification_uri", "javascript:alert(1)"),
        ("verification_uri", "file:///etc/passwd"),
        ("verification_uri_complete", "x-app://login.test/go"),
        ("verification_uri_complete", "not a page"),
        ("user_code", "\\u001b[2J"),
        ("user_code", "AB\\nCD"),
    ] {
        let mut members = serde_json::json!({
            "device_code": "dc", "user_code": "AB", "verification_uri": "https://login.test/go", "expires_in": 600,
        });
        members[name] = serde_json::from_str(&format!("\"{value}\"")).unwrap();
        let error = begin(json(200, members.to_string())).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidAnswer, "{name}: {value}");
    }
}

#[tokio::test]
async fn answers_that_hold_no_codes_are_typed_errors() {
    for (reply, kind) in [
        (json(200, "{}"), ErrorKind::InvalidAnswer),
        (codes(r#","interval":"hunter2""#), ErrorKind::InvalidAnswer),
        (
            codes(r#","interval":18446744073709551615"#),
            ErrorKind::InvalidAnswer,
        ),
        (html(200), ErrorKind::InvalidAnswer),
        (refusal("unauthorized_client"), ErrorKind::Refused),
        (html(500), ErrorKind::Unavailable),
    ] {
        let error = begin(reply).await.unwrap_err();
        assert_eq!(error.kind(), kind);
        assert!(
            !crate::issuer::everything(&error).contains("hunter2"),
            "{error:?}"
        );
    }
}

#[tokio::test]
async fn a_code_that_lives_for_ever_lives_for_a_day() {
    let codes = json(
        200,
        format!(
            r#"{{"device_code":"dc","user_code":"AB","verification_uri":"https://login.test/","expires_in":{}}}"#,
            u64::MAX
        ),
    );
    let flow = begin(codes).await.unwrap();
    assert_eq!(flow.expires_in(), Duration::from_secs(24 * 60 * 60));
}

#[tokio::test]
async fn a_provider_without_a_device_endpoint_says_so() {
    let issuer = Issuer::replying([]);
    let provider = gatewright_oidc::Provider::new("https://login.test/token", issuer.transport());
    let error = provider
        .unwrap()
        .client("cli")
        .device_code()
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unsupported);
}
