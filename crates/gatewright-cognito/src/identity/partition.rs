//! The key of an identity id in the store.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use gatewright_core::kit::jwt::Claims;
use sha2::{Digest, Sha256};

use crate::api::Logins;

/// The key for a guest.
pub(crate) const GUEST: &str = "guest";

/// The key of the identity id of these logins. It differs between users, and stays the same when tokens are renewed.
/// It is a hash, so the store does not show a user's names at other providers.
///
/// A token without issuer and subject is hashed itself. The next token has another key then, which costs one call and
/// gives the same id.
pub(super) fn partition(logins: &Logins) -> String {
    if logins.is_empty() {
        return GUEST.to_owned();
    }
    let mut hash = Sha256::new();
    for (name, token) in logins {
        let claims = Claims::read(token.expose());
        add(&mut hash, name);
        match claims.as_ref().and_then(Claims::subject) {
            Some((issuer, subject)) => {
                add(&mut hash, issuer);
                add(&mut hash, subject);
            }
            None => add(&mut hash, token.expose()),
        }
    }
    URL_SAFE_NO_PAD.encode(hash.finalize())
}

/// With its length, so that no text runs into the next one.
fn add(hash: &mut Sha256, text: &str) {
    hash.update((text.len() as u64).to_be_bytes());
    hash.update(text);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Secret;

    fn jwt(claims: &str) -> String {
        format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(claims))
    }

    fn one(name: &str, token: &str) -> String {
        partition(&Logins::from([(name.to_owned(), Secret::from(token))]))
    }

    #[test]
    fn renewed_tokens_keep_the_partition_and_other_people_have_another() {
        let of = |sub: &str, exp: u64| {
            let claims = format!(r#"{{"iss":"https://a.test","sub":"{sub}","exp":{exp}}}"#);
            one("a.test", &jwt(&claims))
        };
        assert_eq!(of("ann", 1), of("ann", 2));
        assert_ne!(of("ann", 1), of("bob", 1));
        assert_ne!(of("ann", 1), GUEST);
    }

    #[test]
    fn the_same_subject_of_two_issuers_is_two_people() {
        let a = one("login.test", &jwt(r#"{"iss":"https://a.test","sub":"7"}"#));
        let b = one("login.test", &jwt(r#"{"iss":"https://b.test","sub":"7"}"#));
        assert_ne!(a, b);
    }

    #[test]
    fn no_text_runs_into_the_next_one() {
        let a = one("x", &jwt(r#"{"iss":"ab","sub":"c"}"#));
        let b = one("x", &jwt(r#"{"iss":"a","sub":"bc"}"#));
        assert_ne!(a, b);
    }

    #[test]
    fn an_opaque_token_is_told_apart_and_not_shown() {
        let partition = one("graph.facebook.com", "planted-token");
        assert_ne!(partition, one("graph.facebook.com", "another"));
        assert!(!partition.contains("planted"));
        assert_eq!(partition.len(), 43);
    }
}
