//! APIs of AWS SAM: what its translator makes of an `AWS::Serverless::Api` or `AWS::Serverless::HttpApi`, as far as a caller
//! notices ("AWS SAM resources and properties").

mod auth;
mod authorizer;
mod cors;
pub(super) mod events;
mod layered;
mod operation;
mod paths;

use super::choose::Api;
use super::external::Elsewhere;
use super::plain::add_key_source;
use super::scope::Scope;
use super::settle::{Settled, settle};
use super::{external, place, properties, settled};
use crate::error::Problem;
use crate::places::{ApiOfTemplate, Body, Places};
use crate::value::{Members, Object, Value};
use crate::version::Version;
use crate::{ApiKind, Pointer, Repair};
use events::Event;
use layered::Layered;

/// An API on the way from its template to its document.
struct Draft {
    document: Object,
    version: Version,
    kind: ApiKind,
    /// Whether events count for operations that the body describes (`MergeDefinitions`).
    merges: bool,
    places: Places,
    notes: Vec<Repair>,
}

/// The document of an API.
pub(super) fn body(
    api: &Api,
    globals: Value,
    resources: &mut Object,
    scope: &Scope,
    files: &mut Elsewhere<'_>,
) -> Result<Body, Problem> {
    let globals = globals_of(api, globals, resources);
    let own = properties(resources, &api.id).map(std::mem::take);
    let mut own = Value::Object(own.unwrap_or_default());
    let at = place(&api.id).key("Properties");
    let mut written = definition(&mut own, &at, files)?;
    let mut notes = Vec::new();
    let mut part = |mut value: Value, at: &Pointer| {
        let Settled { notes: more, .. } = settle(&mut value, at, scope);
        notes.extend(more);
        value
    };
    let (globals_value, globals_at) = globals;
    let own = part(own, &at);
    let globals = part(globals_value, &globals_at);
    let layered = Layered::new((&own, at.clone()), (&globals, globals_at));
    if let Some((location, at)) = layered.get("DefinitionUri").value() {
        written = Some(files.document(at, location)?);
    }
    let is_written = written.is_some();
    let body = match written {
        Some((body, at)) => settled(body, at, scope),
        None => skeleton(api, &layered),
    };
    let mut draft = Draft::new(api, body, notes)?;
    let events = events::of(api, resources, scope, &mut draft.notes);
    draft.complete(&events, is_written, &layered)?;
    Ok(draft.finish(api))
}

/// The section of `Globals` that counts for an API, and where it stands.
fn globals_of(api: &Api, mut globals: Value, resources: &Object) -> (Value, Pointer) {
    let name = match api.kind {
        Api::SERVERLESS_HTTP => "HttpApi",
        _ => "Api",
    };
    let at = Pointer::root().key("Globals").key(name);
    let ignored = resources.get(&api.id);
    let ignored = ignored.and_then(|resource| resource.get("IgnoreGlobals"));
    let section = match &mut globals {
        Value::Object(globals) => globals.take(name),
        _ => None,
    };
    let section = match (section, ignored) {
        (Some(_), Some(Value::String(all))) if &**all == "*" => Value::Null,
        (Some(Value::Object(section)), Some(Value::Array(ignored))) => {
            let mut members = Members::default();
            let is_ignored = |key: &str| ignored.iter().any(|name| name.as_str() == Some(key));
            for (key, value) in section.into_members() {
                if !is_ignored(&key) {
                    members.insert(key, value);
                }
            }
            Value::Object(members.into_object())
        }
        (section, _) => section.unwrap_or_default(),
    };
    (section, at)
}

/// The body that the template, or a file that it includes, has for the API, and where it is.
fn definition(
    own: &mut Value,
    at: &Pointer,
    files: &mut Elsewhere<'_>,
) -> Result<Option<(Value, Pointer)>, Problem> {
    let Value::Object(own) = own else {
        return Ok(None);
    };
    let body = own.take("DefinitionBody");
    let Some(body) = body.filter(|body| !body.is_null()) else {
        return Ok(None);
    };
    let at = at.key("DefinitionBody");
    match external::included_body(&body) {
        Some(file) => files.document(at, &Value::String(file.into())).map(Some),
        None => Ok(Some((body, at))),
    }
}

/// The document of an API without a body, before there is anything in it.
fn skeleton(api: &Api, properties: &Layered<'_>) -> Body {
    let is_known = |text: &&str| !text.contains("${");
    let text = |key| {
        let (value, _) = properties.get(key).value()?;
        value.as_str().filter(is_known).map(str::to_owned)
    };
    let version = properties.get("OpenApiVersion").value();
    let version = version.and_then(|(value, _)| match value {
        Value::Number(number) => Some(number.to_string()),
        other => other.as_str().map(str::to_owned),
    });
    let version = match version {
        Some(version) if version.starts_with('3') => ("openapi", version),
        _ if api.kind == Api::SERVERLESS_HTTP => ("openapi", "3.0.1".to_owned()),
        _ => ("swagger", "2.0".to_owned()),
    };
    let mut info = vec![
        ("title", string(&text("Name").unwrap_or(api.id.clone()))),
        ("version", string("1.0")),
    ];
    if let Some(description) = text("Description") {
        info.push(("description", string(&description)));
    }
    Body {
        value: object([
            (version.0, string(&version.1)),
            ("info", object(info)),
            ("paths", object([])),
        ]),
        places: Places {
            base: place(&api.id),
            moved: Vec::new(),
        },
        ..Body::default()
    }
}

