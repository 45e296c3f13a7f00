//! How lists and objects are written: `style`, `explode` and `allowReserved`.

use crate::display::quote;
use crate::node::Node;
use crate::{Location, Style, StyleName};

/// The styles of a place, its default first.
const fn allowed(location: Location) -> &'static [(&'static str, StyleName)] {
    match location {
        Location::Path => &[
            ("simple", StyleName::Simple),
            ("label", StyleName::Label),
            ("matrix", StyleName::Matrix),
        ],
        Location::Query => &[
            ("form", StyleName::Form),
            ("spaceDelimited", StyleName::SpaceDelimited),
            ("pipeDelimited", StyleName::PipeDelimited),
            ("deepObject", StyleName::DeepObject),
        ],
        Location::Header => &[("simple", StyleName::Simple)],
        Location::Cookie => &[("form", StyleName::Form)],
    }
}

/// The style that the location has if the document does not say.
pub(super) const fn default(location: Location) -> StyleName {
    allowed(location)[0].1
}

/// The style of a parameter, or of a property of a form, which has those of a query.
pub(super) fn style(node: &Node<'_>, location: Location) -> Style {
    let name = name(node, location);
    Style {
        name,
        explode: node.flag("explode").unwrap_or(name == StyleName::Form),
        allow_reserved: node.flag("allowReserved").unwrap_or_default(),
    }
}

fn name(node: &Node<'_>, location: Location) -> StyleName {
    let Some(written) = node.text("style") else {
        return default(location);
    };
    let allowed = allowed(location);
    let found = allowed.iter().find(|(name, _)| *name == written);
    found.map_or_else(
        || {
            let (default, style) = allowed[0];
            node.repair(format!(
                "has the style {}, which its place does not have; read as `{default}`",
                quote(&written)
            ));
            style
        },
        |(_, style)| *style,
    )
}
