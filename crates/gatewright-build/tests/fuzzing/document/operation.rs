//! Path items with their operations.

use arbitrary::Result;
use serde_json::{Map, Value, json};

use super::Maker;
use super::vocabulary::{MEDIA_TYPES, METHODS, STATUSES, STYLES};

impl Maker<'_, '_> {
    pub(super) fn path_item(&mut self, path: &str) -> Result<Value> {
        let mut item = Map::new();
        for _ in 0..self.u.int_in_range(1..=3)? {
            let method = *self.u.choose(METHODS)?;
            let operation = self.operation(path)?;
            item.insert(method.to_owned(), operation);
        }
        if self.u.ratio(1, 8)? {
            item.insert("parameters".to_owned(), json!(self.parameters(path)?));
        }
        Ok(item.into())
    }

    fn operation(&mut self, path: &str) -> Result<Value> {
        let mut operation =
            json!({"responses": self.responses()?, "parameters": self.parameters(path)?});
        self.perhaps(2, &mut operation, "operationId", |m| Ok(json!(m.name()?)))?;
        self.perhaps(3, &mut operation, "tags", |m| Ok(json!(m.names(2)?)))?;
        self.perhaps(3, &mut operation, "summary", |m| Ok(json!(m.text()?)))?;
        self.perhaps(3, &mut operation, "description", |m| Ok(json!(m.text()?)))?;
        self.perhaps(10, &mut operation, "deprecated", |_| Ok(json!(true)))?;
        self.perhaps(2, &mut operation, "security", Self::security)?;
        self.perhaps(8, &mut operation, "x-amazon-apigateway-auth", |m| {
            Ok(json!({"type": m.u.choose(&["AWS_IAM", "NONE", "x"])?}))
        })?;
        self.perhaps(3, &mut operation, "x-amazon-apigateway-integration", |m| {
            let kind =
                m.u.choose(&["aws_proxy", "mock", "http", "http_proxy", "x"])?;
            let text = m.text()?;
            Ok(json!({"type": kind, "uri": text, "requestTemplates": {"application/json": text}}))
        })?;
        if !self.swagger {
            self.perhaps(2, &mut operation, "requestBody", Self::body)?;
        }
        Ok(operation)
    }

    fn body(&mut self) -> Result<Value> {
        Ok(json!({
            "description": self.text()?, "required": self.u.arbitrary::<bool>()?, "content": self.content()?,
        }))
    }

    fn content(&mut self) -> Result<Value> {
        let mut content = Map::new();
        for _ in 0..self.u.int_in_range(0..=2)? {
            let media_type = *self.u.choose(MEDIA_TYPES)?;
            let schema = self.schema(3)?;
            content.insert(media_type.to_owned(), json!({ "schema": schema }));
        }
        Ok(content.into())
    }

    /// The variables of the path, most of them declared, and others.
    fn parameters(&mut self, path: &str) -> Result<Vec<Value>> {
        let variables = path
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split('}').next());
        let variables: Vec<_> = variables.map(|name| name.trim_end_matches('+')).collect();
        let mut parameters = Vec::new();
        for name in variables {
            if self.u.ratio(3, 4)? {
                let mut parameter = json!({"name": name, "in": "path", "required": true});
                self.describe(&mut parameter)?;
                parameters.push(parameter);
            }
        }
        for name in self.names(3)? {
            let location = self
                .u
                .choose(&["query", "header", "cookie", "path", "body", "formData"])?;
            let required: bool = self.u.arbitrary()?;
            let mut parameter = json!({"name": name, "in": location, "required": required});
            self.describe(&mut parameter)?;
            parameters.push(parameter);
        }
        Ok(parameters)
    }

    fn describe(&mut self, parameter: &mut Value) -> Result<()> {
        if self.swagger {
            let kind = self
                .u
                .choose(&["string", "integer", "array", "file", "boolean", "object"])?;
            parameter["type"] = json!(kind);
            parameter["items"] = self.schema(0)?;
        }
        if !self.swagger || parameter["in"] == "body" {
            parameter["schema"] = self.schema(2)?;
        }
        self.perhaps(4, parameter, "style", |m| Ok(json!(m.u.choose(STYLES)?)))?;
        self.perhaps(4, parameter, "explode", |m| {
            Ok(json!(m.u.arbitrary::<bool>()?))
        })?;
        self.perhaps(4, parameter, "description", |m| Ok(json!(m.text()?)))?;
        self.perhaps(8, parameter, "content", Self::content)
    }

    fn responses(&mut self) -> Result<Value> {
        let mut responses = Map::new();
        for _ in 0..self.u.int_in_range(0..=4)? {
            let status = *self.u.choose(STATUSES)?;
            responses.insert(status.to_owned(), self.response()?);
        }
        Ok(responses.into())
    }

    fn response(&mut self) -> Result<Value> {
        let mut response = json!({"description": self.text()?});
        if self.swagger {
            response["schema"] = self.schema(3)?;
        } else {
            response["content"] = self.content()?;
        }
        self.perhaps(4, &mut response, "headers", |m| {
            let mut headers = Map::new();
            for name in m.names(3)? {
                let schema = m.schema(1)?;
                headers.insert(
                    name,
                    json!({"schema": schema, "type": "string", "description": m.text()?}),
                );
            }
            Ok(headers.into())
        })?;
        Ok(response)
    }
}
