//! What arguments become on the wire.

use super::*;
use crate::{Auth, Origin};
use http::header::CONTENT_TYPE;

fn rest() -> RestClient<()> {
    RestClient::new((), "https://api.example.com/prod".parse().unwrap())
}

fn get(rest: &RestClient<()>) -> RequestBuilder<'_, ()> {
    rest.get("op", "/x", Auth::NONE)
}

#[test]
fn queries_are_strict_and_repeat() {
    let request = get(&rest())
        .query("q", &"a+b c&d")
        .query("tag", &vec!["x", "y"])
        .query("none", &None::<&str>)
        .into_request();
    assert_eq!(
        request.unwrap().uri(),
        "https://api.example.com/prod/x?q=a%2Bb%20c%26d&tag=x&tag=y"
    );
}

#[test]
fn a_query_before_the_end_of_the_path_is_a_fault() {
    let rest = rest();
    let early = rest
        .get("op", "/{id}", Auth::NONE)
        .query("q", &1)
        .path("id", &1);
    let error = early.into_request().unwrap_err().to_string();
    assert!(error.contains("`id`") && error.contains("`op`"), "{error}");
}

#[test]
fn a_header_cannot_break_out_of_its_line() {
    let error = get(&rest())
        .header("x-a", &"b\r\nc: hunter2")
        .into_request();
    let error = error.unwrap_err().to_string();
    assert!(error.contains("`x-a`") && !error.contains("hunter2"));
}

#[test]
fn bodies_bring_their_media_type_and_null_is_no_body() {
    let rest = rest();
    let request = get(&rest).body(["a"]).into_request().unwrap();
    assert_eq!(request.headers()[CONTENT_TYPE], "application/json");
    let request = get(&rest).body(None::<u8>).into_request().unwrap();
    assert!(request.headers().get(CONTENT_TYPE).is_none());
    assert_eq!(request.body().as_bytes().unwrap(), "");
    let raw = get(&rest).body(Body::text("x")).content_type("text/csv");
    let request = raw.into_request().unwrap();
    assert_eq!(request.headers()[CONTENT_TYPE], "text/csv");
}

#[test]
fn lists_and_objects_go_where_their_style_puts_them() {
    let rest = rest();
    let put = rest.put("op", "/{ids}/x", Auth::NONE);
    let members = std::collections::BTreeMap::from([("a", 1), ("b", 2)]);
    let request = put
        .path_as("ids", &["a/b", "c"], PathStyle::Simple)
        .query_as("page", &members, QueryStyle::DEEP)
        .query_as("none", &None::<[u8; 1]>, QueryStyle::EXPLODED)
        .query("last", &"")
        .header_as("x-tags", &["a", "b"], HeaderStyle::Simple)
        .form_as(&members, &[("a", QueryStyle::JSON)])
        .into_request()
        .unwrap();
    assert_eq!(
        request.uri(),
        "https://api.example.com/prod/a%2Fb,c/x?page%5Ba%5D=1&page%5Bb%5D=2&last="
    );
    assert_eq!(request.headers()["x-tags"], "a,b");
    assert_eq!(request.body().as_bytes().unwrap(), "a=1&b=2");
}

#[test]
fn members_are_parameters_of_their_own() {
    let rest = rest();
    let query = |value: serde_json::Value| {
        let request = get(&rest).query("a", &1).query_members("filter", &value);
        let uri = request.into_request()?.uri().clone();
        Ok::<_, RequestError>(uri.query().unwrap_or_default().to_owned())
    };
    let value = serde_json::json!({"b": "x y", "c": [1, null, true], "d": null, "e": []});
    assert_eq!(query(value).unwrap(), "a=1&b=x%20y&c=1&c=true");
    assert_eq!(query(serde_json::Value::Null).unwrap(), "a=1");
    for value in [
        serde_json::json!("hunter2"),
        serde_json::json!({"b": {"c": "hunter2"}}),
    ] {
        let error = query(value).unwrap_err().to_string();
        assert!(
            error.contains("`filter`") && !error.contains("hunter2"),
            "{error}"
        );
    }
}

#[test]
fn what_has_no_form_in_its_style_is_refused_by_name() {
    let rest = rest();
    let of = |with: fn(RequestBuilder<'_, ()>) -> RequestBuilder<'_, ()>| {
        let begun = rest.get("op", "/{ids}", Auth::NONE);
        with(begun).into_request().unwrap_err().to_string()
    };
    for (error, name) in [
        (
            of(|r| r.path_as("ids", &[""; 0], PathStyle::Simple)),
            "`ids`",
        ),
        (of(|r| r.path_as("ids", &".", PathStyle::Label)), "`ids`"),
        (
            of(|r| {
                r.path("ids", &1)
                    .query_as("q", &["hunter|2"], QueryStyle::PIPE)
            }),
            "`q`",
        ),
        (
            of(|r| {
                r.path("ids", &1)
                    .header_as("x-a", &["hunter,2"], HeaderStyle::Simple)
            }),
            "`x-a`",
        ),
    ] {
        assert!(error.contains(name) && error.contains("`op`"), "{error}");
        assert!(!error.contains("hunter"), "{error}");
    }
}

#[test]
fn an_empty_text_is_sent_and_nothing_is_not() {
    let request = get(&rest())
        .query("q", &"")
        .header("x-a", &"")
        .header("x-b", &None::<&str>)
        .text("é")
        .into_request()
        .unwrap();
    assert_eq!(request.uri().query(), Some("q="));
    assert_eq!(request.headers()["x-a"], "");
    assert!(request.headers().get("x-b").is_none());
    assert_eq!(request.headers()[CONTENT_TYPE], "text/plain; charset=utf-8");
    let nothing = get(&rest()).text(None).into_request().unwrap();
    assert!(nothing.headers().get(CONTENT_TYPE).is_none());
}

#[test]
fn an_operation_of_any_method_needs_one() {
    let rest = rest();
    let any = Operation::new("op", "ANY", "/x", Auth::NONE);
    assert!(rest.request(any).into_request().is_err());
    let request = rest
        .any(Method::DELETE, "op", "/x", Auth::NONE)
        .into_request();
    let request = request.unwrap();
    assert_eq!(request.method(), Method::DELETE);
    assert_eq!(request.extensions().get(), Some(&any));
}

#[test]
fn operation_and_origin_travel_with_the_request() {
    let rest = rest();
    let request = get(&rest).extension(7_u8).into_request().unwrap();
    let operation = request.extensions().get::<Operation>();
    assert_eq!(
        operation,
        Some(&Operation::new("op", "GET", "/x", Auth::NONE))
    );
    assert_eq!(request.extensions().get::<u8>(), Some(&7));
    let origin = request.extensions().get::<Origin>();
    assert_eq!(origin, Some(&rest.base().origin()));
}
