//! That the text of a document stays text in documentation: rustdoc would run a block of code as a test, and show HTML as it is.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, ExprLit, File, Lit, Meta};

pub(super) fn check(file: &File) {
    Docs.visit_file(file);
}

struct Docs;

impl<'ast> Visit<'ast> for Docs {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        check_text(match item {
            syn::Item::Const(item) => &item.attrs,
            syn::Item::Enum(item) => &item.attrs,
            syn::Item::Impl(item) => &item.attrs,
            syn::Item::Mod(item) => &item.attrs,
            syn::Item::Struct(item) => &item.attrs,
            syn::Item::Type(item) => &item.attrs,
            _ => &[],
        });
        visit::visit_item(self, item);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        check_text(&function.attrs);
    }

    fn visit_field(&mut self, field: &'ast syn::Field) {
        check_text(&field.attrs);
    }

    fn visit_variant(&mut self, variant: &'ast syn::Variant) {
        check_text(&variant.attrs);
        visit::visit_variant(self, variant);
    }
}

fn check_text(attributes: &[Attribute]) {
    let lines: Vec<String> = attributes.iter().filter_map(text).collect();
    let lines = lines
        .iter()
        .flat_map(|text| text.split('\n'))
        .collect::<Vec<_>>();
    let text = unindented(&lines);
    let extensions = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    for event in Parser::new_ext(&text, extensions) {
        assert!(!is_foreign(&event), "{event:?} in documentation:\n{text}");
    }
}

/// What rustdoc would run, show as it is, or follow.
fn is_foreign(event: &Event<'_>) -> bool {
    match event {
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(kind))) => {
            !matches!(&**kind, "text" | "ignore")
        }
        Event::Start(Tag::Link { dest_url, .. }) => {
            let leads = |to: &str| dest_url.starts_with(to);
            !["https://", "http://", "mailto:", "types::"]
                .into_iter()
                .any(leads)
        }
        Event::Start(
            Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::Image { .. } | Tag::FootnoteDefinition(_),
        )
        | Event::Html(_)
        | Event::InlineHtml(_)
        | Event::FootnoteReference(_)
        | Event::TaskListMarker(_) => true,
        _ => false,
    }
}

fn text(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(meta) = &attribute.meta else {
        return None;
    };
    match &meta.value {
        Expr::Lit(ExprLit {
            lit: Lit::Str(text),
            ..
        }) if meta.path.is_ident("doc") => Some(text.value()),
        _ => None,
    }
}

/// The lines as rustdoc takes them: without the indentation that all of them share.
fn unindented(lines: &[&str]) -> String {
    let indent = |line: &&str| line.len() - line.trim_start_matches(' ').len();
    let filled = lines.iter().filter(|line| !line.trim().is_empty());
    let shared = filled.map(indent).min().unwrap_or_default();
    let lines = lines
        .iter()
        .map(|line| line.get(shared..).unwrap_or_default());
    lines.collect::<Vec<_>>().join("\n")
}
