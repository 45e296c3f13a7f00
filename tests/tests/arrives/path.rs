//! Values of the path.

use crate::reader::decode;
use crate::server::Server;
use crate::texts::Texts;

const CALLS: usize = 1_500;

/// What a URI parser removes or joins, whatever is done to it (RFC 3986, section 5.2.4).
fn changes_the_route(segment: &str) -> bool {
    matches!(segment, "" | "." | "..")
}

#[tokio::test]
async fn a_segment_arrives_or_is_refused() {
    let (server, mut texts) = (Server::start(), Texts::new(1));
    let mut refused = 0;
    for _ in 0..CALLS {
        let value = texts.text();
        let sent = server.client.one(&value).await;
        let Some(received) = server.arrived(sent, "GET /one/{value}") else {
            assert!(
                changes_the_route(&value) || value.len() > 10_000,
                "{value:?}"
            );
            refused += 1;
            continue;
        };
        let raw = received.uri.path().strip_prefix("/one/").unwrap();
        assert_eq!(decode(raw), value);
        assert!(!changes_the_route(&value));
    }
    assert!((1..CALLS / 4).contains(&refused), "{refused} refused");
}

#[tokio::test]
async fn neighbours_stay_apart() {
    let (server, mut texts) = (Server::start(), Texts::new(2));
    for _ in 0..CALLS {
        let (first, second) = (texts.text(), texts.text());
        let sent = server.client.two(&first, &second).await;
        let Some(received) = server.arrived(sent, "GET /two/{first}/and/{second}") else {
            continue;
        };
        let raw: Vec<_> = received.uri.path().split('/').collect();
        let [_, "two", one, "and", two] = raw[..] else {
            panic!("{raw:?}");
        };
        let two = two
            .strip_prefix("v-")
            .and_then(|two| two.strip_suffix(".json"));
        assert_eq!((decode(one), decode(two.unwrap())), (first, second));
    }
}

#[tokio::test]
async fn the_rest_of_a_path_keeps_its_slashes() {
    let (server, mut texts) = (Server::start(), Texts::new(3));
    for _ in 0..CALLS {
        let value = texts.text();
        let sent = server.client.remaining(&value).await;
        let Some(received) = server.arrived(sent, "GET /rest/{value+}") else {
            continue;
        };
        let raw = received.uri.path().strip_prefix("/rest/").unwrap();
        let segments: Vec<_> = raw.split('/').map(decode).collect();
        // A slash before it is the one of the template.
        assert_eq!(
            segments.join("/"),
            value.strip_prefix('/').unwrap_or(&value)
        );
        let inner = segments
            .iter()
            .rev()
            .skip_while(|segment| segment.is_empty());
        assert!(
            !inner.clone().any(|segment| changes_the_route(segment)),
            "{raw}"
        );
    }
}
