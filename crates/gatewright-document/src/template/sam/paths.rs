//! The paths of an API: those of its body, and those that the events of functions add.

use indexmap::IndexMap;

use super::auth::Auth;
use super::events::Event;
use super::operation::{self, Form, VALIDATORS, operation, route};
use super::{Draft, object};
use crate::error::Problem;
use crate::value::{Members, Object, Value};
use crate::{ApiKind, Pointer, Repair};

/// What says how the gateway comes to a response.
pub(super) const INTEGRATION: &str = "x-amazon-apigateway-integration";

/// The operations that events add, by path and method.
type Routes<'e> = IndexMap<String, IndexMap<String, &'e Event>>;

impl Draft {
    /// Adds the routes of events. Those that the body describes already stay as they are.
    pub(super) fn add_routes(&mut self, events: &[Event], auth: &mut Auth) -> Result<(), Problem> {
        let routes = self.routes(events);
        let mut paths = match self.document.take("paths") {
            Some(Value::Object(paths)) => paths,
            _ => Object::default(),
        };
        let mut added = Members::default();
        for (path, methods) in &routes {
            let written = match paths.take(path) {
                Some(Value::Object(item)) => item,
                _ => Object::default(),
            };
            let item = self.item(path, methods, written, auth)?;
            added.insert(path.as_str().into(), item);
        }
        self.document.set("paths", merged(paths, added));
        self.add_validators();
        Ok(())
    }

    /// A path item with the routes of events.
    fn item(
        &mut self,
        path: &str,
        methods: &IndexMap<String, &Event>,
        mut written: Object,
        auth: &mut Auth,
    ) -> Result<Value, Problem> {
        let form = Form {
            version: self.version,
            kind: self.kind,
        };
        let mut members = Members::default();
        for (method, event) in methods {
            let described = written.take(method);
            let is_whole = has_integration(described.as_ref()) && !self.merges;
            let way = ["paths", path, method];
            let of_event = || operation(event, path, method, form);
            let mut operation = match described {
                Some(described) if is_whole => described,
                Some(Value::Object(described)) => completed(described, of_event(), event),
                _ => {
                    self.moved(&way, event.at.clone());
                    of_event()
                }
            };
            if !is_whole || self.kind == ApiKind::Http {
                auth.demand_of(event, &way, &mut operation, self)?;
            }
            members.insert(method.as_str().into(), operation);
        }
        let added = members.into_object();
        let mut members = Members::default();
        for (key, value) in written.into_members() {
            members.insert(key, value);
        }
        for (key, value) in added.into_members() {
            members.insert(key, value);
        }
        Ok(Value::Object(members.into_object()))
    }

    /// The routes of events, each once; what has none is noted.
    fn routes<'e>(&mut self, events: &'e [Event]) -> Routes<'e> {
        let mut routes = Routes::new();
        for event in events {
            match route(event, self.kind) {
                Ok((path, method)) => {
                    let methods = routes.entry(path).or_default();
                    if methods.contains_key(&method) {
                        let text = "is a route that another event of this API has too: left out";
                        self.leave_out(&event.at, text);
                    } else {
                        methods.insert(method, event);
                    }
                }
                Err(text) => self.leave_out(&event.at, &text),
            }
        }
        routes
    }

    fn leave_out(&mut self, at: &Pointer, text: &str) {
        self.notes.push(Repair {
            leaves_out_operations: true,
            ..Repair::new(at.clone(), text)
        });
    }

    /// Declares the request validators that events may ask for.
    fn add_validators(&mut self) {
        let key = "x-amazon-apigateway-request-validators";
        if self.kind == ApiKind::Rest && self.document.get(key).is_none() {
            let validators = VALIDATORS.map(|(name, body, parameters)| {
                let looks_at = [
                    ("validateRequestBody", Value::Bool(body)),
                    ("validateRequestParameters", Value::Bool(parameters)),
                ];
                (name, object(looks_at))
            });
            self.document.set(key, object(validators));
        }
    }

    /// Lets an event decide what its operation in the body demands (`OverrideApiAuth`).
    pub(super) fn override_auth(&mut self, event: &Event, auth: &mut Auth) -> Result<(), Problem> {
        let Ok((path, method)) = route(event, ApiKind::Rest) else {
            return Ok(());
        };
        let taken = self.operation(&path, &method).map(std::mem::take);
        if let Some(mut operation) = taken {
            auth.demand_of(event, &["paths", &path, &method], &mut operation, self)?;
            if let Some(place) = self.operation(&path, &method) {
                *place = operation;
            }
        }
        Ok(())
    }

    fn operation(&mut self, path: &str, method: &str) -> Option<&mut Value> {
        let mut inner = self.document.get_mut("paths")?;
        for key in [path, method] {
            inner = match inner {
                Value::Object(object) => object.get_mut(key)?,
                _ => return None,
            };
        }
        Some(inner)
    }
}

/// An operation of the body with what an event adds: what it says of requests and responses stays, and the event's function responds.
fn completed(described: Object, of_event: Value, event: &Event) -> Value {
    let replaces_security =
        event.properties().get("RestApiId").is_some() && event.properties().get("Auth").is_some();
    let mut members = Members::default();
    for (key, value) in described.into_members() {
        if !(replaces_security && &*key == "security") {
            members.insert(key, value);
        }
    }
    if let Value::Object(of_event) = of_event {
        for (key, value) in of_event.into_members() {
            if &*key == INTEGRATION {
                members.insert(key, value);
            } else {
                members.insert_new(key, value);
            }
        }
    }
    Value::Object(members.into_object())
}

/// Whether an operation is one that the gateway does something for.
pub(super) fn has_integration(operation: Option<&Value>) -> bool {
    let integration = operation.and_then(|operation| operation.get(INTEGRATION));
    let integration = integration.and_then(Value::as_object);
    integration.is_some_and(|integration| integration.iter().next().is_some())
}

/// Whether a member of a path item is an operation.
pub(super) fn is_method(key: &str) -> bool {
    let is_other = matches!(
        key,
        "parameters" | "summary" | "description" | "servers" | "$ref"
    );
    !is_other && (key == operation::ANY_METHOD || !key.starts_with("x-"))
}

/// The paths with those that were added or completed, in their order.
fn merged(paths: Object, added: Members) -> Value {
    let added = added.into_object();
    let mut members = Members::default();
    for (key, value) in paths.into_members() {
        members.insert(key, value);
    }
    for (key, value) in added.into_members() {
        members.insert(key, value);
    }
    Value::Object(members.into_object())
}
