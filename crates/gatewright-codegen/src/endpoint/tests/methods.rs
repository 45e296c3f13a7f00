//! HTTP methods, signatures and paths.

use quote::quote;

use super::*;

#[test]
fn an_endpoint_has_one_http_method() {
    let message = refusal(quote!(
        async fn pets(&self) -> R;
    ));
    assert!(
        message.starts_with("method `pets` has no HTTP method; add one of `#[get(\"…\")]`, "),
        "{message}"
    );
    assert!(message.ends_with(", or give it a body"), "{message}");
    let message = refusal(quote! {
        #[get("/a")]
        #[post("/a")]
        async fn pets(&self) -> R;
    });
    assert_eq!(message, "method `pets` has two HTTP methods; keep one");
}

#[test]
fn an_http_method_has_a_path() {
    let expected = "`#[put]` needs a path: `#[put(\"/path/{variable}\")]`";
    for attr in [
        quote!(#[put]),
        quote!(#[put()]),
        quote!(#[put = "/a"]),
        quote!(#[put(PATH)]),
        quote!(#[put("/a", 1)]),
    ] {
        assert_eq!(refusal(quote!(#attr async fn pets(&self) -> R;)), expected);
    }
}

#[test]
fn an_endpoint_has_no_body() {
    let message = refusal(quote! {
        #[get("/pets")]
        async fn pets(&self) -> R { call() }
    });
    assert_eq!(
        message,
        "method `pets` has both `#[get]` and a body; remove one"
    );
}

#[test]
fn an_endpoint_is_an_async_method_of_a_shared_self() {
    let with = |signature: TokenStream| refused_method(quote!(#[get("/pets")] #signature;));
    assert_eq!(
        with(quote!(fn pets(&self) -> R)),
        ["method `pets` must be `async`"]
    );
    assert_eq!(
        with(quote!(async fn pets() -> R)),
        ["method `pets` must take `&self`"]
    );
    assert_eq!(
        with(quote!(async fn pets(&mut self) -> R)),
        ["method `pets` must take `&self`"]
    );
    assert_eq!(
        with(quote!(async fn pets(self: Box<Self>) -> R)),
        ["method `pets` must take `&self`"]
    );
    assert_eq!(
        with(quote!(async fn pets<'a>(&'a self) -> R)),
        ["method `pets` must take `&self`, without a lifetime"]
    );
    assert!(with(quote!(async unsafe fn pets(&self) -> R))[0].contains("plain `async fn`"));
    assert!(with(quote!(async fn pets<T>(&self) -> R))[0].contains("cannot have type parameters"));
    assert!(
        with(quote!(async fn pets<const N: usize>(&self) -> R))[0]
            .contains("cannot have type parameters")
    );
    assert!(with(quote!(async fn pets<'a>(&self) -> R where 'a: 'static))[0].contains("`where`"));
    assert_eq!(
        with(quote!(async fn pets(&self))),
        [
            "method `pets` must return `gatewright::Result<T>` (or `Result<T, gatewright::Error<E>>`)"
        ]
    );
}

#[test]
fn an_endpoint_is_not_called_like_a_method_of_the_client() {
    for name in ["rest", "boxed"] {
        let method = quote::format_ident!("{name}");
        assert_eq!(
            refusal(quote!(#[get("/")] async fn #method(&self) -> R;)),
            format!("method `{name}` would be hidden by the client's own `{name}`; rename it")
        );
    }
}

fn path_refusal(path: &str) -> String {
    refusal(quote!(
        #[get(#path)]
        async fn pets(&self) -> R;
    ))
}

#[test]
fn a_path_is_a_template() {
    assert_eq!(path_refusal("pets"), "path must start with `/`");
    assert_eq!(path_refusal(""), "path must start with `/`");
    assert!(path_refusal("/pets?limit=1").contains("must not contain `?`"));
    assert!(path_refusal("/pets/{id").contains("unbalanced `{`"));
    assert!(path_refusal("/pets/{}").contains("needs a name"));
    assert!(path_refusal("/{a}/{a}").contains("used twice"));
}

#[test]
fn a_prefix_does_not_hide_what_is_wrong_with_a_path() {
    let item = |path: &str| {
        quote!(
            trait Api {
                #[get(#path)]
                async fn pets(&self, a: u8) -> R;
            }
        )
    };
    assert_eq!(
        refused(quote!(path = "/v1"), item("pets/{a}")),
        ["path must start with `/`"]
    );
    assert_eq!(
        refused(quote!(path = "/{a}"), item("/{a}")),
        ["`{a}` is used twice in this path; rename one"]
    );
}

#[test]
fn every_variable_has_an_argument() {
    let with = |path: &str, arguments: TokenStream| {
        refusal(quote!(#[get(#path)] async fn pet(&self, #arguments) -> R;))
    };
    assert_eq!(
        with("/{id}", quote!()),
        "`{id}` has no argument; add `id: …`"
    );
    assert_eq!(
        with("/{type}", quote!()),
        "`{type}` has no argument; add `r#type: …`"
    );
    assert_eq!(
        with("/{petId}", quote!()),
        "`{petId}` has no argument; add `#[path(\"petId\")] pet_id: …`"
    );
    assert_eq!(
        with("/{orderLineId}", quote!(order_line_id: u64)),
        "`{orderLineId}` has no argument; add the attribute `#[path(\"orderLineId\")]` to `order_line_id`"
    );
    assert_eq!(
        with("/{pet_id}", quote!(petid: u64)),
        "`{pet_id}` has no argument; did you mean `pet_id` where it says `petid`?"
    );
}

#[test]
fn a_misspelt_http_method_is_one_mistake() {
    let message = refusal(quote!(
        #[gte("/pets")]
        async fn pets(&self) -> R;
    ));
    assert_eq!(
        message,
        "unknown attribute `#[gte]` on a method of an endpoint; did you mean `#[get]`?"
    );
}

#[test]
fn a_response_to_head_has_no_body_to_read() {
    let returning = |ty: TokenStream| {
        let item = quote!(trait Api { #[head("/boats")] async fn boats(&self) -> #ty; });
        let api = parse(quote!(), item).api.unwrap();
        let problems = crate::check::api(&api).into_iter();
        problems.map(|problem| problem.message).collect::<Vec<_>>()
    };
    for (ty, what) in [
        (quote!(gatewright::Result<String>), "`String`"),
        (quote!(Result<std::string::String>), "`String`"),
        (quote!(Result<Vec<Boat>, gatewright::Error<Fault>>), "`Vec`"),
        (
            quote!(gatewright::Result<gatewright::Response<u64>>),
            "`u64`",
        ),
        (quote!(Result<HashMap<String, Boat>>), "`HashMap`"),
        (quote!(Result<(u8, u8)>), "tuple"),
        (quote!(Result<[u8; 4]>), "list"),
    ] {
        let expected = format!(
            "a response to `HEAD` has no body, so there is no {what} in it; return `()`, or `gatewright::Response<()>` for its \
             headers"
        );
        assert_eq!(returning(ty), [expected]);
    }
    for ty in [
        quote!(gatewright::Result<()>),
        quote!(gatewright::Result<gatewright::Response<()>>),
        quote!(gatewright::Result<gatewright::RawResponse>),
        quote!(gatewright::Result<gatewright::Body>),
        quote!(gatewright::Result<Option<String>>),
        quote!(gatewright::Result<serde_json::Value>),
        quote!(Result<Boat>),
        quote!(R),
    ] {
        let problems = returning(ty.clone());
        assert!(problems.is_empty(), "{ty}: {problems:?}");
    }
}
