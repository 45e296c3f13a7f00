//! Puts into a document what its functions give, in place, before it is read.
//!
//! A branch of `Fn::If` is taken where the condition is known, and where the other branch is nothing: SAM writes each path of a
//! function that has a condition as `{"Fn::If": [condition, {..}, {"Ref": "AWS::NoValue"}]}`, and a client that could not call
//! these would be of little use.

use super::scope::{Scope, function, is_no_value};
use crate::display::quote;
use crate::value::{Members, Object, Value};
use crate::way::Way;
use crate::{Pointer, Repair};

/// As many parts are known to stand elsewhere than in the document as it was written. Beyond that, messages name where they stand
/// in the document as it was read.
const MAX_MOVED: usize = 20_000;

/// As many notes are kept, one more than are shown.
const MAX_NOTES: usize = 1_001;

/// What a document without a template has data in, which only looks like a function.
const DATA: [&str; 8] = [
    "const",
    "default",
    "enum",
    "example",
    "examples",
    "mapping",
    "scopes",
    "x-example",
];

/// A document whose functions are settled.
#[derive(Default)]
pub(super) struct Settled {
    pub(super) moved: Vec<(Pointer, Pointer)>,
    pub(super) notes: Vec<Repair>,
}

/// Where a value stands in the document and in the file.
#[derive(Clone, Copy)]
struct Here<'p> {
    /// In the document without the functions.
    document: Way<'p>,
    /// As it is written.
    written: Way<'p>,
    base: &'p Pointer,
}

impl<'p> Here<'p> {
    fn key(&'p self, key: &'p str) -> Self {
        Self {
            document: self.document.key(key),
            written: self.written.key(key),
            base: self.base,
        }
    }

    /// The item that stands at one index and will at another.
    fn index(&'p self, index: usize, written: usize) -> Self {
        Self {
            document: self.document.index(index),
            written: self.written.index(written),
            base: self.base,
        }
    }

    fn written(&self) -> Pointer {
        self.written.pointer_from(self.base)
    }
}

/// What becomes of a value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Stays,
    Goes,
}

/// Settles all functions in `value`, which stands at `base` in the file.
pub(super) fn settle(value: &mut Value, base: &Pointer, scope: &Scope) -> Settled {
    let mut settling = Settling {
        scope,
        settled: Settled::default(),
    };
    if has_function(value) {
        let here = Here {
            document: Way::default(),
            written: Way::default(),
            base,
        };
        if settling.value(value, here) == Fate::Goes {
            *value = Value::Null;
        }
    }
    settling.settled
}

/// Whether there is anything to do, which there seldom is.
fn has_function(value: &Value) -> bool {
    if function(value).is_some() {
        return true;
    }
    match value {
        Value::Array(items) => items.iter().any(has_function),
        Value::Object(object) => object.values().any(has_function),
        _ => false,
    }
}

struct Settling<'s> {
    scope: &'s Scope,
    settled: Settled,
}

