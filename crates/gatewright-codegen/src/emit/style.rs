//! Styles, as the runtime names them.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::rt::Rt;
use crate::model::{HeaderStyle, PathStyle, QueryLayout, QueryStyle};

pub(super) fn query(style: QueryStyle, rt: &Rt) -> TokenStream {
    let name = format_ident!(
        "{}",
        match style.layout {
            QueryLayout::Exploded => "EXPLODED",
            QueryLayout::Comma => "COMMA",
            QueryLayout::Space => "SPACE",
            QueryLayout::Pipe => "PIPE",
            QueryLayout::Tab => "TAB",
            QueryLayout::Deep => "DEEP",
            QueryLayout::Json => "JSON",
        }
    );
    let ty = rt.name("QueryStyle");
    let reserved = style.reserved.then(|| quote!(.reserved()));
    let or_empty = style.or_empty.then(|| quote!(.or_empty()));
    quote!(#ty::#name #reserved #or_empty)
}

/// The runtime calls it like the model.
pub(super) fn path(style: PathStyle, rt: &Rt) -> TokenStream {
    let (ty, name) = (rt.name("PathStyle"), format_ident!("{style:?}"));
    quote!(#ty::#name)
}

/// The runtime calls it like the model.
pub(super) fn header(style: HeaderStyle, rt: &Rt) -> TokenStream {
    let (ty, name) = (rt.name("HeaderStyle"), format_ident!("{style:?}"));
    quote!(#ty::#name)
}

/// The members of a form that have a style of their own.
pub(super) fn form(styles: &[(String, QueryStyle)], rt: &Rt) -> TokenStream {
    let styles = styles.iter().map(|(name, style)| {
        let style = query(*style, rt);
        quote!((#name, #style))
    });
    quote!(&[#(#styles),*])
}
