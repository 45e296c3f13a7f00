//! The rules for models that come from a document; those for traits are tested where traits are read.

use proc_macro2::TokenStream;
use quote::format_ident;

use super::*;
use crate::model::{
    Arg, ArgKind, Direction, Field, HeaderStyle, Method, Output, PathStyle, PathTemplate,
    QueryLayout, QueryStyle, Scheme, Surface, Ty, TypeDef, TypeKind, Variant,
};

fn pointer(text: &str) -> Origin {
    Origin::Pointer(text.to_owned())
}

fn arg(name: &str, kind: ArgKind) -> Arg {
    Arg {
        origin: pointer("#/parameters/0"),
        name: format_ident!("{name}"),
        ty: Ty::Str,
        kind,
        optional: false,
        deprecated: false,
        secret: false,
        docs: String::new(),
    }
}

fn operation(path: &str, args: Vec<Arg>) -> Operation {
    Operation {
        origin: pointer("#/paths/~1pets/get"),
        id: "getPets".to_owned(),
        name: format_ident!("get_pets"),
        method: Method::Fixed("GET"),
        path: PathTemplate::parse(path).unwrap(),
        auth: Vec::new(),
        generics: TokenStream::new(),
        args,
        headers: Vec::new(),
        output: Output::Typed {
            ok: Ty::Unit,
            error: None,
        },
        docs: String::new(),
        response_docs: String::new(),
        deprecated: false,
        attrs: TokenStream::new(),
    }
}

fn document(operations: Vec<Operation>, types: Vec<TypeDef>) -> Api {
    Api {
        surface: Surface::Inherent {
            connect: true,
            methods: false,
        },
        client: format_ident!("Client"),
        vis: TokenStream::new(),
        runtime: TokenStream::new(),
        docs: String::new(),
        endpoint: None,
        operations,
        types,
    }
}

fn ty(name: &str, kind: TypeKind) -> TypeDef {
    let origin = pointer("#/components/schemas/Pet");
    TypeDef {
        origin,
        name: format_ident!("{name}"),
        wire: name.to_owned(),
        docs: String::new(),
        deprecated: false,
        direction: Direction::Both,
        kind,
        derives: Vec::new(),
    }
}

fn messages(api: &Api) -> Vec<String> {
    super::api(api)
        .iter()
        .map(|problem| format!("{}: {}", problem.origin, problem.message))
        .collect()
}

fn of_operation(operation: Operation) -> Vec<String> {
    messages(&document(vec![operation], Vec::new()))
}

#[test]
fn a_sound_document_has_no_problems() {
    let id = arg("pet_id", ArgKind::Path("petId".to_owned()));
    assert_eq!(of_operation(operation("/pets/{petId}", vec![id])), [""; 0]);
}

#[test]
fn a_document_without_operations_is_told_so() {
    assert_eq!(
        messages(&document(Vec::new(), Vec::new())),
        ["#/paths: the document has no operations; export a stage with at least one method"]
    );
}

#[test]
fn a_problem_is_at_the_element_at_fault() {
    let stray = arg("owner", ArgKind::Path("owner".to_owned()));
    assert_eq!(
        of_operation(operation("/pets/{petId}", vec![stray])),
        [
            "#/paths/~1pets/get: `{petId}` is in the path, but is not declared as a path parameter",
            "#/parameters/0: `owner` names no `{owner}` in the path `/pets/{petId}`",
        ]
    );
}

#[test]
fn a_place_is_filled_once_whatever_the_style() {
    let style = |layout| QueryStyle::from(layout);
    let twice = vec![
        arg("a", ArgKind::Query("q".to_owned())),
        arg(
            "b",
            ArgKind::QueryAs("q".to_owned(), style(QueryLayout::Comma)),
        ),
        arg("c", ArgKind::Header("x-a".to_owned())),
        arg(
            "d",
            ArgKind::HeaderAs("x-a".to_owned(), HeaderStyle::Simple),
        ),
        arg("e", ArgKind::Path("id".to_owned())),
        arg("f", ArgKind::PathAs("id".to_owned(), PathStyle::Label)),
    ];
    assert_eq!(
        of_operation(operation("/pets/{id}", twice)),
        [
            "#/parameters/0: `{id}` has two arguments; keep one",
            "#/parameters/0: query parameter `q` appears twice in `get_pets`; keep one",
            "#/parameters/0: header `x-a` appears twice in `get_pets`; keep one",
        ]
    );
}

#[test]
fn a_request_has_one_body_of_any_kind() {
    let mut operation = operation(
        "/",
        vec![
            arg("a", ArgKind::Text("text/csv".to_owned())),
            arg("b", ArgKind::Form(Vec::new())),
        ],
    );
    operation.method = Method::Fixed("POST");
    assert_eq!(
        of_operation(operation),
        ["#/parameters/0: `get_pets` has two bodies; a request carries one"]
    );
}

#[test]
fn two_operations_of_one_name_cannot_be_methods() {
    let twice = vec![operation("/a", Vec::new()), operation("/b", Vec::new())];
    assert_eq!(
        messages(&document(twice, Vec::new())),
        [
            "#/paths/~1pets/get: two operations are called `get_pets`; change the `operationId` of one"
        ]
    );
}

