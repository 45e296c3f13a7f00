//! What a sound trait becomes.

use quote::quote;

use super::*;
use crate::model::{ArgKind, Method, Output, QueryLayout, Scheme, Surface, Ty};

fn bearer() -> Scheme {
    Scheme::HeaderToken {
        scheme: "bearer".to_owned(),
        header: "authorization".to_owned(),
    }
}

#[test]
fn names_and_paths_have_defaults() {
    let methods = quote!(
        #[get("/pets")]
        async fn pets(&self) -> R;
    );
    let api = accepted(quote!(), quote!(pub(crate) trait PetStore { #methods }));
    assert_eq!(api.client, "PetStoreClient");
    assert_eq!(api.runtime.to_string(), ":: gatewright");
    assert_eq!(api.vis.to_string(), "pub (crate)");
    assert!(
        matches!(&api.surface, Surface::Trait { ident, api: None, twin: None } if ident == "PetStore")
    );
    let attr = quote!(client = Shop, path = "/v2/{tenant}", crate = crate::gw,);
    let methods = quote!(
        #[get("/pets")]
        async fn pets(&self, tenant: &str) -> R;
    );
    let api = accepted(attr, quote!(trait PetStore { #methods }));
    assert_eq!(api.client, "Shop");
    assert_eq!(api.runtime.to_string(), "crate :: gw");
    assert_eq!(api.operations[0].path.as_str(), "/v2/{tenant}/pets");
}

#[test]
fn each_verb_is_a_method() {
    let verbs = ["get", "post", "put", "patch", "delete", "head", "options"];
    for verb in verbs {
        let attr = quote::format_ident!("{verb}");
        let operation = accepted_method(quote!(#[#attr("/")] async fn call(&self) -> R;));
        assert_eq!(operation.method.as_str(), verb.to_uppercase());
        assert!(matches!(operation.method, Method::Fixed(_)));
    }
}

#[test]
fn each_argument_goes_where_its_mark_says() {
    let operation = accepted_method(quote! {
        #[put("/{id}/{type}/{rest+}")]
        async fn call<'a>(
            &self,
            id: &'a PetId,
            r#type: u8,
            #[path("rest")] remainder: &str,
            #[query] r#where: Option<&str>,
            #[query("nextToken")] next: &[u8],
            #[header("X-Trace")] trace: &str,
            #[body] body: &Pet,
            #[extension] deadline: Deadline,
        ) -> gatewright::Result<Pet>;
    });
    let kinds: Vec<ArgKind> = operation.args.iter().map(|arg| arg.kind.clone()).collect();
    let text = |text: &str| text.to_owned();
    assert_eq!(
        kinds,
        [
            ArgKind::Path(text("id")),
            ArgKind::Path(text("type")),
            ArgKind::Path(text("rest")),
            ArgKind::Query(text("where")),
            ArgKind::Query(text("nextToken")),
            ArgKind::Header(text("x-trace")),
            ArgKind::Body(None),
            ArgKind::Extension,
        ]
    );
    assert!(
        operation
            .args
            .iter()
            .all(|arg| !arg.optional && matches!(arg.ty, Ty::User(_)))
    );
    assert_eq!(operation.generics.to_string(), "< 'a >");
    assert_eq!(operation.id, "call");
    let Output::User(output) = &operation.output else {
        panic!("the user's type")
    };
    assert_eq!(output.to_string(), "gatewright :: Result < Pet >");
}

#[test]
fn words_say_how_a_value_is_written() {
    let operation = accepted_method(quote! {
        #[any("/")]
        async fn call(
            &self,
            #[method] method: Method,
            #[query(flatten)] filter: &Filter,
            #[query(comma)] tags: &[&str],
            #[query("page", deep,)] at: Option<&Page>,
            #[body(form)] form: &Form,
        ) -> R;
    });
    let kinds: Vec<ArgKind> = operation.args.into_iter().map(|arg| arg.kind).collect();
    let text = |text: &str| text.to_owned();
    assert_eq!(
        kinds,
        [
            ArgKind::Method,
            ArgKind::Members(text("filter")),
            ArgKind::QueryAs(text("tags"), QueryLayout::Comma.into()),
            ArgKind::QueryAs(text("page"), QueryLayout::Deep.into()),
            ArgKind::Form(Vec::new()),
        ]
    );
    assert_eq!(operation.method, Method::Any);
}

#[test]
fn an_api_has_the_name_that_the_configuration_gives_it() {
    let methods = quote!(
        #[get("/pets")]
        async fn pets(&self) -> R;
    );
    let api = accepted(
        quote!(api = "pets-api"),
        quote!(pub trait Pets { #methods }),
    );
    assert!(matches!(&api.surface, Surface::Trait { api: Some(name), .. } if name == "pets-api"));
    let code = crate::emit::client(&api).to_string();
    let constant = quote!(
        pub const API: &'static str = "pets-api";
    )
    .to_string();
    assert!(code.contains(&constant), "{code}");
}

#[test]
fn auth_of_a_method_replaces_that_of_the_trait() {
    let api = accepted(
        quote!(),
        quote! {
            #[auth(iam)]
            trait Api {
                #[get("/a")]
                async fn a(&self) -> R;
                #[get("/b")]
                #[auth(bearer, api_key)]
                async fn b(&self) -> R;
                #[get("/c")]
                #[auth(none)]
                async fn c(&self) -> R;
            }
        },
    );
    let auth: Vec<_> = api
        .operations
        .into_iter()
        .map(|operation| operation.auth)
        .collect();
    assert_eq!(
        auth,
        [vec![Scheme::Iam], vec![bearer(), Scheme::ApiKey], vec![]]
    );
    assert!(
        accepted_method(quote!(
            #[get("/")]
            async fn a(&self) -> R;
        ))
        .auth
        .is_empty()
    );
}

#[test]
fn a_header_of_a_method_replaces_that_of_the_trait() {
    let api = accepted(
        quote!(),
        quote! {
            #[header("Accept", "application/json")]
            #[header("x-app", "1")]
            trait Api {
                #[get("/a")]
                #[header("accept", "text/csv")]
                async fn a(&self, #[header("x-app")] app: &str) -> R;
            }
        },
    );
    let headers = &api.operations[0].headers;
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(*headers, [pair("x-app", "1"), pair("accept", "text/csv")]);
}

#[test]
fn docs_and_cfg_go_along() {
    let api = accepted(
        quote!(),
        quote! {
            /// Everything about pets.
            trait Api {
                /// Lists pets.
                ///
                /// ```
                ///     let x;
                /// ```
                #[cfg(unix)]
                #[get("/a")]
                async fn a(&self) -> R;
                #[cfg(not(unix))]
                #[get("/b")]
                async fn a(&self) -> R;
            }
        },
    );
    assert_eq!(api.docs, "Everything about pets.");
    assert_eq!(
        api.operations[0].docs,
        "Lists pets.\n\n```\n    let x;\n```"
    );
    assert_eq!(api.operations[0].attrs.to_string(), "# [cfg (unix)]");
}

#[test]
fn methods_with_a_body_are_no_operations() {
    let api = accepted(
        quote!(),
        quote! {
            trait Api {
                #[get("/a")]
                async fn a(&self) -> R;
                async fn b<T>(&self, (x, y): (u8, u8), t: impl Fn(T)) -> u8 { x }
                fn c() {}
            }
        },
    );
    assert_eq!(api.operations.len(), 1);
}
