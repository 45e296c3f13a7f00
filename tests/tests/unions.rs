//! `oneOf` and `anyOf`: nothing that the server sends is lost, and an unknown kind fails no answer.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

use gatewright_tests::zoo::types::{Animal, Dog, Keeper, Zoo, ZooLabel};
use serde_json::{Value, json};

fn zoo(value: &Value) -> Zoo {
    serde_json::from_value(value.clone()).unwrap()
}

#[test]
fn the_discriminator_decides_and_keeps_its_data() {
    let value = json!({"animals": [
        {"kind": "dog", "bark": "woof"}, {"kind": "wolf"}, {"kind": "Cat", "purr": true}]});
    let zoo = zoo(&value);
    let dog = Dog {
        kind: "dog".to_owned(),
        bark: Some("woof".to_owned()),
    };
    assert_eq!(zoo.animals[0], Animal::Dog(dog));
    assert!(matches!(&zoo.animals[1], Animal::Dog(wolf) if wolf.kind == "wolf"));
    assert!(matches!(&zoo.animals[2], Animal::Cat(cat) if cat.purr == Some(true)));
    assert_eq!(serde_json::to_value(&zoo).unwrap(), value);
}

#[test]
fn an_unknown_kind_is_kept_as_it_came() {
    let value = json!({"animals": [{"kind": "fish", "fins": 2}, {"bark": "?"}, 7]});
    let zoo = zoo(&value);
    assert!(
        zoo.animals
            .iter()
            .all(|animal| matches!(animal, Animal::Unknown(_)))
    );
    assert_eq!(serde_json::to_value(&zoo).unwrap(), value);
}

#[test]
fn without_a_discriminator_the_first_that_fits_is_taken() {
    let label = |label: Value| zoo(&json!({"animals": [], "label": label})).label.unwrap();
    assert_eq!(label(json!(7)), ZooLabel::Integer(7));
    assert_eq!(label(json!("seven")), ZooLabel::Text("seven".to_owned()));
    assert!(matches!(label(json!({"text": "here"})), ZooLabel::Sign(sign) if sign.text == "here"));
    assert!(matches!(label(json!([1])), ZooLabel::Unknown(_)));
}

#[test]
fn what_demands_most_is_tried_first_and_may_contain_itself() {
    let value = json!({"animals": [], "chief": {"name": "a", "staff": {"name": "b"}}});
    let zoo = zoo(&value);
    let Some(Keeper::Boss(boss)) = &zoo.chief else {
        panic!("{:?}", zoo.chief)
    };
    assert!(matches!(*boss.staff, Keeper::Named(_)));
    assert_eq!(serde_json::to_value(&zoo).unwrap(), value);
}
