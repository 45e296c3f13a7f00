//! Text that is written into memory of a fixed size, which costs less for each piece than a list that may grow.

/// Memory, and how much of it is written. Nothing is written once a piece does not fit.
pub(crate) struct Room<'a> {
    memory: &'a mut [u8],
    written: usize,
}

impl<'a> Room<'a> {
    pub(crate) fn of(memory: &'a mut [u8]) -> Self {
        Self { memory, written: 0 }
    }

    pub(crate) fn written(self) -> &'a [u8] {
        &self.memory[..self.written]
    }

    /// `None` if there is no room for it.
    #[inline]
    pub(crate) fn push(&mut self, byte: u8) -> Option<()> {
        *self.memory.get_mut(self.written)? = byte;
        self.written += 1;
        Some(())
    }

    /// `None` if there is no room for all of it.
    #[inline]
    pub(crate) fn extend(&mut self, bytes: &[u8]) -> Option<()> {
        let free = self.memory.get_mut(self.written..)?;
        free.get_mut(..bytes.len())?.copy_from_slice(bytes);
        self.written += bytes.len();
        Some(())
    }
}

/// What `write` makes of `N` bytes on the stack, or of more on the heap if it needs more.
#[inline]
pub(crate) fn with_room<const N: usize, T>(mut write: impl FnMut(&mut [u8]) -> Option<T>) -> T {
    match write(&mut [0; N]) {
        Some(written) => written,
        None => on_heap(N, write),
    }
}

#[cold]
fn on_heap<T>(too_little: usize, mut write: impl FnMut(&mut [u8]) -> Option<T>) -> T {
    let mut size = too_little;
    loop {
        size *= 4;
        if let Some(written) = write(&mut vec![0; size]) {
            return written;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(pieces: &[&str]) -> String {
        with_room::<4, _>(|memory| {
            let mut room = Room::of(memory);
            for piece in pieces {
                match piece.as_bytes() {
                    [byte] => room.push(*byte)?,
                    bytes => room.extend(bytes)?,
                }
            }
            Some(String::from_utf8_lossy(room.written()).into_owned())
        })
    }

    #[test]
    fn text_of_any_length_is_written_in_order() {
        for pieces in [
            &[][..],
            &["abcd"],
            &["abc", "", "d"],
            &["abc", "", "de"],
            &["a", "b", "c", "d", "e"],
            &["abc", "a longer text than sixteen bytes", "d"],
        ] {
            assert_eq!(joined(pieces), pieces.concat());
        }
    }
}
