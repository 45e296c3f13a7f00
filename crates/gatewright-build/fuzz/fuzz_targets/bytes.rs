//! The bytes of the fuzzer as a document.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| gatewright_build_fuzz::bytes(data));
