//! Read side by side with another reader, and by what a document means.

use serde_json::{Value, json};

use super::*;

fn read(text: &str) -> Value {
    let (tree, _) = yaml(text, 1_000).unwrap_or_else(|problem| panic!("{text:?}{problem}"));
    tree.to_json()
}

fn refusal(text: &str) -> String {
    match yaml(text, 1_000) {
        Ok((value, _)) => panic!("{text:?} is {}", value.to_json()),
        Err(problem) => problem.to_string(),
    }
}

/// What serde-saphyr makes of it, as far as its settings go.
fn judged(text: &str) -> Value {
    try_judged(text).expect(text)
}

fn try_judged(text: &str) -> Result<Value, serde_saphyr::Error> {
    let options = serde_saphyr::options! {
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        duplicate_keys: serde_saphyr::DuplicateKeyPolicy::LastWins,
        non_finite_float_policy: serde_saphyr::NonFiniteFloatPolicy::AsString,
    };
    serde_saphyr::from_str_with_options(text, options)
}

/// One behind another, with `|` between them.
const SCALARS: &str = "0|-0|7|+7|-12|00|007|-01|0x1F|-0x1f|0o17|0b101|0x|0xg|--1|+-1|0x-1|1.5|-1.5|1.|.5|+.5|.|1e3|1E-3|1e|00.5|\
    -9223372036854775808|-9223372036854775809|18446744073709551615|18446744073709551616|1_000|1e5_0|inf|nan|\
    -inf|infinity|.inf|-.inf|.nan|~|null|Null|NULL|nULL|true|True|TRUE|tRUE|false|False|FALSE|yes|NO|on|y|\
    2024-01-01|12:30|1.2.3|é|a b|'1'|\"true\"|''|\"a\\tb\"|!!str 1|!!str ~|!!int 1|!!int '-7'|!!float 1|\
    !!bool 'true'|!!null x|! 1|!Other 1|!Other '1'|!Other|!!str|<<|=|!!timestamp2 x|*a|&b 010";

#[test]
fn scalars_are_those_of_another_reader() {
    for text in SCALARS.split('|') {
        let document = format!("x: &a q\ny: {text}\nz: [{text} ]\n");
        assert_eq!(read(&document), judged(&document), "{text}");
    }
}

#[test]
fn collections_are_those_of_another_reader() {
    for text in [
        "a:\nb: ~\nc: ''\n",
        "- a\n- - b\n  - c\n-\n- {d: e, f}\n",
        "a: |\n  b\n  c\n\nd: >-\n  e\n  f\n# g\n",
        "a: [b, c: d]\n? e\n: f\n",
        "--- # x\na: b\n...\n",
        "%YAML 1.2\n---\n\"a\": 'b''c'\n",
        "200: a\n'404': b\ntrue: c\n1.50: d\n",
        "a: &a {b: 1, c: [2]}\nd: *a\ne: [*a, *a]\n",
        "a: &a 1\nb: &a 2\nc: *a\n",
        "? &k a\n: 1\nb: *k\nc: {*k : 2}\n",
        "a: !Other\n- '${f}'\n- f: g\n",
        "a: &a {b: 1, c: 2}\nd:\n  <<: *a\n  c: 3\n",
        "a: &a {b: 1}\nc: &c {b: 2, d: 3}\ne:\n  f: 0\n  <<: [*a, *c]\n  g: 4\n",
        "a: {<<: {b: 1}, <<: {c: 2}, <<: ~, b: 3}\n",
        "a: {'<<': {b: 1}}\n",
        "a: {!!merge <<: {b: 1}}\n",
    ] {
        let (ours, theirs) = (read(text), judged(text));
        assert_eq!(ours.to_string(), theirs.to_string(), "{text}");
    }
}

#[test]
fn numbers_that_json_lacks_stay_as_they_stand() {
    assert_eq!(
        read("[.INF, -.Inf, 1e999]"),
        json!([".INF", "-.Inf", "1e999"])
    );
}

