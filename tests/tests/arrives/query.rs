//! Query parameters in each style, and forms, which are written alike.

use crate::api::{Members, Object, Sent};
use crate::reader::{items, pairs};
use crate::server::Server;
use crate::texts::Texts;

const CALLS: usize = 500;
const ROUTE: &str = "GET /query";

/// What a server reads of members: a pair for each text.
fn texts_of(members: &Members) -> Vec<(String, String)> {
    let each = members.iter();
    each.flat_map(|(name, texts)| texts.iter().map(|text| (name.clone(), text.clone())))
        .collect()
}

#[tokio::test]
async fn a_text_and_a_list_of_texts_arrive() {
    let (server, mut texts) = (Server::start(), Texts::new(4));
    for _ in 0..CALLS {
        let (value, list) = (texts.text(), texts.list());
        let sent = server.client.query(&value, &list).await;
        let Some(received) = server.arrived(sent, ROUTE) else {
            assert!(value.len() + list.concat().len() > 10_000);
            continue;
        };
        let mut expected = vec![("value".to_owned(), value)];
        expected.extend(list.into_iter().map(|item| ("a list".to_owned(), item)));
        assert_eq!(pairs(received.uri.query().unwrap()), expected);
    }
}

#[tokio::test]
async fn members_arrive_under_their_names() {
    let (server, mut texts) = (Server::start(), Texts::new(5));
    for _ in 0..CALLS {
        let members = texts.members();
        let sent = server.client.flattened(&members).await;
        if let Some(received) = server.arrived(sent, ROUTE) {
            let query = received.uri.query().unwrap_or_default();
            assert_eq!(pairs(query), texts_of(&members));
        }
    }
}

#[tokio::test]
async fn a_list_in_one_pair_arrives_with_the_items_that_it_has() {
    let (server, mut texts) = (Server::start(), Texts::new(6));
    let mut refused = 0;
    let mut check = |sent: Sent, separator: &str, list: &[String]| match server.arrived(sent, ROUTE)
    {
        Some(received) => {
            let query = received.uri.query().unwrap_or_default();
            assert_eq!(items(query, separator), list);
        }
        None => refused += 1,
    };
    for _ in 0..CALLS {
        let list = texts.list();
        check(server.client.comma(&list).await, ",", &list);
        check(server.client.space(&list).await, "%20", &list);
        check(server.client.pipe(&list).await, "%7C", &list);
    }
    assert!((1..CALLS).contains(&refused), "{refused} refused");
}

#[tokio::test]
async fn the_members_of_an_object_arrive_in_brackets() {
    let (server, mut texts) = (Server::start(), Texts::new(7));
    for _ in 0..CALLS {
        let object = texts.object();
        let sent = server.client.deep(&object).await;
        if let Some(received) = server.arrived(sent, ROUTE) {
            let read = pairs(received.uri.query().unwrap_or_default()).into_iter();
            let read = read.map(|(name, text)| {
                let name = name
                    .strip_prefix("v[")
                    .and_then(|name| name.strip_suffix(']'));
                (name.unwrap().to_owned(), text)
            });
            assert_eq!(read.collect::<Object>(), object);
        }
    }
}

#[tokio::test]
async fn an_object_arrives_as_json() {
    let (server, mut texts) = (Server::start(), Texts::new(8));
    for _ in 0..CALLS {
        let object = texts.object();
        let sent = server.client.json(&object).await;
        if let Some(received) = server.arrived(sent, ROUTE) {
            let pairs = pairs(received.uri.query().unwrap());
            let [(name, json)] = &pairs[..] else {
                panic!("{pairs:?}");
            };
            assert_eq!(name, "v");
            assert_eq!(serde_json::from_str::<Object>(json).unwrap(), object);
        }
    }
}

#[tokio::test]
async fn a_form_arrives() {
    let (server, mut texts) = (Server::start(), Texts::new(9));
    for _ in 0..CALLS {
        let members = texts.members();
        let sent = server.client.form(&members).await;
        let received = server.arrived(sent, "POST /form").expect("a body has room");
        assert_eq!(
            received.headers["content-type"],
            "application/x-www-form-urlencoded"
        );
        assert_eq!(
            pairs(std::str::from_utf8(&received.body).unwrap()),
            texts_of(&members)
        );
    }
}
