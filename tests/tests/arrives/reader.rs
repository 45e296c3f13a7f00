//! A reader of paths, queries and forms as a server has one, written for these tests.

/// A text without its escapes (RFC 3986, section 2.1). Fails where a strict server would: at an escape that is none, at bytes that
/// are no UTF-8, and at a character that cannot stand in a URI.
#[track_caller]
pub(crate) fn decode(text: &str) -> String {
    let mut bytes = text.bytes();
    let mut decoded = Vec::new();
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'%' => digit(bytes.next()) << 4 | digit(bytes.next()),
            other => {
                assert!(can_stand(other), "{:?} in a URI", char::from(other));
                other
            }
        });
    }
    String::from_utf8(decoded).unwrap()
}

#[track_caller]
fn digit(byte: Option<u8>) -> u8 {
    let digit = byte.and_then(|byte| char::from(byte).to_digit(16));
    u8::try_from(digit.expect("two hexadecimal digits")).unwrap()
}

/// `pchar` of RFC 3986, section 3.3.
fn can_stand(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@".contains(&byte)
}

/// Pairs of a query or a form as the URL Standard reads them ("application/x-www-form-urlencoded parsing"), values not decoded.
#[track_caller]
pub(crate) fn raw_pairs(text: &str) -> Vec<(String, String)> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    let read = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode(&name.replace('+', "%20")), value.replace('+', "%20"))
    };
    pairs.map(read).collect()
}

/// The same, decoded.
#[track_caller]
pub(crate) fn pairs(text: &str) -> Vec<(String, String)> {
    let raw = raw_pairs(text).into_iter();
    raw.map(|(name, value)| (name, decode(&value))).collect()
}

/// The items of the one pair `v`, separated by `separator` as it is sent; nothing, if it is not there.
#[track_caller]
pub(crate) fn items(query: &str, separator: &str) -> Vec<String> {
    let pairs = raw_pairs(query);
    assert!(
        pairs.len() <= 1 && pairs.iter().all(|(name, _)| name == "v"),
        "{query}"
    );
    let items = pairs.iter().flat_map(|(_, value)| value.split(separator));
    items.map(decode).collect()
}

#[test]
fn the_reader_reads_what_others_write() {
    assert_eq!(decode("a%2Fb%c3%A9"), "a/bé");
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(
        pairs("a+b=c%3Dd=e&&f"),
        [pair("a b", "c=d=e"), pair("f", "")]
    );
    assert_eq!(items("v=a%2C,,b", ","), ["a,", "", "b"]);
}
