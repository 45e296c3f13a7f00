//! That a file holds nothing but what the emitter writes: no item, attribute, macro or path of a document's own.

use std::collections::HashSet;

use syn::visit::{self, Visit};
use syn::{Attribute, File, Item, Macro, Path};

/// The attributes that the emitter writes.
const ATTRIBUTES: &[&str] = &[
    "allow",
    "rustfmt::skip",
    "automatically_derived",
    "deprecated",
    "derive",
    "doc",
    "inline",
    "must_use",
    "non_exhaustive",
];

pub(super) fn check(file: &File) {
    assert!(file.attrs.is_empty(), "an attribute of the whole file");
    let mut names = Defined::default();
    names.visit_file(file);
    Emitted { names: names.0 }.visit_file(file);
}

/// The names of the types and type parameters of a file.
#[derive(Default)]
struct Defined(HashSet<String>);

impl<'ast> Visit<'ast> for Defined {
    fn visit_item(&mut self, item: &'ast Item) {
        let name = match item {
            Item::Struct(item) => Some(&item.ident),
            Item::Enum(item) => Some(&item.ident),
            Item::Type(item) => Some(&item.ident),
            _ => None,
        };
        self.0.extend(name.map(ToString::to_string));
        visit::visit_item(self, item);
    }

    fn visit_type_param(&mut self, parameter: &'ast syn::TypeParam) {
        self.0.insert(parameter.ident.to_string());
    }
}

struct Emitted {
    names: HashSet<String>,
}

impl<'ast> Visit<'ast> for Emitted {
    fn visit_item(&mut self, item: &'ast Item) {
        match item {
            Item::Const(_)
            | Item::Enum(_)
            | Item::Impl(_)
            | Item::Struct(_)
            | Item::Type(_)
            | Item::Use(_)
            | Item::Macro(_) => {}
            Item::Mod(module) => {
                let known = ["generated", "types", "params"];
                assert!(known.iter().any(|known| module.ident == known));
            }
            _ => panic!("an item of no kind that the emitter writes"),
        }
        visit::visit_item(self, item);
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        let is_known = ATTRIBUTES
            .iter()
            .any(|name| spelled(attribute.path()) == *name);
        assert!(
            is_known,
            "an attribute that the emitter does not write: {}",
            spelled(attribute.path())
        );
    }

    fn visit_macro(&mut self, called: &'ast Macro) {
        let path = spelled(&called.path);
        let is_codec = called.path.segments.len() == 2 && path.starts_with("rt::");
        assert!(
            is_codec || path == "gatewright::__private::reexport",
            "a macro that the emitter does not call: {}",
            spelled(&called.path)
        );
    }

    fn visit_path(&mut self, path: &'ast Path) {
        if path.segments.len() > 1 {
            let first = path.segments[0].ident.to_string();
            let is_known = [
                "gatewright",
                "rt",
                "rustfmt",
                "clippy",
                "types",
                "Self",
                "core",
                "std",
            ]
            .contains(&first.as_str())
                || self.names.contains(&first);
            assert!(
                is_known,
                "a path that the emitter does not write: {}",
                spelled(path)
            );
        }
        visit::visit_path(self, path);
    }

    fn visit_use_path(&mut self, path: &'ast syn::UsePath) {
        let is_known = ["gatewright", "self", "super", "rt", "types", "params"]
            .iter()
            .any(|name| path.ident == name);
        assert!(
            is_known,
            "an import that the emitter does not write: {}",
            path.ident
        );
    }

    fn visit_expr_unsafe(&mut self, _: &'ast syn::ExprUnsafe) {
        panic!("unsafe code");
    }
}

fn spelled(path: &Path) -> String {
    let segments = path
        .segments
        .iter()
        .map(|segment| segment.ident.to_string());
    segments.collect::<Vec<_>>().join("::")
}