impl Settling<'_> {
    fn value(&mut self, value: &mut Value, here: Here<'_>) -> Fate {
        if is_no_value(value) {
            return Fate::Goes;
        }
        if let Some(("Fn::If", argument)) = function(value)
            && let Some(index) = self.branch(argument, &here)
        {
            *value = take_branch(value, index);
            let function = here.written.key("Fn::If");
            let here = Here {
                written: function.index(index),
                ..here
            };
            self.moved(&here);
            return self.value(value, here);
        }
        if !is_in_security(&here) && self.is_replaced(value) {
            return Fate::Stays;
        }
        match value {
            Value::Array(items) => self.items(items, &here),
            Value::Object(object) => self.members(object, &here),
            _ => {}
        }
        Fate::Stays
    }

    fn moved(&mut self, here: &Here<'_>) {
        if self.settled.moved.len() < MAX_MOVED {
            let to = here.written();
            self.settled.moved.push((here.document.pointer(), to));
        }
    }

    /// Whether the function that a value may be is replaced by a text, or by a list of texts.
    fn is_replaced(&mut self, value: &mut Value) -> bool {
        if function(value).is_none() {
            return false;
        }
        if let Some(list) = self.scope.list(value) {
            let items = list.into_iter();
            let items = items.map(|item| Value::String(item.text.into()));
            *value = Value::Array(items.collect());
            return true;
        }
        let Some(scalar) = self.scope.scalar(value) else {
            return false;
        };
        *value = scalar;
        true
    }

    fn items(&mut self, items: &mut Box<[Value]>, here: &Here<'_>) {
        let mut kept = 0;
        for written in 0..items.len() {
            let moved = self.settled.moved.len();
            let here = here.index(kept, written);
            let Some(item) = items.get_mut(written) else {
                continue;
            };
            if written != kept {
                self.moved(&here);
            }
            if self.value(item, here) == Fate::Goes {
                self.settled.moved.truncate(moved);
                continue;
            }
            items.swap(kept, written);
            kept += 1;
        }
        if kept < items.len() {
            let mut list = std::mem::take(items).into_vec();
            list.truncate(kept);
            *items = list.into();
        }
    }

    fn members(&mut self, object: &mut Object, here: &Here<'_>) {
        let mut has_gone = false;
        for (key, value) in object.iter_mut() {
            if !self.scope.is_template && DATA.contains(&key) {
                continue;
            }
            if self.value(value, here.key(key)) == Fate::Goes {
                *value = gone();
                has_gone = true;
            }
        }
        if has_gone {
            let mut members = Members::default();
            let object_members = std::mem::take(object).into_members();
            for (key, value) in object_members.filter(|(_, value)| !is_no_value(value)) {
                members.insert(key, value);
            }
            *object = members.into_object();
        }
    }

    /// The branch to take of an `Fn::If`, if one can be taken.
    fn branch(&mut self, argument: &Value, here: &Here<'_>) -> Option<usize> {
        let [condition, yes, no] = argument.as_array()? else {
            return None;
        };
        let name = condition.as_str()?;
        if let Some(holds) = self.scope.condition(name) {
            self.note_known(name, holds, if holds { yes } else { no }, here);
            return Some(if holds { 1 } else { 2 });
        }
        if self.must_be_known(yes, no, here) {
            return None;
        }
        let shown = quote(name);
        let (index, read) = match (is_no_value(yes), is_no_value(no)) {
            (true, _) => (
                2,
                "read as if it does not hold, since nothing is there else",
            ),
            (false, true) => (1, "read as if it holds, since nothing is there else"),
            (false, false) if !self.scope.is_template => return None,
            (false, false) => (1, "read as if it holds"),
        };
        let text = format!(
            "depends on the condition {shown} of CloudFormation, of which nothing here says whether it holds; {read}"
        );
        self.note(Repair::new(here.written(), &text));
        Some(index)
    }

    /// Whether nothing may be taken by chance: what an operation demands, unless one branch is all there is and demands something; and
    /// without a template what it takes.
    fn must_be_known(&self, yes: &Value, no: &Value, here: &Here<'_>) -> bool {
        let (last, before) = here.document.last_two();
        let is_demanded = demands(yes) && is_no_value(no) || is_no_value(yes) && demands(no);
        let is_in = |name: &str| last == Some(name) || before == Some(name);
        is_in("security") && !is_demanded || is_in("parameters") && !self.scope.is_template
    }

    fn note_known(&mut self, name: &str, holds: bool, branch: &Value, here: &Here<'_>) {
        let shown = quote(name);
        let holds = if holds { "holds" } else { "does not hold" };
        let text = format!(
            "depends on the condition {shown}, which {holds} by the defaults of the template's parameters"
        );
        let at = here.written();
        let repair = if is_no_value(branch) && is_operation(&here.document.pointer()) {
            let text = format!("{text}: left out");
            Repair {
                leaves_out_operations: true,
                ..Repair::new(at, &text)
            }
        } else {
            Repair {
                is_minor: true,
                ..Repair::new(at, &text)
            }
        };
        self.note(repair);
    }

    fn note(&mut self, repair: Repair) {
        if self.settled.notes.len() < MAX_NOTES {
            self.settled.notes.push(repair);
        }
    }
}

/// What marks a member that goes.
fn gone() -> Value {
    let mut members = Members::default();
    members.insert("Ref".into(), Value::String("AWS::NoValue".into()));
    Value::Object(members.into_object())
}

fn take_branch(value: &mut Value, index: usize) -> Value {
    let branch = match value {
        Value::Object(object) => object.get_mut("Fn::If"),
        _ => None,
    };
    match branch {
        Some(Value::Array(items)) => items.get_mut(index).map(std::mem::take).unwrap_or_default(),
        _ => Value::Null,
    }
}

/// Whether a place is what an operation demands, or an entry of that. A function that stands there is for the reader to refuse.
fn is_in_security(here: &Here<'_>) -> bool {
    let (last, before) = here.document.last_two();
    last == Some("security") || before == Some("security")
}

/// Whether a `security`, or an entry of one, demands something.
fn demands(security: &Value) -> bool {
    match security {
        Value::Array(entries) => !entries.is_empty() && entries.iter().all(demands),
        Value::Object(entry) => entry.iter().next().is_some() && function(security).is_none(),
        _ => false,
    }
}

/// Whether a place is all paths, a path or an operation.
fn is_operation(at: &Pointer) -> bool {
    let steps = at.steps();
    steps.first() == Some(&"paths") && steps.len() <= 3
}
