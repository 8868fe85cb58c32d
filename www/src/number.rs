//! Telephone numbers in groups, so that eyes can hold them.

/// `+447700900001` as `+44 7700 900001`. What is not `+` and digits (a masked number, a name) stays as it is.
pub(crate) fn pretty(number: &str) -> String {
    let Some(digits) = number.strip_prefix('+') else {
        return number.to_owned();
    };
    if digits.len() < 7 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return number.to_owned();
    }
    let groups: &[usize] = match digits {
        // London, other British cities, British mobiles; then the North American plan.
        d if d.starts_with("442") => &[2, 2, 4],
        d if d.starts_with("441") => &[2, 3, 3],
        d if d.starts_with("44") => &[2, 4],
        d if d.starts_with('1') => &[1, 3, 3],
        _ => &[2, 3, 3, 3],
    };
    let mut rest = digits;
    let mut out = String::from("+");
    for &size in groups {
        match rest.split_at_checked(size) {
            Some((group, tail)) if !tail.is_empty() => {
                out.push_str(group);
                // No break inside a number.
                out.push('\u{a0}');
                rest = tail;
            }
            _ => break,
        }
    }
    out.push_str(rest);
    out
}

/// A caller's display in two lines: `Meridian Travel +442079460958` is a name and a number; anything else is one line.
pub(crate) fn caller(display: &str) -> (String, Option<String>) {
    match display.trim().rsplit_once(' ') {
        Some((name, number)) if pretty(number) != number => (name.trim().to_owned(), Some(pretty(number))),
        _ => (pretty(display.trim()), None),
    }
}

#[cfg(test)]
mod tests {
    use super::{caller, pretty};

    #[test]
    fn a_caller_is_a_name_or_a_number_or_both() {
        let both = caller("Meridian Travel +442079460958");
        assert_eq!(both, ("Meridian Travel".into(), Some(pretty("+442079460958"))));
        assert_eq!(caller("+442079460958"), (pretty("+442079460958"), None));
        assert_eq!(caller("Meridian Travel"), ("Meridian Travel".into(), None));
        assert_eq!(caller(""), (String::new(), None));
    }

    #[test]
    fn numbers_come_in_groups() {
        for (number, shown) in [
            ("+447700900001", "+44 7700 900001"),
            ("+442079460001", "+44 20 7946 0001"),
            ("+12025550123", "+1 202 555 0123"),
            ("+4930123456", "+49 301 234 56"),
        ] {
            assert_eq!(pretty(number).replace('\u{a0}', " "), shown);
        }
    }

    #[test]
    fn anything_else_is_shown_as_it_came() {
        for text in ["", "+", "+44 •••••• 01", "Meridian Travel", "+12é45678"] {
            assert_eq!(pretty(text), text);
        }
    }
}
