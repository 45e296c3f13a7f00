//! Queries as lists of `name=value` pairs.

use http::Uri;
#[cfg(feature = "bearer")]
use http::uri::PathAndQuery;

#[cfg(feature = "bearer")]
use super::escape::push_strict;
use super::percent::{Unit, units};

/// Splits a query into its pairs, without the empty ones of `a=1&&b=2`.
pub(super) fn pairs(query: &str) -> impl Iterator<Item = &str> {
    query.split('&').filter(|pair| !pair.is_empty())
}

/// The decoded bytes of a name or a value. `+` is a space, as AWS and HTML forms read it; a literal plus
/// sign is written `%2B`. A `%` that begins no escape is a literal percent sign.
pub(super) fn decode(text: &str) -> Vec<u8> {
    let byte = |unit| match unit {
        Ok(Unit::Raw(b'+')) => b' ',
        Ok(Unit::Raw(byte) | Unit::Escaped(byte)) => byte,
        Err(_) => b'%',
    };
    units(text).map(byte).collect()
}

/// Whether the query of `uri` has a parameter called `name`, with or without a value.
pub(crate) fn has_parameter(uri: &Uri, name: &str) -> bool {
    pairs(uri.query().unwrap_or_default()).any(|pair| is_named(pair, name))
}

/// The values of the parameters called `name`, decoded; empty for one without a value.
pub(crate) fn parameter_values(uri: &Uri, name: &str) -> impl Iterator<Item = Vec<u8>> {
    let named = pairs(uri.query().unwrap_or_default()).filter(move |pair| is_named(pair, name));
    named.map(|pair| decode(pair.split_once('=').unwrap_or_default().1))
}

/// `uri` with `name=value` at the end of its query, and without any other parameter of that name. The rest of the
/// query stays as it is written.
#[cfg(feature = "bearer")]
pub(crate) fn set_parameter(uri: &Uri, name: &str, value: &str) -> Result<Uri, http::Error> {
    let mut target = format!("{}?", uri.path());
    for pair in pairs(uri.query().unwrap_or_default()).filter(|pair| !is_named(pair, name)) {
        target.push_str(pair);
        target.push('&');
    }
    push_strict(&mut target, name.as_bytes());
    target.push('=');
    push_strict(&mut target, value.as_bytes());
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(target)?);
    Ok(Uri::from_parts(parts)?)
}

fn is_named(pair: &str, name: &str) -> bool {
    let written = pair.split_once('=').map_or(pair, |(name, _)| name);
    decode(written) == name.as_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(feature = "bearer")]
    #[test]
    fn a_parameter_is_found_by_its_decoded_name() {
        let uri = Uri::from_static("/pets?a=1&my%20token&B=2");
        assert!(has_parameter(&uri, "a"));
        assert!(has_parameter(&uri, "my token"));
        assert!(!has_parameter(&uri, "b"));
        assert!(!has_parameter(&Uri::from_static("/pets"), "a"));
    }

    #[test]
    fn the_values_of_a_parameter_are_decoded() {
        let uri = Uri::from_static("/pets?a=1%2B+2&b=x&%61=&a");
        let values: Vec<Vec<u8>> = parameter_values(&uri, "a").collect();
        assert_eq!(values, [b"1+ 2".to_vec(), vec![], vec![]]);
    }

    #[cfg(feature = "bearer")]
    #[test]
    fn setting_a_parameter_replaces_it_and_leaves_the_others_as_written() {
        let uri = Uri::from_static("https://api.test/pets?t%6Fken=old&x=a+b&token");
        let set = set_parameter(&uri, "token", "a+b/=").unwrap();
        assert_eq!(set, "https://api.test/pets?x=a+b&token=a%2Bb%2F%3D");
    }

    #[cfg(feature = "bearer")]
    #[test]
    fn a_parameter_that_makes_the_uri_too_long_is_an_error() {
        let value = "x".repeat(70_000);
        assert!(set_parameter(&Uri::from_static("/pets"), "token", &value).is_err());
    }
}
