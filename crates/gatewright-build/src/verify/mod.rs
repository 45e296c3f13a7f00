//! A trait against a document: what the trait calls has to be there, and what the gateway demands has to be sent.
//!
//! The trait is read by the front end of `#[rest_endpoint]` itself, so that prefix, default authorization and names on the wire
//! are those of its client.

mod auth;
mod body;
mod left_out;
mod parameters;
mod route;
#[cfg(test)]
mod tests;

use gatewright_codegen::Origin;
use gatewright_codegen::endpoint;
use gatewright_codegen::model::{Api, Operation, Scheme};
use gatewright_document::{Document, Folder, Pointer, located};

use crate::lower::Choices;
use crate::lower::auth::schemes;
use crate::{Error, Problem};
use route::{Route, Routes};

/// A trait and a document, both with the names that messages call them by.
pub(crate) struct Sides<'a> {
    /// The path of the Rust file, as it was given.
    pub(crate) file: &'a str,
    /// The text of the Rust file.
    pub(crate) source: &'a str,
    /// The trait in it.
    pub(crate) title: &'a str,
    /// The file name of the document.
    pub(crate) name: &'a str,
    /// The document as it was read from its file.
    pub(crate) document: &'a [u8],
}

/// Fails with everything that the trait has and the document does not, or not in this form.
pub(crate) fn verify(
    sides: &Sides<'_>,
    files: &mut Folder,
    choices: &Choices,
) -> Result<(), Error> {
    let Sides { file, name, .. } = sides;
    let document = choices
        .read_options()
        .read_with(name, sides.document, files);
    let document = document.map_err(Error::report)?;
    succeed(name, choices.check(&document))?;
    let api = endpoint::find(sides.source, sides.title);
    let api =
        api.map_err(|problem| Error::file(file, vec![at(&problem.origin, problem.message)]))?;
    succeed(file, compare(&api, &document, choices))
}

fn succeed(file: &str, problems: Vec<Problem>) -> Result<(), Error> {
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Error::file(file, problems))
    }
}

fn compare(api: &Api, document: &Document, choices: &Choices) -> Vec<Problem> {
    let routes = Routes::new(document);
    let problems = |operation| match routes.find(operation) {
        Ok(route) => {
            let demanded = schemes(route.operation, document, choices);
            let call = Call {
                operation,
                route,
                demanded,
                document,
                choices,
            };
            call.problems()
        }
        Err(problem) => vec![problem],
    };
    api.operations.iter().flat_map(problems).collect()
}

/// A method of the trait, and the operation that serves it.
struct Call<'a> {
    operation: &'a Operation,
    route: Route<'a>,
    /// What the gateway demands of the operation.
    demanded: Vec<Scheme>,
    document: &'a Document,
    choices: &'a Choices,
}

impl Call<'_> {
    fn problems(&self) -> Vec<Problem> {
        let mut problems = parameters::unknown(self);
        problems.extend(parameters::missing(self));
        problems.extend(body::fault(self));
        problems.extend(auth::fault(self));
        problems
    }

    /// A problem of the method as a whole; `pointer` is what the document has to do with it.
    fn fault(&self, message: &str, pointer: &Pointer) -> Problem {
        self.fault_at(&self.operation.origin, message, pointer)
    }

    /// A problem at a place of the trait.
    fn fault_at(&self, origin: &Origin, message: &str, pointer: &Pointer) -> Problem {
        at(
            origin,
            format!("{message} ({})", place(self.document, pointer)),
        )
    }
}

/// A place of the document, with its file.
fn place(document: &Document, pointer: &Pointer) -> String {
    located(&document.name, &pointer.to_string())
}

/// A problem at a place of the trait, written `:LINE:COLUMN` and counted from 1 as rustc does.
fn at(origin: &Origin, message: impl Into<String>) -> Problem {
    let start = origin.span().start();
    Problem::new(&format!(":{}:{}", start.line, start.column + 1), message)
}
