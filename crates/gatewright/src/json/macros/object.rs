//! Structs.

/// The codec of a struct: its fields, each with its name in JSON if that is another one, and the field that holds the
/// members without a field of their own. `or Null` after a field sends `null` for it when it has no value, instead of
/// nothing.
#[doc(hidden)]
#[macro_export]
macro_rules! __json_object {
    ($($object:tt)*) => {
        $crate::__by_direction!(__read_object, __write_object, $($object)*);
    };
}

/// How a struct is read.
#[doc(hidden)]
#[macro_export]
macro_rules! __read_object {
    ($ty:ident { $($field:ident $(= $name:literal)? $(or Null)?,)* $(..$rest:ident)? }) => {
        impl $crate::__private::FromJson for $ty {
            #[inline]
            fn blank() -> Self {
                Self {
                    $($field: $crate::__private::FromJson::blank(),)*
                    $($rest: $crate::__private::FromJson::blank(),)?
                }
            }

            #[inline]
            fn slot(&mut self) -> $crate::__private::Slot<'_> {
                $crate::__private::Slot::Object(self)
            }
        }

        impl $crate::__private::ObjectMut for $ty {
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
        }
    };
}

/// How a struct is written.
#[doc(hidden)]
#[macro_export]
macro_rules! __write_object {
    ($ty:ident { $($field:ident $(= $name:literal)? $(or $null:tt)?,)* $(..$rest:ident)? }) => {
        impl $crate::__private::ToJson for $ty {
            #[inline]
            fn write(&self, name: &str, to: &mut dyn $crate::__private::Sink) {
                to.object(name, self);
            }
        }

        impl $crate::__private::Object for $ty {
            #[inline]
            fn write_members(&self, to: &mut dyn $crate::__private::Sink) {
                $($crate::__json_write!(
                    &self.$field,
                    $crate::__json_name!($field $($name)?),
                    to
                    $(, $null)?
                );)*
            }

            $crate::__json_others!([$($crate::__json_name!($field $($name)?)),*] $($rest)?);
        }
    };
}

/// Writes a member; with `Null`, one of no value too.
#[doc(hidden)]
#[macro_export]
macro_rules! __json_write {
    ($member:expr, $name:expr, $to:ident) => {
        $crate::__private::ToJson::write($member, $name, $to)
    };
    ($member:expr, $name:expr, $to:ident, Null) => {
        match $member {
            $crate::__private::Some(member) => {
                $crate::__private::ToJson::write_present(member, $name, $to)
            }
            $crate::__private::None => $to.any($name, &$crate::__private::Value::Null),
        }
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

/// How members without a field are written.
#[doc(hidden)]
#[macro_export]
macro_rules! __json_others {
    ($known:tt) => {};
    ($known:tt $rest:ident) => {
        #[inline]
        fn others(&self) -> $crate::__private::Option<$crate::__private::Others<'_>> {
            $crate::__private::Some($crate::__private::Others {
                known: &$known,
                members: &self.$rest,
            })
        }
    };
}
