//! Which targets go through a proxy, and what addresses of proxies are taken.

use super::super::Proxy;
use super::super::error::TransportErrorKind;
use super::super::proxy::Rules;

const PASSWORD: &str = "hunter2:%41@/ü";

fn proxy(bypass: &str) -> Rules {
    let proxy = Proxy::new("http://proxy.test:3128").unwrap();
    Rules::of(&proxy.bypass(bypass))
}

fn is_proxied(rules: &Rules, target: &str) -> bool {
    rules.proxy_of(&target.parse().unwrap()).is_some()
}

#[test]
fn this_machine_is_never_reached_through_a_proxy() {
    let rules = proxy("");
    for target in [
        "http://localhost:3000/",
        "https://localhost/",
        "http://LOCALHOST/",
        "http://127.0.0.1:3000/",
        "http://127.9.9.9/",
        "http://[::1]:3000/",
        "http://[::ffff:127.0.0.1]/",
    ] {
        assert!(!is_proxied(&rules, target), "{target}");
        assert_eq!(rules.authorization_of(&target.parse().unwrap()), None);
    }
    for target in [
        "http://api.test/",
        "https://api.test/",
        "http://127.0.0.1.api.test/",
        "https://10.0.0.1/",
    ] {
        assert!(is_proxied(&rules, target), "{target}");
    }
}

#[test]
fn hosts_beside_the_proxy_are_named_as_in_no_proxy() {
    let rules = proxy("internal.test, .other.test,10.0.0.0/8,fd00::/8, 192.0.2.1");
    for target in [
        "https://internal.test/",
        "https://api.internal.test:8443/",
        "https://api.other.test/",
        "https://10.1.2.3/",
        "https://[fd00::1]/",
        "https://192.0.2.1/",
    ] {
        assert!(!is_proxied(&rules, target), "{target}");
    }
    for target in [
        "https://notinternal.test/",
        "https://11.1.2.3/",
        "https://[fe00::1]/",
        "https://192.0.2.2/",
    ] {
        assert!(is_proxied(&rules, target), "{target}");
    }
    assert!(!is_proxied(&proxy("*"), "https://api.test/"));
}

#[test]
fn an_address_that_is_none_of_a_proxy_is_refused_and_not_quoted() {
    for url in [
        "",
        "http://",
        "gopher://me:hunter2@proxy.test",
        "socks4://me:hunter2@proxy.test",
        "http://me:hunter2@",
        "http://me:hunter2@proxy.test:99999",
        "http://me:hunter2@proxy.test:0",
        "http://me:hunter2@proxy.test/path",
        "http://me:hunter 2@proxy.test",
        "/hunter2",
    ] {
        let error = Proxy::new(url).unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::InvalidProxy, "{url}");
        assert!(
            !format!("{error:#} {error:?}").contains("hunter"),
            "{error:#}"
        );
    }
    for url in [
        "proxy.test:3128",
        "proxy.test",
        "HTTP://proxy.test/",
        "https://[::1]:1",
        "socks5h://me:2@proxy.test",
    ] {
        assert!(Proxy::new(url).is_ok(), "{url}");
    }
}

#[test]
fn credentials_arrive_as_they_were_given_and_are_shown_nowhere() {
    let proxy = Proxy::new("http://proxy.test").unwrap();
    let proxy = proxy.credentials("müller", PASSWORD).unwrap();
    let rules = Rules::of(&proxy);
    let target = "https://api.test/".parse().unwrap();
    let intercept = rules.proxy_of(&target).unwrap();
    // printf 'müller:hunter2:%41@/ü' | base64
    assert_eq!(
        intercept.basic_auth().unwrap(),
        "Basic bcO8bGxlcjpodW50ZXIyOiU0MUAvw7w="
    );
    let shown = format!(
        "{proxy:?} {rules:?} {:?}",
        super::super::builder().proxy(proxy.clone())
    );
    assert!(
        !shown.contains("hunter2") && !shown.contains("bcO8b"),
        "{shown}"
    );
}

#[test]
fn credentials_that_a_proxy_could_misread_are_refused() {
    let long = "x".repeat(256);
    for (user, password) in [
        ("a:b", "c"),
        ("a\n", "c"),
        ("a", "c\r\n"),
        (&*long, "c"),
        ("a", &*long),
    ] {
        let proxy = Proxy::new("http://proxy.test").unwrap();
        let error = proxy.credentials(user, password).unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::InvalidProxy);
    }
}
