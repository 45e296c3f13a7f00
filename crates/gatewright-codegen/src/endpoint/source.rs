//! A trait in the text of its file, for those who are not the compiler.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::{Attribute, Item, ItemTrait, Meta};

use super::parse;
use crate::Problem;
use crate::check::did_you_mean;
use crate::model::Api;

/// Reads the trait `name` of the text of a Rust file, also where it stands in a module there. Mistakes of the trait are the
/// compiler's to report: a method that has one may be missing in the model.
///
/// # Errors
///
/// If the text is not Rust, or has no such trait with the attribute `#[rest_endpoint]`, or two.
///
/// ```
/// let source = "pub mod api { #[rest_endpoint(path = \"/v1\")] trait Pets { #[get(\"/pets\")] async fn pets(&self) -> Sent; } }";
/// let api = gatewright_codegen::endpoint::find(source, "Pets").unwrap();
/// assert_eq!(api.operations[0].path.as_str(), "/v1/pets");
/// ```
pub fn find(source: &str, name: &str) -> Result<Api, Problem> {
    let file =
        syn::parse_file(source).map_err(|error| Problem::at(error.span(), error.to_string()))?;
    let mut traits = Vec::new();
    gather(file.items, &mut traits);
    let names: Vec<_> = traits.iter().map(|item| item.ident.to_string()).collect();
    let mut found = traits.into_iter().filter(|item| item.ident == name);
    let Some(item) = found.next() else {
        let message = format!("has no trait `{name}` with `#[rest_endpoint]`");
        let message = did_you_mean(message, name, names.iter().map(String::as_str));
        return Err(Problem::at(Span::call_site(), message));
    };
    if let Some(second) = found.next() {
        let message = format!("a second trait `{name}`; rename one");
        return Err(Problem::at(second.ident.span(), message));
    }
    model(item)
}

/// The traits that have the attribute, in modules too.
fn gather(items: Vec<Item>, traits: &mut Vec<ItemTrait>) {
    for item in items {
        match item {
            Item::Trait(item) if item.attrs.iter().any(is_ours) => traits.push(item),
            Item::Mod(module) => gather(
                module.content.map_or_else(Vec::new, |(_, items)| items),
                traits,
            ),
            _ => {}
        }
    }
}

/// Whether an attribute is the macro, by its own name or by a path that ends in it.
fn is_ours(attr: &Attribute) -> bool {
    let last = attr.path().segments.last();
    last.is_some_and(|segment| segment.ident == "rest_endpoint")
}

fn model(mut item: ItemTrait) -> Result<Api, Problem> {
    let (ours, others) = item.attrs.into_iter().partition(is_ours);
    item.attrs = others;
    let ours: Vec<Attribute> = ours;
    let arguments = ours.first().map_or_else(TokenStream::new, arguments);
    let name = item.ident.clone();
    let parsed = parse(arguments, item.into_token_stream());
    let unread = || Problem::at(name.span(), format!("trait `{name}` cannot be read"));
    parsed.api.ok_or_else(unread)
}

fn arguments(attr: &Attribute) -> TokenStream {
    match &attr.meta {
        Meta::List(list) => list.tokens.clone(),
        Meta::Path(_) | Meta::NameValue(_) => TokenStream::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::find;

    const SOURCE: &str = "
        /// Pets.
        #[gatewright::rest_endpoint(client = Store, path = \"/v1\")]
        #[auth(iam)]
        trait Pets { #[get(\"/pets\")] async fn pets(&self) -> Sent; }

        trait Plain {}

        mod inner {
            #[rest_endpoint]
            trait Twice { #[get(\"/a\")] async fn a(&self) -> Sent; }
        }

        #[rest_endpoint]
        trait Twice { #[get(\"/b\")] async fn b(&self) -> Sent; }
    ";

    fn message(name: &str) -> String {
        find(SOURCE, name).unwrap_err().message
    }

    #[test]
    fn a_trait_is_read_with_the_arguments_of_its_attribute() {
        let api = find(SOURCE, "Pets").unwrap();
        assert_eq!(api.client, "Store");
        assert_eq!(api.operations[0].path.as_str(), "/v1/pets");
        assert_eq!(api.operations[0].auth.len(), 1);
    }

    #[test]
    fn a_trait_that_is_not_there_is_named_with_what_was_meant() {
        assert!(message("Pet").ends_with("did you mean `Pets`?"));
        assert_eq!(
            message("Plain"),
            "has no trait `Plain` with `#[rest_endpoint]`"
        );
        assert_eq!(message("Twice"), "a second trait `Twice`; rename one");
    }
}
