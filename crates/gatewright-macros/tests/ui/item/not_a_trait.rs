use gatewright::rest_endpoint;

/// A store.
#[rest_endpoint]
pub struct PetStore;

fn main() {
    let _still_there = PetStore;
}
