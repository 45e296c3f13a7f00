//! The edges between modules, from the paths that they name.

use super::paths::Named;
use super::source::Source;
use super::{Finding, shipped};

const RUNTIME: &str = "crates/gatewright/src/";
const CODEGEN: &str = "crates/gatewright-codegen/src/";
const BUILD: &str = "crates/gatewright-build/src/";
const MACROS: &str = "crates/gatewright-macros/src/";

pub(super) fn check(sources: &[Source]) -> Vec<Finding> {
    [
        client_and_layers_are_strangers(sources),
        one_room_for_hyper(sources),
        one_room_for_aws(sources),
        one_clock(sources),
        the_model_knows_no_emitter(sources),
        the_emitter_knows_no_front_end(sources),
        one_file_spells_the_runtime(sources),
        lowering_writes_no_code(sources),
        macros_have_no_logic(sources),
    ]
    .concat()
}

/// A rule about a module that was moved would pass for ever, so each module that the rules name must be there.
pub(super) fn rooms(sources: &[Source]) -> Vec<Finding> {
    let rooms = [
        (RUNTIME, "client"),
        (RUNTIME, "layers"),
        (RUNTIME, "layers/sigv4"),
        (RUNTIME, "transport"),
        (CODEGEN, "model"),
        (CODEGEN, "emit"),
        (CODEGEN, "emit/rt"),
        (BUILD, "lower"),
        (MACROS, "lib"),
    ];
    let missing = rooms
        .into_iter()
        .filter(|(folder, name)| modules(sources, folder, name).next().is_none());
    missing
        .map(|(folder, name)| {
            let message = "there is no such module, but a rule of `cargo xtask tidy` is about it";
            Finding::new(&format!("{folder}{name}"), 1, message)
        })
        .collect()
}

/// Whether `source` is the module `name` of the crate at `folder`, or inside it.
fn is_module(source: &Source, folder: &str, name: &str) -> bool {
    let rest = source
        .text
        .file
        .strip_prefix(folder)
        .and_then(|rest| rest.strip_prefix(name));
    rest.is_some_and(|rest| rest.starts_with(['/', '.', '_']))
}

fn modules<'a>(
    sources: &'a [Source],
    folder: &'a str,
    name: &'a str,
) -> impl Iterator<Item = &'a Source> {
    shipped(sources, folder).filter(move |source| is_module(source, folder, name))
}

fn client_and_layers_are_strangers(sources: &[Source]) -> Vec<Finding> {
    let why = "`client` and `layers` meet only in `operation` and in http's types, so that each is usable alone";
    let pairs = [("client", "layers"), ("layers", "client")];
    let findings = pairs.into_iter().flat_map(|(here, there)| {
        let exported = exported(sources, there);
        let names = move |path: &Named| {
            let at_root = path.first() == "crate"
                && path
                    .names
                    .get(1)
                    .is_some_and(|name| exported.contains(name));
            at_root || path.leads_to(there)
        };
        modules(sources, RUNTIME, here).flat_map(move |source| source.forbid_paths(&names, why))
    });
    findings.collect()
}

/// What the crate's root exports from `module`: another way to name the same things.
fn exported(sources: &[Source], module: &str) -> Vec<String> {
    let roots = shipped(sources, RUNTIME).filter(|source| source.text.file.ends_with("src/lib.rs"));
    let paths = roots.flat_map(Source::paths);
    paths
        .filter(|path| path.first() == module)
        .filter_map(|path| path.names.last().cloned())
        .collect()
}

fn one_room_for_hyper(sources: &[Source]) -> Vec<Finding> {
    let why = "hyper and rustls are named under `transport` only, so that any other transport can be put in";
    let is_hyper = |name: &str| {
        [
            "hyper",
            "hyper_util",
            "hyper_rustls",
            "rustls",
            "tokio_rustls",
        ]
        .contains(&name)
    };
    shipped(sources, RUNTIME)
        .filter(|source| !is_module(source, RUNTIME, "transport"))
        .flat_map(|source| source.forbid_paths(|path| is_hyper(path.first()), why))
        .collect()
}

fn one_room_for_aws(sources: &[Source]) -> Vec<Finding> {
    let why = "the AWS crates are named under `layers/sigv4` only, so that they are one feature in one room";
    shipped(sources, RUNTIME)
        .filter(|source| !is_module(source, RUNTIME, "layers/sigv4"))
        .flat_map(|source| source.forbid_paths(|path| path.first().starts_with("aws_"), why))
        .collect()
}

fn one_clock(sources: &[Source]) -> Vec<Finding> {
    let why = "the time comes from `clock`, so that signing and expiry are tested at fixed times";
    shipped(sources, "crates/")
        .filter(|source| {
            !["/clock.rs", "/rt.rs"]
                .iter()
                .any(|room| source.text.file.ends_with(room))
        })
        .flat_map(|source| {
            source.forbid_paths(
                |path| path.contains(&["SystemTime", "now"]) || path.contains(&["Instant", "now"]),
                why,
            )
        })
        .collect()
}

fn the_model_knows_no_emitter(sources: &[Source]) -> Vec<Finding> {
    let why = "data flows one way: the emitter reads the model";
    modules(sources, CODEGEN, "model")
        .flat_map(|source| source.forbid_paths(|path| path.leads_to("emit"), why))
        .collect()
}

fn the_emitter_knows_no_front_end(sources: &[Source]) -> Vec<Finding> {
    let why = "the emitter sees a model and not where it came from, so that both front ends get the same code";
    modules(sources, CODEGEN, "emit")
        .flat_map(|source| {
            source.forbid_paths(
                |path| path.leads_to("endpoint") || path.leads_to("lower"),
                why,
            )
        })
        .collect()
}

/// In code, and in strings that are a path to be parsed; a message may speak of `::gatewright`.
fn one_file_spells_the_runtime(sources: &[Source]) -> Vec<Finding> {
    let why = "only `emit/rt.rs` spells `::gatewright`, so that a renamed crate works and the interface is one screen";
    let elsewhere =
        shipped(sources, CODEGEN).filter(|source| !source.text.file.ends_with("/emit/rt.rs"));
    elsewhere
        .flat_map(|source| {
            let strings = source
                .shipped()
                .filter(|token| token.is_string() && token.text.contains("\"::gatewright"));
            let strings = strings.map(|token| source.finding(token.line, why));
            let paths =
                source.forbid_paths(|path| path.is_global && path.first() == "gatewright", why);
            strings.chain(paths).collect::<Vec<_>>()
        })
        .collect()
}

fn lowering_writes_no_code(sources: &[Source]) -> Vec<Finding> {
    let why = "lowering makes a model and no code: put it into the emitter";
    modules(sources, BUILD, "lower")
        .flat_map(|source| {
            source
                .calls_of(&["quote", "quote_spanned"])
                .map(|line| source.finding(line, why))
        })
        .collect()
}

fn macros_have_no_logic(sources: &[Source]) -> Vec<Finding> {
    let why = "logic belongs into gatewright-codegen, where it is tested without a compiler";
    let is_logic = |source: &&Source| {
        !source.text.file.ends_with("src/lib.rs") || source.text.content.lines().count() > 80
    };
    let logic = shipped(sources, MACROS).filter(is_logic);
    logic
        .map(|source| source.finding(1, format!("more than one file of 80 lines: {why}")))
        .collect()
}

#[cfg(test)]
mod tests;
