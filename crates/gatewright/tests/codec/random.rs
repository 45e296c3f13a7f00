//! Random texts of items: right ones, odd ones, wrong ones and broken ones. The same seed gives the same text.

use std::hash::{DefaultHasher, Hash, Hasher};

pub(crate) struct Random {
    seed: u64,
    drawn: u64,
}

const STRINGS: [&str; 12] = [
    r#""""#,
    r#""plain""#,
    r#""a \"quoted\" word, a tab\t and \\ and \/""#,
    r#""\u00e9\u0000\u001f""#,
    r#""\ud83d\ude00 \uD834\uDD1E""#,
    "\"ünïcödé \u{1f600} \u{2028}\"",
    r#""exactly seven and a half words of text in eight bytes each ........""#,
    r#""\ud800""#,
    r#""\udc00\ud800""#,
    r#""\x""#,
    "\"line\nbreak\"",
    r#""unfinished"#,
];

const COLORS: [&str; 4] = [r#""red""#, r#""dark blue""#, r#""Red""#, "1"];

const INTEGERS: [&str; 9] = [
    "0",
    "7",
    "-1",
    "2147483648",
    "9223372036854775807",
    "-9223372036854775808",
    "9223372036854775808",
    "01",
    "1.5",
];

const FLOATS: [&str; 12] = [
    "0.1",
    "-2.5e-3",
    "1.25E+1",
    "3",
    "18446744073709551615",
    "123456789012345678901234567890",
    "0.3000000000000000444089209850062616169452667236328125",
    "5e-324",
    "1.7976931348623157e308",
    "1e999",
    "1.",
    ".5",
];

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self { seed, drawn: 0 }
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        let mut hasher = DefaultHasher::new();
        (self.seed, self.drawn).hash(&mut hasher);
        self.drawn += 1;
        usize::try_from(hasher.finish() % end as u64).unwrap_or_default()
    }

    fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }

    /// Mostly one of the `right` ones at the front.
    fn of(&mut self, from: &[&str], right: usize) -> String {
        let end = if self.one_in(60) { from.len() } else { right };
        let index = self.below(end);
        from[index].to_owned()
    }

    fn string(&mut self) -> String {
        self.of(&STRINGS, 7)
    }

    /// An item, its members in any order.
    pub(crate) fn item(&mut self, depth: usize) -> String {
        let mut members = vec![
            ("id", self.string()),
            ("count", self.of(&INTEGERS, 6)),
            ("ratio", self.of(&FLOATS, 9)),
            ("is active", ["true", "false"][self.below(2)].to_owned()),
            ("tags", self.list(Self::string)),
            ("limits", self.limits()),
        ];
        members.push(("type", self.string()));
        members.push(("small", self.of(&INTEGERS, 3)));
        members.push(("extra", self.anything(3)));
        members.push(("ünknown \\u0041", self.anything(2)));
        members.push(("color", self.of(&COLORS, 3)));
        members.push(("level", self.of(&INTEGERS, 6)));
        members.push(("at", self.string()));
        members.push(("shape", self.shape(depth)));
        members.push(("tree", self.tree(depth)));
        members.push(("matrix", self.list(|random| random.list(Self::float))));
        members.push(("open", self.open()));
        if depth > 0 {
            members.push(("parent", self.item(depth - 1)));
            members.push(("parts", self.list(|random| random.item(depth - 1))));
        }
        self.disturb(&mut members);
        self.object(members)
    }

    fn float(&mut self) -> String {
        self.of(&FLOATS, 9)
    }

    /// Of a known kind, or of another one, with the members of its kind, or with others.
    fn shape(&mut self, depth: usize) -> String {
        let kind = ["circle", "disc", "group", "blob"][self.below(4)];
        let mut members = vec![("kind", format!("\"{kind}\""))];
        if self.one_in(2) || depth == 0 {
            members.push(("radius", self.float()));
        } else {
            members.push(("shapes", self.list(|random| random.shape(depth - 1))));
        }
        if self.one_in(12) {
            members.remove(0);
        }
        self.object(members)
    }

    fn tree(&mut self, depth: usize) -> String {
        if depth == 0 || self.one_in(5) {
            return self.list(|random| random.of(&INTEGERS, 6));
        }
        let mut members = vec![
            ("left", self.tree(depth - 1)),
            ("right", self.tree(depth - 1)),
        ];
        members.push(match self.below(5) {
            0 => ("name", self.of(&INTEGERS, 6)),
            1 | 2 => ("name", self.string()),
            _ => ("number", self.of(&INTEGERS, 6)),
        });
        self.object(members)
    }

    fn open(&mut self) -> String {
        let integers = |random: &mut Self| random.list(|random| random.of(&INTEGERS, 6));
        let mut members = vec![("id", self.of(&INTEGERS, 6)), ("x", integers(self))];
        if self.one_in(2) {
            members.push(("y", integers(self)));
        }
        let open = self.object(members);
        self.object([("a", open)])
    }

    /// Members that are missing, `null` or of another kind, and another order.
    fn disturb(&mut self, members: &mut Vec<(&str, String)>) {
        let required = if self.one_in(20) { 0 } else { 6 };
        for index in (required..members.len()).rev() {
            if self.one_in(3) {
                members.remove(index);
            } else if self.one_in(10) {
                members[index].1 = "null".to_owned();
            }
        }
        if self.one_in(12) && !members.is_empty() {
            let index = self.below(members.len());
            members[index].1 = self.anything(1);
        }
        for index in (1..members.len()).rev() {
            members.swap(index, self.below(index + 1));
        }
    }

    fn object<'a>(&mut self, members: impl IntoIterator<Item = (&'a str, String)>) -> String {
        let members = members.into_iter();
        let members: Vec<_> = members
            .map(|(name, value)| format!("\"{name}\"{}:{}{value}", self.space(), self.space()))
            .collect();
        format!("{{{}}}", members.join(","))
    }

    fn space(&mut self) -> &'static str {
        ["", "", " ", "\n\t", "\r\n "][self.below(5)]
    }

    fn list(&mut self, item: impl Fn(&mut Self) -> String) -> String {
        let items: Vec<_> = (0..self.below(4)).map(|_| item(self)).collect();
        format!("[{}{}]", self.space(), items.join(", "))
    }

    fn limits(&mut self) -> String {
        let value = ["1.5", "null", "-7"][self.below(3)].to_owned();
        let members = [("", value), ("a/b~c", self.of(&FLOATS, 9))];
        let many = self.below(3);
        self.object(members.into_iter().take(many))
    }

    fn anything(&mut self, depth: usize) -> String {
        match self.below(if depth == 0 { 5 } else { 7 }) {
            0 => "null".to_owned(),
            1 => "true".to_owned(),
            2 => self.of(&INTEGERS, 7),
            3 => self.of(&FLOATS, 9),
            4 => self.string(),
            5 => self.list(|random| random.anything(depth - 1)),
            _ => {
                let inner = self.anything(depth - 1);
                self.object([("x", inner)])
            }
        }
    }
}
