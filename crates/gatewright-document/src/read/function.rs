//! Functions of `CloudFormation` (`Fn::If`, `Fn::Transform`) that stand where a document has an object. What they give is known when
//! the template is deployed and not before.

use crate::display::quote;
use crate::value::Value;

/// The function that a value is, if it is one, which has no other member ("Intrinsic function reference" in the `CloudFormation`
/// user guide).
pub(super) fn name(value: &Value) -> Option<&str> {
    let mut keys = value.as_object()?.iter().map(|(key, _)| key);
    let only = keys.next().filter(|_| keys.next().is_none())?;
    is_name(only).then_some(only)
}

/// Whether a key is the name of a function.
pub(super) fn is_name(key: &str) -> bool {
    key.starts_with("Fn::") || key == "Ref"
}

/// What is said of the operations in one.
pub(super) fn left_out(function: &str) -> String {
    format!(
        "is the function {} of CloudFormation, and the document does not have what it gives: left out; deploy the template and \
         export the API, or put what it gives in its place",
        quote(function)
    )
}
