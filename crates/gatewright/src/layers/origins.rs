//! The origins that the credential of a layer may go to.

use std::fmt;
use std::slice;
use std::sync::{Arc, OnceLock};

use http::request::Parts;
use http::{Extensions, Request, Uri};

use crate::{AuthorizeError, AuthorizeErrorKind, Origin};

/// Shared by the clones of a layer.
#[derive(Clone, Debug, Default)]
pub(super) struct Origins {
    /// The origins that the user named.
    named: Arc<[Origin]>,
    /// Whether the origin that a client states counts beside the named ones.
    heeds_stated: bool,
    /// The origin of a client's first request. A redirect layer makes a new request without the extensions of the old one, so
    /// a request without a stated origin may only go to the one that was seen before.
    learned: Arc<OnceLock<Origin>>,
}

impl Origins {
    /// Adds `origin`.
    #[must_use]
    pub(super) fn and(self, origin: Origin) -> Self {
        let named = self.named.iter().cloned().chain([origin]).collect();
        Self { named, ..self }
    }

    /// This one, of a service that many clients share, and `outer` around it, as one. `None` if origins are named for both.
    #[cfg(feature = "transport")]
    pub(super) fn within(&self, outer: &Self) -> Option<Self> {
        (!self.are_named()).then(|| Self {
            heeds_stated: true,
            ..outer.clone()
        })
    }

    pub(super) fn are_named(&self) -> bool {
        !self.named.is_empty()
    }

    /// Refuses a request to an origin that is not allowed. Allowed are the named origins; if there are none, the origin that
    /// the request's client states; if it states none, the one that an earlier request stated. `what` is the credential.
    pub(super) fn check(&self, request: &Parts, what: &str) -> Result<(), AuthorizeError> {
        let stated = stated(&request.extensions);
        if let Some(origin) = stated {
            self.learned.get_or_init(|| origin.clone());
        }
        let learned = self.learned.get();
        permit(self.named_or(stated.or(learned)), &request.uri, &what)
    }

    /// Whether [`check_stated`](Self::check_stated) lets everything pass.
    pub(super) fn admit_stated<B>(&self, request: &Request<B>) -> bool {
        let stated = stated(request.extensions());
        let is_stated = || stated.is_none_or(|origin| origin.is_of(request.uri()));
        let is_allowed = are_allowed(self.named_or(stated), request.uri());
        is_allowed && (!self.heeds_stated || is_stated())
    }

    /// [`check`](Self::check) without memory, for a service that many clients share.
    pub(super) fn check_stated<B>(
        &self,
        request: &Request<B>,
        what: &dyn fmt::Display,
    ) -> Result<(), AuthorizeError> {
        let stated = stated(request.extensions());
        if self.heeds_stated {
            let stated = stated.map_or(&[][..], slice::from_ref);
            permit(stated, request.uri(), what)?;
        }
        permit(self.named_or(stated), request.uri(), what)
    }

    fn named_or<'a>(&'a self, other: Option<&'a Origin>) -> &'a [Origin] {
        if self.are_named() {
            &self.named
        } else {
            other.map_or(&[], slice::from_ref)
        }
    }
}

fn stated(extensions: &Extensions) -> Option<&Origin> {
    extensions.get()
}

fn permit(allowed: &[Origin], target: &Uri, what: &dyn fmt::Display) -> Result<(), AuthorizeError> {
    if are_allowed(allowed, target) {
        return Ok(());
    }
    Err(AuthorizeError::new(
        AuthorizeErrorKind::ForeignOrigin,
        refusal(allowed, target, what),
    ))
}

fn are_allowed(allowed: &[Origin], target: &Uri) -> bool {
    allowed.is_empty() || allowed.iter().any(|origin| origin.is_of(target))
}

