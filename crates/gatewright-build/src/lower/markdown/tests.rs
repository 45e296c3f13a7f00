use super::*;

#[test]
fn what_markdown_means_stays() {
    for (written, expected) in [
        (
            "**Fine-grained** and *so on*, `POST /session`",
            "**Fine-grained** and *so on*, `POST /session`",
        ),
        (
            "See [the guide](https://a.example/b?c=d).",
            "See [the guide](<https://a.example/b?c=d>).",
        ),
        (
            "[guide][1]\n\n[1]: https://a.example",
            "[guide](<https://a.example>)",
        ),
        (
            "![logo](https://a.example/x.png)",
            "[logo](<https://a.example/x.png>)",
        ),
        ("* one\n* two\n  * three", "* one\n* two\n\n  * three"),
        ("3. a\n4. b", "3. a\n4. b"),
        ("> said\n> so", "> said\n> so"),
        ("# Title\n\ntext", "**Title**\n\ntext"),
        ("Title\n===", "**Title**"),
        ("a<br/>b", "a\\\nb"),
        (
            "| a | b |\n|---|---|\n| 1 | *2* |",
            "| a | b |\n| --- | --- |\n| 1 | *2* |",
        ),
        ("see https://a.example/b_c.", "see <https://a.example/b_c>."),
        (
            "<https://a.example>",
            "[https://a.example](<https://a.example>)",
        ),
    ] {
        assert_eq!(render(written), expected, "{written}");
    }
}

#[test]
fn code_is_shown_and_never_run() {
    assert_eq!(render("```\npanic!()\n```"), "```text\npanic!()\n```");
    assert_eq!(render("~~~rust\npanic!()\n~~~"), "```text\npanic!()\n```");
    assert_eq!(render("a\n\n    panic!()"), "a\n\n```text\npanic!()\n```");
    assert_eq!(render("````\n```\n````"), "````text\n```\n````");
    assert_eq!(render("-      panic!()"), "* ```text\n   panic!()\n  ```");
    assert_eq!(render("```\nnever closed"), "```text\nnever closed\n```");
    assert_eq!(
        render("a\n\n\u{202e}    \u{1}    panic!()"),
        "a\n\n```text\n     panic!()\n```"
    );
}

#[test]
fn what_is_no_markdown_is_text() {
    for (written, expected) in [
        ("[Foo] and [x](javascript:alert(1))", "\\[Foo] and x"),
        ("[up](../x) [here](#y)", "up here"),
        ("pet_id and _so_", "pet_id and *so*"),
        ("a < b, a <id> &amp; AT&T", "a < b, a \\<id> & AT&T"),
        ("<script>alert(1)</script>", "\\<script>alert(1)\\</script>"),
        ("<b>bold</b> <!-- hidden --> x", "bold  x"),
        ("\\# no heading, 1\\. no list", "\\# no heading, 1. no list"),
        ("1\\. a", "1\\. a"),
        ("\\- a\n\\+ b", "\\- a\n\\+ b"),
        ("2 * 3 * 4 ~~x~~ a|b", "2 \\* 3 \\* 4 \\~\\~x\\~\\~ a\\|b"),
        ("http://a]<b>", "<http://a>]"),
        ("x[^1]\n\n[^1]: note", "x^1"),
        ("- [ ] todo", "* \\[ ] todo"),
        ("&#96;&#96;&#96;", "\\`\\`\\`"),
        ("a\u{202e}b\u{0}c", "ab c"),
    ] {
        assert_eq!(render(written), expected, "{written}");
    }
}

#[test]
fn depth_and_size_are_bounded() {
    for written in [
        "> ".repeat(20_000) + "x",
        "- ".repeat(20_000) + "x",
        "[".repeat(30_000),
        "*a ".repeat(20_000),
        "<a ".repeat(20_000),
    ] {
        let rendered = render(&written);
        assert!(
            rendered.len() < 3 * written.len() + 100,
            "{}",
            rendered.len()
        );
    }
}

#[test]
fn what_is_written_means_the_same_when_it_is_read_again() {
    for text in [
        "* one\n\n  two\n\n  ```\n  code\n  ```\n* three",
        "> * a\n>\n>   b\n> * c",
        "1. a\n   1. b\n      > c",
        "a  \nb",
        "**a *b* c**",
        "text\n\n***\n\ntext",
        "| a\\|b |\n|---|\n| `c` |",
    ] {
        let once = render(text);
        assert_eq!(render(&once), once, "{text}");
    }
}
