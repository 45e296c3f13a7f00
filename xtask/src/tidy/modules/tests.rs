//! Each edge, shown to be found where it is crossed and to be quiet where it is not.

use super::*;

/// The lines that are found in one file of this content, beside a root that exports from both rooms.
fn lines(file: &str, content: &str) -> Vec<usize> {
    let root = Source::new(
        "crates/gatewright/src/lib.rs",
        "pub use client::RestClient;\npub use layers::SigV4;\n",
    );
    let findings = check(&[root, Source::new(file, content)]);
    findings.iter().map(|finding| finding.line).collect()
}

#[track_caller]
fn crosses(file: &str, content: &str, at: &[usize]) {
    assert_eq!(lines(file, content), at);
}

#[track_caller]
fn keeps(file: &str, content: &str) {
    crosses(file, content, &[]);
}

#[test]
fn layers_that_name_the_client_are_found() {
    let file = "crates/gatewright/src/layers/bearer/mod.rs";
    crosses(file, "use crate::client::RestClient;\n", &[1]);
    crosses(file, "\nuse super::super::client;\n", &[2]);
    crosses(file, "use crate::{Auth, RestClient};\n", &[1]);
    keeps(file, "use crate::{Auth, Operation};\nfn f(client: u8) {}\n");
}

#[test]
fn a_client_that_names_the_layers_is_found() {
    let file = "crates/gatewright/src/client/rest.rs";
    crosses(file, "use crate::layers::api_key;\n", &[1]);
    crosses(file, "fn f(_: crate::SigV4) {}\n", &[1]);
    keeps(file, "use crate::RestClient;\n");
}

#[test]
fn the_tests_of_a_room_may_use_the_other() {
    let file = "crates/gatewright/src/client/rest.rs";
    keeps(
        file,
        "#[cfg(test)]\nmod tests { use crate::layers::api_key; }\n",
    );
}

#[test]
fn hyper_outside_the_transport_is_found() {
    let content = "use hyper_util::rt::TokioExecutor;\nuse rustls::ClientConfig;\n";
    crosses("crates/gatewright/src/body.rs", content, &[1, 2]);
    keeps("crates/gatewright/src/transport.rs", content);
    keeps("crates/gatewright/src/transport/tls.rs", content);
}

#[test]
fn aws_crates_outside_the_signer_are_found() {
    let content = "use aws_sigv4::http_request::sign;\n";
    crosses("crates/gatewright/src/token.rs", content, &[1]);
    keeps("crates/gatewright/src/layers/sigv4/sign.rs", content);
    keeps("crates/gatewright/src/layers/sigv4.rs", content);
}

#[test]
fn a_second_clock_is_found() {
    let content = "fn f() { std::time::SystemTime::now(); Instant::now(); }\n";
    crosses("crates/gatewright/src/token.rs", content, &[1, 1]);
    keeps("crates/gatewright-local/src/clock.rs", content);
}

#[test]
fn a_model_that_names_the_emitter_is_found() {
    let file = "crates/gatewright-codegen/src/model/types.rs";
    crosses(file, "use crate::emit::rt;\n", &[1]);
    keeps(file, "fn f() { emit(); }\n");
}

#[test]
fn an_emitter_that_names_a_front_end_is_found() {
    let file = "crates/gatewright-codegen/src/emit/method.rs";
    crosses(file, "use crate::{endpoint, model};\n", &[1]);
    crosses(file, "use super::super::lower::x;\n", &[1]);
    keeps(file, "use crate::model::Api;\n");
}

#[test]
fn a_second_file_that_spells_the_runtime_is_found() {
    let content = "//! Of `::gatewright`.\nfn f() { quote!(::gatewright::RestClient); g(\"::gatewright\"); }\n";
    crosses(
        "crates/gatewright-codegen/src/emit/method.rs",
        content,
        &[2, 2],
    );
    keeps("crates/gatewright-codegen/src/emit/rt.rs", content);
    keeps(
        "crates/gatewright-codegen/src/endpoint/args.rs",
        "const M: &str = \"write `crate = ::gatewright`\";\n",
    );
}

#[test]
fn a_lowering_that_writes_code_is_found() {
    let content = "fn f() { quote! { struct A; } }\n";
    crosses("crates/gatewright-build/src/lower/body.rs", content, &[1]);
    crosses("crates/gatewright-build/src/lower.rs", content, &[1]);
    keeps("crates/gatewright-build/src/write.rs", content);
}

#[test]
fn macros_with_logic_are_found() {
    crosses("crates/gatewright-macros/src/parse.rs", "//! P.\n", &[1]);
    crosses(
        "crates/gatewright-macros/src/lib.rs",
        &"//\n".repeat(81),
        &[1],
    );
    keeps("crates/gatewright-macros/src/lib.rs", &"//\n".repeat(80));
}

#[test]
fn a_module_that_a_rule_is_about_must_be_there() {
    let missing = |sources: &[Source]| {
        rooms(sources)
            .into_iter()
            .map(|finding| finding.file)
            .collect::<Vec<_>>()
    };
    let gone = "crates/gatewright/src/client".to_owned();
    assert!(missing(&[]).contains(&gone));
    assert!(!missing(&[Source::new("crates/gatewright/src/client/mod.rs", "")]).contains(&gone));
}
