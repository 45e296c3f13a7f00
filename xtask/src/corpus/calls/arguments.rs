//! The arguments of one call, in their order.

mod credential;

use gatewright_codegen::model::{Api, Arg, Operation, Ty};
use gatewright_codegen::{Origin, emit};
use gatewright_document::{self as document, Document, Method, Requirement};
use gatewright_local::sample;
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Value, json};

use super::value::Values;

/// The arguments of a call, as code.
pub(super) struct Arguments {
    pub(super) code: TokenStream,
    /// The authorizer whose token the caller passes as an argument; the code calls that token `credential`.
    pub(super) credential: Option<String>,
}

impl Arguments {
    /// All of them, the optional ones too.
    pub(super) fn of(
        api: &Api,
        document: &Document,
        operation: &Operation,
        title: &str,
    ) -> Result<Self, String> {
        let mut operations = document.operations.iter();
        let documented = operations
            .find(|it| format!("{} {}", it.method.as_str(), it.path) == title)
            .ok_or("the document has no such operation")?;
        let credential = credential::of(documented);
        let makers = Makers {
            document,
            operation: documented,
            values: Values(api),
            credential: credential.as_ref(),
        };
        let code = makers.all(operation)?;
        let is_used = code.to_string().contains("credential");
        let credential = credential.filter(|_| is_used);
        let credential = credential.map(|demand| demand.scheme);
        Ok(Self { code, credential })
    }
}

/// Where the values of an operation's arguments come from.
struct Makers<'a> {
    document: &'a Document,
    operation: &'a document::Operation,
    values: Values<'a>,
    /// The authorizer that reads nothing but arguments.
    credential: Option<&'a Requirement>,
}

impl Makers<'_> {
    fn all(&self, operation: &Operation) -> Result<TokenStream, String> {
        let is_gathered = |arg: &&Arg| arg.optional && !arg.kind.is_body();
        let positional = operation.args.iter().filter(|arg| !is_gathered(arg));
        let positional: Vec<_> = positional
            .map(|arg| self.argument(arg))
            .collect::<Result<_, _>>()?;
        let gathered = operation.args.iter().filter(is_gathered);
        let gathered: Vec<_> = gathered
            .map(|arg| self.field(arg))
            .collect::<Result<_, _>>()?;
        let params = emit::params_name(operation);
        let params = (!gathered.is_empty()).then(|| quote!(api::#params { #(#gathered),* }));
        Ok(quote!(#(#positional,)* #params))
    }

    /// A member of the parameters, which own what an argument borrows.
    fn field(&self, arg: &Arg) -> Result<TokenStream, String> {
        let (name, ty) = (&arg.name, owned(&arg.ty));
        let value = self.argument(&Arg { ty, ..arg.clone() })?;
        Ok(quote!(#name: #value))
    }

    fn argument(&self, arg: &Arg) -> Result<TokenStream, String> {
        if matches!(arg.ty, Ty::Str)
            && self
                .credential
                .is_some_and(|it| credential::is_read(it, arg))
        {
            return Ok(quote!(&credential));
        }
        let value = match &arg.ty {
            Ty::HttpMethod => json!(self.method()),
            _ if arg.kind.is_body() => self.body(),
            _ => self.parameter(&arg.origin),
        };
        let made = self.values.of(&value, &arg.ty);
        made.map_err(|why| format!("`{}` of {value}: {why}", arg.name))
    }

    /// A method that the path has no operation of its own for.
    fn method(&self) -> &'static str {
        let others = self.document.operations.iter();
        let others: Vec<_> = others
            .filter(|it| it.path == self.operation.path)
            .map(|it| it.method)
            .collect();
        let choices = [
            Method::Post,
            Method::Get,
            Method::Put,
            Method::Delete,
            Method::Patch,
        ];
        let free = choices.iter().find(|method| !others.contains(method));
        free.unwrap_or(&Method::Head).as_str()
    }

    fn parameter(&self, origin: &Origin) -> Value {
        let Origin::Pointer(pointer) = origin else {
            return json!("string");
        };
        let mut parameters = self.operation.parameters.iter();
        let declared = parameters.find(|it| it.pointer.to_string() == *pointer);
        let schema = declared.and_then(|it| it.schema.as_ref());
        let value = schema.and_then(|schema| sample(self.document, schema));
        value.unwrap_or_else(|| json!("string"))
    }

    /// What the JSON of the body is made of, or else its first media type.
    fn body(&self) -> Value {
        let Some(body) = &self.operation.body else {
            return json!({});
        };
        let json = body
            .content
            .iter()
            .find(|(media, _)| media.contains("json"));
        let media = json
            .or_else(|| body.content.first())
            .map(|(_, media)| media);
        let schema = media.and_then(|media| media.schema.as_ref());
        let value = schema.and_then(|schema| sample(self.document, schema));
        value.unwrap_or_else(|| json!({}))
    }
}

fn owned(ty: &Ty) -> Ty {
    match ty {
        Ty::Str => Ty::String,
        Ty::Ref(inner) => owned(inner),
        Ty::Optional(inner) => Ty::Optional(Box::new(owned(inner))),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use gatewright_document::Document;

    use super::super::code_of;

    fn calls(operation: &str) -> String {
        let document = format!(
            r#"{{"openapi": "3.0.1", "info": {{"title": "t", "version": "1"}}, "paths": {{"/a": {{"get": {operation}}}}},
            "components": {{"securitySchemes": {{"gate": {{"type": "apiKey", "name": "Unused", "in": "header",
            "x-amazon-apigateway-authorizer": {{"type": "request",
                "identitySource": "method.request.header.x-pass"}}}}}}}}}}"#
        );
        let api = gatewright_build::__model("t.json", document.as_bytes()).unwrap();
        let document = Document::from_slice("t.json", document.as_bytes()).unwrap();
        code_of(&api, &document, "t")
    }

    #[test]
    fn a_name_that_begins_with_a_digit_makes_parameters() {
        let calls = calls(
            r#"{"operationId": "3gpp-foo", "responses": {}, "parameters": [{"name": "q", "in": "query",
                "schema": {"type": "string"}}]}"#,
        );
        assert!(calls.contains("api :: _3gppFooParams {"), "{calls}");
    }

    #[test]
    fn an_argument_that_an_authorizer_reads_is_the_callers_token() {
        let calls = calls(
            r#"{"responses": {}, "security": [{"gate": []}], "parameters": [{"name": "X-Pass", "in": "header",
                "schema": {"type": "string"}}]}"#,
        );
        assert!(calls.contains(r#"caller . token ("gate")"#), "{calls}");
        assert!(calls.contains("(& credential ,)"), "{calls}");
    }
}
