//! A document made of the bytes of the fuzzer.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| gatewright_build_fuzz::document(data));
