//! Markdown of a document as Markdown that is safe in documentation. It is read into events and written anew from these, by the parser
//! that rustdoc has: so what a text means is known before it is written, and nothing else gets through.
//!
//! What stays: emphasis, code, links to `http`, `https` and `mailto`, lists, quotes, tables, blocks of code (which are never run).
//! Headings become bold lines, images become links, tags of HTML go, `<br>` ends a line, and everything else is text.

mod escape;
#[cfg(test)]
mod tests;

use gatewright_codegen::text::code;
use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use escape::{escape, is_safe_link};

/// More levels of lists and quotes than this are written as if they were one.
const DEEPEST: usize = 6;

/// Writes a text anew.
pub(super) fn render(text: &str) -> String {
    let text = escape::clean(text);
    if escape::is_plain(&text) {
        return text;
    }
    let mut writer = Writer::default();
    for event in Parser::new_ext(&text, Options::ENABLE_TABLES) {
        writer.event(event);
    }
    writer.finish()
}

/// What holds blocks.
enum Container {
    Document,
    Quote,
    /// A list, with the number of its next item if they have numbers.
    List(Option<u64>),
    Item,
}

struct Frame {
    container: Container,
    blocks: Vec<String>,
}

/// Blocks are written when they end, for what holds them decides how their lines begin.
struct Writer {
    frames: Vec<Frame>,
    /// Containers that are too deep to be written.
    ignored: usize,
    /// The line that is being written, and text that is still to be escaped.
    line: String,
    text: String,
    /// The links that are open, with where they lead if that is safe.
    links: Vec<Option<String>>,
    /// A block of code, or of HTML.
    verbatim: Option<String>,
    rows: Vec<Vec<String>>,
}

impl Default for Writer {
    fn default() -> Self {
        let document = Frame {
            container: Container::Document,
            blocks: Vec::new(),
        };
        Self {
            frames: vec![document],
            ignored: 0,
            line: String::new(),
            text: String::new(),
            links: Vec::new(),
            verbatim: None,
            rows: Vec::new(),
        }
    }
}