impl Draft {
    fn new(api: &Api, body: Body, mut notes: Vec<Repair>) -> Result<Self, Problem> {
        let version = Version::of(&body.value);
        let Value::Object(document) = body.value else {
            let text = "is no object, so it is no OpenAPI document";
            return Err(Problem::pointer(body.places.base, text));
        };
        notes.extend(body.notes);
        Ok(Self {
            document,
            version,
            kind: api.api_kind(),
            merges: false,
            places: body.places,
            notes,
        })
    }

    /// Adds what the events of functions and the properties of the API say, in the order of the translator.
    fn complete(
        &mut self,
        events: &[Event],
        is_written: bool,
        properties: &Layered<'_>,
    ) -> Result<(), Problem> {
        self.merges = properties.get("MergeDefinitions").flag() == Some(true);
        let adds_routes = !is_written || self.kind == ApiKind::Http || self.merges;
        let overrides_auth = |event: &&Event| {
            let auth = event.properties().get("Auth");
            auth.and_then(|auth| auth.get("OverrideApiAuth")) == Some(&Value::Bool(true))
        };
        let mut auth = auth::Auth::of(properties, self.kind);
        if adds_routes {
            self.add_routes(events, &mut auth)?;
        } else {
            for event in events.iter().filter(overrides_auth) {
                self.override_auth(event, &mut auth)?;
            }
        }
        self.add_models(properties);
        self.add_cors(properties);
        auth.apply(self)?;
        self.add_media_types(properties);
        if let Some((Value::Object(own), _)) = properties.value() {
            let mut document = Value::Object(std::mem::take(&mut self.document));
            add_key_source(&mut document, own);
            if let Value::Object(object) = document {
                self.document = object;
            }
        }
        Ok(())
    }

    /// The models of the API, which AWS SAM names in lower case.
    fn add_models(&mut self, properties: &Layered<'_>) {
        let models = properties.get("Models");
        let named = models.keys().into_iter().filter_map(|name| {
            let (model, at) = models.get(name).value()?;
            Some((name.to_lowercase(), model.clone(), at))
        });
        let named = named.collect();
        self.put_all(self.schemas(), named);
    }

    fn add_media_types(&mut self, properties: &Layered<'_>) {
        let types = properties.get("BinaryMediaTypes");
        let texts = types.items().filter_map(Value::as_str);
        // A key of a swagger cannot hold a slash in every tool, so people escape it; the translator takes that back.
        let texts: Vec<_> = texts.map(|text| string(&text.replace("~1", "/"))).collect();
        if !texts.is_empty() {
            let key = "x-amazon-apigateway-binary-media-types";
            self.document.set(key, Value::Array(texts.into()));
        }
    }

    fn schemas(&self) -> &'static [&'static str] {
        match self.version {
            Version::OpenApi3 => &["components", "schemas"],
            Version::Swagger2 => &["definitions"],
        }
    }

    fn security_schemes(&self) -> &'static [&'static str] {
        match self.version {
            Version::OpenApi3 => &["components", "securitySchemes"],
            Version::Swagger2 => &["securityDefinitions"],
        }
    }

    /// Puts members into an object of the document, and notes where they stand in the file.
    fn put_all(&mut self, section: &[&str], added: Vec<(String, Value, Pointer)>) {
        if added.is_empty() {
            return;
        }
        let mut inner = Value::Object(std::mem::take(&mut self.document));
        let mut members = Members::default();
        if let Some(Value::Object(written)) = member(&mut inner, section).map(std::mem::take) {
            for (key, value) in written.into_members() {
                members.insert(key, value);
            }
        }
        for (name, value, at) in added {
            self.moved(&[section, &[&name]].concat(), at);
            members.insert(name.as_str().into(), value);
        }
        if let Value::Object(mut document) = inner {
            put(&mut document, section, Value::Object(members.into_object()));
            self.document = document;
        }
    }

    fn moved(&mut self, way: &[&str], at: Pointer) {
        let pointer = way
            .iter()
            .fold(Pointer::root(), |pointer, key| pointer.key(key));
        self.places.moved.push((pointer, at));
    }

    fn finish(self, api: &Api) -> Body {
        Body {
            value: Value::Object(self.document),
            places: self.places,
            notes: self.notes,
            api: Some(ApiOfTemplate {
                id: api.id.clone(),
                kind: self.kind,
            }),
            ..Body::default()
        }
    }
}

fn member<'a>(value: &'a mut Value, way: &[&str]) -> Option<&'a mut Value> {
    way.iter().try_fold(value, |value, key| match value {
        Value::Object(object) => object.get_mut(key),
        _ => None,
    })
}

fn put(object: &mut Object, way: &[&str], value: Value) {
    match way {
        [] => {}
        [key] => object.set(key, value),
        [key, rest @ ..] => {
            if !object.get(key).is_some_and(Value::is_object) {
                object.set(key, Value::Object(Object::default()));
            }
            if let Some(Value::Object(inner)) = object.get_mut(key) {
                put(inner, rest, value);
            }
        }
    }
}

fn string(text: &str) -> Value {
    Value::String(text.into())
}

fn object<'a>(members: impl IntoIterator<Item = (&'a str, Value)>) -> Value {
    let mut object = Members::default();
    for (key, value) in members {
        object.insert(key.into(), value);
    }
    Value::Object(object.into_object())
}
