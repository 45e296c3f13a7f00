//! A few seconds of the two fuzz targets with the same numbers in every run; `fuzz/` beside runs them for as long as one likes.

mod document;
mod property;
mod targets;

/// The documents that `broken_bytes` breaks.
const SEEDS: &[&[u8]] = &[
    include_bytes!("../../../../tests/fixtures/gate.json"),
    include_bytes!("../../../../tests/fixtures/odd-names.json"),
    include_bytes!("../../../../tests/fixtures/coordinates.yaml"),
    include_bytes!("../../../gatewright-document/tests/fixtures/swagger.yaml"),
];

/// What is put into them.
const PIECES: &[&str] = &[
    "{", "}", "[", "]", ":", ",", "\"", "- ", "&a ", "*a", "<<: ", "\u{202e}", "\u{0}", "\r\n",
    "$ref", "#/paths", "null", "{proxy+}",
];

/// Xorshift (Marsaglia, 2003).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, sides: usize) -> usize {
        usize::try_from(self.next() % sides as u64).expect("fits")
    }
}

#[test]
fn documents_of_all_kinds_are_generated_or_refused() {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut generated = 0;
    for _ in 0..300 {
        let size = 256 + dice.below(4096);
        let data: Vec<u8> = (0..size).map(|_| dice.next().to_le_bytes()[3]).collect();
        generated += usize::from(targets::document(&data).is_some());
    }
    // If most were refused, there would be little to see.
    assert!(generated > 100, "{generated}");
}

#[test]
fn broken_bytes_are_generated_or_refused() {
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    for seed in SEEDS {
        for _ in 0..60 {
            let mut bytes = seed.to_vec();
            for _ in 0..=dice.below(3) {
                break_bytes(&mut bytes, &mut dice);
            }
            targets::bytes(&bytes);
        }
    }
}

fn break_bytes(bytes: &mut Vec<u8>, dice: &mut Dice) {
    let start = dice.below(bytes.len());
    let end = (start + 1 + dice.below(40)).min(bytes.len());
    match dice.below(4) {
        0 => bytes[start] ^= 1 << dice.below(8),
        1 => drop(bytes.drain(start..end)),
        2 => {
            let piece = bytes[start..end].to_vec();
            bytes.extend(piece);
        }
        _ => {
            let piece = PIECES[dice.below(PIECES.len())];
            bytes.splice(start..start, piece.bytes());
        }
    }
}
