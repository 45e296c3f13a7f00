//! Documents as API Gateway exports them and as people write them, made of the numbers of a fuzzer: most are plausible, and
//! each has something odd in it.

mod mutation;
mod operation;
mod schema;
mod security;
mod vocabulary;

use arbitrary::{Result, Unstructured};
use serde_json::{Map, Value, json};

use vocabulary::{NAMES, SEGMENTS, TEXTS};

/// A document and its file name.
pub(crate) fn document(u: &mut Unstructured<'_>) -> Result<(&'static str, String)> {
    let swagger = u.ratio(1, 3)?;
    let modern = !swagger && u.ratio(1, 3)?;
    let mut maker = Maker {
        schemas: Vec::new(),
        schemes: Vec::new(),
        swagger,
        modern,
        u,
    };
    let mut tree = maker.tree()?;
    let rounds = maker.u.int_in_range(0..=3)?;
    for _ in 0..rounds {
        mutation::mutate(&mut tree, maker.u)?;
    }
    let as_yaml = maker.u.ratio(1, 4)?;
    Ok(if as_yaml {
        // A brace at the start would be read as JSON.
        ("api.yaml", format!("# YAML\n{tree}"))
    } else {
        ("api.json", tree.to_string())
    })
}

/// Takes decisions, and remembers what there is to refer to.
struct Maker<'u, 'd> {
    u: &'u mut Unstructured<'d>,
    schemas: Vec<String>,
    schemes: Vec<String>,
    swagger: bool,
    /// Of OpenAPI 3.1, with the words of JSON Schema.
    modern: bool,
}

impl Maker<'_, '_> {
    fn tree(&mut self) -> Result<Value> {
        self.schemas = self.names(8)?;
        let schemes = self.schemes()?;
        let schemas = self.schemas.clone();
        let mut definitions = Map::new();
        for name in schemas {
            definitions.insert(name, self.schema(3)?);
        }
        let definitions = Value::from(definitions);
        let mut tree = json!({
            "info": {"title": self.text()?, "version": "1", "description": self.text()?},
            "paths": self.paths()?,
        });
        if self.swagger {
            self.swagger_root(&mut tree, &definitions, &schemes)?;
        } else {
            self.openapi_root(&mut tree, &definitions, &schemes)?;
        }
        self.extensions(&mut tree)?;
        Ok(tree)
    }

    fn swagger_root(&mut self, tree: &mut Value, schemas: &Value, schemes: &Value) -> Result<()> {
        tree["swagger"] = json!("2.0");
        tree["definitions"] = schemas.clone();
        tree["securityDefinitions"] = schemes.clone();
        tree["host"] = json!("a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com");
        tree["basePath"] = json!(self.u.choose(&["/live", "", "live", "/{basePath}", "//"])?);
        tree["schemes"] = json!(["https"]);
        tree["consumes"] = json!([self.u.choose(vocabulary::MEDIA_TYPES)?]);
        tree["produces"] = json!([self.u.choose(vocabulary::MEDIA_TYPES)?]);
        Ok(())
    }

    fn openapi_root(&mut self, tree: &mut Value, schemas: &Value, schemes: &Value) -> Result<()> {
        tree["openapi"] = json!(if self.modern { "3.1.0" } else { "3.0.1" });
        tree["components"] = json!({"schemas": schemas, "securitySchemes": schemes});
        let url = self.u.choose(&[
            "https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com/{basePath}",
            "https://api.example.com/v1",
            "/",
            "${Url}",
            "javascript:alert(1)",
            "https://a\"b/{basePath}{basePath}",
        ])?;
        let base = self.name()?;
        tree["servers"] = json!([{"url": url, "variables": {"basePath": {"default": base}}}]);
        Ok(())
    }

    /// What makes a document one of an HTTP API, and what stands at the root of one of a REST API.
    fn extensions(&mut self, tree: &mut Value) -> Result<()> {
        if self.u.ratio(1, 3)? {
            tree["x-amazon-apigateway-importexport-version"] = json!("1.0");
        }
        if self.u.ratio(1, 6)? {
            tree["x-amazon-apigateway-api-key-source"] = json!("AUTHORIZER");
        }
        if self.u.ratio(1, 6)? {
            tree["security"] = self.security()?;
        }
        if self.u.ratio(1, 8)? {
            tree["x-amazon-apigateway-binary-media-types"] =
                json!([self.u.choose(vocabulary::MEDIA_TYPES)?]);
        }
        Ok(())
    }

    fn paths(&mut self) -> Result<Value> {
        let mut paths = Map::new();
        for _ in 0..self.u.int_in_range(1..=5)? {
            let path = self.path()?;
            let item = self.path_item(&path)?;
            paths.insert(path, item);
        }
        Ok(paths.into())
    }

    /// A path template; one in eight has a segment that is odd, one that stands there already, or one after the rest.
    fn path(&mut self) -> Result<String> {
        let is_odd = self.u.ratio(1, 8)?;
        let segments = if is_odd { SEGMENTS } else { &SEGMENTS[..5] };
        let mut path = String::new();
        for _ in 0..self.u.int_in_range(0..=3)? {
            let segment = *self.u.choose(segments)?;
            let fits = !path.contains(segment) && !path.ends_with("+}");
            if is_odd || fits {
                path = path + "/" + segment;
            }
        }
        Ok(if path.is_empty() {
            "/".to_owned()
        } else {
            path
        })
    }

    fn names(&mut self, most: usize) -> Result<Vec<String>> {
        let count = self.u.int_in_range(0..=most)?;
        (0..count).map(|_| self.name()).collect()
    }

    /// A name: one of the vocabulary, and sometimes any text at all.
    fn name(&mut self) -> Result<String> {
        if self.u.ratio(1, 12)? {
            return Ok(self.u.arbitrary::<&str>()?.chars().take(40).collect());
        }
        Ok((*self.u.choose(NAMES)?).to_owned())
    }

    fn text(&mut self) -> Result<String> {
        let first = *self.u.choose(TEXTS)?;
        if self.u.ratio(1, 4)? {
            return Ok(format!("{first}{}", self.u.choose(TEXTS)?));
        }
        Ok(first.to_owned())
    }

    /// Puts a member in, one time in `odds`.
    fn perhaps(
        &mut self,
        odds: u8,
        to: &mut Value,
        key: &str,
        value: impl FnOnce(&mut Self) -> Result<Value>,
    ) -> Result<()> {
        if self.u.ratio(1, odds)? {
            to[key] = value(self)?;
        }
        Ok(())
    }
}
