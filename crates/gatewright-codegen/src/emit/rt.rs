//! The names of the runtime, the only place that spells its path.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};

use crate::model::{Api, Format, Surface, Ty};

/// The runtime as users see it, unless they say otherwise.
pub fn default_runtime() -> TokenStream {
    quote!(::gatewright)
}

/// How emitted code reaches the runtime.
#[derive(Clone)]
pub(crate) struct Rt {
    runtime: TokenStream,
    root: TokenStream,
}

impl Rt {
    /// A file of its own imports the runtime once, to be readable; beside a user's trait the whole path is written, to
    /// bring no name into the user's scope.
    pub(crate) fn of(api: &Api) -> Self {
        let root = match api.surface {
            Surface::Inherent { .. } => quote!(rt),
            Surface::Trait { .. } => private(&api.runtime),
        };
        Self {
            runtime: api.runtime.clone(),
            root,
        }
    }

    /// The import that [`Rt::of`] relies on, for the top of a module.
    pub(crate) fn import(&self) -> TokenStream {
        let private = private(&self.runtime);
        if self.is_file() {
            quote!(
                use #private as rt;
            )
        } else {
            TokenStream::new()
        }
    }

    /// The attribute of an item beside a user's trait; a file of its own has it [once](super::outer). Lints that are about taste have
    /// nothing to say about emitted code, and a program that does not use all of an API makes no mistake.
    pub(crate) fn allow(&self) -> Option<TokenStream> {
        (!self.is_file()).then(|| {
            quote!(#[allow(dead_code, deprecated, unreachable_pub, clippy::all, clippy::pedantic, clippy::nursery)])
        })
    }

    fn is_file(&self) -> bool {
        self.root.to_string() == "rt"
    }

    /// A name by its whole path, for where there is no import.
    pub(crate) fn path(&self, name: &str) -> TokenStream {
        let (private, name) = (private(&self.runtime), format_ident!("{name}"));
        quote!(#private::#name)
    }

    /// One name.
    pub(crate) fn name(&self, name: &str) -> TokenStream {
        let root = &self.root;
        let name = format_ident!("{name}");
        quote!(#root::#name)
    }

    /// Several names.
    pub(crate) fn names<const N: usize>(&self, names: [&str; N]) -> [TokenStream; N] {
        names.map(|name| self.name(name))
    }

    /// A type.
    pub(crate) fn ty(&self, ty: &Ty) -> TokenStream {
        match ty {
            Ty::User(tokens) => tokens.clone(),
            Ty::Unit => quote!(()),
            Ty::Bool => quote!(bool),
            Ty::Integer(integer) => format_ident!("{}", integer.name()).into_token_stream(),
            Ty::F64 => quote!(f64),
            Ty::String => quote!(String),
            Ty::Str => quote!(&str),
            Ty::Value => self.name("Value"),
            Ty::Body => self.name("Body"),
            Ty::Multipart => self.name("Multipart"),
            Ty::Content => self.name("RawResponse"),
            Ty::PlainText => self.name("PlainText"),
            Ty::File => self.name("File"),
            Ty::HttpMethod => self.name("Method"),
            Ty::Format(format) => self.format(*format),
            Ty::Named(name) => named(name),
            Ty::List(inner) => self.wrapped("Vec", inner),
            Ty::Map(inner) => {
                let (map, inner) = (self.name("BTreeMap"), self.ty(inner));
                quote!(#map<String, #inner>)
            }
            Ty::Optional(inner) => self.wrapped("Option", inner),
            Ty::Boxed(inner) => self.wrapped("Box", inner),
            Ty::Response(inner) => {
                let (response, inner) = (self.name("Response"), self.ty(inner));
                quote!(#response<#inner>)
            }
            Ty::Ref(inner) => self.borrowed(inner),
        }
    }

    fn borrowed(&self, inner: &Ty) -> TokenStream {
        if let Ty::List(item) = inner {
            let item = self.ty(item);
            return quote!(&[#item]);
        }
        let inner = self.ty(inner);
        quote!(&#inner)
    }

    fn format(&self, format: Format) -> TokenStream {
        let formats = self.name("format");
        match format {
            Format::DateTime => quote!(#formats::DateTime),
            Format::Date => quote!(#formats::Date),
            Format::Uuid => quote!(#formats::Uuid),
            Format::Base64 => quote!(#formats::Base64),
        }
    }

    fn wrapped(&self, outer: &str, inner: &Ty) -> TokenStream {
        let (outer, inner) = (format_ident!("{outer}"), self.ty(inner));
        quote!(#outer<#inner>)
    }
}

fn private(runtime: &TokenStream) -> TokenStream {
    quote!(#runtime::__private)
}

/// A type of the API, seen from the module of the client; `types` imports its own names under this path too.
fn named(name: &Ident) -> TokenStream {
    let name = name.to_token_stream();
    quote!(types::#name)
}
