//! What the URL of an API's endpoint tells.

/// The path after the host, without its first slash: the stage, or the base path of a custom domain.
pub(crate) fn path(endpoint: &str) -> &str {
    let after_scheme = endpoint
        .split_once("://")
        .map_or(endpoint, |(_, rest)| rest);
    after_scheme.split_once('/').map_or("", |(_, path)| path)
}

/// The host, with its port if it has one; `None` of no URL.
pub(crate) fn host(endpoint: &str) -> Option<&str> {
    let (_, rest) = endpoint.split_once("://")?;
    rest.split('/').next().filter(|host| !host.is_empty())
}

/// The region in `{id}.execute-api.{region}.amazonaws.com`; a custom domain does not tell one.
pub(crate) fn region(endpoint: &str) -> Option<&str> {
    let (_, rest) = endpoint.split_once(".execute-api.")?;
    let (region, _) = rest.split_once('.')?;
    Some(region)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stage_is_the_path() {
        assert_eq!(
            path("https://a1.execute-api.eu-west-1.amazonaws.com/prod"),
            "prod"
        );
        assert_eq!(path("https://api.example.com/v1/pets"), "v1/pets");
        assert_eq!(path("https://api.example.com"), "");
        assert_eq!(path(""), "");
    }

    #[test]
    fn the_host_has_no_path() {
        assert_eq!(host("https://a.example/prod"), Some("a.example"));
        assert_eq!(host("/prod"), None);
    }

    #[test]
    fn the_region_is_in_the_host_of_the_service() {
        assert_eq!(
            region("https://a1.execute-api.eu-west-1.amazonaws.com/prod"),
            Some("eu-west-1")
        );
        assert_eq!(
            region("https://v.execute-api.us-east-2.vpce.amazonaws.com"),
            Some("us-east-2")
        );
        assert_eq!(region("https://api.example.com/prod"), None);
    }
}
