//! The edges between crates, from their manifests.

use super::Finding;
use super::workspace::{Dependency, Package};

/// A crate, what it must not depend on, and why.
const FORBIDDEN: [(&str, &[&str], &str); 9] = [
    (
        "gatewright-core",
        &[
            "gatewright",
            "gatewright-codegen",
            "gatewright-config",
            "hyper",
            "hyper-util",
            "syn",
            "quote",
            "tower",
        ],
        "a provider of tokens depends on it alone, and it hardly ever changes",
    ),
    (
        "gatewright",
        &[
            "syn",
            "quote",
            "proc-macro2",
            "openapiv3",
            "gatewright-codegen",
            "gatewright-document",
            "gatewright-build",
            "gatewright-config",
            "gatewright-cognito",
            "gatewright-oidc",
            "gatewright-amplify",
            "oauth2",
        ],
        "who only stacks layers compiles no parser, no generator and no sign-in",
    ),
    (
        "gatewright-codegen",
        &[
            "openapiv3",
            "serde_json",
            "gatewright",
            "gatewright-document",
            "gatewright-config",
        ],
        "the emitter is a function of the model alone, and the macro stays small",
    ),
    (
        "gatewright-document",
        &[
            "quote",
            "syn",
            "proc-macro2",
            "gatewright-codegen",
            "gatewright",
        ],
        "it reads documents and knows nothing of Rust code; the local gateway links it too",
    ),
    (
        "gatewright-config",
        &["tokio", "hyper", "hyper-util", "syn", "quote", "gatewright"],
        "it is pure: bytes in, a configuration out",
    ),
    (
        "gatewright-cognito",
        &[
            "gatewright-amplify",
            "gatewright-oidc",
            "hyper",
            "hyper-util",
            "oauth2",
            "syn",
            "quote",
        ],
        "it signs users in over any transport, for whoever has no Amplify configuration too",
    ),
    (
        "gatewright-oidc",
        &[
            "gatewright-amplify",
            "gatewright-cognito",
            "gatewright-config",
            "hyper",
            "hyper-util",
            "reqwest",
            "syn",
            "quote",
        ],
        "it gives tokens of any provider, over any transport",
    ),
    (
        "gatewright-amplify",
        &[
            "gatewright-document",
            "gatewright-build",
            "oauth2",
            "hyper",
            "hyper-util",
            "syn",
            "quote",
        ],
        "it joins a configuration with the runtime at run time, and generates nothing",
    ),
    (
        "corpus-oracle",
        &[
            "gatewright-document",
            "gatewright-build",
            "gatewright-local",
        ],
        "it reads a document a second time, so that it can disagree",
    ),
];

pub(super) fn check(packages: &[Package]) -> Vec<Finding> {
    packages
        .iter()
        .flat_map(|package| {
            [
                forbidden(package),
                macros_are_optional(package),
                lints(package),
            ]
            .concat()
        })
        .collect()
}

/// Normal and build dependencies; what only tests use is free.
fn shipped(package: &Package) -> impl Iterator<Item = &Dependency> {
    package
        .dependencies
        .iter()
        .filter(|dependency| !dependency.is_dev)
}

fn forbidden(package: &Package) -> Vec<Finding> {
    let rules = FORBIDDEN.iter().filter(|(name, ..)| *name == package.name);
    rules
        .flat_map(|(_, names, why)| {
            let hits =
                shipped(package).filter(|dependency| names.contains(&dependency.name.as_str()));
            hits.map(move |hit| {
                finding(
                    package,
                    &hit.name,
                    &format!("must not depend on `{}`: {why}", hit.name),
                )
            })
        })
        .collect()
}

fn macros_are_optional(package: &Package) -> Vec<Finding> {
    let name = "gatewright-macros";
    let of_runtime = shipped(package).filter(|_| package.name == "gatewright");
    let hits = of_runtime.filter(|dependency| dependency.name == name && !dependency.is_optional);
    hits.map(|_| finding(package, name, "must be optional: it compiles syn"))
        .collect()
}

fn lints(package: &Package) -> Vec<Finding> {
    let mut lines = package.manifest.content.lines().map(str::trim);
    let has_section = lines.any(|line| line == "[lints]");
    if has_section && lines.next() == Some("workspace = true") {
        return Vec::new();
    }
    vec![Finding::new(
        &package.manifest.file,
        1,
        "has no `[lints] workspace = true`: every crate obeys the same lints",
    )]
}

/// A finding at the line of the dependency.
fn finding(package: &Package, dependency: &str, message: &str) -> Finding {
    let begins = |line: &str| {
        line.strip_prefix(dependency)
            .is_some_and(|rest| rest.starts_with([' ', '.', '=']))
    };
    let line = package
        .manifest
        .content
        .lines()
        .position(begins)
        .map_or(1, |index| index + 1);
    Finding::new(
        &package.manifest.file,
        line,
        format!("`{}` {message}", package.name),
    )
}

#[cfg(test)]
mod tests {
    use super::super::source::Text;
    use super::*;

    const LINTS: &str = "[lints]\nworkspace = true\n";

    fn package(name: &str, manifest: &str, dependencies: &[(&str, bool, bool)]) -> Package {
        let dependencies = dependencies
            .iter()
            .map(|(name, is_dev, is_optional)| Dependency {
                name: (*name).to_owned(),
                is_dev: *is_dev,
                is_optional: *is_optional,
            });
        Package {
            name: name.to_owned(),
            manifest: Text {
                file: format!("{name}/Cargo.toml"),
                content: manifest.to_owned(),
            },
            dependencies: dependencies.collect(),
        }
    }

    #[test]
    fn a_parser_in_the_runtime_is_found_even_if_optional() {
        let manifest = format!("{LINTS}\n[dependencies]\nhttp = \"1\"\nsyn.workspace = true\n");
        let findings = check(&[package(
            "gatewright",
            &manifest,
            &[("http", false, false), ("syn", false, true)],
        )]);
        assert_eq!(findings.len(), 1);
        assert_eq!(
            (findings[0].file.as_str(), findings[0].line),
            ("gatewright/Cargo.toml", 6)
        );
        assert!(findings[0].message.contains("must not depend on `syn`"));
    }

    #[test]
    fn every_forbidden_edge_is_found() {
        for (name, forbidden, _) in FORBIDDEN {
            for dependency in forbidden {
                let findings = check(&[package(name, LINTS, &[(dependency, false, false)])]);
                assert_eq!(findings.len(), 1, "{name} -> {dependency}");
            }
        }
    }

    #[test]
    fn a_dependency_of_tests_is_free() {
        assert_eq!(
            check(&[package("gatewright", LINTS, &[("syn", true, false)])]),
            []
        );
    }

    #[test]
    fn macros_that_are_not_optional_are_found() {
        let findings = check(&[package(
            "gatewright",
            LINTS,
            &[("gatewright-macros", false, false)],
        )]);
        assert!(findings[0].message.contains("must be optional"));
        assert_eq!(
            check(&[package(
                "gatewright",
                LINTS,
                &[("gatewright-macros", false, true)]
            )]),
            []
        );
    }

    #[test]
    fn a_crate_without_the_lints_is_found() {
        assert_eq!(check(&[package("a", "[package]\n", &[])]).len(), 1);
        assert_eq!(
            check(&[package("a", "[lints]\n\n[lints.rust]\n", &[])]).len(),
            1
        );
    }
}
