//! What is done with the bytes of a fuzzer.

use arbitrary::{Result, Unstructured};
use gatewright_build::{AuthMode, Builder, Select, configure};

use crate::document as documents;
use crate::property::check;

/// The bytes as they are, as a JSON file and as a YAML file.
pub(crate) fn bytes(data: &[u8]) {
    let builder = configure();
    check(&builder, "api.json", data);
    // What begins with a brace is JSON whatever the file is called.
    if data.first() != Some(&b'{') {
        check(&builder, "api.yaml", data);
    }
}

/// A document made of the bytes. Returns its code, if any comes out.
pub(crate) fn document(data: &[u8]) -> Option<String> {
    let mut u = Unstructured::new(data);
    // There are too few bytes for a document.
    let (builder, (name, text)) = builder(&mut u)
        .and_then(|b| Ok((b, documents::document(&mut u)?)))
        .ok()?;
    check(&builder, name, text.as_bytes())
}

fn builder(u: &mut Unstructured<'_>) -> Result<Builder> {
    let mut builder = configure();
    if u.ratio(1, 4)? {
        builder = builder.without_connect();
    }
    if u.ratio(1, 4)? {
        builder = builder.all_codecs();
    }
    if u.ratio(1, 4)? {
        builder = builder.use_root_security();
    }
    if u.ratio(1, 12)? {
        builder = builder.include(Select::path("/pets"));
    }
    if u.ratio(1, 12)? {
        let modes = [mode(u)?, mode(u)?];
        builder = builder.auth(Select::path("/"), modes);
    }
    if u.ratio(1, 4)? {
        builder = builder.default_auth(mode(u)?);
    }
    Ok(builder)
}

fn mode(u: &mut Unstructured<'_>) -> Result<AuthMode> {
    let name = *u.choose(&["Authorization", "x-api-key", "X-Ticket", "a b", "é"])?;
    Ok(match u.int_in_range(0..=5)? {
        0 => AuthMode::None,
        1 => AuthMode::Iam,
        2 => AuthMode::ApiKey,
        3 => AuthMode::Token,
        4 => AuthMode::Header(name.to_owned()),
        _ => AuthMode::Query(name.to_owned()),
    })
}
