//! Security schemes and what asks for them.

use arbitrary::Result;
use serde_json::{Map, Value, json};

use super::Maker;

impl Maker<'_, '_> {
    pub(super) fn schemes(&mut self) -> Result<Value> {
        self.schemes = self.names(4)?;
        let mut schemes = Map::new();
        for name in self.schemes.clone() {
            schemes.insert(name, self.scheme()?);
        }
        Ok(schemes.into())
    }

    fn scheme(&mut self) -> Result<Value> {
        let mut scheme = match self.u.int_in_range(0..=4)? {
            0 => json!({"type": "apiKey", "name": "x-api-key", "in": "header"}),
            1 => {
                json!({"type": "apiKey", "name": "Authorization", "in": "header", "x-amazon-apigateway-authtype": "awsSigv4"})
            }
            2 => {
                json!({"type": "apiKey", "name": self.name()?, "in": self.u.choose(&["header", "query", "cookie"])?})
            }
            3 => json!({"type": "oauth2", "flows": {}}),
            _ => json!({"type": "http", "scheme": self.u.choose(&["bearer", "basic", "😀"])?}),
        };
        self.perhaps(3, &mut scheme, "x-amazon-apigateway-authtype", |m| {
            Ok(json!(m.u.choose(&[
                "cognito_user_pools",
                "custom",
                "awsSigv4"
            ])?))
        })?;
        self.perhaps(
            3,
            &mut scheme,
            "x-amazon-apigateway-authorizer",
            Self::authorizer,
        )?;
        Ok(scheme)
    }

    fn authorizer(&mut self) -> Result<Value> {
        let kind = self
            .u
            .choose(&["token", "request", "jwt", "cognito_user_pools", "x"])?;
        let mut authorizer = json!({"type": kind});
        self.perhaps(2, &mut authorizer, "identitySource", |m| {
            let (header, query) = (m.name()?, m.name()?);
            Ok(json!(format!(
                "method.request.header.{header}, $request.querystring.{query}"
            )))
        })?;
        Ok(authorizer)
    }

    /// A list of demands, most of them for schemes that there are.
    pub(super) fn security(&mut self) -> Result<Value> {
        let mut list = Vec::new();
        let undeclared = self.u.ratio(1, 30)?;
        for _ in 0..self.u.int_in_range(0..=2)? {
            let name = if undeclared {
                self.name()?
            } else if self.schemes.is_empty() {
                break;
            } else {
                self.u.choose(&self.schemes)?.clone()
            };
            let mut demand = json!({});
            demand[name] = json!(self.names(2)?);
            list.push(demand);
        }
        Ok(list.into())
    }
}
