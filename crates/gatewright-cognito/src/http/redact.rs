//! Texts of the server without secrets and control characters.

use std::cmp::Reverse;

use serde_json::Value;

use crate::text;

/// Members of requests that an error may show. Every other text of a request is a secret or belongs to one.
const SHOWN: [&str; 6] = [
    "AuthFlow",
    "ChallengeName",
    "ClientId",
    "IdentityId",
    "IdentityPoolId",
    "USERNAME",
];
/// Shorter texts are parts of words, and no secret of Cognito is shorter.
const SHORTEST: usize = 4;

/// `text` in one line of bounded length, without the secrets of `input`. Cognito's message about a wrong value may
/// repeat the value.
pub(super) fn shown(text: &str, input: &Value) -> String {
    let mut text = text.to_owned();
    let mut secrets = secrets(input);
    // The longest comes first: else a shorter secret inside a longer one would leave the rest of the longer one.
    secrets.sort_unstable_by_key(|secret| Reverse(secret.len()));
    for secret in secrets {
        text = text.replace(secret, "[redacted]");
    }
    text::shown(&text)
}

fn secrets(input: &Value) -> Vec<&str> {
    match input {
        Value::Object(members) => {
            let hidden = members
                .iter()
                .filter(|(name, _)| !SHOWN.contains(&name.as_str()));
            hidden.flat_map(|(_, value)| secrets(value)).collect()
        }
        Value::String(text) if text.len() >= SHORTEST => vec![text],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_value_that_the_server_repeats_is_taken_out_and_the_users_name_is_kept() {
        let input = json!({
            "ClientId": "client",
            "AuthParameters": {"USERNAME": "alice", "PASSWORD": "planted"},
            "Logins": {"accounts.test": "planted too"},
        });
        let text = "client: alice's 'planted' and 'planted too' are wrong";
        assert_eq!(
            shown(text, &input),
            "client: alice's '[redacted]' and '[redacted]' are wrong"
        );
    }

    #[test]
    fn a_value_that_begins_like_another_one_is_taken_out_whole() {
        let input = json!({ "ANSWER": "planted", "PASSWORD": "planted-too" });
        let text = shown("planted-too is wrong", &input);
        assert_eq!(text, "[redacted] is wrong");
    }
}
