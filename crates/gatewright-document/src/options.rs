//! What the reader of a document knows and the document does not say.

use std::path::{Path, PathBuf};

use indexmap::IndexMap;

use crate::{Document, Error, Files, Folder, Kind, big_stack, no_thread, read_document};

/// How to read a document: what somebody who knows the API says of it wins over what stands there.
///
/// ```
/// use gatewright_document::{Kind, ReadOptions};
///
/// let yaml = br#"
/// openapi: 3.0.1
/// info: { title: pets, version: "1" }
/// paths:
///   /pets:
///     get: { responses: {}, security: [{ team: [] }] }
/// "#;
/// // The document does not say what `team` is.
/// assert!(ReadOptions::new().read("pets.yaml", yaml).is_err());
///
/// let document = ReadOptions::new().scheme("team", Some(Kind::Iam)).read("pets.yaml", yaml)?;
/// assert_eq!(document.operations[0].security.all_of[0].kind, Kind::Iam);
/// # Ok::<(), gatewright_document::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    schemes: IndexMap<String, Option<Kind>>,
    formats: Vec<(String, String)>,
    uses_root_security: bool,
    leaves_out_examples: bool,
    resource: Option<String>,
    root: Option<PathBuf>,
}

impl ReadOptions {
    /// Nothing is known beside the document.
    pub fn new() -> Self {
        Self::default()
    }

    /// What the security scheme `name` makes a caller send, whatever the document says of it and whether it declares it or
    /// not; `None` if a caller sends nothing for it.
    #[must_use]
    pub fn scheme(mut self, name: impl Into<String>, kind: Option<Kind>) -> Self {
        self.schemes.insert(name.into(), kind);
        self
    }

    /// Lets all of the `security` of the whole document count for operations without their own, in a REST API too. By
    /// default the API keys in it do not count there, and in Swagger 2.0 nothing of it; see
    /// [`Security`](crate::Security). Use it for an API that is deployed by something else than the import of this
    /// document, or where API Gateway demands these keys.
    ///
    /// ```
    /// use gatewright_document::{Kind, ReadOptions};
    ///
    /// let yaml = br#"
    /// openapi: 3.0.1
    /// info: { title: pets, version: "1" }
    /// security: [{ api_key: [] }]
    /// paths:
    ///   /pets:
    ///     get: { responses: {}, x-amazon-apigateway-integration: { type: mock } }
    /// "#;
    /// assert!(ReadOptions::new().read("pets.yaml", yaml)?.operations[0].security.all_of.is_empty());
    ///
    /// let document = ReadOptions::new().use_root_security().read("pets.yaml", yaml)?;
    /// assert_eq!(document.operations[0].security.all_of[0].kind, Kind::ApiKey);
    /// # Ok::<(), gatewright_document::Error>(())
    /// ```
    #[must_use]
    pub fn use_root_security(mut self) -> Self {
        self.uses_root_security = true;
        self
    }

    /// The `format` of the schema at a pointer such as `#/components/schemas/Pet/properties/id`, whatever the document says
    /// of it.
    #[must_use]
    pub fn schema_format(mut self, pointer: impl Into<String>, format: impl Into<String>) -> Self {
        self.formats.push((pointer.into(), format.into()));
        self
    }

    /// Leaves out the examples of media types, which are most of some documents: for who reads none of them. Those of schemas
    /// stay.
    ///
    /// ```
    /// use gatewright_document::ReadOptions;
    ///
    /// let yaml = br#"
    /// openapi: 3.0.1
    /// info: { title: pets, version: "1" }
    /// paths:
    ///   /pets:
    ///     get: { responses: { 200: { description: pets, content: { application/json: { example: [] } } } } }
    /// "#;
    /// let document = ReadOptions::new().leave_out_examples().read("pets.yaml", yaml)?;
    /// assert!(document.operations[0].responses[0].content["application/json"].example.is_none());
    /// # Ok::<(), gatewright_document::Error>(())
    /// ```
    #[must_use]
    pub fn leave_out_examples(mut self) -> Self {
        self.leaves_out_examples = true;
        self
    }

