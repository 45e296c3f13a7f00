//! Code over a generated client, tested without HTTP.

use gatewright::Error;
use gatewright_tests::vineyard::types::{Event, Fault, Grape, GrapeName, Sold, Wine};
use gatewright_tests::vineyard::{ClientApi, ListWinesParams};

/// What a user writes: how many wines of a grape there are that were never sold.
async fn unsold(api: &impl ClientApi, grape: GrapeName) -> Result<usize, Error<Fault>> {
    let wines = api
        .list_wines(ListWinesParams { grape: Some(grape) })
        .await?;
    let mut unsold = 0;
    for wine in wines {
        let events = api.events(wine.id).await.unwrap_or_default();
        unsold += usize::from(!events.iter().any(|event| matches!(event, Event::Sold(_))));
    }
    Ok(unsold)
}

fn wine(id: i64) -> Wine {
    let grape = Grape {
        name: GrapeName::Syrah,
        best: None,
    };
    Wine {
        id,
        grapes: vec![grape],
        blend_of: None,
    }
}

struct TwoWines;

impl ClientApi for TwoWines {
    async fn list_wines(&self, params: ListWinesParams) -> Result<Vec<Wine>, Error<Fault>> {
        assert_eq!(params.grape, Some(GrapeName::Syrah));
        Ok(vec![wine(1), wine(2)])
    }

    async fn events(&self, wine_id: i64) -> gatewright::Result<Vec<Event>> {
        let sold = Sold {
            kind: "sold".to_owned(),
            wine: wine(1),
        };
        Ok(if wine_id == 1 {
            vec![Event::Sold(sold)]
        } else {
            Vec::new()
        })
    }
}

#[tokio::test]
async fn a_test_writes_the_methods_of_the_client_that_it_needs() {
    assert_eq!(unsold(&TwoWines, GrapeName::Syrah).await.expect("wines"), 1);
}

#[tokio::test]
#[should_panic(expected = "does not write `add_wine`")]
async fn a_method_that_a_test_does_not_write_panics() {
    let _ = TwoWines.add_wine(&wine(3)).await;
}
