//! The trait as rustc sees it.

use quote::quote;

use super::*;

fn rewritten(item: TokenStream) -> String {
    parse(quote!(crate = ::gw), item).item.to_string()
}

fn assert_rewritten(method: TokenStream, expected: TokenStream) {
    assert_eq!(
        rewritten(quote!(trait Api { #method })),
        quote! {
            #[allow(dead_code)]
            trait Api: ::gw::__private::Send + ::gw::__private::Sync { #expected }
        }
        .to_string()
    );
}

#[test]
fn an_async_fn_promises_a_future_that_is_send() {
    assert_rewritten(
        quote! {
            /// Lists pets.
            #[get("/pets")]
            #[auth(iam)]
            async fn pets<'a>(&self, #[query] a: &'a str) -> gatewright::Result<Pets>;
        },
        quote! {
            /// Lists pets.
            fn pets<'a>(
                &self, a: &'a str
            ) -> impl ::gw::__private::Future<Output = gatewright::Result<Pets> > + ::gw::__private::Send;
        },
    );
}

#[test]
fn a_method_that_is_not_async_stays() {
    assert_rewritten(
        quote!(
            #[get("/pets")]
            fn pets(&self) -> R;
        ),
        quote!(
            fn pets(&self) -> R;
        ),
    );
    let helper = quote!(
        #[inline]
        fn limit(&self, #[allow(unused)] x: u8) -> u8 {
            7
        }
    );
    assert_rewritten(helper.clone(), helper);
}

#[test]
fn a_provided_async_fn_becomes_a_future_too() {
    assert_rewritten(
        quote!(
            async fn all<T>(&self, t: T) -> Vec<T>
            where
                T: Copy,
            {
                self.pets().await;
                vec![t]
            }
        ),
        quote! {
            fn all<T>(&self, t: T) -> impl ::gw::__private::Future<Output = Vec<T> > + ::gw::__private::Send
            where
                T: Copy,
            {
                async move { self.pets().await; vec![t] }
            }
        },
    );
}

#[test]
fn a_trait_says_once_that_it_can_be_sent_and_shared() {
    for (written, emitted) in [
        (
            quote!(
                trait Api: Debug + Sync {}
            ),
            quote!(
                trait Api: Debug + Sync + ::gw::__private::Send {}
            ),
        ),
        (
            quote!(
                trait Api: std::marker::Send + Sync {}
            ),
            quote!(
                trait Api: std::marker::Send + Sync {}
            ),
        ),
        (
            quote!(
                trait Api {}
            ),
            quote!(
                trait Api: ::gw::__private::Send + ::gw::__private::Sync {}
            ),
        ),
    ] {
        let emitted = quote!(#[allow(dead_code)] #emitted);
        assert_eq!(rewritten(written), emitted.to_string());
    }
}
