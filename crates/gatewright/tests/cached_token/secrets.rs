//! No secret in what is shown.

use gatewright::token::{ProvideToken, Token};

use crate::support::*;

#[tokio::test(start_paused = true)]
async fn no_secret_is_shown() {
    let peer = Peer::new(|call| match call {
        1 => Step::Panic,
        2 => Step::GiveToken(Token::new("planted-\u{e9}")),
        3 => Step::GiveToken(Token::new("planted-newline\n")),
        4 => Step::GiveToken(Token::new("planted").with_expiry(START)),
        _ => Step::GiveToken(Token::new("planted")),
    });
    let cache = cache(&peer);
    for _ in 0..4 {
        let error = cache.provide_token().await.unwrap_err();
        let sources = std::iter::successors(error.source(), |error| error.source());
        let shown: String = sources.map(|error| format!("{error} {error:?}")).collect();
        assert!(!format!("{error} {error:?} {shown}").contains("planted"));
        pass(secs(5)).await;
    }
    let token = cache.provide_token().await.unwrap();
    assert_eq!(token.secret(), "planted");
    assert!(!format!("{cache:?} {token:?} {:?}", policy()).contains("planted"));
}
