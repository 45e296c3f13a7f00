//! In a function, in a module, made by another macro, where the names of the prelude mean something else.
#![deny(warnings)]

macro_rules! store {
    ($name:ident, $path:literal, $ty:ty) => {
        #[gatewright::rest_endpoint]
        pub trait $name {
            #[get($path)]
            async fn get(&self, id: $ty) -> gatewright::Result<$ty>;
        }
    };
}

store!(Numbers, "/numbers/{id}", u64);

pub mod names {
    #![allow(dead_code, non_camel_case_types)]
    pub struct String;
    pub struct Option;
    pub struct Result;
    pub struct Box;
    pub struct Future;
    pub struct Send;
    pub struct Ok;
    pub struct u8;

    #[gatewright::rest_endpoint(crate = ::gatewright)]
    pub trait Store {
        #[get("/{request}/{base}")]
        async fn call(
            &self,
            request: &str,
            base: &str,
            #[query] self_: &str,
            #[query] rest: &str,
            #[query] service: &str,
            #[query] operation: &str,
        ) -> gatewright::Result<()>;
    }
}

fn main() {
    #[gatewright::rest_endpoint]
    #[allow(dead_code)]
    trait Local {
        #[get("/")]
        async fn root(&self) -> gatewright::Result<()>;
    }
    fn has_client<T: Local>() {}
    has_client::<LocalClient>();
}
