//! The trait and the arguments of `#[rest_endpoint]`.

use quote::quote;

use super::*;

fn refused_attr(attr: TokenStream) -> Vec<String> {
    let method = quote! {
        #[get("/pets")]
        async fn pets(&self) -> gatewright::Result<()>;
    };
    refused(attr, quote!(trait Pets { #method }))
}

#[test]
fn something_else_than_a_trait_is_left_as_it_is() {
    for item in [
        quote!(
            #[derive(Debug)]
            pub struct Pets;
        ),
        quote!(
            mod pets {}
        ),
        quote!(impl Pets {}),
    ] {
        let Parsed {
            item: emitted,
            api,
            problems,
        } = parse(quote!(), item.clone());
        assert_eq!(emitted.to_string(), item.to_string());
        assert!(api.is_none());
        assert_eq!(problems[0].message, "`#[rest_endpoint]` goes on a `trait`");
        assert_eq!(problems.len(), 1);
    }
}

#[test]
fn arguments_of_the_attribute_are_checked() {
    assert_eq!(
        refused_attr(quote!(clinet = Petshop)),
        [
            "unknown argument `clinet`; expected `client`, `path`, `api`, `dyn` or `crate`; did you mean `client`?"
        ]
    );
    assert_eq!(
        refused_attr(quote!(client = "Petshop")),
        ["`client` takes a name: `client = PetStore`"]
    );
    assert_eq!(
        refused_attr(quote!(client)),
        ["`client` takes a name: `client = PetStore`"]
    );
    assert_eq!(
        refused_attr(quote!(path = v1)),
        ["`path` takes a text: `path = \"/v1\"`"]
    );
    assert_eq!(
        refused_attr(quote!(crate = "gw")),
        ["`crate` takes a path: `crate = ::gatewright`"]
    );
    assert_eq!(
        refused_attr(quote!(api = pets)),
        ["`api` takes a text: `api = \"name\"`"]
    );
    assert!(refused_attr(quote!(api = " "))[0].contains("the app's configuration"));
    assert_eq!(
        refused_attr(quote!(client = A, client = B)),
        ["`client` is given twice; keep one"]
    );
    assert!(refused_attr(quote!("/v1"))[0].starts_with("expected `client = Name`"));
    assert!(refused_attr(quote!(client = Pets))[0].contains("try `PetsClient`"));
}

#[test]
fn a_prefix_is_a_path() {
    assert_eq!(
        refused_attr(quote!(path = "v1")),
        ["path must start with `/`"]
    );
    assert!(refused_attr(quote!(path = "/v1/"))[0].contains("must not end with `/`"));
    assert!(refused_attr(quote!(path = "/{rest+}"))[0].contains("cannot stand in a prefix"));
}

#[test]
fn one_wrong_argument_does_not_hide_the_next() {
    let messages = refused_attr(quote!(clint = X, path = "v1", auth = iam));
    assert_eq!(messages.len(), 3, "{messages:#?}");
}

#[test]
fn a_trait_has_endpoints_and_nothing_but_methods() {
    let messages = refused(
        quote!(),
        quote!(
            trait Empty {}
        ),
    );
    assert_eq!(
        messages,
        ["trait `Empty` has no endpoints; add a method such as `#[get(\"/path\")] async fn …;`"]
    );
    let endpoint = quote! {
        #[get("/x")]
        async fn x(&self) -> R;
    };
    let messages = refused(quote!(), quote!(trait Api { type Item; #endpoint }));
    assert_eq!(
        messages,
        ["only methods are allowed here; move this to another trait"]
    );
    let messages = refused(quote!(), quote!(trait Api<T> { #endpoint }));
    assert_eq!(
        messages,
        ["a `#[rest_endpoint]` trait cannot be generic; lifetimes on methods are fine"]
    );
    assert!(refused(quote!(), quote!(unsafe trait Api { #endpoint }))[0].contains("`unsafe`"));
}

#[test]
fn a_trait_whose_endpoints_are_all_refused_is_not_called_empty() {
    let messages = refused_method(quote! {
        #[get]
        async fn pets(&self) -> R;
    });
    assert_eq!(
        messages,
        ["`#[get]` needs a path: `#[get(\"/path/{variable}\")]`"]
    );
}

#[test]
fn every_mistake_of_a_trait_is_told_at_once() {
    let messages = refused(
        quote!(colour = red),
        quote! {
            #[auth(magic)]
            trait Api {
                const LIMIT: u8;
                #[get("pets")]
                fn pets(&self) -> R;
                #[get("/pets/{id}")]
                async fn pet(&self) -> R;
                #[post("/pets")]
                async fn create(&mut self, #[body] #[query] pet: Pet) -> R;
            }
        },
    );
    assert_eq!(
        messages,
        [
            "unknown argument `colour`; expected `client`, `path`, `api`, `dyn` or `crate`",
            "unknown auth `magic`; expected `iam`, `api_key`, `bearer` or `none`",
            "only methods are allowed here; move this to another trait",
            "method `pets` must be `async`",
            "path must start with `/`",
            "method `create` must take `&self`",
            "argument `pet` has two attributes; an argument goes to one location",
            "`{id}` has no argument; add `id: …`",
        ]
    );
}

#[test]
fn a_sound_trait_comes_with_its_client() {
    let expansion = expand(
        quote!(client = Petshop),
        quote! {
            pub trait Pets {
                #[get("/pets")]
                async fn pets(&self) -> gatewright::Result<()>;
            }
        },
    );
    assert_clean(&expansion);
    let text = expansion.to_string();
    assert!(
        text.contains("pub struct Petshop") && !text.contains("compile_error"),
        "{text}"
    );
}
