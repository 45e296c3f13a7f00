//! The interface of a build script.

mod types;

use std::fs;
use std::path::{Path, PathBuf};

use gatewright_codegen::case;
use gatewright_config::Config;
use gatewright_document::Folder;

use crate::generate::{Generated, generate};
use crate::lower::auth::AuthMode;
use crate::lower::{Choices, Select};
use crate::output::{self, BuildScript};
use crate::verify::{Sides, verify};
use crate::{Error, Problem};

/// Generates a client of `document` into `OUT_DIR`, without a configuration. Use [`configure`] for more.
///
/// # Errors
///
/// As [`Builder::compile`].
pub fn compile(document: impl AsRef<Path>) -> Result<(), Error> {
    configure().compile(document)
}

/// Begins with the defaults: the document alone, into `OUT_DIR`.
pub fn configure() -> Builder {
    Builder::default()
}

/// What to generate, and where to.
#[derive(Clone, Debug, Default)]
pub struct Builder {
    config: Option<PathBuf>,
    api: Option<String>,
    default_auth: Option<AuthMode>,
    name: Option<String>,
    out_dir: Option<PathBuf>,
    choices: Choices,
}

impl Builder {
    /// An Amplify configuration (`amplifyconfiguration.json`). It gives the endpoint, and the authorization of the
    /// operations that the document says nothing about.
    #[must_use]
    pub fn config(mut self, path: impl Into<PathBuf>) -> Self {
        self.config = Some(path.into());
        self
    }

    /// Which API of the configuration the document describes. Needed if it names more than one REST API.
    #[must_use]
    pub fn api(mut self, name: impl Into<String>) -> Self {
        self.api = Some(name.into());
        self
    }

    /// The authorization of operations that the document says nothing about; wins over the configuration. See also
    /// [`auth`](Self::auth) and [`scheme`](Self::scheme), which win over the document.
    #[must_use]
    pub fn default_auth(mut self, mode: AuthMode) -> Self {
        self.default_auth = Some(mode);
        self
    }

    /// What the security scheme `name` of the document is, whatever the document says of it, declared there, in another file or
    /// not at all: for an export without extensions, or an authorizer that reads elsewhere than it is documented to, or that does
    /// not say what it reads.
    #[must_use]
    pub fn scheme(mut self, name: impl Into<String>, is: AuthMode) -> Self {
        self.choices.schemes.push((name.into(), is));
        self
    }

    /// The authorization of these operations, all of it together, whatever the document says of them. Of several choices
    /// for an operation the last one wins.
    #[must_use]
    pub fn auth(mut self, of: Select, demands: impl IntoIterator<Item = AuthMode>) -> Self {
        let demands = demands.into_iter().collect();
        self.choices.auth.push((of, demands));
        self
    }

    /// Lets all of the `security` of the whole document count for operations without their own, in a REST API too.
    ///
    /// By default operations of an OpenAPI document inherit the authorizer, as they do when API Gateway imports it, and not
    /// the API keys; those of a Swagger 2.0 document inherit nothing ("Amazon API Gateway important notes"). HTTP APIs, and
    /// documents without any `x-amazon-apigateway-*`, inherit all. Use it for an API that is deployed by something else than
    /// the import of this document, or where the gateway demands the key of all operations.
    ///
    /// ```
    /// let document = br#"{
    ///     "swagger": "2.0", "info": { "title": "pets", "version": "1" }, "security": [{ "api_key": [] }],
    ///     "paths": { "/pets": { "get": {
    ///         "responses": {}, "x-amazon-apigateway-integration": { "type": "http_proxy" }
    ///     } } },
    ///     "securityDefinitions": { "api_key": { "type": "apiKey", "name": "x-api-key", "in": "header" } }
    /// }"#;
    /// let builder = gatewright_build::configure().use_root_security();
    /// assert!(builder.generate_from_slice("pets.json", document)?.code.contains("Auth::API_KEY"));
    /// # Ok::<(), gatewright_build::Error>(())
    /// ```
    #[must_use]
    pub fn use_root_security(mut self) -> Self {
        self.choices.uses_root_security = true;
        self
    }

