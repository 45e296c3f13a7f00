//! UUIDs.

use super::text::text;

/// A UUID as RFC 9562 writes it (section 4), such as `f81d4fae-7dec-11d0-a765-00a0c91e6bf6`: a text that is kept as it came,
/// whether it is of that form or not.
///
/// Two are equal if their texts are, so `F8…` is not `f8…`. With the feature `uuid` it converts to and from `uuid::Uuid`:
///
/// ```
/// use gatewright::format::Uuid;
///
/// let id = Uuid::from("F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6");
/// # #[cfg(feature = "uuid")] {
/// let number = uuid::Uuid::try_from(&id)?;
/// assert_eq!(number.get_version_num(), 1);
/// assert_eq!(Uuid::from(number).as_str(), "f81d4fae-7dec-11d0-a765-00a0c91e6bf6");
/// assert!(uuid::Uuid::try_from(&Uuid::from("none")).is_err());
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Uuid(String);

text!(Uuid);

#[cfg(feature = "uuid")]
mod convert {
    use super::Uuid;
    use crate::format::FormatError;

    /// Reads upper and lower case, and also the forms with braces, with `urn:uuid:` and without hyphens. Fails for any other.
    #[cfg_attr(docsrs, doc(cfg(feature = "uuid")))]
    impl TryFrom<&Uuid> for uuid::Uuid {
        type Error = FormatError;

        fn try_from(text: &Uuid) -> Result<Self, FormatError> {
            Self::parse_str(text).map_err(|source| FormatError::new("a UUID of RFC 9562", source))
        }
    }

    /// In lower case, with hyphens.
    #[cfg_attr(docsrs, doc(cfg(feature = "uuid")))]
    impl From<uuid::Uuid> for Uuid {
        fn from(uuid: uuid::Uuid) -> Self {
            Self(uuid.to_string())
        }
    }
}
