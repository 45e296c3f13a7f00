//! A JSON value as an expression of a generated type.

mod named;
mod object;

use gatewright_codegen::model::{Api, Ty};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;

type Made = Result<TokenStream, String>;

/// The types of an API.
pub(super) struct Values<'a>(pub(super) &'a Api);

impl Values<'_> {
    pub(super) fn of(&self, value: &Value, ty: &Ty) -> Made {
        match ty {
            Ty::Unit => Ok(quote!(())),
            Ty::Str => Ok(text(value)),
            Ty::String | Ty::Format(_) => Ok(text(value)).map(|text| quote!(#text.into())),
            Ty::Bool | Ty::Integer(_) | Ty::F64 => scalar(value, ty),
            Ty::Value => Ok(json(value)),
            Ty::Body => Ok(text(value)).map(|text| quote!(gatewright::Body::text(#text))),
            Ty::Multipart => Ok(multipart(value)),
            Ty::File => Ok(file(value)),
            Ty::HttpMethod => method(value),
            Ty::Named(name) => self.named(value, name),
            Ty::Ref(inner) => self.of(value, inner).map(|value| quote!(&#value)),
            Ty::Boxed(inner) => self.of(value, inner).map(|value| quote!(Box::new(#value))),
            Ty::Optional(_) if value.is_null() => Ok(quote!(None)),
            Ty::Optional(inner) => self.of(value, inner).map(|value| quote!(Some(#value))),
            Ty::List(inner) => self.list(value, inner),
            Ty::Map(inner) => self.map(value.as_object().ok_or("not an object")?, inner),
            other => Err(format!(
                "an argument of the type {other:?} is not known here"
            )),
        }
    }

    fn list(&self, value: &Value, item: &Ty) -> Made {
        let items = value.as_array().ok_or("not an array")?;
        let items = items.iter().map(|value| self.of(value, item));
        let items: Vec<_> = items.collect::<Result<_, _>>()?;
        Ok(quote!(vec![#(#items),*]))
    }

    fn map<'v>(&self, members: impl IntoIterator<Item = (&'v String, &'v Value)>, ty: &Ty) -> Made {
        let members = members.into_iter();
        let entries = members.map(|(name, value)| {
            let value = self.of(value, ty)?;
            Ok(quote!((#name.to_owned(), #value)))
        });
        let entries: Vec<_> = entries.collect::<Result<_, String>>()?;
        Ok(quote!([#(#entries),*].into_iter().collect()))
    }
}

fn text(value: &Value) -> TokenStream {
    let text = value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned);
    quote!(#text)
}

fn json(value: &Value) -> TokenStream {
    let text = value.to_string();
    quote!(corpus_judge::json(#text))
}

fn scalar(value: &Value, ty: &Ty) -> Made {
    let mismatch = || format!("is no {ty:?}");
    Ok(match ty {
        Ty::Bool => {
            let value = value.as_bool().ok_or_else(mismatch)?;
            quote!(#value)
        }
        Ty::F64 => {
            let value = value.as_f64().ok_or_else(mismatch)?;
            quote!(#value)
        }
        _ => {
            let value = value
                .as_number()
                .and_then(serde_json::Number::as_i128)
                .ok_or_else(mismatch)?;
            // Examples that went through JavaScript have the last of 64 bits rounded up to the next one.
            let fits = !matches!(ty, Ty::Integer(range) if !range.holds(value));
            let value = if fits { value } else { value.clamp(0, 1) };
            let value = proc_macro2::Literal::i128_unsuffixed(value);
            quote!(#value)
        }
    })
}

fn multipart(value: &Value) -> TokenStream {
    let parts = value
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, value)| {
            let value = text(value);
            quote!(.text(#name, #value))
        });
    quote!(gatewright::Multipart::new() #(#parts)*)
}

fn file(value: &Value) -> TokenStream {
    let content = text(value);
    quote!(gatewright::multipart::File::new("file", "application/octet-stream", #content))
}

fn method(value: &Value) -> Made {
    let method = format_ident!("{}", value.as_str().ok_or("no method")?);
    Ok(quote!(http::Method::#method))
}
