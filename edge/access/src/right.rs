//! The one table: what each role may do, and which right each route of the console needs. What is in neither is refused.

use shared::member::Right::{
    ChangeDocument, ChangeSecrets, ExportUsage, KeepCredentials, ReadAudit, ReadDocument, ReadEquipment,
    ReadReports, ReadSecrets, SeeNumbers, Supervise, TakeCalls,
};
use shared::member::{Right, Role};

/// What a role may do.
pub const fn of(role: Role) -> &'static [Right] {
    match role {
        Role::Owner => Right::ALL,
        Role::Admin => &[
            ReadDocument,
            SeeNumbers,
            ChangeDocument,
            ReadReports,
            ExportUsage,
            ReadEquipment,
            KeepCredentials,
            ReadSecrets,
            ChangeSecrets,
            ReadAudit,
            TakeCalls,
            Supervise,
        ],
        Role::Supervisor => &[ReadDocument, ReadReports, TakeCalls, Supervise],
        Role::Agent => &[TakeCalls],
        Role::Auditor => &[
            ReadDocument,
            ReadReports,
            ExportUsage,
            ReadEquipment,
            ReadSecrets,
            ReadAudit,
        ],
    }
}

/// Whether somebody with these roles may do it.
pub fn may(roles: &[Role], right: Right) -> bool {
    roles.iter().any(|role| of(*role).contains(&right))
}

/// Everything that somebody with these roles may do, in the order of the list.
pub fn all(roles: &[Role]) -> Vec<Right> {
    let may = |right: &Right| may(roles, *right);
    Right::ALL.iter().copied().filter(may).collect()
}

/// Whether somebody with these roles may do all that `role` may: then they may give it, and take it away.
pub fn covers(roles: &[Role], role: Role) -> bool {
    of(role).iter().all(|right| may(roles, *right))
}

/// The right that a call of `/v1/businesses/{site}/…` needs; none for what does not exist.
pub fn console(method: &str, path: &[&str]) -> Option<Right> {
    Some(match (method, path) {
        ("GET", []) => ReadDocument,
        ("PUT", []) | ("POST", ["placement" | "suppressions"]) | ("DELETE", ["suppressions", _]) => {
            ChangeDocument
        }
        // Whoever may see numbers and change everything may also hand out what is kept of a person, and erase it.
        ("POST", ["customers", "export" | "erase"]) => ChangeDocument,
        ("GET", ["forecast" | "report" | "seen" | "policy" | "suppressions"]) => ReadReports,
        ("GET", ["usage"]) => ExportUsage,
        ("GET", ["equipment"]) => ReadEquipment,
        ("GET", ["sign_on"]) => ReadEquipment,
        ("PUT", ["equipment", _, "secret"] | ["sign_on", "secret"]) => KeepCredentials,
        ("GET", ["secrets" | "refusals"]) => ReadSecrets,
        ("POST", ["secrets"]) | ("DELETE", ["secrets", _]) => ChangeSecrets,
        ("GET", ["webhooks"] | ["webhooks", _, "deliveries"]) => ReadSecrets,
        ("POST", ["webhooks", _, "secrets" | "test"] | ["webhooks", _, "deliveries", _, "again"])
        | ("DELETE", ["webhooks", _, "secrets", _]) => ChangeSecrets,
        ("GET", ["audit"]) => ReadAudit,
        _ => return None,
    })
}

/// The right that a call of `/v1/desk/…` needs. Everything else there is for whoever has a desk.
pub fn desk(path: &[&str]) -> Right {
    match path {
        ["requests", _, "reassign" | "take"] => Supervise,
        _ => TakeCalls,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table as people read it: a change of it is a change of this test.
    #[test]
    fn the_table() {
        let cell = |right: Right, role| if of(role).contains(&right) { 'x' } else { '.' };
        let table: Vec<String> = Right::ALL
            .iter()
            .map(|right| {
                let row: String = Role::ALL.iter().map(|role| cell(*right, *role)).collect();
                format!("{row} {right}")
            })
            .collect();
        assert_eq!(
            table,
            [
                "xxx.x document.read",
                "xx... numbers.see",
                "xx... document.change",
                "xxx.x reports.read",
                "xx..x usage.export",
                "xx..x equipment.read",
                "xx... credentials.keep",
                "xx..x secrets.read",
                "xx... secrets.change",
                "xx..x audit.read",
                "xxxx. calls.take",
                "xxx.. floor.supervise",
                "x.... owners.make",
            ]
        );
    }

    #[test]
    fn nobody_without_a_role_may_do_anything() {
        assert!(all(&[]).is_empty());
        assert!(Right::ALL.iter().all(|right| !may(&[], *right)));
    }

    #[test]
    fn what_is_not_in_the_table_does_not_exist() {
        assert_eq!(console("GET", &["everything"]), None);
        assert_eq!(console("DELETE", &[]), None);
        assert_eq!(console("GET", &["secrets", "key_1"]), None);
        assert_eq!(console("PUT", &["equipment", "x", "secret", "y"]), None);
    }

    #[test]
    fn an_auditor_changes_nothing() {
        for (method, path) in [
            ("PUT", &[][..]),
            ("POST", &["placement"]),
            ("PUT", &["equipment", "x", "secret"]),
            ("POST", &["secrets"]),
            ("DELETE", &["secrets", "x"]),
        ] {
            let right = console(method, path).unwrap();
            assert!(!may(&[Role::Auditor], right), "{method} {path:?}");
        }
    }
}
