//! Schemas: of every kind, in one another, and referring to one another and to themselves.

use arbitrary::Result;
use serde_json::{Map, Value, json};

use super::Maker;
use super::vocabulary::{FORMATS, REFERENCES};

impl Maker<'_, '_> {
    /// A schema that holds others down to `depth` levels. Out of numbers, it is a plain string.
    pub(super) fn schema(&mut self, depth: usize) -> Result<Value> {
        let kinds = if depth == 0 { 6 } else { 13 };
        let mut schema = match self.u.int_in_range(0..=kinds)? {
            0 => json!({"type": "string"}),
            1 => json!({"type": "string", "enum": self.names(5)?}),
            2 => json!({"type": "string", "format": self.u.choose(FORMATS)?}),
            3 => self.number()?,
            4 => json!({"type": "boolean"}),
            5 | 6 => return self.reference(),
            7 | 8 => self.object(depth)?,
            9 => json!({"type": "array", "items": self.schema(depth - 1)?}),
            10 => json!({"allOf": self.several(depth)?}),
            11 | 12 => self.union(depth)?,
            _ => json!({}),
        };
        self.decorate(&mut schema)?;
        Ok(schema)
    }

    pub(super) fn reference(&mut self) -> Result<Value> {
        if self.schemas.is_empty() || self.u.ratio(1, 40)? {
            return Ok(json!({"$ref": self.u.choose(REFERENCES)?}));
        }
        let name = self.u.choose(&self.schemas)?;
        Ok(json!({"$ref": self.reference_to(name)}))
    }

    fn reference_to(&self, name: &str) -> String {
        let section = if self.swagger {
            "#/definitions/"
        } else {
            "#/components/schemas/"
        };
        let escaped = name
            .replace('~', "~0")
            .replace('/', "~1")
            .replace('%', "%25");
        format!("{section}{escaped}")
    }

    fn number(&mut self) -> Result<Value> {
        let kind = self.u.choose(&["integer", "number"])?;
        let mut schema = json!({"type": kind});
        self.perhaps(2, &mut schema, "format", |m| {
            Ok(json!(m.u.choose(FORMATS)?))
        })?;
        self.perhaps(3, &mut schema, "enum", |m| {
            let count = m.u.int_in_range(0..=4)?;
            let numbers: Result<Vec<i64>> = (0..count).map(|_| m.u.arbitrary()).collect();
            Ok(json!(numbers?))
        })?;
        Ok(schema)
    }

    fn object(&mut self, depth: usize) -> Result<Value> {
        let mut properties = Map::new();
        for name in self.names(5)? {
            properties.insert(name, self.schema(depth - 1)?);
        }
        let required: Vec<_> = properties
            .keys()
            .filter(|_| self.u.ratio(1, 2).unwrap_or(false))
            .cloned()
            .collect();
        let mut schema = json!({"type": "object", "properties": properties, "required": required});
        self.perhaps(4, &mut schema, "additionalProperties", |m| {
            let is_schema = m.u.arbitrary()?;
            if is_schema {
                m.schema(depth - 1)
            } else {
                Ok(json!(m.u.arbitrary::<bool>()?))
            }
        })?;
        Ok(schema)
    }

    fn several(&mut self, depth: usize) -> Result<Vec<Value>> {
        let count = self.u.int_in_range(0..=3)?;
        (0..count).map(|_| self.schema(depth - 1)).collect()
    }

    fn union(&mut self, depth: usize) -> Result<Value> {
        let key = *self.u.choose(&["oneOf", "anyOf"])?;
        let mut schema = json!({});
        schema[key] = json!(self.several(depth)?);
        self.perhaps(2, &mut schema, "discriminator", Self::discriminator)?;
        Ok(schema)
    }

    fn discriminator(&mut self) -> Result<Value> {
        let mut mapping = Map::new();
        for value in self.names(3)? {
            let to = self.reference()?;
            mapping.insert(value, to["$ref"].clone());
        }
        let name = self.name()?;
        if self.swagger {
            return Ok(json!(name));
        }
        Ok(json!({"propertyName": name, "mapping": mapping}))
    }

    /// Words that OpenAPI has since 3.1.
    fn modernize(&mut self, schema: &mut Value) -> Result<()> {
        const TYPES: [&str; 7] = [
            "string", "number", "integer", "boolean", "object", "array", "null",
        ];
        self.perhaps(6, schema, "type", |m| {
            let count = m.u.int_in_range(0..=3)?;
            let types: Result<Vec<_>> = (0..count).map(|_| m.u.choose(&TYPES)).collect();
            Ok(json!(types?))
        })?;
        self.perhaps(8, schema, "const", |m| {
            let values = [
                json!("a"),
                json!(1),
                json!(null),
                json!([1]),
                json!({"a": 1}),
                json!(1.5),
            ];
            Ok(m.u.choose(&values)?.clone())
        })?;
        self.perhaps(10, schema, "exclusiveMinimum", |m| {
            Ok(json!(m.u.arbitrary::<i32>()?))
        })?;
        self.perhaps(10, schema, "prefixItems", |m| {
            Ok(json!([m.reference()?, true, {"type": "string"}]))
        })?;
        self.perhaps(10, schema, "items", |m| Ok(json!(m.u.arbitrary::<bool>()?)))?;
        self.perhaps(10, schema, "contentMediaType", |_| Ok(json!("image/png")))?;
        self.perhaps(10, schema, "$anchor", |m| Ok(json!(m.name()?)))?;
        self.perhaps(10, schema, "$dynamicRef", |m| {
            Ok(json!(format!("#{}", m.name()?)))
        })
    }

    fn decorate(&mut self, schema: &mut Value) -> Result<()> {
        if self.modern {
            self.modernize(schema)?;
        }
        self.perhaps(4, schema, "description", |m| Ok(json!(m.text()?)))?;
        self.perhaps(6, schema, "title", |m| Ok(json!(m.name()?)))?;
        self.perhaps(6, schema, "nullable", |_| Ok(json!(true)))?;
        self.perhaps(10, schema, "deprecated", |_| Ok(json!(true)))?;
        self.perhaps(10, schema, "readOnly", |_| Ok(json!(true)))?;
        self.perhaps(10, schema, "writeOnly", |_| Ok(json!(true)))?;
        self.perhaps(10, schema, "default", |m| Ok(json!(m.name()?)))?;
        self.perhaps(10, schema, "pattern", |m| Ok(json!(m.text()?)))?;
        self.perhaps(10, schema, "maxLength", |m| {
            Ok(json!(m.u.arbitrary::<i64>()?))
        })?;
        self.perhaps(10, schema, "minimum", |m| {
            Ok(json!(m.u.arbitrary::<i32>()?))
        })
    }
}
