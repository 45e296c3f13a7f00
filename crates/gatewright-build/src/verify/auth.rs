//! The authorization of a method: what its layers send, and what the gateway demands.

use gatewright_codegen::model::Scheme;

use super::Call;
use crate::Problem;
use crate::lower::auth::{API_KEY, sends};

/// The two sides have to be the same: what is missing is refused by the gateway, and what is too much asks a caller for a
/// credential that nobody needs.
pub(super) fn fault(call: &Call<'_>) -> Option<Problem> {
    let there = call.route.operation;
    let own = words(call.operation.auth.iter());
    let demanded = words(
        call.demanded
            .iter()
            .filter(|scheme| !is_argument(call, scheme)),
    );
    if own == demanded {
        return None;
    }
    let method = &call.operation.name;
    let message = format!(
        "`{method}` is authorized by {}, the document demands {}",
        list(&own),
        list(&demanded)
    );
    let says = there.security.explicit || !call.demanded.is_empty();
    let hint = if says {
        ""
    } else {
        "; where it does not say, the builder's `default_auth` or `auth` do"
    };
    Some(call.fault(&(message + hint), &there.pointer))
}

/// Whether the caller sends a token where the trait has no scheme for it: in a header or a query parameter of its own.
fn is_argument(call: &Call<'_>, scheme: &Scheme) -> bool {
    call.operation
        .args
        .iter()
        .any(|arg| sends(scheme, &arg.kind))
}

/// The schemes in the words of `#[auth]`, sorted. What the document calls them makes no difference.
fn words<'s>(schemes: impl Iterator<Item = &'s Scheme>) -> Vec<String> {
    let word = |scheme: &Scheme| match scheme {
        Scheme::Iam => "`iam`".to_owned(),
        Scheme::ApiKey => "`api_key`".to_owned(),
        Scheme::HeaderToken { header, .. } if header == "authorization" => "`bearer`".to_owned(),
        // Whoever reads it, it is sent as an API key is.
        Scheme::HeaderToken { header, .. } if header == API_KEY => "`api_key`".to_owned(),
        Scheme::HeaderToken { header, .. } => format!("a token in the header `{header}`"),
        Scheme::QueryToken { query, .. } => format!("a token in the query parameter `{query}`"),
    };
    let mut words: Vec<_> = schemes.map(word).collect();
    words.sort();
    words.dedup();
    words
}

fn list(words: &[String]) -> String {
    if words.is_empty() {
        "nothing".to_owned()
    } else {
        words.join(" and ")
    }
}
