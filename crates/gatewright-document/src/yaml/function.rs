//! Tags of `CloudFormation`: the short form of its functions. `!Sub text` is `{"Fn::Sub": "text"}` ("Intrinsic function
//! reference", `CloudFormation` user guide).

use granit_parser::Tag;

use crate::value::{Key, Members, Value};

/// The functions, each with the member that its long form has.
const FUNCTIONS: [(&str, &str); 20] = [
    ("Ref", "Ref"),
    ("Condition", "Condition"),
    ("And", "Fn::And"),
    ("Base64", "Fn::Base64"),
    ("Cidr", "Fn::Cidr"),
    ("Contains", "Fn::Contains"),
    ("Equals", "Fn::Equals"),
    ("FindInMap", "Fn::FindInMap"),
    ("GetAZs", "Fn::GetAZs"),
    ("GetAtt", GET_ATT),
    ("If", "Fn::If"),
    ("ImportValue", "Fn::ImportValue"),
    ("Join", "Fn::Join"),
    ("Length", "Fn::Length"),
    ("Not", "Fn::Not"),
    ("Or", "Fn::Or"),
    ("Select", "Fn::Select"),
    ("Split", "Fn::Split"),
    ("Sub", "Fn::Sub"),
    ("Transform", "Fn::Transform"),
];

const GET_ATT: &str = "Fn::GetAtt";

/// How many collections the long form of a tag is at most around what has the tag.
pub(super) const MAX_LEVELS: usize = 2;

/// The member of the long form that a tag stands for, if it is one of `CloudFormation`.
pub(super) fn of(tag: Option<&Tag>) -> Option<&'static str> {
    let name = tag?.suffix_in_namespace("!")?;
    let mut functions = FUNCTIONS.iter();
    functions.find_map(|(short, long)| (*short == name).then_some(*long))
}

/// The long form of a function of one text. `!GetAtt Pool.Arn` has its argument in parts.
pub(super) fn of_text(member: Key, text: &str) -> Value {
    let string = |text: &str| Value::String(text.into());
    let argument = match text.split_once('.') {
        Some((name, attribute)) if *member == *GET_ATT => {
            Value::Array([string(name), string(attribute)].into())
        }
        _ => string(text),
    };
    of_value(member, argument)
}

/// The long form of a function of this argument.
pub(super) fn of_value(member: Key, argument: Value) -> Value {
    let mut members = Members::default();
    members.insert(member, argument);
    Value::Object(members.into_object())
}
