//! Sorting, once for all types.
//!
//! The standard library's sort is compiled anew for each type that it sorts, 4 KB each in the
//! wasm module.

use std::cmp::Ordering;

/// The values in order; equal ones stay as they were.
#[must_use]
pub fn sorted<T>(values: Vec<T>, compare: impl Fn(&T, &T) -> Ordering) -> Vec<T> {
    let places = places(values.len(), &|a, b| match (values.get(a), values.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    let mut values: Vec<Option<T>> = values.into_iter().map(Some).collect();
    places.into_iter().filter_map(|place| values.get_mut(place)?.take()).collect()
}

/// `0..len` in the order of what stands there: each is put where it belongs among those before it. That moves
/// eight octets a place, which is nothing for the thousands that there are at most.
fn places(len: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = Vec::with_capacity(len);
    for next in 0..len {
        let at = places.partition_point(|&place| compare(place, next) != Ordering::Greater);
        places.insert(at, next);
    }
    places
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::sorted;

    proptest! {
        #[test]
        fn it_sorts_as_the_standard_library_does(values: Vec<(u8, u16)>) {
            let mut expected = values.clone();
            expected.sort_by_key(|(key, _)| *key);
            prop_assert_eq!(sorted(values, |a, b| a.0.cmp(&b.0)), expected);
        }
    }
}
