//! The page "On your own transport" shows the code that the tests run.

use std::path::Path;

const PAGE: &str = "../../crates/gatewright/src/on_your_own_transport.md";

fn blocks(page: &str) -> impl Iterator<Item = &str> {
    page.split("```rust\n")
        .skip(1)
        .map(|rest| rest.split_once("```").unwrap().0)
}

#[test]
fn each_block_of_the_page_is_code_of_this_crate() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(root.join(PAGE)).unwrap();
    let files = std::fs::read_dir(root.join("src")).unwrap();
    let sources: Vec<String> = files
        .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
        .collect();
    for block in blocks(&page) {
        let is_shown = sources.iter().any(|source| source.contains(block));
        assert!(is_shown, "not in `examples/neighbours/src`:\n{block}");
    }
    assert!(blocks(&page).count() > 6);
}
