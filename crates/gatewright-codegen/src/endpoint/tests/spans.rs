//! Editors find their way by places: what is emitted for a token of the user's stands where that token stands.

use proc_macro2::LineColumn;

use super::*;

const SOURCE: &str = r#"
pub trait Pets {
    #[put("/pets/{id}")]
    async fn rename(&self, id: PetId, #[query] limit: Limit, #[body] name: &NewName) -> gatewright::Result<Renamed>;
}
"#;

fn places_of(text: &str, tokens: TokenStream) -> Vec<LineColumn> {
    let of_token = |token: TokenTree| match token {
        TokenTree::Group(group) => places_of(text, group.stream()),
        other if other.to_string() == text => vec![other.span().start()],
        _ => Vec::new(),
    };
    tokens.into_iter().flat_map(of_token).collect()
}

#[test]
fn what_is_emitted_for_a_token_stands_where_the_token_stands() {
    let source: TokenStream = SOURCE.parse().unwrap();
    let api = parse(quote!(), source.clone()).api.unwrap();
    let client = crate::emit::client(&api);
    for text in [
        "Pets",
        "\"/pets/{id}\"",
        "rename",
        "id",
        "PetId",
        "limit",
        "Limit",
        "name",
        "NewName",
        "Renamed",
    ] {
        let [place] = places_of(text, source.clone())[..] else {
            panic!("`{text}` is there once");
        };
        assert!(places_of(text, client.clone()).contains(&place), "{text}");
    }
}
