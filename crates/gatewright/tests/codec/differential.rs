//! Random texts, read and written by the codec and by serde's derive.

use std::fmt::Debug;

use gatewright::__private as rt;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, from_str, from_value, to_string, to_value};

use crate::random::Random;
use crate::{derived, types};

const TEXTS: u64 = 3_000;

/// Random texts of items, broken off now and then.
fn texts() -> impl Iterator<Item = (u64, String)> {
    (0..TEXTS).map(|seed| {
        let mut random = Random::new(seed);
        let depth = [0, 0, 0, 1, 1, 2][random.below(6)];
        let mut text = random.item(depth);
        if random.below(30) == 0 {
            text.truncate(text.floor_char_boundary(random.below(text.len())));
        }
        (seed, text)
    })
}

/// What both read, if they do. Types of the same name print alike.
fn read<T, D>(text: &str) -> Option<(T, D)>
where
    T: rt::FromJson + DeserializeOwned + Debug,
    D: DeserializeOwned + Debug,
{
    let by_call = format!("{:?}", rt::decode_error::<T>(text.as_bytes()));
    match (from_str::<T>(text), from_str::<D>(text)) {
        (Ok(ours), Ok(derived)) => {
            assert_eq!(format!("{ours:?}"), format!("{derived:?}"), "{text}");
            assert_eq!(by_call, format!("Some({derived:?})"), "{text}");
            Some((ours, derived))
        }
        (Err(_), Err(_)) => {
            assert_eq!(by_call, "None", "{text}");
            None
        }
        (ours, derived) => panic!("{ours:?}, {derived:?} of {text}"),
    }
}

/// As the body of a call, and by `serde_json`.
fn write<T: rt::ToJson + Serialize>(value: &T) -> String {
    let written = to_string(value).unwrap();
    let base = "https://api.example.com".parse().unwrap();
    let rest = rt::RestClient::new((), base);
    let request = rest.post("send", "/", rt::Auth::NONE).json(value);
    let request = request.into_request().unwrap();
    assert_eq!(request.body().as_bytes().unwrap(), &written);
    written
}

#[test]
fn items_are_read_and_written_as_by_derive() {
    let mut right = 0;
    for (seed, text) in texts() {
        let Some((ours, derived)) = read::<types::Item, derived::Item>(&text) else {
            continue;
        };
        right += 1;
        let written = write(&ours);
        assert_eq!(written, to_string(&derived).unwrap(), "seed {seed}");
        assert_eq!(from_str::<types::Item>(&written).unwrap(), ours);
        let value = to_value(&ours).unwrap();
        assert_eq!(value, to_value(&derived).unwrap());
        assert_eq!(from_value::<types::Item>(value).unwrap(), ours);
    }
    assert!(
        (2_000..5_500).contains(&right),
        "{right} of 6,000 are right"
    );
}

#[test]
fn types_that_only_arrive_are_read_as_by_derive() {
    let right = texts().filter_map(|(_, text)| read::<types::Arrived, derived::Arrived>(&text));
    let (mut items, mut unknown) = (0, 0);
    for (ours, _) in right {
        match ours.item {
            Some(types::Received::Item(_)) => items += 1,
            Some(types::Received::Unknown(_)) => unknown += 1,
            None => {}
        }
    }
    assert!(items > 200 && unknown > 50, "{items} items, {unknown} else");
}

/// A part that is read from a value, not from the text.
#[test]
fn a_type_of_a_union_is_read_as_it_is_by_itself() {
    for (seed, text) in texts() {
        let Ok(value) = from_str::<Value>(&text) else {
            continue;
        };
        let expected = match from_str::<types::Item>(&text) {
            Ok(item) => types::Received::Item(Box::new(item)),
            Err(_) => types::Received::Unknown(value),
        };
        let read: types::Received = from_str(&text).unwrap();
        assert_eq!(read, expected, "seed {seed}");
    }
}

#[test]
fn types_that_are_only_sent_are_written_as_by_derive() {
    let mut written = 0;
    for (seed, text) in texts() {
        if let Some((ours, derived)) = read::<types::Item, derived::Item>(&text) {
            let (ours, derived) = (sent(ours), sent_by_derive(derived));
            assert_eq!(write(&ours), to_string(&derived).unwrap(), "seed {seed}");
            written += 1;
        }
    }
    assert!(written > 1_000, "{written}");
}

fn sent(item: types::Item) -> types::Sent {
    let choice = match (&item.color, &item.tree) {
        (Some(color), _) => types::Choice::Color(color.clone()),
        (None, Some(tree)) => types::Choice::Trees(vec![(**tree).clone()]),
        (None, None) => types::Choice::Unknown(item.extra.clone().unwrap_or_default()),
    };
    let note = (item.id.len() > 3).then(|| item.id.clone());
    types::Sent { item, note, choice }
}

fn sent_by_derive(item: derived::Item) -> derived::Sent {
    let choice = match (&item.color, &item.tree) {
        (Some(color), _) => derived::Choice::Color(color.clone()),
        (None, Some(tree)) => derived::Choice::Trees(vec![(**tree).clone()]),
        (None, None) => derived::Choice::Unknown(item.extra.clone().unwrap_or_default()),
    };
    let note = (item.id.len() > 3).then(|| item.id.clone());
    derived::Sent { item, note, choice }
}