#[test]
fn what_is_refused_names_its_place() {
    for (text, place) in [
        ("a: &a [*a]", ":1:8: "),
        ("a: *b", ":1:4: "),
        ("? [a]\n: b", ":1:3: "),
        ("~: b", ":1:1: "),
        ("!!int a: b", ":1:7: "),
        ("a: !!int b", ":1:10: "),
        ("a: !!binary aGk=", ":1:13: "),
        ("a: !!str [b]", ":1:10: "),
        ("a: {<<: b}", ":1:9: "),
        ("a: {<<: [b]}", ":1:9: "),
        ("a: [b", ":1:"),
        ("a: b\n---\nc: d", ":2:1: "),
        ("a: 'b\n", ":"),
        ("a: b: c", ":1:5: "),
    ] {
        let message = refusal(text);
        assert!(message.starts_with(place), "{text:?} {message}");
        assert!(
            message.contains("is not YAML that can be read: "),
            "{message}"
        );
    }
}

#[test]
fn the_last_of_two_keys_counts_and_both_are_said() {
    let text = "a: 1\nb:\n- {c: 1, c: 2, 'c': 3}\n'a': 2\n200: x\n'200': y\nd: &d {e: 1, e: 2}\nf: *d\ng: {<<: *d, <<: *d}\n";
    let (tree, doubles) = yaml(text, 1_000).unwrap();
    let expected =
        json!({"a": 2, "b": [{"c": 3}], "200": "y", "d": {"e": 2}, "f": {"e": 2}, "g": {"e": 2}});
    assert_eq!(tree.to_json(), expected);
    let places: Vec<_> = doubles.iter().map(ToString::to_string).collect();
    assert_eq!(places, ["#/b/0/c", "#/b/0/c", "#/a", "#/200", "#/d/e"]);
}

#[test]
fn the_number_of_values_is_bounded() {
    assert!(yaml("[1, 2]", 3).is_ok());
    let problem = yaml("[1, 2, 3]", 3).unwrap_err().to_string();
    assert!(problem.contains("more values"), "{problem}");
}

#[test]
fn aliases_cannot_nest_deeper_than_a_document() {
    let level = |text: &str| "[".repeat(100) + text + &"]".repeat(100);
    assert!(refusal(&format!("a: &a {}\nb: {}", level("1"), level("*a"))).starts_with(":2:"));
    assert!(refusal(&level(&level("1"))).starts_with(":1:1"));
    let depth = "[".repeat(126) + &"]".repeat(126);
    assert!(yaml(&format!("a: {depth}"), 1_000).is_ok());
    let refusal = refusal(&format!("a: [{depth}]"));
    assert!(
        refusal.contains("is nested more than 127 levels deep"),
        "{refusal}"
    );
}

#[test]
fn a_long_text_is_not_repeated_without_end() {
    let text = format!("a: &a '{}'\n", "x".repeat(1 << 20));
    let repeated = |times: usize| format!("{text}b: [{}]", vec!["*a"; times].join(", "));
    assert!(yaml(&repeated(50), 1_000).is_ok());
    assert!(yaml(&repeated(100), 1_000).is_err());
}

#[test]
fn anchors_within_anchors_are_bounded() {
    let values = vec!["1"; 20_000].join(",");
    let text = format!(
        "{}{values}{}",
        (0..60).map(|n| format!("&a{n} [")).collect::<String>(),
        "]".repeat(60)
    );
    let problem = yaml(&text, 100_000).unwrap_err().to_string();
    assert!(problem.contains("anchor"), "{problem}");
}

/// Pieces that documents are made of at random; without the tags of numbers, which the other reader takes at no key.
const PIECES: &str = "a|b|: |:|\n|\n  |  |- |-|[|]|{|}|, |&x |*x|'|\"|: \\|\n|>-\n|# c\n|!t |!!str |<<: |~|1|010|0x1|? |a: |b: |---|...|\t|é";

#[test]
fn what_two_readers_read_is_the_same() {
    let pieces: Vec<&str> = PIECES.split('|').collect();
    let mut state = 1_u64;
    let mut below = |end: usize| {
        state = state.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(1);
        (state >> 33) as usize % end
    };
    let mut read_by_both = 0;
    for _ in 0..10_000 {
        let count = 1 + below(15);
        let text: String = (0..count).map(|_| pieces[below(pieces.len())]).collect();
        match (yaml(&text, 1_000), try_judged(&text)) {
            (Ok((ours, _)), Ok(theirs)) => {
                assert_eq!(ours.to_json().to_string(), theirs.to_string(), "{text:?}");
                read_by_both += 1;
            }
            (Err(_), Err(_)) => {}
            (Ok((ours, _)), theirs) => panic!("{text:?} {ours:?} {theirs:?}"),
            (Err(ours), theirs) => panic!("{text:?} {ours:?} {theirs:?}"),
        }
    }
    assert!(read_by_both > 1_000, "{read_by_both}");
}
