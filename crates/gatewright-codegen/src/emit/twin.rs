//! What is emitted beside a client on request: a type for any implementation of a user's trait, and the methods of a generated client as
//! a trait, for tests that put something else in its place.

use proc_macro2::{Ident, Spacing, TokenStream, TokenTree};
use quote::{format_ident, quote};
use syn::Generics;
use syn::ext::IdentExt;

use super::client::result;
use super::rt::Rt;
use super::{call, deprecated};
use crate::model::{Api, Operation};

/// The type `twin`, which is any implementation of the trait `of` and implements it: a trait of `async fn` cannot be a `dyn` itself.
pub(super) fn of_trait(api: &Api, of: &Ident, twin: &Ident, rt: &Rt) -> TokenStream {
    let (vis, allow) = (&api.vis, rt.allow());
    let [send, sync, arc, fmt] = rt.names(["Send", "Sync", "Arc", "fmt"]);
    let erased = format_ident!("__{twin}");
    let docs = format!(
        " Any implementation of [`{of}`], behind one pointer: for a struct that holds a client or a double without a type parameter. A \
         clone is the same implementation."
    );
    let declared = api.operations.iter().map(|it| boxed(it, rt));
    let attrs: Vec<_> = api.operations.iter().map(|it| &it.attrs).collect();
    let hidden = api.operations.iter().map(|it| handed_on(it, of, rt));
    let methods = api
        .operations
        .iter()
        .map(|it| of_twin(api, it, &erased, rt));
    let name = twin.to_string();
    quote! {
        #[doc(hidden)]
        #allow
        #vis trait #erased: #send + #sync {
            #(#attrs #declared;)*
        }

        #[automatically_derived]
        impl<T: #of> #erased for T {
            #(#hidden)*
        }

        #[doc = #docs]
        #allow
        #[derive(Clone)]
        #vis struct #twin(#arc<dyn #erased>);

        #allow
        impl #twin {
            /// This implementation, with its type erased.
            #vis fn new(of: impl #of + 'static) -> Self {
                Self(#arc::new(of))
            }
        }

        #[automatically_derived]
        impl #fmt::Debug for #twin {
            fn fmt(&self, f: &mut #fmt::Formatter<'_>) -> #fmt::Result {
                f.debug_struct(#name).finish_non_exhaustive()
            }
        }

        #[automatically_derived]
        impl #of for #twin {
            #(#methods)*
        }
    }
}

/// What a method is called where its future is boxed: as nothing else that is in scope.
fn hidden_name(operation: &Operation) -> Ident {
    format_ident!("__dyn_{}", operation.name.unraw())
}

