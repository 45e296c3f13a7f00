//! One model, one emitter: a document and the same API written as a trait give the same code, apart from the surface.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

use gatewright_codegen::model::{Api, Surface};
use gatewright_codegen::{check, emit, endpoint};
use quote::{format_ident, quote};

fn from_document() -> Api {
    let document = include_bytes!("../fixtures/menagerie.json");
    gatewright_build::__model("menagerie.json", document).unwrap()
}

/// `fixtures/menagerie.json`, written by hand.
fn from_trait() -> Api {
    let parsed = endpoint::parse(
        quote!(client = Client),
        quote! {
            pub trait Menagerie {
                #[get("/")]
                async fn get_root(
                    &self
                ) -> ::gatewright::__private::Result<::gatewright::__private::RawResponse, ::gatewright::__private::Error>;

                #[get("/animals")]
                async fn get_animals(
                    &self,
                    #[query] r#type: Option<&str>,
                    #[query] page: Option<&str>
                ) -> ::gatewright::__private::Result<types::Animals, ::gatewright::__private::Error>;

                #[post("/animals")]
                async fn create_animal(
                    &self,
                    #[body] body: &types::NewAnimal
                ) -> ::gatewright::__private::Result<types::NewAnimalResponse, ::gatewright::__private::Error>;

                #[get("/animals/{animalId}")]
                async fn get_animal(
                    &self,
                    #[path("animalId")] animal_id: &str
                ) -> ::gatewright::__private::Result<
                    types::Animal,
                    ::gatewright::__private::Error<types::GetAnimalError>
                >;

                #[delete("/animals/{animalId}")]
                async fn delete_animals_by_animal_id(
                    &self,
                    #[path("animalId")] animal_id: &str
                ) -> ::gatewright::__private::Result<(), ::gatewright::__private::Error>;
            }
        },
    );
    assert!(parsed.problems.is_empty(), "{:?}", parsed.problems);
    parsed.api.unwrap()
}

/// Gives a document's API the surface of the trait. Its operation ids are the names of the document, which a trait
/// does not have.
fn with_surface_of_the_trait(mut api: Api) -> Api {
    api.surface = Surface::Trait {
        ident: format_ident!("Menagerie"),
        api: None,
        twin: None,
    };
    api.endpoint = None;
    api.docs.clear();
    for operation in &mut api.operations {
        operation.id = operation.name.to_string();
    }
    api
}

/// A document describes more than a trait does.
fn without_docs(code: &str) -> String {
    let mut pieces = code.split("# [doc = ");
    let first = pieces.next().unwrap_or_default();
    let rest = pieces.map(|piece| piece.split_once("\"] ").map_or("", |(_, code)| code));
    std::iter::once(first).chain(rest).collect()
}

#[test]
fn a_document_and_a_trait_emit_the_same_code() {
    let document = with_surface_of_the_trait(from_document());
    let by_hand = from_trait();
    assert!(check::api(&by_hand).is_empty());
    let pretty = |api: &Api| {
        let mut api = api.clone();
        api.docs.clear();
        without_docs(&emit::client(&api).to_string()).replace(" ;", ";\n")
    };
    assert_eq!(pretty(&document), pretty(&by_hand));
}

#[test]
fn the_surface_is_all_that_differs() {
    let inherent = from_document();
    let implemented = with_surface_of_the_trait(inherent.clone());
    let (inherent, implemented) = (
        emit::client(&inherent).to_string(),
        emit::client(&implemented).to_string(),
    );
    assert!(inherent.contains("pub fn get_animal"));
    assert!(!inherent.contains("impl < S : rt :: HttpService > Menagerie"));
    assert!(implemented.contains("Menagerie for Client < S >"));
    assert!(!implemented.contains("GetAnimalsParams"));
}

#[test]
fn emitting_twice_gives_the_same() {
    let emit = || emit::client(&from_document()).to_string();
    assert_eq!(emit(), emit());
}
