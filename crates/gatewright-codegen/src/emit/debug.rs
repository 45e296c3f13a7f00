//! What `Debug` shows of a struct.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::rt::Rt;

/// How a struct gets its `Debug`: derived, unless a field is a secret.
pub(super) struct Debug {
    /// What to add to the list of what is derived.
    pub(super) derived: Option<TokenStream>,
    /// The implementation, if none is derived.
    pub(super) written: Option<TokenStream>,
}

impl Debug {
    /// For the struct of this name and of these fields, each with whether it is a secret.
    pub(super) fn of<'a>(
        name: &Ident,
        fields: impl Iterator<Item = (&'a Ident, bool)> + Clone,
        rt: &Rt,
    ) -> Self {
        let has_secret = fields.clone().any(|(_, is_secret)| is_secret);
        Self {
            derived: (!has_secret).then(|| quote!(Debug,)),
            written: has_secret.then(|| written(name, fields, rt)),
        }
    }
}

fn written<'a>(
    name: &Ident,
    fields: impl Iterator<Item = (&'a Ident, bool)>,
    rt: &Rt,
) -> TokenStream {
    let ([fmt, format_args], text) = (rt.names(["fmt", "format_args"]), plain(name));
    let fields = fields.map(|(field, is_secret)| {
        let name = plain(field);
        if is_secret {
            quote!(.field(#name, &#format_args!("[redacted]")))
        } else {
            quote!(.field(#name, &self.#field))
        }
    });
    quote! {
        impl #fmt::Debug for #name {
            fn fmt(&self, f: &mut #fmt::Formatter<'_>) -> #fmt::Result {
                f.debug_struct(#text) #(#fields)* .finish()
            }
        }
    }
}

/// A name as the derived `Debug` shows it.
fn plain(name: &Ident) -> String {
    name.to_string().trim_start_matches("r#").to_owned()
}