    /// Which API of a template of `CloudFormation` or AWS SAM to generate a client of, by its logical id; see
    /// [Templates](crate#templates). A template with one API needs none. The name to include the client by is then the id in snake
    /// case, so that a build script can generate a client of each API:
    ///
    /// ```no_run
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// for api in ["PetsApi", "ShopsApi"] {
    ///     gatewright_build::configure().resource(api).compile("template.yaml")?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// The clients are `include_client!("pets_api")` and `include_client!("shops_api")`. An id that the template does not have is an
    /// error that lists those it has, and so is one for a document that is no template.
    #[must_use]
    pub fn resource(mut self, logical_id: impl Into<String>) -> Self {
        self.choices.resource = Some(logical_id.into());
        self
    }

    /// The folder that has all files that a document refers to (`$ref: ../common/errors.yaml`). Default: the folder of the document; what
    /// lies in it and below it is read, and [`compile`](Self::compile) tells Cargo to watch it. No file outside of the folder is read,
    /// and nothing over the network.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// gatewright_build::configure().root("contracts").compile("contracts/shop/api.yaml")?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn root(mut self, folder: impl Into<PathBuf>) -> Self {
        self.choices.root = Some(folder.into());
        self
    }

    /// Generates only these operations, and the types they need. Call it again for more of them. Default: all but the preflights of
    /// browsers, which are `OPTIONS` methods that the gateway responds to by itself, or forwards without a credential beside other methods
    /// of their path. An include that selects nothing but preflights brings them back, and leaves nothing out.
    #[must_use]
    pub fn include(mut self, operations: Select) -> Self {
        self.choices.include.push(operations);
        self
    }

    /// Leaves these operations out, and the types that only they need.
    #[must_use]
    pub fn exclude(mut self, operations: Select) -> Self {
        self.choices.exclude.push(operations);
        self
    }

    /// The name of an operation's method, instead of its `operationId` or the one made of method and path. It is written in
    /// `snake_case`: `listPets` becomes `list_pets`. A name that cannot be had is an error: one that two operations are to have, one of the client's own methods (`new`,
    /// `rest`, `boxed`, `connect`), no name in Rust. An operation that the document calls so gets the name of its method and path.
    #[must_use]
    pub fn rename(mut self, operation: Select, method: impl Into<String>) -> Self {
        self.choices.rename.push((operation, method.into()));
        self
    }

    /// The name to include the client by. Default: the document's file name without its extension; with
    /// [`resource`](Self::resource) the logical id in snake case.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Where to write to. Default: `OUT_DIR`.
    #[must_use]
    pub fn out_dir(mut self, path: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(path.into());
        self
    }

    /// Generates a client of `document` (JSON or YAML) and writes it to `NAME.rs`, where
    /// `gatewright::include_client!("NAME")` finds it. In a build script, tells Cargo what to watch, warns of the
    /// first things that were left out, loosened or repaired, and writes [all of them](Generated::report) to
    /// `OUT_DIR/NAME.report.txt`.
    ///
    /// # Errors
    ///
    /// When a file cannot be read or written, the document or the configuration has a problem, `OUT_DIR` is needed
    /// and not set, or this program has written a client of another document, or by other choices, to the same file. Nothing is written then.
    pub fn compile(&self, document: impl AsRef<Path>) -> Result<(), Error> {
        let document = document.as_ref();
        let script = BuildScript::current();
        if let Some(script) = &script {
            script.watch([document].into_iter().chain(self.config.as_deref()));
        }
        let file = self.output_file(document)?;
        let mut files = self.files(document);
        let generated = self.generate_with(document, &mut files)?;
        if let Some(script) = &script {
            script.watch(files.asked().iter().map(PathBuf::as_path));
        }
        output::claim(&file, document, format!("{self:?}"))?;
        output::write(&file, &generated.code)?;
        script.map_or(Ok(()), |script| {
            script.report(document, &self.output_name(document)?, &generated)
        })
    }

    /// Fails unless [`compile`](Self::compile) would leave its file as it is: for code that is checked in, in a test or in
    /// CI.
    ///
    /// # Errors
    ///
    /// As `compile`, and when the file is missing or differs.
    pub fn check(&self, document: impl AsRef<Path>) -> Result<(), Error> {
        let file = self.output_file(document.as_ref())?;
        let generated = self.generate(document)?;
        let message = match fs::read(&file) {
            Ok(old) if old == generated.code.as_bytes() => return Ok(()),
            Ok(_) => "is not what the document generates now; generate it again and check it in",
            Err(source) if source.kind() == std::io::ErrorKind::NotFound => {
                "does not exist; generate it with `compile` and the same choices, and check it in"
            }
            Err(source) => return Err(Error::io("read", &file, source)),
        };
        Err(Error::file(
            &file.display().to_string(),
            vec![Problem::new(&"", message)],
        ))
    }

    /// Fails unless `document` has all that the `#[rest_endpoint]` trait `name` of a Rust file calls; see
    /// [the comparison](crate#traits). In a build script, tells Cargo what to watch.
    ///
    /// # Errors
    ///
    /// When a file cannot be read, when the document, the configuration or a choice has a problem, and with all that differs:
    /// each names the place in the trait and the one in the document.
    pub fn verify_trait(
        &self,
        rust_file: impl AsRef<Path>,
        name: &str,
        document: impl AsRef<Path>,
    ) -> Result<(), Error> {
        let (rust_file, document) = (rust_file.as_ref(), document.as_ref());
        if let Some(script) = BuildScript::current() {
            let config = self.config.as_deref();
            script.watch([rust_file, document].into_iter().chain(config));
        }
        let source = fs::read_to_string(rust_file);
        let source = source.map_err(|source| Error::io("read", rust_file, source))?;
        let sides = Sides {
            file: &rust_file.display().to_string(),
            source: &source,
            title: name,
            name: &document.display().to_string(),
            document: &read(document)?,
        };
        let mut files = self.files(document);
        verify(&sides, &mut files, &self.choices()?)?;
        if let Some(script) = BuildScript::current() {
            script.watch(files.asked().iter().map(PathBuf::as_path));
        }
        Ok(())
    }

    /// The files that a document may refer to.
    fn files(&self, document: &Path) -> Folder {
        self.choices.read_options().folder(document)
    }

    fn output_file(&self, document: &Path) -> Result<PathBuf, Error> {
        let name = self.output_name(document)?;
        let folder = self.out_dir.clone().map_or_else(output::out_dir, Ok)?;
        Ok(folder.join(format!("{name}.rs")))
    }

    /// Generates a client of `document` and returns it, without writing anything.
    ///
    /// # Errors
    ///
    /// As [`compile`](Self::compile).
    pub fn generate(&self, document: impl AsRef<Path>) -> Result<Generated, Error> {
        let path = document.as_ref();
        self.generate_with(path, &mut self.files(path))
    }

    fn generate_with(&self, path: &Path, files: &mut Folder) -> Result<Generated, Error> {
        let (name, bytes) = (path.display().to_string(), read(path)?);
        generate(&name, bytes, Some(files), &self.choices()?)
    }

    /// Generates a client of a document that is at hand already; `name` is its file name, which messages begin with, and
    /// which says by `.json` that it is JSON if it does not begin with `{`. No other file is read: what refers to one is refused or noted.
    ///
    /// # Errors
    ///
    /// As [`compile`](Self::compile).
    pub fn generate_from_slice(&self, name: &str, document: &[u8]) -> Result<Generated, Error> {
        generate(name, document, None, &self.choices()?)
    }

    /// The explicit choice first, then what the configuration says.
    fn choices(&self) -> Result<Choices, Error> {
        let mut choices = self.choices.clone();
        choices.mode.clone_from(&self.default_auth);
        let Some(path) = &self.config else {
            return Ok(choices);
        };
        let name = path.display().to_string();
        let config = Config::from_slice(&name, &read(path)?).map_err(Error::report)?;
        let api = config.api(self.api.as_deref());
        let api = api.map_err(|error| Error::report(format!("{error}; `.api(..)` chooses one")))?;
        choices.mode.get_or_insert_with(|| api.authorization.into());
        choices.endpoint = Some(api.endpoint.clone());
        Ok(choices)
    }

    fn output_name(&self, document: &Path) -> Result<String, Error> {
        let stem = || {
            document
                .file_stem()
                .map(|stem| stem.to_string_lossy().into_owned())
        };
        let resource = || self.choices.resource.as_deref().map(case::snake);
        let name = self.name.clone().or_else(resource);
        let name = name.or_else(stem).unwrap_or_default();
        if name.is_empty() || name.contains(['/', '\\', '\0']) || name == ".." {
            let message = "needs a plain name to write the client to; give one with `name`";
            return Err(Error::file(
                &file_name(document),
                vec![Problem::new(&"", message)],
            ));
        }
        Ok(name)
    }
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}

pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Error> {
    fs::read(path).map_err(|source| Error::io("read", path, source))
}
