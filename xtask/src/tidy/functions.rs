//! The length of functions.

use super::Finding;
use super::source::Source;
use super::tokens::Token;

const MOST_LINES: usize = 60;

/// Functions over 60 lines, in tests too.
pub(super) fn too_long(source: &Source) -> Vec<Finding> {
    let tokens = &source.tokens;
    let starts = (0..tokens.len()).filter(|index| tokens[*index].text == "fn");
    let functions = starts.filter_map(|start| {
        Some((
            &tokens[start + 1..].first()?.text,
            lines(&tokens[start..])?,
            start,
        ))
    });
    let long = functions.filter(|(_, lines, _)| *lines > MOST_LINES);
    long.map(|(name, lines, start)| {
        let message = format!(
            "`{name}` has {lines} lines: over {MOST_LINES} a function does more than one thing"
        );
        source.finding(tokens[start].line, message)
    })
    .collect()
}

/// The lines from `fn` to the end of its body; a declaration or a function type has none.
fn lines(tokens: &[Token]) -> Option<usize> {
    let start = tokens.first()?;
    let same_depth = || {
        tokens
            .iter()
            .skip(1)
            .take_while(|token| token.depth >= start.depth)
    };
    let outside = same_depth().filter(|token| token.depth == start.depth);
    let ends = outside.take_while(|token| token.text != ";");
    let mut braces = ends.filter(|token| token.text == "{" || token.text == "}");
    braces.next().filter(|open| open.text == "{")?;
    let close = braces.next()?;
    Some(close.line - start.line + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn function(lines: usize) -> String {
        format!(
            "struct S {{\n f: fn(u8) -> u8 }}\ntrait T {{ fn t(); }}\nfn long() {{\n{}}}\n",
            "f();\n".repeat(lines - 2)
        )
    }

    #[test]
    fn a_function_of_more_than_60_lines_is_found_with_its_line() {
        let findings = too_long(&Source::new("a.rs", &function(61)));
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].line, 4);
        assert!(findings[0].message.starts_with("`long` has 61 lines"));
    }

    #[test]
    fn a_function_of_60_lines_is_fine() {
        assert_eq!(too_long(&Source::new("a.rs", &function(60))), []);
    }
}
