//! What the impls of generated types have in common. Macros instead of emitted code, because they differ in nothing but
//! the names.
//!
//! Every function is `#[inline]`, so that it is compiled only in programs that use it: a client has hundreds.

/// Implements serde's traits for a type that has [`Json`](crate::__private::Json).
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

/// The codec of a struct: its fields, each with its name in JSON if that is another one, and the field that holds the
/// members without a field of their own.
#[doc(hidden)]
#[macro_export]
macro_rules! __json_object {
    ($ty:ident { $($field:ident $(= $name:literal)?,)* $(..$rest:ident)? }) => {
        impl $crate::__private::Json for $ty {
            #[inline]
            fn blank() -> Self {
                Self {
                    $($field: $crate::__private::Json::blank(),)*
                    $($rest: $crate::__private::Json::blank(),)?
                }
            }

            #[inline]
            fn slot(&mut self) -> $crate::__private::Slot<'_> {
                $crate::__private::Slot::Object(self)
            }

            #[inline]
            fn view(&self) -> $crate::__private::View<'_> {
                $crate::__private::View::Object(self)
            }
        }

        impl $crate::__private::Object for $ty {
            #[inline]
            fn members_mut(
                &mut self,
                with: &mut dyn $crate::__private::FnMut($crate::__private::MembersMut<'_>),
            ) {
                with($crate::__private::MembersMut {
                    names: &[$($crate::__json_name!($field $($name)?)),*],
                    known: &mut [$(&mut self.$field),*],
                    rest: $crate::__json_rest!($(&mut self.$rest)?),
                });
            }

            #[inline]
            fn members(
                &self,
                with: &mut dyn $crate::__private::FnMut($crate::__private::Members<'_>),
            ) {
                with($crate::__private::Members {
                    names: &[$($crate::__json_name!($field $($name)?)),*],
                    known: &[$($crate::__private::Json::view(&self.$field)),*],
                    rest: $crate::__json_rest!($(&self.$rest)?),
                });
            }
        }

        $crate::__serde_by_json!($ty);
    };
}

/// The name of a member.
#[doc(hidden)]
#[macro_export]
macro_rules! __json_name {
    ($field:ident) => {
        ::core::stringify!($field)
    };
    ($field:ident $name:literal) => {
        $name
    };
}

/// Where members without a field go.
#[doc(hidden)]
#[macro_export]
macro_rules! __json_rest {
    () => {
        $crate::__private::None
    };
    ($rest:expr) => {
        $crate::__private::Some($rest)
    };
}

/// A text out of a list that tolerates others: the conversions of the enum and its codec.
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
            #[inline]
            fn fmt(&self, f: &mut $crate::__private::fmt::Formatter<'_>) -> $crate::__private::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::__private::ParamValue for $ty {
            #[inline]
            fn write(&self, with: &mut dyn $crate::__private::FnMut(&str)) {
                with(self.as_str());
            }
        }

        impl $crate::__private::ParamValues for $ty {
            #[inline]
            fn write_each(&self, with: &mut dyn $crate::__private::FnMut(&str)) {
                with(self.as_str());
            }
        }

        impl $crate::__private::Json for $ty {
            #[inline]
            fn blank() -> Self {
                $ty::Unknown($crate::__private::String::new())
            }

            #[inline]
            fn slot(&mut self) -> $crate::__private::Slot<'_> {
                $crate::__private::Slot::Text(self)
            }

            #[inline]
            fn view(&self) -> $crate::__private::View<'_> {
                $crate::__private::View::Text(self.as_str())
            }
        }

        impl $crate::__private::Text for $ty {
            #[inline]
            fn set(&mut self, text: &str) {
                *self = Self::from(text);
            }
        }

        $crate::__serde_by_json!($ty);
    };
}

/// The codec of one of several types: told apart by a member of the object, or by the first that the value fits. What
/// fits none is kept as it came.
#[doc(hidden)]
#[macro_export]
macro_rules! __json_union {
    ($ty:ident $(by $tag:literal)? { $($variant:ident($inner:ty) $(= [$($text:literal),*])?,)* }) => {
        impl $crate::__private::Json for $ty {
            #[inline]
            fn blank() -> Self {
                $ty::Unknown($crate::__private::Value::Null)
            }

            #[inline]
            fn slot(&mut self) -> $crate::__private::Slot<'_> {
                $crate::__private::Slot::Any(self)
            }

            #[inline]
            fn view(&self) -> $crate::__private::View<'_> {
                match self {
                    $($ty::$variant(inner) => inner.view(),)*
                    $ty::Unknown(value) => $crate::__private::View::Any(value),
                }
            }
        }

        impl $crate::__private::Anything for $ty {
            #[inline]
            fn set(&mut self, value: $crate::__private::Value) {
                $(let tag = value.get($tag).and_then($crate::__private::Value::as_str);)?
                $(
                    if $crate::__json_is_one_of!($(tag, [$($text),*])?) {
                        if let $crate::__private::Ok(inner) = $crate::__private::deserialize(&value) {
                            *self = $ty::$variant(inner);
                            return;
                        }
                    }
                )*
                *self = $ty::Unknown(value);
            }
        }

        $crate::__serde_by_json!($ty);
    };
}

/// Whether the member that tells the types apart has one of the texts of a type; always, if no member does.
#[doc(hidden)]
#[macro_export]
macro_rules! __json_is_one_of {
    () => {
        true
    };
    ($tag:ident, [$($text:literal),*]) => {
        $crate::__private::matches!($tag, $crate::__private::Some($($text)|*))
    };
}
