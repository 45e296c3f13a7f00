//! The events of functions and state machines that are routes of an API.

use crate::display::quote;
use crate::template::choose::{Api, is_a};
use crate::template::place;
use crate::template::scope::Scope;
use crate::template::settle::{Settled, settle};
use crate::value::{Object, Value};
use crate::{Pointer, Repair};

/// The REST API of the events that name none.
const IMPLICIT_REST: &str = "ServerlessRestApi";

/// The HTTP API of the events that name none.
const IMPLICIT_HTTP: &str = "ServerlessHttpApi";

const FUNCTION: &str = "AWS::Serverless::Function";
const STATE_MACHINE: &str = "AWS::Serverless::StateMachine";

/// An event that is a route of an API.
pub(super) struct Event {
    value: Value,
    /// Where it stands.
    pub(super) at: Pointer,
    /// Whether a state machine runs, and no function.
    pub(super) is_of_state_machine: bool,
}

impl Event {
    /// Its properties; null if it has none.
    pub(super) fn properties(&self) -> &Value {
        self.value.get("Properties").unwrap_or(&Value::Null)
    }

    /// Where one of the properties stands.
    pub(super) fn property_at(&self, key: &str) -> Pointer {
        self.at.key("Properties").key(key)
    }
}

/// How events of a kind of API are written.
struct Words {
    /// Their type.
    kind: &'static str,
    /// The property that names their API.
    api: &'static str,
    implicit: &'static str,
}

const REST: Words = Words {
    kind: "Api",
    api: "RestApiId",
    implicit: IMPLICIT_REST,
};

const HTTP: Words = Words {
    kind: "HttpApi",
    api: "ApiId",
    implicit: IMPLICIT_HTTP,
};

/// The APIs that events without an API make, and their types.
pub(in crate::template) fn implicit(resources: &Object) -> Vec<(&'static str, &'static str)> {
    let has = |words: &Words| {
        let mut resources = resources.values().filter(|resource| has_events(resource));
        resources.any(|resource| {
            let events = resource.get("Properties").and_then(|it| it.get("Events"));
            let events = events.and_then(Value::as_object);
            let mut events = events.into_iter().flat_map(Object::values);
            events.any(|event| words.is_meant(event) && !words.names_an_api(event))
        })
    };
    let kinds = [(&REST, Api::SERVERLESS_REST), (&HTTP, Api::SERVERLESS_HTTP)];
    let kinds = kinds.into_iter().filter(|(words, _)| has(words));
    kinds.map(|(words, kind)| (words.implicit, kind)).collect()
}

impl Words {
    fn is_meant(&self, event: &Value) -> bool {
        event.get("Type").and_then(Value::as_str) == Some(self.kind)
    }

    fn names_an_api(&self, event: &Value) -> bool {
        let properties = event.get("Properties");
        properties.is_some_and(|properties| properties.get(self.api).is_some())
    }

    /// Whether a settled event is of this API. A reference to a resource was read as a placeholder.
    fn is_of(&self, event: &Value, api: &Api) -> bool {
        let named = event.get("Properties").and_then(|it| it.get(self.api));
        let Some(named) = named.filter(|named| !named.is_null()) else {
            return api.id == self.implicit;
        };
        let named = named.as_str().unwrap_or_default();
        let inner = named.strip_prefix("${").and_then(|it| it.strip_suffix('}'));
        inner.unwrap_or(named) == api.id
    }
}

fn has_events(resource: &Value) -> bool {
    is_a(resource, FUNCTION) || is_a(resource, STATE_MACHINE)
}

/// The events of an API, which are taken out of the resources. A function that is not there by the defaults of the parameters has
/// none, and that is noted.
pub(super) fn of(
    api: &Api,
    resources: &mut Object,
    scope: &Scope,
    notes: &mut Vec<Repair>,
) -> Vec<Event> {
    let words = match api.kind {
        Api::SERVERLESS_HTTP => HTTP,
        _ => REST,
    };
    let mut events = Vec::new();
    for (id, resource) in resources.iter_mut() {
        if !has_events(resource) {
            continue;
        }
        let condition = resource.get("Condition").and_then(Value::as_str);
        let condition = condition.map(str::to_owned);
        let is_of_state_machine = is_a(resource, STATE_MACHINE);
        let found = take(id, resource, scope, |event| {
            words.is_meant(event) && words.is_of(event, api)
        });
        let is_there = condition.as_deref().map(|name| scope.condition(name));
        for (value, at, more) in found {
            notes.extend(more);
            note_condition(condition.as_deref(), is_there, &at, notes);
            if is_there != Some(Some(false)) {
                events.push(Event {
                    value,
                    at,
                    is_of_state_machine,
                });
            }
        }
    }
    events
}

/// An event, where it stands, and what was noted of it.
type Found = (Value, Pointer, Vec<Repair>);

fn take(
    id: &str,
    resource: &mut Value,
    scope: &Scope,
    is_wanted: impl Fn(&Value) -> bool,
) -> Vec<Found> {
    let at = place(id).key("Properties").key("Events");
    let Some(events) = events_mut(resource) else {
        return Vec::new();
    };
    let events = events.iter_mut().filter_map(|(name, event)| {
        let at = at.key(name);
        let Settled { notes, .. } = settle(event, &at, scope);
        is_wanted(event).then(|| (std::mem::take(event), at, notes))
    });
    events.collect()
}

fn events_mut(resource: &mut Value) -> Option<&mut Object> {
    let mut inner = resource;
    for key in ["Properties", "Events"] {
        inner = match inner {
            Value::Object(object) => object.get_mut(key)?,
            _ => return None,
        };
    }
    match inner {
        Value::Object(events) => Some(events),
        _ => None,
    }
}

fn note_condition(
    name: Option<&str>,
    is_there: Option<Option<bool>>,
    at: &Pointer,
    notes: &mut Vec<Repair>,
) {
    let (Some(name), Some(is_there)) = (name, is_there) else {
        return;
    };
    let name = quote(name);
    let text = match is_there {
        Some(true) => return,
        Some(false) => format!(
            "is of a function with the condition {name}, which does not hold by the defaults of the template's parameters: left out"
        ),
        None => format!(
            "is of a function with the condition {name}, of which the template does not say whether it holds; read as if it holds"
        ),
    };
    notes.push(Repair {
        leaves_out_operations: is_there == Some(false),
        ..Repair::new(at.clone(), &text)
    });
}
