//! Documents of APIs that lie in another file than the template.

use crate::Pointer;
use crate::display::quote;
use crate::error::Problem;
use crate::value::Value;

/// The file that `Fn::Transform` includes, if that is what it does (`AWS::Include`).
pub(super) fn included(transform: &Value) -> Option<&str> {
    let is_include = transform.get("Name").and_then(Value::as_str) == Some("AWS::Include");
    let parameters = transform.get("Parameters").filter(|_| is_include)?;
    parameters.get("Location")?.as_str()
}

/// The file that a body is read of: a body that is nothing but an include.
pub(super) fn included_body(body: &Value) -> Option<&str> {
    let is_whole = body.get("paths").is_none();
    included(body.get("Fn::Transform").filter(|_| is_whole)?)
}

/// What a body in another file comes to. Whoever reads other files has the path here, relative to the template.
pub(super) fn elsewhere(at: Pointer, location: &Value) -> Problem {
    let file = match location {
        Value::String(path) => quote(path),
        other => quote(&bucket(other).unwrap_or_default()),
    };
    let is_local = location.as_str().is_some_and(|path| !path.contains("://"));
    let how = if is_local {
        "hand in that file instead of the template"
    } else {
        "fetch that file and hand it in instead of the template"
    };
    Problem::pointer(
        at,
        format!("the document of this API is in the file {file}: {how}"),
    )
}

/// `s3://bucket/key` of an object that names both.
fn bucket(location: &Value) -> Option<String> {
    let text = |key: &str| location.get(key).and_then(Value::as_str);
    Some(format!("s3://{}/{}", text("Bucket")?, text("Key")?))
}
