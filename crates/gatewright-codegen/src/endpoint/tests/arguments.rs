//! Arguments of endpoints.

use quote::quote;

use super::*;

#[test]
fn an_argument_that_is_not_in_the_path_says_where_it_goes() {
    assert_eq!(
        argument_refusal(quote!(limit: u32)),
        "argument `limit` is not in the path `/pets/{id}`; add an attribute: `#[query]`, `#[header(\"…\")]`, `#[body]` or \
         `#[extension]`"
    );
    assert_eq!(
        argument_refusal(quote!(#[path("owner")] who: &str)),
        "`owner` names no `{owner}` in the path `/pets/{id}`"
    );
}

#[test]
fn a_variable_has_one_argument() {
    assert_eq!(
        argument_refusal(quote!(#[path("id")] other: u64)),
        "`{id}` has two arguments; keep one"
    );
}

#[test]
fn an_argument_goes_to_one_place() {
    assert_eq!(
        argument_refusal(quote!(#[query] #[header("x-limit")] limit: u32)),
        "argument `limit` has two attributes; an argument goes to one location"
    );
}

#[test]
fn a_misspelt_mark_is_one_mistake() {
    assert_eq!(
        argument_refusal(quote!(#[qurey("n")] limit: u32)),
        "unknown attribute `#[qurey]` on an argument of an endpoint; did you mean `#[query]`?"
    );
    assert_eq!(
        argument_refusal(quote!(#[get("/")] limit: u32)),
        "`#[get]` goes on a method"
    );
}

#[test]
fn marks_take_what_they_can_use() {
    let message = |argument| argument_refusal(argument);
    let query = "`#[query]` takes a name, a style, or both: `#[query(\"name\", comma)]`; or `flatten` alone";
    for mark in [
        quote!(#[query(1)]),
        quote!(#[query = "a"]),
        quote!(#[query("a" comma)]),
        quote!(#[query(comma, "a")]),
        quote!(#[query("a", "b")]),
    ] {
        assert_eq!(message(quote!(#mark a: u8)), query);
    }
    assert_eq!(
        message(quote!(#[path(a, b)] a: u8)),
        "`#[path]` takes one name: `#[path(\"name\")]`"
    );
    let header = "`#[header]` on an argument takes one name: `#[header(\"x-name\")]`";
    assert_eq!(message(quote!(#[header] a: u8)), header);
    assert_eq!(message(quote!(#[header("a", "b")] a: u8)), header);
    assert!(message(quote!(#[body("text/csv")] a: u8)).starts_with("`#[body]` takes at most "));
    assert_eq!(
        message(quote!(#[method("GET")] a: u8)),
        "`#[method]` takes no arguments"
    );
    assert_eq!(
        message(quote!(#[extension("a")] a: u8)),
        "`#[extension]` takes no arguments"
    );
}

#[test]
fn words_of_marks_are_known_ones() {
    assert_eq!(
        argument_refusal(quote!(#[query("a", coma)] a: &[u8])),
        "unknown style `coma`; expected `comma`, `space`, `pipe`, `deep`, `json` or `flatten`; \
         did you mean `comma`?"
    );
    assert!(argument_refusal(quote!(#[query(flaten)] a: A)).ends_with("did you mean `flatten`?"));
    assert_eq!(
        argument_refusal(quote!(#[query("a", flatten)] a: A)),
        "`flatten` takes no name; members are sent under names of their own"
    );
    assert_eq!(
        argument_refusal(quote!(#[body(from)] a: A)),
        "unknown body `from`; expected `form`, or nothing for JSON; did you mean `form`?"
    );
}

#[test]
fn a_method_is_an_argument_of_an_operation_that_takes_any() {
    let any = |arguments: TokenStream| {
        refused_method(quote!(#[any("/")] async fn call(&self, #arguments) -> R;))
    };
    assert_eq!(
        any(quote!()),
        ["`call` takes any HTTP method; add `#[method] method: http::Method`"]
    );
    assert_eq!(
        any(quote!(#[method] a: Method, #[method] b: Method)),
        ["`call` has two HTTP methods as arguments; keep one"]
    );
    assert_eq!(
        argument_refusal(quote!(#[method] method: Method)),
        "the method is `POST` already; remove this argument, or use `#[any]`"
    );
}

#[test]
fn an_extension_outlives_the_call() {
    assert_eq!(
        argument_refusal(quote!(#[extension] deadline: &Deadline)),
        "an extension is kept by the request; take it by value, without this"
    );
    accepted_method(quote!(
        #[get("/")]
        async fn find(&self, #[extension] name: &'static str) -> R;
    ));
}

#[test]
fn an_argument_is_a_name_with_a_type() {
    for pattern in [quote!((a, b)), quote!(mut a), quote!(_), quote!(ref a)] {
        assert_eq!(
            argument_refusal(quote!(#[query("a")] #pattern: u8)),
            "argument must be a plain name, not a pattern"
        );
    }
    assert!(
        argument_refusal(quote!(#[query] a: impl ToString)).contains("cannot have type parameters")
    );
    assert!(
        argument_refusal(quote!(#[body] a: Option<(u8, impl ToString)>))
            .contains("type parameters")
    );
    assert!(
        argument_refusal(quote!(#[cfg(unix)] #[query] a: u8)).contains("`#[cfg]` is not supported")
    );
}

#[test]
fn an_unused_name_is_not_sent_by_accident() {
    assert_eq!(
        argument_refusal(quote!(#[query] _limit: u32)),
        "`_limit` cannot be sent under that name; use `#[query(\"limit\")] _limit`"
    );
    assert_eq!(
        argument_refusal(quote!(#[query("")] limit: u32)),
        "a query parameter needs a name: `#[query(\"name\")]`"
    );
}

#[test]
fn a_request_has_one_body_if_it_may() {
    assert_eq!(
        argument_refusal(quote!(#[body] a: A, #[body] b: B)),
        "`pet` has two bodies; a request carries one"
    );
    for (verb, name) in [(quote!(get), "GET"), (quote!(head), "HEAD")] {
        assert_eq!(
            refusal(quote!(#[#verb("/")] async fn find(&self, #[body] a: A) -> R;)),
            format!(
                "`{name}` requests carry no body; send a query parameter, or use another method"
            )
        );
    }
    accepted_method(quote!(
        #[delete("/")]
        async fn clear(&self, #[body] a: A) -> R;
    ));
}

#[test]
fn a_name_is_sent_once() {
    assert_eq!(
        argument_refusal(quote!(#[query] a: u8, #[query("a")] b: u8)),
        "query parameter `a` appears twice in `pet`; keep one"
    );
    assert_eq!(
        argument_refusal(quote!(#[header("X-A")] a: u8, #[header("x-a")] b: u8)),
        "header `x-a` appears twice in `pet`; keep one"
    );
    accepted_method(quote!(
        #[get("/")]
        async fn find(&self, #[query] a: u8, #[query("A")] b: u8) -> R;
    ));
}

#[test]
fn a_header_is_the_callers_to_send() {
    let with = |name: &str| argument_refusal(quote!(#[header(#name)] a: &str));
    assert_eq!(
        with("bad name"),
        "`\"bad name\"` is not a valid header name"
    );
    assert_eq!(with(""), "`\"\"` is not a valid header name");
    assert!(
        with("Authorization")
            .contains("is set by a layer; use `#[auth(bearer)]` or `#[auth(iam)]`")
    );
    assert!(with("x-amz-date").contains("use `#[auth(iam)]`"));
    assert!(with("x-amz-security-token").contains("use `#[auth(iam)]`"));
    assert!(with("x-api-key").contains("use `#[auth(api_key)]`"));
    assert_eq!(
        with("host"),
        "header `host` is set by the transport; remove it"
    );
    assert_eq!(
        with("content-length"),
        "header `content-length` is set by the transport; remove it"
    );
}