    /// Which API of a template of `CloudFormation` or AWS SAM to read, by its logical id. A template with one API needs none; see
    /// [Templates](crate#templates).
    ///
    /// ```
    /// use gatewright_document::{Document, ReadOptions};
    ///
    /// let template = br##"
    /// Resources:
    ///   PetsApi:
    ///     Type: AWS::Serverless::HttpApi
    ///   ShopsApi:
    ///     Type: AWS::Serverless::Api
    ///   ListPets:
    ///     Type: AWS::Serverless::Function
    ///     Properties:
    ///       Events:
    ///         List: { Type: HttpApi, Properties: { ApiId: !Ref PetsApi, Path: /pets, Method: get } }
    /// "##;
    /// let error = Document::from_slice("template.yaml", template).unwrap_err();
    /// assert!(error.to_string().contains("a template with 2 APIs: `PetsApi`, `ShopsApi`"));
    ///
    /// let document = ReadOptions::new().resource("PetsApi").read("template.yaml", template)?;
    /// assert_eq!(document.operations[0].path, "/pets");
    /// # Ok::<(), gatewright_document::Error>(())
    /// ```
    #[must_use]
    pub fn resource(mut self, logical_id: impl Into<String>) -> Self {
        self.resource = Some(logical_id.into());
        self
    }

    /// The folder that has all files of a document on disk, if that is not the folder of the document itself. No file outside of it is
    /// read.
    ///
    /// ```
    /// use gatewright_document::ReadOptions;
    ///
    /// let options = ReadOptions::new().root("contracts");
    /// let files = options.folder("contracts/shop/api.yaml"); // may refer to `../common/errors.yaml`
    /// assert!(files.asked().is_empty());
    /// ```
    #[must_use]
    pub fn root(mut self, folder: impl Into<PathBuf>) -> Self {
        self.root = Some(folder.into());
        self
    }

    /// Reads a document. Bytes that are given away, as a `Vec<u8>`, are freed before the model is made of what they say.
    ///
    /// # Errors
    ///
    /// As [`Document::from_slice`].
    pub fn read(&self, name: &str, bytes: impl AsRef<[u8]> + Send) -> Result<Document, Error> {
        self.read_any(name, bytes, None)
    }

    /// Reads a document and the files that it refers to, and those that these refer to: JSON and YAML, each once, whether or not they
    /// refer to one another in a circle. Of a template it also reads the document that the template has in another file. Places in
    /// these files [name the file](crate::Pointer::file).
    ///
    /// [`folder`](Self::folder) gives the files on disk; [`Files`] shows another kind. Without files, as in [`read`](Self::read),
    /// references into other files mean nothing.
    ///
    /// # Errors
    ///
    /// As [`Document::from_slice`], and if a file that is called `.json`, `.yaml` or `.yml` is not what it is called, or all files
    /// together are larger than 64 MiB. A file that is missing is refused where an operation depends on it, and noted elsewhere.
    pub fn read_with(
        &self,
        name: &str,
        bytes: impl AsRef<[u8]> + Send,
        files: &mut (dyn Files + Send),
    ) -> Result<Document, Error> {
        self.read_any(name, bytes, Some(files))
    }

    fn read_any(
        &self,
        name: &str,
        bytes: impl AsRef<[u8]> + Send,
        files: Option<&mut (dyn Files + Send)>,
    ) -> Result<Document, Error> {
        big_stack::with_large_stack(|| read_document(name, bytes, self, files))
            .unwrap_or_else(|error| Err(vec![no_thread(&error)]))
            .map_err(|problems| Error::new(name, problems))
    }

    /// The files beside a document on disk, for [`read_with`](Self::read_with): those in its folder and below it, or in the
    /// [`root`](Self::root).
    pub fn folder(&self, document: impl AsRef<Path>) -> Folder {
        let folder = Folder::of(document);
        match &self.root {
            Some(root) => folder.root(root),
            None => folder,
        }
    }

    /// The logical id of the API to read.
    pub(crate) fn resource_id(&self) -> Option<&str> {
        self.resource.as_deref()
    }

    /// What was said of a scheme, if anything was.
    pub(crate) fn said_of(&self, scheme: &str) -> Option<&Option<Kind>> {
        self.schemes.get(scheme)
    }

    /// What was said of the formats of schemas, by their pointers.
    pub(crate) fn formats(&self) -> &[(String, String)] {
        &self.formats
    }

    pub(crate) fn leaves_out_examples(&self) -> bool {
        self.leaves_out_examples
    }

    pub(crate) fn uses_root_security(&self) -> bool {
        self.uses_root_security
    }
}
