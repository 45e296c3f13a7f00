//! Where the API stands: the first of `servers`, in Swagger 2.0 scheme, host and base path.

use crate::node::Node;
use crate::read::swagger;
use crate::version::Version;

/// The longest URL, in bytes: a few variables can stand for gigabytes.
const MAX_URL: usize = 8192;

/// The first server with its variables filled in. `None` without one, or if a placeholder of a template is left in it.
///
/// Exports of the years up to 2021 have a `basePath` of `/prod`, later ones of `prod`, and the default stage of an
/// HTTP API an empty one: all give exactly one slash before the base path and none after it.
pub(super) fn endpoint(root: &Node<'_>) -> Option<String> {
    let url = match root.source().version() {
        Version::OpenApi3 => server(root)?,
        Version::Swagger2 => swagger::address::url(root)?,
    };
    normalise(&url)
}

fn server(root: &Node<'_>) -> Option<String> {
    let server = root.child("servers")?.items().next()?;
    let url = server.text("url")?;
    // `${AWS::Region}` of `CloudFormation`, `${region}` of Terraform, `{{region}}` of Mustache: nobody can fill them in here.
    if url.contains("${") || url.contains("{{") {
        return None;
    }
    fill_in(&url, server.object("variables").as_ref())
}

/// The URL with the defaults of its variables; `None` if one has none.
fn fill_in(url: &str, variables: Option<&Node<'_>>) -> Option<String> {
    let mut filled = String::new();
    let mut rest = url;
    while let Some((before, placeholder)) = rest.split_once('{') {
        let (name, after) = placeholder.split_once('}')?;
        let variable = variables?.object(name)?;
        let default = variable
            .field("default")
            .filter(|field| !field.value.is_object())?;
        let default = default.text()?;
        filled = filled + before + &default;
        if filled.len() > MAX_URL {
            return None;
        }
        rest = after;
    }
    Some(filled + rest)
}

fn normalise(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let path = path.trim_matches('/');
    let in_host = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:[]".contains(&byte);
    // What a URL cannot hold (RFC 3986, appendix A) is a placeholder that was left in it.
    let in_path = |byte: u8| byte.is_ascii_graphic() && !b"<>{}\"\\^`|".contains(&byte);
    if host.is_empty() || !host.bytes().all(in_host) || !path.bytes().all(in_path) {
        return None;
    }
    let slash = if path.is_empty() { "" } else { "/" };
    Some(format!("{scheme}://{host}{slash}{path}"))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::source::Source;

    fn of(servers: &Value) -> Option<String> {
        let value = json!({ "servers": servers });
        endpoint(&Node::root(&Source::of(&value)))
    }

    #[test]
    fn a_base_path_gets_one_slash() {
        for (default, expected) in [
            ("prod", "https://h.example/prod"),
            ("/prod", "https://h.example/prod"),
            ("/v1/prod/", "https://h.example/v1/prod"),
            ("", "https://h.example"),
        ] {
            let servers = json!([{"url": "https://h.example/{basePath}", "variables": {"basePath": {"default": default}}}]);
            assert_eq!(of(&servers).unwrap(), expected);
        }
    }

    #[test]
    fn swagger_has_scheme_host_and_base_path() {
        let host = "a1.execute-api.eu-west-1.amazonaws.com";
        for (address, expected) in [
            (
                json!({"host": host, "basePath": "/prod", "schemes": ["https"]}),
                Some("https://a1.execute-api.eu-west-1.amazonaws.com/prod"),
            ),
            (
                json!({"host": "h.example", "basePath": "v1/"}),
                Some("https://h.example/v1"),
            ),
            (
                json!({"host": "h.example:8443", "schemes": ["http", "https"]}),
                Some("https://h.example:8443"),
            ),
            (
                json!({"host": "h.example", "basePath": "/", "schemes": ["http"]}),
                Some("http://h.example"),
            ),
            (json!({"host": "h.example", "schemes": ["wss"]}), None),
            (json!({"basePath": "/prod"}), None),
            (
                json!({"host": "{{id}}.execute-api.eu-west-1.amazonaws.com"}),
                None,
            ),
            (
                json!({"host": "<api-id>.execute-api.<region>.amazonaws.com"}),
                None,
            ),
            (
                json!({"host": {"Fn::Sub": "${Api}.example"}, "basePath": "/prod"}),
                None,
            ),
            (json!({"host": "h.example", "basePath": "/${stage}"}), None),
            (
                json!({"host": "h.example", "basePath": {"Ref": "Stage"}}),
                None,
            ),
            (json!({"host": "user@h.example"}), None),
            (json!({"host": ["h.example"]}), None),
        ] {
            let mut value = address.clone();
            value["swagger"] = json!("2.0");
            assert_eq!(
                endpoint(&Node::root(&Source::of(&value))).as_deref(),
                expected,
                "{address}"
            );
        }
    }

    #[test]
    fn placeholders_and_nonsense_give_none() {
        for servers in [
            json!([]),
            json!([{"url": "https://${id}.execute-api.${AWS::Region}.amazonaws.com/prod"}]),
            json!([{"url": "https://{{host}}/"}]),
            json!([{"url": "https://h.example/{stage}"}]),
            json!([{"url": "https://h.example/{stage}", "variables": {"stage": {"default": "{stage}{stage}"}}}]),
            json!([{"url": {"Fn::Sub": "https://${Domain}"}}]),
            json!([{"url": "/v1"}]),
            json!([{"url": "https://<api-id>.execute-api.<region>.amazonaws.com/prod"}]),
            json!([{"url": "https://h.example/{stage}", "variables": {"stage": {"default": {"Ref": "Stage"}}}}]),
            json!([{"url": "https://h.example/a b"}]),
            json!("https://h.example"),
            json!([{"url": ["https://h.example"]}]),
        ] {
            assert_eq!(of(&servers), None, "{servers}");
        }
    }
}
