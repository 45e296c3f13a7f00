//! What the functions of a template give, as far as the template says: parameters with a default, mappings, conditions.
//!
//! What is only known when the template is deployed stays a placeholder in its text, in the form of `Fn::Sub`: `${Pool.Arn}`.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use crate::value::{Object, Value};

/// How many bytes more than its own a document may become by what functions repeat.
const MAX_GROWTH: usize = 16 << 20;

/// What stands beside the APIs of a template. All of it is empty where a document is read without its template.
#[derive(Default)]
pub(super) struct Scope {
    parameters: Object,
    mappings: Object,
    conditions: Object,
    /// Whether the document is, or is part of, a template.
    pub(super) is_template: bool,
    /// The conditions that were looked at; unknown while one is.
    outcomes: RefCell<HashMap<String, Option<bool>>>,
    growth_left: Cell<usize>,
    /// How many conditions lead to the one that is looked at.
    depth: Cell<usize>,
}

/// The text of a function.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Text {
    pub(super) text: String,
    /// Whether it holds no placeholder.
    pub(super) is_known: bool,
}

impl Text {
    fn known(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            is_known: true,
        }
    }

    fn placeholder(name: &str) -> Self {
        Self {
            text: format!("${{{name}}}"),
            is_known: false,
        }
    }
}

/// The only member of an object that is a function, and its argument.
pub(super) fn function(value: &Value) -> Option<(&str, &Value)> {
    let mut members = value.as_object()?.iter();
    let only = members.next().filter(|_| members.next().is_none())?;
    let is_function = only.0 == "Ref" || only.0.starts_with("Fn::");
    is_function.then_some(only)
}

/// Whether a value is `{"Ref": "AWS::NoValue"}`, which removes what has it.
pub(super) fn is_no_value(value: &Value) -> bool {
    function(value)
        .is_some_and(|(name, argument)| name == "Ref" && argument.as_str() == Some("AWS::NoValue"))
}

impl Scope {
    /// Of a document without a template.
    pub(super) fn empty() -> Self {
        Self {
            growth_left: Cell::new(MAX_GROWTH),
            ..Self::default()
        }
    }

    /// Of a template, from which it takes its sections.
    pub(super) fn of(template: &mut Object) -> Self {
        let mut section = |name: &str| match template.take(name) {
            Some(Value::Object(object)) => object,
            _ => Object::default(),
        };
        Self {
            parameters: section("Parameters"),
            mappings: section("Mappings"),
            conditions: section("Conditions"),
            is_template: true,
            ..Self::empty()
        }
    }

    /// Whether functions repeated so much that the document has no room for it.
    pub(super) fn is_full(&self) -> bool {
        self.growth_left.get() == 0
    }

    fn grow(&self, bytes: usize) -> Option<()> {
        let left = self.growth_left.get().checked_sub(bytes);
        self.growth_left.set(left.unwrap_or_default());
        left.map(|_| ())
    }

    /// The text that a value is or stands for; `None` if it stands for none, or for nothing that can be told.
    pub(super) fn text(&self, value: &Value) -> Option<Text> {
        let text = match value {
            Value::String(text) => Text::known(&**text),
            Value::Number(number) => Text::known(number.to_string()),
            Value::Bool(truth) => Text::known(truth.to_string()),
            Value::Object(_) => self.text_of_function(value)?,
            Value::Null | Value::Array(_) => return None,
        };
        self.grow(text.text.len()).map(|()| text)
    }

    /// What a function gives that stands for a text, or for a number.
    pub(super) fn scalar(&self, function: &Value) -> Option<Value> {
        let text = self.text(function)?;
        if let Some(name) = function.get("Ref").and_then(Value::as_str)
            && let Some(number @ Value::Number(_)) = self.default_of(name)
            && self.kind_of(name) == Some("Number")
        {
            return Some(number.clone());
        }
        Some(Value::String(text.text.into()))
    }

    fn kind_of(&self, parameter: &str) -> Option<&str> {
        self.parameters.get(parameter)?.get("Type")?.as_str()
    }

