//! Which operation of a document serves a method of a trait.

use std::cmp::Reverse;

use gatewright_codegen::check::did_you_mean;
use gatewright_codegen::model::{self, PathTemplate, Segment};
use gatewright_document::{ApiKind, Document, Method, Operation, Repair};

use super::{at, left_out, place};
use crate::Problem;

/// What stands for a variable where templates are compared: its name is not sent. No literal has it, for it is encoded.
const VARIABLE: &str = "\0";
const GREEDY: &str = "\0+";

/// The operations of a document by the form of their paths.
pub(super) struct Routes<'a> {
    document: &'a Document,
    /// The most exact first.
    routes: Vec<(String, &'a Operation)>,
}

/// The operation that serves it, and how it was found.
pub(super) struct Route<'a> {
    pub(super) operation: &'a Operation,
    /// Whether it takes whatever has no operation of its own, by its path or its method, so that its parameters are described
    /// by nobody.
    pub(super) is_catch_all: bool,
}

impl<'a> Routes<'a> {
    /// A path that is no template is no route; the generator says so.
    pub(super) fn new(document: &'a Document) -> Self {
        let form_of = |operation: &Operation| PathTemplate::parse(&operation.path).ok();
        let routes = document.operations.iter();
        let routes = routes.filter_map(|operation| Some((form(&form_of(operation)?), operation)));
        let mut routes: Vec<_> = routes.collect();
        // The longer the text before a greedy variable, the more exact the route; and one method is more exact than any.
        routes.sort_by_key(|(form, operation)| {
            (
                form.ends_with(GREEDY),
                Reverse(form.len()),
                operation.method == Method::Any,
            )
        });
        Self { document, routes }
    }

    /// The operation that API Gateway routes the requests of `wanted` to. A REST API chooses by the path alone which methods
    /// there are; an HTTP API takes the best route that has both.
    pub(super) fn find(&self, wanted: &model::Operation) -> Result<Route<'a>, Problem> {
        let form = form(&wanted.path);
        let is_there = |(route, operation): &(String, &Operation)| {
            *route == form && operation.method.as_str() == wanted.method.as_str()
        };
        if !self.routes.iter().any(is_there)
            && let Some(repair) = left_out::reason(self.document, wanted, |path| is_of(path, &form))
        {
            return Err(self.is_left_out(wanted, repair));
        }
        let mut there: Vec<_> = self
            .routes
            .iter()
            .filter(|(route, _)| covers(route, &form))
            .collect();
        let Some((best, _)) = there.first().copied() else {
            return Err(self.no_path(wanted));
        };
        if self.document.kind == ApiKind::Rest {
            there.retain(|(route, _)| route == best);
        }
        let named = there
            .iter()
            .find(|(_, operation)| takes(operation.method, &wanted.method));
        let (route, operation) = named
            .copied()
            .ok_or_else(|| self.no_method(wanted, &there))?;
        Ok(Route {
            operation,
            is_catch_all: *route != form || operation.method == Method::Any,
        })
    }

    fn is_left_out(&self, wanted: &model::Operation, repair: &Repair) -> Problem {
        let (method, path) = (wanted.method.as_str(), wanted.path.as_str());
        let (place, why) = (place(self.document, &repair.pointer), &repair.message);
        let message = format!(
            "what the document says of `{method}` of `{path}` cannot be read ({place}): {why}"
        );
        at(&wanted.origin, message)
    }

    fn no_path(&self, wanted: &model::Operation) -> Problem {
        let path = wanted.path.as_str();
        let place = place(self.document, &self.document.pointer.key("paths"));
        let message = format!("the document has no path `{path}` ({place})");
        let paths: Vec<_> = self
            .routes
            .iter()
            .map(|(form, _)| spelled(form, &wanted.path))
            .collect();
        at(
            &wanted.origin,
            did_you_mean(message, path, paths.iter().map(String::as_str)),
        )
    }

    fn no_method(&self, wanted: &model::Operation, there: &[&(String, &Operation)]) -> Problem {
        let (method, path) = (wanted.method.as_str(), wanted.path.as_str());
        let found = there.first().map_or("", |(_, operation)| &operation.path);
        let place = self.document.pointer.key("paths").key(found);
        let place = super::place(self.document, &place);
        let methods: Vec<_> = there
            .iter()
            .map(|(_, operation)| format!("`{}`", operation.method.as_str()))
            .collect();
        let methods = methods.join(", ");
        let message =
            format!("the document has no `{method}` of `{path}`, only {methods} ({place})");
        at(&wanted.origin, message)
    }
}

/// Whether a path is a template of this form.
fn is_of(path: &str, wanted: &str) -> bool {
    PathTemplate::parse(path).is_ok_and(|template| form(&template) == wanted)
}

/// A template without the names of its variables.
fn form(template: &PathTemplate) -> String {
    let segments = template.segments().iter();
    let texts = segments.map(|segment| match segment {
        Segment::Literal(text) => text.as_str(),
        Segment::Variable(_) => VARIABLE,
        Segment::Greedy(_) => GREEDY,
    });
    texts.collect()
}

/// Whether a route takes all requests of a form: the same form, or anything below the text before a greedy variable.
fn covers(route: &str, form: &str) -> bool {
    let below = route
        .strip_suffix(GREEDY)
        .and_then(|before| form.strip_prefix(before));
    route == form || below.is_some_and(|rest| !rest.is_empty())
}

/// The form as a template with the names of another, so that it can be written where that stands.
fn spelled(form: &str, names: &PathTemplate) -> String {
    let mut names = names.variables();
    let mut out = String::new();
    let mut rest = form;
    while let Some((before, after)) = rest.split_once(VARIABLE) {
        let name = names.next().unwrap_or("name");
        out.push_str(&format!("{before}{{{name}"));
        rest = after.strip_prefix('+').map_or(after, |after| {
            out.push('+');
            after
        });
        out.push('}');
    }
    out + rest
}

fn takes(there: Method, wanted: &model::Method) -> bool {
    there == Method::Any || there.as_str() == wanted.as_str()
}
