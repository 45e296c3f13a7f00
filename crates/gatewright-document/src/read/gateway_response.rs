//! `x-amazon-apigateway-gateway-responses`.

use indexmap::IndexMap;

use crate::GatewayResponse;
use crate::node::Node;

/// What the headers of a gateway response begin with in its `responseParameters`.
const HEADER: &str = "gatewayresponse.header.";

/// The responses by their types, such as `DEFAULT_4XX`.
pub(super) fn gateway_responses(root: &Node<'_>) -> IndexMap<String, GatewayResponse> {
    let all = root.object("x-amazon-apigateway-gateway-responses");
    let fields = all.iter().flat_map(Node::fields);
    let read = fields.map(|field| (field.key.to_owned(), gateway_response(&field.node())));
    read.collect()
}

fn gateway_response(node: &Node<'_>) -> GatewayResponse {
    if !node.is_object() {
        return GatewayResponse::default();
    }
    let status = node
        .field("statusCode")
        .and_then(|field| field.text_of_number());
    let parameters = texts(node, "responseParameters").into_iter();
    let headers = parameters.filter_map(|(name, value)| {
        let name = name.strip_prefix(HEADER)?;
        Some((name.to_owned(), value))
    });
    GatewayResponse {
        status: status.and_then(|status| status.parse().ok()),
        headers: headers.collect(),
        templates: texts(node, "responseTemplates"),
    }
}

fn texts(node: &Node<'_>, key: &str) -> IndexMap<String, String> {
    let object = node.object(key);
    let fields = object.iter().flat_map(Node::fields);
    let texts = fields.filter_map(|field| Some((field.key.to_owned(), field.text()?)));
    texts.collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::source::Source;

    #[test]
    fn responses_are_read_by_their_types() {
        let value = json!({"x-amazon-apigateway-gateway-responses": {
            "DEFAULT_4XX": {"responseParameters": {"gatewayresponse.header.Access-Control-Allow-Origin": "'*'", "other": "x"}},
            "THROTTLED": {"statusCode": 430, "responseTemplates": {"application/json": "{}"}},
            "UNAUTHORIZED": {"statusCode": "404"},
            "WAF_FILTERED": 5,
        }});
        let source = Source::of(&value);
        let read = gateway_responses(&Node::root(&source));
        assert_eq!(
            read["DEFAULT_4XX"].headers["Access-Control-Allow-Origin"],
            "'*'"
        );
        assert_eq!(read["DEFAULT_4XX"].headers.len(), 1);
        assert_eq!(read["THROTTLED"].status, Some(430));
        assert_eq!(read["THROTTLED"].templates["application/json"], "{}");
        assert_eq!(read["UNAUTHORIZED"].status, Some(404));
        assert_eq!(read["WAF_FILTERED"], GatewayResponse::default());
        let repairs = source.finish().unwrap();
        assert_eq!(repairs.len(), 1, "{repairs:?}");
    }
}
