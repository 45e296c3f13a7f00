//! Files that import each other, in the rooms that are kept free of that: no file of a circle can be read alone.

use std::collections::{BTreeMap, BTreeSet};

use super::source::Source;
use super::{Finding, shipped};

/// A crate's sources, and the rooms in them.
const ROOMS: [(&str, &[&str]); 3] = [
    ("crates/gatewright/src/", &["layers"]),
    ("crates/gatewright-build/src/", &["lower"]),
    (
        "crates/gatewright-cognito/src/",
        &["session", "user", "identity", "tokens"],
    ),
];

/// A module by its names, from the crate's root on.
type Module = Vec<String>;

pub(super) fn check(sources: &[Source]) -> Vec<Finding> {
    ROOMS
        .into_iter()
        .flat_map(|(folder, rooms)| in_crate(sources, folder, rooms))
        .collect()
}

fn in_crate(sources: &[Source], folder: &str, rooms: &[&str]) -> Vec<Finding> {
    let files: BTreeMap<Module, &Source> = shipped(sources, folder)
        .map(|source| (module(source, folder), source))
        .filter(|(module, _)| {
            module
                .first()
                .is_some_and(|room| rooms.contains(&room.as_str()))
        })
        .collect();
    let edges: BTreeMap<&Module, BTreeSet<&Module>> = files
        .iter()
        .map(|(module, source)| (module, imports(module, source, &files)))
        .collect();
    let in_circle = files
        .iter()
        .filter(|(module, _)| reaches(module, module, &edges));
    in_circle
        .map(|(module, source)| {
            let with = edges[module].iter().find(|other| reaches(other, module, &edges));
            let with = with.map_or_else(String::new, |other| other.join("::"));
            source.finding(
                1,
                format!("it and `{with}` import each other, over other files perhaps: carry what both need into a file of its own"),
            )
        })
        .collect()
}

fn module(source: &Source, folder: &str) -> Module {
    let rest = source.text.file.trim_start_matches(folder);
    let names = rest.trim_end_matches(".rs").split('/');
    let names = names.filter(|name| !matches!(*name, "mod" | "lib"));
    names.map(str::to_owned).collect()
}

/// The files that a file imports from. A `mod.rs` without code exports from its own files, and imports nothing.
fn imports<'a>(
    module: &Module,
    source: &Source,
    files: &'a BTreeMap<Module, &Source>,
) -> BTreeSet<&'a Module> {
    let is_front = !source.shipped().any(|token| token.text == "fn");
    let targets = source.paths().into_iter().filter_map(|path| {
        let full = absolute(module, &path.names)?;
        let ends = (1..=full.len()).rev();
        let found = ends
            .map(|end| full[..end].to_vec())
            .find_map(|name| files.get_key_value(&name))?;
        Some(found.0)
    });
    targets
        .filter(|target| *target != module && !(is_front && target.starts_with(module)))
        .collect()
}

/// A path from the crate's root on; `None` for one that leads out of the crate.
fn absolute(module: &Module, names: &[String]) -> Option<Module> {
    match names.first()?.as_str() {
        "crate" => Some(names[1..].to_vec()),
        "self" => Some([module, &names[1..]].concat()),
        "super" => {
            let (_, parent) = module.split_last()?;
            let rest = &names[1..];
            if rest.first().is_some_and(|name| name == "super") {
                absolute(&parent.to_vec(), rest)
            } else {
                Some([parent, rest].concat())
            }
        }
        _ => None,
    }
}

/// Whether there is a way of at least one step.
fn reaches(from: &Module, to: &Module, edges: &BTreeMap<&Module, BTreeSet<&Module>>) -> bool {
    let mut seen = BTreeSet::new();
    let mut open: Vec<&Module> = edges[from].iter().copied().collect();
    while let Some(next) = open.pop() {
        if next == to {
            return true;
        }
        if seen.insert(next) {
            open.extend(&edges[next]);
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(files: &[(&str, &str)]) -> Vec<String> {
        let source = |(name, content): &(&str, &str)| {
            Source::new(&format!("crates/gatewright/src/layers/{name}.rs"), content)
        };
        let sources: Vec<Source> = files.iter().map(source).collect();
        let findings = check(&sources).into_iter();
        let name = |file: String| file.rsplit_once("layers/").unwrap().1.to_owned();
        findings.map(|finding| name(finding.file)).collect()
    }

    #[test]
    fn two_files_that_import_each_other_are_found() {
        let circle = [
            ("a", "use super::b::B;"),
            ("b", "fn f() { super::a::g() }"),
            ("c", "use super::a::A;"),
        ];
        assert_eq!(files(&circle), ["a.rs", "b.rs"]);
    }

    #[test]
    fn a_way_round_over_three_files_is_found() {
        let circle = [
            ("a/mod", "use self::b::B; fn f() {}"),
            ("a/b", "use crate::layers::c;"),
            ("c", "use super::a::A;"),
        ];
        assert_eq!(files(&circle).len(), 3);
    }

    #[test]
    fn a_room_may_export_what_its_files_import_of_each_other() {
        let front = [
            ("a/mod", "mod b; mod c; pub use self::b::B;"),
            ("a/b", "use super::c::C;"),
            ("a/c", "use crate::Origin;"),
            ("d", "use super::a::B;"),
        ];
        assert_eq!(files(&front), [""; 0]);
    }
}
