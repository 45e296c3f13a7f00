//! From a reference in one file to the path of another.

use percent_encoding::percent_decode_str;

/// The path of what a reference in the file `from` leads to, both from the folder of the document: `from` is `paths/pets.yaml` and
/// `to` is `../schemas/pet.yaml`. `to` has no fragment and may be percent-encoded (RFC 3986).
///
/// # Errors
///
/// Why a reference leads to no file, as the end of a sentence.
pub(crate) fn resolve(from: &str, to: &str, folders: &[String]) -> Result<String, &'static str> {
    if has_scheme(to) || to.starts_with("//") {
        return Err("names another host, and nothing is read over the network");
    }
    if to.starts_with('/') {
        return Err(
            "names a file by its path from the root; write the path from the folder of the file that refers to it",
        );
    }
    let to = percent_decode_str(to).decode_utf8();
    let to = to.map_err(|_| "is not UTF-8 when it is decoded")?;
    // A build script names the files to Cargo, a line each.
    if to.contains('\\') || to.chars().any(char::is_control) {
        return Err("has a character that no path has; write slashes between folders");
    }
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut steps: Vec<&str> = Vec::new();
    for step in folder.split('/').chain(to.split('/')) {
        match step {
            "" | "." => {}
            ".." if steps.last().is_some_and(|last| *last != "..") => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    Ok(below(&steps, folders).join("/"))
}

/// A path that leads up and down the same folders again, without that.
fn below<'s>(steps: &[&'s str], folders: &[String]) -> Vec<&'s str> {
    let is_up = |step: &&&str| **step == "..";
    let mut up = steps.iter().take_while(is_up).count();
    let mut down = &steps[up..];
    while up > 0
        && let [first, rest @ ..] = down
        && folders.len() >= up
        && folders[folders.len() - up] == *first
    {
        (up, down) = (up - 1, rest);
    }
    [&steps[..up], down].concat()
}

/// Whether a reference begins as `https:` does (RFC 3986, section 3.1).
fn has_scheme(reference: &str) -> bool {
    let Some((scheme, _)) = reference.split_once(':') else {
        return false;
    };
    let is_name = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    scheme.starts_with(|first: char| first.is_ascii_alphabetic()) && scheme.chars().all(is_name)
}

/// What a file is called without its folder and what says its form: `pet` of `schemas/pet.yaml`; the folder of `pet/index.yaml`.
pub(crate) fn stem(path: &str) -> &str {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let folder = folder.rsplit('/').next().unwrap_or_default();
    let says_nothing = matches!(stem, "index" | "_index" | "");
    if says_nothing && !matches!(folder, "" | "..") {
        folder
    } else {
        stem
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_that_from_the_folder_of_the_document() {
        for (from, to, path) in [
            ("api.yaml", "pet.yaml", "pet.yaml"),
            ("api.yaml", "./a/./b//pet.yaml", "a/b/pet.yaml"),
            ("paths/pets.yaml", "../schemas/pet.yaml", "schemas/pet.yaml"),
            ("paths/pets.yaml", "../api.yaml", "api.yaml"),
            ("a/b.yaml", "../../c/d.yaml", "../c/d.yaml"),
            ("../a/b.yaml", "../c.yaml", "../c.yaml"),
            ("api.yaml", "a/../../b.yaml", "../b.yaml"),
            ("api.yaml", "my%20pets/%C3%A9%23.yaml", "my pets/é#.yaml"),
        ] {
            assert_eq!(resolve(from, to, &[]).as_deref(), Ok(path), "{from} {to}");
        }
    }

    #[test]
    fn a_path_up_and_down_again_is_that_of_the_same_file() {
        let folders = ["x", "a", "b"].map(str::to_owned);
        for (to, path) in [
            ("../b/pet.yaml", "pet.yaml"),
            ("../../a/b/c/pet.yaml", "c/pet.yaml"),
            ("../../a/c/pet.yaml", "../c/pet.yaml"),
            ("../a/pet.yaml", "../a/pet.yaml"),
            ("../../../../x/a/b/pet.yaml", "../../../../x/a/b/pet.yaml"),
            ("../b", ""),
        ] {
            assert_eq!(
                resolve("api.yaml", to, &folders).as_deref(),
                Ok(path),
                "{to}"
            );
        }
    }

    #[test]
    fn what_is_no_path_below_a_folder_says_why() {
        for (to, says) in [
            ("https://example.com/pet.yaml", "the network"),
            ("file:///etc/passwd", "the network"),
            ("urn:pet", "the network"),
            ("//example.com/pet.yaml", "the network"),
            ("/etc/passwd", "from the root"),
            ("a\\b.yaml", "slashes"),
            ("C:\\b.yaml", "the network"),
            ("a%00.yaml", "no path has"),
            ("a%0Acargo::rustc-env=A=b.yaml", "no path has"),
            ("a\rb.yaml", "no path has"),
            ("%ff.yaml", "UTF-8"),
        ] {
            let why = resolve("api.yaml", to, &[]).unwrap_err();
            assert!(why.contains(says), "{to}: {why}");
        }
    }

    #[test]
    fn a_file_is_called_by_its_stem() {
        for (path, name) in [
            ("pet.yaml", "pet"),
            ("../schemas/pet.model.json", "pet.model"),
            ("pet/index.yaml", "pet"),
            ("index.yaml", "index"),
            ("../index.yaml", "index"),
            ("pet", "pet"),
        ] {
            assert_eq!(stem(path), name);
        }
    }
}
