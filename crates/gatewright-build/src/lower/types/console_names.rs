//! Models that the console of API Gateway has named, such as `MODELe5f447`: what they are used for tells more.

use std::collections::HashMap;

use gatewright_document::{Document, Media, Operation, Status};
use openapiv3::{ReferenceOr, Schema, SchemaKind, Type};
use proc_macro2::Ident;

/// What schemas of such names are called after, by their names: the operation that uses one first, or the member of another.
pub(in crate::lower) fn by_use<'a>(
    document: &'a Document,
    operations: &[(&'a Operation, Ident)],
) -> HashMap<&'a str, String> {
    let mut uses = Uses {
        document,
        hints: HashMap::new(),
        queue: Vec::new(),
    };
    if !document.schemas.keys().any(|name| is_made_up(name)) {
        return uses.hints;
    }
    for (operation, name) in operations {
        uses.of_operation(operation, name);
    }
    while let Some(name) = uses.queue.pop() {
        uses.of_members(name);
    }
    uses.hints
}

/// `MODEL` and six or so hexadecimal digits.
fn is_made_up(name: &str) -> bool {
    let digits = name.strip_prefix("MODEL").unwrap_or_default();
    digits.len() >= 6 && digits.bytes().all(|c| c.is_ascii_hexdigit())
}

struct Uses<'a> {
    document: &'a Document,
    hints: HashMap<&'a str, String>,
    /// Those whose members are still to be looked at.
    queue: Vec<&'a str>,
}

impl<'a> Uses<'a> {
    fn of_operation(&mut self, operation: &'a Operation, name: &Ident) {
        if let Some(body) = &operation.body {
            self.of_content(body.content.values(), &format!("{name} request"));
        }
        for response in &operation.responses {
            let hint = match response.status {
                Status::Code(200..=299) | Status::Range(2) => format!("{name} response"),
                _ => format!("{name} error"),
            };
            self.of_content(response.content.values(), &hint);
        }
    }

    fn of_content(&mut self, content: impl Iterator<Item = &'a Media>, hint: &str) {
        for schema in content.filter_map(|media| media.schema.as_ref()) {
            self.of_schema(schema, hint);
        }
    }

    fn of_schema(&mut self, schema: &'a ReferenceOr<Schema>, hint: &str) {
        match schema {
            ReferenceOr::Reference { reference } => self.name(reference, hint),
            ReferenceOr::Item(schema) => self.of_list(schema, hint),
        }
    }

    fn of_list(&mut self, schema: &'a Schema, hint: &str) {
        if let SchemaKind::Type(Type::Array(list)) = &schema.schema_kind
            && let Some(ReferenceOr::Reference { reference }) = &list.items
        {
            self.name(reference, &format!("{hint} item"));
        }
    }

    fn name(&mut self, reference: &'a str, hint: &str) {
        let name = reference.rsplit('/').next().unwrap_or_default();
        if is_made_up(name) && !self.hints.contains_key(name) {
            self.hints.insert(name, hint.to_owned());
            self.queue.push(name);
        }
    }

    fn of_members(&mut self, name: &str) {
        let hint = self.hints[name].clone();
        let Some(ReferenceOr::Item(schema)) = self.document.schemas.get(name) else {
            return;
        };
        self.of_list(schema, &hint);
        let SchemaKind::Type(Type::Object(object)) = &schema.schema_kind else {
            return;
        };
        for (member, schema) in &object.properties {
            let hint = format!("{hint} {member}");
            match schema {
                ReferenceOr::Reference { reference } => self.name(reference, &hint),
                ReferenceOr::Item(schema) => self.of_list(schema, &hint),
            }
        }
    }
}