    fn text_of_function(&self, value: &Value) -> Option<Text> {
        let (name, argument) = function(value)?;
        match name {
            "Ref" => self.reference(argument.as_str()?),
            "Fn::GetAtt" => self.attribute(argument),
            "Fn::Sub" => self.substitution(argument),
            "Fn::Join" => self.join(argument),
            "Fn::Select" => self.selected(argument),
            "Fn::FindInMap" => self.text(self.found(argument)?),
            "Fn::ImportValue" => Some(self.imported(argument)),
            "Fn::If" => self.text(self.branch(argument)?),
            _ => None,
        }
    }

    fn reference(&self, name: &str) -> Option<Text> {
        if name == "AWS::NoValue" {
            return None;
        }
        match self.default_of(name) {
            Some(default) => {
                let text = default.as_str().map(str::to_owned);
                Some(Text::known(
                    text.unwrap_or_else(|| default.to_json().to_string()),
                ))
            }
            None => Some(Text::placeholder(name)),
        }
    }

    /// The default of a parameter, if that is what it gives: that of a secret is not to be seen anywhere, and that of a parameter
    /// of Systems Manager is only its name there.
    fn default_of(&self, name: &str) -> Option<&Value> {
        let parameter = self.parameters.get(name)?;
        let is_secret = match parameter.get("NoEcho") {
            None | Some(Value::Null | Value::Bool(false)) => false,
            Some(Value::String(text)) => !text.eq_ignore_ascii_case("false"),
            Some(_) => true,
        };
        let is_elsewhere = self
            .kind_of(name)
            .is_some_and(|kind| kind.starts_with("AWS::SSM::"));
        let default = parameter.get("Default")?;
        let is_text = matches!(
            default,
            Value::String(_) | Value::Number(_) | Value::Bool(_)
        );
        (is_text && !is_secret && !is_elsewhere).then_some(default)
    }

    fn attribute(&self, argument: &Value) -> Option<Text> {
        if let Some(text) = argument.as_str() {
            return Some(Text::placeholder(text));
        }
        let parts = argument.as_array()?.iter();
        let parts: Option<Vec<_>> = parts.map(|part| Some(self.text(part)?.text)).collect();
        Some(Text::placeholder(&parts?.join(".")))
    }

    fn imported(&self, argument: &Value) -> Text {
        let name = self.text(argument).filter(|name| name.is_known);
        match name {
            Some(name) if !name.text.contains(['{', '}']) => Text::placeholder(&name.text),
            _ => Text::placeholder("Fn::ImportValue"),
        }
    }

    fn substitution(&self, argument: &Value) -> Option<Text> {
        let (template, values) = match argument {
            Value::String(text) => (&**text, None),
            Value::Array(items) => (items.first()?.as_str()?, items.get(1)),
            _ => return None,
        };
        let mut result = Text::known("");
        let mut rest = template;
        while let Some((before, after)) = rest.split_once("${") {
            let Some((name, after)) = after.split_once('}') else {
                break;
            };
            let value = self.variable(name.trim(), values);
            self.grow(value.text.len())?;
            result.text += before;
            result.text += &value.text;
            result.is_known &= value.is_known;
            rest = after;
        }
        result.text += rest;
        Some(result)
    }

    /// What a `${name}` of `Fn::Sub` is; `${!name}` is itself without the mark.
    fn variable(&self, name: &str, values: Option<&Value>) -> Text {
        if let Some(literal) = name.strip_prefix('!') {
            return Text::placeholder(literal);
        }
        let given = values.and_then(|values| values.get(name));
        let text = match given {
            Some(given) => self.text(given),
            None if name.contains('.') => None,
            None => self.reference(name),
        };
        text.unwrap_or_else(|| Text::placeholder(name))
    }

    fn join(&self, argument: &Value) -> Option<Text> {
        let [separator, list] = argument.as_array()? else {
            return None;
        };
        let separator = separator.as_str()?;
        let list = self.list(list)?;
        self.grow(separator.len().saturating_mul(list.len()))?;
        let is_known = list.iter().all(|text| text.is_known);
        let texts: Vec<_> = list.into_iter().map(|text| text.text).collect();
        Some(Text {
            text: texts.join(separator),
            is_known,
        })
    }

    fn selected(&self, argument: &Value) -> Option<Text> {
        let [index, list] = argument.as_array()? else {
            return None;
        };
        let index: usize = self.text(index)?.text.parse().ok()?;
        self.list(list)?.into_iter().nth(index)
    }

