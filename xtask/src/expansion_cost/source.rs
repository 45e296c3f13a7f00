//! The client that is compiled: what its methods are, whichever library it is written for.

use super::dialect::Dialect;

const TYPE: &str = "#![allow(missing_docs)]\n\n#[derive(Debug, serde::Deserialize, serde::Serialize)]\n\
                    pub struct Thing {\n    pub id: String,\n    pub name: String,\n    pub count: u32,\n}\n\n";

/// One endpoint: of an even index a `GET`, of an odd one a `POST`.
pub(super) struct Endpoint {
    index: usize,
}

/// Where an argument goes.
pub(super) enum Argument {
    Path,
    Query,
    Header,
    Body,
}

impl Endpoint {
    pub(super) fn name(&self) -> String {
        format!("thing{}", self.index)
    }

    pub(super) fn path(&self) -> String {
        format!("/groups/{{group}}/things{}", self.index)
    }

    pub(super) fn has_body(&self) -> bool {
        self.index % 2 == 1
    }

    pub(super) fn verb(&self) -> &'static str {
        if self.has_body() { "POST" } else { "GET" }
    }

    /// The four arguments, each after its mark; `{name}` in a mark is the argument's name as a text.
    pub(super) fn arguments(&self, mark: fn(&Argument) -> &'static str) -> String {
        let last = if self.has_body() {
            (Argument::Body, "thing", "&Thing")
        } else {
            (Argument::Query, "cursor", "&str")
        };
        let all = [
            (Argument::Path, "group", "&str"),
            (Argument::Query, "limit", "u32"),
            (Argument::Header, "trace", "&str"),
            last,
        ];
        let written = all.iter().map(|(argument, name, ty)| {
            let mark = mark(argument).replace("{name}", &format!("{name:?}"));
            format!("{mark}{name}: {ty}")
        });
        written.collect::<Vec<_>>().join(", ")
    }
}

/// The source of the crate, with `size` methods.
pub(super) fn of(dialect: &Dialect, size: usize) -> String {
    let endpoints = || (0..size).map(|index| Endpoint { index });
    let methods: String = endpoints()
        .map(|endpoint| (dialect.method)(&endpoint))
        .collect();
    let begin = dialect.begin;
    let mut code = format!("{TYPE}{begin}\n{methods}}}\n");
    if let Some(implementation) = dialect.implementation {
        let methods: String = endpoints()
            .map(|endpoint| implementation(&endpoint))
            .collect();
        let client = dialect.client;
        code.push_str(&format!("\n{client}\n{methods}}}\n"));
    }
    code
}
