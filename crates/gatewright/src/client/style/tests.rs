//! The table "Style Examples" of OpenAPI 3.0.4, byte for byte, and what it leaves open.

use std::collections::BTreeMap;
use std::error::Error as _;

use serde::Serialize;

use super::*;

#[derive(Serialize)]
#[allow(non_snake_case, reason = "the names of the table")]
struct Color {
    R: u8,
    G: u8,
    B: u8,
}

const ARRAY: [&str; 3] = ["blue", "black", "brown"];
const OBJECT: Color = Color {
    R: 100,
    G: 200,
    B: 150,
};

fn query(style: QueryStyle, value: &impl Serialize) -> String {
    let pairs = pairs(style, "color", value).unwrap();
    let pairs: Vec<_> = pairs
        .into_iter()
        .map(|(name, text)| format!("{name}={text}"))
        .collect();
    pairs.join("&")
}

fn path(style: PathStyle, value: &impl Serialize) -> String {
    segment(style, "color", value).unwrap()
}

fn header(style: HeaderStyle, value: &impl Serialize) -> Option<String> {
    text(style, "color", value).unwrap()
}

/// The message about the value; the name of the parameter comes before it.
fn refusal<T: std::fmt::Debug>(outcome: Result<T, RequestError>) -> String {
    let error = outcome.unwrap_err();
    assert!(error.to_string().contains("`color`"), "{error}");
    error.source().unwrap().to_string()
}

#[test]
fn paths_are_written_as_in_the_table() {
    for (style, empty, string, array, object) in [
        (
            PathStyle::Matrix,
            ";color",
            ";color=blue",
            ";color=blue,black,brown",
            ";color=R,100,G,200,B,150",
        ),
        (
            PathStyle::MatrixExploded,
            ";color",
            ";color=blue",
            ";color=blue;color=black;color=brown",
            ";R=100;G=200;B=150",
        ),
        (
            PathStyle::Label,
            ".",
            ".blue",
            ".blue,black,brown",
            ".R,100,G,200,B,150",
        ),
        (
            PathStyle::LabelExploded,
            ".",
            ".blue",
            ".blue.black.brown",
            ".R=100.G=200.B=150",
        ),
        (
            PathStyle::Simple,
            "",
            "blue",
            "blue,black,brown",
            "R,100,G,200,B,150",
        ),
        (
            PathStyle::SimpleExploded,
            "",
            "blue",
            "blue,black,brown",
            "R=100,G=200,B=150",
        ),
    ] {
        assert_eq!(path(style, &[""; 0]), empty, "{style:?}");
        assert_eq!(path(style, &None::<u8>), empty, "{style:?}");
        assert_eq!(path(style, &"blue"), string, "{style:?}");
        assert_eq!(path(style, &ARRAY), array, "{style:?}");
        assert_eq!(path(style, &OBJECT), object, "{style:?}");
    }
}

#[test]
fn queries_are_written_as_in_the_table() {
    for (style, array, object) in [
        (
            QueryStyle::COMMA,
            "color=blue,black,brown",
            "color=R,100,G,200,B,150",
        ),
        (
            QueryStyle::EXPLODED,
            "color=blue&color=black&color=brown",
            "R=100&G=200&B=150",
        ),
        (
            QueryStyle::SPACE,
            "color=blue%20black%20brown",
            "color=R%20100%20G%20200%20B%20150",
        ),
        (
            QueryStyle::PIPE,
            "color=blue%7Cblack%7Cbrown",
            "color=R%7C100%7CG%7C200%7CB%7C150",
        ),
    ] {
        assert_eq!(query(style, &ARRAY), array, "{style:?}");
        assert_eq!(query(style, &OBJECT), object, "{style:?}");
        assert_eq!(query(style, &"blue"), "color=blue", "{style:?}");
        assert_eq!(query(style, &""), "color=", "{style:?}");
    }
    assert_eq!(
        query(QueryStyle::DEEP, &OBJECT),
        "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"
    );
}

#[test]
fn headers_are_written_as_in_the_table() {
    let text = |text: &str| Some(text.to_owned());
    for (style, object) in [
        (HeaderStyle::Simple, "R,100,G,200,B,150"),
        (HeaderStyle::Exploded, "R=100,G=200,B=150"),
    ] {
        assert_eq!(header(style, &"blue"), text("blue"));
        assert_eq!(header(style, &ARRAY), text("blue,black,brown"));
        assert_eq!(header(style, &OBJECT), text(object));
        assert_eq!(header(style, &""), text(""));
    }
}

#[test]
fn tabs_and_json_are_values_too() {
    assert_eq!(query(QueryStyle::TAB, &ARRAY), "color=blue%09black%09brown");
    assert_eq!(
        query(QueryStyle::JSON, &OBJECT),
        "color=%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D"
    );
    assert_eq!(
        path(PathStyle::Json, &("a\"/", [true], None::<u8>)),
        "%5B%22a%5C%22%2F%22%2C%5Btrue%5D%2Cnull%5D"
    );
    assert_eq!(
        header(HeaderStyle::Json, &ARRAY).unwrap(),
        r#"["blue","black","brown"]"#
    );
}

