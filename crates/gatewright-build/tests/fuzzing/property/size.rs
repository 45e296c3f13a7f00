//! That every type of the module `types` is there once it is named, and has an end: one that holds itself by value, or an alias of itself, would not compile.

use std::collections::{HashMap, HashSet};

use syn::visit::{self, Visit};
use syn::{File, Item, Path};

pub(super) fn check(file: &File) {
    let generated = file
        .items
        .iter()
        .filter_map(|item| module(item, "generated"));
    let items = generated.flatten().filter_map(|item| module(item, "types"));
    let items: Vec<_> = items.flatten().collect();
    let stored = items.iter().filter_map(|item| held(item, false)).collect();
    check_finite(&stored);
    let aliases = items.iter().filter(|item| matches!(item, Item::Type(_)));
    check_finite(&aliases.filter_map(|item| held(item, true)).collect());
    Named { types: &stored }.visit_file(file);
}

/// The items of a module of this name.
fn module<'a>(item: &'a Item, name: &str) -> Option<&'a [Item]> {
    match item {
        Item::Mod(module) if module.ident == name => Some(&module.content.as_ref()?.1),
        _ => None,
    }
}

/// A type with those that it holds: by value, or at all. An alias is expanded before anything else, so that not even a
/// pointer ends one that holds itself.
fn held(item: &Item, at_all: bool) -> Option<(String, Vec<String>)> {
    let mut held = Held {
        names: Vec::new(),
        at_all,
    };
    let name = match item {
        Item::Struct(item) => {
            held.visit_fields(&item.fields);
            &item.ident
        }
        Item::Enum(item) => {
            let variants = item.variants.iter();
            variants.for_each(|variant| held.visit_variant(variant));
            &item.ident
        }
        Item::Type(item) => {
            held.visit_type(&item.ty);
            &item.ident
        }
        _ => return None,
    };
    Some((name.to_string(), held.names))
}

struct Held {
    names: Vec<String>,
    at_all: bool,
}

impl<'ast> Visit<'ast> for Held {
    fn visit_path(&mut self, path: &'ast Path) {
        self.names.extend(of_module(path));
        let last = path.segments.last();
        let last = last.map(|segment| segment.ident.to_string());
        let is_pointer = matches!(last.as_deref(), Some("Box" | "Vec" | "BTreeMap"));
        if self.at_all || !is_pointer {
            visit::visit_path(self, path);
        }
    }
}

/// `Pet` of `types::Pet`.
fn of_module(path: &Path) -> Option<String> {
    let mut segments = path
        .segments
        .iter()
        .map(|segment| segment.ident.to_string());
    let (module, name) = (segments.next()?, segments.next()?);
    (module == "types").then_some(name)
}

/// Takes away the types that hold none that is left, until none is left.
fn check_finite(types: &HashMap<String, Vec<String>>) {
    let mut left: HashMap<_, _> = types.iter().collect();
    loop {
        let before = left.len();
        let names: HashSet<_> = left.keys().copied().collect();
        left.retain(|_, held| held.iter().any(|name| names.contains(name)));
        if left.len() == before {
            break;
        }
    }
    assert!(left.is_empty(), "types that hold themselves: {left:?}");
}

struct Named<'t> {
    types: &'t HashMap<String, Vec<String>>,
}

impl<'ast> Visit<'ast> for Named<'_> {
    fn visit_path(&mut self, path: &'ast Path) {
        if let Some(name) = of_module(path) {
            assert!(self.types.contains_key(&name), "there is no type `{name}`");
        }
        visit::visit_path(self, path);
    }
}
