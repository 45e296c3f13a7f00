//! When root certificates are read, and how often.

use std::sync::atomic::{AtomicUsize, Ordering};

use rustls::RootCertStore;

use super::super::error::{TransportError, TransportErrorKind};
use super::super::roots::{Shared, no_roots};
use super::*;

/// One root, that of nobody.
fn one() -> RootCertStore {
    let made = rcgen::generate_simple_self_signed(["nobody.test".to_owned()]).unwrap();
    let mut roots = RootCertStore::empty();
    roots.add(made.cert.der().clone()).unwrap();
    roots
}

fn new_clients(shared: &'static Shared) -> Clients<InMemory> {
    let server = clients().connector().route.dial.clone();
    Clients::new(connector(server, Trust::new(Base::Shared(shared))), pool())
}

#[tokio::test]
async fn a_second_client_reads_no_root_again() {
    static READ: AtomicUsize = AtomicUsize::new(0);
    static SHARED: Shared = Shared::new(|| {
        READ.fetch_add(1, Ordering::Relaxed);
        Ok(one())
    });
    for _ in 0..3 {
        let refused = send(&new_clients(&SHARED), get("https://vpce.test/", None)).await;
        assert!(refused.is_err(), "the server is not of that root");
    }
    assert_eq!(READ.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn calls_on_loopback_without_tls_read_no_root() {
    static SHARED: Shared = Shared::new(|| panic!("read"));
    let clients = new_clients(&SHARED);
    let seen = send(&clients, get("http://localhost:3000/", None)).await;
    assert_eq!(seen.unwrap(), "HTTP/1.1 localhost:3000 -");
    assert!(clients.connector().route.tls.is_unused());
}

#[tokio::test]
async fn without_roots_https_is_refused_until_there_are_some() {
    static READ: AtomicUsize = AtomicUsize::new(0);
    static SHARED: Shared = Shared::new(|| match READ.fetch_add(1, Ordering::Relaxed) {
        0 => Err(no_roots()),
        _ => Ok(one()),
    });
    let clients = new_clients(&SHARED);
    let seen = send(&clients, get("http://localhost:3000/", None)).await;
    assert_eq!(seen.unwrap(), "HTTP/1.1 localhost:3000 -");
    let error = send(&clients, get("https://vpce.test/", None))
        .await
        .unwrap_err();
    let error = TransportError::find(&*error).unwrap();
    assert_eq!(error.kind(), TransportErrorKind::NoRoots);
    assert!(error.to_string().contains("ca-certificates"), "{error}");
    let error = send(&clients, get("https://vpce.test/", None))
        .await
        .unwrap_err();
    assert!(TransportError::find(&*error).is_none(), "{error}");
}

#[tokio::test]
async fn a_given_root_is_enough_on_a_machine_without_any() {
    static SHARED: Shared = Shared::new(|| Err(no_roots()));
    let mut trust = Trust::new(Base::Shared(&SHARED));
    trust.given.extend(one().roots);
    assert_eq!(trust.roots().unwrap().len(), 1);
}

#[test]
fn a_given_root_is_one_beside_the_others() {
    static SHARED: Shared = Shared::new(|| Ok(one()));
    let mut trust = Trust::new(Base::Shared(&SHARED));
    trust.given.extend(one().roots);
    assert_eq!(trust.roots().unwrap().len(), 2);
    trust.set_base(Base::Nothing);
    assert_eq!(trust.roots().unwrap().len(), 1);
}

#[cfg(feature = "webpki-roots")]
#[test]
fn the_roots_of_mozilla_are_in_the_program() {
    assert!(Trust::new(Base::Mozilla).roots().unwrap().len() > 100);
}