impl Writer {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => match &mut self.verbatim {
                Some(verbatim) => verbatim.push_str(&text),
                None => self.text.push_str(&text),
            },
            Event::Code(text) => self.push(&code(&text)),
            Event::Html(html) => match &mut self.verbatim {
                Some(verbatim) => verbatim.push_str(&html),
                None => self.html(&html),
            },
            Event::InlineHtml(html) => self.html(&html),
            Event::SoftBreak => self.push("\n"),
            Event::HardBreak => self.push("\\\n"),
            Event::Rule => self.block("***".to_owned()),
            // Not asked for.
            Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::BlockQuote(_) => self.open(Container::Quote),
            Tag::List(start) => self.open(Container::List(start)),
            Tag::Item => self.open(Container::Item),
            Tag::CodeBlock(_) | Tag::HtmlBlock => {
                self.end_line();
                self.verbatim = Some(String::new());
            }
            Tag::Paragraph | Tag::Heading { .. } | Tag::Table(_) => self.end_line(),
            Tag::TableHead | Tag::TableRow => self.rows.push(Vec::new()),
            Tag::Emphasis => self.push("*"),
            Tag::Strong => self.push("**"),
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => self.link(link_type, &dest_url),
            Tag::Image { dest_url, .. } => self.link(LinkType::Inline, &dest_url),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item => self.close(),
            TagEnd::Paragraph => self.end_line(),
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::HtmlBlock => {
                let html = self.verbatim.take().unwrap_or_default();
                self.html(html.trim());
                self.end_line();
            }
            TagEnd::TableCell => {
                let cell = self.take_line().replace("\\\n", " ").replace('\n', " ");
                if let Some(row) = self.rows.last_mut() {
                    row.push(cell);
                }
            }
            TagEnd::Table => self.end_table(),
            TagEnd::Emphasis => self.push("*"),
            TagEnd::Strong => self.push("**"),
            TagEnd::Link | TagEnd::Image => self.end_link(),
            _ => {}
        }
    }

    /// Adds what needs no escapes.
    fn push(&mut self, safe: &str) {
        self.flush();
        self.line.push_str(safe);
    }

    /// Escapes the text so far. It came in pieces, and only all of them together show what has a meaning.
    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let begins_line = self.line.is_empty() || self.line.ends_with('\n');
        escape(&text, begins_line, self.links.is_empty(), &mut self.line);
    }

    fn take_line(&mut self) -> String {
        self.flush();
        std::mem::take(&mut self.line).trim().to_owned()
    }

    fn end_line(&mut self) {
        let line = self.take_line();
        self.block(line);
    }

    fn block(&mut self, block: String) {
        if !block.is_empty()
            && let Some(frame) = self.frames.last_mut()
        {
            frame.blocks.push(block);
        }
    }

    fn end_heading(&mut self) {
        let line = self.take_line().replace('\n', " ");
        let has_marks = line.contains('*');
        self.block(if has_marks || line.is_empty() {
            line
        } else {
            format!("**{line}**")
        });
    }

    fn end_code(&mut self) {
        let text = self.verbatim.take().unwrap_or_default();
        let text = text.trim_end();
        if !text.is_empty() {
            let fence = escape::fence(text);
            self.block(format!("{fence}text\n{text}\n{fence}"));
        }
    }

    fn end_table(&mut self) {
        let rows = std::mem::take(&mut self.rows);
        let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
        let mut lines: Vec<_> = rows
            .iter()
            .map(|row| format!("| {} |", row.join(" | ")))
            .collect();
        if columns > 0 {
            lines.insert(1, format!("|{}", " --- |".repeat(columns)));
        }
        self.block(lines.join("\n"));
    }

    fn link(&mut self, kind: LinkType, to: &str) {
        let is_link = is_safe_link(to) && kind != LinkType::Email && self.links.is_empty();
        self.push(if is_link { "[" } else { "" });
        self.links.push(is_link.then(|| to.to_owned()));
    }

    fn end_link(&mut self) {
        self.flush();
        if let Some(Some(to)) = self.links.pop() {
            self.line.push_str(&format!("](<{to}>)"));
        }
    }

    fn html(&mut self, html: &str) {
        for piece in escape::pieces(html) {
            match piece {
                escape::Piece::Text(text) => self.text.push_str(text),
                escape::Piece::Break => self.push("\\\n"),
                escape::Piece::Nothing => {}
            }
        }
    }

    fn open(&mut self, container: Container) {
        self.end_line();
        if self.ignored > 0 || self.frames.len() > 2 * DEEPEST {
            self.ignored += 1;
            return;
        }
        self.frames.push(Frame {
            container,
            blocks: Vec::new(),
        });
    }

    fn close(&mut self) {
        self.end_line();
        if self.ignored > 0 {
            self.ignored -= 1;
            return;
        }
        let Some(Frame { container, blocks }) = self.frames.pop() else {
            return;
        };
        match container {
            Container::Document => self.frames.push(Frame { container, blocks }),
            Container::Quote => self.block(with_margins(&blocks.join("\n\n"), "> ", "> ")),
            Container::List(_) => self.block(blocks.join("\n")),
            Container::Item => {
                let marker = self.marker();
                let margin = " ".repeat(marker.len());
                self.block(with_margins(&blocks.join("\n\n"), &marker, &margin));
            }
        }
    }

    /// What the next item of the list begins with.
    fn marker(&mut self) -> String {
        match self.frames.last_mut().map(|frame| &mut frame.container) {
            Some(Container::List(Some(number))) => {
                let marker = format!("{number}. ");
                *number += 1;
                marker
            }
            _ => "* ".to_owned(),
        }
    }

    fn finish(mut self) -> String {
        self.end_line();
        let document = self.frames.swap_remove(0);
        document.blocks.join("\n\n")
    }
}

/// A text whose first line begins with `first`, and each other one with `other`.
fn with_margins(text: &str, first: &str, other: &str) -> String {
    let lines = text.lines().enumerate().map(|(index, line)| {
        let margin = if index == 0 { first } else { other };
        format!("{margin}{line}").trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}
