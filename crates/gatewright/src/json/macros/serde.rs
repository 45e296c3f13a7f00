//! serde's traits for the types of the codec, and the way from a macro of a type to those of its directions.

/// Hands a type on to the macro of the direction that is asked for, or of both.
#[doc(hidden)]
#[macro_export]
macro_rules! __by_direction {
    ($read:ident, $write:ident, read $ty:ident $($of:tt)*) => {
        $crate::$read!($ty $($of)*);
        $crate::__deserialize_by_json!($ty);
    };
    ($read:ident, $write:ident, write $ty:ident $($of:tt)*) => {
        $crate::$write!($ty $($of)*);
        $crate::__serialize_by_json!($ty);
    };
    ($read:ident, $write:ident, $($both:tt)*) => {
        $crate::__by_direction!($read, $write, read $($both)*);
        $crate::__by_direction!($read, $write, write $($both)*);
    };
}

/// Implements `Deserialize` for a type that has `FromJson`.
#[doc(hidden)]
#[macro_export]
macro_rules! __deserialize_by_json {
    ($ty:ident) => {
        impl<'de> $crate::__private::serde::Deserialize<'de> for $ty {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> $crate::__private::Result<Self, D::Error> {
                $crate::__private::deserialize(deserializer)
            }
        }
    };
}

/// Implements `Serialize` for a type that has `ToJson`.
#[doc(hidden)]
#[macro_export]
macro_rules! __serialize_by_json {
    ($ty:ident) => {
        impl $crate::__private::serde::Serialize for $ty {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> $crate::__private::Result<S::Ok, S::Error> {
                $crate::__private::serialize(self, serializer)
            }
        }
    };
}
