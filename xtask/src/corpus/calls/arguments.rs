//! The arguments of one call, in their order.

use gatewright_codegen::Origin;
use gatewright_codegen::case;
use gatewright_codegen::model::{Api, Arg, Operation, Ty};
use gatewright_document::{self as document, Document, Method};
use gatewright_local::sample;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use serde_json::{Value, json};

use super::value::Values;

/// Where the values of an operation's arguments come from.
pub(super) struct Arguments<'a> {
    document: &'a Document,
    operation: &'a document::Operation,
    values: Values<'a>,
}

impl<'a> Arguments<'a> {
    /// All of them, the optional ones too.
    pub(super) fn of(
        api: &'a Api,
        document: &'a Document,
        operation: &'a Operation,
        title: &str,
    ) -> Result<TokenStream, String> {
        let mut operations = document.operations.iter();
        let documented = operations
            .find(|it| format!("{} {}", it.method.as_str(), it.path) == title)
            .ok_or("the document has no such operation")?;
        let arguments = Self {
            document,
            operation: documented,
            values: Values(api),
        };
        let is_gathered = |arg: &&Arg| arg.optional && !arg.kind.is_body();
        let positional = operation.args.iter().filter(|arg| !is_gathered(arg));
        let positional: Vec<_> = positional
            .map(|arg| arguments.argument(arg))
            .collect::<Result<_, _>>()?;
        let gathered = operation.args.iter().filter(is_gathered);
        let gathered: Vec<_> = gathered
            .map(|arg| arguments.field(arg))
            .collect::<Result<_, _>>()?;
        let params = params_name(operation);
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

fn params_name(operation: &Operation) -> Ident {
    let method = operation.name.to_string();
    let name = case::upper_camel(method.trim_start_matches("r#"));
    format_ident!("{name}Params")
}

fn owned(ty: &Ty) -> Ty {
    match ty {
        Ty::Str => Ty::String,
        Ty::Ref(inner) => owned(inner),
        Ty::Optional(inner) => Ty::Optional(Box::new(owned(inner))),
        other => other.clone(),
    }
}
