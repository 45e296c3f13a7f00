//! Where a signed request went, to know by which clock its response was judged.

use http::request::Parts;
use http::uri::{Authority, Scheme};

use crate::Origin;

/// Where a request goes, in what costs least to keep.
pub(super) enum Target {
    /// To the origin that its client states.
    Stated(Origin),
    Other(Option<Scheme>, Option<Authority>),
}

impl Target {
    #[inline]
    pub(super) fn of(request: &Parts) -> Self {
        let stated: Option<&Origin> = request.extensions.get();
        match stated.filter(|origin| origin.is_written_as(&request.uri)) {
            Some(origin) => Self::Stated(origin.clone()),
            None => Self::Other(
                request.uri.scheme().cloned(),
                request.uri.authority().cloned(),
            ),
        }
    }

    pub(super) fn is_at(&self, origin: &Origin) -> bool {
        match self {
            Self::Stated(stated) => stated == origin,
            Self::Other(Some(scheme), Some(authority)) => origin.is_same(scheme, authority),
            Self::Other(..) => false,
        }
    }

    pub(super) fn origin(&self) -> Option<Origin> {
        match self {
            Self::Stated(origin) => Some(origin.clone()),
            Self::Other(scheme, authority) => {
                Origin::at(scheme.as_ref()?, authority.as_ref()?).ok()
            }
        }
    }
}