#[test]
fn nothing_is_sent_for_what_is_not_there() {
    for style in [
        QueryStyle::EXPLODED,
        QueryStyle::COMMA,
        QueryStyle::DEEP,
        QueryStyle::JSON,
    ] {
        assert_eq!(query(style, &None::<Color>), "", "{style:?}");
        assert_eq!(query(style.or_empty(), &None::<Color>), "", "{style:?}");
    }
    for style in [QueryStyle::EXPLODED, QueryStyle::PIPE, QueryStyle::DEEP] {
        assert_eq!(query(style, &[""; 0]), "", "{style:?}");
        assert_eq!(
            query(style, &BTreeMap::<String, u8>::new()),
            "",
            "{style:?}"
        );
        assert_eq!(query(style.or_empty(), &[""; 0]), "color=", "{style:?}");
    }
    assert_eq!(query(QueryStyle::COMMA, &[Some("a"), None]), "color=a");
    assert_eq!(
        query(QueryStyle::DEEP, &BTreeMap::from([("a", None::<u8>)])),
        ""
    );
    assert_eq!(header(HeaderStyle::Simple, &[""; 0]), None);
    assert_eq!(header(HeaderStyle::Json, &None::<u8>), None);
}

#[test]
fn delimiters_in_values_are_encoded() {
    assert_eq!(
        query(QueryStyle::COMMA, &["a,b", "c&d"]),
        "color=a%2Cb,c%26d"
    );
    assert_eq!(
        query(QueryStyle::EXPLODED, &["a,b=c", "é"]),
        "color=a%2Cb%3Dc&color=%C3%A9"
    );
    assert_eq!(
        path(PathStyle::Matrix, &["a;b", "c/d"]),
        ";color=a%3Bb,c%2Fd"
    );
    let members = BTreeMap::from([("a]&b", "x y")]);
    assert_eq!(
        query(QueryStyle::DEEP, &members),
        "color%5Ba%5D%26b%5D=x%20y"
    );
}

#[test]
fn an_item_that_would_be_read_as_two_is_refused() {
    for style in [
        QueryStyle::SPACE,
        QueryStyle::PIPE,
        QueryStyle::TAB,
        QueryStyle::COMMA.reserved(),
    ] {
        let refusal = refusal(pairs(style, "color", &["a b", "c|d", "e\tf", "g,h"]));
        assert!(refusal.contains("read as two items"), "{style:?}");
    }
    assert!(refusal(segment(PathStyle::LabelExploded, "color", &["a.b"])).contains("two items"));
    assert!(refusal(text(HeaderStyle::Simple, "color", &["a,b"])).contains("two items"));
    let named = BTreeMap::from([("a=b", "c")]);
    assert!(refusal(text(HeaderStyle::Exploded, "color", &named)).contains("two items"));
    assert_eq!(header(HeaderStyle::Simple, &"a,b").unwrap(), "a,b");
}

#[test]
fn reserved_characters_stand_where_they_do_no_harm() {
    let all = ":/?#[]@!$&'()*+,;=% é";
    assert_eq!(
        query(QueryStyle::EXPLODED.reserved(), &all),
        "color=:/?%23%5B%5D@!$%26'()*%2B,;=%25%20%C3%A9"
    );
}

#[test]
fn what_is_nested_is_refused_unless_there_is_a_form_for_it() {
    let nested = BTreeMap::from([("a", vec![1, 2])]);
    for style in [QueryStyle::EXPLODED, QueryStyle::COMMA, QueryStyle::PIPE] {
        assert!(refusal(pairs(style, "color", &nested)).contains("inside of another"));
    }
    assert!(refusal(segment(PathStyle::Simple, "color", &[ARRAY])).contains("inside of another"));
    assert_eq!(
        query(QueryStyle::DEEP, &nested),
        "color%5Ba%5D=1&color%5Ba%5D=2"
    );
    let deeper = BTreeMap::from([("a", BTreeMap::from([("b", true)]))]);
    assert_eq!(query(QueryStyle::DEEP, &deeper), "color%5Ba%5D%5Bb%5D=true");
}

/// Every kind of value that serde knows.
#[derive(Serialize)]
struct Kinds {
    unit: (),
    some: Option<char>,
    float: f64,
    big: i128,
    variant: Kind,
    newtype: Newtype,
    bytes: &'static [u8],
    of_variant: Kind,
}

#[derive(Serialize)]
struct Newtype(&'static str);

#[derive(Serialize)]
enum Kind {
    Small,
    Of(u8),
    Both(u8, u8),
    Named { a: u8 },
}

#[test]
fn every_kind_of_value_has_a_shape() {
    let kinds = Kinds {
        unit: (),
        some: Some('x'),
        float: 1.5,
        big: i128::MAX,
        variant: Kind::Small,
        newtype: Newtype("n"),
        bytes: b"b",
        of_variant: Kind::Of(1),
    };
    assert_eq!(
        Shape::of(&kinds).unwrap().to_json(),
        r#"{"unit":null,"some":"x","float":1.5,"big":170141183460469231731687303715884105727,"variant":"Small","newtype":"n","bytes":[98],"of_variant":{"Of":1}}"#
    );
    for unwritable in [Kind::Both(1, 2), Kind::Named { a: 1 }] {
        assert!(refusal(pairs(QueryStyle::JSON, "color", &unwritable)).contains("enum"));
    }
    assert!(refusal(pairs(QueryStyle::JSON, "color", &f64::NAN)).contains("not a number"));
    let unnamed = BTreeMap::from([([1], 1)]);
    assert!(refusal(pairs(QueryStyle::JSON, "color", &unnamed)).contains("no text"));
}
