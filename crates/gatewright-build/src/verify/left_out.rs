//! Operations that the document describes and that its reader left out. A trait's method must not be held against another
//! operation in their place, such as that of a greedy variable.

use gatewright_codegen::model;
use gatewright_document::{Document, Repair};

/// Why the operation of this path and method is left out of a document, if it is.
pub(super) fn reason<'a>(
    document: &'a Document,
    wanted: &model::Operation,
    is_path: impl Fn(&str) -> bool,
) -> Option<&'a Repair> {
    let repairs = document.repairs.iter();
    let mut left_out = repairs.filter(|repair| repair.leaves_out_operations);
    left_out.find(|repair| {
        let place = repair.pointer.within(&document.pointer).to_string();
        let mut keys = place.split('/').skip(1).map(unescaped);
        let mut next = || keys.next().unwrap_or_default();
        next() == "paths" && is_path(&next()) && is_method(&next(), wanted.method.as_str())
    })
}

/// Whether what is left out at this member of a path item takes the method along. Of a path as a whole it is none, and its
/// parameters are those of all methods.
fn is_method(key: &str, method: &str) -> bool {
    matches!(key, "" | "parameters" | "x-amazon-apigateway-any-method")
        || key.eq_ignore_ascii_case(method)
        || key.starts_with("Fn::")
}

/// A key as it is written between the slashes of a pointer (RFC 6901, section 4).
fn unescaped(key: &str) -> String {
    key.replace("~1", "/").replace("~0", "~")
}
