//! From serde to a [`Shape`].

use serde::Serialize;
use serde::ser::{
    Impossible, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple, SerializeTupleStruct,
    Serializer,
};

use super::shape::{Shape, Unwritable};

type Result<T> = std::result::Result<T, Unwritable>;

/// Makes shapes. An enum without values is the text of its variant, one with a value an object of one member, as in JSON.
pub(super) struct ToShape;

macro_rules! literals {
    ($($method:ident: $ty:ty,)*) => {$(
        fn $method(self, value: $ty) -> Result<Shape> {
            Ok(Shape::Literal(value.to_string()))
        }
    )*};
}

impl Serializer for ToShape {
    type Ok = Shape;
    type Error = Unwritable;
    type SerializeSeq = Items;
    type SerializeTuple = Items;
    type SerializeTupleStruct = Items;
    type SerializeTupleVariant = Impossible<Shape, Unwritable>;
    type SerializeMap = Members;
    type SerializeStruct = Members;
    type SerializeStructVariant = Impossible<Shape, Unwritable>;

    literals! {
        serialize_bool: bool,
        serialize_i8: i8,
        serialize_i16: i16,
        serialize_i32: i32,
        serialize_i64: i64,
        serialize_i128: i128,
        serialize_u8: u8,
        serialize_u16: u16,
        serialize_u32: u32,
        serialize_u64: u64,
        serialize_u128: u128,
    }

    fn serialize_f32(self, value: f32) -> Result<Shape> {
        finite(value.is_finite(), &value)
    }

    fn serialize_f64(self, value: f64) -> Result<Shape> {
        finite(value.is_finite(), &value)
    }

    fn serialize_char(self, value: char) -> Result<Shape> {
        Ok(Shape::Text(value.to_string()))
    }

    fn serialize_str(self, value: &str) -> Result<Shape> {
        Ok(Shape::Text(value.to_owned()))
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<Shape> {
        value.serialize(self)
    }

    fn serialize_none(self) -> Result<Shape> {
        Ok(Shape::Nothing)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Shape> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Shape> {
        Ok(Shape::Nothing)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Shape> {
        Ok(Shape::Nothing)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Shape> {
        Ok(Shape::Text(variant.to_owned()))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Shape> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Shape> {
        Ok(Shape::Object(vec![(variant.to_owned(), Shape::of(value)?)]))
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Items> {
        Ok(Items::default())
    }

    fn serialize_tuple(self, _: usize) -> Result<Items> {
        Ok(Items::default())
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Items> {
        Ok(Items::default())
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant> {
        Err(Unwritable::VARIANT)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Members> {
        Ok(Members::default())
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Members> {
        Ok(Members::default())
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant> {
        Err(Unwritable::VARIANT)
    }
}

fn finite(is_finite: bool, value: &dyn ToString) -> Result<Shape> {
    if is_finite {
        Ok(Shape::Literal(value.to_string()))
    } else {
        Err(Unwritable::NOT_FINITE)
    }
}

/// The items of a list so far.
#[derive(Default)]
pub(super) struct Items(Vec<Shape>);

impl Items {
    fn push<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<()> {
        self.0.push(Shape::of(item)?);
        Ok(())
    }
}

macro_rules! items {
    ($($of:ident: $method:ident,)*) => {$(
        impl $of for Items {
            type Ok = Shape;
            type Error = Unwritable;

            fn $method<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<()> {
                self.push(item)
            }

            fn end(self) -> Result<Shape> {
                Ok(Shape::List(self.0))
            }
        }
    )*};
}

items! {
    SerializeSeq: serialize_element,
    SerializeTuple: serialize_element,
    SerializeTupleStruct: serialize_field,
}

/// The members of an object so far, and the name of the next.
#[derive(Default)]
pub(super) struct Members {
    members: Vec<(String, Shape)>,
    name: String,
}

impl SerializeMap for Members {
    type Ok = Shape;
    type Error = Unwritable;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<()> {
        let key = Shape::of(key)?;
        key.as_text()
            .ok_or(Unwritable::NAME)?
            .clone_into(&mut self.name);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        let name = std::mem::take(&mut self.name);
        self.members.push((name, Shape::of(value)?));
        Ok(())
    }

    fn end(self) -> Result<Shape> {
        Ok(Shape::Object(self.members))
    }
}

impl SerializeStruct for Members {
    type Ok = Shape;
    type Error = Unwritable;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<()> {
        self.members.push((name.to_owned(), Shape::of(value)?));
        Ok(())
    }

    fn end(self) -> Result<Shape> {
        Ok(Shape::Object(self.members))
    }
}
