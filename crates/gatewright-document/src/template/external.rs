//! Documents of APIs that lie in another file than the template.

use crate::display::quote;
use crate::error::Problem;
use crate::files::{Files, resolve};
use crate::value::Value;
use crate::{Pointer, parse};

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

/// Gives the documents that lie beside a template, if anybody does.
pub(crate) struct Elsewhere<'f> {
    files: Option<&'f mut (dyn Files + Send)>,
    /// The keys of what was given that stand in their object more than once.
    doubles: Vec<Pointer>,
}

impl<'f> Elsewhere<'f> {
    pub(crate) fn new(files: Option<&'f mut (dyn Files + Send)>) -> Self {
        Self {
            files,
            doubles: Vec::new(),
        }
    }

    /// The files, for what the document itself refers to, and the doubles of what was read.
    pub(crate) fn into_parts(self) -> (Option<&'f mut (dyn Files + Send)>, Vec<Pointer>) {
        (self.files, self.doubles)
    }

    /// The document in another file, and where that is.
    ///
    /// # Errors
    ///
    /// If nobody gives files, if it lies in a bucket, and if it cannot be read.
    pub(super) fn document(
        &mut self,
        at: Pointer,
        location: &Value,
    ) -> Result<(Value, Pointer), Problem> {
        let path = location.as_str().map(|path| resolve("", path, &[]));
        let (Some(files), Some(Ok(path))) = (&mut self.files, path) else {
            return Err(elsewhere(at, location));
        };
        let not_read = |why: String| {
            let file = quote(&path);
            let text =
                format!("the document of this API is in the file {file}, which is not read: {why}");
            Problem::pointer(at, text)
        };
        let bytes = files.read(&path).map_err(not_read)?;
        let parsed = parse::parse(&path, &bytes);
        let (value, doubles) = parsed.map_err(|problem| problem.in_file(&path))?;
        let at = Pointer::of_file(&path);
        self.doubles
            .extend(doubles.iter().map(|double| double.below(&at)));
        Ok((value, at))
    }
}

/// What a body in another file comes to that is not read.
fn elsewhere(at: Pointer, location: &Value) -> Problem {
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

#[cfg(test)]
mod tests {
    use crate::{Files, ReadOptions};

    struct One;

    impl Files for One {
        fn read(&mut self, _: &str) -> Result<Vec<u8>, String> {
            let text = "openapi: 3.0.1\npaths:\n  /a: { get: { responses: {} } }\n  /a: { put: { responses: {} } }\ninfo: { title: t, version: '1', version: '2' }";
            Ok(text.as_bytes().to_vec())
        }
    }

    #[test]
    fn keys_that_the_document_of_a_template_has_twice_are_said() {
        let template = "Resources: { Api: { Type: AWS::Serverless::HttpApi, Properties: { DefinitionUri: a.yaml } } }";
        let read = ReadOptions::new().read_with("template.yaml", template, &mut One);
        let repairs = read.unwrap().repairs;
        let twice = repairs
            .iter()
            .filter(|repair| repair.message.contains("more than once"));
        let twice: Vec<_> = twice
            .map(|it| (it.pointer.to_string(), it.leaves_out_operations))
            .collect();
        let place = |at: &str| format!("a.yaml#/{at}");
        assert_eq!(
            twice,
            [(place("paths/~1a"), true), (place("info/version"), false)]
        );
    }
}
