//! Headers.

use http::HeaderMap;

use crate::server::Server;
use crate::texts::Texts;

const CALLS: usize = 2_000;

/// The values of a header as a server has them: white space around a value is none of it (RFC 9110, section 5.5).
fn values<'h>(headers: &'h HeaderMap, name: &str) -> Vec<&'h str> {
    let values = headers.get_all(name).iter();
    values
        .map(|value| {
            std::str::from_utf8(value.as_bytes())
                .unwrap()
                .trim_matches([' ', '\t'])
        })
        .collect()
}

#[tokio::test]
async fn a_header_arrives_or_is_refused() {
    let (server, mut texts) = (Server::start(), Texts::new(10));
    let mut refused = 0;
    for _ in 0..CALLS {
        let (value, list) = (texts.text(), texts.list());
        let sent = server.client.headers(&value, &list).await;
        let Some(received) = server.arrived(sent, "GET /headers") else {
            refused += 1;
            continue;
        };
        assert_eq!(values(&received.headers, "x-value"), [value]);
        assert_eq!(values(&received.headers, "x-list"), list);
        assert!(!received.headers.contains_key("x-evil"));
    }
    assert!((CALLS / 4..CALLS).contains(&refused), "{refused} refused");
}
