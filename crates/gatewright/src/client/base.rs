//! Where an API is: scheme, host and the path up to the stage.

use std::fmt;
use std::str::FromStr;

use http::Uri;
use http::uri::{Authority, Scheme};

use crate::Origin;

/// The address of a deployed API: `https://{id}.execute-api.{region}.amazonaws.com/{stage}`, or a custom domain with
/// the base path it is mapped to.
///
/// A trailing slash makes no difference. Query and fragment have no place in it.
///
/// ```
/// use gatewright::client::BaseUrl;
///
/// let base: BaseUrl = "https://api.example.com/v1/".parse()?;
/// assert_eq!(base.to_string(), "https://api.example.com/v1");
/// assert!("api.example.com".parse::<BaseUrl>().is_err());
/// # Ok::<(), gatewright::client::InvalidBaseUrl>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    scheme: Scheme,
    authority: Authority,
    path: String,
}

impl BaseUrl {
    /// `http` or `https`.
    pub fn scheme(&self) -> &Scheme {
        &self.scheme
    }

    /// The host, with its port if it is not the scheme's own.
    pub fn authority(&self) -> &Authority {
        &self.authority
    }

    /// Scheme, host and port: where the credentials of the API's operations may go.
    pub fn origin(&self) -> Origin {
        Origin::new(self.scheme.clone(), self.authority.clone())
    }

    /// The path that every operation's path is appended to: empty, or with a leading and without a trailing slash.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The text, with room for so many bytes more.
    pub(super) fn to_text(&self, room: usize) -> String {
        let parts = [
            self.scheme.as_str(),
            "://",
            self.authority.as_str(),
            &self.path,
        ];
        let length: usize = parts.iter().map(|part| part.len()).sum();
        let mut text = String::with_capacity(length + room);
        text.extend(parts);
        text
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}{}", self.scheme, self.authority, self.path)
    }
}

impl FromStr for BaseUrl {
    type Err = InvalidBaseUrl;

    fn from_str(url: &str) -> Result<Self, InvalidBaseUrl> {
        let uri: Uri = url.parse().map_err(|_| InvalidBaseUrl("is not a URL"))?;
        Self::try_from(uri)
    }
}

impl TryFrom<Uri> for BaseUrl {
    type Error = InvalidBaseUrl;

    fn try_from(uri: Uri) -> Result<Self, InvalidBaseUrl> {
        let parts = uri.into_parts();
        let (Some(scheme), Some(authority)) = (parts.scheme, parts.authority) else {
            return Err(InvalidBaseUrl(
                "needs a scheme and a host, such as `https://api.example.com/prod`",
            ));
        };
        if scheme != Scheme::HTTP && scheme != Scheme::HTTPS {
            return Err(InvalidBaseUrl("must begin with `https://` or `http://`"));
        }
        if authority.as_str().contains('@') {
            return Err(InvalidBaseUrl("must not hold a user name or password"));
        }
        let path = parts.path_and_query.as_ref();
        if path.is_some_and(|path| path.query().is_some()) {
            return Err(InvalidBaseUrl("must not have a query"));
        }
        let path = path
            .map_or("", |path| path.path())
            .trim_end_matches('/')
            .to_owned();
        Ok(Self {
            scheme,
            authority,
            path,
        })
    }
}

/// Why a text is not the address of an API. It does not repeat the text, which may hold a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidBaseUrl(&'static str);

impl fmt::Display for InvalidBaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the base URL {}", self.0)
    }
}

impl std::error::Error for InvalidBaseUrl {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trailing_slash_makes_no_difference() {
        let slash: BaseUrl = "https://api.example.com/prod/".parse().unwrap();
        assert_eq!(slash, "https://api.example.com/prod".parse().unwrap());
        assert_eq!(
            "http://127.0.0.1:8080".parse::<BaseUrl>().unwrap().path(),
            ""
        );
    }

    #[test]
    fn what_is_not_an_address_is_refused_without_being_repeated() {
        for bad in [
            "",
            "/prod",
            "ftp://h/",
            "https://me:hunter2@h/",
            "https://h/?q=hunter2",
            "https://",
        ] {
            let error = bad.parse::<BaseUrl>().unwrap_err().to_string();
            assert!(error.starts_with("the base URL "), "{bad}: {error}");
            assert!(!error.contains("hunter2"));
        }
    }
}
