//! What a number does. The range `+44 20 7946 0xyz` is reserved for fiction (Ofcom), so no real phone is ever in it.

use shared::Address;

/// How the phone behind a number behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Behaviour {
    /// It rings on the virtual phones page, where a person decides.
    Person,
    /// Answers after so many seconds and stays.
    AnswersAfter(u32),
    /// Answers after one second and hangs up so many seconds later.
    HangsUpAfter(u32),
    /// Busy.
    Busy,
    /// Rings until the caller gives up.
    NeverAnswers,
    /// Declined.
    Declines,
    /// A machine answers after one second.
    Voicemail,
    /// The exchange fails on the first two attempts to dial; then the phone answers after one second.
    FailsTwice,
    /// The exchange refuses the number.
    Refused,
    /// Answers after one second; every event comes three times and two seconds late.
    LateAndRepeated,
    /// Answers after one second; the news that it rings comes after the news that it was answered.
    Reversed,
    /// Busy; when it is called again it answers after one second and stays.
    BusyAtFirst,
    /// Answers after one second and presses a key two seconds later.
    Presses(char),
    /// Not in service.
    NotInService,
}

/// What this number does; SIP addresses have no script.
pub fn behaviour(to: &Address) -> Behaviour {
    let script = to
        .as_str()
        .strip_prefix("+442079460")
        .filter(|digits| digits.len() == 3);
    let Some(script) = script else {
        return Behaviour::Person;
    };
    match script.parse::<u32>() {
        Ok(n @ 0..=99) => Behaviour::AnswersAfter(n),
        Ok(n @ 100..=199) => Behaviour::HangsUpAfter(n - 100),
        Ok(200) => Behaviour::Busy,
        Ok(201) => Behaviour::NeverAnswers,
        Ok(202) => Behaviour::Declines,
        Ok(203) => Behaviour::Voicemail,
        Ok(204) => Behaviour::FailsTwice,
        Ok(205) => Behaviour::Refused,
        Ok(206) => Behaviour::LateAndRepeated,
        Ok(207) => Behaviour::Reversed,
        Ok(208) => Behaviour::BusyAtFirst,
        Ok(301) => Behaviour::Presses('1'),
        Ok(302) => Behaviour::Presses('2'),
        Ok(309) => Behaviour::Presses('9'),
        _ => Behaviour::NotInService,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_three_digits_are_the_script() {
        let of = |text| behaviour(&Address::parse(text).unwrap());
        assert_eq!(of("+44 20 7946 0003"), Behaviour::AnswersAfter(3));
        assert_eq!(of("+44 20 7946 0104"), Behaviour::HangsUpAfter(4));
        assert_eq!(of("+44 20 7946 0200"), Behaviour::Busy);
        assert_eq!(of("+44 20 7946 0958"), Behaviour::NotInService);
        assert_eq!(of("+44 7700 900001"), Behaviour::Person);
        assert_eq!(of("+44 20 7946 1003"), Behaviour::Person);
        assert_eq!(of("+44 20 7946 00031"), Behaviour::Person);
        assert_eq!(of("sip:+442079460001@pbx.example"), Behaviour::Person);
    }
}
