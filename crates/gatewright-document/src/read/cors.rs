//! `x-amazon-apigateway-cors`: what an HTTP API lets the pages of other origins do.

use crate::Cors;
use crate::node::{Field, Node};

/// Reads the CORS configuration of an HTTP API, if it has one.
pub(super) fn cors(root: &Node<'_>) -> Option<Cors> {
    let cors = root.object("x-amazon-apigateway-cors")?;
    let list = |key| {
        cors.field(key)
            .map_or_else(Vec::new, |field: Field<'_, '_>| field.texts())
    };
    Some(Cors {
        allow_origins: list("allowOrigins"),
        allow_methods: list("allowMethods"),
        allow_headers: list("allowHeaders"),
        expose_headers: list("exposeHeaders"),
        max_age: cors
            .field("maxAge")
            .and_then(|field| field.count())
            .map(|seconds| seconds as u64),
        allow_credentials: cors.flag("allowCredentials").unwrap_or_default(),
        pointer: cors.at().clone(),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::source::Source;

    #[test]
    fn the_configuration_is_read() {
        let value = json!({"x-amazon-apigateway-cors": {
            "allowOrigins": ["https://app.example"], "allowMethods": ["GET"], "allowHeaders": ["authorization"], "allowCredentials": true, "maxAge": 300,
        }});
        let found = cors(&Node::root(&Source::of(&value))).unwrap();
        assert_eq!(found.allow_origins, ["https://app.example"]);
        assert_eq!(found.max_age, Some(300));
        assert_eq!(
            (
                found.allow_methods[0].as_str(),
                found.allow_headers[0].as_str()
            ),
            ("GET", "authorization")
        );
        assert!(found.allow_credentials && found.expose_headers.is_empty());
        assert!(cors(&Node::root(&Source::of(&json!({})))).is_none());
    }
}