    /// The texts of a list, or of a function that gives one.
    pub(super) fn list(&self, value: &Value) -> Option<Vec<Text>> {
        if let Some(items) = value.as_array() {
            return items.iter().map(|item| self.text(item)).collect();
        }
        match function(value)? {
            ("Ref", name) => self.listed(name.as_str()?),
            ("Fn::Split", argument) => self.split(argument),
            ("Fn::FindInMap", argument) => self.list(self.found(argument)?),
            ("Fn::If", argument) => self.list(self.branch(argument)?),
            _ => None,
        }
    }

    /// The default of a parameter that is a list.
    fn listed(&self, name: &str) -> Option<Vec<Text>> {
        let kind = self.kind_of(name)?;
        let is_list = kind == "CommaDelimitedList" || kind.starts_with("List<");
        let default = self.default_of(name).filter(|_| is_list)?;
        let texts = self.text(default)?.text;
        let texts = texts.split(',').map(|text| Text::known(text.trim()));
        Some(texts.collect())
    }

    fn split(&self, argument: &Value) -> Option<Vec<Text>> {
        let [separator, text] = argument.as_array()? else {
            return None;
        };
        let separator = separator.as_str().filter(|text| !text.is_empty())?;
        let text = self.text(text).filter(|text| text.is_known)?.text;
        Some(text.split(separator).map(Text::known).collect())
    }

    /// What stands at two keys of a mapping.
    fn found(&self, argument: &Value) -> Option<&Value> {
        let [map, first, second] = argument.as_array()?.get(..3)? else {
            return None;
        };
        let key = |value| Some(self.text(value).filter(|text| text.is_known)?.text);
        let map = self.mappings.get(&key(map)?)?;
        let found = map.get(&key(first)?)?.get(&key(second)?)?;
        // Mappings hold texts and lists of them, and no functions ("Mappings", `CloudFormation` user guide).
        let is_plain = |value: &Value| !value.is_object() && !value.is_array();
        let is_list = |value: &Value| {
            value
                .as_array()
                .is_some_and(|items| items.iter().all(is_plain))
        };
        (is_plain(found) || is_list(found)).then_some(found)
    }

    /// The branch of an `Fn::If` whose condition is known.
    fn branch<'a>(&self, argument: &'a Value) -> Option<&'a Value> {
        let [condition, yes, no] = argument.as_array()? else {
            return None;
        };
        let holds = self.condition(condition.as_str()?)?;
        Some(if holds { yes } else { no })
    }
}

/// How many conditions may lead to one another.
const MAX_CONDITIONS: usize = 32;

impl Scope {
    /// Whether a condition holds by the defaults of the parameters; `None` if they do not say.
    pub(super) fn condition(&self, name: &str) -> Option<bool> {
        if let Some(outcome) = self.outcomes.borrow().get(name) {
            return *outcome;
        }
        let condition = self.conditions.get(name)?;
        if self.depth.get() == MAX_CONDITIONS {
            return None;
        }
        self.depth.set(self.depth.get() + 1);
        self.outcomes.borrow_mut().insert(name.to_owned(), None);
        let outcome = self.holds(condition);
        self.outcomes.borrow_mut().insert(name.to_owned(), outcome);
        self.depth.set(self.depth.get() - 1);
        outcome
    }

    fn holds(&self, condition: &Value) -> Option<bool> {
        let mut members = condition.as_object()?.iter();
        let (function, argument) = members.next()?;
        match function {
            "Condition" => self.condition(argument.as_str()?),
            "Fn::Equals" => self.are_equal(argument),
            "Fn::Not" => Some(!self.holds(argument.as_array()?.first()?)?),
            "Fn::And" => self.are_all(argument, true),
            "Fn::Or" => self.are_all(argument, false).map(|is_none| !is_none),
            _ => None,
        }
    }

    /// Whether all are `wanted`. One that is not decides, whatever is not known of the others.
    fn are_all(&self, conditions: &Value, wanted: bool) -> Option<bool> {
        let mut outcome = Some(true);
        for condition in conditions.as_array()? {
            match self.holds(condition) {
                Some(holds) if holds == wanted => {}
                Some(_) => return Some(false),
                None => outcome = None,
            }
        }
        outcome
    }

    fn are_equal(&self, argument: &Value) -> Option<bool> {
        let [one, other] = argument.as_array()? else {
            return None;
        };
        let known = |value| self.text(value).filter(|text| text.is_known);
        Some(known(one)? == known(other)?)
    }
}