fn handed_on(operation: &Operation, of: &Ident, rt: &Rt) -> TokenStream {
    let (signature, name, attrs) = (boxed(operation, rt), &operation.name, &operation.attrs);
    let arguments = operation.args.iter().map(|arg| &arg.name);
    let boxed = rt.name("Box");
    quote!(#attrs #signature { #boxed::pin(#of::#name(self, #(#arguments),*)) })
}

fn of_twin(api: &Api, operation: &Operation, erased: &Ident, rt: &Rt) -> TokenStream {
    let Operation {
        name,
        attrs,
        generics,
        ..
    } = operation;
    let (signature, output) = (
        call::signature(api, operation, rt),
        result(&operation.output, rt),
    );
    let (hidden, arguments) = (
        hidden_name(operation),
        operation.args.iter().map(|arg| &arg.name),
    );
    let [future, send] = rt.names(["Future", "Send"]);
    quote! {
        #attrs
        fn #name #generics (&self, #signature) -> impl #future<Output = #output> + #send {
            // The boxed future lives as long as the shortest of all that is borrowed, which has no name here.
            async move { #erased::#hidden(&*self.0, #(#arguments),*).await }
        }
    }
}

/// The signature of a method whose future lives as long as all that it borrows.
fn boxed(operation: &Operation, rt: &Rt) -> TokenStream {
    let generics = syn::parse2::<Generics>(operation.generics.clone()).unwrap_or_default();
    let own: Vec<_> = generics.lifetimes().map(|it| &it.lifetime).collect();
    let (name, future) = (hidden_name(operation), rt.name("BoxFuture"));
    let arguments = operation.args.iter().map(|arg| {
        let (name, ty) = (&arg.name, named(rt.ty(&arg.ty)));
        quote!(#name: #ty)
    });
    let output = result(&operation.output, rt);
    let bounds = own.iter().map(|lifetime| quote!(#lifetime: 'call));
    let bounds = (!own.is_empty()).then(|| quote!(where #(#bounds),*));
    let declared = generics.params.iter();
    quote!(fn #name<'call #(, #declared)*>(&'call self, #(#arguments),*) -> #future<'call, #output> #bounds)
}

/// A type with a name for each lifetime that was left out.
fn named(ty: TokenStream) -> TokenStream {
    let mut named = Vec::<TokenTree>::new();
    let mut tokens = ty.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Group(group) => {
                let inner = named_group(&group);
                named.push(inner);
            }
            TokenTree::Punct(punct) if punct.as_char() == '&' => {
                named.push(punct.into());
                if !is_tick(tokens.peek()) {
                    named.extend(quote!('call));
                }
            }
            TokenTree::Punct(punct) if punct.as_char() == '\'' && is_left_out(tokens.peek()) => {
                tokens.next();
                named.extend(quote!('call));
            }
            other => named.push(other),
        }
    }
    named.into_iter().collect()
}

fn named_group(group: &proc_macro2::Group) -> TokenTree {
    let mut inner = proc_macro2::Group::new(group.delimiter(), named(group.stream()));
    inner.set_span(group.span());
    inner.into()
}

fn is_tick(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == '\'' && punct.spacing() == Spacing::Joint)
}

fn is_left_out(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Ident(name)) if name == "_")
}

/// The methods of a generated client as a trait. One that an implementation does not write panics: a test of one method writes one.
pub(super) fn of_client(api: &Api, rt: &Rt) -> TokenStream {
    let client = &api.client;
    let [send, sync, http_service] = rt.names(["Send", "Sync", "HttpService"]);
    let docs = format!(
        " The methods of [`{client}`]: for code that takes any of its kind, and for tests that write some of them with `async fn`. \
         A method that an implementation does not write panics when it is called."
    );
    let declared = api.operations.iter().map(|it| declared(api, it, rt));
    let written = api.operations.iter().map(|it| {
        let (signature, name) = (signature(api, it, rt), &it.name);
        let arguments = call::arguments(api, it);
        quote!(#signature { #client::#name(self, #(#arguments),*) })
    });
    quote! {
        #[doc = #docs]
        pub trait ClientApi: #send + #sync {
            #(#declared)*
        }

        #[automatically_derived]
        impl<S: #http_service> ClientApi for #client<S> {
            #(#written)*
        }
    }
}

fn declared(api: &Api, operation: &Operation, rt: &Rt) -> TokenStream {
    let (name, client) = (operation.name.to_string(), &api.client);
    let docs = format!(" As [`{client}::{name}`].");
    let (signature, deprecated) = (
        signature(api, operation, rt),
        deprecated(operation.deprecated),
    );
    let (arguments, unwritten) = (call::arguments(api, operation), rt.name("unwritten"));
    quote! {
        #[doc = #docs]
        #deprecated
        #signature {
            let _ = (#(#arguments,)*);
            async { #unwritten(#name) }
        }
    }
}

fn signature(api: &Api, operation: &Operation, rt: &Rt) -> TokenStream {
    let (name, arguments) = (&operation.name, call::signature(api, operation, rt));
    let output = result(&operation.output, rt);
    let [future, send] = rt.names(["Future", "Send"]);
    let future = quote!(impl #future<Output = #output> + #send);
    quote!(fn #name(&self, #arguments) -> #future)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_lifetime_that_was_left_out_has_a_name() {
        for (ty, expected) in [
            (quote!(u64), quote!(u64)),
            (quote!(&str), quote!(&'call str)),
            (quote!(Option<&[&str]>), quote!(Option<&'call [&'call str]>)),
            (quote!(&'a Filter<'_, 'b>), quote!(&'a Filter<'call, 'b>)),
            (
                quote!((&u8, Cow<'_, str>)),
                quote!((&'call u8, Cow<'call, str>)),
            ),
        ] {
            assert_eq!(named(ty).to_string(), expected.to_string());
        }
    }
}
