//! `#[auth]`, `#[header]` and attributes that are not ours.

use quote::quote;

use super::*;

fn attribute_refusal(attr: TokenStream) -> String {
    let on_method = refusal(quote!(#attr #[get("/")] async fn find(&self) -> R;));
    let on_trait = refused(
        quote!(),
        quote!(#attr trait Api { #[get("/")] async fn find(&self) -> R; }),
    );
    assert_eq!(on_trait, [on_method]);
    on_trait.into_iter().collect()
}

#[test]
fn auth_is_a_list_of_known_schemes() {
    assert_eq!(
        attribute_refusal(quote!(#[auth(api_keys)])),
        "unknown auth `api_keys`; expected `iam`, `api_key`, `bearer` or `none`; did you mean `api_key`?"
    );
    let needs = "`#[auth]` needs one or more of `iam`, `api_key` and `bearer`, or `none`";
    assert_eq!(attribute_refusal(quote!(#[auth])), needs);
    assert_eq!(attribute_refusal(quote!(#[auth()])), needs);
    assert_eq!(attribute_refusal(quote!(#[auth("iam")])), needs);
    assert_eq!(
        attribute_refusal(quote!(#[auth(iam, none)])),
        "`none` stands alone; remove it or the other schemes"
    );
    assert_eq!(
        attribute_refusal(quote!(#[auth(iam, iam)])),
        "`iam` is named twice; keep one"
    );
    assert!(
        attribute_refusal(quote!(#[auth(iam, api_key, bearer)]))
            .contains("both need the `authorization`")
    );
    assert_eq!(
        attribute_refusal(quote!(#[auth(iam)] #[auth(api_key)])),
        "`#[auth]` is given twice; name all schemes in one"
    );
}

#[test]
fn a_fixed_header_can_be_sent() {
    let needs = "`#[header]` needs a name and a value here: `#[header(\"name\", \"value\")]`";
    assert_eq!(attribute_refusal(quote!(#[header("accept")])), needs);
    assert_eq!(attribute_refusal(quote!(#[header])), needs);
    assert_eq!(attribute_refusal(quote!(#[header("a", "b", "c")])), needs);
    assert_eq!(
        attribute_refusal(quote!(#[header("bad name", "x")])),
        "`\"bad name\"` is not a valid header name"
    );
    for value in ["a\nb", "caf\u{e9}", " a", "a "] {
        assert!(
            attribute_refusal(quote!(#[header("a", #value)]))
                .contains("is not a valid header value")
        );
    }
    assert!(attribute_refusal(quote!(#[header("Host", "x")])).contains("set by the transport"));
    assert_eq!(
        attribute_refusal(quote!(#[header("a", "b")] #[header("A", "c")])),
        "header `a` is given twice; keep one"
    );
}

#[test]
fn a_helper_in_the_wrong_place_is_told_where_it_goes() {
    let on_trait = |attr| {
        refused(
            quote!(),
            quote!(#attr trait Api { #[get("/")] async fn find(&self) -> R; }),
        )
    };
    assert_eq!(on_trait(quote!(#[get("/")])), ["`#[get]` goes on a method"]);
    assert_eq!(on_trait(quote!(#[body])), ["`#[body]` goes on an argument"]);
    assert_eq!(
        refusal(quote!(
            #[query]
            #[get("/")]
            async fn find(&self) -> R;
        )),
        "`#[query]` goes on an argument"
    );
    assert_eq!(
        refusal(quote!(
            #[cfg_attr(unix, inline, get("/"))]
            async fn find(&self) -> R;
        )),
        "`#[get]` cannot stand in `#[cfg_attr]`; write two versions of the method under `#[cfg]`"
    );
}

#[test]
fn attributes_of_others_stay() {
    let expansion = expand(
        quote!(),
        quote! {
            #[allow(unused)]
            #[must_use]
            trait Api {
                #[doc(hidden)]
                #[deprecated]
                #[cfg(unix)]
                #[expect(dead_code)]
                #[cfg_attr(unix, inline)]
                #[other::header("x")]
                #[get("/")]
                async fn find(&self, #[allow(unused)] #[query] a: u8) -> R;
            }
        },
    );
    assert_clean(&expansion);
    let item = the_trait(&expansion);
    assert_eq!(item.attrs.len(), 3);
    let TraitItem::Fn(method) = &item.items[0] else {
        panic!("a method")
    };
    assert_eq!(method.attrs.len(), 6);
}
