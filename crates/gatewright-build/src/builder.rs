//! The interface of a build script.

use std::fs;
use std::path::{Path, PathBuf};

use gatewright_config::Config;

use crate::generate::{Generated, generate};
use crate::lower::Choices;
use crate::lower::auth::AuthMode;
use crate::output;
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

    /// The authorization of operations that the document says nothing about; wins over the configuration.
    #[must_use]
    pub fn default_auth(mut self, mode: AuthMode) -> Self {
        self.default_auth = Some(mode);
        self
    }

    /// The name to include the client by. Default: the document's file name without its extension.
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
    /// `gatewright::include_client!("NAME")` finds it. In a build script, tells Cargo what to watch and warns of what
    /// was left out.
    ///
    /// # Errors
    ///
    /// When a file cannot be read or written, the document or the configuration has a problem, or `OUT_DIR` is needed
    /// and not set. Nothing is written then.
    pub fn compile(&self, document: impl AsRef<Path>) -> Result<(), Error> {
        let document = document.as_ref();
        output::watch([Some(document), self.config.as_deref()]);
        let name = self.output_name(document)?;
        let generated = self.generate(document)?;
        let folder = self.out_dir.clone().map_or_else(output::out_dir, Ok)?;
        output::write(&folder.join(format!("{name}.rs")), &generated.code)?;
        output::warn(document, &generated.notes);
        Ok(())
    }

    /// Generates a client of `document` and returns it, without writing anything.
    ///
    /// # Errors
    ///
    /// As [`compile`](Self::compile).
    pub fn generate(&self, document: impl AsRef<Path>) -> Result<Generated, Error> {
        let path = document.as_ref();
        let choices = self.choices()?;
        generate(&file_name(path), &read(path)?, &choices)
    }

    /// The explicit choice first, then what the configuration says.
    fn choices(&self) -> Result<Choices, Error> {
        let Some(path) = &self.config else {
            return Ok(Choices {
                endpoint: None,
                mode: self.default_auth,
            });
        };
        let name = file_name(path);
        let config = Config::from_slice(&name, &read(path)?).map_err(Error::report)?;
        let api = config.api(self.api.as_deref());
        let api =
            api.map_err(|error| Error::file(&name, vec![Problem::new(&"", error.to_string())]))?;
        let mode = self
            .default_auth
            .unwrap_or_else(|| api.authorization.into());
        Ok(Choices {
            endpoint: Some(api.endpoint.clone()),
            mode: Some(mode),
        })
    }

    fn output_name(&self, document: &Path) -> Result<String, Error> {
        let stem = || {
            document
                .file_stem()
                .map(|stem| stem.to_string_lossy().into_owned())
        };
        let name = self.name.clone().or_else(stem).unwrap_or_default();
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

fn read(path: &Path) -> Result<Vec<u8>, Error> {
    fs::read(path).map_err(|source| Error::io("read", path, source))
}
