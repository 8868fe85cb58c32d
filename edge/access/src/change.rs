//! Who may change whom. Nobody gives what they don't have, nobody touches somebody who may do more than they, and a business
//! that has an owner keeps one.

use crate::right::covers;
use shared::EquipmentId;
use shared::equipment::Equipment;
use shared::member::{Member, Role};
use shared::problem::FieldError;

/// Equipment whose credentials would go somewhere else by this change than where they were meant for, or nowhere: they are forgotten.
pub fn moved(before: &[Equipment], after: &[Equipment]) -> Vec<EquipmentId> {
    let place = |it: &Equipment| (it.kind, it.account.clone(), it.base.clone());
    let stays = |was: &Equipment| after.iter().any(|it| it.id == was.id && place(it) == place(was));
    let moved = before.iter().filter(|was| !stays(was));
    moved.map(|was| was.id.clone()).collect()
}

/// What stands against a change of the members by somebody with these roles; nothing when it may be.
pub fn faults(by: &[Role], before: &[Member], after: &[Member]) -> Vec<FieldError> {
    let mut faults = Vec::new();
    let mut fault = |field: String, message: &str| {
        faults.push(FieldError {
            field,
            code: "not_allowed".into(),
            message: message.into(),
        });
    };
    let above = |member: &Member| member.roles.iter().any(|role| !covers(by, *role));
    for (at, member) in after.iter().enumerate() {
        let was = before.iter().find(|was| was.email == member.email);
        if was == Some(member) {
            continue;
        }
        if was.is_some_and(above) {
            fault(format!("members[{at}]"), "may do more than you: ask an owner");
        } else if above(member) {
            fault(
                format!("members[{at}].roles"),
                "gives more than you have: ask an owner",
            );
        }
    }
    let gone = before
        .iter()
        .filter(|was| !after.iter().any(|member| member.email == was.email));
    if gone.clone().any(above) {
        fault(
            "members".into(),
            "somebody who may do more than you can't be removed: ask an owner",
        );
    }
    if has_owner(before) && !has_owner(after) {
        fault(
            "members".into(),
            "the last owner must stay: make somebody else an owner first",
        );
    }
    faults
}

/// Whether anybody owns the business.
pub fn has_owner(members: &[Member]) -> bool {
    members.iter().any(|member| member.roles.contains(&Role::Owner))
}

/// Members of `before` whose sessions are over: they are gone.
pub fn removed<'a>(before: &'a [Member], after: &[Member]) -> Vec<&'a Member> {
    let gone = |was: &&Member| !after.iter().any(|member| member.email == was.email);
    before.iter().filter(gone).collect()
}

/// Members of `before` who may do something else now, or have another desk.
pub fn altered<'a>(before: &'a [Member], after: &[Member]) -> Vec<&'a Member> {
    let other = |was: &&Member| {
        after.iter().any(|member| {
            member.email == was.email && (&member.roles, &member.agent) != (&was.roles, &was.agent)
        })
    };
    before.iter().filter(other).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::equipment::Kind;

    #[test]
    fn credentials_are_for_where_they_were_given_for() {
        let own = |change: fn(&mut Equipment)| {
            let mut it = Equipment::sandbox(EquipmentId::parse("line").unwrap());
            (it.kind, it.account) = (Kind::Twilio, Some("AC0".into()));
            change(&mut it);
            vec![it]
        };
        let before = own(|_| {});
        assert_eq!(moved(&before, &own(|it| it.preference = 2)), []);
        assert_eq!(moved(&[], &before), []);
        let elsewhere: [Vec<Equipment>; 4] = [
            own(|it| it.base = Some("https://elsewhere.example".into())),
            own(|it| it.account = Some("AC1".into())),
            own(|it| it.kind = Kind::Asterisk),
            Vec::new(),
        ];
        for after in elsewhere {
            assert_eq!(moved(&before, &after).len(), 1, "{after:?}");
        }
    }
    use proptest::prelude::*;
    use shared::member::Email;

    fn member(name: &str, roles: &[Role]) -> Member {
        Member {
            email: Email::parse(&format!("{name}@shop.example")).unwrap(),
            name: name.into(),
            roles: roles.to_vec(),
            agent: None,
        }
    }

    fn refused(by: Role, before: &[Member], after: &[Member]) -> Vec<String> {
        faults(&[by], before, after)
            .into_iter()
            .map(|fault| fault.field)
            .collect()
    }

    #[test]
    fn an_admin_makes_agents_and_admins_but_no_owners() {
        let owner = member("olga", &[Role::Owner]);
        let with = |roles: &[Role]| [owner.clone(), member("ana", roles)];
        let before = [owner.clone()];
        for role in [Role::Agent, Role::Supervisor, Role::Auditor, Role::Admin] {
            assert!(refused(Role::Admin, &before, &with(&[role])).is_empty(), "{role}");
        }
        assert_eq!(
            refused(Role::Admin, &before, &with(&[Role::Owner])),
            ["members[1].roles"]
        );
        assert!(refused(Role::Owner, &before, &with(&[Role::Owner])).is_empty());
    }

    #[test]
    fn an_admin_touches_no_owner() {
        let (owner, admin) = (member("olga", &[Role::Owner]), member("adam", &[Role::Admin]));
        let before = [owner.clone(), member("otto", &[Role::Owner]), admin.clone()];
        assert_eq!(
            refused(Role::Admin, &before, &[owner.clone(), admin.clone()]),
            ["members"]
        );
        let mut renamed = before.clone();
        renamed[0].name = "Not Olga".into();
        assert_eq!(refused(Role::Admin, &before, &renamed), ["members[0]"]);
        let mut lowered = before.clone();
        lowered[0].roles = vec![Role::Agent];
        assert_eq!(refused(Role::Admin, &before, &lowered), ["members[0]"]);
    }

    #[test]
    fn the_last_owner_stays() {
        let owner = member("olga", &[Role::Owner]);
        assert_eq!(
            refused(Role::Owner, std::slice::from_ref(&owner), &[]),
            ["members"]
        );
        assert_eq!(
            refused(Role::Owner, &[owner], &[member("olga", &[Role::Agent])]),
            ["members"]
        );
    }

    fn roles() -> impl Strategy<Value = Vec<Role>> {
        prop::collection::vec(prop::sample::select(Role::ALL.to_vec()), 1..3)
    }

    fn members() -> impl Strategy<Value = Vec<Member>> {
        prop::collection::btree_map(prop::sample::select(vec!["a", "b", "c", "d"]), roles(), 0..4).prop_map(
            |all| {
                all.into_iter()
                    .map(|(name, roles)| member(name, &roles))
                    .collect()
            },
        )
    }

    proptest! {
        /// Whatever a change looks like: what is allowed gives nobody a right that whoever changes it lacks, and takes none
        /// away that they lack.
        #[test]
        fn no_change_goes_above_whoever_makes_it(by in roles(), before in members(), after in members()) {
            if faults(&by, &before, &after).is_empty() {
                let above = |member: &&Member| member.roles.iter().any(|role| !covers(&by, *role));
                let high = |all: &[Member]| all.iter().filter(above).cloned().collect::<Vec<_>>();
                prop_assert_eq!(high(&before), high(&after));
                prop_assert!(!has_owner(&before) || has_owner(&after));
            }
        }
    }
}
