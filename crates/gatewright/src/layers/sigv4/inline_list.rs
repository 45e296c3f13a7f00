//! A list that lives on the stack while it is short.

/// Up to `N` items without an allocation; with more, all of them on the heap.
pub(super) struct InlineList<T, const N: usize> {
    stack: [T; N],
    /// How many items are on the stack; more than `N` once they are on the heap.
    len: usize,
    heap: Vec<T>,
}

impl<T: Copy, const N: usize> InlineList<T, N> {
    /// An empty list. `filler` stands where nothing is yet.
    pub(super) fn new(filler: T) -> Self {
        Self {
            stack: [filler; N],
            len: 0,
            heap: Vec::new(),
        }
    }

    #[inline]
    pub(super) fn push(&mut self, item: T) {
        match self.stack.get_mut(self.len) {
            Some(free) => {
                *free = item;
                self.len += 1;
            }
            None => self.push_on_heap(item),
        }
    }

    #[cold]
    fn push_on_heap(&mut self, item: T) {
        if self.len == N {
            self.heap.extend_from_slice(&self.stack);
            self.len = N + 1;
        }
        self.heap.push(item);
    }

    pub(super) fn len(&self) -> usize {
        if self.len <= N {
            self.len
        } else {
            self.heap.len()
        }
    }

    pub(super) fn as_slice(&self) -> &[T] {
        self.stack.get(..self.len).unwrap_or(&self.heap)
    }

    pub(super) fn as_mut_slice(&mut self) -> &mut [T] {
        self.stack.get_mut(..self.len).unwrap_or(&mut self.heap)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_stay_in_order_on_the_stack_and_beyond() {
        let mut list = InlineList::<u32, 4>::new(0);
        assert!(list.as_slice().is_empty());
        for item in 1..=9 {
            list.push(item);
            let expected: Vec<u32> = (1..=item).collect();
            assert_eq!(list.as_slice(), expected);
            assert_eq!(list.len(), expected.len());
            assert_eq!(list.as_mut_slice(), expected);
        }
    }
}
