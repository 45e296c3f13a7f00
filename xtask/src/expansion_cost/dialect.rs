//! The same client as each of the libraries wants it written.

use super::source::{Argument, Endpoint};

/// How a library wants a client written.
pub(super) struct Dialect {
    pub(super) name: &'static str,
    /// Whether it comes from the registry, and is measured on demand only.
    pub(super) is_peer: bool,
    /// Of `Cargo.toml`; `{root}` is this workspace.
    pub(super) dependencies: &'static str,
    /// What stands before the trait, and the trait up to its first method.
    pub(super) begin: &'static str,
    /// A method of the trait.
    pub(super) method: fn(&Endpoint) -> String,
    /// What stands after the trait and holds the methods of `implementation`; nothing, where a macro writes that.
    pub(super) client: &'static str,
    /// A method of the client.
    pub(super) implementation: Option<fn(&Endpoint) -> String>,
}

pub(super) const GATEWRIGHT: Dialect = Dialect {
    name: "gatewright",
    is_peer: false,
    dependencies: "gatewright = { path = \"{root}/crates/gatewright\", default-features = false, features = [\"macros\"] }\n\
                   serde = { version = \"1\", features = [\"derive\"] }",
    begin: "#[gatewright::rest_endpoint]\npub trait Things {",
    method: |endpoint| {
        let verb = endpoint.verb().to_ascii_lowercase();
        let arguments = endpoint.arguments(|argument| match argument {
            Argument::Path => "",
            Argument::Query => "#[query] ",
            Argument::Header => "#[header(\"x-trace\")] ",
            Argument::Body => "#[body] ",
        });
        let (name, path) = (endpoint.name(), endpoint.path());
        format!(
            "    #[{verb}({path:?})]\n    async fn {name}(&self, {arguments}) -> gatewright::Result<Thing>;\n"
        )
    },
    client: "",
    implementation: None,
};

pub(super) const BY_HAND: Dialect = Dialect {
    name: "by-hand",
    is_peer: false,
    dependencies: "gatewright = { path = \"{root}/crates/gatewright\", default-features = false, features = [\"client\"] }\n\
                   serde = { version = \"1\", features = [\"derive\"] }",
    begin: "pub trait Things {",
    method: |endpoint| format!("    {};\n", signature_by_hand(endpoint)),
    client: "pub struct ThingsClient<S> {\n    rest: gatewright::client::RestClient<S>,\n}\n\n\
             impl<S> ThingsClient<S> {\n    pub fn new(service: S, base: gatewright::BaseUrl) -> Self {\n        \
             Self { rest: gatewright::client::RestClient::new(service, base) }\n    }\n}\n\n\
             impl<S: gatewright::HttpService> Things for ThingsClient<S> {",
    implementation: Some(|endpoint| {
        let (name, path, verb) = (
            endpoint.name(),
            endpoint.path(),
            endpoint.verb().to_ascii_lowercase(),
        );
        let last = if endpoint.has_body() {
            ".body(thing)"
        } else {
            ".query(\"cursor\", &cursor)"
        };
        format!(
            "    {} {{\n        self.rest.{verb}({name:?}, {path:?}, gatewright::Auth::NONE).path(\"group\", &group)\
             .query(\"limit\", &limit).header(\"x-trace\", &trace){last}.call()\n    }}\n",
            signature_by_hand(endpoint)
        )
    }),
};

fn signature_by_hand(endpoint: &Endpoint) -> String {
    let (name, arguments) = (endpoint.name(), endpoint.arguments(|_| ""));
    format!(
        "fn {name}(&self, {arguments}) -> impl Future<Output = gatewright::Result<Thing>> + Send"
    )
}

pub(super) const CONJURE: Dialect = Dialect {
    name: "conjure",
    is_peer: true,
    dependencies: "conjure-http = \"=5.20.0\"\nconjure-error = \"=5.20.0\"\nserde = { version = \"1\", features = [\"derive\"] }",
    begin: "use conjure_error::Error;\nuse conjure_http::client::{AsyncClient, AsyncService, ConjureRuntime, StdResponseDeserializer};\n\
            use conjure_http::{conjure_client, endpoint};\n\n#[conjure_client]\npub trait Things {",
    method: |endpoint| {
        let verb = endpoint.verb();
        let arguments = endpoint.arguments(|argument| match argument {
            Argument::Path => "#[path] ",
            Argument::Query => "#[query(name = {name})] ",
            Argument::Header => "#[header(name = \"x-trace\")] ",
            Argument::Body => "#[body] ",
        });
        let (name, path) = (endpoint.name(), endpoint.path());
        format!(
            "    #[endpoint(method = {verb}, path = {path:?}, accept = StdResponseDeserializer)]\n    \
             async fn {name}(&self, {arguments}) -> Result<Thing, Error>;\n"
        )
    },
    client: "",
    implementation: None,
};

pub(super) const FEIGNHTTP: Dialect = Dialect {
    name: "feignhttp",
    is_peer: true,
    dependencies: "feignhttp = { version = \"=0.6.3\", features = [\"reqwest-json\"] }\nserde = { version = \"1\", features = [\"derive\"] }",
    begin: "use feignhttp::FeignClientBuilder as _;\n\n#[feignhttp::feign(url = \"http://localhost\")]\npub trait Things {",
    method: |endpoint| {
        let verb = endpoint.verb().to_ascii_lowercase();
        let arguments = endpoint.arguments(|argument| match argument {
            Argument::Path => "#[path] ",
            Argument::Query => "#[query] ",
            Argument::Header => "#[header(name = \"x-trace\")] ",
            Argument::Body => "#[body] ",
        });
        let (name, path) = (endpoint.name(), endpoint.path());
        format!(
            "    #[{verb}({path:?})]\n    async fn {name}(&self, {arguments}) -> feignhttp::Result<Thing>;\n"
        )
    },
    client: "",
    implementation: None,
};
