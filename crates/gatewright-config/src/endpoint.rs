//! Checks an endpoint URL and takes the region from the hosts that carry one.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Why a text is not an endpoint. It never shows the text, which may hold a password or a token.
pub(crate) type Why = &'static str;

/// The endpoint without a slash at its end, if it is an absolute `http` or `https` URL that a path can be put after.
pub(crate) fn parse(text: &str) -> Result<&str, Why> {
    let rest = after_scheme(text)
        .ok_or("is no absolute http or https URL, such as `https://host/stage`")?;
    if text.contains(['?', '#']) {
        return Err("has a query or a fragment: only scheme, host and path belong here");
    }
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    if authority.contains('@') {
        return Err("has a user or password before the host: credentials do not belong here");
    }
    authority_is_valid(authority)?;
    path_is_valid(path.trim_end_matches('/'))?;
    Ok(text.trim_end_matches('/'))
}

/// Empty and dot segments are resolved by servers and proxies on the way (RFC 3986, section 5.2.4), so requests would go
/// elsewhere, and none can be signed.
fn path_is_valid(path: &str) -> Result<(), Why> {
    if !path.bytes().all(is_path_byte) {
        return Err(
            "has a character in its path that a URL cannot hold, such as a space or a bracket of a placeholder",
        );
    }
    if !path.split('%').skip(1).all(begins_with_hex) {
        return Err("has a `%` in its path that two hexadecimal digits do not follow");
    }
    let dots = |segment: &str| segment.replace("%2e", ".").replace("%2E", ".");
    let mut segments = path.split('/').skip(1);
    if segments.any(|segment| matches!(&*dots(segment), "" | "." | "..")) {
        return Err("has an empty or dot segment (`//`, `.` or `..`) in its path: resolve it");
    }
    Ok(())
}

fn begins_with_hex(text: &str) -> bool {
    let digits = text.as_bytes().get(..2);
    digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
}

/// Whether the endpoint sends what it is given unencrypted over a network: what the layers of gatewright refuse.
pub(crate) fn is_clear_text(endpoint: &str) -> bool {
    let host = host(endpoint);
    let address = host.trim_start_matches('[').trim_end_matches(']');
    let loopback = host == "localhost"
        || address
            .parse::<IpAddr>()
            .is_ok_and(|address| address.to_canonical().is_loopback());
    starts_with(endpoint, "http://") && !loopback
}

/// The region in the host of an `execute-api` endpoint, which is one of (Developer Guide, "Invoke a REST API" and
/// "Invoke a private API"; `amazonaws.com.cn` in China, `api.aws` for dual-stack):
/// `{api}.execute-api.{region}.amazonaws.com`, `{api}-{vpce}.execute-api.{region}.amazonaws.com`,
/// `{vpce}.execute-api.{region}.vpce.amazonaws.com`.
pub(crate) fn region(endpoint: &str) -> Option<String> {
    let host = host(endpoint);
    let (_, after) = host.split_once(".execute-api.")?;
    let (region, domain) = after.split_once('.')?;
    let domain = domain.strip_prefix("vpce.").unwrap_or(domain);
    let aws = matches!(domain, "amazonaws.com" | "amazonaws.com.cn" | "api.aws");
    (aws && is_region(region)).then(|| region.to_owned())
}

/// Whether `text` can be the name of a region: lower-case words with a hyphen between, such as `us-gov-west-1`.
pub(crate) fn is_region(text: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty()
            && word
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    };
    text.contains('-') && text.split('-').all(is_word)
}

/// The region that a pool's id begins with, before `separator`.
pub(crate) fn region_of_id(id: &str, separator: char) -> Option<&str> {
    let (region, _) = id.split_once(separator)?;
    is_region(region).then_some(region)
}

/// A host with or without a port, and nothing else.
pub(crate) fn authority_is_valid(authority: &str) -> Result<(), Why> {
    let (host, port) = split_port(authority);
    if !(is_name(host) || is_ipv6(host)) {
        return Err("has no valid host");
    }
    if port.is_none_or(is_port) {
        Ok(())
    } else {
        Err("has no valid port after the host")
    }
}

fn host(endpoint: &str) -> String {
    let rest = after_scheme(endpoint).unwrap_or(endpoint);
    let authority = rest.split('/').next().unwrap_or(rest);
    split_port(authority).0.to_ascii_lowercase()
}

/// The colons inside the brackets of an IPv6 address are not the port's.
fn split_port(authority: &str) -> (&str, Option<&str>) {
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    }
}

fn after_scheme(text: &str) -> Option<&str> {
    let scheme = ["https://", "http://"]
        .into_iter()
        .find(|scheme| starts_with(text, scheme))?;
    Some(&text[scheme.len()..])
}

/// Schemes are compared without regard to case (RFC 3986, section 3.1).
fn starts_with(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

/// Digits only: `parse` takes a `+` too.
fn is_port(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit()) && matches!(text.parse::<u16>(), Ok(1..))
}

