//! Query strings as the gateway reads them.

use percent_encoding::percent_decode_str;

/// The decoded pairs of a query in their order; `+` is a space, pieces without any character are left out.
pub(crate) fn pairs(query: Option<&str>) -> Vec<(Vec<u8>, Vec<u8>)> {
    let pieces = query.unwrap_or_default().split('&');
    pieces.filter(|piece| !piece.is_empty()).map(pair).collect()
}

fn pair(piece: &str) -> (Vec<u8>, Vec<u8>) {
    let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
    (decode(name), decode(value))
}

fn decode(text: &str) -> Vec<u8> {
    percent_decode_str(&text.replace('+', " ")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_decoded_in_their_order() {
        let read = pairs(Some("b=2%2B&a=x+y&&flag&b=%C3%A4"));
        let text: Vec<_> = read
            .iter()
            .map(|(name, value)| {
                format!(
                    "{}:{}",
                    String::from_utf8_lossy(name),
                    String::from_utf8_lossy(value)
                )
            })
            .collect();
        assert_eq!(text, ["b:2+", "a:x y", "flag:", "b:ä"]);
        assert!(pairs(None).is_empty());
    }
}
