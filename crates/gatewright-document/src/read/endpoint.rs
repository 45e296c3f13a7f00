//! Where the API stands: the first of `servers`.

use crate::node::Node;

/// The longest URL, in bytes: a few variables can stand for gigabytes.
const MAX_URL: usize = 8192;

/// The first server with its variables filled in. `None` without one, or if a placeholder of a template is left in it.
///
/// Exports of the years up to 2021 have a `basePath` of `/prod`, later ones of `prod`, and the default stage of an
/// HTTP API an empty one: all give exactly one slash before the base path and none after it.
pub(super) fn endpoint(root: &Node<'_>) -> Option<String> {
    let server = root.child("servers")?.items().next()?;
    let url = server.text("url")?;
    // `${AWS::Region}` of `CloudFormation`, `${region}` of Terraform, `{{region}}` of Mustache: nobody can fill them in here.
    if url.contains("${") || url.contains("{{") {
        return None;
    }
    normalise(&fill_in(&url, server.object("variables").as_ref())?)
}

/// The URL with the defaults of its variables; `None` if one has none.
fn fill_in(url: &str, variables: Option<&Node<'_>>) -> Option<String> {
    let mut filled = String::new();
    let mut rest = url;
    while let Some((before, placeholder)) = rest.split_once('{') {
        let (name, after) = placeholder.split_once('}')?;
        let default = variables?
            .object(name)?
            .text("default")
            .filter(|default| !default.contains('{'))?;
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
    if host.is_empty() {
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
        endpoint(&Node::root(&Source::new(&value)))
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
    fn placeholders_and_nonsense_give_none() {
        for servers in [
            json!([]),
            json!([{"url": "https://${id}.execute-api.${AWS::Region}.amazonaws.com/prod"}]),
            json!([{"url": "https://{{host}}/"}]),
            json!([{"url": "https://h.example/{stage}"}]),
            json!([{"url": "https://h.example/{stage}", "variables": {"stage": {"default": "{stage}{stage}"}}}]),
            json!([{"url": {"Fn::Sub": "https://${Domain}"}}]),
            json!([{"url": "/v1"}]),
            json!("https://h.example"),
            json!([{"url": ["https://h.example"]}]),
        ] {
            assert_eq!(of(&servers), None, "{servers}");
        }
    }
}
