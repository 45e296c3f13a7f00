//! What `Cors` and `CorsConfiguration` of an API of AWS SAM add: the preflights of a REST API, the configuration of an HTTP API.

use super::layered::{Layered, flag};
use super::operation::path_parameters;
use super::paths::{INTEGRATION, is_method};
use super::{Draft, object, string};
use crate::ApiKind;
use crate::value::{Object, Value};

impl Draft {
    pub(super) fn add_cors(&mut self, properties: &Layered<'_>) {
        match self.kind {
            ApiKind::Rest => self.add_preflights(&properties.get("Cors")),
            ApiKind::Http => self.add_configuration(&properties.get("CorsConfiguration")),
        }
    }

    /// Adds `OPTIONS` to each path that has none.
    fn add_preflights(&mut self, cors: &Layered<'_>) {
        let Some((_, at)) = cors.value() else {
            return;
        };
        let mut paths = match self.document.take("paths") {
            Some(Value::Object(paths)) => paths,
            Some(other) => return self.document.set("paths", other),
            None => return,
        };
        for (path, item) in paths.iter_mut() {
            let Value::Object(item) = item else { continue };
            if item.get("options").is_none() && item.get("$ref").is_none() {
                let methods = methods(item);
                let parameters = path_parameters(path, self.version);
                item.set("options", preflight(cors, &methods, parameters));
                self.moved(&["paths", path, "options"], at.clone());
            }
        }
        self.document.set("paths", Value::Object(paths));
    }

    fn add_configuration(&mut self, cors: &Layered<'_>) {
        let Some((value, at)) = cors.value() else {
            return;
        };
        let key = "x-amazon-apigateway-cors";
        let configuration = match value {
            Value::Bool(true) => {
                let all = Value::Array([string("*")].into());
                object([("allowOrigins", all)])
            }
            _ => {
                let names = [
                    ("AllowOrigins", "allowOrigins"),
                    ("AllowHeaders", "allowHeaders"),
                    ("AllowMethods", "allowMethods"),
                    ("ExposeHeaders", "exposeHeaders"),
                    ("MaxAge", "maxAge"),
                    ("AllowCredentials", "allowCredentials"),
                ];
                let members = names.into_iter().filter_map(|(name, key)| {
                    let (value, _) = cors.get(name).value()?;
                    Some((key, value.clone()))
                });
                object(members)
            }
        };
        self.document.set(key, configuration);
        self.moved(&[key], at);
    }
}

/// The methods of a path, as `Access-Control-Allow-Methods` has them: `'GET,OPTIONS'`.
fn methods(item: &Object) -> String {
    let is_any = item.get(super::operation::ANY_METHOD).is_some();
    let methods = item.iter().filter(|(key, _)| is_method(key));
    let mut methods: Vec<_> = if is_any {
        let all = ["DELETE", "GET", "HEAD", "PATCH", "POST", "PUT"];
        all.map(str::to_owned).into()
    } else {
        methods.map(|(key, _)| key.to_uppercase()).collect()
    };
    methods.push("OPTIONS".to_owned());
    methods.sort();
    methods.dedup();
    format!("'{}'", methods.join(","))
}

/// The mock of a preflight ("Enable CORS on a resource", API Gateway developer guide).
fn preflight(cors: &Layered<'_>, methods: &str, parameters: Value) -> Value {
    let written = |key| Some(cors.get(key).value()?.0.clone());
    let origin = match cors.value() {
        Some((text @ Value::String(_), _)) => Some(text.clone()),
        _ => written("AllowOrigin"),
    };
    let credentials = cors.get("AllowCredentials").value();
    let credentials = credentials.filter(|(value, _)| flag(value) == Some(true));
    let headers = [
        ("Origin", origin),
        ("Headers", written("AllowHeaders")),
        (
            "Methods",
            Some(written("AllowMethods").unwrap_or_else(|| string(methods))),
        ),
        ("Credentials", credentials.map(|_| string("'true'"))),
    ];
    let set = headers.into_iter().filter_map(|(name, value)| {
        let header = format!("method.response.header.Access-Control-Allow-{name}");
        Some((header, value?))
    });
    let set: Vec<_> = set.collect();
    let set = set
        .iter()
        .map(|(name, value)| (name.as_str(), value.clone()));
    let response = object([
        ("statusCode", string("200")),
        ("responseParameters", object(set)),
    ]);
    let integration = object([
        ("type", string("mock")),
        ("responses", object([("default", response)])),
    ]);
    let described = object([("description", string("The preflight of a browser"))]);
    object([
        ("parameters", parameters),
        ("responses", object([("200", described)])),
        (INTEGRATION, integration),
    ])
}
