//! The codec of generated types: concrete functions over [`Value`], so that a client of many types compiles fast.
//!
//! Generated types implement serde's traits as well, by forwarding to this; types of the user's own come through serde
//! alone and need nothing of it.

mod error;
mod fields;
mod leaf;

pub use error::JsonError;
use error::expected;
pub use fields::{Fields, Members};

use serde::de::{Deserialize, Deserializer, Error as _};
use serde::{Serialize, Serializer};
use serde_json::Value;

/// A type that is read from JSON and written to it.
pub trait Json: Sized {
    /// Reads a value.
    ///
    /// # Errors
    ///
    /// When the value has another shape; the error names the place.
    fn from_json(value: Value) -> Result<Self, JsonError>;

    /// Reads a member that is absent: an error, unless the type has a value for it.
    fn from_absent() -> Result<Self, JsonError> {
        Err(JsonError::new("is missing"))
    }

    /// Writes the value; `None` for a member to leave out.
    fn to_json(&self) -> Option<Value>;
}

/// `serde::Deserialize` by way of [`Json`].
pub fn deserialize<'de, T: Json, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    T::from_json(Value::deserialize(deserializer)?).map_err(D::Error::custom)
}

/// `serde::Serialize` by way of [`Json`].
pub fn serialize<T: Json, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    value.to_json().unwrap_or_default().serialize(serializer)
}

/// Implements serde's traits for a type that has [`Json`].
#[doc(hidden)]
#[macro_export]
macro_rules! __serde_by_json {
    ($ty:ident) => {
        impl $crate::__private::serde::Serialize for $ty {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> $crate::__private::Result<S::Ok, S::Error> {
                $crate::__private::serialize(self, serializer)
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for $ty {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> $crate::__private::Result<Self, D::Error> {
                $crate::__private::deserialize(deserializer)
            }
        }
    };
}

/// A text out of a list that tolerates others: the enum, its serde impls and its codec.
///
/// One macro instead of emitted code, because all enums differ in nothing but their texts.
#[doc(hidden)]
#[macro_export]
macro_rules! __string_enum {
    ($ty:ident { $($variant:ident = $text:literal,)* }) => {
        impl $ty {
            /// The text on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    $($ty::$variant => $text,)*
                    $ty::Unknown(text) => text,
                }
            }
        }

        impl $crate::__private::From<&str> for $ty {
            fn from(text: &str) -> Self {
                match text {
                    $($text => $ty::$variant,)*
                    other => $ty::Unknown($crate::__private::String::from(other)),
                }
            }
        }

        impl $crate::__private::fmt::Display for $ty {
            fn fmt(&self, f: &mut $crate::__private::fmt::Formatter<'_>) -> $crate::__private::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::__private::ParamValue for $ty {
            fn write(&self, with: &mut dyn $crate::__private::FnMut(&str)) {
                with(self.as_str());
            }
        }

        impl $crate::__private::ParamValues for $ty {
            fn write_each(&self, with: &mut dyn $crate::__private::FnMut(&str)) {
                with(self.as_str());
            }
        }

        impl $crate::__private::Json for $ty {
            fn from_json(
                value: $crate::__private::Value,
            ) -> $crate::__private::Result<Self, $crate::__private::JsonError> {
                let text: $crate::__private::String = $crate::__private::Json::from_json(value)?;
                $crate::__private::Ok(Self::from(text.as_str()))
            }

            fn to_json(&self) -> $crate::__private::Option<$crate::__private::Value> {
                $crate::__private::Some(self.as_str().into())
            }
        }

        $crate::__private::serde_by_json!($ty);
    };
}
