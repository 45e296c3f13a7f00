//! Enums of types.

/// The codec of one of several types: told apart by a member of the object, or by the first that the value fits. What
/// fits none is kept as it came.
#[doc(hidden)]
#[macro_export]
macro_rules! __json_union {
    ($($union:tt)*) => {
        $crate::__by_direction!(__read_union, __write_union, $($union)*);
    };
}

/// How a union is read.
#[doc(hidden)]
#[macro_export]
macro_rules! __read_union {
    ($ty:ident $(by $tag:literal)? { $($variant:ident($inner:ty) $(= [$($text:literal),*])?,)* }) => {
        impl $crate::__private::FromJson for $ty {
            #[inline]
            fn blank() -> Self {
                $ty::Unknown($crate::__private::Value::Null)
            }

            #[inline]
            fn slot(&mut self) -> $crate::__private::Slot<'_> {
                $crate::__private::Slot::Union(self)
            }
        }

        impl $crate::__private::Union for $ty {
            #[inline]
            fn choose(&mut self, variants: &mut $crate::__private::Variants<'_>) -> bool {
                $(variants.told_apart_by($tag);)?
                $(
                    if let $crate::__private::Some(inner) = variants.next(&[$($($text),*)?]) {
                        *self = $ty::$variant(inner);
                        return true;
                    }
                )*
                false
            }

            #[inline]
            fn keep(&mut self, value: $crate::__private::Value) {
                *self = $ty::Unknown(value);
            }
        }
    };
}

/// How a union is written.
#[doc(hidden)]
#[macro_export]
macro_rules! __write_union {
    ($ty:ident $(by $tag:literal)? { $($variant:ident($inner:ty) $(= $texts:tt)?,)* }) => {
        impl $crate::__private::ToJson for $ty {
            #[inline]
            fn write(&self, name: &str, to: &mut dyn $crate::__private::Sink) {
                match self {
                    $($ty::$variant(inner) => $crate::__private::ToJson::write(inner, name, to),)*
                    $ty::Unknown(value) => to.any(name, value),
                }
            }
        }
    };
}
