//! The telephone network's own records of calls: Asterisk's CDR in CSV.

use std::{fs, io, path::Path};

/// One call as the network recorded it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The number called.
    pub number: String,
    /// Seconds from the answer to the end, as the network counts them.
    pub seconds: i64,
    /// Whether it was answered.
    pub answered: bool,
}

/// Columns of `Master.csv`.
const NUMBER: usize = 2;
const SECONDS: usize = 13;
const DISPOSITION: usize = 14;

pub(crate) fn read(path: &Path) -> io::Result<Vec<Record>> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(text.lines().filter_map(record).collect()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

fn record(line: &str) -> Option<Record> {
    let fields = fields(line);
    Some(Record {
        number: fields.get(NUMBER)?.clone(),
        seconds: fields.get(SECONDS)?.parse().ok()?,
        answered: fields.get(DISPOSITION)? == "ANSWERED",
    })
}

/// Fields are quoted, and a quote within is doubled.
fn fields(line: &str) -> Vec<String> {
    let (mut fields, mut field, mut quoted) = (Vec::new(), String::new(), false);
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                field.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(std::mem::take(&mut field)),
            _ => field.push(c),
        }
    }
    fields.push(field);
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_read() {
        let line = r#""","+442079460958","+442079460003","numbers","""Meridian, Travel"" <+442079460958>","PJSIP/exchange-00000001","","Wait","7200","2026-11-20 10:00:00","2026-11-20 10:00:03","2026-11-20 10:00:10",10,7,"ANSWERED","DOCUMENTATION","1795.1","""#;
        let expected = Record {
            number: "+442079460003".into(),
            seconds: 7,
            answered: true,
        };
        assert_eq!(record(line), Some(expected));
    }
}
