//! The trait front end: `#[rest_endpoint]`.
//!
//! [`parse`] reads a trait into a model and writes the trait anew without its helper attributes; [`expand`] is the
//! whole macro. Neither stops at the first mistake, and the trait comes out whatever is wrong with it, so that one
//! mistake is one message.
//!
//! ```
//! use gatewright_codegen::endpoint;
//! use quote::quote;
//!
//! let parsed = endpoint::parse(quote!(), quote! {
//!     trait Pets {
//!         #[get("/pets")]
//!         fn pets(&self) -> gatewright::Result<Vec<Pet>>;
//!     }
//! });
//! assert_eq!(parsed.problems[0].message, "method `pets` must be `async`");
//! assert!(!parsed.item.to_string().contains("get"));
//! ```

mod arg_attr;
mod args;
mod argument;
mod attribute;
mod auth;
mod fallback;
mod fixed_header;
mod foreign_path;
mod item;
mod method;
mod rewrite;
mod signature;
mod source;

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Item, ItemTrait, Visibility};

use crate::model::Api;
use crate::{Problem, check, emit};
use args::Args;
pub use source::find;

/// What came of a trait.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The trait as it is to be compiled: without helper attributes, its `async fn`s returning `impl Future + Send`.
    /// What is not a trait is here as it came.
    pub item: TokenStream,
    /// The API, without the methods that could not be read; nothing if it was not a trait.
    pub api: Option<Api>,
    /// What was wrong, as far as reading goes; [`check::api`] finds the rest.
    pub problems: Vec<Problem>,
}

/// Reads a trait: `attr` are the arguments of `#[rest_endpoint(…)]`, `item` what stands below it.
pub fn parse(attr: TokenStream, item: TokenStream) -> Parsed {
    let mut problems = Vec::new();
    let args = Args::parse(attr, &mut problems);
    match syn::parse2::<ItemTrait>(item.clone()) {
        Ok(definition) => {
            let api = item::lower(&definition, &args, &mut problems);
            Parsed {
                item: rewrite::item(definition, &args.runtime),
                api: Some(api),
                problems,
            }
        }
        Err(error) => {
            problems.push(not_a_trait(&item, &error));
            Parsed {
                item,
                api: None,
                problems,
            }
        }
    }
}

/// Expands the macro: the trait and its client, or the trait, a `compile_error!` for each problem and a client that does
/// nothing.
pub fn expand(attr: TokenStream, item: TokenStream) -> TokenStream {
    let Parsed {
        item,
        api,
        mut problems,
    } = parse(attr, item);
    // A trait whose every endpoint was refused is not one without endpoints.
    let is_checked = |api: &&Api| problems.is_empty() || !api.operations.is_empty();
    let more = api.as_ref().filter(is_checked).map(check::api);
    problems.extend(more.into_iter().flatten());
    let client = api.map(|api| {
        if problems.is_empty() {
            emit::client(&api)
        } else {
            fallback::client(&api, item.clone())
        }
    });
    let errors = problems.iter().map(compile_error);
    quote!(#item #(#errors)* #client)
}

fn compile_error(problem: &Problem) -> TokenStream {
    syn::Error::new(problem.origin.span(), &problem.message).into_compile_error()
}

/// A sound item that is no trait, or one that cannot be read at all.
fn not_a_trait(item: &TokenStream, error: &syn::Error) -> Problem {
    if syn::parse2::<Item>(item.clone()).is_err() {
        return Problem::at(error.span(), error.to_string());
    }
    Problem::at(
        keyword(item.clone()),
        "`#[rest_endpoint]` goes on a `trait`",
    )
}

/// The first token after attributes and visibility.
fn keyword(item: TokenStream) -> Span {
    let first = |input: ParseStream<'_>| {
        Attribute::parse_outer(input)?;
        input.parse::<Visibility>()?;
        let span = input.span();
        input.parse::<TokenStream>()?;
        Ok(span)
    };
    first.parse2(item).unwrap_or_else(|error| error.span())
}

#[cfg(test)]
mod tests;
