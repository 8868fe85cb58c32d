//! Every answer is one that the OpenAPI document knows.

use stage::keep_the_contract;

/// A stranger, a customer, an agent, the operator and somebody who leaves ask for everything there is, as the document says and
/// otherwise. Nothing fails on our side, nothing is answered that is not described, nothing that is malformed is taken, and nothing
/// is open to whoever shows no proof.
#[test]
fn every_answer_is_in_the_contract() {
    let kept = keep_the_contract(5, 1).unwrap();
    assert!(kept.faults.is_empty(), "{kept}");
    assert!(kept.calls.iter().all(|(_, calls)| *calls > 0), "{kept}");
}