/// A name. One whose last label is a number is an address to a browser, and has to be written in its usual form.
fn is_name(host: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
    };
    let name = host.strip_suffix('.').unwrap_or(host);
    let last = name.rsplit('.').next().unwrap_or(name);
    name.split('.').all(is_label) && (!is_number(last) || host.parse::<Ipv4Addr>().is_ok())
}

fn is_number(label: &str) -> bool {
    let hex = label.strip_prefix("0x").or(label.strip_prefix("0X"));
    match hex {
        Some(digits) => digits.bytes().all(|byte| byte.is_ascii_hexdigit()),
        None => label.bytes().all(|byte| byte.is_ascii_digit()),
    }
}

fn is_ipv6(host: &str) -> bool {
    let inner = host
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    inner.is_some_and(|address| address.parse::<Ipv6Addr>().is_ok())
}

/// `pchar` of RFC 3986, section 3.3, and the slash.
fn is_path_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"/-._~%!$&'()*+,;=:@".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stage_is_kept_and_the_slash_is_not() {
        let given = "https://a1b2c3.execute-api.eu-west-1.amazonaws.com/prod/";
        assert_eq!(
            parse(given),
            Ok("https://a1b2c3.execute-api.eu-west-1.amazonaws.com/prod")
        );
        assert_eq!(
            parse("https://api.shop.example"),
            Ok("https://api.shop.example")
        );
        assert_eq!(
            parse("https://api.shop.example//"),
            Ok("https://api.shop.example")
        );
    }

    #[test]
    fn ports_and_addresses_are_hosts_too() {
        for good in [
            "http://127.0.0.1:8080/dev",
            "http://[::1]:8080",
            "HTTPS://Host.example./v2",
            "http://localhost",
        ] {
            assert!(parse(good).is_ok(), "{good}");
        }
    }

    #[test]
    fn what_is_no_endpoint_is_refused() {
        let bad = [
            ("YOUR-REST-ENDPOINT", "absolute"),
            ("ftp://host/x", "absolute"),
            ("host/stage", "absolute"),
            ("https:/host", "absolute"),
            ("https://", "host"),
            ("https://ho st", "host"),
            ("https://a..b", "host"),
            ("https://münchen.example", "host"),
            ("https://host:", "port"),
            ("https://host:0", "port"),
            ("https://host:70000", "port"),
            ("https://host:+443", "port"),
            ("https://host:65536", "port"),
            ("https://[::g]", "host"),
            ("https://[fe80::1%25eth0]", "host"),
            ("https://127.1", "host"),
            ("https://2130706433", "host"),
            ("https://0x7f.0.0.1", "host"),
            ("https://evil.test\\host", "host"),
            ("https://host/dev?x=1", "query"),
            ("https://host/#x", "fragment"),
            ("https://me:pw@host", "password"),
            ("https://host/{stage}", "placeholder"),
            ("https://host/a b", "space"),
        ];
        for (text, word) in bad {
            let why = parse(text).expect_err(text);
            assert!(why.contains(word), "{text}: {why}");
        }
    }

    #[test]
    fn every_execute_api_host_names_its_region() {
        let hosts = [
            ("a1b2c3.execute-api.eu-west-1.amazonaws.com", "eu-west-1"),
            (
                "a1b2c3.execute-api.cn-north-1.amazonaws.com.cn",
                "cn-north-1",
            ),
            (
                "a1b2c3-vpce-0f1e2d.execute-api.us-east-2.amazonaws.com",
                "us-east-2",
            ),
            (
                "vpce-0f1e2d-abc.execute-api.us-gov-west-1.vpce.amazonaws.com",
                "us-gov-west-1",
            ),
            ("a1b2c3.execute-api.ap-south-1.api.aws", "ap-south-1"),
            (
                "A1B2C3.Execute-API.EU-West-1.amazonaws.com:443",
                "eu-west-1",
            ),
        ];
        for (host, wanted) in hosts {
            let endpoint = format!("https://{host}/stage");
            assert_eq!(region(&endpoint).as_deref(), Some(wanted), "{host}");
        }
    }

    #[test]
    fn other_hosts_name_no_region() {
        for host in [
            "api.shop.example",
            "a.execute-api.eu-west-1.evil.example",
            "execute-api.eu-west-1.amazonaws.com",
        ] {
            assert_eq!(region(&format!("https://{host}")), None, "{host}");
        }
    }

    #[test]
    fn only_http_to_another_machine_is_clear_text() {
        assert!(is_clear_text("http://api.shop.example/v1"));
        assert!(is_clear_text("http://127.shop.example"));
        for fine in [
            "https://api.shop.example",
            "http://localhost:3000",
            "http://127.0.0.1:1",
            "http://[::1]:1",
            "http://[0:0:0:0:0:0:0:1]",
            "http://[::ffff:127.0.0.1]:1",
        ] {
            assert!(!is_clear_text(fine), "{fine}");
        }
    }
}