fn refusal(allowed: &[Origin], target: &Uri, what: &dyn fmt::Display) -> String {
    let allowed: Vec<String> = allowed.iter().map(|it| format!("`{it}`")).collect();
    let allowed = allowed.join(" and ");
    match (target.scheme_str(), target.authority()) {
        (Some(scheme), Some(authority)) => format!(
            "did not send {what} to `{scheme}://{}`, since it is for {allowed} only: do not follow \
             redirects to other hosts with it, or name them with `only_to()` on the layer",
            without_user(authority.as_str())
        ),
        _ => format!(
            "did not send {what}, since it is for {allowed} only and the request does not say where it goes: give it \
             an absolute URI"
        ),
    }
}

/// Host and port as they are written, so that the message also shows an invalid port.
fn without_user(authority: &str) -> &str {
    authority.rsplit('@').next().unwrap_or(authority)
}

#[cfg(test)]
mod tests {
    use super::*;

    const API: &str = "https://api.test/pets";
    const OTHER: &str = "https://user:pw@other.test:8443/pets?token=t";

    fn origin(text: &str) -> Origin {
        text.parse().unwrap()
    }

    fn request(target: &str, stated: Option<&str>) -> Request<()> {
        let mut request = Request::get(target).body(()).unwrap();
        if let Some(stated) = stated {
            request.extensions_mut().insert(origin(stated));
        }
        request
    }

    fn allows(origins: &Origins, target: &str, stated: Option<&str>) -> bool {
        let request = request(target, stated).into_parts().0;
        origins.check(&request, "a key").is_ok()
    }

    #[test]
    fn without_any_origin_every_target_is_allowed() {
        let origins = Origins::default();
        assert!(allows(&origins, API, None) && allows(&origins, OTHER, None));
        assert!(allows(&origins, "/pets", None));
    }

    #[test]
    fn a_named_origin_is_the_only_one_whatever_a_client_states() {
        let origins = Origins::default()
            .and(origin("https://api.test"))
            .and(origin("https://eu.api.test"));
        assert!(allows(&origins, API, None));
        assert!(allows(&origins, "https://eu.api.test/", None));
        assert!(!allows(&origins, OTHER, None));
        assert!(!allows(&origins, "/pets", None));
        assert!(!allows(&origins, OTHER, Some("https://other.test:8443")));
    }

    #[test]
    fn the_origin_of_a_client_holds_for_its_request_and_for_redirects_after_it() {
        let origins = Origins::default();
        assert!(!allows(&origins, OTHER, Some("https://api.test")));
        assert!(allows(&origins, API, Some("https://api.test")));
        assert!(allows(&origins.clone(), API, None));
        assert!(!allows(&origins.clone(), OTHER, None));
        assert!(allows(&origins, OTHER, Some("https://other.test:8443")));
    }

    #[test]
    fn a_port_beyond_its_range_gets_no_credential_and_is_shown() {
        let origins = Origins::default().and(origin("https://api.test"));
        for target in ["https://api.test:99999/", "https://u@api.test:65979/"] {
            let error = origins
                .check(&request(target, None).into_parts().0, "a key")
                .unwrap_err();
            let shown = target.replace("u@", "");
            let shown = format!("`{}`", shown.trim_end_matches('/'));
            assert!(error.to_string().contains(&shown), "{error}");
        }
    }

    #[test]
    fn the_shared_check_remembers_nothing() {
        let origins = Origins::default();
        let check = |request| origins.check_stated(&request, &"a key").is_ok();
        assert!(check(request(API, Some("https://api.test"))));
        assert!(check(request(OTHER, None)));
        assert!(!check(request(OTHER, Some("https://api.test"))));
    }

    #[test]
    fn the_refusal_names_both_origins_but_nothing_else_of_the_uri() {
        let origins = Origins::default().and(origin("https://api.test"));
        let request = request(OTHER, None).into_parts().0;
        let error = origins.check(&request, "a key").unwrap_err();
        assert_eq!(error.kind(), AuthorizeErrorKind::ForeignOrigin);
        assert_eq!(
            error.to_string(),
            "did not send a key to `https://other.test:8443`, since it is for `https://api.test` only: do not follow \
             redirects to other hosts with it, or name them with `only_to()` on the layer"
        );
    }
}
