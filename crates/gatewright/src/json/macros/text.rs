//! Enums of texts.

/// A text out of a list that tolerates others: the conversions of the enum and its codec.
#[doc(hidden)]
#[macro_export]
macro_rules! __string_enum {
    (read $ty:ident $variants:tt) => {
        $crate::__text_of_enum!($ty $variants);
        $crate::__by_direction!(__read_text, __write_text, read $ty);
    };
    (write $ty:ident $variants:tt) => {
        $crate::__text_of_enum!($ty $variants);
        $crate::__by_direction!(__read_text, __write_text, write $ty);
    };
    ($ty:ident $variants:tt) => {
        $crate::__text_of_enum!($ty $variants);
        $crate::__by_direction!(__read_text, __write_text, $ty);
    };
}

/// An enum from its text and back.
#[doc(hidden)]
#[macro_export]
macro_rules! __text_of_enum {
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
    };
}

/// How an enum of texts is read.
#[doc(hidden)]
#[macro_export]
macro_rules! __read_text {
    ($ty:ident) => {
        impl $crate::__private::FromJson for $ty {
            #[inline]
            fn blank() -> Self {
                $ty::Unknown($crate::__private::String::new())
            }

            #[inline]
            fn slot(&mut self) -> $crate::__private::Slot<'_> {
                $crate::__private::Slot::Text(self)
            }
        }

        impl $crate::__private::Text for $ty {
            #[inline]
            fn set(&mut self, text: &str) {
                *self = Self::from(text);
            }
        }
    };
}

/// How an enum of texts is written, in JSON and as an argument.
#[doc(hidden)]
#[macro_export]
macro_rules! __write_text {
    ($ty:ident) => {
        impl $crate::__private::ToJson for $ty {
            #[inline]
            fn write(&self, name: &str, to: &mut dyn $crate::__private::Sink) {
                to.text(name, self.as_str());
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
    };
}
