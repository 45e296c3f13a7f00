//! The canonical request: the one form of a request that both sides sign.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};

use crate::call::Call;
use crate::query;

/// Everything is encoded but the unreserved characters of RFC 3986.
pub(super) const STRICT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');
pub(super) const STRICT_PATH: &AsciiSet = &STRICT.remove(b'/');

/// Headers whose values are credentials.
const SECRET_HEADERS: [&str; 5] = [
    "authorization",
    "cookie",
    "proxy-authorization",
    "x-amz-security-token",
    "x-api-key",
];

/// Whether the values of secret headers are written out. They are for the hash, and not for a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Secrets {
    Kept,
    Hidden,
}

/// `signed` holds the names of the signed headers in lower case and sorted.
pub(super) fn canonical_request(
    call: Call<'_>,
    signed: &[String],
    payload: &str,
    secrets: Secrets,
) -> String {
    let method = call.parts.method.as_str();
    let path = canonical_path(call.parts.uri.path());
    let query = canonical_query(signed_query(call).as_deref());
    let query = match secrets {
        Secrets::Kept => query,
        Secrets::Hidden => without_token(&query),
    };
    let headers: String = signed
        .iter()
        .map(|name| header_line(call, name, secrets))
        .collect();
    let names = signed.join(";");
    format!("{method}\n{path}\n{query}\n{headers}\n{names}\n{payload}")
}

/// The path as it was sent, without empty and dot segments, encoded once more: `%20` becomes `%2520`. That second encoding
/// is the rule for every service but S3.
pub(super) fn canonical_path(path: &str) -> String {
    let mut kept = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(kept.pop()),
            other => kept.push(other),
        }
    }
    let end = if path.ends_with('/') && !kept.is_empty() {
        "/"
    } else {
        ""
    };
    let normal = format!("/{}{end}", kept.join("/"));
    percent_encode(normal.as_bytes(), STRICT_PATH).to_string()
}

/// The query without the signature of a presigned URL, which is of all the rest.
pub(super) fn signed_query<'a>(call: Call<'a>) -> Option<Cow<'a, str>> {
    let query = call.parts.uri.query()?;
    if !query.contains("X-Amz-Signature=") {
        return Some(query.into());
    }
    let kept = query
        .split('&')
        .filter(|pair| !pair.starts_with("X-Amz-Signature="));
    Some(kept.collect::<Vec<_>>().join("&").into())
}

/// A query that shows no session token.
fn without_token(query: &str) -> String {
    let name = "X-Amz-Security-Token=";
    let pairs = query.split('&').map(|pair| match pair.starts_with(name) {
        true => format!("{name}(hidden)"),
        false => pair.to_owned(),
    });
    pairs.collect::<Vec<_>>().join("&")
}

/// The pairs decoded, encoded strictly and sorted.
pub(super) fn canonical_query(query: Option<&str>) -> String {
    let encode = |bytes: Vec<u8>| percent_encode(&bytes, STRICT).to_string();
    let pairs = query::pairs(query).into_iter();
    let mut pairs: Vec<_> = pairs
        .map(|(name, value)| (encode(name), encode(value)))
        .collect();
    pairs.sort();
    let pairs: Vec<_> = pairs
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    pairs.join("&")
}

/// The lines of the signed headers, as if the host had been this one.
pub(super) fn header_lines(call: Call<'_>, signed: &[String], host: &str) -> String {
    let line = |name: &String| match name.as_str() {
        "host" => format!("host:{host}\n"),
        name => header_line(call, name, Secrets::Kept),
    };
    signed.iter().map(line).collect()
}

/// `name:value` with the values of a repeated header joined by commas.
fn header_line(call: Call<'_>, name: &str, secrets: Secrets) -> String {
    if secrets == Secrets::Hidden && SECRET_HEADERS.contains(&name) {
        return format!("{name}:(hidden)\n");
    }
    if name == "host" {
        return format!("host:{}\n", call.host().unwrap_or_default());
    }
    let values = call.parts.headers.get_all(name).iter();
    let values: Vec<_> = values
        .map(|value| trim_all(&String::from_utf8_lossy(value.as_bytes())))
        .collect();
    format!("{name}:{}\n", values.join(","))
}

/// Without spaces around, and with one for every run of spaces.
fn trim_all(value: &str) -> String {
    let words: Vec<_> = value
        .trim()
        .split(' ')
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{call, get};

    #[test]
    fn the_sent_path_is_encoded_once_more() {
        let cases = [
            ("/", "/"),
            ("/prod/a%20b", "/prod/a%2520b"),
            ("/prod/a%2Fb", "/prod/a%252Fb"),
            ("/$default/%40connections", "/%24default/%2540connections"),
            ("/a:b@c+d", "/a%3Ab%40c%2Bd"),
            ("//a///b/", "/a/b/"),
            ("/a/./b/../c", "/a/c"),
            ("/..", "/"),
            ("/-._~", "/-._~"),
        ];
        for (sent, canonical) in cases {
            assert_eq!(canonical_path(sent), canonical, "{sent}");
        }
    }

    #[test]
    fn the_query_is_decoded_encoded_and_sorted() {
        let cases = [
            ("b=2&a=1", "a=1&b=2"),
            ("a=2&a=1&A=3", "A=3&a=1&a=2"),
            ("a=x+y&b=%2b", "a=x%20y&b=%2B"),
            ("flag&&e=", "e=&flag="),
            ("q='(*)!'&c=%c3%a4", "c=%C3%A4&q=%27%28%2A%29%21%27"),
            ("x=%FF", "x=%FF"),
            ("x=%zz", "x=%25zz"),
        ];
        for (sent, canonical) in cases {
            assert_eq!(canonical_query(Some(sent)), canonical, "{sent}");
        }
    }

    #[test]
    fn headers_are_trimmed_joined_and_hidden_where_secret() {
        let mut request = get("/");
        request
            .headers
            .append("x-list", "  a   b ".parse().unwrap());
        request.headers.append("x-list", "c".parse().unwrap());
        request
            .headers
            .insert("x-amz-security-token", "hush".parse().unwrap());
        let call = call(&request, b"");
        assert_eq!(header_line(call, "x-list", Secrets::Kept), "x-list:a b,c\n");
        assert_eq!(
            header_line(call, "x-amz-security-token", Secrets::Kept),
            "x-amz-security-token:hush\n"
        );
        assert_eq!(
            header_line(call, "x-amz-security-token", Secrets::Hidden),
            "x-amz-security-token:(hidden)\n"
        );
    }
}
