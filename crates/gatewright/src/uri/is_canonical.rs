//! Recognizes a URI that is already canonical, without building it again.
//!
//! For some canonical URIs it says no, which costs a rebuild. It never says yes for a URI that is not canonical.

use http::Uri;
use http::uri::Scheme;

use super::escape::is_unreserved;
use super::path::is_path_character;

pub(super) fn is_canonical(uri: &Uri) -> bool {
    is_authority(uri) && is_path(uri.path()) && uri.query().is_none_or(is_query)
}

/// The port that a scheme has if none is given.
pub(super) fn default_port(scheme: Option<&Scheme>) -> Option<u16> {
    match scheme?.as_str() {
        "https" => Some(443),
        "http" => Some(80),
        _ => None,
    }
}

/// No authority, or a host in lower case with at most a port that has to be there.
fn is_authority(uri: &Uri) -> bool {
    let Some(authority) = uri.authority() else {
        return true;
    };
    let text = authority.as_str().as_bytes();
    let end = text.iter().position(|byte| !IS_HOST[usize::from(*byte)]);
    end.is_none_or(|end| is_needed_port(&text[end..], uri.scheme()))
}

/// The characters of names and IPv4 addresses. An IPv6 address is not recognized.
static IS_HOST: [bool; 256] = {
    let mut is_host = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        is_host[byte] = matches!(byte as u8, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.');
        byte += 1;
    }
    is_host
};

/// Whether `text` is a colon and a port in its one form that is not the default.
fn is_needed_port(text: &[u8], scheme: Option<&Scheme>) -> bool {
    let [b':', port @ ..] = text else {
        return false;
    };
    // No more digits than the number has room for.
    if !matches!(port, [b'1'..=b'9', ..]) || port.len() > 5 {
        return false;
    }
    let number = port.iter().try_fold(0, |number, digit| {
        let value = u32::from(digit.wrapping_sub(b'0'));
        (value < 10).then_some(number * 10 + value)
    });
    number.is_some_and(|number| number <= 65_535 && !is_default(number, scheme))
}

fn is_default(port: u32, scheme: Option<&Scheme>) -> bool {
    default_port(scheme).is_some_and(|default| u32::from(default) == port)
}

/// Only characters that are never escaped here, and no segment that is empty or begins with a dot.
fn is_path(path: &str) -> bool {
    path.starts_with('/') && read(&PATH, Path::InSegment as u8, path) != Path::Refused as u8
}

/// Pairs that are not empty, of unreserved characters only.
fn is_query(query: &str) -> bool {
    read(&QUERY, Query::AtPair as u8, query) >= Query::InName as u8
}

/// What state each byte leads to, from each state. Every request asks this for every byte of its URI.
type Machine = [[u8; 256]; 4];

fn read(machine: &Machine, start: u8, text: &str) -> u8 {
    // The mask spares the check of the state.
    let next = |state: u8, byte: u8| machine[usize::from(state & 3)][usize::from(byte)];
    text.bytes().fold(start, next)
}

#[derive(Clone, Copy)]
enum Path {
    Refused,
    AtSegment,
    InSegment,
}

const fn after_in_path(state: Path, byte: u8) -> Path {
    match (state, byte) {
        (Path::InSegment, b'/') => Path::AtSegment,
        (Path::Refused, _) | (Path::AtSegment, b'/' | b'.') => Path::Refused,
        _ if is_path_character(byte) => Path::InSegment,
        _ => Path::Refused,
    }
}

static PATH: Machine = {
    let mut machine = [[Path::Refused as u8; 256]; 4];
    let mut byte = 0;
    while byte < 256 {
        machine[Path::AtSegment as usize][byte] = after_in_path(Path::AtSegment, byte as u8) as u8;
        machine[Path::InSegment as usize][byte] = after_in_path(Path::InSegment, byte as u8) as u8;
        byte += 1;
    }
    machine
};

#[derive(Clone, Copy)]
enum Query {
    Refused,
    AtPair,
    InName,
    InValue,
}

const fn after_in_query(state: Query, byte: u8) -> Query {
    match (state, byte) {
        (Query::InName | Query::InValue, b'&') => Query::AtPair,
        (Query::AtPair | Query::InName, b'=') => Query::InValue,
        _ if !is_unreserved(byte) => Query::Refused,
        (Query::AtPair, _) => Query::InName,
        (same, _) => same,
    }
}

static QUERY: Machine = {
    let mut machine = [[Query::Refused as u8; 256]; 4];
    let mut byte = 0;
    while byte < 256 {
        machine[Query::AtPair as usize][byte] = after_in_query(Query::AtPair, byte as u8) as u8;
        machine[Query::InName as usize][byte] = after_in_query(Query::InName, byte as u8) as u8;
        machine[Query::InValue as usize][byte] = after_in_query(Query::InValue, byte as u8) as u8;
        byte += 1;
    }
    machine
};

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(uri: &str) -> bool {
        is_canonical(&uri.parse().unwrap())
    }

    #[test]
    fn what_clients_send_is_recognized() {
        for uri in [
            "https://api.test/",
            "https://abc.execute-api.us-west-2.amazonaws.com/prod/pets?limit=10",
            "http://127.0.0.1:3000/prod/a@b/$x&y'(z)*+,;=",
            "https://api.test/a.b?flag&x=&y=1",
            "https://api.test:65535/",
            "http://api.test:443/",
            "/only/a/path",
        ] {
            assert!(plain(uri), "{uri}");
        }
    }

    #[test]
    fn what_may_have_to_change_is_not() {
        for uri in [
            "https://API.test/",
            "https://u@api.test/",
            "https://api.test:443/",
            "http://api.test:080/",
            "https://api.test:/",
            "https://api.test:65536/",
            "https://api.test:100000/",
            "https://api.test:99999999999999999999/",
            "https://api.test/a%2fb",
            "https://api.test/é",
            "https://api.test/a//b",
            "https://api.test/./b",
            "https://api.test/..",
            "https://api.test/?",
            "https://api.test/?a&&b",
            "https://api.test/?&",
            "https://api.test/?a=b=c",
            "https://api.test/?a=b+c",
            "https://api.test/?a/b",
            "*",
        ] {
            assert!(!plain(uri), "{uri}");
        }
    }
}
