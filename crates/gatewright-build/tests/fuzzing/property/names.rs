//! That no name stands twice in one scope, which would not compile.

use std::collections::HashSet;

use syn::visit::{self, Visit};
use syn::{Field, Fields, File, FnArg, ImplItem, Item, ItemImpl, Pat, Signature, Type, Variant};

pub(super) fn check(file: &File) {
    check_items(&file.items);
    check_methods(&file.items);
    Scopes.visit_file(file);
}

#[track_caller]
fn assert_unique(scope: &str, names: impl Iterator<Item = String>) {
    let mut seen = HashSet::new();
    for name in names {
        assert!(
            seen.insert(name.clone()),
            "`{name}` stands twice in {scope}"
        );
    }
}

fn check_items(items: &[Item]) {
    let names = items.iter().filter_map(|item| match item {
        Item::Const(item) => Some(&item.ident),
        Item::Enum(item) => Some(&item.ident),
        Item::Mod(item) => Some(&item.ident),
        Item::Struct(item) => Some(&item.ident),
        Item::Type(item) => Some(&item.ident),
        _ => None,
    });
    assert_unique("a module", names.map(ToString::to_string));
}

/// The inherent methods of one type share a scope, in however many blocks they stand.
fn check_methods(items: &[Item]) {
    let methods = items.iter().filter_map(inherent).flat_map(|block| {
        let ty = type_name(&block.self_ty);
        let functions = block.items.iter().filter_map(|item| match item {
            ImplItem::Fn(function) => Some(&function.sig.ident),
            _ => None,
        });
        functions.map(move |name| format!("{ty}::{name}"))
    });
    assert_unique("the methods of a type", methods);
}

fn inherent(item: &Item) -> Option<&ItemImpl> {
    match item {
        Item::Impl(block) if block.trait_.is_none() => Some(block),
        _ => None,
    }
}

fn type_name(ty: &Type) -> String {
    match ty {
        Type::Path(path) => path
            .path
            .segments
            .last()
            .map(|segment| segment.ident.to_string())
            .unwrap_or_default(),
        _ => String::new(),
    }
}

struct Scopes;

impl<'ast> Visit<'ast> for Scopes {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if let Some((_, items)) = &module.content {
            check_items(items);
            check_methods(items);
        }
        visit::visit_item_mod(self, module);
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        let name = |variant: &Variant| variant.ident.to_string();
        assert_unique("an enum", item.variants.iter().map(name));
        visit::visit_item_enum(self, item);
    }

    fn visit_fields(&mut self, fields: &'ast Fields) {
        let name = |field: &Field| field.ident.as_ref().map(ToString::to_string);
        assert_unique("a struct", fields.iter().filter_map(name));
        visit::visit_fields(self, fields);
    }

    fn visit_generics(&mut self, generics: &'ast syn::Generics) {
        let name = |parameter: &syn::TypeParam| parameter.ident.to_string();
        assert_unique("type parameters", generics.type_params().map(name));
        visit::visit_generics(self, generics);
    }

    fn visit_signature(&mut self, signature: &'ast Signature) {
        let name = |argument: &FnArg| match argument {
            FnArg::Receiver(_) => Some("self".to_owned()),
            FnArg::Typed(argument) => match &*argument.pat {
                Pat::Ident(pattern) => Some(pattern.ident.to_string()),
                _ => None,
            },
        };
        assert_unique("arguments", signature.inputs.iter().filter_map(name));
        visit::visit_signature(self, signature);
    }
}