#[test]
fn two_arguments_types_or_members_of_one_name_are_refused() {
    let twice = ["a", "A"]
        .map(|wire| arg("a", ArgKind::Query(wire.to_owned())))
        .to_vec();
    assert_eq!(
        of_operation(operation("/", twice)),
        ["#/parameters/0: two arguments are called `a`; change the `name` of one"]
    );
    let field = |name: &str| Field {
        name: format_ident!("{name}"),
        wire: name.to_owned(),
        ty: Ty::Bool,
        null: crate::model::Null::Absent,
        only: None,
        deprecated: false,
        secret: false,
        docs: String::new(),
    };
    let variant = |name: &str| Variant {
        name: format_ident!("{name}"),
        wire: name.to_owned(),
    };
    let types = vec![
        ty(
            "Pet",
            TypeKind::Struct {
                fields: vec![field("x"), field("x")],
                rest: None,
            },
        ),
        ty("Pet", TypeKind::Alias(Ty::Bool)),
        ty(
            "Kind",
            TypeKind::Enum {
                variants: vec![variant("Cat"), variant("Cat")],
            },
        ),
    ];
    let found = messages(&document(vec![operation("/", Vec::new())], types));
    assert_eq!(
        found,
        [
            "#/components/schemas/Pet: two types are called `Pet`; change the `name` of one",
            "#/components/schemas/Pet: two members are called `x`; change the `name` of one",
            "#/components/schemas/Pet: two members are called `Cat`; change the `name` of one",
        ]
    );
}

#[test]
fn a_credential_is_a_security_scheme_and_no_parameter() {
    let header = arg("authorization", ArgKind::Header("authorization".to_owned()));
    assert_eq!(
        of_operation(operation("/", vec![header])),
        [
            "#/parameters/0: header `authorization` is set by a layer; declare it as a security scheme"
        ]
    );
    let scheme = "authorizer".to_owned();
    let mut with_tokens = operation(
        "/",
        vec![
            arg("a", ArgKind::Header("x-token".to_owned())),
            arg("b", ArgKind::Query("token".to_owned())),
        ],
    );
    with_tokens.auth = vec![
        Scheme::HeaderToken {
            scheme: scheme.clone(),
            header: "X-Token".to_owned(),
        },
        Scheme::QueryToken {
            scheme,
            query: "token".to_owned(),
        },
    ];
    assert_eq!(
        of_operation(with_tokens),
        [
            "#/parameters/0: query parameter `token` is set by a layer; remove the parameter",
            "#/parameters/0: header `x-token` is set by a layer for the token of this operation; remove it",
        ]
    );
}

#[test]
fn a_header_that_the_transport_or_the_signer_sets_is_no_argument() {
    for name in [
        "host",
        "Connection",
        "TE",
        "Transfer-Encoding",
        "expect",
        "keep-alive",
        "Proxy-Connection",
    ] {
        let header = arg("a", ArgKind::Header(name.to_owned()));
        let expected =
            format!("#/parameters/0: header `{name}` is set by the transport; remove it");
        assert_eq!(of_operation(operation("/", vec![header])), [expected]);
    }
    for name in ["x-amz-date", "X-Amz-Content-Sha256", "x-amz-security-token"] {
        let header = arg("a", ArgKind::Header(name.to_owned()));
        let found = of_operation(operation("/", vec![header]));
        assert!(found[0].contains("is set by a layer"), "{found:?}");
    }
    for name in [
        "x-amz-meta-title",
        "x-amz-acl",
        "date",
        "cookie",
        "if-match",
    ] {
        let header = arg("a", ArgKind::Header(name.to_owned()));
        assert_eq!(of_operation(operation("/", vec![header])), [""; 0]);
    }
}

#[test]
fn a_token_in_a_header_that_the_transport_or_the_signer_sets_is_refused() {
    let with_token_in = |header: &str| {
        let mut operation = operation("/", Vec::new());
        operation.auth = vec![Scheme::HeaderToken {
            scheme: "usher".to_owned(),
            header: header.to_owned(),
        }];
        of_operation(operation)
    };
    for (header, owner) in [
        ("host", "transport"),
        ("Content-Length", "transport"),
        ("Transfer-Encoding", "transport"),
        ("connection", "transport"),
        ("TE", "transport"),
        ("upgrade", "transport"),
        ("trailer", "transport"),
        ("Keep-Alive", "transport"),
        ("proxy-connection", "transport"),
        ("proxy-authorization", "transport"),
        ("expect", "transport"),
        ("X-Amz-Date", "signer"),
        ("x-amz-security-token", "signer"),
        ("x-amz-content-sha256", "signer"),
    ] {
        let expected = format!(
            "#/paths/~1pets/get: the scheme `usher` puts its token into the header `{header}`, which the {owner} sets; \
             correct the document, or say with `Builder::scheme` where the authorizer reads the token"
        );
        assert_eq!(with_token_in(header), [expected]);
    }
    for header in [
        "authorization",
        "x-api-key",
        "cookie",
        "x-token",
        "x-amz-meta-token",
    ] {
        assert_eq!(with_token_in(header), [""; 0], "{header}");
    }
}

#[test]
fn of_many_misspelt_variables_the_first_are_compared() {
    let path: String = (0..2_000).map(|n| format!("/{{variable{n}x}}")).collect();
    let stray = |n| arg(&format!("v{n}"), ArgKind::Path(format!("variable{n}y")));
    let problems = of_operation(operation(&path, (0..2_000).map(stray).collect()));
    // A misspelt argument is one problem, not two.
    assert_eq!(problems.len(), 2 * 2_000 - 50);
}
